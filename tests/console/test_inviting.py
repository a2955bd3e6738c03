import asyncio
import re
from dataclasses import dataclass

import pytest

from bot.clock import SystemClock
from bot.console import inviting
from bot.console.inviting import invite_contact
from bot.errors import BotError, FaultsError, SettingsError
from bot.settings import Settings
from tests.support.stage import Stage, said

TOKEN = "123456789:AAtestTESTtestTESTtestTESTtestTESTtes"
SETTINGS = Settings(_env_file=None, telegram_bot_token=TOKEN)


@dataclass
class FakeLine:
    """Takes the place of the connection to Telegram."""

    username: str = "lotse_test_bot"
    broken: bool = False
    closed: bool = False
    silent: bool = False

    async def open(self) -> None:
        if self.silent:
            await asyncio.Event().wait()
        if self.broken:
            raise BotError("Telegram cannot be reached.")

    async def close(self) -> None:
        self.closed = True


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> FakeLine:
    fake = FakeLine()
    monkeypatch.setattr(inviting, "build_line", lambda *_: fake)
    return fake


async def test_the_links_let_the_contact_join(stage: Stage, line: FakeLine) -> None:
    told = await invite_contact(stage.database, stage.book, SETTINGS, "bildung-kontakt")

    assert "bildung-kontakt (Kontakt Bildung), once, within 24 hours" in told
    [token] = set(re.findall(r"[A-Za-z0-9_-]{32}", told))
    assert f"https://t.me/lotse_test_bot?start={token}" in told
    assert f"https://t.me/lotse_test_bot?startgroup={token}" in told
    assert f"/start@lotse_test_bot {token}" in told
    assert line.closed
    stage.clock.set_to(SystemClock().now())
    newcomer = stage.at(5001)
    await newcomer.writes(f"/start {token}")
    assert newcomer.texts == [said("joined", contact="Kontakt Bildung")]


async def test_that_the_rules_name_an_address_is_said(stage: Stage, line: FakeLine) -> None:
    assert "the rules win" in await invite_contact(stage.database, stage.book, SETTINGS, "wohnen-kontakt")
    assert "the rules win" not in await invite_contact(stage.database, stage.book, SETTINGS, "bildung-kontakt")


async def test_an_unknown_contact_is_told_with_the_known_ones(stage: Stage, line: FakeLine) -> None:
    with pytest.raises(FaultsError, match=r"unknown contact 'niemand'\. Known: wohnen-kontakt, sprache-kontakt"):
        await invite_contact(stage.database, stage.book, SETTINGS, "niemand")


async def test_without_a_token_there_is_no_invitation(stage: Stage) -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN: not set"):
        await invite_contact(stage.database, stage.book, Settings(_env_file=None), "bildung-kontakt")

    assert await stage.count("invitations") == 0


async def test_where_telegram_cannot_be_reached_nothing_is_stored_and_the_line_is_closed(
    stage: Stage, line: FakeLine
) -> None:
    line.broken = True

    with pytest.raises(BotError):
        await invite_contact(stage.database, stage.book, SETTINGS, "bildung-kontakt")

    assert line.closed
    assert await stage.count("invitations") == 0


async def test_a_network_that_is_down_is_not_waited_for(
    stage: Stage, line: FakeLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.silent = True
    monkeypatch.setattr(inviting, "REACH_WITHIN_S", 0.0)

    with pytest.raises(BotError, match=r"Telegram cannot be reached.*TELEGRAM_API_URL"):
        await invite_contact(stage.database, stage.book, SETTINGS, "bildung-kontakt")

    assert line.closed
