"""Writes the privacy notice as one web page that needs nothing else: no script, no font, no image, no other address.

Every language of the office stands in it, the office's own first, each marked as such for screen readers.
"""

from __future__ import annotations

from html import escape

from bot.errors import Fault, FaultsError
from bot.services.notice_text import Section, full_notice
from bot.services.rulebook import Rulebook
from bot.texts import Texts, bare

_ITEM = "• "
# Written from the right.
_RIGHT_TO_LEFT = ("ar", "fa", "ckb", "ur", "he")
_STYLE = """
    :root { color-scheme: light dark; }
    html { background: Canvas; color: CanvasText; }
    a { color: LinkText; }
    body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 0 auto; padding: 1rem; }
    article + article { border-top: 1px solid; margin-top: 3rem; padding-top: 1rem; }
    h1 { font-size: 1.6rem; line-height: 1.3; }
    h2 { font-size: 1.2rem; margin: 1.6rem 0 0; }
    p, ul { margin: .3rem 0; overflow-wrap: anywhere; }
    nav a { margin-inline-end: 1rem; }
"""


def write_page(book: Rulebook, texts: Texts, language: str | None = None) -> str:
    """Return the page, in one language or in all the office speaks.

    Raises:
        FaultsError: the office does not speak the language.
    """
    spoken = book.rules.office.languages
    if language is not None and language not in spoken:
        mend = f"Known: {', '.join(spoken)}. Languages are added under office.languages in the rules."
        raise FaultsError([Fault("--language", f"the office does not speak '{language}'.", mend)])
    languages = spoken if language is None else (language,)
    own, office = languages[0], book.rules.office.name
    articles = "\n".join(_article(book, texts, one) for one in languages)
    return (
        f'<!doctype html>\n<html lang="{own}" dir="{_direction(own)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(texts.say(own, 'art13-title'))} – {escape(office)}</title>\n<style>{_STYLE}</style>\n"
        f"</head>\n<body>\n{_languages(texts, languages)}<main>\n{articles}\n</main>\n</body>\n</html>\n"
    )


def _languages(texts: Texts, languages: tuple[str, ...]) -> str:
    """Return the links to each language; nothing where there is one."""
    if len(languages) == 1:
        return ""
    links = " ".join(
        f'<a href="#{one}" lang="{one}" hreflang="{one}">{escape(texts.say(one, "language-name"))}</a>'
        for one in languages
    )
    return f"<nav>{links}</nav>\n"


def _article(book: Rulebook, texts: Texts, language: str) -> str:
    sections = full_notice(texts, book.rules, language)
    title = escape(texts.say(language, "art13-title"))
    version = escape(bare(texts.say(language, "art13-version", version=book.notice_version)))
    body = "\n".join(_section(section) for section in sections)
    return (
        f'<article id="{language}" lang="{language}" dir="{_direction(language)}">\n'
        f"<h1>{title}</h1>\n<p>{escape(book.rules.office.name)}</p>\n{body}\n<p><small>{version}</small></p>\n</article>"
    )


def _section(section: Section) -> str:
    parts = [f"<h2>{escape(section.title)}</h2>"]
    lines = bare(section.text).splitlines()
    items = [line.removeprefix(_ITEM) for line in lines if line.startswith(_ITEM)]
    parts += [f"<p>{escape(line)}</p>" for line in lines if not line.startswith(_ITEM)]
    if items:
        parts.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>")
    return "\n".join(parts)


def _direction(language: str) -> str:
    return "rtl" if language.split("-")[0] in _RIGHT_TO_LEFT else "ltr"
