"""What happens when a button is pressed: a table of actions for contacts, one for people, each checked again.

A button's token is client input. What it means stands in its row; whether it still holds is asked of the state now:
pressed in the chat it was made for, by a contact that is still one, for an inquiry that can still go that way.
"""

from __future__ import annotations

from bot.model import ButtonPress, DeliveryKind, Draft, Event
from bot.services import gate
from bot.services.people.directory import Directory
from bot.services.presses import contacts, inquirers
from bot.services.pressing import NOT_HERE, REFUSALS, STALE, Answered, Said
from bot.services.turn import Turn
from bot.store import buttons, people


async def on_press(turn: Turn, press: ButtonPress, directory: Directory) -> None:
    """Carry out what a button means, or say why not; the press is answered in any case."""
    # Made-up buttons count as well: each of them asks the store and is noted.
    too_many = None if directory.contacts_in_chat(press.address) else gate.admit_press(turn, press)
    button = None if too_many is not None else await buttons.find(turn.tx, press.token)
    answered: Answered
    if too_many is not None:
        answered = too_many
    elif button is None:
        answered = STALE
    elif not button.address.is_in_chat_of(press.address):
        answered = NOT_HERE
    elif contacts.knows(button.action):
        answered = await contacts.on_press(turn, press, button, directory)
    else:
        answered = await inquirers.on_press(turn, press, button)
    refused = answered is not None and answered.key in REFUSALS
    if answered is not None and refused and too_many is None:
        by = next(iter(directory.contacts_in_chat(press.address)), None)
        await turn.note(Event.PRESS_REFUSED, None if button is None else button.inquiry_id, reason=answered.key, by=by)
    person = await people.find_by_address(turn.tx, press.address)
    language = turn.book.own_language if person is None else person.language
    if answered == STALE and not (press.address.is_group or directory.is_staff_chat(press.address)):
        answered = Said("press-stale-person")
        if person is None:
            # Somebody who went on too late: neither they nor what they wrote is known any more.
            answered = Said("press-forgotten")
            language = turn.book.speaks(press.sender.language) or turn.book.common_language
    text = None if answered is None else turn.say(language, answered.key, **answered.values)
    answer = Draft(press.address, DeliveryKind.ANSWER_PRESS, text=text, alert=refused, press=press.query, forget=True)
    await turn.send(answer)
