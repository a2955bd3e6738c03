"""The routing rules as checked objects: who answers what, and by which words an inquiry is recognised.

These shapes mirror `routing_rules.yaml` key for key, so that a reader of one knows the other. They hold what the file
says, nothing compiled. Every key beyond `version`, `contacts`, `general_contact` and `fields` may be left out.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Words = dict[str, tuple["Keyword", ...]]  # language (ISO 639-1) → keywords
Text = dict[str, str]  # language (ISO 639-1) → text


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Keyword(_Shape):
    """A word, a phrase or a pattern.

    Attributes:
        word: as the clerk wrote it. One word matches in every inflection and as part of a compound; several words are a
            phrase; `...` in a phrase stands for a few other words; a hyphen at the end or the beginning (`schul-`,
            `-kurs`) makes it a part of a compound only.
        weight: 1 hints, 2 says it, 3 decides.
    """

    word: str
    weight: Annotated[float, Field(gt=0, le=3)] = 2


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


DEFAULT_HOURS = {day: ("08:00-16:00",) for day in ("mon", "tue", "wed", "thu", "fri")}


class Office(_Shape):
    """The office, its languages (the first is its own), and when it is open (weekday → `HH:MM-HH:MM` spans)."""

    name: str = "Landratsamt"
    languages: tuple[str, ...] = ("de", "en")
    timezone: str = "Europe/Berlin"
    hours: dict[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], tuple[str, ...]] = DEFAULT_HOURS
    holidays: Holidays = Holidays()
    privacy_url: str | None = None


class Dialogue(_Shape):
    """Times of the conversation, as `30 minutes`, `24 hours`, `2 working days`."""

    ask_timeout: str = "30 minutes"
    hold: str = "24 hours"


class FieldRule(_Shape):
    """An action field: its contact, its promise, and the words it is recognised by."""

    title: Text
    contact: str
    answer_within: str = "3 working days"
    keywords: Words = {}
    not_keywords: Words = {}
    examples: dict[str, tuple[str, ...]] = {}


class TopicRule(_Shape):
    """A competing topic: recognised, so that it does not land in a field; goes to the general contact."""

    title: Text
    keywords: Words = {}
    not_keywords: Words = {}
    examples: dict[str, tuple[str, ...]] = {}


class Place(_Shape):
    """A municipality with the spellings people use for it.

    Attributes:
        ags: the official municipality key, always eight digits in quotes.
        needs_context: spellings that are ordinary words too and count only where a place is meant ("in Steinen").
    """

    ags: str
    name: str
    aliases: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    needs_context: tuple[str, ...] = ()


class Thresholds(_Shape):
    """When a lead is clear enough to route without asking; scores are 0–100."""

    route_score: int = 30
    route_margin: int = 15
    second_score: int = 45


class Rules(_Shape):
    """Everything in `routing_rules.yaml`.

    Attributes:
        cues: what a sentence does → the words that show it (`offer`, `request`, `question`, `background`, `greeting` …).
        audiences: who writes → the words that show it (`volunteer`, `business`, `newcomer`, `organisation`, `citizen`).
        emergency: words of danger to life and limb; the numbers to tell the person are in the texts.
        everyday: common words that must never be "corrected" into a keyword.
        rules_version: a short hash of the file's content, set by the loader.
    """

    version: Literal[1]
    office: Office = Office()
    administrators: tuple[str, ...] = ()
    dialogue: Dialogue = Dialogue()
    contacts: dict[str, ContactRule]
    general_contact: str
    fields: dict[str, FieldRule]
    topics: dict[str, TopicRule] = {}
    cues: dict[str, Words] = {}
    audiences: dict[str, Words] = {}
    emergency: Words = {}
    everyday: dict[str, tuple[str, ...]] = {}
    places: tuple[Place, ...] = ()
    thresholds: Thresholds = Thresholds()
    rules_version: str = ""
