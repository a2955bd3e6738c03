from itertools import product

import pytest

from bot.conversation.lifecycle import derive_state
from bot.model import AssignmentState, InquiryState
from tests.support.drawings import drawn_share_ways, drawn_ways

ASSIGNED, TAKEN, ANSWERED, CLOSED, MOVED, WITHDRAWN = AssignmentState

STANDS = [
    # label, shares, where the inquiry stands
    ("no share yet", (), InquiryState.ASKED),
    ("all moved away and none there yet", (MOVED,), InquiryState.ASKED),
    ("one share", (ASSIGNED,), InquiryState.ASSIGNED),
    ("one taken", (TAKEN,), InquiryState.TAKEN),
    ("one answered", (ANSWERED,), InquiryState.ANSWERED),
    ("one closed", (CLOSED,), InquiryState.CLOSED),
    ("one withdrawn", (WITHDRAWN,), InquiryState.WITHDRAWN),
    ("as far as the one least far", (ANSWERED, ASSIGNED), InquiryState.ASSIGNED),
    ("taken is less far than answered", (ANSWERED, TAKEN), InquiryState.TAKEN),
    ("open while one is", (CLOSED, ANSWERED), InquiryState.ANSWERED),
    ("closed when all are", (CLOSED, CLOSED), InquiryState.CLOSED),
    ("what was moved does not count", (MOVED, TAKEN), InquiryState.TAKEN),
    ("nor for closing", (MOVED, CLOSED), InquiryState.CLOSED),
    ("one part was done before the rest was withdrawn", (CLOSED, WITHDRAWN), InquiryState.CLOSED),
]


@pytest.mark.parametrize(("label", "shares", "state"), STANDS, ids=[row[0] for row in STANDS])
def test_an_inquiry_stands_where_its_shares_stand(
    label: str, shares: tuple[AssignmentState, ...], state: InquiryState
) -> None:
    assert derive_state(shares) is state


@pytest.mark.parametrize("shares", list(product(AssignmentState, repeat=2)))
def test_the_order_of_the_shares_does_not_matter(shares: tuple[AssignmentState, ...]) -> None:
    assert derive_state(shares) is derive_state(reversed(shares))


def test_the_drawings_name_every_state_and_no_other() -> None:
    """That they show the ways between them is tested where they are gone: tests/services/test_lifecycle.py."""
    for ways, states in ((drawn_ways(), InquiryState), (drawn_share_ways(), AssignmentState)):
        assert {state for way in ways for state in way} - {None} == set(states)
