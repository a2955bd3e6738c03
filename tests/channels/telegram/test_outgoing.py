"""Outgoing: delivery → exact requests → outcome. No network but the scripted one, and no secret in the log."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.channels.telegram.line import Line, build_line
from bot.channels.telegram.outgoing import TelegramChannel
from bot.errors import SendError, SendFailure
from bot.model import Address, Button, Delivery, DeliveryKind, DeliveryState, Draft
from tests.support.transport import ANNA, TEAM, TOKEN, Answer, ScriptedApi, make_draft, refusal

MARK = "Möglicherweise doppelt:"
COPY, EDIT, EDIT_BUTTONS, PRESS = (
    DeliveryKind.COPY,
    DeliveryKind.EDIT,
    DeliveryKind.EDIT_BUTTONS,
    DeliveryKind.ANSWER_PRESS,
)
BUTTONS = ((Button("Ja", "t1"), Button("Nein", "t2")), (Button("Weiter", "t3"),))
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Ja", "callback_data": "t1"}, {"text": "Nein", "callback_data": "t2"}],
        [{"text": "Weiter", "callback_data": "t3"}],
    ]
}
NO_PREVIEW = {"is_disabled": True}


def answering(number: int) -> dict[str, Any]:
    return {"message_id": number, "allow_sending_without_reply": True}


def bold(offset: int, length: int) -> list[dict[str, Any]]:
    return [{"type": "bold", "offset": offset, "length": length}]


@pytest.fixture
async def api() -> ScriptedApi:
    return ScriptedApi()


@pytest.fixture
async def line(api: ScriptedApi) -> AsyncIterator[Line]:
    line = build_line(TOKEN, api.url, api.transport)
    await line.open()
    yield line
    await line.close()


def make_delivery(draft: Draft, **more: Any) -> Delivery:
    return Delivery(**{"id": 1, "draft": draft, "address": draft.address, "state": DeliveryState.SENDING, **more})


CALLS: list[tuple[str, Delivery, list[tuple[str, dict[str, Any]]]]] = [
    (
        "plain text keeps every sign as it is",
        make_delivery(make_draft(ANNA, "<b>*_`[x](http://a.test)\n  & ")),
        [
            (
                "sendMessage",
                {"chat_id": 1001, "text": "<b>*_`[x](http://a.test)\n  & ", "link_preview_options": NO_PREVIEW},
            )
        ],
    ),
    (
        "a heading is bold by an entity, counted in UTF-16 units",
        make_delivery(make_draft(ANNA, "🏠 Wohnen\nText", heading=9)),
        [
            (
                "sendMessage",
                {
                    "chat_id": 1001,
                    "text": "🏠 Wohnen\nText",
                    "entities": bold(0, 9),
                    "link_preview_options": NO_PREVIEW,
                },
            )
        ],
    ),
    (
        "buttons, a topic and a message to answer",
        make_delivery(make_draft(TEAM, "Neu", buttons=BUTTONS), reply_to=33),
        [
            (
                "sendMessage",
                {
                    "chat_id": TEAM.chat,
                    "text": "Neu",
                    "message_thread_id": 7,
                    "reply_markup": KEYBOARD,
                    "reply_parameters": answering(33),
                    "link_preview_options": NO_PREVIEW,
                },
            )
        ],
    ),
    (
        "the general topic has no number",
        make_delivery(make_draft(Address("telegram", -100500, 1), "Neu")),
        [("sendMessage", {"chat_id": -100500, "text": "Neu", "link_preview_options": NO_PREVIEW})],
    ),
    (
        "the address of the delivery counts, not the draft's",
        make_delivery(make_draft(TEAM, "Neu"), address=Address("telegram", -100777)),
        [("sendMessage", {"chat_id": -100777, "text": "Neu", "link_preview_options": NO_PREVIEW})],
    ),
    (
        "a repeat is marked and its heading stays bold",
        make_delivery(make_draft(ANNA, "Kopf\nText", heading=4), repeat=True),
        [
            (
                "sendMessage",
                {
                    "chat_id": 1001,
                    "text": f"{MARK}\nKopf\nText",
                    "entities": bold(len(MARK) + 1, 4),
                    "link_preview_options": NO_PREVIEW,
                },
            )
        ],
    ),
    (
        "a copy keeps its caption where none is given",
        make_delivery(Draft(TEAM, COPY, copy_of=(ANNA, 12))),
        [
            (
                "copyMessage",
                {"chat_id": TEAM.chat, "from_chat_id": 1001, "message_id": 12, "message_thread_id": 7},
            )
        ],
    ),
    (
        "a copy with a caption, a heading and buttons",
        make_delivery(Draft(ANNA, COPY, text="Kopf\nText", heading=4, copy_of=(TEAM, 12), buttons=BUTTONS)),
        [
            (
                "copyMessage",
                {
                    "chat_id": 1001,
                    "from_chat_id": TEAM.chat,
                    "message_id": 12,
                    "caption": "Kopf\nText",
                    "caption_entities": bold(0, 4),
                    "reply_markup": KEYBOARD,
                },
            )
        ],
    ),
    (
        "a repeated copy is marked in its caption",
        make_delivery(Draft(ANNA, COPY, text="Text", copy_of=(TEAM, 12)), repeat=True),
        [
            (
                "copyMessage",
                {"chat_id": 1001, "from_chat_id": TEAM.chat, "message_id": 12, "caption": f"{MARK}\nText"},
            )
        ],
    ),
    (
        "a repeated copy without a caption of ours is marked by a message before it",
        make_delivery(Draft(ANNA, COPY, copy_of=(TEAM, 12)), repeat=True),
        [
            ("sendMessage", {"chat_id": 1001, "text": MARK}),
            ("copyMessage", {"chat_id": 1001, "from_chat_id": TEAM.chat, "message_id": 12}),
        ],
    ),
    (
        "so is one whose caption has no room",
        make_delivery(Draft(ANNA, COPY, text="x" * 1_020, copy_of=(TEAM, 12)), repeat=True),
        [
            ("sendMessage", {"chat_id": 1001, "text": MARK}),
            (
                "copyMessage",
                {"chat_id": 1001, "from_chat_id": TEAM.chat, "message_id": 12, "caption": "x" * 1_020},
            ),
        ],
    ),
    (
        "an edit with its buttons",
        make_delivery(Draft(ANNA, EDIT, text="Kopf\nneu", heading=4, buttons=BUTTONS), edits=41),
        [
            (
                "editMessageText",
                {
                    "chat_id": 1001,
                    "message_id": 41,
                    "text": "Kopf\nneu",
                    "entities": bold(0, 4),
                    "reply_markup": KEYBOARD,
                    "link_preview_options": NO_PREVIEW,
                },
            )
        ],
    ),
    (
        "an edit leaving no buttons, never marked as a repeat",
        make_delivery(Draft(ANNA, EDIT, text="neu"), edits=41, repeat=True),
        [
            (
                "editMessageText",
                {"chat_id": 1001, "message_id": 41, "text": "neu", "link_preview_options": NO_PREVIEW},
            )
        ],
    ),
    (
        "an edit of the buttons",
        make_delivery(Draft(ANNA, EDIT_BUTTONS, buttons=BUTTONS), edits=41),
        [("editMessageReplyMarkup", {"chat_id": 1001, "message_id": 41, "reply_markup": KEYBOARD})],
    ),
    (
        "buttons taken away",
        make_delivery(Draft(ANNA, EDIT_BUTTONS), edits=41),
        [("editMessageReplyMarkup", {"chat_id": 1001, "message_id": 41})],
    ),
    (
        "a press answered without a word",
        make_delivery(Draft(ANNA, PRESS, press="q1")),
        [("answerCallbackQuery", {"callback_query_id": "q1"})],
    ),
    (
        "a press answered by a dialog, cut to what fits",
        make_delivery(Draft(ANNA, PRESS, text="y" * 250, press="q1", alert=True)),
        [("answerCallbackQuery", {"callback_query_id": "q1", "text": "y" * 200, "show_alert": True})],
    ),
]


@pytest.mark.parametrize(("label", "delivery", "calls"), CALLS, ids=[label for label, *_ in CALLS])
async def test_a_delivery_becomes_exactly_these_requests(
    api: ScriptedApi, line: Line, label: str, delivery: Delivery, calls: list[tuple[str, dict[str, Any]]]
) -> None:
    number = await TelegramChannel(line.bot, MARK).send(delivery)
    assert api.calls == calls, label
    assert number == (len(calls) if delivery.draft.kind in (DeliveryKind.TEXT, COPY) else None)


TEXT = make_delivery(make_draft(ANNA, "Frau Muster"))
SENT_COPY = make_delivery(Draft(ANNA, COPY, copy_of=(TEAM, 12)))
SENT_EDIT = make_delivery(Draft(ANNA, EDIT, text="neu"), edits=41)
SENT_PRESS = make_delivery(Draft(ANNA, PRESS, press="q1"))
LEAK = f"http://api.test/bot{TOKEN}/sendMessage"

FAILURES: list[tuple[Delivery, str, Answer, SendFailure]] = [
    (TEXT, "sendMessage", httpx.ConnectError(f"refused {LEAK}"), SendFailure.NOT_SENT),
    (TEXT, "sendMessage", httpx.ConnectTimeout("slow"), SendFailure.NOT_SENT),
    (TEXT, "sendMessage", httpx.PoolTimeout("full"), SendFailure.NOT_SENT),
    (TEXT, "sendMessage", httpx.ProxyError("no"), SendFailure.NOT_SENT),
    (TEXT, "sendMessage", httpx.UnsupportedProtocol(LEAK), SendFailure.NOT_SENT),
    (TEXT, "sendMessage", httpx.InvalidURL(LEAK), SendFailure.NOT_SENT),
    (TEXT, "sendMessage", httpx.ReadTimeout(f"slow {LEAK}"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", httpx.WriteTimeout("slow"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", httpx.ReadError("reset"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", httpx.WriteError("broken pipe"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", httpx.RemoteProtocolError("disconnected"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", ValueError(f"a fault below {LEAK}"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", refusal(500, "Internal Server Error"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", refusal(502, "Bad Gateway"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", refusal(504, "Gateway Timeout"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", b"<html>Frau Muster", SendFailure.UNKNOWN),
    (TEXT, "sendMessage", b"[]", SendFailure.UNKNOWN),
    (TEXT, "sendMessage", refusal(429, "Too Many Requests: retry after 7", retry_after=7), SendFailure.FLOOD),
    (TEXT, "sendMessage", refusal(429, "Too Many Requests: retry after 0", retry_after=0), SendFailure.FLOOD),
    (TEXT, "sendMessage", refusal(401, "Unauthorized"), SendFailure.UNAUTHORIZED),
    (TEXT, "sendMessage", refusal(404, "Not Found"), SendFailure.UNAUTHORIZED),
    (TEXT, "sendMessage", refusal(403, "Forbidden: bot was blocked by the user"), SendFailure.UNREACHABLE),
    (TEXT, "sendMessage", refusal(403, "Forbidden: user is deactivated"), SendFailure.UNREACHABLE),
    (
        TEXT,
        "sendMessage",
        refusal(403, "Forbidden: bot can't initiate conversation with a user"),
        SendFailure.UNREACHABLE,
    ),
    (TEXT, "sendMessage", refusal(403, "Forbidden: bot was kicked from the supergroup chat"), SendFailure.UNREACHABLE),
    (TEXT, "sendMessage", refusal(400, "Bad Request: chat not found"), SendFailure.UNREACHABLE),
    (
        TEXT,
        "sendMessage",
        refusal(400, "Bad Request: not enough rights to send text messages to the chat"),
        SendFailure.UNREACHABLE,
    ),
    (TEXT, "sendMessage", refusal(400, "Bad Request: CHAT_WRITE_FORBIDDEN"), SendFailure.UNREACHABLE),
    (
        TEXT,
        "sendMessage",
        refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100777),
        SendFailure.MIGRATED,
    ),
    (TEXT, "sendMessage", refusal(400, "Bad Request: message thread not found"), SendFailure.TOPIC_GONE),
    (TEXT, "sendMessage", refusal(400, "Bad Request: TOPIC_DELETED"), SendFailure.TOPIC_GONE),
    (TEXT, "sendMessage", refusal(400, "Bad Request: TOPIC_CLOSED"), SendFailure.TOPIC_GONE),
    (TEXT, "sendMessage", refusal(400, "Bad Request: message is too long"), SendFailure.REFUSED),
    (TEXT, "sendMessage", refusal(400, "Bad Request: message text is empty"), SendFailure.REFUSED),
    (TEXT, "sendMessage", refusal(413, "Request Entity Too Large"), SendFailure.REFUSED),
    (SENT_COPY, "copyMessage", refusal(400, "Bad Request: message to copy not found"), SendFailure.REFUSED),
    (SENT_COPY, "copyMessage", refusal(400, "Bad Request: message can't be copied"), SendFailure.REFUSED),
    (SENT_COPY, "copyMessage", refusal(400, "Bad Request: message caption is too long"), SendFailure.REFUSED),
    (SENT_EDIT, "editMessageText", refusal(400, "Bad Request: message to edit not found"), SendFailure.REFUSED),
    (SENT_EDIT, "editMessageText", refusal(400, "Bad Request: message can't be edited"), SendFailure.REFUSED),
    (
        SENT_PRESS,
        "answerCallbackQuery",
        refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
        SendFailure.REFUSED,
    ),
]


@pytest.mark.parametrize(
    ("delivery", "method", "answer", "failure"),
    FAILURES,
    ids=[f"{answer}"[:80] for _, _, answer, _ in FAILURES],
)
async def test_a_failed_call_says_what_is_known(
    api: ScriptedApi,
    line: Line,
    caplog: pytest.LogCaptureFixture,
    delivery: Delivery,
    method: str,
    answer: Answer,
    failure: SendFailure,
) -> None:
    api.will(method, answer)
    with caplog.at_level(logging.INFO), pytest.raises(SendError) as caught:
        await TelegramChannel(line.bot, MARK).send(delivery)
    error = caught.value
    assert error.failure is failure
    assert error.__suppress_context__
    said = f"{error} {caplog.text}"
    assert TOKEN not in str(error)
    assert "Muster" not in said
    assert "1001" not in str(error)
    assert len(api.calls) == 1


async def test_a_flood_says_how_long_to_wait(api: ScriptedApi, line: Line) -> None:
    api.will("sendMessage", refusal(429, "Too Many Requests: retry after 7", retry_after=7))
    with pytest.raises(SendError) as caught:
        await TelegramChannel(line.bot, MARK).send(TEXT)
    assert caught.value.retry_after_s == 7


async def test_a_migration_says_whereto(api: ScriptedApi, line: Line) -> None:
    api.will("sendMessage", refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100777))
    with pytest.raises(SendError) as caught:
        await TelegramChannel(line.bot, MARK).send(TEXT)
    assert caught.value.new_chat_id == -100777


@pytest.mark.parametrize(
    ("label", "delivery", "method", "description"),
    [
        ("an edit that changes nothing", SENT_EDIT, "editMessageText", "message is not modified: specified new …"),
        (
            "buttons that change nothing",
            make_delivery(Draft(ANNA, EDIT_BUTTONS), edits=41),
            "editMessageReplyMarkup",
            "message is not modified: specified new …",
        ),
        (
            "buttons of a deleted message",
            make_delivery(Draft(ANNA, EDIT_BUTTONS), edits=41),
            "editMessageReplyMarkup",
            "message to edit not found",
        ),
    ],
)
async def test_what_needs_no_change_is_done(
    api: ScriptedApi, line: Line, label: str, delivery: Delivery, method: str, description: str
) -> None:
    api.will(method, refusal(400, f"Bad Request: {description}"))
    assert await TelegramChannel(line.bot, MARK).send(delivery) is None, label


async def test_the_edit_of_a_medium_changes_its_caption(api: ScriptedApi, line: Line) -> None:
    api.will("editMessageText", refusal(400, "Bad Request: there is no text in the message to edit"))
    delivery = make_delivery(Draft(ANNA, EDIT, text="Kopf\nneu", heading=4), edits=41)
    assert await TelegramChannel(line.bot, MARK).send(delivery) is None
    assert api.of("editMessageCaption") == [
        {"chat_id": 1001, "message_id": 41, "caption": "Kopf\nneu", "caption_entities": bold(0, 4)}
    ]


@pytest.mark.parametrize(
    "description", ["message to be replied not found", "reply message not found", "replied message not found"]
)
async def test_a_message_to_answer_that_is_gone_does_not_keep_the_answer(
    api: ScriptedApi, line: Line, description: str
) -> None:
    api.will("sendMessage", refusal(400, f"Bad Request: {description}"))
    assert await TelegramChannel(line.bot, MARK).send(make_delivery(make_draft(TEAM), reply_to=33)) == 2
    assert [call.get("reply_parameters") for call in api.of("sendMessage")] == [answering(33), None]
    assert [call["message_thread_id"] for call in api.of("sendMessage")] == [7, 7]
