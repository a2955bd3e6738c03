"""Faults by script: what the Bot API or the network does wrong, and when.

A rule is asked before a method takes effect and again after it; the first that fits decides. Rules hold for
any traffic shape, so a test says "the second sendMessage to this chat loses its answer" in one line:

    playground.faults.add(Fault(drop(), methods={"sendMessage"}, chat_id=anna.id, skip=1, after_effect=True))
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field

from bot.playground import errors
from bot.playground.errors import ApiError
from bot.playground.params import Params


@dataclass(frozen=True)
class Call:
    """One request of the bot."""

    method: str
    params: Params
    at: float

    @property
    def chat_id(self) -> int | None:
        """The chat the call is about, if it names one."""
        return self.params.find_int("chat_id")


class DroppedConnectionError(Exception):
    """The connection shall be cut without an answer."""


@dataclass(eq=False)
class RawAnswerError(Exception):
    """An answer that is none of the Bot API's, as a proxy gives it."""

    status: int
    text: str
    content_type: str = "text/html"


Effect = Callable[[Call], Awaitable[None]]


@dataclass(eq=False)
class Fault:
    """One rule; `times` None means for ever, `skip` lets so many fitting calls pass first.

    `hits` counts how often it struck.
    """

    effect: Effect
    methods: Collection[str] = ()
    chat_id: int | None = None
    times: int | None = 1
    skip: int = 0
    after_effect: bool = False
    when: Callable[[Call], bool] | None = None
    hits: int = 0

    def fits(self, call: Call) -> bool:
        """Tell whether the rule is about this call, whatever is left of it."""
        wanted = {name.lower() for name in self.methods}
        if wanted and call.method.lower() not in wanted:
            return False
        if self.chat_id is not None and call.chat_id != self.chat_id:
            return False
        return self.when is None or self.when(call)

    def strikes(self, call: Call) -> bool:
        """Count the call against `skip` and `times`; True if it is hit."""
        if not self.fits(call) or self.times == 0:
            return False
        if self.skip:
            self.skip -= 1
            return False
        if self.times is not None:
            self.times -= 1
        self.hits += 1
        return True


@dataclass
class Faults:
    """The rules in force, first come first."""

    rules: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> Fault:
        """Put a rule behind those in force."""
        self.rules.append(fault)
        return fault

    def clear(self) -> None:
        """Forget every rule."""
        self.rules.clear()

    async def before(self, call: Call) -> None:
        """Let the rules strike before the method takes effect."""
        await self._strike(call, after_effect=False)

    async def after(self, call: Call) -> None:
        """Let the rules strike when the effect has happened and only the answer is missing."""
        await self._strike(call, after_effect=True)

    async def _strike(self, call: Call, after_effect: bool) -> None:
        for rule in self.rules:
            if rule.after_effect == after_effect and rule.strikes(call):
                await rule.effect(call)


def fail(error: ApiError) -> Effect:
    """Answer with this refusal."""

    async def effect(call: Call) -> None:
        raise error

    return effect


def flood(retry_after: int) -> Effect:
    """Answer 429, asking to wait `retry_after` seconds."""
    return fail(errors.too_many_requests(retry_after))


def internal_error() -> Effect:
    """Answer 500."""
    return fail(errors.server_error())


def refuse(why: str) -> Effect:
    """Answer with one of the refusals a bot meets every day, by its name in `errors.REFUSALS`."""
    return fail(errors.REFUSALS[why])


def blocked() -> Effect:
    """Answer that the person has blocked the bot."""
    return refuse("blocked")


def token_refused() -> Effect:
    """Answer 401, as after the token was revoked."""
    return fail(errors.unauthorized())


def token_unknown() -> Effect:
    """Answer 404, as to a token that is none."""
    return fail(errors.not_found())


def polled_elsewhere() -> Effect:
    """Answer 409, as while a second process receives for the same bot."""
    return fail(errors.conflict(errors.POLL_TERMINATED))


def bad_gateway() -> Effect:
    """Answer 502 with a page instead of JSON."""

    async def effect(call: Call) -> None:
        raise RawAnswerError(502, "<html><head><title>502 Bad Gateway</title></head></html>")

    return effect


def drop() -> Effect:
    """Cut the connection without an answer."""

    async def effect(call: Call) -> None:
        raise DroppedConnectionError

    return effect


def delay(seconds: float) -> Effect:
    """Let the call wait."""

    async def effect(call: Call) -> None:
        await asyncio.sleep(seconds)

    return effect


def silence() -> Effect:
    """Never answer; only the other side's own timeout, or its end, ends the call."""
    return hold(asyncio.Event())


def chance(share: float, dice: random.Random) -> Callable[[Call], bool]:
    """Let a rule strike this share of the calls (0 to 1); for `Fault.when`. A seeded `dice` can be thrown again."""
    return lambda call: dice.random() < share


def hold(gate: asyncio.Event) -> Effect:
    """Let the call wait until the test opens the gate."""

    async def effect(call: Call) -> None:
        await gate.wait()

    return effect
