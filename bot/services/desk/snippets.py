"""`/vorlage`: texts a contact keeps, and sends from a card with two taps in the inquirer's language.

A snippet sent is an answer like any other. It stands in no chat of its own, so its stored message has a number of ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.snippet import (
    KeepSnippet,
    RemoveSnippet,
    ShowSnippets,
    UnclearOrder,
    UnknownLanguage,
    fill_in,
    find_unknown_places,
    read_order,
)
from bot.conversation.staff import note_words
from bot.model import Address, Assignment, DeliveryKind, Draft, InboundMessage, MessageKind, Rows
from bot.services import cards
from bot.services.cards import in_pairs
from bot.services.cards.buttons import snippet_rows
from bot.services.case import Case, get_case
from bot.services.delivery.split import utf16_length
from bot.services.desk.answering import answer
from bot.services.desk.replying import reply
from bot.services.people.directory import Directory
from bot.services.pressing import STALE, Answered, Hand, Said
from bot.services.turn import Turn
from bot.store import desks, messages, outbox, snippets
from bot.store.messages import INQUIRER
from bot.store.snippets import Snippet

# More than this no thumb finds; Telegram takes 100 buttons.
MOST_TITLES = 40
MOST_REDRAWN = 15
# Of what a contact wrote wrongly, so much is quoted.
MOST_NAMED, MOST_QUOTED = 5, 30
# Of each language, so that a message shows two.
SHOWN = 1_500


async def on_command(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """Keep, remove or list snippets of the contacts reached here."""
    here = directory.contacts_in_chat(message.address)
    match read_order(message.argument, turn.book.rules.office.languages):
        case ShowSnippets():
            text, buttons = await _listed(turn, message.address, here)
            await turn.notice(message.address, text, reply_to=message.message, buttons=buttons)
        case RemoveSnippet(title):
            known = await _known_title(turn, here, title)
            removed = await snippets.remove(turn.tx, here, known)
            await reply(turn, message, "snippet-removed" if removed else "snippet-unknown", title=known[:MOST_QUOTED])
        case KeepSnippet() as order:
            await _keep(turn, message, here, order)
        case UnknownLanguage(code):
            own, codes = turn.book.own_language, turn.book.rules.office.languages
            named = {one: turn.texts.language_name(own, one) for one in codes}
            spoken = [turn.say(own, "snippet-language", language=name, code=one) for one, name in named.items()]
            await reply(turn, message, "snippet-no-language", code=code, languages=turn.texts.together(own, spoken))
        case UnclearOrder():
            await reply(turn, message, "snippet-how")


async def _keep(turn: Turn, message: InboundMessage, here: Sequence[str], order: KeepSnippet) -> None:
    text = order.text or await _own_words(turn, message)
    if not text:
        await reply(turn, message, "snippet-no-text", title=order.title)
        return
    unknown = find_unknown_places(text)
    if unknown:
        named = turn.texts.together(turn.book.own_language, [place[:MOST_QUOTED] for place in unknown[:MOST_NAMED]])
        await reply(turn, message, "snippet-no-place", places=named)
        return
    titles = {one.title for one in await snippets.list_of(turn.tx, here)}
    title = await _known_title(turn, here, order.title)
    if title not in titles and len(titles) >= MOST_TITLES:
        await reply(turn, message, "snippet-too-many", count=MOST_TITLES)
        return
    language = order.language or turn.book.own_language
    await snippets.put(turn.tx, turn.at, here[0], title, language, text)
    spoken = turn.texts.language_name(turn.book.own_language, language)
    await reply(turn, message, "snippet-kept", title=title, language=spoken)
    if not titles:
        await _show_button(turn, here)


async def _show_button(turn: Turn, here: Sequence[str]) -> None:
    """Redraw the open cards, which have no button for snippets yet; only the latest, as a group takes 18 a minute."""
    for one in (await desks.list_on(turn.tx, here))[:MOST_REDRAWN]:
        await cards.refresh_card(turn, await get_case(turn, one.share.inquiry_id), one.share)


async def _known_title(turn: Turn, here: Sequence[str], title: str) -> str:
    """Return a title as it was first written, whatever its capitals now."""
    titles = {one.title.casefold(): one.title for one in await snippets.list_of(turn.tx, here)}
    return titles.get(title.casefold(), title)


async def _own_words(turn: Turn, message: InboundMessage) -> str | None:
    """Return the text of the message replied to, if a contact wrote it: people's words are not kept for others."""
    if message.reply_to is None:
        return None
    written = await messages.find(turn.tx, message.address, message.reply_to)
    if written is not None:
        return None if written.author == INQUIRER else note_words(written.text)
    return message.quoted or None


async def _listed(turn: Turn, address: Address, here: Sequence[str]) -> tuple[str, Rows]:
    own, titles = turn.book.own_language, _by_title(await snippets.list_of(turn.tx, here))
    how = turn.say(own, "snippet-how")
    if not titles:
        return turn.say(own, "snippet-none") + "\n\n" + how, ()
    lines = [turn.say(own, "snippet-head")]
    for title, found in titles.items():
        spoken = [turn.texts.language_name(own, one.language) for one in found]
        lines.append("• " + turn.say(own, "snippet-line", title=title, languages=turn.texts.together(own, spoken)))
    buttons = [await turn.button(address, title, "snippet_show", snippet=title) for title, found in titles.items()]
    return "\n".join(lines) + "\n\n" + how, in_pairs(buttons)


def _by_title(found: Sequence[Snippet]) -> dict[str, list[Snippet]]:
    titles: dict[str, list[Snippet]] = {}
    for one in found:
        titles.setdefault(one.title, []).append(one)
    return titles


# ------------------------------------------------------------ looking after them


async def on_list(hand: Hand) -> Answered:
    """Show the list again in the place of one snippet."""
    text, buttons = await _listed(hand.turn, hand.press.address, hand.here)
    return await _put(hand, text, buttons)


async def on_show(hand: Hand) -> Answered:
    """Show a snippet in all its languages, to be removed or left."""
    turn, own, address = hand.turn, hand.turn.book.own_language, hand.press.address
    shown = await _pressed(hand)
    if not shown:
        return STALE
    parts = [shown[0].title]
    for one in shown:
        text = one.text if len(one.text) <= SHOWN else one.text[:SHOWN] + "…"
        parts.append(f"{turn.texts.language_name(own, one.language)}:\n{text}")
    remove = await turn.button(address, turn.say(own, "btn-snippet-remove"), "snippet_remove", snippet=shown[0].title)
    back = await turn.button(address, turn.say(own, "btn-back"), "snippet_list")
    return await _put(hand, "\n\n".join(parts), ((remove, back),), heading=utf16_length(shown[0].title))


async def on_remove(hand: Hand) -> Answered:
    """Forget a snippet in all languages."""
    found = await _pressed(hand)
    if not found:
        return STALE
    await snippets.remove(hand.turn.tx, hand.here, found[0].title)
    await on_list(hand)
    return Said("press-snippet-removed")


async def _pressed(hand: Hand) -> list[Snippet]:
    """Return the snippet a button names, in all its languages; empty if it is gone or never was theirs."""
    # By title: row numbers are given out again, and an old button would then send another text.
    title = str(hand.button.data["snippet"])
    return [one for one in await snippets.list_of(hand.turn.tx, hand.here) if one.title == title]


async def _put(hand: Hand, text: str, buttons: Rows, heading: int = 0) -> Answered:
    shown = await outbox.find_sent(hand.turn.tx, hand.press.address, hand.press.message)
    if shown is None:
        return STALE
    await hand.turn.send(
        Draft(hand.press.address, DeliveryKind.EDIT, text=text, heading=heading, buttons=buttons, edits=shown.id)
    )
    return None


# ------------------------------------------------------------ on a card


async def on_card(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Put the titles in the place of a card's buttons."""
    if not await snippets.list_of(hand.turn.tx, hand.here):
        return STALE
    await cards.show_menu(hand.turn, share, hand.press, snippet_rows)
    return None


async def on_chosen(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Send a snippet as the contact's answer, in the inquirer's language where there is one."""
    turn, address = hand.turn, hand.press.address
    found = {one.language: one for one in reversed(await _pressed(hand))}
    if not found:
        await cards.refresh_card(turn, case, share)
        return STALE
    wanted = [case.person.language, turn.book.own_language, *found]
    snippet = found[next(language for language in wanted if language in found)]
    text = fill_in(snippet.text, case.person.first_name, case.reference)
    last = [one for one in await messages.list_of(turn.tx, case.inquiry.id) if not one.internal][-1]
    if last.author != INQUIRER and last.text == text:
        # A thumb that taps twice: nobody sends the same words twice in a row on purpose.
        return Said("press-snippet-sent-already")
    message = InboundMessage(
        address=address,
        message=await messages.free_number(turn.tx, address),
        sender=hand.press.sender,
        kind=MessageKind.TEXT,
        text=text,
        sent_at=turn.at,
    )
    await answer(turn, case, share, message, hand.directory)
    await cards.refresh_card(turn, case, share)
    return None
