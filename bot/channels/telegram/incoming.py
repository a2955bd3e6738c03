"""Incoming: a stored update becomes an event of ours, by PTB's handlers with filters as the dispatch table.

The handlers only translate, and one alone takes an update; an error in it is recorded by the error handler and raised
to whoever asked. No event comes of channel posts, of messages by bots or on behalf of channels, of service messages but
a group's migration, and of a live location moving on. An administrator writing anonymously in a group speaks as the
group.

A topic's messages all "reply" to the message that opened it; that is no reply. Private chats have no topics here.
"""

from __future__ import annotations

import json
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberRestricted, Message, Update, User
from telegram.ext import CallbackContext, CallbackQueryHandler, ChatMemberHandler, MessageHandler, TypeHandler, filters

from bot.channels.telegram import CHANNEL
from bot.channels.telegram.cleaning import clean, clean_name
from bot.channels.telegram.commands import read_command
from bot.channels.telegram.line import Line
from bot.channels.telegram.soundness import is_sound
from bot.errors import UnreadableUpdateError
from bot.model import (
    AddedToChannel,
    Address,
    ButtonPress,
    ChatMigrated,
    InboundEvent,
    InboundMessage,
    MessageKind,
    ReachChanged,
    Sender,
)

# The first filter that fits says what a message is. What Telegram refuses to copy (Bot API, copyMessage) comes first;
# an animation is a document too, a venue a location too.
KINDS: tuple[tuple[filters.BaseFilter, MessageKind], ...] = (
    (filters.PAID_MEDIA | filters.GIVEAWAY | filters.GIVEAWAY_WINNERS | filters.INVOICE, MessageKind.UNSUPPORTED),
    (filters.STORY | filters.GAME | filters.CHECKLIST | filters.PASSPORT_DATA, MessageKind.UNSUPPORTED),
    (filters.TEXT, MessageKind.TEXT),
    (filters.PHOTO, MessageKind.PHOTO),
    (filters.VIDEO | filters.ANIMATION, MessageKind.VIDEO),
    (filters.Document.ALL, MessageKind.DOCUMENT),
    (filters.AUDIO, MessageKind.AUDIO),
    (filters.VOICE, MessageKind.VOICE),
    (filters.VENUE | filters.VIDEO_NOTE | filters.Dice.ALL | filters.POLL, MessageKind.OTHER),
    (filters.LOCATION, MessageKind.LOCATION),
    (filters.CONTACT, MessageKind.CONTACT_CARD),
    (filters.Sticker.ALL, MessageKind.STICKER),
)

_PEOPLE_TALK = filters.UpdateType.MESSAGES & (filters.ChatType.PRIVATE | filters.ChatType.GROUPS)

Context = CallbackContext[Any, Any, Any, Any]

# https://core.telegram.org/bots/api#chatmember
_GONE = frozenset({ChatMember.LEFT, ChatMember.BANNED})


@dataclass
class _Collected:
    """What the handlers made of one update."""

    event: InboundEvent | None = None
    error: Exception | None = None


_collected: ContextVar[_Collected] = ContextVar("collected")


class Translator:
    """Turns stored updates into events, one each at most; puts its handlers into the line's application.

    The line has to be open: whom a command is addressed to is known by the bot's name.
    """

    def __init__(self, line: Line) -> None:
        self._application = line.application
        for handler in (
            MessageHandler(filters.StatusUpdate.MIGRATE & filters.UpdateType.MESSAGE, self._on_migration),
            MessageHandler(filters.StatusUpdate.ALL, self._on_nothing),
            MessageHandler(_PEOPLE_TALK, self._on_message),
            CallbackQueryHandler(self._on_press),
            ChatMemberHandler(self._on_reach, ChatMemberHandler.MY_CHAT_MEMBER),
            TypeHandler(Update, self._on_nothing),
        ):
            self._application.add_handler(handler)
        self._application.add_error_handler(self._on_error)

    async def read(self, raw: str) -> InboundEvent | None:
        """Return the event a raw update means; None for what nobody has to act on.

        Raises:
            UnreadableUpdateError: it is no update as the Bot API describes them.
        """
        try:
            # Never None for a dict, though the signature says so for other callers.
            update = Update.de_json(json.loads(raw), self._application.bot)
        except Exception as error:
            # PTB raises whatever a missing or misshapen value leads to.
            raise UnreadableUpdateError(f"update: {type(error).__name__} while reading it") from error
        collected = _Collected()
        _collected.set(collected)
        try:
            await self._application.process_update(update)
        except Exception as error:  # noqa: BLE001 (before any handler is asked, PTB looks at ids, whatever they are)
            collected.error = error
        if collected.error is not None:
            raise UnreadableUpdateError(
                f"update: {type(collected.error).__name__} while translating it"
            ) from collected.error
        if collected.event is not None and not is_sound(collected.event):
            raise UnreadableUpdateError("update: a number or a text in it is none")
        return collected.event

    async def _on_message(self, update: Update, _: Context) -> None:
        message = update.edited_message or update.message
        if message is None:
            return
        sender = _sender(message)
        kind = kind_of(update, message)
        edited = update.edited_message is not None
        # A live location moves by edits, which nobody wrote.
        if sender is None or (edited and kind is MessageKind.LOCATION):
            return
        command, argument = read_command(message.text or "", message.entities, self._application.bot.username)
        if command is not None and not command:
            return
        _collected.get().event = InboundMessage(
            address=_address(message),
            message=message.message_id,
            sender=sender,
            kind=kind,
            text=clean(message.text or message.caption or ""),
            sent_at=(message.edit_date if edited else None) or message.date,
            command=command,
            argument=argument,
            reply_to=_reply_to(message),
            album=message.media_group_id,
            quoted="" if command is None else _quoted(message),
            edited=edited,
            written_at=message.date if edited else None,
            answers_bot=self._answers_bot(message),
            answers_button=_first_button(message) if self._answers_bot(message) else None,
        )

    def _answers_bot(self, message: Message) -> bool:
        answered = message.reply_to_message
        return (
            _reply_to(message) is not None
            and answered is not None
            and answered.from_user is not None
            and answered.from_user.id == self._application.bot.id
        )

    async def _on_press(self, update: Update, _: Context) -> None:
        query = update.callback_query
        if query is None or query.data is None or query.message is None:
            # A game's button or one of a message sent inline: the bot has neither.
            return
        _collected.get().event = ButtonPress(
            address=_address(query.message) if isinstance(query.message, Message) else _chat_address(query),
            message=query.message.message_id,
            sender=_person(query.from_user),
            token=clean(query.data),
            query=query.id,
        )

    async def _on_migration(self, update: Update, _: Context) -> None:
        message = update.message
        if message is None:
            return
        # Told twice, in the old group and in the new one.
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        _collected.get().event = ChatMigrated(Address(CHANNEL, old), Address(CHANNEL, new))

    async def _on_reach(self, update: Update, _: Context) -> None:
        change = update.my_chat_member
        if change is None:
            return
        before, after = _reachable(change.old_chat_member), _reachable(change.new_chat_member)
        if change.chat.type == Chat.CHANNEL:
            if after:
                _collected.get().event = AddedToChannel(Address(CHANNEL, change.chat.id))
        elif before != after:
            _collected.get().event = ReachChanged(Address(CHANNEL, change.chat.id), after)

    async def _on_nothing(self, update: Update, _: Context) -> None:
        """Take what nobody has to act on, so that no later handler does."""

    async def _on_error(self, _: object, context: Context) -> None:
        _collected.get().error = context.error


def kind_of(update: Update, message: Message) -> MessageKind:
    """Say what a message is made of; something new from Telegram is `OTHER`."""
    kind = next((kind for fits, kind in KINDS if fits.check_update(update)), MessageKind.OTHER)
    # A quiz can be copied only by whoever knows its solution (Bot API, copyMessage).
    if message.poll is not None and message.poll.type == "quiz" and not message.poll.correct_option_ids:
        return MessageKind.UNSUPPORTED
    # Our own words about a text are no copy.
    if message.has_protected_content and kind is not MessageKind.TEXT:
        return MessageKind.UNSUPPORTED
    return kind


def _address(message: Message) -> Address:
    in_topic = message.is_topic_message and message.chat.type != Chat.PRIVATE
    return Address(CHANNEL, message.chat.id, message.message_thread_id if in_topic else None)


def _chat_address(query: CallbackQuery) -> Address:
    """Return where a button was pressed whose message is too old to be shown to the bot."""
    assert query.message is not None  # noqa: S101 (looked at by the caller)
    return Address(CHANNEL, query.message.chat.id)


def _sender(message: Message) -> Sender | None:
    """Return who wrote it, None for what no person wrote."""
    if message.is_automatic_forward:
        return None
    if message.sender_chat is not None:
        if message.sender_chat.id != message.chat.id:
            return None
        return Sender(message.sender_chat.id, clean_name(message.author_signature or message.chat.title or ""))
    if message.from_user is None or message.from_user.is_bot:
        return None
    return _person(message.from_user)


def _person(user: User) -> Sender:
    return Sender(user.id, clean_name(user.first_name), user.language_code)


def _reply_to(message: Message) -> int | None:
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:
        return None
    if message.is_topic_message and answered.message_id == message.message_thread_id:
        return None
    return answered.message_id


def _first_button(message: Message) -> str | None:
    """Return the token of the first button under the message answered."""
    markup = None if message.reply_to_message is None else message.reply_to_message.reply_markup
    tokens = [] if markup is None else [button.callback_data for row in markup.inline_keyboard for button in row]
    return next((clean(token) for token in tokens if isinstance(token, str)), None)


def _quoted(message: Message) -> str:
    """Return the words of the message answered, unless the bot itself wrote that."""
    answered = message.reply_to_message
    if answered is None or answered.from_user is None or answered.from_user.is_bot:
        return ""
    return clean(answered.text or answered.caption or "")


def _reachable(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return member.status not in _GONE
