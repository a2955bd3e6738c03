"""Buttons as Telegram wants them."""

from __future__ import annotations

import pytest

from bot.channels.telegram.keyboards import to_markup
from bot.model import Button


def test_rows_stay_rows_and_each_button_carries_its_token() -> None:
    markup = to_markup(((Button("Ja", "t1"), Button("Nein", "t2")), (Button("Weiter", "t3"),)))
    assert markup is not None
    rows = [[(button.text, button.callback_data) for button in row] for row in markup.inline_keyboard]
    assert rows == [[("Ja", "t1"), ("Nein", "t2")], [("Weiter", "t3")]]


@pytest.mark.parametrize("rows", [None, ()])
def test_no_rows_are_no_keyboard(rows: tuple[tuple[Button, ...], ...] | None) -> None:
    assert to_markup(rows) is None


@pytest.mark.parametrize("token", ["", "x" * 65, "ü" * 33])
def test_a_token_telegram_would_refuse_is_a_fault(token: str) -> None:
    with pytest.raises(ValueError, match="bytes; 1 to 64 are possible"):
        to_markup(((Button("Ja", token),),))
