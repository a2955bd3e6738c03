"""Buttons as Telegram wants them: inline keyboards, each button carrying its opaque token."""

from __future__ import annotations

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.model import Button, Draft, Rows

# Bot API, InlineKeyboardButton.callback_data: 1–64 bytes.
TOKEN_BYTES = 64


def to_reply_markup(draft: Draft) -> dict[str, Any] | None:
    """Return what stands under a message, as JSON has it: its buttons, or the field for the reply it asks for.

    Plain, since most of what the bot says goes this way, and PTB's objects would be taken apart again at once.

    Raises:
        ValueError: as with `to_markup`.
    """
    if draft.prompt is None or draft.buttons:
        return {"inline_keyboard": _plain(draft.buttons)} if draft.buttons else None
    # In a group the field would open for everybody there: selective, it opens for whoever is replied to.
    return {"force_reply": True, "selective": draft.address.is_group}


def to_markup(rows: Rows | None) -> InlineKeyboardMarkup | None:
    """Return the keyboard for rows of buttons, None for none.

    Raises:
        ValueError: a token is empty or longer than Telegram carries.
    """
    if not rows:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(**button) for button in row] for row in _plain(rows)])


def _plain(rows: Rows) -> list[list[dict[str, Any]]]:
    return [[{"text": button.label, "callback_data": _token(button)} for button in row] for row in rows]


def _token(button: Button) -> str:
    if not 1 <= len(button.token.encode()) <= TOKEN_BYTES:
        raise ValueError(f"a button's token has {len(button.token.encode())} bytes; 1 to {TOKEN_BYTES} are possible")
    return button.token
