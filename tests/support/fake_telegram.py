"""A channel that keeps what stands in each chat, and numbers and refuses messages as Telegram does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from bot.errors import SendError, SendFailure
from bot.model import CAPTIONED, Delivery, DeliveryKind, Document, Draft, MessageKind
from bot.services.delivery.split import utf16_length

# Bot API: sendMessage.text, copyMessage.caption, InlineKeyboardButton.callback_data, answerCallbackQuery.text.
TEXT_UNITS, CAPTION_UNITS, DATA_BYTES, ANSWER_LENGTH = 4_096, 1_024, 64, 200


@dataclass(frozen=True)
class Shown:
    """A message as it stands in a chat; the text without the marks that isolate what was filled in."""

    chat: int
    message: int
    text: str
    kind: MessageKind = MessageKind.TEXT
    by_bot: bool = True
    reply_to: int | None = None
    topic: int | None = None
    copy_of: tuple[int, int] | None = None
    tokens: dict[str, str] = field(default_factory=dict)
    heading: str = ""
    quiet: bool = False
    document: Document | None = None

    @property
    def buttons(self) -> list[str]:
        return list(self.tokens)


@dataclass
class FakeTelegram:
    """The channel: remembers what stands in each chat.

    Attributes:
        closed: chats that refuse everything, and how.
        script: what becomes of the next attempts, None for success.
        probed: the chats asked whether they are still there.
        left: the groups the bot left.
    """

    chats: dict[int, dict[int, Shown]] = field(default_factory=dict)
    answers: dict[str, tuple[str | None, bool]] = field(default_factory=dict)
    closed: dict[int, SendFailure] = field(default_factory=dict)
    script: list[SendError | None] = field(default_factory=list)
    carried: list[Delivery] = field(default_factory=list)
    probed: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)

    async def send(self, delivery: Delivery) -> int | None:
        failure = self.closed.get(delivery.address.chat)
        if failure is not None:
            raise SendError(failure, f"scripted {failure}")
        scripted = self.script.pop(0) if self.script else None
        if scripted is not None:
            raise scripted
        self.carried.append(delivery)
        match delivery.draft.kind:
            case DeliveryKind.TEXT | DeliveryKind.COPY | DeliveryKind.DOCUMENT:
                return self._show(delivery)
            case DeliveryKind.EDIT | DeliveryKind.EDIT_BUTTONS:
                self._change(delivery)
            case DeliveryKind.DELETE:
                self.chats[delivery.address.chat].pop(delivery.draft.message or 0)
            case DeliveryKind.LEAVE:
                self.left.append(delivery.address.chat)
            case DeliveryKind.PROBE:
                self.probed.append(delivery.address.chat)
            case DeliveryKind.ANSWER_PRESS:
                query = delivery.draft.press or ""
                assert query not in self.answers, "a press was answered twice"
                text = delivery.draft.text
                assert len(text or "") <= ANSWER_LENGTH
                self.answers[query] = (None if text is None else plain(text), delivery.draft.alert)
        return None

    def enter(self, chat: int, text: str, **more: Any) -> Shown:
        """Put a message into a chat under its next number."""
        inside = self.chats.setdefault(chat, {})
        shown = Shown(chat, max(inside, default=0) + 1, text, **more)
        inside[shown.message] = shown
        return shown

    def _show(self, delivery: Delivery) -> int:
        draft, chat = delivery.draft, delivery.address.chat
        text, kind, copy_of = draft.text or "", MessageKind.TEXT, None
        if draft.kind is DeliveryKind.COPY:
            assert draft.copy_of is not None
            source = self.chats[draft.copy_of[0].chat][draft.copy_of[1]]
            kind, copy_of = source.kind, (source.chat, source.message)
            text = source.text if draft.text is None else text
            assert draft.text is None or (kind in CAPTIONED and utf16_length(text) <= CAPTION_UNITS)
        elif draft.kind is DeliveryKind.DOCUMENT:
            assert delivery.document is not None, "a document without one"
            kind = MessageKind.DOCUMENT
            assert utf16_length(text) <= CAPTION_UNITS
        else:
            assert text.strip(), "an empty message"
            assert utf16_length(text) <= TEXT_UNITS, "a message too long"
        assert delivery.reply_to is None or delivery.reply_to in self.chats[chat], "a reply to nothing"
        more: dict[str, Any] = {
            "reply_to": delivery.reply_to,
            "topic": delivery.address.topic,
            "heading": _heading(draft),
            "document": delivery.document,
            "quiet": draft.quiet,
        }
        return self.enter(chat, plain(text), kind=kind, copy_of=copy_of, tokens=_tokens(delivery), **more).message

    def _change(self, delivery: Delivery) -> None:
        inside = self.chats[delivery.address.chat]
        assert delivery.edited_message is not None
        before = inside[delivery.edited_message]
        assert before.by_bot, "a bot changes only its own messages"
        if (draft := delivery.draft).kind is DeliveryKind.EDIT:
            before = replace(before, text=plain(draft.text or ""), heading=_heading(draft))
        inside[delivery.edited_message] = replace(before, tokens=_tokens(delivery))


def _heading(draft: Draft) -> str:
    """Return what stands out, by Telegram's way of counting; half a sign is a fault."""
    return plain((draft.text or "").encode("utf-16-le")[: 2 * draft.heading].decode("utf-16-le"))


def plain(text: str) -> str:
    """Drop the marks around what was filled in."""
    return text.replace("\u2068", "").replace("\u2069", "")


def _tokens(delivery: Delivery) -> dict[str, str]:
    tokens = {}
    for row in delivery.draft.buttons or ():
        assert row, "an empty row of buttons"
        for button in row:
            label = plain(button.label)
            assert len(button.token.encode()) <= DATA_BYTES
            assert label not in tokens, f"two buttons {label!r} under one message"
            tokens[label] = button.token
    return tokens
