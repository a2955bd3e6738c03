"""The operator's commands, beside the running bot: what there is, one inquiry's story, what could not be sent."""

import re

import pytest

from bot.playground.faults import Fault, blocked
from tests.support.office import Office, reference_of


async def test_the_list_and_its_filters(office: Office) -> None:
    person = await office.known("Gelistet")
    housing = await office.takes_in(person, "Ich suche ein Zimmer.")
    other = await office.known("Auch gelistet")
    work = await office.takes_in(other, "Ich suche ein Praktikum.")
    await office.arbeit.presses("Erledigt", on=await office.arbeit.sees(work))
    await other.sees("ist abgeschlossen")
    everything = await office.bot.command("list")
    assert everything.code == 0
    assert re.search(rf"^{work} +closed .* arbeit +arbeit-kontakt ", everything.out, re.MULTILINE)
    assert re.search(rf"^{housing} +assigned .* wohnen +wohnen-kontakt ", everything.out, re.MULTILINE)
    assert everything.out.index(work) < everything.out.index(housing), "newest first"
    only_open = (await office.bot.command("list", "--open")).out
    assert housing in only_open
    assert work not in only_open
    of_work = (await office.bot.command("list", "--field", "arbeit")).out
    assert work in of_work
    assert housing not in of_work
    unknown = await office.bot.command("list", "--field", "werkstatt")
    assert (unknown.code, unknown.out) == (1, "")
    assert unknown.err.startswith("--field: unknown field 'werkstatt'. Known: wohnen, sprache,")


async def test_one_inquirys_whole_story(office: Office) -> None:
    person = await office.known("Erzählt")
    reference = await office.takes_in(person, "Ich suche ein Zimmer [bold]sofort[/bold].")
    card = await office.wohnen.sees(reference)
    await office.wohnen.presses("Übernehmen", on=card)
    office.wohnen.replies(card, "Wir haben eines.")
    await person.sees("Wir haben eines.")
    await office.wohnen.presses("Erledigt", on=card)
    await person.sees("ist abgeschlossen")
    await office.settles()
    story = await office.bot.command("show", reference)
    assert story.code == 0
    for part in (
        f"{reference} · closed",
        "by Erzählt, language de",
        "Routing route: wohnen",
        "Zimmer",
        "wohnen-kontakt",
    ):
        assert part in story.out
    for words in ("Ich suche ein Zimmer [bold]sofort[/bold].", "Wir haben eines."):
        assert words in story.out, "as it was written"
    events = re.findall(r"inquiry\.[a-z_]+", story.out)
    happened = ["inquiry.opened", "inquiry.assigned", "inquiry.taken", "inquiry.answered", "inquiry.closed"]
    assert events == [*happened, "inquiry.looked_up"], "looking at it leaves an entry too"
    assert "parked" not in story.out
    assert str(person.id) not in story.out


async def test_an_unknown_reference_is_said_to_be_unknown(office: Office) -> None:
    ran = await office.bot.command("show", "1999-0001")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "1999-0001: no inquiry has this reference. See all: python -m bot list.\n"


async def test_what_could_not_be_sent_is_listed_and_can_be_tried_again(office: Office) -> None:
    office.expected_log = ["parked (unreachable)"]
    person = await office.known("Zurückgekehrt")
    reference = await office.takes_in(person, "Ich suche ein Zimmer.")
    card = await office.wohnen.sees(reference)
    office.driver.faults.add(Fault(blocked(), methods={"sendMessage"}, chat_id=person.id))
    office.wohnen.replies(card, "Gute Nachricht: es klappt.")
    await office.wohnen.sees("✗ Nicht gesendet")
    listed = await office.bot.command("parked")
    assert listed.code == 0
    [row] = [line for line in listed.out.splitlines() if f" {reference} " in line]
    assert "to inquirer" in row
    assert row.rstrip().endswith("they blocked the bot or left Telegram")
    assert "Gute Nachricht" not in listed.out
    name = re.findall(r"out-\d+", listed.out)[-1]
    assert (await office.bot.command("parked", "--replay", name)).out == f"{name}: queued again.\n"
    await person.sees("Gute Nachricht: es klappt.")
    await office.wohnen.sees("✓ Gesendet")
    assert name not in (await office.bot.command("parked")).out
    again = await office.bot.command("parked", "--replay", name)
    assert (again.code, again.err) == (1, f"{name}: is not parked. See what is: python -m bot parked.\n")


async def test_what_could_not_be_sent_can_be_given_up_for_good(office: Office) -> None:
    office.expected_log = ["parked (unreachable)"]
    person = await office.known("Verschwunden")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    person.blocks()
    office.wohnen.replies(card, "Schade, dass Sie weg sind.")
    await office.wohnen.sees("✗ Nicht gesendet")
    name = re.findall(r"out-\d+", (await office.bot.command("parked")).out)[-1]
    assert (await office.bot.command("parked", "--drop", name)).out == f"{name}: dropped.\n"
    assert office.bot.count("SELECT count(*) FROM outbox WHERE draft LIKE '%dass Sie weg sind%'") == 0
    person.unblocks()
    await office.stays_silent(person)


async def test_an_update_nobody_can_read_is_parked_and_the_next_ones_are_handled(office: Office) -> None:
    office.expected_log = ["parked"]
    office.world.updates.put("message", {"message_id": "seven", "chat": {"id": 5}}, 5)
    person = await office.known("Unverdrossen")
    await office.takes_in(person, "Ich suche ein Zimmer.")
    name = re.findall(r"in-\d+", (await office.bot.command("parked")).out)[-1]
    parked = "SELECT count(*) FROM inbox WHERE state = 'parked'"
    assert (await office.bot.command("parked", "--replay", name)).code == 0
    await office.settles()
    assert office.bot.count(parked) == 1, "it is no better now"
    assert (await office.bot.command("parked", "--drop", name)).out == f"{name}: dropped.\n"
    assert office.bot.count(parked) == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["parked", "--replay", "7"], 1),
        (["parked", "--replay", "in-1", "--drop", "in-1"], 2),
        (["show"], 2),
        (["dance"], 2),
        ([], 2),
        (["--help"], 0),
        (["check"], 0),
    ],
    ids=lambda value: " ".join(value) or "nothing" if isinstance(value, list) else None,
)
async def test_exit_codes_tell_faults_from_wrong_usage(office: Office, arguments: list[str], code: int) -> None:
    ran = await office.bot.command(*arguments)
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.err


async def test_the_commands_disturb_nobody(office: Office) -> None:
    person = await office.known("Gleichzeitig")
    person.writes("Ich suche ein Zimmer.")
    ran = await office.bot.command("list")
    assert ran.code == 0
    reference = reference_of(await person.sees("ist angekommen"))
    await office.wohnen.sees(reference)
