"""What belongs in the official file: marking, showing, warning before it is gone; retention goes on."""

from collections.abc import Awaitable, Callable

import pytest

from bot.services.case import get_case
from bot.services.shares import filing
from tests.support.rulebook import TO_HOUSING, make_book
from tests.support.stage import Someone, Stage, raise_stage, said

REF = "2026-0001"


async def marked(stage: Stage) -> tuple[Someone, Someone]:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.presses("btn-more")
    assert await wohnen.presses("btn-for-file") == (said("press-for-file"), False)
    return maria, wohnen


async def filed(stage: Stage) -> None:
    """Take the inquiry over, as the command does."""
    async with stage.database.transaction() as tx:
        turn = stage.dialogue.turn(tx)
        await filing.mark_filed(turn, await get_case(turn, 1), "operator")
    await stage.wait(seconds=1)


async def test_the_card_shows_the_mark_and_keeps_its_buttons(stage: Stage) -> None:
    _, wohnen = await marked(stage)

    assert said("card-for-file") in wohnen.card(REF).text
    assert said("btn-done") in wohnen.card(REF).buttons


async def test_a_mark_can_be_taken_away_and_both_are_in_the_journal(stage: Stage) -> None:
    _, wohnen = await marked(stage)
    await wohnen.presses("btn-more")
    assert await wohnen.presses("btn-not-for-file") == (said("press-not-for-file"), False)

    assert "📁" not in wohnen.card(REF).text
    entries = [one.data for one in await stage.journal() if one.event == "inquiry.for_file"]
    assert entries == [{"on": True, "by": "wohnen-kontakt"}, {"on": False, "by": "wohnen-kontakt"}]


async def test_a_closed_inquiry_can_be_marked(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.presses("btn-done")
    await wohnen.presses("btn-for-file")

    assert said("card-for-file") in wohnen.card(REF).text
    assert said("btn-not-for-file") in wohnen.card(REF).buttons


async def test_the_card_shows_that_it_was_taken_over_and_later_words_make_it_due_again(stage: Stage) -> None:
    maria, wohnen = await marked(stage)
    await stage.wait(minutes=5)
    await filed(stage)
    assert said("card-filed", at="Donnerstag, 5. März, 09:05 Uhr") in wohnen.card(REF).text
    await stage.wait(minutes=5)
    await maria.writes("Noch ein Wort dazu")
    await wohnen.replies("Ja", to=wohnen.card(REF))

    assert said("card-for-file") in wohnen.card(REF).text


async def a_note(maria: Someone, wohnen: Someone) -> None:
    await wohnen.replies("// Schlüssel liegt bereit", to=wohnen.card(REF))


async def another_word(maria: Someone, wohnen: Someone) -> None:
    await maria.writes("Noch ein Wort dazu")


async def a_word_of_the_office(maria: Someone, wohnen: Someone) -> None:
    await wohnen.replies("Noch ein Nachtrag", to=wohnen.card(REF))


async def a_change(maria: Someone, wohnen: Someone) -> None:
    await maria.edits(next(one for one in maria.shown if one.text == TO_HOUSING), "Unsere Wohnung ist vermietet")


async def a_changed_note(maria: Someone, wohnen: Someone) -> None:
    note = next(one for one in wohnen.shown if one.text.startswith("// Vorher"))
    await wohnen.edits(note, "// Nachher")


async def the_end(maria: Someone, wohnen: Someone) -> None:
    await wohnen.presses("btn-done", wohnen.card(REF))


async def a_withdrawal(maria: Someone, wohnen: Someone) -> None:
    await maria.presses("btn-withdraw")


LATER = [a_note, another_word, a_word_of_the_office, a_change, a_changed_note, the_end, a_withdrawal]


@pytest.mark.parametrize("later", LATER, ids=lambda later: later.__name__)
async def test_whatever_comes_after_the_export_has_to_be_exported_too(
    stage: Stage, later: Callable[[Someone, Someone], Awaitable[None]]
) -> None:
    maria, wohnen = await marked(stage)
    await wohnen.presses("btn-take")
    await wohnen.replies("// Vorher", to=wohnen.card(REF))
    await stage.wait(minutes=5)
    await filed(stage)
    assert not (await stage.inquiry()).is_to_be_filed
    await stage.wait(minutes=5)

    await later(maria, wohnen)

    assert (await stage.inquiry()).is_to_be_filed
    assert said("card-for-file") in wohnen.card(REF).text


async def test_what_is_only_done_at_the_desk_is_not_exported_again(stage: Stage) -> None:
    _, wohnen = await marked(stage)
    await filed(stage)
    await stage.wait(minutes=5)

    await wohnen.presses("btn-take")

    assert not (await stage.inquiry()).is_to_be_filed


async def test_an_administrator_sees_what_is_not_in_the_file_yet(stage: Stage) -> None:
    await marked(stage)
    head = stage.contact("leitung")
    await head.writes("/admin")
    line = said("admin-to-file", count=1, references=REF)
    assert line in head.last.text
    await stage.wait(minutes=1)
    await filed(stage)
    await head.writes("/admin")

    assert "python -m bot export" not in head.last.text


async def test_a_mark_does_not_stop_retention(stage: Stage) -> None:
    _, wohnen = await marked(stage)
    await wohnen.presses("btn-done")
    stage.clock.turn(days=90)
    await stage.sweeper.plan()
    await stage.wait()

    assert await stage.inquiries() == []


DAYS = [
    # label, days after closing, whether the digest warns
    ("three weeks before", 69, False),
    ("two weeks before", 76, True),
    ("the last day", 89, True),
]


@pytest.mark.parametrize(("label", "days", "warns"), DAYS, ids=[row[0] for row in DAYS])
async def test_the_digest_warns_before_what_is_marked_is_deleted(label: str, days: int, warns: bool) -> None:
    async with raise_stage(make_book({"reminders": {"digest": "08:15"}})) as stage:
        _, wohnen = await marked(stage)
        await wohnen.presses("btn-done")
        await stage.wait(days=days)
        text = await digest_of(stage)

    line = said("digest-file-line", reference=REF, day="3. Juni 2026")
    assert (text is not None and line in text) is warns


async def test_what_is_in_the_file_is_not_warned_of() -> None:
    async with raise_stage(make_book({"reminders": {"digest": "08:15"}})) as stage:
        _, wohnen = await marked(stage)
        await wohnen.presses("btn-done")
        await stage.wait(days=80)
        await filed(stage)

        assert await digest_of(stage) is None


async def digest_of(stage: Stage) -> str | None:
    """Return what the contact's digest says now; None if there is none."""
    from bot.services.shares.digest import _write

    async with stage.database.transaction() as tx:
        text, _ = await _write(stage.dialogue.turn(tx), "wohnen-kontakt")
    return None if text is None else text.replace("\u2068", "").replace("\u2069", "")
