"""Retention with the clock turned: every class of data, at its limit, just before and just after."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import AssignmentState, InquiryState, MessageKind
from bot.services.keeping import retention
from bot.services.people.invitations import add_invitation
from bot.store import skeletons
from tests.support.rulebook import (
    HOUSING,
    TO_EDUCATION,
    TO_HOUSING,
    TO_LANGUAGE,
    TO_WORK,
    UNCLEAR,
    make_book,
)
from tests.support.stage import FIRST_PERSON, Someone, Stage, raise_stage, said

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


async def test_a_first_answer_that_came_late_is_counted_late_whatever_was_promised_afterwards(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await stage.wait(days=7)
    await wohnen.replies("Gern", to=wohnen.card(REF))
    await maria.replies("Noch eine Frage")
    await wohnen.replies("Ja", to=wohnen.card(REF))
    await wohnen.presses("btn-done")

    await swept(stage, days=90)

    assert (await skeleton(stage))["in_time"] == 0


async def test_a_late_answer_is_counted_late_though_the_rest_was_moved_to_another_field(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await stage.wait(days=7)
    await wohnen.replies("Gern", to=wohnen.card(REF))
    await wohnen.presses("btn-hand", wohnen.card(REF))
    await wohnen.presses("Sprache", wohnen.card(REF))
    await stage.contact("sprache-kontakt").presses("btn-done")

    await swept(stage, days=90)

    assert (await skeleton(stage))["in_time"] == 0


async def test_nothing_of_the_inquiry_is_left_in_any_table(stage: Stage) -> None:
    maria, wohnen = await closed(stage)
    await swept(stage, days=90)
    await swept(stage, days=3)

    async with stage.database.reading() as tx:
        tables = [row["name"] for row in await tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
        # The migrations' own notes hold random numbers, in which a chat's may turn up.
        tables = [table for table in tables if not table.startswith("_yoyo")]
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


async def test_with_its_content_the_words_go_off_the_cards_and_stay_with_the_person(stage: Stage) -> None:
    maria, wohnen = await closed(stage)
    await maria.writes("Danke!", reply_to=maria.last)
    await maria.sends(MessageKind.PHOTO, "Der Balkon", reply_to=maria.last)
    [photo] = [one for one in wohnen.received if one.kind is MessageKind.PHOTO]
    assert "Der Balkon" in photo.text
    await wohnen.presses("btn-done")
    before = maria.shown

    await swept(stage, days=90)

    assert {(one.text, *one.buttons) for one in wohnen.received} == {(said("expired-card", reference=REF),)}
    assert maria.shown == before


async def test_who_answers_a_card_that_was_deleted_is_told_so_and_asked_nothing(stage: Stage) -> None:
    _maria, wohnen = await closed(stage)
    bela = await stage.inquirer("Bela")
    await swept(stage, days=89)
    await bela.writes(TO_HOUSING)
    await swept(stage, days=1)
    before = bela.texts
    card = next(one for one in wohnen.received if one.text == said("expired-card", reference=REF))

    await wohnen.replies("Ist das Zimmer noch frei?", to=card)

    assert wohnen.last.text == said("answer-unknown")
    assert wohnen.last.buttons == []
    assert await stage.count("desk_held") == 0
    assert bela.texts == before


async def test_so_is_who_answers_it_in_a_group(stage: Stage) -> None:
    maria, team = await stage.inquirer("Maria"), stage.contact("arbeit-kontakt")
    await maria.writes(TO_WORK)
    await team.presses("btn-done")
    await swept(stage, days=90)

    await team.replies("Noch da?", to=team.received[0])

    assert team.last.text == said("answer-unknown")


async def test_a_new_card_never_waits_for_long_behind_those_that_are_emptied(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.keeping.retention.EMPTIED_AT_ONCE", 2)
    wohnen = stage.contact("wohnen-kontakt")
    for number in range(5):
        person = await stage.inquirer(f"Person {number}")
        await person.writes(TO_HOUSING)
        await wohnen.presses("btn-done", wohnen.last)
    left = []

    await swept(stage, days=90)
    for _ in range(3):
        left.append(await stage.count("inquiries"))
        await stage.wait(seconds=retention.EMPTYING_TAKES.total_seconds() - 1)
        assert await stage.count("inquiries") == left[-1]
        await stage.wait(seconds=1)

    assert left == [3, 1, 0]


SENSITIVE = {"about_me": {"de": ["=ich"]}, "health": {"de": ["Krebs"]}}


async def written_again(stage: Stage) -> Someone:
    """Return somebody who was just asked about a new message, as their closed inquiry is about to be deleted."""
    maria, _ = await closed(stage)
    stage.clock.turn(days=90, minutes=-5)
    await maria.writes("Ich habe Krebs und suche einen Deutschkurs")
    return maria


async def test_who_has_just_written_again_is_not_deleted_with_their_last_inquiry() -> None:
    async with raise_stage(make_book({"sensitive": SENSITIVE})) as stage:
        await written_again(stage)

        await swept(stage, minutes=10)
        assert await stage.count("held") == 1
        await stage.wait(minutes=30)

        assert await stage.count("held") == 0
        assert "Deutschkurs" in stage.contact("sprache-kontakt").card("2026-0002").text


async def test_who_wrote_again_and_took_it_back_goes_the_next_night() -> None:
    async with raise_stage(make_book({"sensitive": SENSITIVE})) as stage:
        maria = await written_again(stage)
        await swept(stage, minutes=10)
        assert await stage.count("people") == 1
        await maria.presses("btn-sparing-rewrite")

        await swept(stage, days=1)

        assert await stage.count("people") == 0


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
    stage.clock.turn(days=5)  # so that they are over on a working day
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
    await swept(stage, days=33)

    assert maria.last.text == said("silent-unanswered", reference=REF)


async def test_what_is_silent_rings_at_nobodys_by_night_or_while_the_office_is_closed_for_easter(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    apology = said("silent-unanswered", reference=REF)

    await swept(stage, days=30, hours=14)
    assert apology not in maria.texts
    await stage.live_until(datetime(2026, 4, 7, 6, 59, tzinfo=UTC))
    assert apology not in maria.texts
    await stage.live_until(datetime(2026, 4, 7, 7, 1, tzinfo=UTC))
    assert maria.last.text == apology


async def handed(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    stage.clock.turn(days=29, hours=23)
    await wohnen.presses("btn-hand", wohnen.card(REF))
    await wohnen.presses("btn-colleagues")
    await wohnen.presses("Kontakt Sprache")


async def moved(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    stage.clock.turn(days=29, hours=23)
    await maria.presses("btn-other-topic")
    await maria.presses("Sprache")


async def asked_in(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    stage.clock.turn(days=29, hours=23)
    for label in ("btn-more", "btn-add-field", "Sprache"):
        await wohnen.presses(label, wohnen.card(REF))


async def opened_by_contact(stage: Stage) -> None:
    _, wohnen = await closed(stage)
    stage.clock.turn(days=45)
    await wohnen.presses("btn-reopen", wohnen.card(REF))


async def opened_by_person(stage: Stage) -> None:
    maria, _ = await closed(stage)
    await maria.presses("btn-helped-no")
    stage.clock.turn(days=31)
    await maria.presses("btn-reopen-own")


async def not_withdrawn(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await maria.presses("btn-withdraw")
    stage.clock.turn(days=31)
    await maria.presses("btn-undo-withdraw")


async def asked_again(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(UNCLEAR)
    inquiry = await stage.inquiry()
    await maria.presses_token(await stage.make_button(maria, "withdraw", inquiry.id))
    stage.clock.turn(days=31)
    await maria.presses("btn-undo-withdraw")


DONE_LATELY = [handed, moved, asked_in, opened_by_contact, opened_by_person, not_withdrawn, asked_again]


@pytest.mark.parametrize("done", DONE_LATELY, ids=lambda done: done.__name__)
async def test_what_was_opened_again_or_handed_on_has_its_time(
    stage: Stage, done: Callable[[Stage], Awaitable[None]]
) -> None:
    await done(stage)

    await swept(stage, hours=2)
    assert (await stage.inquiry()).closed_at is None
    await swept(stage, days=31)
    await stage.live_until(stage.clock.now() + timedelta(days=4))  # some of these end on a closed day

    assert (await stage.inquiry()).state is InquiryState.CLOSED


async def test_nothing_is_closed_while_an_answer_is_promised() -> None:
    book = make_book({"fields": {"wohnen": {"answer_within": "40 working days"}}})
    async with raise_stage(book) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)

        await swept(stage, days=31)
        assert (await stage.inquiry()).state is InquiryState.ASSIGNED
        await swept(stage, days=61)

        assert (await stage.inquiry()).state is InquiryState.CLOSED


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


async def a_year_old(stage: Stage) -> tuple[Someone, Someone]:
    """Return who wrote a year ago and whoever has it, with words on both sides until the last day but one."""
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    for _ in range(15):
        await swept(stage, days=24)
        await wohnen.replies("Noch nichts", to=wohnen.card(REF))
    return maria, wohnen


async def test_both_sides_are_told_when_an_open_inquiry_goes_and_nothing_of_that_is_kept(stage: Stage) -> None:
    maria, wohnen = await a_year_old(stage)
    await swept(stage, days=5)

    assert maria.last.text == said("expired", reference=REF, longest="365 Tage")
    assert wohnen.last.text == said("expired-contact", reference=REF, longest="365 Tage")
    [card] = [one for one in wohnen.received if one.message == wohnen.last.reply_to]
    assert card.text == said("expired-card", reference=REF)
    assert (await stage.count("people"), await stage.count("inquiries")) == (0, 0)
    async with stage.database.reading() as tx:
        assert await tx.all("SELECT id FROM outbox WHERE instr(draft, :reference)", reference=REF) == []
    await maria.writes(TO_HOUSING)
    await maria.goes_on()
    assert "Wohnung steht leer" in wohnen.card("2027-0001").text


async def test_what_is_open_after_a_year_goes_by_day_and_what_is_closed_by_night(stage: Stage) -> None:
    stage.clock.turn(hours=11)  # so that the year is over in the evening
    maria, paul, wohnen = await stage.inquirer("Maria"), await stage.inquirer("Paul"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await paul.writes(TO_HOUSING)
    stage.clock.turn(days=364)
    await wohnen.presses("btn-done", wohnen.card(REF))
    await wohnen.replies("Noch nichts", to=wohnen.card("2026-0002"))
    await stage.sweeper.plan()

    await stage.live_until(datetime(2027, 3, 6, 7, 59, tzinfo=UTC))
    assert [one.reference for one in await stage.inquiries()] == ["2026-0002"]
    told = said("expired", reference="2026-0002", longest="365 Tage")
    assert told not in paul.texts
    await stage.live_until(datetime(2027, 3, 6, 8, 1, tzinfo=UTC))

    assert await stage.inquiries() == []
    assert paul.last.text == told


async def test_whoever_joined_in_is_told_too(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await stage.live_until(stage.clock.now() + timedelta(days=1, hours=1))
    sprache = stage.contact("sprache-kontakt")
    await sprache.presses("btn-take", sprache.card(REF))
    stage.clock.turn(days=365)
    await sprache.replies("Noch nichts", to=sprache.card(REF))

    await swept(stage, seconds=1)

    told = said("expired-contact", reference=REF, longest="365 Tage")
    assert [one.texts.count(told) for one in (wohnen, sprache)] == [1, 1]


async def test_of_an_inquiry_that_was_closed_before_its_year_is_over_nobody_is_told_again(stage: Stage) -> None:
    maria, wohnen = await a_year_old(stage)
    await wohnen.presses("btn-done")
    before = (len(maria.received), len(wohnen.received))
    await swept(stage, days=5)

    assert await stage.count("inquiries") == 0
    assert (len(maria.received), len(wohnen.received)) == before


async def test_who_no_longer_has_it_by_then_is_not_told(stage: Stage) -> None:
    _, wohnen = await a_year_old(stage)
    await wohnen.presses("btn-hand", wohnen.card(REF))
    await wohnen.presses("Sprache", wohnen.card(REF))
    await swept(stage, days=5)

    told = said("expired-contact", reference=REF, longest="365 Tage")
    assert told not in wohnen.texts
    assert stage.contact("sprache-kontakt").last.text == told


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
        "a parked message to somebody",
        """INSERT INTO outbox (channel, chat, kind, purpose, state, draft, created_at, due_at, error)
           VALUES ('telegram', 7, 'text', 'notice', 'parked', '{}', :at, :at, 'sought')""",
        "outbox",
        timedelta(days=30),
    ),
    (
        "a notice that was sent",
        """INSERT INTO outbox (channel, chat, kind, purpose, state, draft, created_at, due_at, error)
           VALUES ('telegram', 7, 'text', 'notice', 'sent', '{}', :at, :at, 'sought')""",
        "outbox",
        timedelta(hours=48),
    ),
    (
        "a handled update",
        """INSERT INTO inbox (channel, meaning, lane, raw, state, received_at, done_at)
           VALUES ('telegram', 'm', '', '', 'done', :at, :at)""",
        "inbox",
        timedelta(days=2, microseconds=1),
    ),
    (
        "a button of no inquiry",
        """INSERT INTO buttons (token, action, channel, chat, data, created_at)
           VALUES ('sought', 'open_page', 'telegram', 7, '{}', :at)""",
        "buttons",
        timedelta(days=365),
    ),
    (
        "the hash of a deletion",
        "INSERT INTO deletions (hash, kind, deleted_at) VALUES ('sought', 'person', :at)",
        "deletions",
        timedelta(days=365),
    ),
    (
        "a journal entry of no inquiry",
        "INSERT INTO journal (at, event, data) VALUES (:at, 'reach.changed', '{}')",
        "journal",
        timedelta(days=365),
    ),
]


SOUGHT = {
    "inbox": "meaning = 'm'",
    "invitations": "hash = 'h'",
    "journal": "event = 'reach.changed'",
    "outbox": "error = 'sought'",
    "buttons": "token = 'sought'",
    "deletions": "hash = 'sought'",
}


@pytest.mark.parametrize(("label", "sql", "table", "kept"), LOOSE, ids=[row[0] for row in LOOSE])
async def test_what_belongs_to_no_inquiry_goes_in_its_time(
    stage: Stage, label: str, sql: str, table: str, kept: timedelta
) -> None:
    async with stage.database.transaction() as tx:
        await tx.run(f"DELETE FROM {table}")
        await tx.run(sql, at=stage.clock.now().isoformat(timespec="microseconds"))

    async def there() -> bool:
        async with stage.database.reading() as tx:
            return bool(await tx.all(f"SELECT 1 FROM {table} WHERE {SOUGHT[table]}"))

    if kept:
        await swept(stage, seconds=kept.total_seconds() - 1)
        assert await there()
        await swept(stage, seconds=1)
    else:
        await swept(stage)
    assert not await there()


async def test_much_is_deleted_in_portions_in_one_night(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.keeping.retention.PORTION", 2)
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


def numbered(sql: str, number: int) -> str:
    """Return the statement with what must be unique in a table made so."""
    for word in ("m", "h", "sought"):
        sql = sql.replace(f"'{word}'", f"'{word}{number}'")
    return sql.replace("'telegram', 7, '{}'", f"'telegram', {number}, '{{}}'")


@pytest.mark.parametrize(("label", "sql", "table", "kept"), LOOSE, ids=[row[0] for row in LOOSE])
async def test_what_belongs_to_no_inquiry_goes_in_portions_too(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, label: str, sql: str, table: str, kept: timedelta
) -> None:
    """Hundreds of thousands at once would hold up everybody, until the bot's own watchdog ends it."""
    for module in ("retention", "expiring"):
        monkeypatch.setattr(f"bot.services.keeping.{module}.LOOSE_PORTION", 1)
    async with stage.database.transaction() as tx:
        await tx.run(f"DELETE FROM {table}")
        for number in range(3):
            await tx.run(numbered(sql, number), at=stage.clock.now().isoformat(timespec="microseconds"))
    stage.clock.turn(seconds=kept.total_seconds())
    left = []
    for _ in range(4):
        async with stage.database.transaction() as tx:
            done = await retention.run(stage.dialogue.turn(tx))
            left.append((len(await tx.all(f"SELECT 1 FROM {table}")), done.more))

    assert left == [(2, True), (1, True), (0, True), (0, False)]


async def test_the_timer_goes_on_at_once_while_notices_are_left(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.keeping.retention.LOOSE_PORTION", 1)
    _, sql, table, kept = next(row for row in LOOSE if row[2] == "outbox")
    async with stage.database.transaction() as tx:
        for _ in range(3):
            await tx.run(sql, at=stage.clock.now().isoformat(timespec="microseconds"))
    await swept(stage, seconds=kept.total_seconds())
    for _ in range(4):
        await stage.wait(seconds=1)

    async with stage.database.reading() as tx:
        assert await tx.all(f"SELECT 1 FROM {table} WHERE {SOUGHT[table]}") == []


async def test_the_next_night_is_the_offices(stage: Stage) -> None:
    await stage.sweeper.plan()
    await stage.wait()

    async with stage.database.reading() as tx:
        due = await tx.all("SELECT due_at FROM timers WHERE kind = 'retention'")
    assert [datetime.fromisoformat(row["due_at"]).strftime("%m-%d %H:%M") for row in due] == ["03-06 02:15"]


# ------------------------------------------------------------ what is kept for hours


async def test_what_waits_for_the_notice_goes_after_24_hours_and_its_writer_with_it(stage: Stage) -> None:
    maria = stage.person("Maria")
    await maria.writes(TO_HOUSING)

    await stage.wait(hours=24, seconds=-1)
    assert (await stage.count("held"), await stage.count("people")) == (1, 1)
    await stage.wait(seconds=1)

    assert (await stage.count("held"), await stage.count("people")) == (0, 0)


async def test_what_a_fault_left_waiting_for_a_choice_goes_in_its_time(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    for words in (TO_HOUSING, TO_LANGUAGE, "Und noch etwas"):
        await maria.writes(words)
    async with stage.database.transaction() as tx:
        await tx.run("DELETE FROM timers WHERE kind = 'which'")

    await stage.wait(hours=24, minutes=29)
    assert await stage.count("held") == 2
    await stage.wait(minutes=1)

    assert await stage.count("held") == 0
    assert (await stage.events()).count("held.expired") == 2
    assert maria.last.text.startswith("2 Nachrichten von Ihnen, die erste von "), "they wait for an answer"
    assert "liegen geblieben" in maria.last.text


async def test_an_invitation_nobody_took_is_gone_after_24_hours(stage: Stage) -> None:
    async with stage.database.transaction() as tx:
        await add_invitation(tx, stage.clock.now(), "bildung-kontakt")

    await swept(stage, hours=24, seconds=-1)
    assert await stage.count("invitations") == 1
    await swept(stage, seconds=1)

    assert await stage.count("invitations") == 0


async def test_purging_by_hand_does_what_the_sweeper_does_while_the_bot_stands_still(stage: Stage) -> None:
    maria = stage.person("Maria")
    await maria.writes(TO_HOUSING)
    stage.clock.turn(hours=24)
    async with stage.database.transaction() as tx:
        done = await retention.run(stage.dialogue.turn(tx))

    assert (done.counts["held"], done.counts["unnoticed"]) == (1, 1)
    assert await stage.count("held") == 0


async def test_the_log_says_how_much_of_what_and_nothing_of_whom(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot.services.keeping.retention")
    await closed(stage)
    await swept(stage, days=90)

    [line] = [record.getMessage() for record in caplog.records if "content" in record.getMessage()]
    assert line.startswith("retention: ")
    assert "content 1" in line
    assert not [mark for mark in ("Maria", str(FIRST_PERSON), REF) if mark in line]
    assert [one.data["content"] for one in await stage.journal() if one.event == "retention.ran"] == [1]


async def test_a_contact_who_once_tried_the_bot_keeps_the_cards_when_that_is_forgotten(stage: Stage) -> None:
    tester = await stage.inquirer("Tester")
    await tester.writes(TO_HOUSING)
    await tester.presses("btn-withdraw")
    contact = await stage.invited("bildung-kontakt", tester.address.chat)
    await swept(stage, days=80)
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_EDUCATION)

    await swept(stage, days=11)

    assert await stage.count("people") == 1
    await contact.presses("btn-take", contact.card("2026-0002"))
    assert (await stage.shares())[0].state is AssignmentState.TAKEN
    await maria.writes("Und noch eine Frage zur Schule")
    assert "Und noch eine Frage zur Schule" in contact.last.text
