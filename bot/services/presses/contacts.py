"""What a contact's buttons do. Every press is checked again: who, where, and whether the share can go that way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.errors import NotFoundError
from bot.model import OPEN_ASSIGNMENTS, Assignment, AssignmentState, ButtonPress
from bot.services import cards
from bot.services.case import Case, get_case
from bot.services.desk import blocking, lists, showing, snippets, topicless, which
from bot.services.people.directory import Directory
from bot.services.presses.card_menus import MENUS
from bot.services.presses.deeds import DEEDS
from bot.services.presses.late import is_late, told_where, told_why
from bot.services.pressing import NOT_YOURS, STALE, Answered, Hand, Said
from bot.services.turn import Turn
from bot.store import assignments
from bot.store.buttons import StoredButton


def knows(action: str) -> bool:
    """Tell whether an action is a contact's."""
    return action in FOR_SHARES or action in FOR_DESKS


async def on_press(turn: Turn, press: ButtonPress, button: StoredButton, directory: Directory) -> Answered:
    """Carry out a contact's press, or return why not."""
    here = tuple(directory.contacts_in_chat(press.address))
    if not here:
        return NOT_YOURS
    hand = Hand(turn, press, button, directory, here)
    if button.action in FOR_DESKS:
        return await FOR_DESKS[button.action](hand)
    if button.inquiry_id is None:
        return STALE
    try:
        share = await assignments.get(turn.tx, int(button.data["share"]))
        case = await get_case(turn, button.inquiry_id)
    except NotFoundError:
        return STALE
    if not await _may_act(hand, share):
        return await told_where(turn, share)
    if (share.state not in OPEN_ASSIGNMENTS and button.action not in WHEN_DONE) or is_late(hand, share):
        # The card may show old buttons where a change never arrived, or has not yet.
        await cards.refresh_card(turn, case, share)
        closed = share.state is AssignmentState.CLOSED
        if closed and button.action == "desk_which" and await which.still_holds(hand):
            # Whoever closed it, often the writer: what matters is that the words still wait.
            return Said("press-which-closed", {"reference": case.reference})
        return await told_why(turn, share)
    return await FOR_SHARES[button.action](hand, case, share)


async def _may_act(hand: Hand, share: Assignment) -> bool:
    """Tell whether somebody in this chat has to do with a share: answers for it, has its card or a copy, or directs."""
    involved = {share.contact, share.seat, hand.directory.general_contact, *hand.turn.book.rules.administrators}
    involved |= {place.contact for place in await cards.places_of(hand.turn, share)}
    return any(key in involved for key in hand.here)


# Actions on one share, which the button names.
FOR_SHARES: dict[str, Callable[[Hand, Case, Assignment], Awaitable[Answered]]] = {
    **DEEDS,
    **MENUS,
    "block": blocking.on_card,
    "desk_which": which.on_chosen,
    "goto": lists.on_goto,
    "show": showing.on_show,
    "snippets": snippets.on_card,
    "snippet": snippets.on_chosen,
}
# Actions that belong to a contact's chat rather than to one share.
FOR_DESKS: dict[str, Callable[[Hand], Awaitable[Answered]]] = {
    "admin_assign": topicless.on_assign,
    "desk_nobody": which.on_nobody,
    "open_page": lists.on_page,
    "show_topicless": topicless.on_show,
    "snippet_list": snippets.on_list,
    "snippet_show": snippets.on_show,
    "snippet_remove": snippets.on_remove,
}
# Actions that make sense on a share that is done.
WHEN_DONE = frozenset({"note", "reopen", "goto", "for_file"})
