"""A storm: many people write while the bot is killed again and again; afterwards everything is counted.

Every person writes one inquiry and two messages after it, some get an answer; each text carries a mark of its own.
What the stand-in took is noted as it comes (`Ledger`), also where the bot was never told so. People behave as people:
who sees no answer for a while taps or writes once more.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import ClassVar, TypeVar

from bot.playground import acts
from bot.playground.faults import (
    Call,
    Effect,
    Fault,
    Faults,
    bad_gateway,
    chance,
    drop,
    flood,
    internal_error,
)
from bot.playground.model import Message, Placing
from tests.support.driven import Driven
from tests.support.driver import Driver
from tests.support.office import CONTACTS, House

T = TypeVar("T")

MARK = re.compile(r"\bm(\d+)([abcxyz])\b")
REPEAT = "(Möglicherweise doppelt)"
RECEIPT = "ist angekommen"
WISHES = (
    "Ich suche ein Zimmer",
    "Ich suche einen Deutschkurs",
    "Unser Verein sucht ein Ehrenamt",
    "Ich suche Nachhilfe",
    "Ich suche ein Praktikum",
)
# The marks of a contact's answer and of the further attempts at it.
ANSWERS = "xyz"
# How a contact is told that a message went to nobody; it may be quoted.
REFUSED = re.compile(r"ging(en)? (\w+ )?an niemanden")
WRITES = ("sendMessage", "copyMessage")
# How long a person waits before trying once more, and how long the bot may take for all that is left at the end.
PATIENCE_S = 8.0
CALM_WITHIN_S = 600.0

# What goes wrong, and whether the message was taken before it did.
TROUBLE: tuple[tuple[Effect, bool], ...] = (
    (flood(0), False),
    (flood(1), False),
    (internal_error(), False),
    (internal_error(), True),
    (bad_gateway(), False),
    (bad_gateway(), True),
    (drop(), False),
    (drop(), True),
)


@dataclass(frozen=True)
class Plan:
    """How large the storm is.

    Attributes:
        at_once: how many people are amid their conversation at any time.
        kills: how often the bot is killed, at a random moment up to `longest_life_s` after its last start.
        answers: the share of inquiries a contact answers.
        within_s: the storm must be over by then; where words are lost, people would try for ever.
    """

    inquiries: int = 60
    at_once: int = 30
    kills: int = 4
    longest_life_s: float = 3.0
    answers: float = 0.3
    seed: int = 1
    patience_s: float = PATIENCE_S
    within_s: float = 3_600.0


# What a killed process has sent may still lie unread in the stand-in's sockets for a moment.
LATE_S = 0.05


@dataclass(frozen=True)
class Copy:
    """One message the stand-in took; `life`: how often the bot had been killed by then."""

    chat: int
    repeat: bool
    text: str
    life: int


@dataclass
class Ledger:
    """What the stand-in took from the bot, in its order."""

    life: int = 0
    copies: dict[str, list[Copy]] = field(default_factory=lambda: defaultdict(list))
    order: dict[tuple[int, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    receipts: Counter[tuple[int, str]] = field(default_factory=Counter)
    said_sent: Counter[str] = field(default_factory=Counter)
    refused: set[str | tuple[int, int]] = field(default_factory=set)

    async def note(self, call: Call) -> None:
        """Note a message; works as a fault's effect."""
        text, chat = call.params.text("text") or call.params.text("caption"), call.chat_id or 0
        repeat = REPEAT in text
        if REFUSED.search(text):
            self.refused.update(f"m{number}{part}" for number, part in MARK.findall(text))
            answered = call.params.json("reply_parameters") or {}
            self.refused.add((chat, int(answered.get("message_id", 0))))
            return
        for number, part in MARK.findall(text):
            self.copies[f"m{number}{part}"].append(Copy(chat, repeat, text, self.life))
            self.order[chat, number].append(part)
        bare = text.replace("\u2068", "").replace("\u2069", "")
        if RECEIPT in bare:
            self.receipts[chat, bare] += 1
        if "✓ Gesendet an" in bare:
            self.said_sent[bare] += 1


@dataclass(frozen=True)
class Figures:
    """What came of a storm.

    Attributes:
        lost: texts that reached nobody.
        unmarked_copies: second copies not marked as possible repeats.
        told_twice: receipts that came more often than once.
        wrongly_said_sent: contacts told that an answer was sent which never arrived.
        by_one_kill_in_one_chat: the most second copies in one chat that go back to one kill; may be 1 (`faults`).
        by_one_kill: the same in all chats together; at most one a chat.
        by_unclear_answers: second copies that go back to no kill, but to an answer that never came.
        not_told: people who got no receipt, because its fate was unknown; their inquiry arrived all the same.
        tries_again: how often somebody lost patience and tapped or wrote once more.
        silent: contacts' answers for which neither a ✓ came nor word that they went to nobody, while they waited.
    """

    MUST_BE_0: ClassVar = (
        "lost",
        "unmarked_copies",
        "told_twice",
        "out_of_order",
        "wrongly_said_sent",
        "to_strangers",
    )
    AT_MOST_1: ClassVar = ("by_one_kill_in_one_chat",)

    lost: int
    unmarked_copies: int
    told_twice: int
    out_of_order: int
    wrongly_said_sent: int
    to_strangers: int
    written: int
    extra_copies: int
    most_copies_in_one_chat: int
    by_kills: int
    by_one_kill: int
    by_one_kill_in_one_chat: int
    by_unclear_answers: int
    not_told: int
    kills: int
    tries_again: int
    silent: int

    @property
    def faults(self) -> dict[str, int]:
        """What must not be, as far as it was."""
        found = {name: getattr(self, name) for name in self.MUST_BE_0 if getattr(self, name)}
        found |= {name: getattr(self, name) for name in self.AT_MOST_1 if getattr(self, name) > 1}
        return found


class Storm:
    """A storm over a house; `rage` once."""

    def __init__(self, house: House, plan: Plan) -> None:
        self.house = house
        self.plan = plan
        self.ledger = Ledger()
        self.kills = 0
        self.done = 0
        self.odd: dict[str, list[Copy]] = {}
        self._dice = random.Random(plan.seed)
        self._driver = Driver(house.playground, plan.patience_s)
        self._world = house.playground.world
        self._people: dict[int, Driven] = {}
        self._answered: list[str] = []
        self._tries_again = 0
        self._silent = 0
        # Before all other rules: what was taken counts, even if the answer to it is lost.
        self._driver.faults.rules.insert(0, Fault(self.ledger.note, methods=set(WRITES), times=None, after_effect=True))

    async def rage(self) -> Figures:
        """Let everybody write while the bot is killed, wait until it is calm again, and count.

        Raises:
            TimeoutError: it does not end.
        """
        free = asyncio.Semaphore(self.plan.at_once)
        async with asyncio.timeout(self.plan.within_s), asyncio.TaskGroup() as group:
            group.create_task(self._kill())
            for number in range(self.plan.inquiries):
                await free.acquire()
                task = group.create_task(self._converse(number))
                task.add_done_callback(lambda _: free.release())
        await self._calm()
        return self._count()

    # The bot's side

    async def _kill(self) -> None:
        for _ in range(self.plan.kills):
            await asyncio.sleep(self._dice.uniform(0.0, self.plan.longest_life_s))
            await self.house.bot.kill()
            await asyncio.sleep(LATE_S)
            self.kills += 1
            self.ledger.life = self.kills
            if self.kills < self.plan.kills:
                await self.house.bot.launch()
            else:
                await self.house.bot.start()
        while self.done < self.plan.inquiries:
            # Else people would wait for an hour for one that ended by itself.
            assert self.house.bot.is_running, self.house.bot.log[-5_000:]
            await asyncio.sleep(0.5)

    async def _calm(self) -> None:
        bot = self.house.bot
        assert bot.is_running, bot.log
        async with asyncio.timeout(CALM_WITHIN_S):
            while self._world.updates.pending() or self.house.has_work():
                assert bot.is_running, bot.log
                await asyncio.sleep(0.05)

    # The people's side

    async def _converse(self, number: int) -> None:
        person = self._driver.person(f"Gast {number}")
        self._people[number] = person
        wish = WISHES[number % len(WISHES)]
        person.writes(f"{wish}, sagt m{number}a.")
        await self._take_in(number, person)
        person.writes(f"Es eilt, sagt m{number}b.")
        await asyncio.sleep(self._dice.uniform(0.0, 0.3))
        person.writes(f"Danke sehr, sagt m{number}c.")
        if self._dice.random() < self.plan.answers:
            await self._answer(number)
        self.done += 1

    async def _take_in(self, number: int, person: Driven) -> None:
        """Go on from the notice; once more, or in words, where nothing comes of it."""
        pressed: Message | None = None
        while not self._arrived(number):
            notice = await self._seen(partial(self._notice_or_arrival, number, person, pressed))
            if isinstance(notice, Message):
                pressed = notice
                acts.press(self._world, person.id, notice, 0, 0)
                if await self._seen(partial(self._arrived, number)):
                    return
            elif notice is None and pressed is None:
                person.writes("Hallo?")
            self._tries_again += notice is None or pressed is notice
            pressed = None if notice is None else pressed

    def _notice_or_arrival(self, number: int, person: Driven, but: Message | None) -> Message | bool | None:
        shown = (one for one in reversed(person.received) if one is not but)
        return next((one for one in shown if one.buttons and "Weiter" in one.labels[0]), self._arrived(number))

    def _arrived(self, number: int) -> bool | None:
        return f"m{number}a" in self.ledger.copies or None

    async def _answer(self, number: int) -> None:
        """Let the contact reply to the newest copy of the card, and to the next one where they are told to.

        A copy whose fate the bot never learnt is a message it does not know: who replies to that is told so.
        """
        replied_to: Message | None = None
        for part in ANSWERS:
            found = await self._seen(partial(self._card_of, number, replied_to))
            if found is None:
                return
            desk, replied_to = found
            mark = f"m{number}{part}"
            reply = acts.write(self._world, desk, desk, f"Gern, sagt {mark}.", Placing(reply_to=replied_to.id))
            refused = await self._seen(partial(self._refused_or_arrived, mark, reply))
            if refused is False:
                self._answered.append(mark)
                return
            # Without a word from the bot either it is a contact's turn again: no ✓, not sent.
            self._silent += refused is None
            self._tries_again += 1

    def _refused_or_arrived(self, mark: str, reply: Message) -> bool | None:
        if mark in self.ledger.copies:
            return False
        return mark in self.ledger.refused or (reply.chat_id, reply.id) in self.ledger.refused or None

    def _card_of(self, number: int, but: Message | None) -> tuple[int, Message] | None:
        for copy in self.ledger.copies.get(f"m{number}a", ()):
            for message in reversed(self._world.chats[copy.chat].messages.values()):
                if message is not but and message.sender_id == self._world.bot.id and f"m{number}a" in message.text:
                    return copy.chat, message
        return None

    async def _seen(self, find: Callable[[], T | None]) -> T | None:
        return await self._world.signal.until(find, self.plan.patience_s)

    # Counting

    def _count(self) -> Figures:
        desks = {person.id for person in CONTACTS.values()}
        parts = [(number, part) for number in range(self.plan.inquiries) for part in "abc"]
        parts += [(int(mark[1:-1]), mark[-1]) for mark in self._answered]
        strangers, unmarked, extra = 0, 0, 0
        for number, part in parts:
            copies = self.ledger.copies.get(f"m{number}{part}", [])
            meant_for = {self._people[number].id} if part in ANSWERS else desks
            wrong = sum(copy.chat not in meant_for for copy in copies)
            doubled = sum(not copy.repeat for copy in copies[1:])
            strangers, unmarked, extra = strangers + wrong, unmarked + doubled, extra + max(0, len(copies) - 1)
            if wrong or doubled or not copies:
                self.odd[f"m{number}{part}"] = copies
        per_chat = Counter(copy.chat for copies in self.ledger.copies.values() for copy in copies[1:])
        by_kill, unclear = self._copies_by_kill()
        receipts_of = {
            number: [text for chat, text in self.ledger.receipts if chat == person.id]
            for number, person in self._people.items()
        }
        return Figures(
            lost=sum(not copies for copies in self.odd.values()),
            unmarked_copies=unmarked,
            told_twice=sum(count - 1 for count in self.ledger.receipts.values())
            + sum(max(0, len(texts) - 1) for texts in receipts_of.values()),
            out_of_order=sum(parts != sorted(parts) for parts in self.ledger.order.values()),
            wrongly_said_sent=self._wrongly_said_sent(),
            to_strangers=strangers,
            written=len(parts),
            extra_copies=extra,
            most_copies_in_one_chat=max(per_chat.values(), default=0),
            by_kills=by_kill.total(),
            by_one_kill=max(Counter(kill for kill, _ in by_kill.elements()).values(), default=0),
            by_one_kill_in_one_chat=max(by_kill.values(), default=0),
            by_unclear_answers=unclear,
            not_told=sum(not texts for texts in receipts_of.values()),
            kills=self.kills,
            tries_again=self._tries_again,
            silent=self._silent,
        )

    def _copies_by_kill(self) -> tuple[Counter[tuple[int, int]], int]:
        """Count second copies by the kill they go back to and the chat, and those that go back to none.

        A copy is sent again because the life in which the earlier one was taken ended before that was recorded.
        """
        by_kill: Counter[tuple[int, int]] = Counter()
        unclear = 0
        for copies in self.ledger.copies.values():
            for earlier, later in pairwise(copies):
                if earlier.chat != later.chat:
                    continue  # somebody else's copy, on purpose
                if earlier.life < later.life:
                    by_kill[earlier.life, later.chat] += 1
                else:
                    unclear += 1
        return by_kill, unclear

    def _wrongly_said_sent(self) -> int:
        """Count those told "sent" for whom nothing arrived."""
        arrived = sum(bool(copies) and mark[-1] in ANSWERS for mark, copies in self.ledger.copies.items())
        return max(0, sum(self.ledger.said_sent.values()) - arrived)


def add_trouble(rules: Faults, share: float, seed: int) -> None:
    """Let this share of all calls (0 to 1) go wrong in one way or another."""
    dice = random.Random(seed)
    for effect, after_effect in TROUBLE:
        rules.add(Fault(effect, times=None, after_effect=after_effect, when=chance(share / len(TROUBLE), dice)))
