"""The channels: ways in and out, each translating between a foreign service's forms and ours, and deciding nothing.

May import services and everything below. A channel stores what comes in (`bot.store.inbox`) and tells the rest to look;
what goes out it is handed one delivery at a time. How fast, in which order and what follows from a failure is decided
by the outbox sender, which knows no channel: all a channel says of a failure is a `SendFailure`.

Example:
    >>> channel: Channel = TelegramChannel(line.bot, repeat_mark=lambda: "Doppelt?")     # doctest: +SKIP
    >>> sender = OutboxSender(database, clock, {"telegram": channel}, Pacing(), Hooks())        # doctest: +SKIP
"""

from bot.services.delivery.outbox import Channel

__all__ = ["Channel"]
