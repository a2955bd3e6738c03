"""Figures: they count what happened, name no person, and change nothing they measure."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import SendError, SendFailure
from bot.model import Outcome
from bot.operation.metrics import Metrics
from bot.routing.building import build_index
from bot.store import journal, outbox, sending
from tests.support.clock import ManualClock
from tests.support.rulebook import TO_HOUSING, UNKNOWN
from tests.support.rules import make_rules
from tests.support.stage import raise_stage
from tests.support.transport import FakeChannel, make_delivery, make_draft, open_store


async def figure(metrics: Metrics, name: str) -> float | None:
    """Return one figure as `/metrics` writes it."""
    kind, text = await metrics.text()
    assert kind.startswith("text/plain")
    found = re.search(rf"^{re.escape(name)} (\S+)$", text.decode(), re.MULTILINE)
    return None if found is None else float(found[1])


async def test_inquiries_are_counted_by_field_and_outcome_from_the_start_of_the_process() -> None:
    async with raise_stage() as stage:
        before = await stage.inquirer("Zuvor")
        await before.writes(TO_HOUSING)
        metrics = Metrics(stage.clock)
        await metrics.begin(stage.database)
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)
        await (await stage.inquirer("Bela")).writes(UNKNOWN)
        routed = 'anfragelotse_inquiries_total{field="wohnen",outcome="route"}'
        assert await figure(metrics, routed) == 1
        assert await figure(metrics, routed) == 1, "looking does not count"
        _, text = await metrics.text()
        assert 'anfragelotse_inquiries_total{field="undecided",outcome="none"} 1.0' in text.decode()
        assert 'anfragelotse_events_total{event="inquiry.opened",field=""} 2.0' in text.decode()
        secrets = ("Maria", "Bela", str(maria.address.chat), (await stage.inquiry()).reference)
        assert [secret for secret in secrets if secret in text.decode()] == []


async def test_however_much_happened_everything_is_counted_once(tmp_path: Path) -> None:
    clock = ManualClock()
    async with open_store(tmp_path) as database:
        metrics = Metrics(clock)
        await metrics.begin(database)
        async with database.transaction() as tx:
            for _ in range(2_001):
                await journal.record(tx, clock.now(), "rules.reloaded")
        assert await figure(metrics, 'anfragelotse_events_total{event="rules.reloaded",field=""}') == 2_001


async def test_queues_are_measured_when_asked(tmp_path: Path) -> None:
    clock = ManualClock()
    async with open_store(tmp_path) as database:
        metrics = Metrics(clock)
        await metrics.begin(database)
        async with database.transaction() as tx:
            ids = await outbox.add_all(tx, clock.now(), [make_draft(), make_draft()])
        clock.turn(seconds=90)
        assert await figure(metrics, 'anfragelotse_queue_waiting{queue="outbox"}') == 2
        assert await figure(metrics, 'anfragelotse_queue_oldest_seconds{queue="outbox"}') == 90
        assert await figure(metrics, 'anfragelotse_queue_oldest_seconds{queue="inbox"}') == 0
        async with database.transaction() as tx:
            await sending.mark_parked(tx, ids[0], "refused")
            await sending.mark_waiting(tx, ids[1], clock.now() + timedelta(hours=1), "flood")
        assert await figure(metrics, 'anfragelotse_queue_parked{queue="outbox"}') == 1


async def test_attempts_to_send_are_counted_by_their_result_and_come_through_unchanged() -> None:
    metrics = Metrics(ManualClock())
    channel = metrics.measured(FakeChannel([None, SendFailure.FLOOD, RuntimeError("broken")]))
    delivery = make_delivery(make_draft())
    assert await channel.send(delivery) == 1
    with pytest.raises(SendError) as flooded:
        await channel.send(delivery)
    assert flooded.value.failure is SendFailure.FLOOD
    with pytest.raises(RuntimeError):
        await channel.send(delivery)
    for result in ("sent", "flood", "given_up"):
        assert await figure(metrics, f'anfragelotse_sends_total{{kind="text",result="{result}"}}') == 1
    assert await figure(metrics, "anfragelotse_send_seconds_count") == 3


async def test_decisions_are_timed_and_stay_the_same() -> None:
    metrics = Metrics(ManualClock())
    rules = make_rules(fields={"wohnen": {"de": [{"word": "Zimmer", "weight": 3}]}})
    router = metrics.make_router(rules, build_index(rules))
    assert router.decide("Ich suche ein Zimmer").outcome is Outcome.ROUTE
    assert await figure(metrics, "anfragelotse_routing_seconds_count") == 1


async def test_the_webhooks_answers_are_counted() -> None:
    metrics = Metrics(ManualClock())
    for status in (200, 200, 403):
        metrics.note_request(status)
    assert await figure(metrics, 'anfragelotse_webhook_requests_total{status="200"}') == 2
    assert await figure(metrics, 'anfragelotse_webhook_requests_total{status="403"}') == 1
