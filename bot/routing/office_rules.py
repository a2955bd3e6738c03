"""What the office settles besides the words: itself, its contacts, times, limits and privacy.

Shapes as in `bot.routing.rules`, whose `Rules` holds them all.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SHAPE = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)  # of all shapes


class _Shape(BaseModel):
    model_config = SHAPE


class ForeignAddress(_Shape):
    """A contact's place on Telegram: a chat id, and a topic's number where the chat is a group with topics."""

    chat: int
    topic: int | None = None


class ContactRule(_Shape):
    """An office's person or team, named by role; without an address it joins by invitation."""

    name: str
    telegram: ForeignAddress | None = None
    deputy: str | None = None


class Holidays(_Shape):
    """Public holidays by the `holidays` library's names, and further closed days as `MM-DD` or `YYYY-MM-DD`."""

    country: str = "DE"
    subdivision: str | None = None
    extra_closed: tuple[str, ...] = ()


Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WORKDAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri")
DEFAULT_HOURS: dict[Day, tuple[str, ...]] = dict.fromkeys(_WORKDAYS, ("08:00-16:00",))


class Office(_Shape):
    """The office, its languages (the first is its own), and when it is open (weekday → `HH:MM-HH:MM` spans)."""

    name: str = "Landratsamt"
    languages: tuple[str, ...] = ("de", "en")
    timezone: str = "Europe/Berlin"
    hours: dict[Day, tuple[str, ...]] = DEFAULT_HOURS
    holidays: Holidays = Holidays()
    privacy_url: str | None = None


class Dialogue(_Shape):
    """Times of the conversation, as `30 minutes`, `24 hours`, `2 working days`.

    Attributes:
        ask_timeout: how long a question to the person waits before the bot goes on without them.
        hold: how long a message waits for its writer to go on from the privacy notice.
        general_answer_within: the promise for what belongs to no field.
        reopen_within: how long after closing a reply opens an inquiry again; later it starts a new one.
    """

    ask_timeout: str = "30 minutes"
    hold: str = "24 hours"
    general_answer_within: str = "3 working days"
    reopen_within: str = "14 days"


class Reminders(_Shape):
    """When the bot reminds, and whom. Working hours and days count only while the office is open.

    Attributes:
        take_within: a share nobody took for so long: its contact is reminded.
        deputy_after: so long after that, the deputy joins in; `general_after`: so long after that, the general contact.
        due_soon: so long before the promised time the card says that it is near.
        digest: when a contact gets the morning digest, local time as `HH:MM`; null for none. Each may choose otherwise.
    """

    take_within: str = "4 working hours"
    deputy_after: str = "4 working hours"
    general_after: str = "1 working day"
    due_soon: str = "4 working hours"
    digest: str | None = "08:15"


Fact = Annotated[str, Field(max_length=400)]  # a few lines; the notice is to be read in a minute or two


class Retention(_Shape):
    """How long what is kept for how long; messages waiting for the notice are held for `Dialogue.hold`.

    Attributes:
        silent: an inquiry nobody said or did anything about for so long is closed, but not while an answer is promised.
        content: so long after closing, what was written is deleted, and who wrote it unless they have another inquiry.
        longest: nothing of an inquiry is kept longer than this after it was opened, closed or not.
        parked: what could not be handled or sent, and nobody looked after, is deleted.
    """

    silent: str = "30 days"
    content: str = "90 days"
    longest: str = "365 days"
    parked: str = "30 days"


class Limits(_Shape):
    """How much may come at once before it is held, so that neither one person nor many drown the contacts.

    Attributes:
        messages: so many messages of one person are taken in `within` a time; more wait until there is room again.
        waiting: so many of one person's wait at most; what comes then is refused, and they are told.
        rings: so many messages to one chat of a contact ring `rings_within` a time; more arrive without a sound, and
            one line sums them up.
        follow_up: what a person adds to an inquiry so soon after the last message about it arrives without a sound.
        block: how long a block lasts where the administrator names no time.
    """

    messages: int = 30
    within: str = "10 minutes"
    waiting: int = 100
    rings: int = 8
    rings_within: str = "10 minutes"
    follow_up: str = "1 minute"
    block: str = "30 days"


class Privacy(_Shape):
    """What the notice under Art. 13 GDPR must say about the office, and how much a card shows.

    Attributes:
        controller: the office's name and postal address; `contact`: its telephone and e-mail address.
        officer: how the data protection officer is reached.
        authority: the supervisory authority, with its address.
        other_ways: how the office is reached without Telegram.
        retention: how long what is kept.
        name_on_card: what contacts see of the person: the first name, or a pseudonym made for the inquiry.
        push: whether a phone's push message may show the person's name and words (`full`) or only that there are some.
    """

    controller: Fact = ""
    contact: Fact = ""
    officer: Fact = ""
    authority: Fact = ""
    other_ways: Fact = ""
    retention: Retention = Retention()
    name_on_card: Literal["first_name", "pseudonym"] = "first_name"
    push: Literal["full", "neutral"] = "full"

    @property
    def shows_names(self) -> bool:
        """Whether the person's first name may be shown to those who help them."""
        return self.name_on_card == "first_name"


Plain = dict[str, tuple[str, ...]]  # language (ISO 639-1) → words or phrases, found with any ending; `=word` as written


class Sensitive(_Shape):
    """What somebody need not tell an office; `bot.routing.sensitive` looks for it.

    Attributes:
        about_me: words that say that a sentence speaks of the writer or theirs; only there the next three count.
        health, religion, status: words of illness, of faith, of the right to stay.
        numbers: words after which a number is one of papers or an account.
    """

    about_me: Plain = {}
    health: Plain = {}
    religion: Plain = {}
    status: Plain = {}
    numbers: Plain = {}
