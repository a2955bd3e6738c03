"""The texts: complete in every language, each one used, each key the program asks for there."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

import bot
from bot.model import AssignmentState, DeliveryState, Event, Helped, InquiryState, MessageKind
from bot.services.people.command_names import FOR_ADMINISTRATORS, FOR_CONTACTS, FOR_PEOPLE
from bot.services.rules.notice_text import FACTS, SECTIONS
from bot.store.inbox import InboxState
from bot.texts.catalog import FOLDER, TextError
from bot.texts.faults import find_faults
from tests.support.rulebook import all_texts, make_texts

BOT = Path(bot.__file__).parent
TEXTS = all_texts()
LANGUAGES = TEXTS.languages

# Telegram shows about this much of a label on a phone before it cuts it; two buttons in a row get half of it.
LABEL_LENGTH = 40
# Bot API: answerCallbackQuery.text, BotCommand.description.
ANSWER_LENGTH, COMMAND_LENGTH = 200, 256


@cache
def messages_of(language: str) -> dict[str, fluent.Message]:
    body = FluentParser().parse((FOLDER / f"{language}.ftl").read_text("utf-8")).body
    return {entry.id.name: entry for entry in body if isinstance(entry, fluent.Message)}


KEYS = tuple(messages_of("de"))


def said_plainly(language: str, key: str) -> str:
    """Say a text with something short in every gap."""
    names = re.findall(r"\$(\w+)", fluent_source(language, key))
    values: dict[str, str | int] = {name: "de" if name == "language" else "2026-0042" for name in names}
    return TEXTS.say(language, key, **values).replace("\u2068", "").replace("\u2069", "")


def fluent_source(language: str, key: str) -> str:
    return TEXTS.entries[language].sources[key]


# ------------------------------------------------------------ complete


def test_the_texts_that_are_shipped_have_no_faults() -> None:
    assert find_faults(TEXTS, LANGUAGES) == []
    assert LANGUAGES[:1] == ("de",)
    assert "en" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_every_text_can_be_said(language: str, key: str) -> None:
    assert said_plainly(language, key).strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [key for key in KEYS if key.startswith("btn-")])
def test_a_buttons_label_is_short(language: str, key: str) -> None:
    assert len(said_plainly(language, key)) <= LABEL_LENGTH


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_that_stand_under_one_message_differ(language: str) -> None:
    labels = [said_plainly(language, key) for key in KEYS if key.startswith("btn-") and key != "btn-go-on-in"]

    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [key for key in KEYS if key.startswith("press-") or key == "answer-refused"])
def test_what_pops_up_fits(language: str, key: str) -> None:
    assert len(said_plainly(language, key)) <= ANSWER_LENGTH


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [key for key in KEYS if key.startswith("command-")])
def test_a_commands_description_fits(language: str, key: str) -> None:
    assert len(said_plainly(language, key)) <= COMMAND_LENGTH


@pytest.mark.parametrize("key", [key for key in KEYS if key not in ("language-name",)])
def test_german_is_said_with_sie(key: str) -> None:
    assert not re.search(r"\b(du|dich|dir|dein\w*|ihr seid|euch)\b", fluent_source("de", key))


# ------------------------------------------------------------ used, and there


@cache
def sources() -> dict[str, ast.Module]:
    """Everything that may say something; the playground's page has words of its own."""
    paths = [path for path in BOT.rglob("*.py") if "playground" not in path.parts]
    return {str(path.relative_to(BOT)): ast.parse(path.read_text("utf-8")) for path in paths}


def constants() -> set[str]:
    """Every text in quotes, docstrings and parts of f-strings included."""
    nodes = (node for tree in sources().values() for node in ast.walk(tree))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def composed() -> dict[str, set[str]]:
    """The beginnings of keys the program completes (`state-{…}`) → what may follow."""
    audiences = {"citizen", "volunteer", "business", "newcomer", "organisation"}
    return {
        "state-": set(InquiryState) | set(AssignmentState),
        "audience-": audiences,
        "btn-helped-": set(Helped),
        "direction-": {"offer", "request", "question"},
        "command-": {names["de"] for names in FOR_PEOPLE.values()},
        "i-am-": audiences,
        "you-are-": audiences,
        "record-sent-": set(DeliveryState),
        "record-timer-": {"ask", "which", "room", "sparing", "take", "soon", "due"},
        "record-inbox-": set(InboxState) - {InboxState.DONE},  # done, nothing of it is kept
        "record-by-": {"inquirer", "operator"},
        "record-kind-": set(MessageKind) - {"text", "unsupported"},
        # The rest is dropped once it is carried out, or stands in no chat.
        "record-delivery-": {"text", "copy", "edit", "edit_buttons", "document", "delete"},
        "command-desk-": {names["de"] for table in (FOR_CONTACTS, FOR_ADMINISTRATORS) for names in table.values()},
        "sensitive-": {"health", "religion", "status", "number"},
        "art13-title-": set(SECTIONS),
        "art13-text-": set(SECTIONS),
        "sample-": set(FACTS),
        "event-": {event.replace(".", "-") for event in Event if event in noted_events(of_an_inquiry=True)},
    }


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Calls of functions by name, with where they stand."""
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in names:
                    yield f"{path}:{node.lineno}", node


def noted_events(*, of_an_inquiry: bool = False) -> set[Event]:
    """What is written into the journal, or only what is written there of an inquiry, which its person may read."""
    noted = set()
    for _, node in calls("note", "record", "_note_decision"):
        named = [one for one in ast.walk(node) if isinstance(one, ast.Attribute) and ast.unparse(one.value) == "Event"]
        if not of_an_inquiry or len(node.args) > 1:
            noted |= {Event[one.attr] for one in named}
    return noted


def test_every_event_is_written_somewhere() -> None:
    assert sorted(set(Event) - noted_events()) == []


def test_events_are_named_in_one_place() -> None:
    """Much is told by them later on, in the store's statements, too: a misspelt one would be found nowhere."""
    names = re.compile("|".join(rf"['\"]{re.escape(event)}['\"]" for event in Event))
    found = {
        str(path.relative_to(BOT))
        for path in BOT.rglob("*.py")
        if names.search(path.read_text("utf-8")) and path.parent.name != "migrations"
    }

    assert found == {"model/journal.py"}


def test_every_text_is_used() -> None:
    used = constants() | {start + end for start, ends in composed().items() for end in ends}

    assert [key for key in KEYS if key not in used] == []


def test_every_composed_key_is_there() -> None:
    wanted = {start + end for start, ends in composed().items() for end in ends}

    assert sorted(wanted - set(KEYS)) == []


# Functions that say something, and which of their arguments is the key.
SAYERS = {"say": 1, "_say": 2, "_reply": 2, "tell_desk": 3, "Refuse": 0}


def test_every_key_the_program_names_is_there() -> None:
    named: list[tuple[str, str]] = []
    for where, call in calls(*SAYERS):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        argument = call.args[SAYERS[name]] if len(call.args) > SAYERS[name] else None
        texts = [node.value for node in ast.walk(argument or call.func) if isinstance(node, ast.Constant)]
        named += [(where, text) for text in texts if isinstance(text, str) and not text.endswith("-")]

    assert len(named) > 50
    assert [(where, key) for where, key in named if key not in KEYS] == []


def test_what_looks_like_a_key_is_one() -> None:
    """Keys are also returned and put into tables; they are known by their beginning."""
    beginnings = {key.split("-")[0] for key in KEYS if "-" in key}
    likely = {text for text in constants() if re.fullmatch(r"[a-z]+(-[a-z]+)+", text)}

    assert sorted(text for text in likely if text.split("-")[0] in beginnings and text not in KEYS) == []


def test_what_a_text_fills_in_is_given() -> None:
    missing = []
    for where, call in calls("say"):
        key = call.args[1] if len(call.args) > 1 else None
        if not isinstance(key, ast.Constant) or any(keyword.arg is None for keyword in call.keywords):
            continue
        given = {keyword.arg for keyword in call.keywords}
        needed = set(re.findall(r"\$(\w+)", fluent_source("de", str(key.value))))
        if needed - given:
            missing.append((where, key.value, needed - given))

    assert missing == []


# ------------------------------------------------------------ saying


def test_what_is_filled_in_is_isolated() -> None:
    """A name from right to left must not turn the sentence around it."""
    assert TEXTS.say("de", "card-from", name="מריה") == "Von: \u2068מריה\u2069"


def test_a_text_missing_in_one_language_is_said_in_the_first(tmp_path: Path) -> None:
    texts = make_texts(tmp_path, de="hello = Guten Tag\nbye = Tschüss\n", en="hello = Hello\n")

    assert texts.say("en", "hello") == "Hello"
    assert texts.say("en", "bye") == "Tschüss"
    assert texts.say("fr", "hello") == "Guten Tag"
    assert texts.languages == ("de", "en")
    assert (texts.has("bye"), texts.has("thanks")) == (True, False)


def numbers_in(text: str) -> set[str]:
    """What somebody may call; a number holds together where it is read from right to left."""
    return set(re.findall(r"(?m)^[0-9][0-9 \u00a0]+(?= – )", text))


@pytest.mark.parametrize("language", ["ar", "fr", "ru", "tr", "uk"])
def test_the_emergency_numbers_are_the_same_in_every_language(language: str) -> None:
    in_german = numbers_in(TEXTS.say("de", "emergency"))
    assert {"112", "110", "116 016", "116 111", "0800 1110111"} == in_german == numbers_in(TEXTS.say("en", "emergency"))

    text = TEXTS.emergency_in(language) or ""
    numbers = numbers_in(text)

    assert {number.replace("\u00a0", " ") for number in numbers} == in_german
    assert not [number for number in numbers if language == "ar" and " " in number]
    assert not re.search(r"[\u2066-\u2069]", text)


FAULTY_CALLS = [
    ("no such text", "thanks", {}, "no text 'thanks' in any language"),
    ("without its value", "hello", {}, "'hello' in 'de' cannot be said"),
    ("empty", "empty", {}, "'empty' in 'de' is empty"),
]


@pytest.mark.parametrize(("label", "key", "values", "told"), FAULTY_CALLS, ids=[row[0] for row in FAULTY_CALLS])
def test_a_fault_of_the_program_is_raised(
    tmp_path: Path, label: str, key: str, values: dict[str, str], told: str
) -> None:
    texts = make_texts(tmp_path, de="hello = Guten Tag { $name }\nempty =\n    .title = x\n")

    with pytest.raises(TextError, match=told):
        texts.say("de", key, **values)


MOMENTS = [
    ("de", "Dienstag, 24. November, 12:30 Uhr"),
    ("en", "Tuesday, 24 November, 12:30"),
    ("xx", "Dienstag, 24. November, 12:30 Uhr"),
]


@pytest.mark.parametrize(("language", "moment"), MOMENTS)
def test_a_moment_is_said_as_on_a_letter_in_local_time(language: str, moment: str) -> None:
    at = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)

    assert TEXTS.moment(language, at, "Europe/Berlin") == moment


def test_an_hour_that_comes_twice_is_told_apart_from_itself() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    said = [TEXTS.moment("de", at, "Etc/GMT-2") for at in (first, first.replace(fold=1))]
    assert [moment.rsplit(", ", 1)[1] for moment in said] == ["02:30 Uhr", "03:30 Uhr"]


def test_lists_and_languages_are_said_in_words() -> None:
    assert TEXTS.together("de", ["Wohnen", "Sprache", "Arbeit"]) == "Wohnen, Sprache und Arbeit"
    assert TEXTS.together("en", ["Housing"]) == "Housing"
    assert TEXTS.language_name("de", "uk") == "Ukrainisch"
    assert TEXTS.language_name("de", "not a language") == "not a language"


SPANS = [
    ("a day is told in hours", timedelta(days=1), "24 Stunden", "24 hours"),
    ("half an hour", timedelta(minutes=30), "30 Minuten", "30 minutes"),
    ("no whole hours", timedelta(minutes=90), "90 Minuten", "90 minutes"),
    ("no whole days", timedelta(hours=36), "36 Stunden", "36 hours"),
    ("never rounded to weeks", timedelta(days=30), "30 Tage", "30 days"),
    ("never rounded to months", timedelta(days=90), "90 Tage", "90 days"),
]


@pytest.mark.parametrize(("label", "length", "german", "english"), SPANS, ids=[row[0] for row in SPANS])
def test_a_length_of_time_is_said_exactly(label: str, length: timedelta, german: str, english: str) -> None:
    assert (TEXTS.span("de", length), TEXTS.span("en", length)) == (german, english)


def test_the_folder_holds_one_file_a_language() -> None:
    assert {path.stem for path in FOLDER.glob("*.ftl")} == set(LANGUAGES)
