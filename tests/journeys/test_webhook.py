"""Receiving by webhook: the same stories, nothing lost by an end, a cut or a full store, and nobody else let in."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.playground.faults import Fault, bad_gateway
from tests.support.office import House, Office, open_house, reference_of
from tests.support.process import WEBHOOK_SECRET, BotProcess, by_webhook

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def own_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with open_house(tmp_path_factory.mktemp("webhook"), HEALTH_PORT="0", **by_webhook()) as opened:
        # As Telegram would, but without its minute between attempts.
        opened.playground.webhooks.first_pause_s = 0.05
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def office(own_house: House) -> AsyncIterator[Office]:
    if not own_house.bot.is_running:
        await own_house.bot.start()
    office = Office(own_house)
    yield office
    await office.check()


def setting(office: Office, name: str) -> str:
    return office.bot.setting(name)


async def post(office: Office, **more: Any) -> httpx.Response:
    """Call the webhook as somebody who is not Telegram."""
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        return await client.post(setting(office, "WEBHOOK_URL"), **more)


async def health(office: Office, page: str) -> httpx.Response:
    [*_, line] = [line for line in office.bot.lines if "health pages at " in line]
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        return await client.get(line.rpartition(" ")[2] + page)


async def test_a_whole_story_by_webhook(office: Office) -> None:
    hook = office.world.updates.webhook
    assert hook is not None
    assert (hook.url, hook.secret) == (setting(office, "WEBHOOK_URL"), WEBHOOK_SECRET)
    assert office.world.updates.allowed == {"message", "edited_message", "callback_query", "my_chat_member"}
    assert office.driver.calls("getUpdates") == []
    person = await office.known("Vermittelt")
    reference = await office.takes_in(person, "Ich suche ein Zimmer.")
    card = await office.wohnen.sees(reference)
    await office.wohnen.presses("Übernehmen", on=card)
    await person.sees("kümmert sich")
    # A robot's reply may come before the number of what it replies to is noted; nobody's fingers are so quick.
    await office.settles()
    office.wohnen.replies(card, "Kommen Sie vorbei!")
    await person.sees("Kommen Sie vorbei!")
    for number in range(5):
        person.writes(f"Frage {number}")
    await office.wohnen.sees("Frage 4")
    asked = [message.text[-1] for message in office.wohnen.received if "Frage " in message.text]
    assert asked == list("01234"), "in order"


FORGED = [
    ("no secret", {}, 403),
    ("another secret", {HEADER: "x" * len(WEBHOOK_SECRET)}, 403),
    ("the secret, but no JSON", {HEADER: WEBHOOK_SECRET, "Content-Type": "text/plain"}, 415),
]


@pytest.mark.parametrize(("label", "headers", "status"), FORGED, ids=[row[0] for row in FORGED])
async def test_who_is_not_telegram_gets_nowhere(
    office: Office, label: str, headers: dict[str, str], status: int
) -> None:
    office.expected_log = ["without the secret"]
    person = await office.known("Unterschoben")
    before = office.bot.count("SELECT count(*) FROM inbox")
    update = {"update_id": 1, "message": {"message_id": 999, "date": 1, "chat": {"id": person.id, "type": "private"}}}
    answer = await post(office, json=update, headers=headers)
    assert answer.status_code == status
    assert office.bot.count("SELECT count(*) FROM inbox") == before
    await office.stays_silent(person)


async def test_cut_off_amid_traffic_nothing_is_lost_and_nobody_is_told_twice(office: Office) -> None:
    office.expected_log = ["uncertain", "Telegram could not deliver"]
    people = [await office.known(f"Webgast {number}") for number in range(6)]
    sent = len(office.driver.calls("sendMessage"))
    for person in people:
        person.writes(f"Ich suche ein Zimmer, sagt {person.person.name}.")
    await office.driver.called("sendMessage", sent + 3)
    await office.bot.kill()
    for person in people:
        person.writes(f"Es eilt, sagt {person.person.name}.")
    await office.bot.start()
    await office.settles()
    arrived = "\n".join(message.text for message in office.wohnen.received)
    for person in people:
        assert f"ein Zimmer, sagt {person.person.name}." in arrived
        assert f"Es eilt, sagt {person.person.name}." in arrived
        assert sum("ist angekommen" in message.text for message in person.received) <= 1


async def test_while_the_store_is_locked_telegram_is_told_to_come_again(office: Office) -> None:
    office.expected_log = ["not stored", "OperationalError", "Telegram could not deliver"]
    person = await office.known("Geduldig")
    with office.bot.locked():
        answer = await post(office, json={"update_id": 7}, headers={HEADER: WEBHOOK_SECRET})
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        person.writes("Ich suche ein Zimmer.")
    reference = reference_of(await person.sees("ist angekommen"))
    await office.wohnen.sees(reference)


async def test_the_health_pages_tell_how_it_does(office: Office) -> None:
    person = await office.known("Gezählt")
    await office.takes_in(person, "Ich suche ein Zimmer.")
    await office.settles()
    alive, ready = await health(office, "/healthz"), await health(office, "/readyz")
    assert (alive.status_code, alive.json()["status"]) == (200, "alive")
    assert set(alive.json()["points"]) == {
        "health pages",
        "webhook",
        "webhook check",
        "worker",
        "sender",
        "sweeper",
        "watchdog",
    }
    assert (ready.status_code, ready.json()["status"]) == (200, "ready"), ready.text
    figures = (await health(office, "/metrics")).text
    assert 'anfragelotse_inquiries_total{field="wohnen",outcome="route"} ' in figures
    assert 'anfragelotse_sends_total{kind="text",result="sent"} ' in figures
    assert 'anfragelotse_webhook_requests_total{status="200"} ' in figures
    assert 'anfragelotse_queue_waiting{queue="outbox"} 0.0' in figures
    told = alive.text + ready.text + figures
    assert [secret for secret in (str(person.id), "Gezählt", "Zimmer", WEBHOOK_SECRET) if secret in told] == []


async def test_from_webhook_to_polling_and_back_nothing_is_lost(office: Office) -> None:
    office.expected_log = ["a webhook was set; it is deleted"]
    way = {name: setting(office, name) for name in ("WEBHOOK_URL", "WEBHOOK_SECRET", "HTTP_PORT")}
    person = await office.known("Umsteiger")
    assert await office.bot.stop() == 0
    person.writes("Ich suche ein Zimmer.")
    await office.bot.start(WEBHOOK_URL="")
    await person.sees("ist angekommen")
    assert office.world.updates.webhook is None
    assert await office.bot.stop() == 0
    person.writes("Es darf auch klein sein.")
    await office.bot.start(**way)
    await office.wohnen.sees("Es darf auch klein sein.")
    assert office.world.updates.webhook is not None


async def test_a_webhook_that_cannot_be_set_at_once_is_set_when_telegram_is_back(office: Office) -> None:
    office.expected_log = ["the webhook is not set"]
    assert await office.bot.stop() == 0
    office.driver.faults.add(Fault(bad_gateway(), methods={"setWebhook"}))
    await office.bot.start()
    await office.takes_in(await office.known("Zweiter Anlauf"), "Ich suche ein Zimmer.")


async def test_told_to_end_while_the_webhook_cannot_be_set_it_ends(own_house: House, tmp_path: Path) -> None:
    bot = BotProcess(tmp_path, own_house.playground, own_house.bot.rules, **by_webhook())
    own_house.playground.faults.add(Fault(bad_gateway(), methods={"setWebhook"}, times=None))
    try:
        await bot.launch()
        await bot.logs("the webhook is not set")
        assert await bot.stop() == 0
    finally:
        own_house.playground.faults.clear()


REFUSED = [
    ("the port is taken", {}, "HTTP_PORT: 127.0.0.1:"),
    ("no secret", {"WEBHOOK_SECRET": ""}, "WEBHOOK_SECRET: not set"),
    ("no address", {"WEBHOOK_URL": "bot.example"}, "WEBHOOK_URL: 'bot.example': must be https://"),
]


@pytest.mark.parametrize(("label", "environment", "said"), REFUSED, ids=[row[0] for row in REFUSED])
async def test_a_webhook_that_cannot_be_served_is_told_at_once(
    office: Office, label: str, environment: dict[str, str], said: str
) -> None:
    ran = await office.bot.command("run", **{"DATABASE_URL": "sqlite:///other.db"} | environment)
    assert ran.code == 1
    assert said in ran.err
    assert "Traceback" not in ran.err


async def test_told_to_end_it_ends_in_time_with_exit_code_0(office: Office) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        office.bot.tell(number)
        async with asyncio.timeout(10):
            assert await office.bot.ends() == 0
        await office.bot.start()
