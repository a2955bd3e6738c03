"""Who blocked the bot, or left Telegram, reads nothing of what contacts write: their cards say so until they are back.

It is known from the channel's word, from the first message that fails, and from what comes from them or reaches them
again. It is kept in the journals of the person's inquiries, where cards find it and with which it goes.
"""

from __future__ import annotations

from bot.model import Address, Event
from bot.routing.durations import load_duration
from bot.services import cards
from bot.services.relaying import arriving
from bot.services.turn import Turn
from bot.store import given_up, inquiries, journal, people


async def on_reach(turn: Turn, address: Address, *, reachable: bool) -> None:
    """Note that a person cannot be reached, or can be again, where that is news, and show it on their open cards.

    Whoever is back gets what contacts wrote meanwhile. Who goes and comes all the time changes no card any more for a
    while: each time redraws them.
    """
    person = None if address.is_group else await people.find_by_address(turn.tx, address)
    if person is None:
        return
    if reachable:
        await given_up.requeue_missed(turn.tx, turn.at, address)
    known = [await journal.list_of(turn.tx, one.id) for one in await inquiries.list_of_person(turn.tx, person.id)]
    news = [entries[-1] for entries in known if entries and arriving.has_left(entries) is reachable]
    if not news:
        return
    limits = turn.book.rules.limits
    within = load_duration(limits.within).elapsed()
    # Named by what was known until now: the same when this turn is tried again, another after the next change.
    what = ("reach", max(last.id for last in news))
    if not turn.windows.orders.admit(address.chat_key, what, turn.at, limits.messages, within):
        return
    for last in news:
        await turn.note(Event.PERSON_BACK if reachable else Event.PERSON_LEFT, last.inquiry_id)
    await cards.refresh_cards_of(turn, person)
