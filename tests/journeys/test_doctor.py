"""The check-up and the backup beside the running bot."""

from pathlib import Path

from bot.playground.faults import Fault, blocked, token_refused
from tests.support.office import RULES, Office, leaks, open_house


def said_of(out: str, what: str) -> str:
    [line] = [line for line in out.splitlines() if line[6:].startswith(f"{what}:")]
    return line


async def test_where_all_is_well_it_says_so(tmp_path: Path) -> None:
    # A house of its own: in the one all journeys share, much is parked on purpose and the clock was turned.
    async with open_house(tmp_path) as house:
        office = Office(house)
        await office.settles()
        before = [len(desk.received) for desk in office.desks]
        ran = await office.bot.command("doctor")
    assert ran.code == 0, ran.out
    for what in ("rules", "disk", "database", "parked", "clock", "token", "webhook", "wohnen-kontakt", "leitung"):
        assert said_of(ran.out, what).startswith("good "), ran.out
    assert "@anfragelotse_bot" in said_of(ran.out, "token")
    assert [len(desk.received) for desk in office.desks] == before


async def test_what_is_wrong_is_named_with_its_remedy(office: Office, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES.read_text("utf-8").replace("telegram: 3300000002", "telegram: null"), "utf-8")
    office.driver.faults.add(Fault(blocked(), methods={"sendChatAction"}, chat_id=office.wohnen.id))
    ran = await office.bot.command(
        "doctor", ROUTING_RULES=str(rules), WEBHOOK_URL="http://127.0.0.1:9/hook", WEBHOOK_SECRET="x" * 20
    )
    assert ran.code == 1
    assert said_of(ran.out, "wohnen-kontakt").startswith("BAD   wohnen-kontakt: cannot be reached: they blocked")
    assert "python -m bot invite sprache-kontakt" in said_of(ran.out, "sprache-kontakt")
    assert "none is set; the bot mends that at its next start" in said_of(ran.out, "webhook")
    assert leaks(office.playground, ran.out + ran.err) == []


async def test_a_refused_token_and_faulty_rules_are_told_and_the_rest_is_looked_at(office: Office) -> None:
    office.driver.faults.add(Fault(token_refused(), methods={"getMe"}))
    ran = await office.bot.command("doctor", ROUTING_RULES="nowhere.yaml", DATABASE_URL="sqlite:///none.db")
    assert ran.code == 1
    assert said_of(ran.out, "token") == "BAD   token: refused by Telegram. Take the current one from @BotFather."
    assert "python -m bot check" in said_of(ran.out, "rules")
    assert "the first start makes it" in said_of(ran.out, "database")
    assert "Traceback" not in ran.out + ran.err


async def test_a_telegram_out_of_reach_is_told(office: Office) -> None:
    ran = await office.bot.command("doctor", TELEGRAM_API_URL="http://127.0.0.1:9")
    assert ran.code == 1
    assert "cannot be reached (ClientConnectorError)" in said_of(ran.out, "token")
    assert "not compared" in said_of(ran.out, "clock")


async def test_a_backup_beside_the_bot_is_whole_and_while_it_runs_none_is_restored(
    office: Office, tmp_path: Path
) -> None:
    person = await office.known("Gesichert")
    reference = await office.takes_in(person, "Ich suche ein Zimmer.")
    ran = await office.bot.command("backup", str(tmp_path / "copy.db"))
    assert (ran.code, ran.err) == (0, "")
    listed = await office.bot.command("list", DATABASE_URL=f"sqlite:///{tmp_path / 'copy.db'}")
    assert reference in listed.out
    refused = await office.bot.command("restore", str(tmp_path / "copy.db"))
    assert refused.code == 1
    assert "another bot process is using this database" in refused.err
    assert (await office.bot.command("backup", str(tmp_path / "copy.db"))).code == 1
