"""The inquiry's life: people, inquiries, shares, and the states they may be in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.reach import Address
from bot.model.routing import RoutingDecision


class InquiryState(StrEnum):
    """Where an inquiry stands."""

    ASKED = "asked"  # the person was asked which field is meant
    ASSIGNED = "assigned"  # with its contacts, nobody has taken it yet
    TAKEN = "taken"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


OPEN_STATES = (
    InquiryState.ASKED,
    InquiryState.ASSIGNED,
    InquiryState.TAKEN,
    InquiryState.ANSWERED,
)


class AssignmentState(StrEnum):
    """Where one field's share of an inquiry stands."""

    ASSIGNED = "assigned"
    TAKEN = "taken"
    ANSWERED = "answered"
    CLOSED = "closed"
    MOVED = "moved"  # it was another field's after all
    WITHDRAWN = "withdrawn"


OPEN_ASSIGNMENTS = (AssignmentState.ASSIGNED, AssignmentState.TAKEN, AssignmentState.ANSWERED)
# Those of them whose person still waits for an answer.
UNANSWERED_ASSIGNMENTS = (AssignmentState.ASSIGNED, AssignmentState.TAKEN)
# What is no contact's any more: given to another field, or taken back by the person.
GONE_ASSIGNMENTS = (AssignmentState.MOVED, AssignmentState.WITHDRAWN)


class Reason(StrEnum):
    """How a share came to its field."""

    ROUTED = "routed"  # by the person's words
    CHOSEN = "chosen"  # by the person, with a button
    UNDECIDED = "undecided"  # the person never chose
    MOVED = "moved"  # from another field
    ADDED = "added"  # by a contact, as a further field
    HANDED = "handed"  # by a contact, to a named colleague


EMERGENCY = "emergency"  # stands where a hit's field stands, for words of danger to life and limb
GENERAL = "general"  # stands where a field's key stands, for what belongs to no field


@dataclass(frozen=True)
class Person:
    """Somebody who writes from outside.

    Attributes:
        language: the language the bot speaks with them, one of the office's languages.
        noticed_at: when they went on from the privacy notice; None while they have not.
        notice_version: which version of it they were shown last; None while they have not gone on from any.
    """

    id: int
    address: Address
    first_name: str
    language: str
    noticed_at: datetime | None
    notice_version: str | None = None


@dataclass(frozen=True)
class Inquiry:
    """One matter, from first message to close.

    Attributes:
        follows: the earlier inquiry it goes on from, closed too long ago to be opened again.
        for_file: a contact said that it belongs in the official file; `filed_at`: when it was last taken over there.
        changed_at: when something last happened that the file tells of; None if nothing did, or it belongs in none.
    """

    id: int
    reference: str
    person_id: int
    state: InquiryState
    opened_at: datetime
    touched_at: datetime
    closed_at: datetime | None
    decision: RoutingDecision | None
    follows: int | None = None
    for_file: bool = False
    filed_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def is_to_be_filed(self) -> bool:
        """Whether it belongs in the official file and something of it is not there yet."""
        if not self.for_file or self.filed_at is None:
            return self.for_file
        return self.filed_at < max(self.touched_at, self.changed_at or self.touched_at)

    @property
    def is_urgent(self) -> bool:
        """Whether its words speak of danger to life or limb."""
        return self.decision is not None and self.decision.urgent


@dataclass(frozen=True)
class Assignment:
    """One field's share of an inquiry.

    Attributes:
        field: a field's key, or `general`.
        lead: whether this field leads the inquiry or was asked about besides.
        contact: the key of the contact the rules name for it.
        due_at: until when an answer is due; None where somebody may be in danger, for whom no date is late enough.
        promised_at: until when the inquirer was promised one: of shares given out together, the latest due time.
        card: the delivery that is its card; None while nobody could be reached.
        seat: the key of the contact in whose chat the card is: its own, or whoever stands in.
        holder: who took it, in words for colleagues; None while nobody has.
        taker: the key of the contact who that is; None also where it was taken before this was stored.
        since: since when it has stood where it stands; None before it is stored.
        in_time: whether its first promise was kept; None while that is open, or where it ended before.
    """

    id: int
    inquiry_id: int
    field: str
    lead: bool
    contact: str
    reason: Reason
    state: AssignmentState
    due_at: datetime | None
    card: int | None = None
    seat: str | None = None
    holder: str | None = None
    taker: str | None = None
    since: datetime | None = None
    promised_at: datetime | None = None
    in_time: bool | None = None

    @property
    def is_urgent(self) -> bool:
        """Whether it is to be looked at at once, instead of until a time: its inquiry's words speak of danger."""
        return self.due_at is None

    @property
    def present_contact(self) -> str:
        """Whose it is at present: in whose chat the card is, or whom the rules name while it is nowhere."""
        return self.seat or self.contact


class Joined(StrEnum):
    """Why somebody besides the share's seat has a copy of its card."""

    REMINDED = "reminded"  # nobody took it in time
    LOOKED_UP = "looked_up"  # an administrator asked for it


@dataclass(frozen=True)
class CardCopy:
    """A further copy of a share's card, in the chat of another contact; kept as current as the card itself."""

    assignment_id: int
    delivery_id: int
    contact: str
    why: Joined


class Helped(StrEnum):
    """What a person said when asked whether they were helped."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
