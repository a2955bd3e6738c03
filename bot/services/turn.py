"""One turn of the dialogue: a transaction, its moment, and what every duty needs to speak and to write."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypedDict, TypeVar, Unpack, cast

from bot.model import Address, Button, Draft, Event, Link, Prompt, Purpose, RoutingDecision, Rows
from bot.services.delivery.beforehand import BeforehandError, Brought
from bot.services.delivery.windows import Windows
from bot.services.quoting import quote
from bot.services.rules.rulebook import Rulebook
from bot.store import buttons, journal, outbox
from bot.store.database import Database, Tx
from bot.texts import Texts

# A day further off than this is easily taken for one of another year.
FAR_OFF = timedelta(days=90)

_Result = TypeVar("_Result")


class NoticeFields(TypedDict, total=False):
    """What the bot's own words may have beside the text; each means what it means in `Draft`."""

    purpose: Purpose
    heading: int
    links: tuple[Link, ...]
    buttons: Rows | None
    reply_to: int | None
    reply_to_delivery: int | None
    inquiry_id: int | None
    assignment_id: int | None
    part: str | None
    prompt: Prompt | None
    about: tuple[int, ...]
    is_list: bool
    quiet: bool


@dataclass(frozen=True)
class Turn:
    """What is handed from duty to duty while one event is handled.

    Attributes:
        windows: what was counted lately, the same from turn to turn.
        brought: what was done for this event beforehand; None while nothing was.
    """

    tx: Tx
    at: datetime
    texts: Texts
    book: Rulebook
    windows: Windows = field(default_factory=Windows)
    brought: Brought | None = None

    def say(self, language: str, key: str, /, **values: str | int) -> str:
        """Return a text in a language."""
        return self.texts.say(language, key, **values)

    def say_moment(self, language: str, at: datetime) -> str:
        """Return a moment in words, in the office's time zone; with its year where that is not plain."""
        is_far_off = abs(at - self.at) > FAR_OFF
        return self.texts.moment(language, at, self.book.rules.office.timezone, with_year=is_far_off)

    def decide(self, text: str) -> RoutingDecision:
        """Return what a text is about; asked again about the same one, it costs nothing."""
        router = self.book.router
        return self.tx.made("decision", (text, router), lambda: quote(router.decide(text), text))

    def beforehand(self, work: Callable[[Database], Awaitable[_Result]]) -> _Result:
        """Return what a work brought that takes too long for a transaction; one an event.

        Only while an event is handled. What the store holds may have changed since.

        Raises:
            BeforehandError: it has to be done first; nobody may catch it.
            Exception: whatever the work ended by.
        """
        if self.brought is None:
            raise BeforehandError(work)
        if self.brought.error is not None:
            raise self.brought.error
        return cast("_Result", self.brought.result)

    async def send(self, draft: Draft) -> int:
        """Put a message into the outbox and return its row's id; it leaves after the transaction."""
        return await outbox.add(self.tx, self.at, draft)

    async def send_all(self, drafts: Sequence[Draft]) -> None:
        """Put messages into the outbox, in their order."""
        await outbox.add_all(self.tx, self.at, drafts)

    async def notice(self, address: Address, text: str, **more: Unpack[NoticeFields]) -> int:
        """Send the bot's own words; a question is needed in any case, for something waits until it is answered."""
        more.setdefault("purpose", Purpose.NOTICE if more.get("prompt") is None else Purpose.NEEDED)
        return await self.send(Draft(address, text=text, **more))

    async def note(self, event: Event, inquiry_id: int | None = None, **data: object) -> None:
        """Write an entry into the journal."""
        await journal.record(self.tx, self.at, event, inquiry_id=inquiry_id, **data)

    async def button(
        self, address: Address, label: str, action: str, inquiry_id: int | None = None, **data: str | int
    ) -> Button:
        """Return a button that does this when pressed in this chat."""
        token = await buttons.ensure(self.tx, self.at, address, action, inquiry_id, **data)
        return Button(label, token)
