"""What a failed call of the Bot API means: one table, from PTB's exceptions to what the outbox sender knows.

The words are Telegram's, stable in practice but not promised. What is not recognised is refused for good (a 4xx) or of
unknown fate (all else). What is told of a failure is our own sentence: PTB's texts may hold a URL, and that the token.
"""

from __future__ import annotations

import re

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram.line import retry_after_s
from bot.channels.telegram.wire import NOT_SENT
from bot.errors import SendError, SendFailure

# One kind of content a chat does not take: by a group's permissions, or because a person lets nobody send it. Where not
# even text may be written, the chat is out of reach.
_CONTENT = (
    r"not enough rights to send (?!text messages|messages?\b)"
    r"|chat_send_(?!plain_)\w+_forbidden|voice_messages_forbidden|restricted receiving of"
)

NOTHING_TO_EDIT = "message to edit not found|can't be edited|message_id_invalid"

# The first line whose class and words fit. BadRequest is a subclass of NetworkError, so the order counts. The
# sentences are for operators.
ERRORS: tuple[tuple[type[Exception], str, SendFailure, str], ...] = (
    (ChatMigrated, "", SendFailure.MIGRATED, "the group became a supergroup"),
    (RetryAfter, "", SendFailure.FLOOD, "too many messages, told to wait"),
    (NetworkError, "too many requests", SendFailure.FLOOD, "too many messages, told to wait"),  # retry_after: 0
    (InvalidToken, "", SendFailure.UNAUTHORIZED, "the token is refused. Take the current one from @BotFather."),
    (
        TelegramError,
        _CONTENT,
        SendFailure.REFUSED,
        "the chat does not take this kind of message. Let it be allowed there, then replay.",
    ),
    (
        Forbidden,
        "bot was blocked|user is deactivated",
        SendFailure.UNREACHABLE,
        "they blocked the bot or left Telegram",
    ),
    (
        Forbidden,
        "initiate conversation|can't send messages to bots",
        SendFailure.UNREACHABLE,
        "the chat was never opened. Ask the contact to open the invitation link.",
    ),
    (Forbidden, "", SendFailure.UNREACHABLE, "the bot is not in the chat any more, or may not write there"),
    (
        BadRequest,
        "message thread not found|topic_deleted|topic_id_invalid",
        SendFailure.TOPIC_GONE,
        "the topic is deleted",
    ),
    (BadRequest, "topic_closed|message thread is closed", SendFailure.TOPIC_CLOSED, "the topic is closed"),
    (
        BadRequest,
        "chat not found|peer_id_invalid|user not found|user_is_deactivated|input_user_deactivated|chat_id is empty",
        SendFailure.UNREACHABLE,
        "there is no such chat for the bot. Ask the contact to open the invitation link.",
    ),
    (
        BadRequest,
        "not enough rights|no rights to send|need administrator rights|chat_write_forbidden|chat_restricted",
        SendFailure.UNREACHABLE,
        "the bot may not write there",
    ),
    (
        BadRequest,
        "not a member|was kicked|deactivated|group chat was deleted|channel_private|user_is_blocked|_forbidden",
        SendFailure.UNREACHABLE,
        "the bot may not write there",
    ),
    (BadRequest, "message to copy not found", SendFailure.REFUSED, "the message to copy is gone"),
    (BadRequest, "can't be copied", SendFailure.REFUSED, "Telegram does not let this message be copied"),
    (
        BadRequest,
        NOTHING_TO_EDIT,
        SendFailure.REFUSED,
        "the message to edit is gone",
    ),
    (BadRequest, "query is too old|query id is invalid", SendFailure.REFUSED, "the press is too old to be answered"),
    (BadRequest, "is too long|is empty", SendFailure.REFUSED, "the text is too long or empty"),
    (BadRequest, "", SendFailure.REFUSED, "Telegram does not accept the message"),
    (NetworkError, "request entity too large|uri too long", SendFailure.REFUSED, "the message is too large"),
)


def to_send_error(error: Exception) -> SendError:
    """Say what a failed call means; for any exception, the unknown ones being of unknown fate."""
    if isinstance(error.__cause__, NOT_SENT):
        return SendError(SendFailure.NOT_SENT, f"no connection to Telegram ({type(error.__cause__).__name__})")
    text = str(error)
    for kind, words, failure, sentence in ERRORS:
        if isinstance(error, kind) and re.search(words, text, re.IGNORECASE):
            return SendError(
                failure,
                sentence,
                retry_after_s=retry_after_s(error) if isinstance(error, RetryAfter) else None,
                new_chat_id=error.new_chat_id if isinstance(error, ChatMigrated) else None,
            )
    cause = error.__cause__ or error
    return SendError(SendFailure.UNKNOWN, f"no clear answer from Telegram ({type(cause).__name__})")
