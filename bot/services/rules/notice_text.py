"""What the privacy notice says, in both its layers, drawn from the rules: who answers for it, what for, how long.

The short layer is shown before anything is taken in; the full one holds what Art. 13 GDPR asks for and is read with
`/datenschutz` or as a page (`python -m bot notice`). Both have one version, a hash of every word of them: whoever
changes a text, a length of time or the office's address need not think of it, and people are shown what is new.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from bot.routing.durations import load_duration
from bot.routing.rules import Rules
from bot.texts import Texts

# In the order they are read; each has a title and a text in `bot/texts`.
SECTIONS = (
    "controller",
    "officer",
    "purpose",
    "data",
    "recipients",
    "telegram",
    "retention",
    "rights",
    "duty",
    "limits",
)
# What only the office knows, by the rules' keys under `privacy`.
FACTS = ("controller", "contact", "officer", "authority", "other_ways")
_VERSION_DIGITS = 8  # of sha256, in hex: enough to tell an office's notices apart


@dataclass(frozen=True)
class Section:
    """One question and its answer; lines of the text that begin with `• ` are items of a list."""

    title: str
    text: str


def find_gaps(rules: Rules, *, unwritten: bool = True) -> list[str]:
    """Return which of the office's facts are not filled in, in the order of `FACTS`.

    Args:
        unwritten: whether those count that do not stand in the file at all, beside those that stand there empty.
    """
    privacy = rules.privacy
    written = privacy.model_fields_set
    return [name for name in FACTS if not getattr(privacy, name).strip() and (unwritten or name in written)]


def short_notice(texts: Texts, rules: Rules, language: str) -> str:
    """Return the first layer, without what depends on what somebody has written already."""
    content = texts.span(language, load_duration(rules.privacy.retention.content).elapsed())
    return texts.say(language, "notice", office=rules.office.name, content=content)


def full_notice(texts: Texts, rules: Rules, language: str) -> list[Section]:
    """Return the second layer; what the office has not filled in is a sample that says so."""
    values = _values(texts, rules, language)
    return [
        Section(texts.say(language, f"art13-title-{key}"), texts.say(language, f"art13-text-{key}", **values))
        for key in SECTIONS
    ]


def whole_notice(texts: Texts, rules: Rules) -> dict[str, str]:
    """Return every word of both layers, language → text, in all languages of the office."""
    return {
        language: "\n\n".join(
            [
                short_notice(texts, rules, language),
                *(f"{section.title}\n{section.text}" for section in full_notice(texts, rules, language)),
            ]
        )
        for language in rules.office.languages
    }


def notice_version(texts: Texts, rules: Rules) -> str:
    """Return the version of the notice: the same for the same words in all languages of the office."""
    words = "\0".join(whole_notice(texts, rules).values())
    return hashlib.sha256(words.encode()).hexdigest()[:_VERSION_DIGITS]


def _values(texts: Texts, rules: Rules, language: str) -> dict[str, str]:
    retention = rules.privacy.retention
    lengths = {
        "hold": rules.dialogue.hold,
        "silent": retention.silent,
        "content": retention.content,
        "longest": retention.longest,
        "parked": retention.parked,
    }
    facts = {name: getattr(rules.privacy, name).strip() or texts.say(language, f"sample-{name}") for name in FACTS}
    spans = {name: texts.span(language, load_duration(length).elapsed()) for name, length in lengths.items()}
    return facts | spans | {"office": rules.office.name, "button": texts.say(language, "btn-go-on")}
