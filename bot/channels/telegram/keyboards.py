"""Buttons as Telegram wants them: inline keyboards, each button carrying its opaque token."""

from __future__ import annotations

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup

from bot.model import Button, Draft

# Bot API, InlineKeyboardButton.callback_data: 1–64 bytes.
TOKEN_BYTES = 64


def to_reply_markup(draft: Draft) -> InlineKeyboardMarkup | ForceReply | None:
    """Return what stands under a message: its buttons, or the field for the reply it asks for."""
    if draft.prompt is None or draft.buttons:
        return to_markup(draft.buttons)
    # In a group the field would open for everybody there: selective, it opens for whoever is replied to.
    return ForceReply(selective=draft.address.is_group)


def to_markup(rows: tuple[tuple[Button, ...], ...] | None) -> InlineKeyboardMarkup | None:
    """Return the keyboard for rows of buttons, None for none.

    Raises:
        ValueError: a token is empty or longer than Telegram carries.
    """
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    if not 1 <= len(button.token.encode()) <= TOKEN_BYTES:
        raise ValueError(f"a button's token has {len(button.token.encode())} bytes; 1 to {TOKEN_BYTES} are possible")
    return InlineKeyboardButton(button.label, callback_data=button.token)
