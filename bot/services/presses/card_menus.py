"""The menus under a card: they take the place of its buttons where one was pressed, and *back* brings those again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.model import Assignment
from bot.services import cards
from bot.services.cards.buttons import MakeRows, add_rows, block_rows, card_rows, colleague_rows, hand_rows, more_rows
from bot.services.case import Case
from bot.services.desk import notes, prompts
from bot.services.pressing import Answered, Hand

Action = Callable[[Hand, Case, Assignment], Awaitable[Answered]]


def _menu(make_rows: MakeRows) -> Action:
    async def show(hand: Hand, case: Case, share: Assignment) -> Answered:
        await cards.show_menu(hand.turn, share, hand.press, make_rows)
        return None

    return show


def _ask(ask: Action) -> Action:
    """Ask for a reply, with the card's own buttons back in their place."""

    async def asked(hand: Hand, case: Case, share: Assignment) -> Answered:
        await _menu(card_rows)(hand, case, share)
        return await ask(hand, case, share)

    return asked


MENUS: dict[str, Action] = {
    "hand_menu": _menu(hand_rows),
    "wrong": _menu(hand_rows),  # on cards of an earlier version
    "colleagues": _menu(colleague_rows),
    "more": _menu(more_rows),
    "add_menu": _menu(add_rows),
    "block_menu": _menu(block_rows),
    "back": _menu(card_rows),
    "note": _ask(notes.on_note),
    "ask_back": _ask(prompts.on_ask_back),
    "close_with": _ask(prompts.on_close_with),
}
