"""What a contact orders about their text snippets, and how a snippet becomes somebody's answer. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

# A button shows about this much on a narrow phone.
TITLE_LENGTH = 30

_REMOVE = frozenset({"löschen", "loeschen", "entfernen", "delete", "remove"})
_PLACES = re.compile(r"\{\s*(name|vorname|reference|referenz|nummer)\s*\}", re.IGNORECASE)
_ANY_PLACE = re.compile(r"\{[^{}]*\}")
_CODE = re.compile(r"[a-z]{2}")
_NAMES = frozenset({"name", "vorname"})


@dataclass(frozen=True)
class ShowSnippets:
    """List what there is."""


@dataclass(frozen=True)
class RemoveSnippet:
    """Forget a snippet in all languages."""

    title: str


@dataclass(frozen=True)
class KeepSnippet:
    """Keep a text under a title.

    Attributes:
        language: the language it is in; None for the office's own.
        text: None where it stands in the message replied to.
    """

    title: str
    language: str | None
    text: str | None


@dataclass(frozen=True)
class UnknownLanguage:
    """Before the title stands what looks like a language's code, and is none the office speaks."""

    code: str


@dataclass(frozen=True)
class UnclearOrder:
    """Neither of these: the title is missing or too long for a button."""


SnippetOrder = ShowSnippets | RemoveSnippet | KeepSnippet | UnknownLanguage | UnclearOrder


def read_order(argument: str, languages: Collection[str]) -> SnippetOrder:
    """Read what follows `/vorlage`: nothing, or `[language] title` and the text from the second line on.

    A title whose first word has two letters has to begin with a capital: in small ones it is taken for a language.
    """
    head, _, text = argument.strip().partition("\n")
    words = head.split()
    if not words:
        return ShowSnippets()
    if words[0].lower() in _REMOVE:
        return RemoveSnippet(" ".join(words[1:])) if words[1:] else UnclearOrder()
    language = words[0].lower() if words[0].lower() in languages and words[1:] else None
    if language is None and words[1:] and _CODE.fullmatch(words[0]):
        return UnknownLanguage(words[0])
    title = " ".join(words if language is None else words[1:])
    if len(title) > TITLE_LENGTH:
        return UnclearOrder()
    return KeepSnippet(title, language, text.strip() or None)


def find_unknown_places(text: str) -> list[str]:
    """Return what stands in braces and would reach people as it stands, each once."""
    return list(dict.fromkeys(place for place in _ANY_PLACE.findall(text) if not _PLACES.fullmatch(place)))


def fill_in(text: str, name: str, reference: str) -> str:
    """Put a person's name and their inquiry's reference into a snippet; other braces stay as they are."""
    return _PLACES.sub(lambda found: name if found[1].lower() in _NAMES else reference, text)
