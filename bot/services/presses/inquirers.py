"""What the buttons of people who write from outside do, each for its own person only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.model import OPEN_STATES, ButtonPress, DeliveryKind, Draft, Helped, InquiryState, Person
from bot.services import gate
from bot.services.case import Case, get_case
from bot.services.inquirers import (
    choosing,
    correcting,
    deletion,
    inquirer,
    intake,
    notice,
    offering,
    questions,
    which_inquiry,
)
from bot.services.people.naming import who_has
from bot.services.pressing import NOT_HERE, STALE, Answered, Said
from bot.services.shares import assigning, ending, feedback, handing, promise, receipts
from bot.services.turn import Turn
from bot.store import assignments, held, outbox, people
from bot.store.buttons import StoredButton
from bot.store.held import HeldFor
from bot.store.messages import INQUIRER


async def on_press(turn: Turn, press: ButtonPress, button: StoredButton) -> Answered:
    """Carry out a person's press, or return why not."""
    person = await people.find_by_address(turn.tx, button.address)
    if person is None:
        return STALE
    refusal = await gate.refusal(turn, person, button.action)
    if refusal is not None:
        return refusal
    if button.action == "page":
        answered = await _show_page(turn, person, press, button)
    elif button.inquiry_id is None:
        action = FOR_PEOPLE.get(button.action)
        answered = STALE if action is None else await action(turn, person, button)
    else:
        case = await get_case(turn, button.inquiry_id)
        if case.person.id != person.id:
            return NOT_HERE
        of_inquiry = FOR_INQUIRERS.get(button.action)
        answered = STALE if of_inquiry is None else await of_inquiry(turn, case, button)
    if button.action in ONCE:
        await _clear_buttons(turn, press)
    return answered


async def _go_on(turn: Turn, person: Person, button: StoredButton) -> Answered:
    await inquirer.accept_notice(turn, person, str(button.data["language"]), named="named" in button.data)
    return None


async def _privacy(turn: Turn, person: Person, button: StoredButton) -> Answered:
    await notice.show_privacy(turn, person, str(button.data.get("language", person.language)))
    return None


async def _language(turn: Turn, person: Person, button: StoredButton) -> Answered:
    await inquirer.set_language(turn, person, str(button.data["language"]))
    return None


async def _show_page(turn: Turn, person: Person, press: ButtonPress, button: StoredButton) -> Answered:
    """Show another page of what is offered; of where a message belongs only while it is still asked."""
    offered = await OFFERS[str(button.data["of"])](turn, person)
    if offered.action == "which" and not await held.list_of(turn.tx, person.id, HeldFor.WHICH):
        return STALE
    buttons = await offering.rows(turn, person, offered, int(button.data["page"]))
    await offering.show_page(turn, press, buttons, offered.inquiries)
    return None


async def _which_new(turn: Turn, person: Person, button: StoredButton) -> Answered:
    return STALE if await which_inquiry.release(turn, person, None) is None else None


async def _sparing_on(turn: Turn, person: Person, button: StoredButton) -> Answered:
    return None if await inquirer.release_sparing(turn, person) else STALE


async def _sparing_rewrite(turn: Turn, person: Person, button: StoredButton) -> Answered:
    return None if await inquirer.drop_sparing(turn, person) else STALE


async def _which(turn: Turn, case: Case, button: StoredButton) -> Answered:
    return STALE if await which_inquiry.release(turn, case.person, case.inquiry.id) is None else None


async def _choose(turn: Turn, case: Case, button: StoredButton) -> Answered:
    named = [str(button.data[key]) for key in ("field", "also") if key in button.data]
    return await choosing.choose(turn, case, list(dict.fromkeys([turn.book.known(field) for field in named])))


async def _other_topic(turn: Turn, case: Case, button: StoredButton) -> Answered:
    shares = await assignments.list_open_of(turn.tx, case.inquiry.id)
    if not shares or case.inquiry.is_urgent:
        return STALE
    fields = [field for field in turn.book.rules.fields if field not in {share.field for share in shares}]
    await intake.ask_field(turn, case, fields, "ask-move", "move_own")
    return None


async def _move_own(turn: Turn, case: Case, button: StoredButton) -> Answered:
    """Move the inquiry to where its person says; with several shares, all of them: the person knows what is meant."""
    field = turn.book.known(str(button.data["field"]))
    shares = await assignments.list_open_of(turn.tx, case.inquiry.id)
    moving = [share for share in shares if share.field != field]
    if not shares or case.inquiry.is_urgent:
        return STALE
    if not moving:
        return Said("press-there-already", {"contact": who_has(turn, case.person.language, shares[0])})
    await assigning.move_all(turn, case, moving, field)
    return None


async def _withdraw(turn: Turn, case: Case, button: StoredButton) -> Answered:
    if case.inquiry.state not in OPEN_STATES:
        return STALE
    await ending.withdraw(turn, case)
    return None


async def _undo_withdraw(turn: Turn, case: Case, button: StoredButton) -> Answered:
    if case.inquiry.state is not InquiryState.WITHDRAWN:
        return STALE
    shares = await handing.reopen(turn, case, INQUIRER)
    for share in shares:
        await assigning.tell_desk(turn, case, share, "withdrawn-undone")
    text = turn.say(case.person.language, "reopened", reference=case.reference)
    text = await promise.with_date(turn, case.person.language, text, case.inquiry.id)
    buttons = await receipts.correction_buttons(turn, case) if shares else None
    await turn.notice(case.person.address, text, inquiry_id=case.inquiry.id, buttons=buttons)
    if not shares:
        await intake.ask_again(turn, case)
    return None


async def _delete_one(turn: Turn, case: Case, button: StoredButton) -> Answered:
    await deletion.delete_one(turn, case.person, case.inquiry.id)
    return None


async def _delete_all(turn: Turn, person: Person, button: StoredButton) -> Answered:
    await deletion.ask_again(turn, person)
    return None


async def _delete_sure(turn: Turn, person: Person, button: StoredButton) -> Answered:
    await deletion.delete_all(turn, person)
    return None


async def _delete_keep(turn: Turn, person: Person, button: StoredButton) -> Answered:
    await deletion.keep(turn, person)
    return None


async def _change_one(turn: Turn, case: Case, button: StoredButton) -> Answered:
    await correcting.show(turn, case)
    return None


async def _change_place(turn: Turn, case: Case, button: StoredButton) -> Answered:
    await correcting.ask_place(turn, case)
    return None


async def _change_no_place(turn: Turn, case: Case, button: StoredButton) -> Answered:
    await correcting.set_place(turn, case, None)
    return None


async def _change_keep(turn: Turn, case: Case, button: StoredButton) -> Answered:
    await correcting.keep_place(turn, case)
    return None


async def _change_who(turn: Turn, case: Case, button: StoredButton) -> Answered:
    await correcting.ask_who(turn, case)
    return None


async def _change_set_who(turn: Turn, case: Case, button: StoredButton) -> Answered:
    for audience in correcting.AUDIENCES:
        if audience == button.data["audience"]:
            await correcting.set_who(turn, case, audience)
            return None
    return STALE


async def _helped(turn: Turn, case: Case, button: StoredButton) -> Answered:
    return None if await feedback.take_answer(turn, case, Helped(str(button.data["helped"]))) else STALE


async def _reopen_own(turn: Turn, case: Case, button: StoredButton) -> Answered:
    if case.inquiry.state is not InquiryState.CLOSED:
        return STALE
    for share in await handing.reopen(turn, case, INQUIRER):
        await assigning.tell_desk(turn, case, share, "reopened-by-person")
    text = turn.say(case.person.language, "reopened-tell-more", reference=case.reference)
    text = await promise.with_date(turn, case.person.language, text, case.inquiry.id)
    await turn.notice(case.person.address, text, inquiry_id=case.inquiry.id)
    return None


async def _clear_buttons(turn: Turn, press: ButtonPress) -> None:
    """Take the buttons off the message pressed, and what it says of them: nobody should go by what no longer holds."""
    delivery = await outbox.find_sent(turn.tx, press.address, press.message)
    if delivery is not None:
        text = receipts.without_hint(turn, notice.without_offer(turn, delivery.draft.text or ""))
        await questions.put_away(turn, delivery, text)
        return
    # A question that came twice: which number the first copy got nobody knows but whoever taps it.
    await turn.send(Draft(press.address, DeliveryKind.EDIT_BUTTONS, buttons=(), message=press.message, forget=True))


# What is offered page by page, under what the button of an inquiry does.
OFFERS: dict[str, Callable[[Turn, Person], Awaitable[offering.Offer]]] = {
    "delete_one": deletion.choices,
    "change_one": correcting.choices,
    "which": which_inquiry.choices,
}
FOR_PEOPLE: dict[str, Callable[[Turn, Person, StoredButton], Awaitable[Answered]]] = {
    "go_on": _go_on,
    "privacy": _privacy,
    "language": _language,
    "which_new": _which_new,
    "sparing_on": _sparing_on,
    "sparing_rewrite": _sparing_rewrite,
    "delete_all": _delete_all,
    "delete_sure": _delete_sure,
    "delete_keep": _delete_keep,
}
FOR_INQUIRERS: dict[str, Callable[[Turn, Case, StoredButton], Awaitable[Answered]]] = {
    "which": _which,
    "choose": _choose,
    "other_topic": _other_topic,
    "move_own": _move_own,
    "withdraw": _withdraw,
    "undo_withdraw": _undo_withdraw,
    "helped": _helped,
    "delete_one": _delete_one,
    "change_one": _change_one,
    "change_place": _change_place,
    "change_no_place": _change_no_place,
    "change_keep": _change_keep,
    "change_who": _change_who,
    "change_set_who": _change_set_who,
    "reopen_own": _reopen_own,
}
# These end a question or a choice: their message keeps no buttons.
ONCE = frozenset(
    {
        "go_on",
        "language",
        "which_new",
        "sparing_on",
        "sparing_rewrite",
        "which",
        "choose",
        "move_own",
        "withdraw",
        "undo_withdraw",
        "helped",
        "reopen_own",
        "change_one",
        "change_place",
        "change_no_place",
        "change_keep",
        "change_who",
        "change_set_who",
        "delete_all",
        "delete_keep",
    }
)
