"""The exception tree: every fault the product knows by name.

A message says where, what (quoting the value) and how to mend. None may carry a person's words, a chat id or a token.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BotError(Exception):
    """Anything this product raises on purpose; its text is fit to be shown to an operator."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with something given, for example a line of the rules file."""

    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.mend}".rstrip()


class FaultsError(BotError):
    """Something given is faulty; carries every fault found, never only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class RulesError(FaultsError):
    """The rules file cannot be used as it stands."""


class SettingsError(FaultsError):
    """The environment holds values the bot cannot start with."""


class StoreError(BotError):
    """What is stored cannot be reached or kept.

    The database cannot be opened, locked, brought up to date, or read with the keys given, or it is another bot's; or a
    copy, a backup or an export cannot be written.
    """


class NotFoundError(BotError):
    """A `get_*` asked for a row that is not there."""


class UnreadableUpdateError(BotError):
    """A raw update could not be understood; its inbox row is parked."""


class SendFailure(StrEnum):
    """What became of one attempt to send, as far as it can be known."""

    NOT_SENT = "not_sent"  # never reached the other side: try again
    UNKNOWN = "unknown"  # may have been carried out: only what is needed goes twice, somebody's words marked
    FLOOD = "flood"  # told to wait: hold the lane
    UNREACHABLE = "unreachable"  # the person blocked the bot, left, or never opened the chat
    MIGRATED = "migrated"  # the group has a new id
    TOPIC_GONE = "topic_gone"  # the group is there, its topic is not
    TOPIC_CLOSED = "topic_closed"  # the topic is there, but nobody may write in it for now
    REFUSED = "refused"  # the message itself is not acceptable, now or later
    UNAUTHORIZED = "unauthorized"  # the token is wrong or revoked: nothing can be sent at all


class SendError(BotError):
    """An attempt to send did not succeed; says what is known and what to do next.

    Attributes:
        failure: what became of the attempt.
        retry_after_s: how long to wait before the next attempt, with FLOOD.
        new_chat_id: the group's new id, with MIGRATED.
    """

    def __init__(
        self,
        failure: SendFailure,
        detail: str,
        *,
        retry_after_s: float | None = None,
        new_chat_id: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.failure = failure
        self.retry_after_s = retry_after_s
        self.new_chat_id = new_chat_id
