"""Figures for Prometheus: what comes in, where it goes, how long it waits and takes.

Counted from the journal where something happened to an inquiry, so that a figure and the log can never disagree; from
the store where something waits; and by thin wrappers where something is measured that nobody writes down. Labels are
fields of the rules, names of events and kinds of failure: never an id, a name or a word anybody wrote. Counters begin
at zero with the process, as Prometheus expects.
"""

from __future__ import annotations

import asyncio
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.clock import Clock, monotonic_s
from bot.errors import SendError
from bot.model import Delivery, Event, JournalEntry, RoutingDecision
from bot.routing.decide import Router
from bot.routing.index import Index
from bot.routing.rules import Rules
from bot.services.delivery.outbox import Channel
from bot.store import journal, queues
from bot.store.database import Database

# Journal entries read at once.
BATCH = 1_000
# Routing takes well under a millisecond, sending tenths of a second.
ROUTING_BUCKETS = (0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25)
SENDING_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90)
# In place of a field where none was found.
UNDECIDED = "undecided"


class Metrics:
    """All figures of one process. Call `begin` once before anything happens."""

    def __init__(self, clock: Clock) -> None:
        self._database: Database | None = None
        self._clock = clock
        self._counted_to = 0
        self._reading = asyncio.Lock()
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._inquiries = Counter(
            "anfragelotse_inquiries", "Inquiries opened.", ["field", "outcome"], registry=registry
        )
        self._events = Counter("anfragelotse_events", "Entries of the journal.", ["event", "field"], registry=registry)
        self._sends = Counter("anfragelotse_sends", "Attempts to send.", ["kind", "result"], registry=registry)
        self._sending = Histogram(
            "anfragelotse_send_seconds", "How long an attempt to send took.", buckets=SENDING_BUCKETS, registry=registry
        )
        self._routing = Histogram(
            "anfragelotse_routing_seconds", "How long a decision took.", buckets=ROUTING_BUCKETS, registry=registry
        )
        self._requests = Counter(
            "anfragelotse_webhook_requests", "Answers to the webhook's callers.", ["status"], registry=registry
        )
        self._waiting = Gauge("anfragelotse_queue_waiting", "Rows waiting.", ["queue"], registry=registry)
        self._oldest = Gauge(
            "anfragelotse_queue_oldest_seconds", "How long the oldest row has waited.", ["queue"], registry=registry
        )
        self._parked = Gauge("anfragelotse_queue_parked", "Rows given up.", ["queue"], registry=registry)

    async def begin(self, database: Database) -> None:
        """Count what happens in this database from now on."""
        self._database = database
        async with database.reading() as tx:
            self._counted_to = await journal.last_id(tx)

    async def text(self) -> tuple[str, bytes]:
        """Return the figures as they are now: content type, text."""
        if self._database is not None:
            # One at a time, or two readers would count an entry twice.
            async with self._reading:
                await self._count_journal(self._database)
                await self._measure_queues(self._database)
        return CONTENT_TYPE_LATEST, generate_latest(self.registry)

    def measured(self, channel: Channel) -> Channel:
        """Return the channel with its attempts counted."""
        return MeasuredChannel(channel, self)

    def make_router(self, rules: Rules, index: Index) -> Router:
        """Return a router whose decisions are timed."""
        return MeasuredRouter(rules, index, self)

    def note_request(self, status: int) -> None:
        """Count an answer to somebody who called the webhook."""
        self._requests.labels(str(status)).inc()

    def note_sending(self, delivery: Delivery, result: str, seconds: float) -> None:
        """Count an attempt to send."""
        self._sends.labels(str(delivery.draft.kind), result).inc()
        self._sending.observe(seconds)

    def note_routing(self, seconds: float) -> None:
        """Count a decision."""
        self._routing.observe(seconds)

    async def _count_journal(self, database: Database) -> None:
        while True:
            async with database.reading() as tx:
                entries = await journal.list_after(tx, self._counted_to, BATCH)
            for entry in entries:
                self._count(entry)
                self._counted_to = entry.id
            if len(entries) < BATCH:
                return

    def _count(self, entry: JournalEntry) -> None:
        self._events.labels(entry.event, str(entry.data.get("field", ""))).inc()
        if entry.event == Event.INQUIRY_OPENED:
            fields = entry.data.get("fields")
            lead = fields[0] if isinstance(fields, list) and fields else UNDECIDED
            self._inquiries.labels(str(lead), str(entry.data.get("outcome", ""))).inc()

    async def _measure_queues(self, database: Database) -> None:
        now = self._clock.now()
        async with database.reading() as tx:
            found = await queues.measure(tx, now)
        for name, queue in found.items():
            self._waiting.labels(name).set(queue.waiting)
            self._oldest.labels(name).set(_age_s(now, queue.oldest_at))
            self._parked.labels(name).set(queue.parked)


class MeasuredChannel:
    """A channel whose attempts are counted."""

    def __init__(self, channel: Channel, metrics: Metrics) -> None:
        self._channel = channel
        self._metrics = metrics

    async def send(self, delivery: Delivery) -> int | None:
        """Carry out one delivery, as the channel does."""
        begun = monotonic_s()
        result = "given_up"
        try:
            message = await self._channel.send(delivery)
            result = "sent"
            return message
        except SendError as error:
            result = str(error.failure)
            raise
        finally:
            self._metrics.note_sending(delivery, result, monotonic_s() - begun)


class MeasuredRouter(Router):
    """A router whose decisions are timed."""

    def __init__(self, rules: Rules, index: Index, metrics: Metrics) -> None:
        super().__init__(rules, index)
        self._metrics = metrics

    def decide(self, text: str) -> RoutingDecision:
        """Return the decision about a text, as the router does."""
        begun = monotonic_s()
        try:
            return super().decide(text)
        finally:
            self._metrics.note_routing(monotonic_s() - begun)


def _age_s(now: datetime, since: datetime | None) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
