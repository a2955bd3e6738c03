"""The texts: what the bot says, in Fluent files a translator can edit, one a language (`de.ftl` is the model).

Knows nothing of the house but its errors. Only this floor imports Fluent and Babel.

Example:
    >>> texts = load_texts()
    >>> texts.say("de", "card-from", name="Maria")
    'Von: \u2068Maria\u2069'
"""

from bot.texts.catalog import Texts, bare, load_texts

__all__ = ["Texts", "bare", "load_texts"]
