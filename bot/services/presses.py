"""What happens when a button is pressed: one table of actions, each checked again when it is carried out.

A button's token is client input. What it means stands in its row; whether it still holds is asked of the state now:
pressed in the chat it was made for, by a contact that is still one, for an inquiry that can still go that way.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.errors import NotFoundError
from bot.model import (
    OPEN_ASSIGNMENTS,
    OPEN_STATES,
    Assignment,
    AssignmentState,
    ButtonPress,
    DeliveryKind,
    Draft,
    InquiryState,
    Person,
    Reason,
)
from bot.services import assigning, cards, inquirer, intake, notice, receipts
from bot.services.case import Case, get_case
from bot.services.directory import Directory
from bot.services.turn import Turn
from bot.store import assignments, buttons, outbox, people
from bot.store.buttons import StoredButton

Answered = str | None  # the text key shown to whoever pressed, None for just letting the button go
STALE = "press-stale"


async def on_press(turn: Turn, press: ButtonPress, directory: Directory) -> None:
    """Carry out what a button means, or say why not; the press is answered in any case."""
    button = await buttons.find(turn.tx, press.token)
    key: Answered
    if button is None:
        key = STALE
    elif (button.address.channel, button.address.chat) != (press.address.channel, press.address.chat):
        key = "press-not-here"
    elif button.action in FOR_CONTACTS:
        key = await _press_of_contact(turn, press, button, directory)
    else:
        key = await _press_of_inquirer(turn, press, button)
    refused = key in (STALE, "press-not-here", "answer-refused")
    if refused:
        await turn.note("press.refused", None if button is None else button.inquiry_id, reason=key)
    person = await people.find_by_address(turn.tx, press.address)
    language = turn.book.own_language if person is None else person.language
    if person is None and key == STALE and not (press.address.is_group or directory.is_staff_chat(press.address)):
        # Somebody who went on too late: neither they nor what they wrote is known any more.
        key, language = "press-forgotten", turn.book.speaks(press.sender.language) or turn.book.common_language
    await turn.send(
        Draft(
            press.address,
            DeliveryKind.ANSWER_PRESS,
            text=None if key is None else turn.say(language, key),
            alert=refused,
            press=press.query,
        )
    )


async def _press_of_contact(turn: Turn, press: ButtonPress, button: StoredButton, directory: Directory) -> Answered:
    if not directory.is_staff_chat(press.address) or button.inquiry_id is None:
        return "answer-refused"
    try:
        share = await assignments.get(turn.tx, int(button.data["share"]))
        case = await get_case(turn, button.inquiry_id)
    except NotFoundError:
        return STALE
    if share.state not in OPEN_ASSIGNMENTS:
        await cards.refresh_card(turn, case, share)
        return STALE
    here = directory.contacts_at(press.address)
    by = share.contact if share.contact in here or not here else here[0]
    return await FOR_CONTACTS[button.action](turn, case, share, button, by)


async def _take(turn: Turn, case: Case, share: Assignment, button: StoredButton, by: str) -> Answered:
    if share.state is not AssignmentState.ASSIGNED:
        return STALE
    await assigning.take(turn, case, share, by)
    return "press-taken"


async def _wrong(turn: Turn, case: Case, share: Assignment, button: StoredButton, by: str) -> Answered:
    await cards.show_fields(turn, share)
    return None


async def _back(turn: Turn, case: Case, share: Assignment, button: StoredButton, by: str) -> Answered:
    await cards.refresh_card(turn, case, share)
    return None


async def _move(turn: Turn, case: Case, share: Assignment, button: StoredButton, by: str) -> Answered:
    field = turn.book.known(str(button.data["field"]))
    if field == share.field:
        return STALE
    await assigning.move(turn, case, share, field, by)
    return "press-moved"


async def _done(turn: Turn, case: Case, share: Assignment, button: StoredButton, by: str) -> Answered:
    await assigning.close(turn, case, share, by)
    return "press-done"


async def _press_of_inquirer(turn: Turn, press: ButtonPress, button: StoredButton) -> Answered:
    person = await people.find_by_address(turn.tx, button.address)
    if person is None:
        return STALE
    if button.inquiry_id is None:
        action = FOR_PEOPLE.get(button.action)
        key = STALE if action is None else await action(turn, person, button)
    else:
        case = await get_case(turn, button.inquiry_id)
        if case.person.id != person.id:
            return "press-not-here"
        of_inquiry = FOR_INQUIRERS.get(button.action)
        key = STALE if of_inquiry is None else await of_inquiry(turn, case, button)
    if button.action in ONCE:
        await _clear_buttons(turn, press)
    return key


async def _go_on(turn: Turn, person: Person, button: StoredButton) -> Answered:
    await inquirer.accept_notice(turn, person, str(button.data["language"]))
    return None


async def _privacy(turn: Turn, person: Person, button: StoredButton) -> Answered:
    await notice.show_privacy(turn, person)
    return None


async def _language(turn: Turn, person: Person, button: StoredButton) -> Answered:
    language = str(button.data["language"])
    await people.set_language(turn.tx, person.id, language)
    await turn.notice(person.address, turn.say(language, "language-set"))
    return None


async def _which_new(turn: Turn, person: Person, button: StoredButton) -> Answered:
    return None if await inquirer.release_which(turn, person, None) else STALE


async def _which(turn: Turn, case: Case, button: StoredButton) -> Answered:
    return None if await inquirer.release_which(turn, case.person, case.inquiry.id) else STALE


async def _choose(turn: Turn, case: Case, button: StoredButton) -> Answered:
    if case.inquiry.state is not InquiryState.ASKED:
        return STALE
    field = turn.book.known(str(button.data["field"]))
    await turn.note("inquiry.chosen", case.inquiry.id, field=field)
    await assigning.assign(turn, case, [field], Reason.CHOSEN)
    return None


async def _other_topic(turn: Turn, case: Case, button: StoredButton) -> Answered:
    shares = await assignments.list_open_of(turn.tx, case.inquiry.id)
    if not shares:
        return STALE
    fields = [field for field in turn.book.rules.fields if field not in {share.field for share in shares}]
    await intake.ask_field(turn, case, fields, "ask-move", "move_own")
    return None


async def _move_own(turn: Turn, case: Case, button: StoredButton) -> Answered:
    """Move the inquiry to where its person says; with several shares, all of them: the person knows what is meant."""
    field = turn.book.known(str(button.data["field"]))
    shares = [share for share in await assignments.list_open_of(turn.tx, case.inquiry.id) if share.field != field]
    if not shares:
        return STALE
    await assigning.move_all(turn, case, shares, field)
    return None


async def _withdraw(turn: Turn, case: Case, button: StoredButton) -> Answered:
    if case.inquiry.state not in OPEN_STATES:
        return STALE
    await assigning.withdraw(turn, case)
    return None


async def _undo_withdraw(turn: Turn, case: Case, button: StoredButton) -> Answered:
    if case.inquiry.state is not InquiryState.WITHDRAWN:
        return STALE
    shares = await assigning.reopen(turn, case, "inquirer")
    for share in shares:
        await assigning.tell_desk(turn, case, share, "withdrawn-undone")
    text = turn.say(case.person.language, "reopened", reference=case.reference)
    buttons = await receipts.correction_buttons(turn, case) if shares else None
    await turn.notice(case.person.address, text, inquiry_id=case.inquiry.id, buttons=buttons)
    if not shares:
        await intake.ask_again(turn, case)
    return None


async def _clear_buttons(turn: Turn, press: ButtonPress) -> None:
    """Take the buttons off the message pressed, so that nobody presses what no longer holds."""
    delivery = await outbox.find_sent(turn.tx, press.address, press.message)
    if delivery is not None:
        await turn.send(Draft(delivery.address, DeliveryKind.EDIT_BUTTONS, buttons=(), edits=delivery.id))


ContactAction = Callable[[Turn, Case, Assignment, StoredButton, str], Awaitable[Answered]]
FOR_CONTACTS: dict[str, ContactAction] = {
    "take": _take,
    "wrong": _wrong,
    "back": _back,
    "move": _move,
    "done": _done,
}
FOR_PEOPLE: dict[str, Callable[[Turn, Person, StoredButton], Awaitable[Answered]]] = {
    "go_on": _go_on,
    "privacy": _privacy,
    "language": _language,
    "which_new": _which_new,
}
FOR_INQUIRERS: dict[str, Callable[[Turn, Case, StoredButton], Awaitable[Answered]]] = {
    "which": _which,
    "choose": _choose,
    "other_topic": _other_topic,
    "move_own": _move_own,
    "withdraw": _withdraw,
    "undo_withdraw": _undo_withdraw,
}
# These end a question or a choice: their message keeps no buttons.
ONCE = frozenset({"go_on", "language", "which_new", "which", "choose", "move_own", "withdraw", "undo_withdraw"})
