"""What the inquirer is told when an inquiry closes, and the one question that follows: were you helped?

Asked once an inquiry, with the message that says it is closed: a person is not written to for this alone. Who got no
answer is not asked.
"""

from __future__ import annotations

from bot.model import Button, Event, Helped
from bot.services.case import Case
from bot.services.people import speaking
from bot.services.relaying import arriving
from bot.services.shares import filing
from bot.services.turn import Turn
from bot.store import feedback, journal


async def tell_closed(turn: Turn, case: Case) -> None:
    """Say that the inquiry is closed, and ask whether it helped unless nothing was answered or it was asked before."""
    person = case.person
    text = turn.say(person.language, "closed", reference=case.reference)
    text = speaking.with_numbers(turn, person.language, text, case.inquiry)
    answered = arriving.find_first_answer(await journal.list_of(turn.tx, case.inquiry.id)) is not None
    if not (answered and await feedback.mark_asked(turn.tx, turn.at, case.inquiry.id)):
        await turn.notice(person.address, text, inquiry_id=case.inquiry.id)
        return

    async def button(helped: Helped) -> Button:
        label = turn.say(person.language, f"btn-helped-{helped}")
        return await turn.button(person.address, label, "helped", case.inquiry.id, helped=helped)

    text += "\n\n" + turn.say(person.language, "helped-question")
    row = (await button(Helped.YES), await button(Helped.PARTLY), await button(Helped.NO))
    await turn.notice(person.address, text, inquiry_id=case.inquiry.id, buttons=(row,))


async def take_answer(turn: Turn, case: Case, helped: Helped) -> bool:
    """Keep the answer and thank; whoever still needs help gets a button for it. False if it was answered before."""
    if not await feedback.record(turn.tx, turn.at, case.inquiry.id, helped):
        return False
    await turn.note(Event.INQUIRY_RATED, case.inquiry.id, helped=helped)
    await filing.show_due_again(turn, case)
    person = case.person
    if helped is Helped.YES:
        await turn.notice(person.address, turn.say(person.language, "helped-thanks"), inquiry_id=case.inquiry.id)
        return True
    again = await turn.button(
        person.address, turn.say(person.language, "btn-reopen-own"), "reopen_own", case.inquiry.id
    )
    text = turn.say(person.language, "helped-what-is-missing", button=again.label)
    await turn.notice(person.address, text, inquiry_id=case.inquiry.id, buttons=((again,),))
    return True
