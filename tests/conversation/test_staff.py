import pytest

from bot.conversation.staff import (
    Answer,
    Desk,
    Hold,
    Overhear,
    Refuse,
    StaffStep,
    TakeNote,
    decide_staff_message,
    is_note,
    is_order,
    note_words,
)
from bot.model import InquiryState, MessageKind
from tests.support.builders import make_message
from tests.support.rulebook import all_texts

TEXT, UNSUPPORTED = MessageKind.TEXT, MessageKind.UNSUPPORTED
ASSIGNED, ANSWERED, CLOSED, WITHDRAWN = (
    InquiryState.ASSIGNED,
    InquiryState.ANSWERED,
    InquiryState.CLOSED,
    InquiryState.WITHDRAWN,
)

STEPS = [
    # label, is a contact's chat, state of what was replied to, in a group, kind, step
    ("a reply to a card", True, ASSIGNED, False, TEXT, Answer()),
    ("a reply in the team's group", True, ASSIGNED, True, TEXT, Answer()),
    ("one more answer", True, ANSWERED, False, TEXT, Answer()),
    ("a late word on what is closed", True, CLOSED, False, TEXT, Answer()),
    ("a photo", True, ASSIGNED, False, MessageKind.PHOTO, Answer()),
    ("no reply, alone", True, None, False, TEXT, Refuse("answer-nowhere")),
    ("no reply, among colleagues", True, None, True, TEXT, Overhear()),
    ("no reply, what cannot be copied", True, None, True, UNSUPPORTED, Overhear()),
    ("not a contact any more", False, ASSIGNED, False, TEXT, Refuse("answer-refused")),
    ("not a contact's group any more", False, ASSIGNED, True, TEXT, Refuse("answer-refused")),
    ("not a contact, and withdrawn", False, WITHDRAWN, False, TEXT, Refuse("answer-refused")),
    ("withdrawn by its person", True, WITHDRAWN, False, TEXT, Refuse("answer-withdrawn")),
    ("what cannot be copied", True, ASSIGNED, False, UNSUPPORTED, Refuse("cannot-relay-answer")),
]


@pytest.mark.parametrize(
    ("label", "is_contact", "replied_to", "in_group", "kind", "step"), STEPS, ids=[row[0] for row in STEPS]
)
def test_a_contacts_message_is_placed(
    label: str,
    is_contact: bool,
    replied_to: InquiryState | None,
    in_group: bool,
    kind: MessageKind,
    step: StaffStep,
) -> None:
    desk = Desk(is_contact, replied_to, in_group)

    assert decide_staff_message(desk, make_message(kind=kind)) == step


WORDS = [
    # label, text, state of what was replied to, in a group, about a note, something is open, step
    ("a note", "// Bitte nicht anrufen", ASSIGNED, False, False, False, TakeNote()),
    ("an empty note", " // ", ASSIGNED, False, False, False, Refuse("note-empty")),
    ("a note in a group", "// Bitte nicht anrufen", ASSIGNED, True, False, False, TakeNote()),
    ("a note with space before", "\n // Ach so", ANSWERED, False, False, False, TakeNote()),
    ("a note on what is closed", "// War gut", CLOSED, False, False, False, TakeNote()),
    ("a note on what was withdrawn", "// Schade", WITHDRAWN, False, False, False, Refuse("answer-withdrawn")),
    ("a reply to a note", "Danke für den Hinweis", ASSIGNED, False, True, False, TakeNote()),
    ("strokes inside a text", "Siehe https://example.org", ASSIGNED, False, False, False, Answer()),
    ("half of one thing", "1/2 Zimmer", ASSIGNED, False, False, False, Answer()),
    ("a stroke before a number", "/2 Zimmer", ASSIGNED, False, False, False, Answer()),
    ("an order with an umlaut", "/übernehmen", ASSIGNED, False, False, False, Refuse("command-not-relayed")),
    ("an order in a group's reply", "/done", ASSIGNED, True, False, False, Refuse("command-not-relayed")),
    ("an order about a note", "/done", ASSIGNED, False, True, False, Refuse("command-not-relayed")),
    ("an order without a reply", "/done", None, False, False, True, Refuse("command-not-relayed")),
    ("an order among colleagues", "/done", None, True, False, True, Overhear()),
    ("no reply, with something open", "Gerne", None, False, False, True, Hold()),
    ("a note without a reply", "// Gerne", None, False, False, True, Hold()),
    ("no reply, in a group, with something open", "Gerne", None, True, False, True, Overhear()),
]


@pytest.mark.parametrize(
    ("label", "text", "replied_to", "in_group", "about_note", "has_open", "step"), WORDS, ids=[row[0] for row in WORDS]
)
def test_what_a_text_begins_with_decides_whom_it_is_for(
    label: str,
    text: str,
    replied_to: InquiryState | None,
    in_group: bool,
    about_note: bool,
    has_open: bool,
    step: StaffStep,
) -> None:
    desk = Desk(True, replied_to, in_group, about_note, has_open)

    assert decide_staff_message(desk, make_message(text, command=None)) == step


def test_a_caption_that_is_an_order_goes_to_nobody() -> None:
    desk = Desk(True, ASSIGNED, False)

    step = decide_staff_message(desk, make_message("/done", command=None, kind=MessageKind.PHOTO))

    assert step == Refuse("command-not-relayed")


def test_what_cannot_be_copied_is_not_held() -> None:
    desk = Desk(True, None, False, has_open=True)

    assert decide_staff_message(desk, make_message(kind=UNSUPPORTED)) == Refuse("cannot-relay-answer")


@pytest.mark.parametrize("in_group", [False, True], ids=["alone", "among colleagues"])
@pytest.mark.parametrize("text", ["Gerne", "// Gerne"], ids=["an answer", "a note"])
def test_what_answers_a_message_nobody_knows_any_more_is_not_guessed_about(text: str, in_group: bool) -> None:
    desk = Desk(True, None, in_group, has_open=not in_group, about_unknown=True)

    assert decide_staff_message(desk, make_message(text)) == Refuse("answer-unknown")


@pytest.mark.parametrize(
    ("text", "words"), [("//Ruf an", "Ruf an"), ("// Ruf an", "Ruf an"), (" //", ""), ("Ruf // an", "Ruf // an")]
)
def test_a_note_says_what_stands_after_its_mark(text: str, words: str) -> None:
    assert note_words(text) == words


def test_a_note_is_no_order() -> None:
    assert is_note("//done")
    assert not is_order("//done")


def test_every_reason_is_a_text() -> None:
    reasons = {step.reason for *_, step in STEPS if isinstance(step, Refuse)} | {"answer-unknown"}

    assert {reason for reason in reasons if not all_texts().has(reason)} == set()
