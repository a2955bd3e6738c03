"""The receipt: where the inquiry is, why, until when, and what can be done about it."""

from datetime import UTC, datetime

import pytest

from tests.support.builders import make_decision
from tests.support.clock import ManualClock
from tests.support.rulebook import DANGER, TO_HOUSING, TO_WORK, TO_WORK_AND_HOUSING, UNKNOWN, make_book
from tests.support.stage import Stage, raise_stage, said

REF = "2026-0001"

# Open Mon, Tue, Fri 8:00–12:30 and Thu also 13:30–17:30; local time is one hour ahead of UTC, two from 29 March on.
DUE = [
    # label, written at (UTC), text, answer by, opens again (None while open)
    ("housing, two working days", "2026-03-05 08:00", TO_HOUSING, "Montag, 9. März, 12:30 Uhr", None),
    ("work, one working day", "2026-03-05 08:00", TO_WORK, "Freitag, 6. März, 12:30 Uhr", None),
    (
        "in the lunch break",
        "2026-03-05 12:00",
        TO_WORK,
        "Freitag, 6. März, 12:30 Uhr",
        "Donnerstag, 5. März, 13:30 Uhr",
    ),
    ("one minute to closing", "2026-03-05 16:29", TO_WORK, "Freitag, 6. März, 12:30 Uhr", None),
    ("at closing", "2026-03-05 16:30", TO_WORK, "Montag, 9. März, 12:30 Uhr", "Freitag, 6. März, 08:00 Uhr"),
    ("on a Saturday", "2026-03-07 10:00", TO_WORK, "Dienstag, 10. März, 12:30 Uhr", "Montag, 9. März, 08:00 Uhr"),
    ("over the change of the clocks", "2026-03-27 09:00", TO_WORK, "Montag, 30. März, 12:30 Uhr", None),
    (
        "over Easter",
        "2026-04-02 16:00",
        TO_HOUSING,
        "Freitag, 10. April, 12:30 Uhr",
        "Dienstag, 7. April, 08:00 Uhr",
    ),
]


@pytest.mark.parametrize(("label", "written", "text", "due", "opening"), DUE, ids=[row[0] for row in DUE])
async def test_the_receipt_says_until_when(label: str, written: str, text: str, due: str, opening: str | None) -> None:
    async with raise_stage(clock=ManualClock(datetime.fromisoformat(written).replace(tzinfo=UTC))) as stage:
        maria = await stage.inquirer()
        await maria.writes(text)

        assert said("receipt-due", due=due) in maria.last.text
        begins = said("receipt-closed-now", opening="…").partition("…")[0]
        closed = [line for line in maria.last.text.splitlines() if line.startswith(begins)]
        assert closed == ([] if opening is None else [said("receipt-closed-now", opening=opening)])


async def test_the_receipt_names_the_contact_the_topic_and_the_reason(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)

    assert maria.last.text == "\n".join(
        [
            said("receipt", reference=REF, contact="Kontakt Wohnen", field="Wohnen"),
            said("receipt-why", words="„Wohnung“"),
            said("receipt-due", due="Montag, 9. März, 12:30 Uhr"),
            "",
            said("receipt-wrong", button=said("btn-other-topic")),
        ]
    )
    assert maria.last.buttons == [said("btn-other-topic"), said("btn-withdraw")]


async def test_once_withdrawn_the_receipt_speaks_of_no_button_that_is_gone(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    receipt = maria.last

    await maria.presses("btn-withdraw")

    left = stage.telegram.chats[maria.address.chat][receipt.message]
    assert left.buttons == []
    assert receipt.text.startswith(left.text)
    assert left.text.endswith(said("receipt-due", due="Montag, 9. März, 12:30 Uhr"))


async def test_for_the_general_contact_there_is_no_topic_and_no_reason(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    await maria.presses("btn-something-else")

    assert maria.last.text.startswith(said("receipt-general", reference=REF, contact="Leitung"))
    assert said("receipt-due", due="Dienstag, 10. März, 12:30 Uhr") in maria.last.text
    assert said("receipt-why", words="") not in maria.last.text


async def test_with_two_topics_each_contact_stands_with_its_reason_and_the_later_date_counts(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)

    work = said("receipt-contact", contact="Kontakt Arbeit", field="Arbeit")
    housing = said("receipt-contact", contact="Kontakt Wohnen", field="Wohnen")
    assert f"• {work} – {said('receipt-why', words='„Stelle“ und „Backstube“')}" in maria.last.text
    assert f"• {housing} – {said('receipt-why', words='„Zimmer“')}" in maria.last.text
    assert said("receipt-due", due="Montag, 9. März, 12:30 Uhr") in maria.last.text


async def test_with_three_topics_the_receipt_does_not_speak_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    async with raise_stage(make_book()) as stage:
        maria = await stage.inquirer()
        three = make_decision("arbeit", "wohnen", "sprache")
        monkeypatch.setattr(stage.book.router, "decide", lambda _: three)
        await maria.writes("Wohnung, Kurs und Stelle")

        assert len(await stage.shares()) == 3
        assert "zwei" not in maria.last.text


async def test_the_receipt_for_words_of_danger_names_no_date_but_who_has_them_marked_urgent(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(DANGER)

    assert maria.last.text == said("receipt-urgent", reference=REF, contact="Leitung")
    assert maria.last.buttons == [said("btn-withdraw")]


async def test_nor_does_anything_after_it_name_a_date(stage: Stage) -> None:
    maria, leitung = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await leitung.replies("Wo sind Sie?")
    await maria.writes("Zu Hause")
    await maria.writes("/status")
    await leitung.presses("btn-done")
    await maria.replies("Er ist wieder da", to=next(one for one in maria.received if REF in one.text))
    await maria.writes("/status")

    assert not [text for text in maria.texts if "Antwort bis" in text]


async def test_the_receipt_speaks_the_persons_language(stage: Stage) -> None:
    mary = await stage.inquirer("Mary", "en")
    await mary.writes("I am looking for a flat")

    assert mary.last.text.startswith(said("receipt", "en", reference=REF, contact="Kontakt Wohnen", field="Housing"))
    assert said("receipt-due", "en", due="Monday, 9 March, 12:30") in mary.last.text
