import pytest

from bot.conversation.staff import Answer, Desk, Overhear, Refuse, decide_staff_message
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
    step: Answer | Refuse | Overhear,
) -> None:
    desk = Desk(is_contact, replied_to, in_group)

    assert decide_staff_message(desk, make_message(kind=kind)) == step


def test_every_reason_is_a_text() -> None:
    reasons = {step.reason for *_, step in STEPS if isinstance(step, Refuse)}

    assert {reason for reason in reasons if not all_texts().has(reason)} == set()
