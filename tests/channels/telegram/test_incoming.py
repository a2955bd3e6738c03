"""Incoming: raw update → events, as one labelled table."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.telegram import incoming
from bot.channels.telegram.incoming import Translator
from bot.channels.telegram.line import build_line
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
from tests.support.transport import TOKEN, ScriptedApi

ADDED = AddedToChannel(Address("telegram", -100900))
DATE, LATER = 1_770_000_000, 1_770_000_060
AT, AT_LATER = datetime.fromtimestamp(DATE, UTC), datetime.fromtimestamp(LATER, UTC)
ANNA = {"id": 1001, "is_bot": False, "first_name": "Anna", "language_code": "uk"}
SENDER = Sender(1001, "Anna", "uk")
PRIVATE = {"id": 1001, "type": "private", "first_name": "Anna"}
GROUP = {"id": -100500, "type": "supergroup", "title": "Wohnen", "is_forum": True}
CHANNEL = {"id": -100900, "type": "channel", "title": "Kanal"}
BOT = {"id": 123456789, "is_bot": True, "first_name": "Lotse", "username": "lotse_test_bot"}
OTHER_BOT = {"id": 7, "is_bot": True, "first_name": "Andere", "username": "andere_bot"}
HOME, TEAM = Address("telegram", 1001), Address("telegram", -100500)
FILE = {"file_id": "f", "file_unique_id": "u"}
PIXELS = {"width": 1, "height": 1}
PLACE = {"latitude": 47.6, "longitude": 7.7}


@pytest.fixture
async def translator() -> AsyncIterator[Translator]:
    api = ScriptedApi()
    line = build_line(TOKEN, api.url, api.wire)
    await line.open()
    yield Translator(line)
    await line.close()
    assert api.calls == [], "translating must not call anybody"


def message(**more: Any) -> dict[str, Any]:
    """A private message of Anna's; None takes a value away."""
    whole = {"message_id": 11, "date": DATE, "chat": PRIVATE, "from": ANNA, **more}
    return {"message": {key: value for key, value in whole.items() if value is not None}}


def edited(**more: Any) -> dict[str, Any]:
    return {"edited_message": message(edit_date=LATER, **more)["message"]}


def command(text: str, length: int, **more: Any) -> dict[str, Any]:
    return message(text=text, entities=[{"type": "bot_command", "offset": 0, "length": length}], **more)


def event(**more: Any) -> InboundMessage:
    values = {"address": HOME, "message": 11, "sender": SENDER, "kind": MessageKind.TEXT, "text": "", "sent_at": AT}
    return InboundMessage(**{**values, **more})


def press(**more: Any) -> dict[str, Any]:
    shown = {"message_id": 40, "date": DATE, "chat": PRIVATE, "from": BOT, "text": "Wohin?"}
    whole = {"id": "q1", "from": ANNA, "message": shown, "chat_instance": "1", "data": "t1", **more}
    return {"callback_query": {key: value for key, value in whole.items() if value is not None}}


def member(status: str, **more: Any) -> dict[str, Any]:
    extra: dict[str, Any] = {
        "kicked": {"until_date": 0},
        "restricted": dict.fromkeys(
            [
                "is_member", "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos",
                "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls",
                "can_send_other_messages", "can_add_web_page_previews", "can_change_info", "can_invite_users",
                "can_pin_messages", "can_manage_topics", "can_react_to_messages", "can_edit_tag",
            ],
            True,
        )
        | {"until_date": 0},
        "administrator": dict.fromkeys(
            [
                "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
                "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users",
                "can_post_stories", "can_edit_stories", "can_delete_stories",
            ],
            False,
        ),
    }.get(status, {})  # fmt: skip
    return {"status": status, "user": BOT, **extra, **more}


def reach(old: dict[str, Any], new: dict[str, Any], chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    return {
        "my_chat_member": {"chat": chat, "from": ANNA, "date": DATE, "old_chat_member": old, "new_chat_member": new}
    }


def kinds() -> list[tuple[str, dict[str, Any], InboundEvent | None]]:
    """One row a kind: what a message of it looks like, and what becomes of its caption."""
    contents: list[tuple[str, dict[str, Any], MessageKind]] = [
        ("a photo", {"photo": [{**FILE, **PIXELS}], "caption": "Bad"}, MessageKind.PHOTO),
        ("a document", {"document": FILE, "caption": "Bad"}, MessageKind.DOCUMENT),
        ("a video", {"video": {**FILE, **PIXELS, "duration": 1}, "caption": "Bad"}, MessageKind.VIDEO),
        (
            "an animation, which is a document too",
            {"animation": {**FILE, **PIXELS, "duration": 1}, "document": FILE, "caption": "Bad"},
            MessageKind.VIDEO,
        ),
        ("an audio file", {"audio": {**FILE, "duration": 1}, "caption": "Bad"}, MessageKind.AUDIO),
        ("a voice message", {"voice": {**FILE, "duration": 1}}, MessageKind.VOICE),
        ("a location", {"location": PLACE}, MessageKind.LOCATION),
        (
            "a venue, which is a location too",
            {"venue": {"location": PLACE, "title": "Café", "address": "Weg 1"}, "location": PLACE},
            MessageKind.OTHER,
        ),
        ("a contact card", {"contact": {"phone_number": "1", "first_name": "A"}}, MessageKind.CONTACT_CARD),
        (
            "a sticker",
            {"sticker": {**FILE, **PIXELS, "type": "regular", "is_animated": False, "is_video": False}},
            MessageKind.STICKER,
        ),
        ("a video note", {"video_note": {**FILE, "length": 1, "duration": 1}}, MessageKind.OTHER),
        ("a dice", {"dice": {"emoji": "🎲", "value": 3}}, MessageKind.OTHER),
        ("a poll", {"poll": poll("regular")}, MessageKind.OTHER),
        ("a quiz", {"poll": poll("quiz")}, MessageKind.UNSUPPORTED),
        ("a paid medium", {"paid_media": {"star_count": 1, "paid_media": []}}, MessageKind.UNSUPPORTED),
        (
            "a giveaway",
            {"giveaway": {"chats": [CHANNEL], "winners_selection_date": DATE, "winner_count": 1}},
            MessageKind.UNSUPPORTED,
        ),
        ("a story", {"story": {"chat": CHANNEL, "id": 1}}, MessageKind.UNSUPPORTED),
        (
            "an invoice",
            {"invoice": {"title": "", "description": "", "start_parameter": "", "currency": "EUR", "total_amount": 1}},
            MessageKind.UNSUPPORTED,
        ),
        (
            "a game",
            {"game": {"title": "", "description": "", "photo": [{**FILE, **PIXELS}]}},
            MessageKind.UNSUPPORTED,
        ),
        ("something Telegram invents tomorrow", {"hologram": {"file_id": "f"}}, MessageKind.OTHER),
        (
            "a photo that must not be copied",
            {"photo": [{**FILE, **PIXELS}], "has_protected_content": True},
            MessageKind.UNSUPPORTED,
        ),
    ]
    return [
        (label, message(**content), event(kind=kind, text=content.get("caption", "")))
        for label, content, kind in contents
    ]


def poll(kind: str) -> dict[str, Any]:
    return {
        "id": "1",
        "question": "?",
        "options": [],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": kind,
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }


IN_TOPIC = {"chat": GROUP, "message_thread_id": 7, "is_topic_message": True}
TOPIC_ROOT = {
    "message_id": 7,
    "date": DATE,
    "chat": GROUP,
    "forum_topic_created": {"name": "Wohnen", "icon_color": 1},
}
CARD = {"message_id": 33, "date": DATE, "chat": GROUP, "from": BOT, "text": "Karte"}
BUTTONS = [[{"text": "Seite", "url": "https://amt.example"}], [{"text": "Ja", "callback_data": "t1"}]]
QUESTION = {"message_id": 9, "date": DATE, "chat": PRIVATE, "reply_markup": {"inline_keyboard": BUTTONS}}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}

CASES: list[tuple[str, dict[str, Any], InboundEvent | None]] = [
    ("a text", message(text="Hallo 🏠"), event(text="Hallo 🏠")),
    ("a text that must not be copied", message(text="x", has_protected_content=True), event(text="x")),
    ("a text with half an emoji", message(text="a\ud83cb"), event(text="a\ufffdb")),
    ("a command", command("/hilfe", 6), event(text="/hilfe", command="hilfe")),
    (
        "a command with what follows it",
        command("/Start  abc-1 x ", 6),
        event(text="/Start  abc-1 x ", command="start", argument="abc-1 x"),
    ),
    (
        "a command for this bot by name",
        command("/hilfe@Lotse_Test_Bot", 21),
        event(text="/hilfe@Lotse_Test_Bot", command="hilfe"),
    ),
    ("a command for another bot", command("/hilfe@andere_bot", 17, chat=GROUP), None),
    (
        "a command in the middle is none",
        message(text="siehe /hilfe", entities=[{"type": "bot_command", "offset": 6, "length": 6}]),
        event(text="siehe /hilfe"),
    ),
    (
        "a command with an umlaut, which Telegram marks as none",
        message(text="/Löschen "),
        event(text="/Löschen ", command="löschen"),
    ),
    (
        "an unmarked command with a number behind it",
        message(text="/löschen 2026-0001"),
        event(text="/löschen 2026-0001", command="löschen", argument="2026-0001"),
    ),
    (
        "an unmarked command for this bot",
        message(text="/ändern@Lotse_Test_Bot"),
        event(text="/ändern@Lotse_Test_Bot", command="ändern"),
    ),
    ("an unmarked command for another bot", message(text="/ändern@andere_bot", chat=GROUP), None),
    ("an unmarked slash before words is no command", message(text="/für Bekannte"), event(text="/für Bekannte")),
    ("a path is no command", message(text="/home/anna"), event(text="/home/anna")),
    ("a slash alone is no command", message(text="/ oder /"), event(text="/ oder /")),
    (
        "a reply",
        message(text="ja", reply_to_message={"message_id": 9, "date": DATE, "chat": PRIVATE, "from": BOT}),
        event(text="ja", reply_to=9, answers_bot=True),
    ),
    (
        "a reply to a message with buttons",
        message(text="ja", reply_to_message={**QUESTION, "from": BOT}),
        event(text="ja", reply_to=9, answers_bot=True, answers_button="t1"),
    ),
    (
        "a reply to another bot's message with buttons",
        message(text="ja", reply_to_message={**QUESTION, "from": OTHER_BOT}),
        event(text="ja", reply_to=9),
    ),
    (
        "a reply to another bot",
        message(text="ja", reply_to_message={"message_id": 9, "date": DATE, "chat": GROUP, "from": OTHER_BOT}),
        event(text="ja", reply_to=9),
    ),
    (
        "one of an album",
        message(photo=[{**FILE, **PIXELS}], media_group_id="55"),
        event(kind=MessageKind.PHOTO, album="55"),
    ),
    (
        "a forwarded text",
        message(text="x", forward_origin={"type": "hidden_user", "date": DATE, "sender_user_name": "B"}),
        event(text="x"),
    ),
    *kinds(),
    ("an edited text", edited(text="neu"), event(text="neu", sent_at=AT_LATER, edited=True, written_at=AT)),
    (
        "an edited caption",
        edited(photo=[{**FILE, **PIXELS}], caption="neu"),
        event(kind=MessageKind.PHOTO, text="neu", sent_at=AT_LATER, edited=True, written_at=AT),
    ),
    ("a live location that moved", edited(location={**PLACE, "live_period": 900}), None),
    ("a group's message", message(text="x", chat=GROUP), event(text="x", address=TEAM)),
    (
        "a reply in a topic",
        message(text="x", reply_to_message=CARD, **IN_TOPIC),
        event(text="x", address=Address("telegram", -100500, 7), reply_to=33, answers_bot=True),
    ),
    (
        "a message in a topic replies to nothing",
        message(text="x", reply_to_message=TOPIC_ROOT, **IN_TOPIC),
        event(text="x", address=Address("telegram", -100500, 7)),
    ),
    (
        "not even where the topic's first message is not told as such",
        message(text="x", reply_to_message={"message_id": 7, "date": DATE, "chat": GROUP}, **IN_TOPIC),
        event(text="x", address=Address("telegram", -100500, 7)),
    ),
    (
        "a thread of replies in a group is no topic",
        message(text="x", chat=GROUP, message_thread_id=33, reply_to_message=CARD),
        event(text="x", address=TEAM, reply_to=33, answers_bot=True),
    ),
    (
        "a private chat has no topics",
        message(text="x", message_thread_id=5, is_topic_message=True),
        event(text="x"),
    ),
    (
        "an anonymous administrator speaks as the group",
        message(text="x", chat=GROUP, sender_chat=GROUP, author_signature="Leitung", **{"from": ANONYMOUS}),
        event(text="x", address=TEAM, sender=Sender(-100500, "Leitung")),
    ),
    ("a message on behalf of a channel", message(text="x", chat=GROUP, sender_chat=CHANNEL), None),
    (
        "a channel's post forwarded into its group",
        message(text="x", chat=GROUP, sender_chat=CHANNEL, is_automatic_forward=True),
        None,
    ),
    ("a message by a bot", message(text="x", chat=GROUP, **{"from": BOT}), None),
    ("a channel post", {"channel_post": message(text="x", chat=CHANNEL)["message"]}, None),
    ("an edited channel post", {"edited_channel_post": edited(text="x", chat=CHANNEL)["edited_message"]}, None),
    ("a message in a channel", message(text="x", chat=CHANNEL), None),
    ("somebody joined", message(chat=GROUP, new_chat_members=[ANNA]), None),
    ("a message was pinned", message(chat=GROUP, pinned_message=CARD), None),
    ("a topic was opened", message(chat=GROUP, forum_topic_created={"name": "Neu", "icon_color": 1}), None),
    (
        "a group migrated, told in the old one",
        message(chat={"id": -500, "type": "group", "title": "Wohnen"}, migrate_to_chat_id=-100500),
        ChatMigrated(Address("telegram", -500), TEAM),
    ),
    (
        "a group migrated, told in the new one",
        message(chat=GROUP, migrate_from_chat_id=-500),
        ChatMigrated(Address("telegram", -500), TEAM),
    ),
    ("a press", press(), ButtonPress(HOME, 40, SENDER, "t1", "q1")),
    (
        "a press in a topic",
        press(message={**CARD, **IN_TOPIC}),
        ButtonPress(Address("telegram", -100500, 7), 33, SENDER, "t1", "q1"),
    ),
    (
        "a press under a message too old to be shown",
        press(message={"message_id": 40, "date": 0, "chat": PRIVATE}),
        ButtonPress(HOME, 40, SENDER, "t1", "q1"),
    ),
    ("a press without data", press(data=None, game_short_name="g"), None),
    ("a press under an inline message", press(message=None, inline_message_id="i"), None),
    ("the bot was blocked", reach(member("member"), member("kicked")), ReachChanged(HOME, False)),
    ("the bot was unblocked", reach(member("kicked"), member("member")), ReachChanged(HOME, True)),
    ("the bot was added to a group", reach(member("left"), member("member"), GROUP), ReachChanged(TEAM, True)),
    (
        "the bot was removed from a group",
        reach(member("administrator"), member("left"), GROUP),
        ReachChanged(TEAM, False),
    ),
    ("the bot became administrator", reach(member("member"), member("administrator"), GROUP), None),
    (
        "the bot may not write any more",
        reach(member("member"), member("restricted", can_send_messages=False), GROUP),
        ReachChanged(TEAM, False),
    ),
    ("the bot may write as before", reach(member("member"), member("restricted"), GROUP), None),
    ("the bot was added to a channel", reach(member("left"), member("administrator"), CHANNEL), ADDED),
    ("an update of a kind nobody knows", {"telepathy": {"from": ANNA}}, None),
    ("an update of a kind the bot has no use for", {"poll": poll("regular")}, None),
]  # fmt: skip


@pytest.mark.parametrize(("label", "payload", "means"), CASES, ids=[label for label, *_ in CASES])
async def test_an_update_means_these_events(
    translator: Translator,
    caplog: pytest.LogCaptureFixture,
    label: str,
    payload: dict[str, Any],
    means: InboundEvent | None,
) -> None:
    with caplog.at_level(logging.INFO, "bot"):
        assert await translator.read(json.dumps({"update_id": 1, **payload})) == means, label
    assert caplog.text == ""


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "[1]",
        "null",
        "{}",
        '{"message": {}}',
        '{"update_id": 1, "message": {}}',
        '{"update_id": 1, "message": 5}',
        '{"update_id": 1, "message": {"message_id": 1, "date": "Frau Muster", "chat": {"id": 1, "type": "private"}}}',
        '{"update_id": 1, "callback_query": {"id": "q"}}',
    ],
)
async def test_what_is_no_update_is_unreadable(translator: Translator, raw: str) -> None:
    with pytest.raises(UnreadableUpdateError) as caught:
        await translator.read(raw)
    assert "Muster" not in str(caught.value)


async def test_a_fault_while_translating_is_raised_to_whoever_asked(
    translator: Translator, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> MessageKind:
        raise KeyError("Frau Muster")

    monkeypatch.setattr(incoming, "kind_of", broken)
    with pytest.raises(UnreadableUpdateError, match="KeyError while translating it"):
        await translator.read(json.dumps({"update_id": 1, **message(text="Frau Muster")}))
    assert "Muster" not in caplog.text
    monkeypatch.undo()
    assert await translator.read(json.dumps({"update_id": 1, **message(text="x")})) == event(text="x")


UNSOUND = [
    ("a list for a message's number", message(text="x", message_id=[3])),
    ("a number no store can hold", message(text="x", message_id=2**63)),
    ("a list for a sender's number", message(text="x", **{"from": {**ANNA, "id": [1]}})),
    ("true for a chat's number", message(text="x", chat={**GROUP, "id": True})),
    ("a press by an object", press(id={"a": 1})),
]


@pytest.mark.parametrize(("label", "payload"), UNSOUND, ids=[row[0] for row in UNSOUND])
async def test_what_holds_no_sound_number_is_not_tried_three_times(
    translator: Translator, label: str, payload: dict[str, Any]
) -> None:
    with pytest.raises(UnreadableUpdateError):
        await translator.read(json.dumps({"update_id": 1, **payload}))
