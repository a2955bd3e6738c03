"""What the house speaks of: frozen facts and the states they may be in. No behaviour beyond reading them.

Times are aware UTC datetimes and end in `_at`. Scores run from 0 to 100. Ids ending in `_id` are rows of ours; a chat's
or message's foreign number stands only inside `Address` and next to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

# ---------------------------------------------------------------- where people are reached


@dataclass(frozen=True)
class Address:
    """Where a person or a team is reached on a channel: a chat, or one topic of a group."""

    channel: str
    chat: int
    topic: int | None = None

    @property
    def is_group(self) -> bool:
        """Telegram gives groups negative ids (Bot API, `Chat.id`)."""
        return self.chat < 0


@dataclass(frozen=True)
class Sender:
    """Who pressed a key: `user` is the channel's number for the person, never shown to anybody."""

    user: int
    first_name: str
    language: str | None = None


# ---------------------------------------------------------------- what comes in


class MessageKind(StrEnum):
    """What a message is made of, as far as relaying it depends on it."""

    TEXT = "text"
    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    AUDIO = "audio"
    VOICE = "voice"
    LOCATION = "location"
    CONTACT_CARD = "contact_card"
    STICKER = "sticker"
    OTHER = "other"  # can be copied, carries no caption (a dice, a venue, a video note …)
    UNSUPPORTED = "unsupported"  # Telegram refuses to copy it (a paid medium, a giveaway, an invoice …)


CAPTIONED = frozenset(
    {MessageKind.PHOTO, MessageKind.DOCUMENT, MessageKind.VIDEO, MessageKind.AUDIO, MessageKind.VOICE}
)


@dataclass(frozen=True)
class InboundMessage:
    """One message a person wrote, or its edited form.

    Attributes:
        text: the text, or a medium's caption; empty where there is none.
        command: the command's name without slash and bot name, in lower case, where the text begins with one.
        argument: what follows the command.
        reply_to: the number of the message this one answers, in the same chat.
        album: the same mark on every message of one album.
        edited: this is the new form of a message already seen.
    """

    address: Address
    message: int
    sender: Sender
    kind: MessageKind
    text: str
    sent_at: datetime
    command: str | None = None
    argument: str = ""
    reply_to: int | None = None
    album: str | None = None
    edited: bool = False


@dataclass(frozen=True)
class ButtonPress:
    """Somebody pressed a button; `token` is client input and proves nothing until its row is found."""

    address: Address
    message: int
    sender: Sender
    token: str
    query: str


@dataclass(frozen=True)
class ChatMigrated:
    """A group became a supergroup and answers to another number now."""

    old: Address
    new: Address


@dataclass(frozen=True)
class ReachChanged:
    """A person blocked or unblocked the bot, or a group added or removed it."""

    address: Address
    reachable: bool


InboundEvent = InboundMessage | ButtonPress | ChatMigrated | ReachChanged

# ---------------------------------------------------------------- routing


class Outcome(StrEnum):
    """What routing makes of a text: send it on, ask which field, or nothing known in it."""

    ROUTE = "route"
    ASK = "ask"
    NONE = "none"


class How(StrEnum):
    """How a keyword was found in a text."""

    EXACT = "exact"
    STEM = "stem"
    PHRASE = "phrase"
    COMPOUND = "compound"
    FUZZY = "fuzzy"


Audience = Literal["citizen", "volunteer", "business", "newcomer", "organisation", "unknown"]
Direction = Literal["offer", "request", "question", "other"]


@dataclass(frozen=True)
class Hit:
    """One place where a keyword matched.

    Attributes:
        field: the key of the field or of the competing topic the keyword belongs to.
        keyword: the keyword as the rules write it.
        found: the words of the message that matched, as the person wrote them.
        score: what this hit adds for its field.
    """

    field: str
    keyword: str
    found: str
    score: float
    how: How


@dataclass(frozen=True)
class RoutingDecision:
    """What routing decided about one text, with everything needed to explain it later.

    Attributes:
        fields: the lead field, then others clearly asked about too; empty unless the outcome is `route`.
        choices: the fields to offer, best first, at most three; empty when nothing points anywhere.
        scores: every field's score, 0–100.
        hits: what was found, strongest first.
        runner_up: the best field or competing topic that was not chosen.
        margin: the distance between the lead and the runner-up, 0–100.
        audience: who seems to write; `direction`: what they seem to want.
        place: the municipality named, as the rules spell it.
        language: the language the text seems to be in (ISO 639-1), None where unknown.
        urgent: the text speaks of danger to life or limb.
    """

    outcome: Outcome
    fields: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    scores: dict[str, int] = field(default_factory=dict)
    hits: tuple[Hit, ...] = ()
    runner_up: str | None = None
    margin: int = 0
    audience: Audience = "unknown"
    direction: Direction = "other"
    place: str | None = None
    language: str | None = None
    urgent: bool = False
    rules_version: str = ""


# ---------------------------------------------------------------- the inquiry's life


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


class Reason(StrEnum):
    """How a share came to its field."""

    ROUTED = "routed"  # by the person's words
    CHOSEN = "chosen"  # by the person, with a button
    UNDECIDED = "undecided"  # the person never chose
    MOVED = "moved"  # from another field


EMERGENCY = "emergency"  # stands where a hit's field stands, for words of danger to life and limb
GENERAL = "general"  # stands where a field's key stands, for what belongs to no field


@dataclass(frozen=True)
class Person:
    """Somebody who writes from outside.

    Attributes:
        language: the language the bot speaks with them, one of the office's languages.
        noticed_at: when they went on from the privacy notice; None while they have not.
    """

    id: int
    address: Address
    first_name: str
    language: str
    noticed_at: datetime | None


@dataclass(frozen=True)
class Inquiry:
    """One matter, from first message to close."""

    id: int
    reference: str
    person_id: int
    state: InquiryState
    opened_at: datetime
    touched_at: datetime
    closed_at: datetime | None
    decision: RoutingDecision | None


@dataclass(frozen=True)
class Assignment:
    """One field's share of an inquiry.

    Attributes:
        field: a field's key, or `general`.
        lead: whether this field leads the inquiry or was asked about besides.
        contact: the key of the contact the rules name for it.
        due_at: until when an answer was promised.
        card: the delivery that is its card; None while nobody could be reached.
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


# ---------------------------------------------------------------- what goes out


class DeliveryState(StrEnum):
    """Where one outgoing message stands; nothing here claims that a person has read or even got it."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    PARKED = "parked"


class DeliveryKind(StrEnum):
    """What the channel is asked to do."""

    TEXT = "text"
    COPY = "copy"
    EDIT = "edit"
    EDIT_BUTTONS = "edit_buttons"
    ANSWER_PRESS = "answer_press"


class Purpose(StrEnum):
    """Why a message goes out, which decides what becomes of it when its fate is unknown."""

    RELAY = "relay"  # somebody's words: rather twice and marked than lost
    NOTICE = "notice"  # the bot's own words: rather once less than twice


@dataclass(frozen=True)
class Button:
    """A button as it stands under a message: what it says and the opaque token it sends back."""

    label: str
    token: str


@dataclass(frozen=True)
class Draft:
    """One message to one address, as somebody wants it sent.

    Attributes:
        text: what to say; with COPY the new caption, None to keep the old one.
        heading: how many UTF-16 units at the beginning of `text` are the heading, shown bold.
        buttons: rows of buttons; None for none, and with EDIT for leaving none.
        copy_of: with COPY, the chat and the message to copy from there.
        edits: with EDIT and EDIT_BUTTONS, the earlier delivery whose message changes.
        press: with ANSWER_PRESS, the press to answer; `alert` shows the answer as a dialog to be dismissed.
        reply_to: the message in the same chat this one answers, or `reply_to_delivery`, the earlier delivery.
        inquiry_id, assignment_id: what it belongs to, so that a reply to it finds its way.
        message_id: the stored message whose words it carries.
        then: sent on as soon as the channel confirmed this one; `otherwise`: when it was given up.
    """

    address: Address
    kind: DeliveryKind = DeliveryKind.TEXT
    purpose: Purpose = Purpose.NOTICE
    text: str | None = None
    heading: int = 0
    buttons: tuple[tuple[Button, ...], ...] | None = None
    copy_of: tuple[Address, int] | None = None
    edits: int | None = None
    press: str | None = None
    alert: bool = False
    reply_to: int | None = None
    reply_to_delivery: int | None = None
    inquiry_id: int | None = None
    assignment_id: int | None = None
    message_id: int | None = None
    then: Draft | None = None
    otherwise: Draft | None = None


@dataclass(frozen=True)
class Delivery:
    """A draft the outbox has taken in.

    Attributes:
        address: where it goes now; differs from the draft's after a group migrated or a topic was deleted.
        message: the channel's number for it, once sent.
        edits, reply_to: the channel's numbers for what the draft names, once known.
        repeat: it may have arrived before; the channel marks it.
        attempts: how often sending was begun.
    """

    id: int
    draft: Draft
    address: Address
    state: DeliveryState
    message: int | None = None
    edits: int | None = None
    reply_to: int | None = None
    repeat: bool = False
    attempts: int = 0
    created_at: datetime | None = None
    error: str | None = None


# ---------------------------------------------------------------- what happened


@dataclass(frozen=True)
class JournalEntry:
    """What happened, under a stable dotted name; the sentence for it is looked up when it is shown."""

    id: int
    at: datetime
    event: str
    inquiry_id: int | None
    data: dict[str, object]
