"""Corrections lead to keywords, and each says what else it would change."""

from __future__ import annotations

from bot.routing.decide import Router
from bot.routing.suggest import Decided, suggest_keywords, with_keyword
from tests.support.rules import make_rules

RULES = make_rules(
    fields={"wohnen": {"de": ["Wohnung", "Zimmer"]}, "arbeit": {"de": ["Stelle", "Job"]}},
    everyday={"de": ["haben", "noch", "eine", "einen", "kann", "wird", "wurde"]},
)
ROUTER = Router(RULES)


def decided(*texts: str, field: str, corrected: bool = True, start: int = 1) -> list[Decided]:
    return [Decided(f"2026-{number:04d}", text, field, corrected) for number, text in enumerate(texts, start)]


def keywords(*groups: list[Decided]) -> list[str]:
    return [one.keyword for one in suggest_keywords(ROUTER, [one for group in groups for one in group])]


def test_a_word_shared_by_corrected_messages_of_a_field_is_proposed() -> None:
    corrected = decided("Der Dachboden wird ausgebaut", "Wir haben noch einen Dachboden", field="wohnen")

    (suggestion, *_) = suggest_keywords(ROUTER, corrected)

    assert (suggestion.field, suggestion.keyword, suggestion.language) == ("wohnen", "dachboden", "de")
    assert suggestion.seen_in == suggestion.placed == ("2026-0001", "2026-0002")
    assert suggestion.displaced == suggestion.broken == ()


def test_a_single_message_proves_nothing() -> None:
    assert keywords(decided("Der Dachboden wird ausgebaut", field="wohnen")) == []


def test_a_word_of_several_fields_is_not_proposed() -> None:
    housing = decided("Der Dachboden stört", "Am Dachboden hängt es", field="wohnen")
    work = decided("Gesucht: Dachboden", "Dachboden ausräumen", field="arbeit", start=3)

    assert "dachboden" not in keywords(housing, work)


def test_everyday_words_and_words_the_rules_use_are_not_proposed() -> None:
    assert keywords(decided("Wohnung haben", "Wohnung haben noch", field="arbeit")) == []


def test_what_it_would_displace_is_named() -> None:
    corrected = decided("Der Dachboden stört", "Am Dachboden hängt es", "Dachboden!", "Dachboden?", field="wohnen")
    placed_before = decided("Ein Job auf dem Dachboden", field="arbeit", corrected=False, start=5)

    (suggestion, *_) = suggest_keywords(
        Router(
            make_rules(
                fields={"wohnen": {"de": ["Wohnung"]}, "arbeit": {"de": [{"word": "Job", "weight": 1}]}},
            )
        ),
        [*corrected, *placed_before],
    )

    assert suggestion.keyword == "dachboden"
    assert suggestion.displaced == ("2026-0005",)


def test_examples_it_would_break_are_named() -> None:
    rules = make_rules(fields={"wohnen": {"de": ["Wohnung"]}, "arbeit": {"de": ["Stelle"]}})
    work = rules.fields["arbeit"].model_copy(update={"examples": {"de": ("Stelle am Dachboden, Dachboden",)}})
    rules = rules.model_copy(update={"fields": {**rules.fields, "arbeit": work}})
    corrected = decided("Der Dachboden stört", "Am Dachboden hängt es", field="wohnen")

    (suggestion, *_) = suggest_keywords(Router(rules), corrected)

    assert suggestion.broken == ("Stelle am Dachboden, Dachboden",)


def test_nothing_changes_by_itself() -> None:
    before = RULES.model_dump()
    suggest_keywords(ROUTER, decided("Der Dachboden wird ausgebaut", "Noch ein Dachboden", field="wohnen"))

    assert RULES.model_dump() == before
    assert with_keyword(RULES, "wohnen", "de", "dachboden").fields["wohnen"].keywords["de"][-1].word == "dachboden"
    assert "dachboden" not in str(before)
