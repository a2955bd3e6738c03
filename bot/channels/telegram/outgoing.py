"""Outgoing: a delivery becomes one call of the Bot API, and its failure one of the few the sender knows.

People's text goes out as it is: no parse mode ever, the heading is bold by an entity. A message to be answered that is
gone does not keep the answer from going out. Three calls are made again in another form, each after a refusal, which
is sure not to have arrived: an edit of a medium's caption, an answer to a message in a deleted topic, and a copy whose
repeat mark does not fit into its caption (marked by a message before it).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.telegram.failures import NOTHING_TO_EDIT, to_send_error
from bot.channels.telegram.keyboards import to_markup, to_reply_markup
from bot.channels.telegram.line import call
from bot.errors import SendError, SendFailure
from bot.model import CAPTION_UNITS, Delivery, DeliveryKind, Draft
from bot.services.delivery.split import utf16_length

# Bot API, answerCallbackQuery.text.
ANSWER_LENGTH = 200

# The general topic has the number 1, but no message may name it (python-telegram-bot issue 4739).
GENERAL_TOPIC = 1

log = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramChannel:
    """Carries deliveries out over Telegram.

    Args of the constructor:
        repeat_mark: returns the line put before what may have arrived already, in the office's first language.
    """

    def __init__(self, bot: Bot, repeat_mark: Callable[[], str]) -> None:
        self._bot = bot
        self._repeat_mark = repeat_mark
        self._ways: dict[DeliveryKind, Callable[[Delivery], Awaitable[int | None]]] = {
            DeliveryKind.TEXT: self._text,
            DeliveryKind.COPY: self._copy,
            DeliveryKind.DOCUMENT: self._document,
            DeliveryKind.EDIT: self._edit,
            DeliveryKind.EDIT_BUTTONS: self._edit_buttons,
            DeliveryKind.ANSWER_PRESS: self._answer_press,
            DeliveryKind.PROBE: self._probe,
            DeliveryKind.MENU: self._menu,
            DeliveryKind.DELETE: self._delete,
            DeliveryKind.LEAVE: self._leave,
        }

    async def send(self, delivery: Delivery) -> int | None:
        """Carry out one delivery; see `Channel`."""
        try:
            return await self._ways[delivery.draft.kind](delivery)
        except TelegramError as error:
            # Not chained: the errors beneath hold URLs, and those hold the token.
            raise to_send_error(error) from None

    async def _text(self, delivery: Delivery) -> int:
        text, heading = self._worded(delivery)
        sent = await self._placed(
            delivery,
            lambda place: call(
                self._bot,
                "sendMessage",
                {
                    "chat_id": delivery.address.chat,
                    "text": text,
                    "entities": heading,
                    "reply_markup": to_reply_markup(delivery.draft),
                    "link_preview_options": _NO_PREVIEW,
                    "disable_notification": delivery.draft.quiet or None,
                    **place,
                },
            ),
        )
        return int(sent["message_id"])

    async def _copy(self, delivery: Delivery) -> int:
        source = delivery.draft.copy_of
        if source is None:
            raise SendError(SendFailure.REFUSED, "a copy names nothing to copy. This is a fault of the program.")
        caption, heading = self._worded(delivery)
        if delivery.repeat and (delivery.draft.text is None or utf16_length(caption) > CAPTION_UNITS):
            caption, heading = delivery.draft.text or "", _entities(delivery.draft)
            await self._mark(delivery)
        keep = delivery.draft.text is None
        sent = await self._placed(
            delivery,
            lambda place: self._bot.copy_message(
                chat_id=delivery.address.chat,
                from_chat_id=source[0].chat,
                message_id=source[1],
                caption=None if keep else caption,
                caption_entities=None if keep else heading,
                reply_markup=to_markup(delivery.draft.buttons),
                disable_notification=delivery.draft.quiet or None,
                **place,
            ),
        )
        return int(sent.message_id)

    async def _document(self, delivery: Delivery) -> int:
        document = delivery.document
        if document is None:
            raise SendError(SendFailure.REFUSED, "a document was not written. This is a fault of the program.")
        caption, heading = self._worded(delivery)
        sent = await self._placed(
            delivery,
            lambda place: self._bot.send_document(
                chat_id=delivery.address.chat,
                document=document.content,
                filename=document.name,
                caption=caption or None,
                caption_entities=heading,
                reply_markup=to_markup(delivery.draft.buttons),
                **place,
            ),
        )
        return int(sent.message_id)

    async def _mark(self, delivery: Delivery) -> None:
        await self._placed(
            delivery,
            lambda place: self._bot.send_message(chat_id=delivery.address.chat, text=self._repeat_mark(), **place),
        )

    async def _edit(self, delivery: Delivery) -> None:
        try:
            await self._change(delivery)
        except (BadRequest, Forbidden) as error:
            # A card that is gone leaves somebody without it. Another message that is gone was deleted by its reader.
            is_notice = delivery.draft.assignment_id is None and _says(error, NOTHING_TO_EDIT)
            if not delivery.draft.forget and not is_notice:
                raise
            log.info("delivery %d: a message could not be changed (%s)", delivery.id, type(error).__name__)

    async def _change(self, delivery: Delivery) -> None:
        where: dict[str, Any] = {"chat_id": delivery.address.chat, "message_id": delivery.edited_message}
        text, heading = self._worded(delivery)
        markup = to_markup(delivery.draft.buttons)
        try:
            await self._bot.edit_message_text(
                text, entities=heading, reply_markup=markup, link_preview_options=_NO_PREVIEW, **where
            )
        except BadRequest as error:
            if _says(error, "message is not modified"):
                return
            if not _says(error, "no text in the message"):
                raise
            await self._edit_caption(where, text, heading, markup)

    async def _edit_caption(
        self, where: dict[str, Any], text: str, heading: list[MessageEntity] | None, markup: Any
    ) -> None:
        try:
            await self._bot.edit_message_caption(caption=text, caption_entities=heading, reply_markup=markup, **where)
        except BadRequest as error:
            if not _says(error, "message is not modified"):
                raise

    async def _edit_buttons(self, delivery: Delivery) -> None:
        try:
            await self._bot.edit_message_reply_markup(
                chat_id=delivery.address.chat,
                message_id=delivery.edited_message,
                reply_markup=to_markup(delivery.draft.buttons),
            )
        except BadRequest as error:
            # Where the message is gone there is no button left to press.
            if not _says(error, f"message is not modified|{NOTHING_TO_EDIT}"):
                raise

    async def _answer_press(self, delivery: Delivery) -> None:
        text = delivery.draft.text
        await self._bot.answer_callback_query(
            callback_query_id=delivery.draft.press or "",
            text=None if text is None else text[:ANSWER_LENGTH],
            show_alert=delivery.draft.alert or None,
        )

    async def _probe(self, delivery: Delivery) -> None:
        # *Typing …* for a moment is the least a chat can show, and is refused as a message would be.
        await self._bot.send_chat_action(
            chat_id=delivery.address.chat,
            action=ChatAction.TYPING,
            message_thread_id=None if delivery.address.topic == GENERAL_TOPIC else delivery.address.topic,
        )

    async def _delete(self, delivery: Delivery) -> None:
        try:
            await self._bot.delete_message(delivery.address.chat, delivery.draft.message or 0)
        except (BadRequest, Forbidden) as error:
            # Deleted by somebody else, or too old by now: nobody can do more about it.
            log.info("delivery %d: a message could not be deleted (%s)", delivery.id, type(error).__name__)

    async def _leave(self, delivery: Delivery) -> None:
        try:
            await self._bot.leave_chat(delivery.address.chat)
        except (BadRequest, Forbidden) as error:
            # Not in it any more: just what is wanted.
            log.info("delivery %d: a group could not be left (%s)", delivery.id, type(error).__name__)

    async def _menu(self, delivery: Delivery) -> None:
        """Offer commands in a chat; where Telegram refuses, people type them, so that is no failure to speak of."""
        address, language = delivery.address, delivery.draft.language
        scope = BotCommandScopeAllPrivateChats() if address.is_everybody else BotCommandScopeChat(address.chat)
        try:
            if delivery.draft.commands:
                commands = [BotCommand(name, does) for name, does in delivery.draft.commands]
                await self._bot.set_my_commands(commands, scope=scope, language_code=language)
            else:
                await self._bot.delete_my_commands(scope=scope, language_code=language)
        except (BadRequest, Forbidden) as error:
            log.info("delivery %d: the command menu could not be set (%s)", delivery.id, type(error).__name__)

    async def _placed(self, delivery: Delivery, call: Callable[[dict[str, Any]], Awaitable[Any]]) -> Any:
        """Make a call with the topic and the message to answer; without the latter where Telegram stumbles over it."""
        topic = None if delivery.address.topic == GENERAL_TOPIC else delivery.address.topic
        place: dict[str, Any] = {"message_thread_id": topic}
        if delivery.reply_to is None:
            return await call(place)
        answering = ReplyParameters(delivery.reply_to, allow_sending_without_reply=True)
        try:
            return await call({**place, "reply_parameters": answering})
        except BadRequest as error:
            # `allow_sending_without_reply` does not hold for a message in another topic (Bot API, ReplyParameters).
            if not _says(error, "repl(y|ied)"):
                raise
            return await call(place)

    def _worded(self, delivery: Delivery) -> tuple[str, list[MessageEntity] | None]:
        """Return the text with the repeat mark where one is due, its bold heading and its links."""
        text = delivery.draft.text or ""
        if not delivery.repeat:
            return text, _entities(delivery.draft)
        mark = f"{self._repeat_mark()}\n"
        return mark + text, _entities(delivery.draft, utf16_length(mark))


def _entities(draft: Draft, offset: int = 0) -> list[MessageEntity] | None:
    bold = [MessageEntity(MessageEntity.BOLD, offset, draft.heading)] if draft.heading else []
    links = [MessageEntity(MessageEntity.TEXT_LINK, offset + one.start, one.length, url=one.url) for one in draft.links]
    return bold + _covered(draft, offset) + links or None


def _covered(draft: Draft, offset: int) -> list[MessageEntity]:
    """Cover the rest of the text; apps do so in their notifications and lists too, which is what it is for."""
    rest = 0 if draft.hidden is None else utf16_length(draft.text or "") - draft.hidden
    return [MessageEntity(MessageEntity.SPOILER, offset + (draft.hidden or 0), rest)] if rest > 0 else []


def _says(error: TelegramError, words: str) -> bool:
    return re.search(words, error.message, re.IGNORECASE) is not None
