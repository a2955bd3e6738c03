"""Whole weeks in an office, told as people live them: everything is done when it falls due.

The office is open on Monday, Tuesday and Friday from 8:00 to 12:30, on Thursday also from 13:30 to 17:30. A line of a
diary says when, to whom, and which text; redrawn cards are left out.
"""

from zoneinfo import ZoneInfo

from bot.store import absences
from bot.store.absences import Absence
from tests.support.clock import ManualClock, berlin
from tests.support.rulebook import HEAD, HOUSING, LANGUAGE, TO_HOUSING, make_book
from tests.support.stage import Stage, raise_stage

WITH_DIGEST = make_book({"reminders": {"digest": "08:15"}})
NAMES = {HOUSING: "housing", LANGUAGE: "deputy", HEAD: "head"}
# What a message begins with or holds → what the diary calls it.
KINDS = {
    "ist angekommen": "receipt",
    "Von: ": "card",
    "Noch hat niemand": "remind",
    "Sie bekommen": "told why",
    "ist überfällig": "overdue",
    "hat die Anfrage jetzt auch": "told who joined",
    "ist bald fällig": "due soon",
    "länger als versprochen": "slipped",
    "kümmert sich": "taken",
    "Morgenübersicht für": "digest",
    "Antwort von": "answer",
    "Gesendet an": "sent",
}


def diary(stage: Stage) -> list[str]:
    """Return what everybody was told since the first inquiry, oldest first."""
    lines = []
    for one in stage.telegram.carried:
        kind = next((name for mark, name in KINDS.items() if mark in (one.draft.text or "")), None)
        if kind is not None and one.draft.edits is None and one.created_at is not None:
            at = one.created_at.astimezone(ZoneInfo("Europe/Berlin"))
            lines.append(f"{at:%a %d.%m. %H:%M} {NAMES.get(one.address.chat, 'maria')}: {kind}")
    return lines


async def test_a_week_with_public_holidays_and_a_change_of_clocks() -> None:
    """Written on the Friday before the clocks go forward; the week after ends with Good Friday, then Easter Monday."""
    async with raise_stage(WITH_DIGEST, ManualClock(berlin("2026-03-27 12:00"))) as stage:
        await stage.sweeper.plan()
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        assert "Dienstag, 31. März, 12:30 Uhr" in maria.last.text

        await stage.live_until(berlin("2026-04-07 18:00"))

        assert diary(stage) == [
            "Fri 27.03. 12:00 housing: card",
            "Fri 27.03. 12:00 maria: receipt",
            "Mon 30.03. 08:15 housing: digest",
            "Mon 30.03. 11:30 housing: remind",
            "Tue 31.03. 08:15 housing: digest",
            "Tue 31.03. 08:30 housing: due soon",
            "Tue 31.03. 11:00 deputy: card",
            "Tue 31.03. 11:00 housing: told who joined",
            "Tue 31.03. 11:00 deputy: told why",
            "Tue 31.03. 12:30 maria: slipped",
            "Tue 31.03. 12:30 head: card",
            "Tue 31.03. 12:30 head: told why",
            "Tue 31.03. 12:30 housing: overdue",
            "Tue 31.03. 12:30 deputy: overdue",
            *[f"{day} 08:15 {who}: digest" for day in ("Thu 02.04.", "Tue 07.04.") for who in NAMES.values()],
        ]


async def test_contact_and_deputy_are_both_silent_over_a_weekend_until_somebody_answers() -> None:
    async with raise_stage(WITH_DIGEST, ManualClock(berlin("2026-03-06 11:00"))) as stage:
        maria, head = await stage.inquirer(), stage.contact("leitung")
        await maria.writes(TO_HOUSING)

        await stage.live_until(berlin("2026-03-12 10:00"))
        await head.replies("Ich kümmere mich darum.", to=head.card())
        await stage.live_until(berlin("2026-03-20 18:00"))

        assert diary(stage) == [
            "Fri 06.03. 11:00 housing: card",
            "Fri 06.03. 11:00 maria: receipt",
            "Mon 09.03. 10:30 housing: remind",
            "Tue 10.03. 08:30 housing: due soon",
            "Tue 10.03. 10:00 deputy: card",
            "Tue 10.03. 10:00 housing: told who joined",
            "Tue 10.03. 10:00 deputy: told why",
            "Tue 10.03. 12:30 maria: slipped",
            "Tue 10.03. 12:30 head: card",
            "Tue 10.03. 12:30 head: told why",
            "Tue 10.03. 12:30 housing: overdue",
            "Tue 10.03. 12:30 deputy: overdue",
            "Thu 12.03. 10:00 maria: answer",
            "Thu 12.03. 10:00 head: sent",
        ]


async def test_contact_and_deputy_are_both_away_over_the_weekend_and_the_head_answers_in_time() -> None:
    async with raise_stage(WITH_DIGEST, ManualClock(berlin("2026-03-06 11:00"))) as stage:
        await stage.sweeper.plan()
        async with stage.database.transaction() as tx:
            for contact in ("wohnen-kontakt", "sprache-kontakt"):
                away = Absence(contact, stage.clock.now(), berlin("2026-03-20 00:00"), contact)
                await absences.put(tx, stage.clock.now(), away)
        maria, head = await stage.inquirer(), stage.contact("leitung")
        await maria.writes(TO_HOUSING)

        await stage.live_until(berlin("2026-03-10 09:00"))
        await head.replies("Gerne!", to=head.card())
        await stage.live_until(berlin("2026-03-19 18:00"))

        assert diary(stage) == [
            "Fri 06.03. 11:00 head: card",
            "Fri 06.03. 11:00 maria: receipt",
            "Mon 09.03. 08:15 head: digest",
            "Mon 09.03. 10:30 head: remind",
            "Tue 10.03. 08:15 head: digest",
            "Tue 10.03. 08:30 head: due soon",
            "Tue 10.03. 09:00 maria: answer",
            "Tue 10.03. 09:00 head: sent",
        ]
