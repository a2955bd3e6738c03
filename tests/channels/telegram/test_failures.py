"""Failures: answer of Telegram or of the network → what the sender is told. No secret, no word, no chat in it."""

from __future__ import annotations

import logging
from typing import Any

import aiohttp
import pytest

from bot.channels.telegram.line import Line
from bot.channels.telegram.outgoing import TelegramChannel
from bot.errors import SendError, SendFailure
from bot.model import Delivery, DeliveryKind, Draft
from tests.support.transport import (
    ANNA,
    TEAM,
    TOKEN,
    Answer,
    ScriptedApi,
    make_delivery,
    make_draft,
    no_connection,
    no_way_through_the_proxy,
    refusal,
)

MARK = "Möglicherweise doppelt:"
COPY, EDIT, PRESS = DeliveryKind.COPY, DeliveryKind.EDIT, DeliveryKind.ANSWER_PRESS

TEXT = make_delivery(make_draft(ANNA, "Frau Muster"))
SENT_COPY = make_delivery(Draft(ANNA, COPY, copy_of=(TEAM, 12)))
SENT_EDIT = make_delivery(Draft(ANNA, EDIT, text="neu", assignment_id=1), edited_message=41)  # of a card
SENT_PRESS = make_delivery(Draft(ANNA, PRESS, press="q1"))
SENT_DELETION = make_delivery(Draft(ANNA, DeliveryKind.DELETE, message=41))
LEAK = f"http://api.test/bot{TOKEN}/sendMessage"

FAILURES: list[tuple[Delivery, str, Answer, SendFailure]] = [
    (TEXT, "sendMessage", no_connection(f"refused {LEAK}"), SendFailure.NOT_SENT),
    (TEXT, "sendMessage", aiohttp.ConnectionTimeoutError("slow, or all connections in use"), SendFailure.NOT_SENT),
    (TEXT, "sendMessage", no_way_through_the_proxy(), SendFailure.NOT_SENT),
    (TEXT, "sendMessage", aiohttp.NonHttpUrlClientError(LEAK), SendFailure.NOT_SENT),
    (TEXT, "sendMessage", aiohttp.InvalidUrlClientError(LEAK), SendFailure.NOT_SENT),
    (TEXT, "sendMessage", aiohttp.SocketTimeoutError(f"slow {LEAK}"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", aiohttp.ClientOSError(f"reset {LEAK}"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", aiohttp.ServerDisconnectedError(), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", aiohttp.ClientPayloadError("half an answer"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", ValueError(f"a fault below {LEAK}"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", refusal(500, "Internal Server Error"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", refusal(502, "Bad Gateway"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", refusal(504, "Gateway Timeout"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", b"<html>Frau Muster", SendFailure.UNKNOWN),
    (TEXT, "sendMessage", b"[]", SendFailure.UNKNOWN),
    # Of somebody on the way: a firewall, a proxy before a server of one's own.
    (TEXT, "sendMessage", (403, b"<html>Frau Muster"), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", (403, b""), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", (403, b'{"message": "Forbidden"}'), SendFailure.UNKNOWN),
    (TEXT, "sendMessage", (400, b"<html>Frau Muster"), SendFailure.UNKNOWN),
    (SENT_DELETION, "deleteMessage", (403, b"<html>"), SendFailure.UNKNOWN),
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
    (TEXT, "sendMessage", refusal(400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"), SendFailure.UNREACHABLE),
    (TEXT, "sendMessage", refusal(400, "Bad Request: not enough rights to send messages"), SendFailure.UNREACHABLE),
    (
        TEXT,
        "sendMessage",
        refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100777),
        SendFailure.MIGRATED,
    ),
    (TEXT, "sendMessage", refusal(400, "Bad Request: message thread not found"), SendFailure.TOPIC_GONE),
    (TEXT, "sendMessage", refusal(400, "Bad Request: TOPIC_DELETED"), SendFailure.TOPIC_GONE),
    (TEXT, "sendMessage", refusal(400, "Bad Request: TOPIC_CLOSED"), SendFailure.TOPIC_CLOSED),
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


# What a group's permissions or a person's settings keep out, while text gets through.
KEPT_OUT = [
    *[
        refusal(400, f"Bad Request: not enough rights to send {kind} to the chat")
        for kind in ("photos", "documents", "videos", "video notes", "voice notes", "stickers", "audios", "polls")
    ],
    *[
        refusal(code, f"{prefix}: CHAT_SEND_{kind}_FORBIDDEN")
        for code, prefix in ((400, "Bad Request"), (403, "Forbidden"))
        for kind in ("PHOTOS", "DOCS", "VIDEOS", "ROUNDVIDEOS", "VOICES", "STICKERS", "AUDIOS", "POLL", "MEDIA", "GIFS")
    ],
    refusal(400, "Bad Request: VOICE_MESSAGES_FORBIDDEN"),
    refusal(400, "Bad Request: user restricted receiving of voice messages"),
]


@pytest.mark.parametrize("answer", KEPT_OUT, ids=[f"{answer['description']}" for answer in KEPT_OUT])
async def test_a_kind_of_message_the_chat_does_not_take_says_nothing_of_its_other_messages(
    api: ScriptedApi, line: Line, answer: dict[str, Any]
) -> None:
    api.will("copyMessage", answer)
    with pytest.raises(SendError, match="does not take this kind of message") as caught:
        await TelegramChannel(line.bot, lambda: MARK).send(SENT_COPY)
    assert caught.value.failure is SendFailure.REFUSED


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
        await TelegramChannel(line.bot, lambda: MARK).send(delivery)
    error = caught.value
    assert error.failure is failure
    assert error.__cause__ is None
    assert error.__suppress_context__
    said = f"{error} {caplog.text}"
    assert TOKEN not in str(error)
    assert "Muster" not in said
    assert "1001" not in str(error)
    assert len(api.calls) == 1


async def test_a_flood_says_how_long_to_wait(api: ScriptedApi, line: Line) -> None:
    api.will("sendMessage", refusal(429, "Too Many Requests: retry after 7", retry_after=7))
    with pytest.raises(SendError) as caught:
        await TelegramChannel(line.bot, lambda: MARK).send(TEXT)
    assert caught.value.retry_after_s == 7


async def test_a_migration_says_whereto(api: ScriptedApi, line: Line) -> None:
    api.will("sendMessage", refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100777))
    with pytest.raises(SendError) as caught:
        await TelegramChannel(line.bot, lambda: MARK).send(TEXT)
    assert caught.value.new_chat_id == -100777
