"""The rules file that is shipped: it loads, holds what is promised, and its own examples go where they stand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.routing.decide import Router
from bot.routing.examples import check_examples
from bot.routing.load import RulesSource, load_source
from bot.routing.rules import Rules

FILE = Path(__file__).parents[1] / "routing_rules.yaml"
FIELDS = ("wohnen", "sprache", "gesellschaft", "bildung", "arbeit")
LEAST = {"de": 300, "en": 150, "fr": 60, "uk": 60, "ru": 60, "ar": 60, "tr": 60}


@cache
def source() -> RulesSource:
    return load_source(FILE.read_text(encoding="utf-8"), FILE.name)


def rules() -> Rules:
    return source().rules


@cache
def router() -> Router:
    return Router(rules())


def test_the_five_fields_have_a_contact_of_their_own() -> None:
    assert tuple(rules().fields) == FIELDS
    contacts = [field.contact for field in rules().fields.values()]
    assert len(set(contacts)) == len(FIELDS)


def test_no_chain_of_deputies_goes_in_a_circle() -> None:
    for key in rules().contacts:
        seen = [key]
        while (deputy := rules().contacts[seen[-1]].deputy) is not None:
            assert deputy not in seen
            seen.append(deputy)


def test_somebody_joins_the_head_where_something_is_urgent() -> None:
    assert rules().contacts[rules().general_contact].deputy is not None


def test_no_contact_has_an_address_yet() -> None:
    assert [contact.telegram for contact in rules().contacts.values()] == [None] * len(rules().contacts)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(("language", "least"), LEAST.items())
def test_a_field_knows_enough_words(field: str, language: str, least: int) -> None:
    assert len(rules().fields[field].keywords[language]) >= least


@pytest.mark.parametrize("language", LEAST)
def test_every_topic_knows_words_in_every_language(language: str) -> None:
    for key, topic in rules().topics.items():
        assert len(topic.keywords[language]) >= 10, key


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_has_examples_in_the_offices_languages(field: str) -> None:
    for language in rules().office.languages:
        assert len(rules().fields[field].examples[language]) >= 2


def test_every_example_lands_where_it_stands() -> None:
    assert [str(fault) for fault in check_examples(router(), source())] == []


@pytest.mark.parametrize("language", LEAST)
def test_words_of_danger_are_known_in_every_language(language: str) -> None:
    assert len(rules().emergency[language]) >= 8


def test_all_35_municipalities_are_there() -> None:
    places = rules().places
    assert len(places) == 35
    assert {place.ags[:5] for place in places} == {"08336"}


PLACES = [
    ("Wir suchen eine Wohnung in Steinen", "Steinen"),
    ("Der Weg ist voller Steine", None),
    ("Ich wohne in Weil", "Weil am Rhein"),
    ("Ich komme nicht, weil ich krank bin", None),
    ("Bei uns in Egringen ist ein Zimmer frei", "Efringen-Kirchen"),
    ("Wir wohnen in Herten", "Rheinfelden (Baden)"),
    ("Wir wohnen in Hertingen", "Bad Bellingen"),
    ("Treffpunkt in Haltingen", "Weil am Rhein"),
    ("Wir leben in Zell im Wiesental", "Zell im Wiesental"),
    ("Unser Haus steht in Hasel", "Hasel"),
]


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_places_are_told_from_ordinary_words(text: str, place: str | None) -> None:
    assert router().decide(text).place == place


FIGURES_OF_SPEECH = [
    "Wer kümmert sich um den Brandschutz in der Unterkunft?",
    "Ich könnte platzen vor Wut über die Heizung",
    "Das Thema brennt mir auf den Nägeln",
    "Der Termin hat mich fast umgebracht, so lange musste ich warten",
    "Ich suche eine Stelle bei der Feuerwehr",
    "Wir haben einen Gasherd zu verschenken",
    "Als Vorsitzende schreibe ich im Namen von 27 Mitgliedern",
    "Ich weiß nicht, unter welcher Nummer ich die Schule erreiche",
    "Ich sitze seit dem Unfall im Rollstuhl und komme hier nicht in den dritten Stock",
    "Beim Jobcenter hat mich der Mann angeschrien, weil ich nicht alles verstehe",
    "The students have their own sink in each room",
]


@pytest.mark.parametrize("text", FIGURES_OF_SPEECH)
def test_figures_of_speech_are_no_emergency(text: str) -> None:
    assert not router().decide(text).urgent


MISLEADING = [
    ("Wer berät bei Schulden?", "bildung"),
    ("Danke für die gute Zusammenarbeit", "arbeit"),
    ("Wann ist die Bearbeitung meines Antrags fertig?", "arbeit"),
    ("Ich möchte Sie kontaktieren", "gesellschaft"),
    ("Meine Schulter tut weh", "bildung"),
    ("Wie viel Wohngeld bekomme ich?", "wohnen"),
    ("Ich habe einen deutschen Führerschein", "sprache"),
    ("Ich bin in Deutschland angekommen", "sprache"),
]


@pytest.mark.parametrize(("text", "field"), MISLEADING)
def test_words_that_only_look_like_a_fields_own_do_not_count(text: str, field: str) -> None:
    assert field not in router().decide(text).fields


WANTED = [
    # what somebody seeks or asks, in words that in other mouths offer something
    ("request", "We are looking for a new home, our contract ends in June"),
    ("request", "The landlord puts a lot of pressure on us, we need a flat"),
    ("request", "Ich weiß nicht, was ich kann und welche Arbeit passt. Ich suche Beratung"),
    ("request", "Unsere Kinder wollen keine mehr Nachhilfe, wir brauchen anderen Rat von der Schule"),
    ("request", "wo gibts möbel geschenkt? wir haben nix"),
    ("request", "Wir suchen für unsere Tochter Hilfe in Mathe"),
    ("request", "Bana göre iş var mı, temizlik yapabilirim"),
    ("request", "أبحث عن غرفة، أنا مستعد للدفع ستة أشهر مقدما"),
    ("question", "Wann beginnen wir mit dem Deutschkurs?"),
    # what somebody offers
    ("offer", "Ein Sofa, fast neu, abzuholen in Binzen"),
    ("offer", "Breakfast is on us, everyone is welcome at our language café"),
    ("offer", "Sonntags wandern wir um den See, wer neu ist, läuft einfach mit"),
    ("offer", "J'aimerais animer un atelier de couture pour des familles"),
]


@pytest.mark.parametrize(("direction", "text"), WANTED)
def test_who_seeks_is_not_taken_for_one_who_offers(direction: str, text: str) -> None:
    assert router().decide(text).direction == direction
