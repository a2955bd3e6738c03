"""A sound file, `faulty_rules.txt` with one thing at a time put into it, and exactly what must be said about each."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import RulesError
from bot.routing.checks.office import _LAENDER
from bot.routing.load import load_rules, load_source
from bot.routing.office_rules import ForeignAddress
from bot.routing.rules import Keyword
from tests.support.steps import steps

BASE = """\
version: 1
office:
  name: Landratsamt
  languages: [de, en]
  timezone: Europe/Berlin
  hours: {mon: ["08:00-12:30"], thu: ["08:00-12:30", "13:30-17:30"]}
  holidays: {country: DE, subdivision: BW, extra_closed: ["12-24", "12-31"]}
administrators: [leitung]
dialogue: {ask_timeout: 30 minutes}
contacts:
  wohnen-kontakt:
    name: Kontakt Wohnen
    telegram: null
    deputy: leitung
  leitung:
    name: Leitung
    telegram: {chat: -1001234567890, topic: 7}
general_contact: leitung
fields:
  wohnen:
    title: {de: Wohnen, en: Housing}
    contact: wohnen-kontakt
    answer_within: 2 working days
    keywords:
      de: [Wohnung, Zimmer, {word: vermieten, weight: 3}]
      en: [flat]
    not_keywords: {de: [Wohngeld]}
    examples: {de: ["Bei uns steht die Einliegerwohnung leer"]}
  arbeit:
    title: {de: Arbeit, en: Work}
    contact: leitung
    keywords: {de: [Stelle, Arbeit]}
topics:
  gesundheit:
    title: {de: Gesundheit, en: Health}
    keywords: {de: [Arzt]}
groups: {raum: {de: [Zimmer, Kammer]}}
audiences: {volunteer: {de: [ehrenamtlich]}}
places:
  - {ags: "08336050", name: Lörrach}
"""

MINIMAL = """\
version: 1
contacts:
  leitung: {name: Leitung}
general_contact: leitung
fields:
  wohnen:
    title: {de: Wohnen, en: Housing}
    contact: leitung
    keywords: {de: [Wohnung]}
"""


def faults_of(text: str) -> list[str]:
    """What is said about a file, without its name."""
    try:
        load_rules(text, "r.yaml")
    except RulesError as error:
        return [str(fault).removeprefix("r.yaml:") for fault in error.faults]
    return []


# ---------------------------------------------------------------- faults


def faulty_rules() -> list[tuple[str, str, str, list[str]]]:
    """Read the table: label, what is replaced, by what, what is said."""
    blocks = Path(__file__).with_name("faulty_rules.txt").read_text("utf-8").split("\n== ")[1:]
    table = []
    for block in blocks:
        label, *lines = block.splitlines()
        told = {sign: [line[2:] for line in lines if line[:1] == sign] for sign in "-+!"}
        table.append((label, "\n".join(told["-"]), "\n".join(told["+"]), told["!"]))
    return table


FAULTY = faulty_rules()


def test_the_base_file_has_no_fault() -> None:
    assert faults_of(BASE) == []


@pytest.mark.parametrize(("old", "new", "said"), [row[1:] for row in FAULTY], ids=[row[0] for row in FAULTY])
def test_a_fault_says_where_what_and_how_to_mend(old: str, new: str, said: list[str]) -> None:
    assert BASE.count(old) == 1, "the row must change exactly one place of the base file"
    assert faults_of(BASE.replace(old, new)) == said


WHOLE = [
    ("an empty file", "", "1: the file is empty. Begin with version: 1."),
    ("only a comment", "# later\n", "1: the file is empty. Begin with version: 1."),
    ("only a text", "later\n", "1: expected keys with values, found 'later'."),
    ("only a list", "- later\n", "1: expected keys with values, found a list."),
    ("a tab", BASE.replace("  name: Landratsamt", "\tname: Landratsamt"), "3: there is a tab"),
    ("a control character", BASE.replace("Wohnen,", "Woh\x07nen,"), "21: there is an invisible control character."),
]


@pytest.mark.parametrize(("text", "said"), [row[1:] for row in WHOLE], ids=[row[0] for row in WHOLE])
def test_a_file_that_cannot_be_read_is_told_in_one_plain_sentence(text: str, said: str) -> None:
    (fault,) = faults_of(text)
    assert fault.startswith(said)


def test_all_faults_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = (
        BASE.replace('mon: ["08:00-12:30"]', 'mon: ["12:30-08:00"]')
        .replace("deputy: leitung", "deputy: niemand")
        .replace("contact: wohnen-kontakt\n", "contact: [leitung]\n")
        .replace("weight: 3", "weight: 4")
        .replace("[Arzt]", "[Wohnung]")
    )
    told = faults_of(text)
    assert [fault.split(":")[0] for fault in told] == [
        "6 office.hours.mon",
        "14 contacts.wohnen-kontakt.deputy",
        "22 fields.wohnen.contact",
        "25 fields.wohnen.keywords.de[3].weight",
        "36 topics.gesundheit.keywords.de",
    ]


def test_no_fault_carries_a_chat_id() -> None:
    for wrong in (
        "-4711471147114711",
        "'4711471147114711'",
        "{chat: 4711471147114711, topic: 99}",
        "@u4711471147114711",
    ):
        told = faults_of(BASE.replace("telegram: null", f"telegram: {wrong}"))
        assert "4711471147114711" not in str(told)


@given(st.integers(0, len(BASE)), st.integers(0, 40), st.text("-:[]{}'\"#&*!|>%@` \n\tab08,~?=<\u2028é", max_size=6))
def test_whatever_is_done_to_the_file_it_loads_or_is_told_to_be_faulty(place: int, cut: int, put: str) -> None:
    for fault in faults_of(BASE[:place] + put + BASE[place + cut :]):
        assert fault[0].isdigit()


# ---------------------------------------------------------------- what is loaded


def test_the_smallest_file_loads_and_everything_else_has_a_default() -> None:
    rules = load_rules(MINIMAL, "r.yaml")
    assert rules.office.languages == ("de", "en")
    assert rules.fields["wohnen"].answer_within == "3 working days"
    assert rules.administrators == rules.places == ()


def test_keywords_are_words_or_words_with_a_weight() -> None:
    words = load_rules(BASE, "r.yaml").fields["wohnen"].keywords["de"]
    assert words == (Keyword(word="Wohnung"), Keyword(word="Zimmer"), Keyword(word="vermieten", weight=3))


TOGETHER = "{weight: 3, direction: offer, words: [Hof, {word: Stall, weight: 1}, {word: Dach, direction: request}]}"


def test_keywords_written_together_share_what_is_not_said_of_each() -> None:
    text = BASE.replace("[Stelle, Arbeit]", f"[Stelle, {TOGETHER}, Arbeit]")
    assert load_rules(text, "r.yaml").fields["arbeit"].keywords["de"] == (
        Keyword("Stelle"),
        Keyword("Hof", 3, "offer"),
        Keyword("Stall", 1, "offer"),
        Keyword("Dach", 3, "request"),
        Keyword("Arbeit"),
    )


OF_WORK = "keywords: {de: [Stelle, Arbeit]}"
IN_LINES = """keywords:
      de:
        - Stelle
        - weight: 3
          direction: offer
          words: |
            Hof, (Stall|Scheune) ... frei,
            ## what is said of rooms
            # Zimmer, =Dach ## and below them, too
        - {word: Boden, weight: 1}"""


def test_keywords_in_lines_need_no_quotes_and_share_what_stands_beside_them() -> None:
    text = BASE.replace(OF_WORK, IN_LINES)
    assert load_rules(text, "r.yaml").fields["arbeit"].keywords["de"] == (
        Keyword("Stelle"),
        Keyword("Hof", 3, "offer"),
        Keyword("(Stall|Scheune) ... frei", 3, "offer"),
        Keyword("# Zimmer", 3, "offer"),
        Keyword("=Dach", 3, "offer"),
        Keyword("Boden", 1),
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("(Stall|Scheune", "'(Stall|Scheune' cannot be read: a bracket is not closed."),
        ('"(Stall|Scheune) ... frei"', '"(Stall|Scheune) ... frei" stands in quotes.'),
        ("'Stall'", "'Stall' stands in quotes."),
        ("{word: Stall}", "'{word: Stall}' is written as in a list."),
        ("[Stall]", "'[Stall]' is written as in a list."),
        ("- Stall", "'- Stall' is written as in a list."),
        ("Stall; Scheune", "'Stall; Scheune' is parted by another sign. Write commas between them."),
        ("كلب، حصان", "'كلب، حصان' is parted by another sign."),
    ],
)
def test_what_is_amiss_in_lines_is_told_with_its_line(written: str, said: str) -> None:
    text = BASE.replace(OF_WORK, IN_LINES.replace("(Stall|Scheune) ... frei", written))
    line = text[: text.index(written)].count("\n") + 1
    faults = faults_of(text)
    assert any(fault.startswith(f"{line} ") and said in fault for fault in faults), faults


def test_lines_under_the_key_of_one_word_are_told() -> None:
    text = BASE.replace(OF_WORK, IN_LINES.replace("words: |", "word: |"))
    line = text[: text.index("- weight: 3")].count("\n") + 1
    [fault] = faults_of(text)
    assert fault.startswith(
        f"{line} fields.arbeit.keywords.de: 'Hof, (Stall|Scheune) ... frei, …' goes over several lines."
    )
    assert "write words: |" in fault


def test_a_line_of_keywords_too_far_left_is_told_where_it_stands() -> None:
    text = BASE.replace(OF_WORK, IN_LINES.replace("            # Zimmer, =Dach", "          Zimmer, =Dach"))
    line = text[: text.index("Zimmer, =Dach")].count("\n") + 1
    [fault] = faults_of(text)
    assert fault.startswith(f"{line}: a key has no colon, or a line of keywords is not indented")


@pytest.mark.parametrize("words", ["[Hof, Stall, Dach, Boden]", "|\n            Hof, Stall, Dach, Boden"])
def test_what_is_wrong_with_all_that_stand_together_is_told_once(words: str) -> None:
    text = BASE.replace(OF_WORK, f"keywords:\n      de:\n        - weight: 9\n          words: {words}")
    assert len(faults_of(text)) == 1


def test_a_fault_in_a_keyword_written_together_names_its_line() -> None:
    words = "[\n      {weight: 1, words: [Hof,\n        Stall,\n        '(Dach', Boden]},\n      Hof]"
    text = BASE.replace("[Stelle, Arbeit]", words)
    line = text[: text.index("(Dach")].count("\n") + 1
    assert [fault.split(" ")[0] for fault in faults_of(text)] == [str(line), str(line + 1)]


ADDRESSES = [
    ("by invitation", "null", None),
    ("left empty", "", None),
    ("a person", "4711", ForeignAddress(chat=4711)),
    ("a group", "-4711", ForeignAddress(chat=-4711)),
    ("a topic", "{chat: -1001234567890, topic: 9}", ForeignAddress(chat=-1001234567890, topic=9)),
]


@pytest.mark.parametrize(("written", "address"), [row[1:] for row in ADDRESSES], ids=[row[0] for row in ADDRESSES])
def test_an_address_is_a_chat_a_topic_or_left_to_an_invitation(written: str, address: ForeignAddress | None) -> None:
    rules = load_rules(BASE.replace("telegram: null", f"telegram: {written}"), "r.yaml")
    assert rules.contacts["wohnen-kontakt"].telegram == address


def test_the_rules_may_do_without_a_digest() -> None:
    assert load_rules(MINIMAL + "reminders: {digest: null}\n", "r.yaml").reminders.digest is None


def test_texts_stay_as_they_are_written() -> None:
    text = BASE.replace("de: [Stelle, Arbeit]", "de: ['no', \"on\", '01067', '8:00', '1.50']")
    words = load_rules(text, "r.yaml").fields["arbeit"].keywords["de"]
    assert [keyword.word for keyword in words] == ["no", "on", "01067", "8:00", "1.50"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert load_rules("\ufeff" + BASE.replace("\n", "\r\n"), "r.yaml").fields == load_rules(BASE, "r.yaml").fields


def test_a_section_left_empty_counts_as_left_out() -> None:
    assert load_rules(BASE + "cues:\nemergency:\nthresholds:\n", "r.yaml").cues == {}


def test_the_version_changes_with_the_text_and_only_with_it() -> None:
    version = load_rules(BASE, "r.yaml").rules_version
    assert version == load_rules(BASE, "other.yaml").rules_version
    assert version != load_rules(BASE + "# note\n", "r.yaml").rules_version
    assert len(version) == 12


def test_the_version_cannot_be_written_in_the_file() -> None:
    assert faults_of(BASE + "rules_version: abc\n") != []


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        pytest.param("{word: Beruf, weight: '2'}", "expected a number, found '2'", id="a number in quotes"),
        pytest.param("{word: Beruf, weight: 9}", "9 must be at most 3", id="too heavy"),
        pytest.param("{word: Beruf, weight: [2]}", "expected one single value, found a list", id="a list"),
        pytest.param("{word: Beruf, weight: 2, weight: 3}", "the key stands twice", id="a key twice"),
        pytest.param("{word: Beruf, wieght: 2}", "unknown key 'wieght'. Did you mean 'weight'?", id="an unknown key"),
        pytest.param("{word: 8:00, weight: 2}", "without quotes, YAML reads 8:00 as", id="a time"),
        pytest.param("{weight: 2}", "the key 'word' is missing", id="no word"),
        pytest.param("{word: Beruf, direction: ofer}", "'ofer' is not known here.", id="an unknown direction"),
        pytest.param("{words: Beruf}", "expected a list, found 'Beruf'. Write it as [one, two].", id="no list"),
        pytest.param("{words: [Beruf], wieght: 2}", "Did you mean 'weight'?", id="an unknown key beside words"),
        pytest.param("{words: [Beruf, {words: [Amt]}]}", "'words' stands within 'words'.", id="words within words"),
        pytest.param("&a {words: [Beruf, *a]}", "'words' stands within 'words'.", id="words within themselves"),
        pytest.param(r'"Beruf\ud83d"', "is half a sign. Write the sign itself.", id="half a sign"),
        pytest.param("{words: [Beruf], weight: 9}", "9 must be at most 3", id="too heavy together"),
        pytest.param("{words: [{weight: 2}]}", "the key 'word' is missing", id="no word among words"),
    ],
)
def test_one_entry_amiss_among_plain_ones_is_reported(entry: str, said: str) -> None:
    text = BASE.replace("[Stelle, Arbeit]", f"[Stelle, {{word: Arbeit, weight: 2, direction: offer}}, {entry}]")
    assert any(said in fault for fault in faults_of(text))


@pytest.mark.parametrize("keyword", ["Wohnung…", "（Wohnung)", "＜a(b>"])
def test_a_keyword_is_read_as_it_is_written(keyword: str) -> None:
    # Compared with each other they are made plain first: what cannot be read would pass, and end the start.
    [fault] = faults_of(BASE.replace("[Stelle, Arbeit]", f"[Stelle, '{keyword}']"))
    assert f"the keyword '{keyword}' cannot be read" in fault


def test_one_keyword_that_cannot_be_read_is_found_among_many() -> None:
    # All are looked at together first; were each tried in all its readings again, this would never end.
    words = ", ".join(f"Stelle{number}" for number in range(200))
    [fault] = faults_of(BASE.replace("[Stelle, Arbeit]", f"[Stelle, Arbeit, {words}, '(Job']"))
    assert "'(Job' cannot be read: a bracket is not closed." in fault


def test_very_many_brackets_may_stand_in_one_keyword() -> None:
    assert faults_of(BASE.replace("[Stelle, Arbeit]", f"[Stelle, '{'(a|b) ' * 2000}']")) == []


@pytest.mark.parametrize("entry", ["Zimmer{0} {0}b", "Zimmer{0}/Raum{0}", "Zimmer{0}.Raum{0}", "Zimmer{0}\u00a0{0}b"])
def test_groups_of_long_entries_may_not_multiply_with_each_other(entry: str) -> None:
    entries = ", ".join(f"'{entry.format(number)}'" for number in range(30))
    text = BASE.replace("[Zimmer, Kammer]", f"[{entries}]").replace("[Stelle, Arbeit]", "[Stelle, '<raum> <raum>']")
    [fault] = faults_of(text)
    assert "'<raum> <raum>' cannot be read: its alternatives multiply to too many phrases." in fault


@pytest.mark.parametrize(
    "keyword",
    [
        pytest.param("(a|b) " + "<raum> " * 400, id="by groups, beyond all numbers"),
        pytest.param("(a|b c) " * 30 + "(a) " * 100, id="by a few of very many brackets"),
    ],
)
def test_what_multiplies_to_very_many_is_a_fault_and_no_error(keyword: str) -> None:
    text = BASE.replace("[Zimmer, Kammer]", f"[{', '.join(f'{letter}a {letter}' for letter in 'abcdefghij')}]")
    [fault] = faults_of(text.replace("[Stelle, Arbeit]", f"[Stelle, '{keyword}']"))
    assert "cannot be read: its alternatives multiply to too many phrases." in fault


def test_every_entry_knows_its_line() -> None:
    lines = load_source(BASE, "r.yaml").lines
    written = BASE.splitlines()
    for path, word in (
        (("fields", "wohnen", "examples", "de", 0), "Einliegerwohnung"),
        (("fields", "wohnen", "keywords", "en", 0), "flat"),
    ):
        line = lines.find(path)
        assert line is not None
        assert word in written[line - 1]
    assert ("fields", "wohnen", "keywords", "en", 99) not in lines


def test_the_laender_known_by_heart_have_public_holidays() -> None:
    assert set(_LAENDER) < set(holidays.list_supported_countries()["DE"])


def test_loading_takes_steps_in_proportion_to_the_keywords() -> None:
    def text(keywords: int) -> str:
        words = "".join(f"        - Stichwort{number}\n" for number in range(keywords))
        return BASE.replace("    keywords: {de: [Stelle, Arbeit]}\n", f"    keywords:\n      de:\n{words}")

    load_rules(BASE, "r.yaml")  # imports are paid once
    few, many = (steps(partial(load_rules, text(keywords), "r.yaml")) for keywords in (500, 5_000))

    assert many < 11 * few
    assert len(load_rules(text(500), "r.yaml").fields["arbeit"].keywords["de"]) == 500


# ---------------------------------------------------------------- the shipped file

SHIPPED = Path(__file__).parents[2] / "routing_rules.yaml"


def test_the_shipped_rules_have_no_fault() -> None:
    assert faults_of(SHIPPED.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("  de: [kochen, zu Hause]", id="a list"),
        pytest.param("  de: |\n    kochen, zu Hause", id="one line"),
        pytest.param(
            "  de: |\n    ## oft\n    kochen,\n      zu Hause,\n\n", id="lines, a comment, a comma at the end"
        ),
    ],
)
def test_a_list_of_texts_may_be_written_as_lines(written: str) -> None:
    assert load_rules(f"{BASE}everyday:\n{written}\n", "rules.yaml").everyday == {"de": ("kochen", "zu Hause")}


def test_keywords_may_be_written_as_lines_and_faults_name_theirs() -> None:
    written = f"{BASE}emergency:\n  de: |\n    Feuer, =Gas\n    Rauch, Feuer\n"
    line = written.count("\n", 0, written.index("    Rauch")) + 1
    with pytest.raises(RulesError, match=rf"rules\.yaml:{line} emergency\.de: 'Feuer' stands .* line {line - 1}\."):
        load_rules(written, "rules.yaml")


def test_what_is_danger_and_none_is_told() -> None:
    written = f"{BASE}emergency: {{de: [Feuer]}}\nnot_emergency: {{de: [Lagerfeuer, feuer]}}\n"
    with pytest.raises(RulesError, match=r"not_emergency\.de: 'feuer' is among the words of danger too\. Delete it"):
        load_rules(written, "rules.yaml")


def test_one_value_where_a_list_is_wanted_is_told() -> None:
    with pytest.raises(RulesError, match=r"everyday\.de: expected a list, found 'kochen'\. Write it as \[kochen\]\."):
        load_rules(f"{BASE}everyday:\n  de: >\n    kochen\n", "rules.yaml")
