"""What the check-up finds about a contact's chat; the whole of it runs in the journeys."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.telegram.line import build_line
from bot.console.doctor import Doctor
from bot.errors import SendFailure
from bot.services.people.directory import Directory
from bot.settings import Settings
from bot.store.database import Database
from tests.support.clock import ManualClock
from tests.support.rulebook import TO_HOUSING, all_texts, write_rules
from tests.support.sealed import dump
from tests.support.stage import raise_stage
from tests.support.transport import ANNA, TEAM, TOKEN, ScriptedApi, ok, refusal

GROUP = {
    "id": TEAM.chat,
    "type": "supergroup",
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    ),
}
CHATS = [
    ("a private group", TEAM, ok(GROUP), True),
    ("a public group", TEAM, ok({**GROUP, "username": "integration_loerrach"}), False),
    ("a group that cannot be asked", TEAM, refusal(400, "chat not found"), True),
    ("a person, who may have a name", ANNA, ok({**GROUP, "type": "private", "username": "anna"}), True),
]


@pytest.mark.parametrize(("label", "address", "answer", "good"), CHATS, ids=[row[0] for row in CHATS])
async def test_a_public_group_of_a_contact_is_named(
    label: str, address: object, answer: dict[str, object], good: bool, tmp_path: Path
) -> None:
    api = ScriptedApi().will("getChat", answer)
    line = build_line(TOKEN, api.url, api.wire)
    await line.open()
    directory = Directory({"wohnen-kontakt": address}, {}, "leitung")  # type: ignore[dict-item]
    doctor = Doctor(Settings(routing_rules=tmp_path / "none.yaml"), all_texts(), ManualClock())

    finding = await doctor._look_at_contact(line, "wohnen-kontakt", directory)
    await line.close()

    assert finding.good is good, finding
    assert good or "public" in finding.sentence


async def test_who_blocked_the_bot_is_no_fault_of_the_office(tmp_path: Path) -> None:
    async with raise_stage(folder=tmp_path) as stage:
        doctor = Doctor(Settings(database_url=f"sqlite:///{tmp_path / 'stage.db'}"), all_texts(), ManualClock())

        async def look() -> tuple[bool, str]:
            [finding] = [one async for one in doctor._look_at_parked()]
            return finding.good, finding.sentence

        maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
        await maria.writes(TO_HOUSING)
        stage.telegram.closed[maria.address.chat] = SendFailure.UNREACHABLE
        await wohnen.presses("btn-take")
        assert await look() == (True, "nothing needs a decision.")
        await wohnen.replies("Gern", to=wohnen.card())
        waits = "Waiting for people to allow the bot again: 1 message."
        assert await look() == (True, f"nothing needs a decision. {waits}")
        stage.telegram.closed[maria.address.chat] = SendFailure.REFUSED
        await wohnen.replies("Gern!", to=wohnen.card())
        good, sentence = await look()
        assert (good, sentence) == (False, f"1 row is parked. Look: python -m bot parked. {waits}")


async def test_a_copy_left_by_a_dry_run_that_was_killed_is_named_and_stays(tmp_path: Path) -> None:
    url, left = f"sqlite:///{tmp_path / 'stage.db'}", tmp_path / "stage.db.trying-abc123"
    await (await Database.open(url)).close()
    doctor = Doctor(Settings(database_url=url), all_texts(), ManualClock())
    assert [one for one in doctor._look_at_files(tmp_path / "stage.db") if not one.good] == []

    left.mkdir()

    [finding] = [one for one in doctor._look_at_files(tmp_path / "stage.db") if not one.good]
    assert str(left) in finding.sentence
    assert list(left.iterdir()) == []


NO_FILES = [
    ("folder", "folder: is a folder. "),
    ("a" * 300, f"{'a' * 300}: cannot be looked at (File name too long). "),
]


@pytest.mark.parametrize(("name", "told"), NO_FILES, ids=["a folder", "a name too long"])
async def test_what_is_no_database_file_is_a_finding_and_the_others_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    settings = Settings(database_url=f"sqlite:///{name}", telegram_api_url="http://127.0.0.1:9")

    findings = {one.what: one async for one in Doctor(settings, all_texts(), ManualClock()).examine()}

    assert list(findings) == ["rules", "disk", "database", "clock", "token"]
    assert findings["database"].good is False
    assert findings["database"].sentence.startswith(told)


async def test_tables_of_another_version_are_a_finding_are_left_alone_and_the_rest_follows(tmp_path: Path) -> None:
    path = tmp_path / "stage.db"
    settings = Settings(
        database_url=f"sqlite:///{path}", routing_rules=write_rules(tmp_path), telegram_api_url="http://127.0.0.1:9"
    )
    async with await Database.open(settings.database_url) as database, database.transaction() as tx:
        await tx.run("DELETE FROM _yoyo_migration WHERE migration_id LIKE '0018%'")
    before = dump(path)

    findings = {one.what: one async for one in Doctor(settings, all_texts(), ManualClock()).examine()}

    assert list(findings) == ["rules", "disk", "database", "contacts", "clock", "token"]
    first = "Start the bot first (it brings them up to date)."
    assert str(findings["database"]) == f"BAD   database: {path}: its tables are of an older version. {first}"
    assert str(findings["contacts"]) == "BAD   contacts: not looked at: where they are stands in the database."
    assert dump(path) == before


async def test_the_address_of_the_bot_api_is_not_quoted_where_it_holds_a_password() -> None:
    settings = Settings(telegram_api_url="http://user:word@127.0.0.1:9", telegram_bot_token=TOKEN)

    findings = [one async for one in Doctor(settings, all_texts(), ManualClock())._ask_telegram(None, None)]

    assert [one.sentence.partition(". ")[0] for one in findings] == [
        "not compared, Telegram tells no time (ClientConnectorError).",
        "not known, Telegram cannot be reached (ClientConnectorError)",
    ]


async def test_a_proxy_that_cannot_be_used_is_a_finding_and_the_others_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://proxy.test:1080")
    doctor = Doctor(
        Settings(routing_rules=tmp_path / "none.yaml", telegram_bot_token=TOKEN), all_texts(), ManualClock()
    )

    findings = [finding async for finding in doctor._ask_telegram(None, None)]

    assert [finding.good for finding in findings] == [False, False]
    assert all("socks5 proxies cannot be used" in finding.sentence for finding in findings)
