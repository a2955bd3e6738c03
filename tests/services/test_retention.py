"""Retention with the clock turned: every class of data, at its limit, just before and just after."""

from datetime import datetime, timedelta

import pytest

from bot.model import InquiryState
from bot.store import skeletons
from tests.support.rulebook import HOUSING, TO_HOUSING, TO_LANGUAGE
from tests.support.stage import Someone, Stage, said

REF = "2026-0001"
TABLES = ("people", "inquiries", "assignments", "messages", "outbox", "buttons", "held", "timers", "feedback")


async def rows(stage: Stage) -> dict[str, int]:
    """Return how much of a person there is; notices that belong to nobody any more and the office's own count not."""
    return {table: await stage.count(table) for table in ("people", "inquiries", "assignments", "messages", "feedback")}


async def swept(stage: Stage, **after: float) -> None:
    """Let time pass, and the night with it."""
    stage.clock.turn(**after)
    await stage.sweeper.plan()
    await stage.wait()


async def skeleton(stage: Stage) -> dict[str, object]:
    async with stage.database.reading() as tx:
        found = await tx.all("SELECT * FROM skeletons")
    assert len(found) == 1
    return {key: found[0][key] for key in found[0].keys() if key != "id"}  # noqa: SIM118 (a database row)


async def closed(stage: Stage) -> tuple[Someone, Someone]:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await stage.wait(hours=2)
    await wohnen.replies("Gern")
    await wohnen.presses("btn-done")
    return maria, wohnen


async def test_content_is_deleted_90_days_after_closing_and_not_before(stage: Stage) -> None:
    await closed(stage)

    await swept(stage, days=90, seconds=-1)
    assert (await rows(stage))["inquiries"] == 1
    assert (await rows(stage))["messages"] == 2
    await swept(stage, seconds=1)

    assert set((await rows(stage)).values()) == {0}
    assert await skeleton(stage) == {
        "month": "2026-03",
        "field": "wohnen",
        "region": None,
        "audience": "unknown",
        "direction": "request",
        "outcome": "closed",
        "hours_to_answer": 2.0,
        "hours_to_close": 2.0,
        "in_time": 1,
        "helped": None,
    }


async def test_nothing_of_the_inquiry_is_left_in_any_table(stage: Stage) -> None:
    maria, wohnen = await closed(stage)
    await swept(stage, days=90)
    await swept(stage, days=3)

    async with stage.database.reading() as tx:
        tables = [row["name"] for row in await tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
        left = {}
        for table in tables:
            text = str([tuple(row) for row in await tx.all(f'SELECT * FROM "{table}"')])
            for mark in ("Maria", "steht leer", str(maria.address.chat), REF):
                if mark in text:
                    left[table, mark] = text
    assert left == {}
    assert wohnen.address.chat == HOUSING


async def test_what_goes_on_within_the_time_is_kept(stage: Stage) -> None:
    maria, _ = await closed(stage)
    await stage.wait(days=10)
    await maria.replies("Doch noch eine Frage")
    await swept(stage, days=25)

    assert (await stage.inquiry()).state is InquiryState.ASSIGNED


async def test_two_inquiries_of_one_person_go_each_in_its_time(stage: Stage) -> None:
    maria, _ = await closed(stage)
    await stage.wait(days=60)
    await maria.writes(TO_LANGUAGE)
    await stage.contact("sprache-kontakt").presses("btn-done")

    await swept(stage, days=30)
    assert [one.reference for one in await stage.inquiries()] == ["2026-0002"]
    assert await stage.count("people") == 1
    await swept(stage, days=60)

    assert set((await rows(stage)).values()) == {0}


async def test_after_30_days_of_silence_an_answered_inquiry_closes_and_a_reply_opens_it(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.replies("Gern")

    await swept(stage, days=30, seconds=-1)
    assert (await stage.inquiry()).state is InquiryState.ANSWERED
    await swept(stage, seconds=1)

    assert (await stage.inquiry()).state is InquiryState.CLOSED
    assert maria.last.text == said("silent", reference=REF)
    assert said("silent-contact", reference=REF) in wohnen.texts
    await maria.replies("Ich bin noch da")
    assert (await stage.inquiry()).state is InquiryState.ASSIGNED


async def test_an_inquiry_nobody_answered_closes_with_an_apology(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await swept(stage, days=30)

    assert maria.last.text == said("silent-unanswered", reference=REF)


async def test_nothing_is_kept_longer_than_a_year_even_if_it_goes_on(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    opened = stage.clock.now()
    await maria.writes(TO_HOUSING)
    for _ in range(15):
        await swept(stage, days=24)
        await wohnen.replies("Noch nichts", to=wohnen.card(REF))
    await swept(stage, seconds=(opened + timedelta(days=365) - stage.clock.now()).total_seconds() - 1)
    assert await stage.count("inquiries") == 1

    await swept(stage, seconds=1)

    assert await stage.count("inquiries") == 0
    assert (await skeleton(stage))["outcome"] == "expired"


async def test_a_person_who_never_asked_anything_is_forgotten(stage: Stage) -> None:
    await stage.inquirer("Maria")

    await swept(stage, days=90, seconds=-1)
    assert await stage.count("people") == 1
    await swept(stage, seconds=1)

    assert await stage.count("people") == 0


LOOSE = [
    # label, how a row is put in (with :at), table, kept for
    (
        "a parked update",
        """INSERT INTO inbox (channel, meaning, lane, raw, state, received_at)
           VALUES ('telegram', 'm', 'l', 'x', 'parked', :at)""",
        "inbox",
        timedelta(days=30),
    ),
    (
        "an invitation",
        "INSERT INTO invitations (hash, contact, created_at, expires_at) VALUES ('h', 'c', :at, :at)",
        "invitations",
        timedelta(0),
    ),
    (
        "a journal entry of no inquiry",
        "INSERT INTO journal (at, event, data) VALUES (:at, 'reach.changed', '{}')",
        "journal",
        timedelta(days=365),
    ),
]


SOUGHT = {"inbox": "meaning = 'm'", "invitations": "hash = 'h'", "journal": "event = 'reach.changed'"}


@pytest.mark.parametrize(("label", "sql", "table", "kept"), LOOSE, ids=[row[0] for row in LOOSE])
async def test_what_belongs_to_no_inquiry_goes_in_its_time(
    stage: Stage, label: str, sql: str, table: str, kept: timedelta
) -> None:
    async with stage.database.transaction() as tx:
        await tx.run(f"DELETE FROM {table}")
        await tx.run(sql, at=stage.clock.now().isoformat(timespec="microseconds"))

    async def there() -> bool:
        async with stage.database.reading() as tx:
            sought = {"inbox": "meaning = 'm'", "invitations": "hash = 'h'", "journal": "event = 'reach.changed'"}[
                table
            ]
            return bool(await tx.all(f"SELECT 1 FROM {table} WHERE {sought}"))

    if kept:
        await swept(stage, seconds=kept.total_seconds() - 1)
        assert await there()
        await swept(stage, seconds=1)
    else:
        await swept(stage)
    assert not await there()


async def test_much_is_deleted_in_portions_in_one_night(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.retention.PORTION", 2)
    for number in range(5):
        person = await stage.inquirer(f"Person {number}")
        await person.writes(TO_HOUSING)
        await stage.contact("wohnen-kontakt").presses("btn-done", stage.contact("wohnen-kontakt").last)
    await swept(stage, days=90)
    for _ in range(4):
        await stage.wait(seconds=1)

    assert await stage.count("inquiries") == 0
    async with stage.database.reading() as tx:
        assert await skeletons.count(tx) == 5


async def test_the_next_night_is_the_offices(stage: Stage) -> None:
    await stage.sweeper.plan()
    await stage.wait()

    async with stage.database.reading() as tx:
        due = await tx.all("SELECT due_at FROM timers WHERE kind = 'retention'")
    assert [datetime.fromisoformat(row["due_at"]).strftime("%m-%d %H:%M") for row in due] == ["03-06 02:15"]
