"""Buttons as Telegram wants them."""

from __future__ import annotations

import pytest
from telegram import ForceReply

from bot.channels.telegram.keyboards import to_markup, to_reply_markup
from bot.model import Address, Button, Draft


def test_rows_stay_rows_and_each_button_carries_its_token() -> None:
    markup = to_markup(((Button("Ja", "t1"), Button("Nein", "t2")), (Button("Weiter", "t3"),)))
    assert markup is not None
    rows = [[(button.text, button.callback_data) for button in row] for row in markup.inline_keyboard]
    assert rows == [[("Ja", "t1"), ("Nein", "t2")], [("Weiter", "t3")]]


ROWS = ((Button("Ja", "t1"), Button("Nein", "t2")), (Button("Weiter", "t3"),))


@pytest.mark.parametrize("chat", [7, -7])
@pytest.mark.parametrize(
    ("buttons", "prompt"),
    [
        pytest.param(ROWS, None, id="buttons"),
        pytest.param(ROWS, "Ihre Antwort", id="buttons before a field"),
        pytest.param((), "Ihre Antwort", id="a field"),
        pytest.param((), None, id="nothing"),
    ],
)
def test_the_plain_form_is_the_librarys(chat: int, buttons: tuple[tuple[Button, ...], ...], prompt: str | None) -> None:
    draft = Draft(Address("telegram", chat), text="x", buttons=buttons, prompt=prompt)
    field = ForceReply(selective=chat < 0) if prompt and not buttons else None
    wanted = to_markup(buttons) or field
    plain = to_reply_markup(draft)
    assert {"selective": False, **(plain or {})} == {"selective": False, **(wanted.to_dict() if wanted else {})}


@pytest.mark.parametrize("rows", [None, ()])
def test_no_rows_are_no_keyboard(rows: tuple[tuple[Button, ...], ...] | None) -> None:
    assert to_markup(rows) is None


@pytest.mark.parametrize("token", ["", "x" * 65, "ü" * 33])
def test_a_token_telegram_would_refuse_is_a_fault(token: str) -> None:
    with pytest.raises(ValueError, match="bytes; 1 to 64 are possible"):
        to_markup(((Button("Ja", token),),))
    with pytest.raises(ValueError, match="bytes; 1 to 64 are possible"):
        to_reply_markup(Draft(Address("telegram", 7), text="x", buttons=((Button("Ja", token),),)))
