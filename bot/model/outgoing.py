"""What goes out: drafts, and what has become of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, unique

from bot.model.reach import Address


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
    DELETE = "delete"
    DOCUMENT = "document"  # a file that is written only when it is sent, so that no copy of it rests in the outbox
    MENU = "menu"  # shows nothing: the commands a chat is offered
    LEAVE = "leave"  # the bot leaves the group
    PROBE = "probe"  # shows nothing: finds out whether a chat can still be reached


# What stands in a chat as a message of its own.
SHOWN = (DeliveryKind.TEXT, DeliveryKind.COPY, DeliveryKind.DOCUMENT)

EDITS = (DeliveryKind.EDIT, DeliveryKind.EDIT_BUTTONS)

# May be done twice without harm: the second time changes nothing.
REPEATABLE = (*EDITS, DeliveryKind.DELETE, DeliveryKind.LEAVE)


class Purpose(StrEnum):
    """Why a message goes out, which decides what becomes of it when its fate is unknown."""

    RELAY = "relay"  # somebody's words: rather twice and marked than lost
    NEEDED = "needed"  # the bot's own words for which something waits, or which nobody may miss: rather twice than lost
    NOTICE = "notice"  # other words of the bot's own: rather once less than twice


@dataclass(frozen=True)
class Button:
    """A button as it stands under a message: what it says and the opaque token it sends back."""

    label: str
    token: str


Rows = tuple[tuple[Button, ...], ...]  # as they stand one below the other


@dataclass(frozen=True)
class Link:
    """A stretch of a text that leads to a page, in UTF-16 units."""

    start: int
    length: int
    url: str


@unique
class Prompt(StrEnum):
    """What a message asks for: a reply to it means that, and by it the question is found again. Stored by its value."""

    GO_ON = "go_on"  # after the privacy notice
    FIELD = "choose"  # which field a person means
    INQUIRY = "which"  # to which of a person's inquiries what they wrote belongs
    PLACE = "change_place"  # which place an inquiry is about
    DELETE = "delete"  # whether a person wants something deleted
    DESK_INQUIRY = "which_at_desk"  # to which inquiry what a contact wrote belongs
    ASK_BACK = "ask_back"  # what a contact wants to know of the person
    CLOSE_WITH = "close_with"  # a contact's last words
    NOTE = "note"  # what colleagues are to know


@dataclass(frozen=True)
class Draft:
    """One message to one address, as somebody wants it sent.

    Attributes:
        text: what to say; with COPY the new caption, None to keep the old one.
        heading: how many UTF-16 units at the beginning of `text` are the heading, shown bold.
        hidden: from which UTF-16 unit on `text` is covered, in a phone's notification too, until it is tapped; or None.
        links: which stretches of `text` lead where.
        commands: with MENU, the names of commands with what they do; empty takes the chat's own menu away.
        language: with MENU to everybody, in which language of their app they find these; None for all other languages.
        buttons: rows of buttons; None for none, and with EDIT for leaving none.
        copy_of: with COPY, the chat and the message to copy from there.
        edits: with EDIT and EDIT_BUTTONS, the earlier delivery whose message changes, by its row.
        press: with ANSWER_PRESS, the press to answer; `alert` shows the answer as a dialog to be dismissed.
        reply_to: the message in the same chat this one answers, or `reply_to_delivery`, the earlier delivery.
        inquiry_id, assignment_id: what it belongs to, so that a reply to it finds its way.
        part: with what an inquirer reads, the field of the share whose contact it is from or tells of: a reply to it is
            meant for that share.
        message_id: the stored message whose words it carries.
        prompt: what this message asks for. Without buttons to answer it by, the app opens the reply.
        document: with DOCUMENT, which file is to be written, a key of `bot.services.records.papers.PAPERS`.
        about: the inquiries a list or a notice names, which goes with any of them that is deleted; `is_list`: it is a
            list to go by, and another can be asked for.
        message: with DELETE and edits, the channel's number of a message whose delivery is not known (any more).
        quiet: it arrives without a sound: enough rang there just now.
        forget: keep nothing of it once it was carried out: its person deleted everything.
        then: sent on as soon as the channel confirmed this one; `otherwise`: when it was given up.
    """

    address: Address
    kind: DeliveryKind = DeliveryKind.TEXT
    purpose: Purpose = Purpose.NOTICE
    text: str | None = None
    heading: int = 0
    hidden: int | None = None
    links: tuple[Link, ...] = ()
    commands: tuple[tuple[str, str], ...] = ()
    language: str | None = None
    buttons: Rows | None = None
    copy_of: tuple[Address, int] | None = None
    edits: int | None = None
    press: str | None = None
    alert: bool = False
    reply_to: int | None = None
    reply_to_delivery: int | None = None
    inquiry_id: int | None = None
    assignment_id: int | None = None
    part: str | None = None
    message_id: int | None = None
    prompt: Prompt | None = None
    document: str | None = None
    about: tuple[int, ...] = ()
    is_list: bool = False
    message: int | None = None
    quiet: bool = False
    forget: bool = False
    then: Draft | None = None
    otherwise: Draft | None = None


@dataclass(frozen=True)
class Document:
    """A file as it is sent."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Delivery:
    """A draft the outbox has taken in.

    Attributes:
        address: where it goes now; differs from the draft's after a group migrated or a topic was deleted.
        message: the channel's number for it, once sent.
        edited_message, reply_to: the channel's numbers of the messages the draft changes and answers, once known.
        repeat: somebody's words, which may have arrived before, or a change of such; the channel marks them.
        attempts: how often sending was begun.
        document: with DOCUMENT, the file; written for the attempt, and stored nowhere.
    """

    id: int
    draft: Draft
    address: Address
    state: DeliveryState
    message: int | None = None
    edited_message: int | None = None
    reply_to: int | None = None
    repeat: bool = False
    attempts: int = 0
    created_at: datetime | None = None
    error: str | None = None
    document: Document | None = None
