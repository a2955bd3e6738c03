"""The buttons under a card, and the menus that take their place for a moment.

Every button remembers the state it was drawn for, so that a press made before its maker could see what a colleague has
just done is told of that instead of being carried out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.model import GENERAL, OPEN_ASSIGNMENTS, Address, Assignment, AssignmentState, Button, Rows
from bot.services.people.directory import load_directory
from bot.services.turn import Turn
from bot.store import assignments, inquiries, messages, snippets
from bot.store.messages import INQUIRER

MakeRows = Callable[[Turn, Assignment, Address], Awaitable[Rows]]

# Telegram takes 100 buttons; more colleagues than this are found nowhere, and nobody reads so many.
MOST_COLLEAGUES = 40

# For how long somebody can be blocked with a tap; other lengths are written: `/sperren 2026-0042 3 Wochen`.
BLOCK_DAYS = (1, 7, 30)


async def card_rows(turn: Turn, share: Assignment, address: Address) -> Rows:
    """Return what a contact may do with a share in its state."""
    if share.state is AssignmentState.CLOSED:
        reopen = await _button(turn, share, address, "reopen", "btn-reopen")
        return ((reopen, await _file_button(turn, share, address)),)
    if share.state not in OPEN_ASSIGNMENTS:
        return ()
    rows: list[tuple[Button, ...]] = [
        (
            await _button(turn, share, address, "done", "btn-done"),
            await _button(turn, share, address, "hand_menu", "btn-hand"),
        )
    ]
    more = await _button(turn, share, address, "more", "btn-more")
    if await _snippet_titles(turn, address):
        rows.append((await _button(turn, share, address, "snippets", "btn-snippets"), more))
    else:
        rows.append((more,))
    if await _has_covered(turn, share):
        rows.append((await _button(turn, share, address, "show", "btn-show"),))
    if share.state is AssignmentState.ASSIGNED:
        # *Take* stands alone: it is what most cards want, and a thumb finds it.
        rows.insert(0, (await _button(turn, share, address, "take", "btn-take"),))
    return tuple(rows)


async def hand_rows(turn: Turn, share: Assignment, address: Address) -> Rows:
    """Return where a share can be given: to another field, to the general contact, to somebody by name."""
    fields = await _field_buttons(turn, share, address, "move", [share.field])
    rows = list(in_pairs(fields))
    if share.field != GENERAL:
        head = turn.book.contact_name(turn.book.rules.general_contact)
        label = turn.say(turn.book.own_language, "btn-to-general", contact=head)
        rows.append((await _labelled(turn, share, address, "move", label, field=GENERAL),))
    if await _colleagues(turn, share):
        rows.append((await _button(turn, share, address, "colleagues", "btn-colleagues"),))
    return (*rows, await _back(turn, share, address))


async def colleague_rows(turn: Turn, share: Assignment, address: Address) -> Rows:
    """Return the colleagues a share can be given to by name; those away are marked."""
    own, away = turn.book.own_language, (await load_directory(turn)).away
    buttons = []
    for key in (await _colleagues(turn, share))[:MOST_COLLEAGUES]:
        name = turn.book.contact_name(key)
        label = turn.say(own, "btn-colleague-away", contact=name) if key in away else name
        buttons.append(await _labelled(turn, share, address, "hand", label, contact=key))
    return (*in_pairs(buttons), await _back(turn, share, address))


async def more_rows(turn: Turn, share: Assignment, address: Address) -> Rows:
    """Return what is done with a share less often."""
    buttons = [
        await _button(turn, share, address, "ask_back", "btn-ask-back"),
        await _button(turn, share, address, "note", "btn-note"),
        await _button(turn, share, address, "close_with", "btn-close-with"),
    ]
    if await _free_fields(turn, share):
        buttons.append(await _button(turn, share, address, "add_menu", "btn-add-field"))
    if share.state is AssignmentState.TAKEN:
        buttons.append(await _button(turn, share, address, "release", "btn-release"))
    buttons.append(await _file_button(turn, share, address))
    if (await load_directory(turn)).is_admin_chat(address):
        buttons.append(await _button(turn, share, address, "block_menu", "btn-block"))
    return (*in_pairs(buttons), await _back(turn, share, address))


async def snippet_rows(turn: Turn, share: Assignment, address: Address) -> Rows:
    """Return the snippets that the contacts reached here keep, to answer with one."""
    buttons = [
        await _labelled(turn, share, address, "snippet", title, snippet=title)
        for title in await _snippet_titles(turn, address)
    ]
    return (*in_pairs(buttons), await _back(turn, share, address))


async def block_rows(turn: Turn, share: Assignment, address: Address) -> Rows:
    """Return for how long the inquiry's person can be blocked."""
    buttons = []
    for days in BLOCK_DAYS:
        label = turn.say(turn.book.own_language, "btn-block-for", count=days)
        buttons.append(await _labelled(turn, share, address, "block", label, days=days))
    return (*in_pairs(buttons), await _back(turn, share, address))


async def add_rows(turn: Turn, share: Assignment, address: Address) -> Rows:
    """Return the fields that have no open share of the inquiry yet."""
    taken = [field for field in turn.book.rules.fields if field not in await _free_fields(turn, share)]
    return (
        *in_pairs(await _field_buttons(turn, share, address, "add", taken)),
        await _back(turn, share, address),
    )


def in_pairs(buttons: list[Button]) -> Rows:
    """Lay buttons out two in a row, as a phone shows them well."""
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


async def _has_covered(turn: Turn, share: Assignment) -> bool:
    """Tell whether anything the person wrote is covered on the card or under it."""
    written = await messages.list_of(turn.tx, share.inquiry_id)
    return any(message.author == INQUIRER and turn.book.sensitive.find(message.text) for message in written)


async def _snippet_titles(turn: Turn, address: Address) -> list[str]:
    here = (await load_directory(turn)).contacts_in_chat(address)
    return list(dict.fromkeys(one.title for one in await snippets.list_of(turn.tx, here)))


async def _free_fields(turn: Turn, share: Assignment) -> list[str]:
    open_fields = {other.field for other in await assignments.list_open_of(turn.tx, share.inquiry_id)}
    return [field for field in turn.book.rules.fields if field not in open_fields]


async def _colleagues(turn: Turn, share: Assignment) -> list[str]:
    directory = await load_directory(turn)
    reached = [key for key in turn.book.rules.contacts if key in directory.addresses and key not in directory.lost]
    return sorted((key for key in reached if key not in (share.contact, share.seat)), key=turn.book.contact_name)


async def _field_buttons(
    turn: Turn, share: Assignment, address: Address, action: str, without: list[str]
) -> list[Button]:
    own = turn.book.own_language
    return [
        await _labelled(turn, share, address, action, turn.book.field_title(field, own), field=field)
        for field in turn.book.rules.fields
        if field not in without
    ]


async def _file_button(turn: Turn, share: Assignment, address: Address) -> Button:
    """Return the button that marks an inquiry for the official file, or takes the mark away."""
    marked = (await inquiries.get(turn.tx, share.inquiry_id)).for_file
    label = turn.say(turn.book.own_language, "btn-not-for-file" if marked else "btn-for-file")
    return await _labelled(turn, share, address, "for_file", label, on="" if marked else "yes")


async def _back(turn: Turn, share: Assignment, address: Address) -> tuple[Button]:
    return (await _button(turn, share, address, "back", "btn-back"),)


async def _button(turn: Turn, share: Assignment, address: Address, action: str, key: str) -> Button:
    return await _labelled(turn, share, address, action, turn.say(turn.book.own_language, key))


async def _labelled(
    turn: Turn, share: Assignment, address: Address, action: str, label: str, **data: str | int
) -> Button:
    seen = str(share.state)
    return await turn.button(address, label, action, share.inquiry_id, share=share.id, seen=seen, **data)
