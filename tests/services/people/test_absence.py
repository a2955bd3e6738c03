"""Absences: the deputy gets what is new, open and said; everything returns on the day; circles and double absences."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SendFailure
from bot.model import AssignmentState
from bot.services.people import absence
from bot.services.shares import stranded
from bot.store import absences, timers
from bot.store.absences import Absence
from bot.store.database import Row
from bot.store.timers import Timer, TimerKind
from tests.support.clock import ManualClock, berlin
from tests.support.fake_telegram import plain
from tests.support.rulebook import DANGER, TO_HOUSING, TO_LANGUAGE, UNKNOWN, make_book
from tests.support.stage import Someone, Stage, raise_stage, said

REF = "2026-0001"
FRIDAY = "Freitag, 13. März"
ON_FRIDAY = said("absence-day", first=FRIDAY)
DEPUTY_HOLDS = said("holder-in-group", contact="Kontakt Sprache", name="Jemand")
DEPUTY = said("contact-deputy", deputy="Kontakt Sprache", contact="Kontakt Wohnen")


def days(first: str, last: str = FRIDAY) -> str:
    return said("absence-days", first=first, last=last)


async def desks(stage: Stage) -> tuple[Someone, Someone, Someone]:
    """Return who has housing, who stands in for them, and the head."""
    return stage.contact("wohnen-kontakt"), stage.contact("sprache-kontakt"), stage.contact("leitung")


async def test_while_away_the_deputy_gets_what_is_new_and_the_person_sees_who_answers(stage: Stage) -> None:
    wohnen, sprache, _ = await desks(stage)
    maria = await stage.inquirer("Maria")
    await wohnen.writes("/abwesend bis 13.3.")
    assert said("absence-begun", contact="Kontakt Wohnen", last=FRIDAY, deputy="Kontakt Sprache") == wohnen.last.text
    assert sprache.last.text == said("absence-stand-in", contact="Kontakt Wohnen", last=FRIDAY)
    before = len(wohnen.received)

    await maria.writes(TO_HOUSING)

    assert said("card-deputy", contact="Kontakt Wohnen") in sprache.card(REF).text
    assert len(wohnen.received) == before
    assert said("receipt", reference=REF, contact=DEPUTY, field="Wohnen") in maria.last.text
    await sprache.replies("Gern", to=sprache.card(REF))
    assert maria.last.text == said("answer", contact=DEPUTY, reference=REF) + "\n\nGern"


async def test_what_is_open_goes_to_the_deputy_and_comes_back_on_the_day(stage: Stage) -> None:
    wohnen, sprache, _ = await desks(stage)
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await maria.replies("Drei Zimmer, Balkon")
    await wohnen.presses("btn-take")

    await wohnen.writes("/abwesend bis 13.3.")

    share = (await stage.shares())[0]
    assert (share.contact, share.seat, share.state) == ("wohnen-kontakt", "sprache-kontakt", AssignmentState.ASSIGNED)
    assert said("card-now-with", contact="Kontakt Sprache") in wohnen.card(REF).text
    assert wohnen.card(REF).buttons == []
    assert any("Drei Zimmer, Balkon" in text for text in sprache.texts)
    await maria.replies("Und ein Keller")
    assert "Und ein Keller" in sprache.last.text
    assert "Und ein Keller" not in wohnen.last.text

    await stage.live_until(berlin("2026-03-14 06:59"))
    assert (await stage.shares())[0].seat == "sprache-kontakt"
    assert said("absence-over", count=1) not in wohnen.texts
    await stage.wait(minutes=1)

    assert (await stage.shares())[0].seat == "wohnen-kontakt"
    assert any("Und ein Keller" in text for text in wohnen.texts)
    assert said("absence-over", count=1) in wohnen.texts
    assert said("card-now-with", contact="Kontakt Wohnen") in sprache.card(REF).text


async def test_the_morning_is_the_offices_also_when_the_clocks_change() -> None:
    async with raise_stage(clock=ManualClock(datetime(2026, 3, 27, 9, tzinfo=UTC))) as stage:
        wohnen, _, _ = await desks(stage)
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await wohnen.writes("/abwesend bis 29.3.")
        assert (await stage.shares())[0].seat == "sprache-kontakt"

        await stage.wait_until(datetime(2026, 3, 30, 4, 59, tzinfo=UTC))
        assert (await stage.shares())[0].seat == "sprache-kontakt"
        await stage.wait(minutes=1)

        assert (await stage.shares())[0].seat == "wohnen-kontakt"


async def test_with_the_deputy_away_too_the_general_contact_gets_it_and_it_returns_step_by_step(stage: Stage) -> None:
    wohnen, sprache, leitung = await desks(stage)
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await wohnen.writes("/abwesend bis 13.3.")
    await sprache.writes("/abwesend bis 10.3.")

    assert (await stage.shares())[0].seat == "leitung"
    assert said("btn-take") in leitung.card(REF).buttons
    await stage.wait_until(berlin("2026-03-11 07:00"))
    assert (await stage.shares())[0].seat == "sprache-kontakt"
    await stage.wait_until(berlin("2026-03-14 07:00"))
    assert (await stage.shares())[0].seat == "wohnen-kontakt"


async def test_with_everybody_away_it_stays_and_says_so(stage: Stage) -> None:
    wohnen, sprache, leitung = await desks(stage)
    await leitung.writes("/abwesend bis 13.3.")
    await sprache.writes("/abwesend bis 13.3.")
    await wohnen.writes("/abwesend bis 13.3.")

    assert wohnen.last.text == said("absence-begun-nobody", contact="Kontakt Wohnen", last=FRIDAY)
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    assert said("btn-take") in wohnen.card(REF).buttons


async def test_of_two_who_come_back_together_each_reads_how_much_returned(stage: Stage) -> None:
    wohnen, sprache, _ = await desks(stage)
    await (await stage.inquirer("Maria")).writes(TO_HOUSING)
    await (await stage.inquirer("Bela")).writes(TO_LANGUAGE)
    await wohnen.writes("/abwesend bis 13.3.")
    await sprache.writes("/abwesend bis 13.3.")
    seats = [share.seat for inquiry in await stage.inquiries() for share in await stage.shares(inquiry)]
    assert seats == ["leitung"] * 2

    await stage.live_until(berlin("2026-03-14 07:00"))

    for contact in (wohnen, sprache):
        assert contact.last.text == said("absence-over", count=1)


async def test_at_night_only_what_is_urgent_goes_to_whoever_stands_in() -> None:
    deputies = {"leitung": {"deputy": "wohnen-kontakt"}, "sprache-kontakt": {"deputy": None}}
    async with raise_stage(make_book({"contacts": deputies})) as stage:
        for text in (DANGER, UNKNOWN):
            maria = await stage.inquirer()
            await maria.writes(text)
        await maria.presses("btn-something-else")
        await stage.contact("leitung").writes("/abwesend 6.3.")

        async def seats() -> list[str | None]:
            return [share.seat for inquiry in await stage.inquiries() for share in await stage.shares(inquiry)]

        await stage.live_until(berlin("2026-03-06 00:00"))
        assert await seats() == ["wohnen-kontakt", "leitung"]
        await stage.live_until(berlin("2026-03-06 07:00"))
        assert await seats() == ["wohnen-kontakt"] * 2


async def test_an_absence_to_come_changes_nothing_until_then(stage: Stage) -> None:
    wohnen, sprache, _ = await desks(stage)
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await wohnen.writes("/abwesend vom 9.3. bis 13.3.")

    planned = said("absence-planned", contact="Kontakt Wohnen", span=days("Montag, 9. März"))
    assert wohnen.last.text == planned
    assert (await stage.shares())[0].seat == "wohnen-kontakt"
    await stage.wait_until(berlin("2026-03-09 07:00"))

    assert (await stage.shares())[0].seat == "sprache-kontakt"
    assert said("absence-stand-in", contact="Kontakt Wohnen", last=FRIDAY) in sprache.texts


async def test_an_absence_put_off_gives_back_what_the_deputy_had(stage: Stage) -> None:
    wohnen, sprache, _ = await desks(stage)
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await wohnen.writes("/abwesend bis 13.3.")
    assert (await stage.shares())[0].seat == "sprache-kontakt"

    await wohnen.writes("/abwesend vom 20.4. bis 24.4.")

    assert (await stage.shares())[0].seat == "wohnen-kontakt"
    assert said("btn-take") in wohnen.card(REF).buttons
    assert sprache.card(REF).buttons == []


async def test_who_is_back_early_gets_everything_at_once(stage: Stage) -> None:
    wohnen, _, _ = await desks(stage)
    maria = await stage.inquirer()
    await wohnen.writes("/abwesend bis 13.3.")
    await maria.writes(TO_HOUSING)

    await wohnen.writes("/anwesend")

    assert said("absence-ended", contact="Kontakt Wohnen") in wohnen.texts
    assert (await stage.shares())[0].seat == "wohnen-kontakt"
    await wohnen.writes("/anwesend")
    assert wohnen.last.text == said("absence-none", contact="Kontakt Wohnen")
    await stage.wait_until(datetime(2026, 3, 14, 12, 0, tzinfo=UTC))
    assert said("absence-over", count=0) not in wohnen.texts


async def test_an_absence_to_come_is_called_off_and_nobody_comes_back(stage: Stage) -> None:
    wohnen, _, _ = await desks(stage)
    await wohnen.writes("/abwesend vom 9.3. bis 13.3.")

    await wohnen.writes("/anwesend")

    off = said("absence-called-off", contact="Kontakt Wohnen", span=days("Montag, 9. März"))
    assert wohnen.last.text == off
    assert await stage.count("absences") == 0


@pytest.mark.parametrize("argument", ["am 13.3.", "13.3."])
async def test_a_day_alone_is_that_day(stage: Stage, argument: str) -> None:
    wohnen, sprache, _ = await desks(stage)
    await (await stage.inquirer()).writes(TO_HOUSING)

    await wohnen.writes(f"/abwesend {argument}")

    assert wohnen.last.text == said("absence-planned", contact="Kontakt Wohnen", span=ON_FRIDAY)
    assert (await stage.shares())[0].seat == "wohnen-kontakt"
    await stage.wait_until(berlin("2026-03-13 07:00"))
    assert said("absence-stand-in", contact="Kontakt Wohnen", last=FRIDAY) in sprache.texts
    assert (await stage.shares())[0].seat == "sprache-kontakt"
    await stage.wait_until(berlin("2026-03-14 07:00"))
    assert (await stage.shares())[0].seat == "wohnen-kontakt"


async def test_an_administrator_sets_it_for_others_who_are_told(stage: Stage) -> None:
    wohnen, sprache, leitung = await desks(stage)

    await leitung.writes("/abwesend Kontakt Wohnen bis 13.3.")

    assert leitung.last.text == said("absence-begun", contact="Kontakt Wohnen", last=FRIDAY, deputy="Kontakt Sprache")
    told = said("absence-set-for-you", contact="Kontakt Wohnen", span=days("Donnerstag, 5. März"))
    assert wohnen.last.text == told
    await leitung.writes("/abwesend wohnen-kontakt aus")
    assert leitung.last.text == said("absence-ended", contact="Kontakt Wohnen")
    assert wohnen.last.text == said("absence-ended-for-you", contact="Kontakt Wohnen")
    assert sprache.last.text == said("absence-stand-in-over", contact="Kontakt Wohnen")


async def test_who_was_not_away_yet_is_told_by_an_administrator_and_no_deputy(stage: Stage) -> None:
    wohnen, sprache, leitung = await desks(stage)
    await leitung.writes("/abwesend Kontakt Wohnen am 13.3.")
    before = sprache.texts

    await leitung.writes("/anwesend Kontakt Wohnen")

    assert leitung.last.text == said("absence-called-off", contact="Kontakt Wohnen", span=ON_FRIDAY)
    assert wohnen.last.text == said("absence-ended-for-you", contact="Kontakt Wohnen")
    assert sprache.texts == before


async def test_a_name_that_looks_like_a_word_of_the_date_is_a_name() -> None:
    async with raise_stage(make_book({"contacts": {"wohnen-kontakt": {"name": "Till"}}})) as stage:
        leitung = stage.contact("leitung")
        await leitung.writes("/abwesend Till 13.3.")
        assert leitung.last.text == said("absence-planned", contact="Till", span=ON_FRIDAY)
        await leitung.writes("/abwesend Till bis 13.3.")
        assert leitung.last.text.startswith(plain("Till ist "))


async def test_others_may_not(stage: Stage) -> None:
    wohnen, sprache, _ = await desks(stage)
    await wohnen.writes("/abwesend sprache-kontakt bis 13.3.")

    assert wohnen.last.text == said("absence-not-allowed")
    maria = await stage.inquirer()
    await maria.writes(TO_LANGUAGE)
    assert said("btn-take") in sprache.card(REF).buttons


async def test_how_it_is_written_is_explained(stage: Stage) -> None:
    wohnen, _, _ = await desks(stage)
    await wohnen.writes("/abwesend")

    assert wohnen.last.text.startswith(said("absence-how"))


async def test_a_day_of_the_week_is_understood(stage: Stage) -> None:
    wohnen, _, _ = await desks(stage)
    await wohnen.writes("/abwesend bis Freitag")

    begun = said("absence-begun", contact="Kontakt Wohnen", last="Freitag, 6. März", deputy="Kontakt Sprache")
    assert wohnen.last.text == begun


@pytest.mark.parametrize(
    ("argument", "key"),
    [
        ("bis 31.2.", "absence-no-such-day"),
        ("bis 1.1.2020", "absence-past"),
        ("vom 12.12. bis 1.12.", "absence-ends-before"),
        ("bis 1.1.2090", "absence-too-far"),
        ("bis 3.3.", "absence-past"),
        ("ab 12.3.", "absence-no-end"),
        ("bis gestern", "absence-past"),
        ("Kontakt Wohnen", "absence-no-end"),
        ("bis irgendwann", "absence-unread"),
    ],
)
async def test_what_cannot_be_is_said_with_how_it_is_written(stage: Stage, argument: str, key: str) -> None:
    wohnen, _, _ = await desks(stage)
    await wohnen.writes(f"/abwesend {argument}")

    assert wohnen.last.text == said(key, written=argument, count=400) + "\n" + said("absence-how")
    assert await stage.count("absences") == 0


async def test_a_day_far_off_is_told_with_its_year(stage: Stage) -> None:
    wohnen, _, _ = await desks(stage)
    await wohnen.writes("/abwesend vom 1.4. bis 1.2.2027")

    span = days("Mittwoch, 1. April", "Montag, 1. Februar 2027")
    planned = said("absence-planned", contact="Kontakt Wohnen", span=span)
    assert wohnen.last.text == planned


async def test_an_unknown_name_is_said_with_the_known_ones(stage: Stage) -> None:
    _, _, leitung = await desks(stage)
    await leitung.writes("/abwesend Kontakt Wonen bis 13.3.")

    assert leitung.last.text.startswith("„Kontakt Wonen“")
    assert "Ich kenne: Kontakt Wohnen, Kontakt Sprache" in leitung.last.text
    assert leitung.last.text.endswith(said("absence-how"))
    await leitung.writes("/anwesend xy")
    assert leitung.last.text.startswith("„xy“")
    assert said("absence-how") not in leitung.last.text


TOGETHER = {"contacts": {"arbeit-kontakt": {"telegram": None}}}
THEIRS = "Kontakt Wohnen, Kontakt Arbeit"


@pytest.mark.parametrize(
    ("command", "key"),
    [("/abwesend bis 13.3.", "absence-whose"), ("/abwesend aus", "presence-whose"), ("/anwesend", "presence-whose")],
)
async def test_of_two_in_one_chat_it_is_asked_who_is_away_or_back(command: str, key: str) -> None:
    async with raise_stage(make_book(TOGETHER)) as stage:
        wohnen = stage.contact("wohnen-kontakt")
        await stage.invited("arbeit-kontakt", wohnen.address.chat)
        await wohnen.writes(command)

        assert wohnen.last.text == said(key, example="Kontakt Wohnen", contacts=THEIRS)


async def test_what_opens_again_while_its_contact_is_away_goes_to_the_deputy(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await housing.presses("btn-done")
    await housing.writes("/abwesend bis 20.3.")
    await maria.writes("Gibt es schon Neues?", reply_to=maria.last)
    deputy = stage.contact("sprache-kontakt")
    assert "Gibt es schon Neues?" in deputy.last.text
    assert TO_HOUSING in deputy.card().text
    assert all("Gibt es schon Neues?" not in text for text in housing.texts)


async def test_what_a_deputy_finished_opens_again_with_its_contact_who_is_back(stage: Stage) -> None:
    housing, deputy, _ = await desks(stage)
    maria = await stage.inquirer()
    await housing.writes("/abwesend bis 20.3.")
    await maria.writes(TO_HOUSING)
    await deputy.presses("btn-done")
    await housing.writes("/anwesend")
    await maria.writes("Gibt es schon Neues?", reply_to=maria.last)
    assert "Gibt es schon Neues?" in housing.last.text
    assert all("Gibt es schon Neues?" not in text for text in deputy.texts)


# ------------------------------------------------------------ what was answered before


async def answered(stage: Stage) -> tuple[Someone, Someone, Someone]:
    """Return who asked, who has answered, and who stands in for them."""
    wohnen, sprache, _ = await desks(stage)
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await wohnen.replies("Wann passt es Ihnen?", to=wohnen.card(REF))
    return maria, wohnen, sprache


async def who_has_it(stage: Stage) -> tuple[AssignmentState, str | None]:
    share = (await stage.shares())[0]
    return share.state, None if share.holder is None else plain(share.holder)


async def test_what_the_absent_one_answered_waits_for_the_deputy_to_take_it_when_the_person_writes(
    stage: Stage,
) -> None:
    maria, wohnen, sprache = await answered(stage)
    await wohnen.writes("/abwesend bis 13.3.")

    await maria.replies("Am Montag")

    assert await who_has_it(stage) == (AssignmentState.ASSIGNED, None)
    assert said("card-state", state=said("state-assigned")) in sprache.card(REF).text
    assert sprache.card(REF).buttons[0] == said("btn-take")
    due = "Montag, 9. März, 12:30 Uhr"
    assert said("card-due", due=due) in sprache.card(REF).text
    assert said("receipt-due", due=due) in maria.last.text
    await stage.live_until(datetime(2026, 3, 6, 9, tzinfo=UTC))
    since = "Donnerstag, 5. März, 09:00 Uhr"
    assert any(said("reminder-take", reference=REF, since=since) in text for text in sprache.texts)


async def test_what_the_deputy_answered_is_the_deputys_while_they_stand_in_and_no_longer(stage: Stage) -> None:
    maria, wohnen, sprache = await answered(stage)
    await wohnen.writes("/abwesend bis 13.3.")
    await sprache.replies("Am Montag geht es", to=sprache.card(REF))
    await maria.replies("Gut!")
    assert await who_has_it(stage) == (AssignmentState.TAKEN, DEPUTY_HOLDS)
    assert DEPUTY_HOLDS in sprache.card(REF).text
    await sprache.replies("Bis dann", to=sprache.card(REF))
    await wohnen.writes("/anwesend")

    await maria.replies("Oder doch am Dienstag?")

    assert await who_has_it(stage) == (AssignmentState.ASSIGNED, None)
    assert wohnen.card(REF).buttons[0] == said("btn-take")


async def test_who_joined_and_answered_has_it_still_when_the_person_writes(stage: Stage) -> None:
    wohnen, sprache, _ = await desks(stage)
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await stage.live_until(datetime(2026, 3, 6, 10, tzinfo=UTC))
    await sprache.replies("Wann passt es Ihnen?", to=sprache.card(REF))

    await maria.replies("Am Montag")

    assert await who_has_it(stage) == (AssignmentState.TAKEN, DEPUTY_HOLDS)
    assert said("btn-take") not in wohnen.card(REF).buttons


async def test_an_answer_of_the_absent_one_that_was_given_up_leaves_it_for_the_deputy_to_take(stage: Stage) -> None:
    wohnen, sprache, _ = await desks(stage)
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    promised = (await stage.shares())[0].promised_at
    stage.telegram.closed[maria.address.chat] = SendFailure.NOT_SENT
    await wohnen.replies("Wann passt es Ihnen?", to=wohnen.card(REF))
    await wohnen.writes("/abwesend bis 13.3.")

    stage.telegram.closed[maria.address.chat] = SendFailure.REFUSED
    await stage.wait(minutes=5)

    assert await who_has_it(stage) == (AssignmentState.ASSIGNED, None)
    assert sprache.card(REF).buttons[0] == said("btn-take")
    assert (await stage.shares())[0].promised_at == promised
    await stage.live_until(datetime(2026, 3, 6, 9, tzinfo=UTC))
    assert "⏰" in sprache.last.text


async def test_looking_who_is_to_have_what_takes_no_more_questions_with_more_open(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def count() -> int:
        asked: list[str] = []
        async with stage.database.transaction() as tx:
            plain = tx.all

            async def noting(sql: str, **values: Any) -> list[Row]:
                asked.append(sql)
                return await plain(sql, **values)

            monkeypatch.setattr(tx, "all", noting)
            await absence.settle(stage.dialogue.turn(tx))
        return len(asked)

    await (await stage.inquirer()).writes(TO_HOUSING)
    with_one = await count()
    for name in ("Paul", "Iwan"):
        await (await stage.inquirer(name)).writes(TO_HOUSING)

    assert await count() == with_one > 0


# ------------------------------------------------------------ of very many, some at a time


@pytest.fixture
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stranded, "AT_ONCE", 2)


async def seats(stage: Stage) -> list[str | None]:
    """Return who has each inquiry, oldest first."""
    return [share.seat for inquiry in reversed(await stage.inquiries()) for share in await stage.shares(inquiry)]


@pytest.mark.usefixtures("two_at_once")
async def test_of_very_many_some_go_at_once_and_the_others_with_the_next_sweeps(tmp_path: Path) -> None:
    w, s = "wohnen-kontakt", "sprache-kontakt"
    async with raise_stage(folder=tmp_path) as stage:
        for number in range(5):
            await (await stage.inquirer(f"Nr. {number}")).writes(TO_HOUSING)
        await stage.contact(w).writes("/abwesend bis 13.3.")
        assert await seats(stage) == [w, w, w, s, s]
        await stage.wait(seconds=5)
        assert await seats(stage) == [w, s, s, s, s]

    async with raise_stage(folder=tmp_path, clock=stage.clock) as stage:  # nothing of it was in memory
        await stage.wait(seconds=5)
        assert await seats(stage) == [s, s, s, s, s]
        assert [entry.event for entry in await stage.journal()].count("inquiry.handed_over") == 5
        await stage.wait(seconds=5)
        async with stage.database.reading() as tx:
            assert await timers.find_due(tx, Timer(TimerKind.HAND_OVER)) is None


@pytest.mark.usefixtures("two_at_once")
async def test_who_comes_back_before_all_is_handed_over_has_all_of_it(stage: Stage) -> None:
    wohnen, sprache, _ = await desks(stage)
    for number in range(5):
        await (await stage.inquirer(f"Nr. {number}")).writes(TO_HOUSING)
    await wohnen.writes("/abwesend bis 13.3.")

    await wohnen.writes("/anwesend")
    await stage.wait(seconds=5)

    assert await seats(stage) == ["wohnen-kontakt"] * 5
    assert len([text for text in sprache.texts if said("card-now-with", contact="Kontakt Wohnen") in text]) == 2


TEAM = -1_000_000_000_400
IN_TOPICS = {
    "wohnen-kontakt": {"telegram": {"chat": TEAM, "topic": 5}},
    "sprache-kontakt": {"telegram": {"chat": TEAM, "topic": 6}},
}


async def test_the_deputy_in_another_topic_of_the_group_acts_as_themselves() -> None:
    async with raise_stage(make_book({"contacts": IN_TOPICS})) as stage:
        wohnen, sprache, _ = await desks(stage)
        maria = await stage.inquirer("Maria")
        await wohnen.writes("/abwesend bis 13.3.")
        await maria.writes(TO_HOUSING)

        await sprache.presses("btn-take", sprache.card(REF))
        assert maria.last.text == said("taken-by", contact=DEPUTY, reference=REF)
        assert DEPUTY_HOLDS in sprache.card(REF).text

        await sprache.replies("Gern", to=sprache.card(REF))
        assert maria.last.text == said("answer", contact=DEPUTY, reference=REF) + "\n\nGern"


async def test_a_reply_to_the_old_card_is_confirmed_in_its_topic_and_read_in_the_deputys() -> None:
    async with raise_stage(make_book({"contacts": IN_TOPICS})) as stage:
        wohnen, _, _ = await desks(stage)
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)
        old = wohnen.card(REF)
        await wohnen.writes("/abwesend bis 13.3.")

        answer = await wohnen.replies("Gern", to=old)

        assert maria.last.text == said("answer", contact="Kontakt Wohnen", reference=REF) + "\n\nGern"
        sent = next(one for one in wohnen.received if one.text == said("answer-sent", name="Maria", reference=REF))
        assert (sent.topic, sent.reply_to) == (5, answer.message)
        line = said("answer-shown", reference=REF, contact="Kontakt Wohnen", name="Maria")
        assert next(one.topic for one in wohnen.received if one.text == f"{line}\n\nGern") == 6

        await wohnen.edits(answer, "Gern morgen")
        changed = next(
            one for one in wohnen.received if one.text == said("answer-changed-sent", name="Maria", reference=REF)
        )
        assert (changed.topic, changed.reply_to) == (5, answer.message)


# ------------------------------------------------------------ whoever joined in and took it

BEHIND_THE_HEAD = {"contacts": {"leitung": {"deputy": "wohnen-kontakt"}, "sprache-kontakt": {"deputy": None}}}


async def joined_and_took(stage: Stage, text: str) -> tuple[Someone, Someone, Someone]:
    """Let the head's deputy get what is for the head, and the next one join in and take it."""
    _, sprache, leitung = await desks(stage)
    maria = await stage.inquirer("Maria")
    await leitung.writes("/abwesend bis 13.3.")
    await maria.writes(text)
    await stage.live_until(stage.clock.now() + timedelta(minutes=31))
    await sprache.presses("btn-take", sprache.card(REF))
    return maria, sprache, leitung


async def test_whoever_joined_in_and_took_it_keeps_it_when_its_contact_is_back() -> None:
    async with raise_stage(make_book(BEHIND_THE_HEAD)) as stage:
        maria, sprache, leitung = await joined_and_took(stage, DANGER)
        told = maria.texts

        await leitung.writes("/anwesend")

        assert await who_has_it(stage) == (AssignmentState.TAKEN, DEPUTY_HOLDS)
        by = said("card-state-by", state=said("state-taken"), holder=DEPUTY_HOLDS)
        assert all(by in one.card(REF).text for one in (leitung, sprache))
        assert maria.texts == told


async def test_where_they_have_gone_too_it_waits_to_be_taken_and_the_person_knows_it() -> None:
    async with raise_stage(make_book(BEHIND_THE_HEAD)) as stage:
        maria, sprache, leitung = await joined_and_took(stage, DANGER)

        await sprache.writes("/abwesend bis 14.3.")

        assert await who_has_it(stage) == (AssignmentState.ASSIGNED, None)
        assert said("btn-take") in sprache.card(REF).buttons
        wohnen, own = stage.contact("wohnen-kontakt"), "Kontakt Wohnen"
        free = said("reminder-free-again", reference=REF, contact=DEPUTY_HOLDS) + "\n" + said("card-at-once")
        assert plain(wohnen.last.text) == said("relayed-urgent", line=free)
        assert (wohnen.last.reply_to, wohnen.last.quiet) == (wohnen.card(REF).message, False)
        untaken = said("released", reference=REF, contact=said("contact-deputy", deputy=own, contact="Leitung"))
        assert maria.last.text == "\n".join([untaken, said("danger-numbers"), said("danger-untaken")])

        told = maria.texts
        await leitung.writes("/anwesend")
        assert (await who_has_it(stage), maria.texts) == ((AssignmentState.ASSIGNED, None), told)


async def test_so_does_what_is_not_urgent_and_whoever_has_it_is_rung(stage: Stage) -> None:
    maria, (wohnen, sprache, leitung) = await stage.inquirer("Maria"), await desks(stage)
    await maria.writes(TO_HOUSING)
    await stage.live_until(datetime(2026, 3, 6, 10, tzinfo=UTC))
    await sprache.presses("btn-take", sprache.card(REF))
    told, due = maria.texts, (await stage.shares())[0].due_at

    await sprache.writes("/abwesend bis 13.3.")

    share = (await stage.shares())[0]
    assert (share.state, share.holder, share.taker, share.due_at) == (AssignmentState.ASSIGNED, None, None, due)
    assert plain(wohnen.last.text) == said("reminder-free-again", reference=REF, contact=DEPUTY_HOLDS)
    assert (wohnen.last.reply_to, wohnen.last.quiet) == (wohnen.card(REF).message, False)
    assert said("btn-take") in wohnen.card(REF).buttons
    assert maria.texts == told
    assert all("Von: " not in text for text in leitung.texts)
    assert [entry.data["by"] for entry in await stage.journal() if entry.event == "inquiry.released"] == [
        "sprache-kontakt"
    ]

    count = len(wohnen.received)
    await stage.live_until(datetime(2026, 3, 9, 12, tzinfo=UTC))
    since = "Donnerstag, 5. März, 09:00 Uhr"
    reminder = said("reminder-take", reference=REF, since=since)
    assert [reminder in text for text in wohnen.texts[count:]].count(True) == 1, "the steps began anew"
    assert leitung.card(REF)


async def test_where_whoever_has_it_is_away_too_it_stays_taken(stage: Stage) -> None:
    sprache = stage.contact("sprache-kontakt")
    await (await stage.inquirer("Maria")).writes(TO_HOUSING)
    await stage.live_until(datetime(2026, 3, 6, 10, tzinfo=UTC))
    await sprache.presses("btn-take", sprache.card(REF))

    now, until = stage.clock.now(), stage.clock.now() + timedelta(days=7)
    async with stage.database.transaction() as tx:
        for contact in ("wohnen-kontakt", "sprache-kontakt", "leitung"):
            await absences.put(tx, now, Absence(contact, now, until, contact))
        await absence.settle(stage.dialogue.turn(tx))

    assert (await stage.shares())[0].taker == "sprache-kontakt"


async def test_what_somebody_answered_who_joined_and_went_away_waits_to_be_taken_when_the_person_writes(
    stage: Stage,
) -> None:
    maria, (wohnen, sprache, _) = await stage.inquirer("Maria"), await desks(stage)
    await maria.writes(TO_HOUSING)
    await stage.live_until(datetime(2026, 3, 6, 10, tzinfo=UTC))
    await sprache.replies("Wann passt es Ihnen?", to=sprache.card(REF))
    count = len(wohnen.received)
    await sprache.writes("/abwesend bis 13.3.")
    assert (await who_has_it(stage), len(wohnen.received)) == ((AssignmentState.ANSWERED, None), count)

    await maria.replies("Am Montag")

    assert await who_has_it(stage) == (AssignmentState.ASSIGNED, None)
    assert said("btn-take") in wohnen.card(REF).buttons


async def test_whoever_took_it_before_and_stands_in_now_has_it_still(stage: Stage) -> None:
    maria, (wohnen, sprache, _) = await stage.inquirer("Maria"), await desks(stage)
    await maria.writes(TO_HOUSING)
    await stage.live_until(datetime(2026, 3, 6, 10, tzinfo=UTC))
    await sprache.presses("btn-take", sprache.card(REF))

    await wohnen.writes("/abwesend bis 13.3.")

    assert await who_has_it(stage) == (AssignmentState.TAKEN, DEPUTY_HOLDS)
    assert said("btn-take") not in sprache.card(REF).buttons
