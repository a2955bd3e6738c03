"""What waits for a contact, as a list."""

from bot.model import Link
from tests.support.rulebook import TO_HOUSING, TO_LANGUAGE, TO_WORK, TO_WORK_AND_HOUSING, make_book
from tests.support.stage import Someone, Stage, raise_stage, said, some_about_housing


def button(number: int) -> str:
    return said("btn-goto", reference=f"2026-{number:04d}")


def links_of(stage: Stage, someone: Someone) -> tuple[Link, ...]:
    """Return the links of the message last written into a chat."""
    sent = [one for one in stage.telegram.carried if one.address.chat == someone.address.chat and one.draft.text]
    return sent[-1].draft.links


async def test_nothing_waits(stage: Stage) -> None:
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.writes("/offen")

    assert (wohnen.last.text, wohnen.last.buttons) == (said("open-none"), [])


async def test_what_waits_stands_with_state_and_date_and_leads_to_its_card(stage: Stage) -> None:
    wohnen = await some_about_housing(stage, 1)

    await wohnen.writes("/offen")

    due = "Montag, 9. März, 12:30 Uhr"
    assert wohnen.last.text == "\n".join(
        [
            said("open-head", count=1, overdue=0),
            "",
            said("list-line", reference="2026-0001", field="Wohnen", name="Person1"),
            f"{said('state-assigned')} · {said('list-due', due=due)}",
        ]
    )
    assert wohnen.last.buttons == [button(1)]
    await wohnen.presses(button(1))
    assert wohnen.last.text == said("card-is-here", reference="2026-0001")
    assert wohnen.last.reply_to == wohnen.card("2026-0001").message


async def test_what_answers_the_card_can_be_answered_itself(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.writes("/offen")
    await wohnen.presses(button(1))

    await wohnen.replies("Gerne", to=wohnen.last)

    assert maria.last.text.endswith("\n\nGerne")


async def test_oldest_due_come_first_and_what_was_answered_last(stage: Stage) -> None:
    wohnen = await some_about_housing(stage, 1)
    await stage.wait(hours=24)
    for name in ("Zweite", "Dritte"):
        person = await stage.inquirer(name)
        await person.writes(TO_HOUSING)
    await wohnen.replies("Gerne", to=wohnen.card("2026-0002"))
    await stage.wait(hours=24 * 5)

    await wohnen.writes("/offen")

    order = [line.split(" ")[0] for line in wohnen.last.text.splitlines() if line.startswith("2026")]
    assert order == ["2026-0001", "2026-0003", "2026-0002"]
    assert wohnen.last.text.startswith(said("open-head", count=3, overdue=2))
    assert wohnen.last.text.count(said("list-overdue", due="").strip()) == 2


async def test_who_took_it_is_named(stage: Stage) -> None:
    wohnen = await some_about_housing(stage, 1)
    await wohnen.presses("btn-take")

    await wohnen.writes("/open")

    assert said("list-held", state=said("state-taken"), holder="Kontakt Wohnen") in wohnen.last.text


async def test_more_than_ten_come_in_pages(stage: Stage) -> None:
    wohnen = await some_about_housing(stage, 12)

    await wohnen.writes("/offen")
    listed = wohnen.last
    assert listed.text.count("2026-") == 10
    assert listed.buttons[-1] == said("btn-page-after")
    await wohnen.presses("btn-page-after")

    assert wohnen.last.message == listed.message, "turned in place"
    assert wohnen.last.text.count("2026-") == 2
    assert wohnen.last.buttons == [button(11), button(12), said("btn-page-before")]


async def test_in_a_supergroup_the_reference_is_a_link_to_the_card(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_WORK)
    work = stage.contact("arbeit-kontakt")
    card = work.card("2026-0001")

    await work.writes("/offen")

    (link,) = links_of(stage, work)
    assert link.url == f"https://t.me/c/300/{card.message}"
    text = stage.telegram.carried[-1].draft.text or ""
    assert text.encode("utf-16-le")[2 * link.start :][: 2 * link.length].decode("utf-16-le") == "2026-0001"
    assert work.last.buttons == []


async def test_whom_one_stands_in_for_is_listed_too() -> None:
    async with raise_stage(make_book({"contacts": {"wohnen-kontakt": {"telegram": None}}})) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)
        deputy = stage.contact("sprache-kontakt")

        await deputy.writes("/offen")

        assert "2026-0001" in deputy.last.text


async def test_others_inquiries_are_not_listed(stage: Stage) -> None:
    wohnen = await some_about_housing(stage, 1)
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_LANGUAGE)

    await wohnen.writes("/offen")

    assert "2026-0002" not in wohnen.last.text


async def test_two_shares_of_one_inquiry_lead_to_two_cards() -> None:
    async with raise_stage(make_book({"fields": {"arbeit": {"contact": "wohnen-kontakt"}}})) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_WORK_AND_HOUSING)
        wohnen = stage.contact("wohnen-kontakt")

        await wohnen.writes("/offen")

        fields = [label.removeprefix(button(1)) for label in wohnen.last.buttons]
        assert sorted(fields) in (["", " · Wohnen"], ["", " · Arbeit"])


async def test_who_left_the_office_looks_nothing_up(stage: Stage) -> None:
    former = await stage.invited("bildung-kontakt", 5001)
    maria = await stage.inquirer("Maria")
    await maria.writes("Meine Tochter soll in die Schule")
    await stage.invited("bildung-kontakt", 5002)

    for command in ("/offen", "/suche Tochter", "/statistik", "/vorlage"):
        await former.writes(command, reply_to=former.card("2026-0001"))
        assert former.last.text == said("answer-refused")


async def test_somebody_from_outside_lists_nothing(stage: Stage) -> None:
    await some_about_housing(stage, 1)
    maria = await stage.inquirer("Maria")

    await maria.writes("/offen")

    assert maria.last.text == said("unknown-command")
