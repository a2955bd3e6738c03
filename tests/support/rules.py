"""Small rules for tests, written in a few words instead of a file."""

from __future__ import annotations

from typing import Any

from bot.routing.rules import Rules

Sparse = dict[str, Any]


def make_rules(**sections: Any) -> Rules:
    """Return rules with five bare fields; a section given here replaces or, for fields and topics, joins the bare one.

    Fields, topics, cues and audiences are given as `{key: {language: [keywords]}}`, a keyword as text or as a mapping.
    """
    fields = {key: {} for key in ("wohnen", "sprache", "gesellschaft", "bildung", "arbeit")} | sections.pop(
        "fields", {}
    )
    data: Sparse = {
        "version": 1,
        "contacts": {"leitung": {"name": "Leitung"}},
        "general_contact": "leitung",
        "fields": {key: _rule(key, words) | {"contact": "leitung"} for key, words in fields.items()},
        "topics": {key: _rule(key, words) for key, words in sections.pop("topics", {}).items()},
    }
    for name in ("cues", "audiences", "groups"):
        data[name] = {key: _words(words) for key, words in sections.pop(name, {}).items()}
    for name in ("emergency", "cries", "not_emergency"):
        data[name] = _words(sections.pop(name, {}))
    return Rules.model_validate(data | sections)


def _rule(key: str, words: Sparse) -> Sparse:
    languages = {name: value for name, value in words.items() if len(name) == 2}
    return {"title": {"de": key.capitalize()}, "keywords": _words(languages)} | {
        name: _words(value) if name == "not_keywords" else value
        for name, value in words.items()
        if name not in languages
    }


def _words(words: Sparse) -> Sparse:
    return {
        language: [{"word": keyword} if isinstance(keyword, str) else keyword for keyword in keywords]
        for language, keywords in words.items()
    }
