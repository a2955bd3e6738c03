"""Outgoing: delivery → exact requests → outcome. No network but the scripted one, and no secret in the log."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.channels.telegram.line import Line
from bot.channels.telegram.outgoing import TelegramChannel
from bot.errors import SendError, SendFailure
from bot.model import Address, Button, Delivery, DeliveryKind, Document, Draft, Link, Prompt
from tests.support.transport import ANNA, TEAM, Answer, ScriptedApi, make_delivery, make_draft, refusal

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
EVERYBODY = Address("telegram", 0)


def answering(number: int) -> dict[str, Any]:
    return {"message_id": number, "allow_sending_without_reply": True}


def bold(offset: int, length: int) -> list[dict[str, Any]]:
    return [{"type": "bold", "offset": offset, "length": length}]


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
        "what notifications shall not show is covered to the end",
        make_delivery(make_draft(ANNA, "Kopf\n🏠 Worte", heading=4, hidden=5)),
        [
            (
                "sendMessage",
                {
                    "chat_id": 1001,
                    "text": "Kopf\n🏠 Worte",
                    "entities": [*bold(0, 4), {"type": "spoiler", "offset": 5, "length": 8}],
                    "link_preview_options": NO_PREVIEW,
                },
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
        "a link leads from a stretch of the text, counted in UTF-16 units",
        make_delivery(make_draft(ANNA, "🏠 2026-0001", heading=2, links=(Link(3, 9, "https://t.me/c/1/2"),))),
        [
            (
                "sendMessage",
                {
                    "chat_id": 1001,
                    "text": "🏠 2026-0001",
                    "entities": [
                        *bold(0, 2),
                        {"type": "text_link", "offset": 3, "length": 9, "url": "https://t.me/c/1/2"},
                    ],
                    "link_preview_options": NO_PREVIEW,
                },
            )
        ],
    ),
    (
        "a document goes as a file with its name, and a caption",
        make_delivery(
            make_draft(ANNA, "Ihre Daten", kind=DeliveryKind.DOCUMENT, document="own_data.json"),
            document=Document("meine-daten.json", '{"ü": 1}'.encode()),
        ),
        [
            (
                "sendDocument",
                {"chat_id": 1001, "caption": "Ihre Daten", "document": ("meine-daten.json", '{"ü": 1}'.encode())},
            )
        ],
    ),
    (
        "what asks for a reply opens the field for it",
        make_delivery(make_draft(ANNA, "Und?", prompt=Prompt.NOTE)),
        [
            (
                "sendMessage",
                {
                    "chat_id": 1001,
                    "text": "Und?",
                    "reply_markup": {"force_reply": True, "selective": False},
                    "link_preview_options": NO_PREVIEW,
                },
            )
        ],
    ),
    (
        "what asks with buttons opens no field",
        make_delivery(make_draft(ANNA, "Was?", prompt=Prompt.INQUIRY, buttons=BUTTONS)),
        [
            (
                "sendMessage",
                {"chat_id": 1001, "text": "Was?", "reply_markup": KEYBOARD, "link_preview_options": NO_PREVIEW},
            )
        ],
    ),
    (
        "a chat's own commands",
        make_delivery(make_draft(ANNA, None, kind=DeliveryKind.MENU, commands=(("offen", "Was wartet"),))),
        [
            (
                "setMyCommands",
                {
                    "commands": [{"command": "offen", "description": "Was wartet"}],
                    "scope": {"type": "chat", "chat_id": 1001},
                },
            )
        ],
    ),
    (
        "no commands of its own any more",
        make_delivery(make_draft(ANNA, None, kind=DeliveryKind.MENU)),
        [("deleteMyCommands", {"scope": {"type": "chat", "chat_id": 1001}})],
    ),
    (
        "everybody's commands, in one language of their apps",
        make_delivery(make_draft(EVERYBODY, None, kind=DeliveryKind.MENU, commands=(("help", "How"),), language="en")),
        [
            (
                "setMyCommands",
                {
                    "commands": [{"command": "help", "description": "How"}],
                    "scope": {"type": "all_private_chats"},
                    "language_code": "en",
                },
            )
        ],
    ),
    (
        "a language the office speaks no longer",
        make_delivery(make_draft(EVERYBODY, None, kind=DeliveryKind.MENU, language="en")),
        [("deleteMyCommands", {"scope": {"type": "all_private_chats"}, "language_code": "en"})],
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
        make_delivery(Draft(ANNA, EDIT, text="Kopf\nneu", heading=4, buttons=BUTTONS), edited_message=41),
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
        "an edit leaving no buttons",
        make_delivery(Draft(ANNA, EDIT, text="neu"), edited_message=41),
        [
            (
                "editMessageText",
                {"chat_id": 1001, "message_id": 41, "text": "neu", "link_preview_options": NO_PREVIEW},
            )
        ],
    ),
    (
        "an edit of what was marked as a repeat keeps the mark",
        make_delivery(Draft(ANNA, EDIT, text="Kopf\nneu", heading=4), edited_message=41, repeat=True),
        [
            (
                "editMessageText",
                {
                    "chat_id": 1001,
                    "message_id": 41,
                    "text": f"{MARK}\nKopf\nneu",
                    "entities": bold(len(MARK) + 1, 4),
                    "link_preview_options": NO_PREVIEW,
                },
            )
        ],
    ),
    (
        "an edit of the buttons",
        make_delivery(Draft(ANNA, EDIT_BUTTONS, buttons=BUTTONS), edited_message=41),
        [("editMessageReplyMarkup", {"chat_id": 1001, "message_id": 41, "reply_markup": KEYBOARD})],
    ),
    (
        "buttons taken away",
        make_delivery(Draft(ANNA, EDIT_BUTTONS), edited_message=41),
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


QUIET = [
    ("a card", Draft(ANNA, text="x", quiet=True), "sendMessage"),
    ("a photo", Draft(ANNA, COPY, copy_of=(TEAM, 3), quiet=True), "copyMessage"),
]


@pytest.mark.parametrize(("label", "draft", "method"), QUIET, ids=[row[0] for row in QUIET])
async def test_what_is_quiet_rings_nowhere(api: ScriptedApi, line: Line, label: str, draft: Draft, method: str) -> None:
    await TelegramChannel(line.bot, lambda: MARK).send(make_delivery(draft))
    await TelegramChannel(line.bot, lambda: MARK).send(make_delivery(replace(draft, quiet=False)))

    assert [values.get("disable_notification", False) for values in api.of(method)] == [True, False]


@pytest.mark.parametrize("description", [None, "chat not found"])
async def test_a_group_is_left_and_one_the_bot_is_no_longer_in_is_no_trouble(
    api: ScriptedApi, line: Line, description: str | None
) -> None:
    if description is not None:
        api.will("leaveChat", refusal(400, f"Bad Request: {description}"))
    await TelegramChannel(line.bot, lambda: MARK).send(make_delivery(Draft(TEAM, DeliveryKind.LEAVE)))

    assert api.calls == [("leaveChat", {"chat_id": TEAM.chat})]


async def test_no_request_has_a_parse_mode(api: ScriptedApi, line: Line) -> None:
    """People's words go out as they are: what looks like markup is no markup."""
    for _, delivery, _ in CALLS:
        await TelegramChannel(line.bot, lambda: MARK).send(delivery)

    assert api.calls
    assert [method for method, values in api.calls if "parse_mode" in values] == []


@pytest.mark.parametrize(("label", "delivery", "calls"), CALLS, ids=[label for label, *_ in CALLS])
async def test_a_delivery_becomes_exactly_these_requests(
    api: ScriptedApi, line: Line, label: str, delivery: Delivery, calls: list[tuple[str, dict[str, Any]]]
) -> None:
    number = await TelegramChannel(line.bot, lambda: MARK).send(delivery)
    assert api.calls == calls, label
    assert number == (len(calls) if delivery.draft.kind in (DeliveryKind.TEXT, COPY, DeliveryKind.DOCUMENT) else None)


SENT_EDIT = make_delivery(Draft(ANNA, EDIT, text="neu"), edited_message=41)


@pytest.mark.parametrize(
    ("label", "delivery", "method", "description"),
    [
        ("an edit that changes nothing", SENT_EDIT, "editMessageText", "message is not modified: specified new …"),
        (
            "buttons that change nothing",
            make_delivery(Draft(ANNA, EDIT_BUTTONS), edited_message=41),
            "editMessageReplyMarkup",
            "message is not modified: specified new …",
        ),
        (
            "buttons of a deleted message",
            make_delivery(Draft(ANNA, EDIT_BUTTONS), edited_message=41),
            "editMessageReplyMarkup",
            "message to edit not found",
        ),
    ],
)
async def test_what_needs_no_change_is_done(
    api: ScriptedApi, line: Line, label: str, delivery: Delivery, method: str, description: str
) -> None:
    api.will(method, refusal(400, f"Bad Request: {description}"))
    assert await TelegramChannel(line.bot, lambda: MARK).send(delivery) is None, label


async def test_the_edit_of_a_medium_changes_its_caption(api: ScriptedApi, line: Line) -> None:
    api.will("editMessageText", refusal(400, "Bad Request: there is no text in the message to edit"))
    delivery = make_delivery(Draft(ANNA, EDIT, text="Kopf\nneu", heading=4), edited_message=41)
    assert await TelegramChannel(line.bot, lambda: MARK).send(delivery) is None
    assert api.of("editMessageCaption") == [
        {"chat_id": 1001, "message_id": 41, "caption": "Kopf\nneu", "caption_entities": bold(0, 4)}
    ]


GONE = [
    ("deleted by its reader", refusal(400, "Bad Request: message to edit not found")),
    ("a sticker has no words", refusal(400, "Bad Request: there is no caption in the message to edit")),
    ("the bot was thrown out", refusal(403, "Forbidden: bot was kicked from the supergroup chat")),
]


@pytest.mark.parametrize(("label", "answer"), GONE, ids=[row[0] for row in GONE])
async def test_what_is_to_be_emptied_and_cannot_be_is_no_trouble(
    api: ScriptedApi, line: Line, label: str, answer: Answer
) -> None:
    """It happens every night with cards somebody has deleted; nobody has to look after it."""
    api.will("editMessageText", answer)
    delivery = make_delivery(Draft(ANNA, EDIT, text="gelöscht", message=41, forget=True), edited_message=41)

    assert await TelegramChannel(line.bot, lambda: MARK).send(delivery) is None, label


async def test_a_notice_its_reader_deleted_needs_no_change(api: ScriptedApi, line: Line) -> None:
    api.will("editMessageText", refusal(400, "Bad Request: message to edit not found"))

    assert (
        await TelegramChannel(line.bot, lambda: MARK).send(
            make_delivery(Draft(ANNA, EDIT, text="neu"), edited_message=41)
        )
        is None
    )


@pytest.mark.parametrize(
    "description", ["message to be replied not found", "reply message not found", "replied message not found"]
)
async def test_a_message_to_answer_that_is_gone_does_not_keep_the_answer(
    api: ScriptedApi, line: Line, description: str
) -> None:
    api.will("sendMessage", refusal(400, f"Bad Request: {description}"))
    assert await TelegramChannel(line.bot, lambda: MARK).send(make_delivery(make_draft(TEAM), reply_to=33)) == 2
    assert [call.get("reply_parameters") for call in api.of("sendMessage")] == [answering(33), None]
    assert [call["message_thread_id"] for call in api.of("sendMessage")] == [7, 7]


async def test_a_repeat_is_marked_in_the_language_the_office_has_now(api: ScriptedApi, line: Line) -> None:
    marks = iter(["Doppelt?", "A repeat?"])
    channel = TelegramChannel(line.bot, lambda: next(marks))
    for _ in range(2):
        await channel.send(make_delivery(make_draft(ANNA, "Text"), repeat=True))

    assert [call["text"] for call in api.of("sendMessage")] == ["Doppelt?\nText", "A repeat?\nText"]


async def test_a_document_nobody_wrote_is_refused_and_named_a_fault(api: ScriptedApi, line: Line) -> None:
    delivery = make_delivery(make_draft(ANNA, kind=DeliveryKind.DOCUMENT, document="own_data.json"))
    with pytest.raises(SendError, match="fault of the program") as caught:
        await TelegramChannel(line.bot, lambda: MARK).send(delivery)

    assert caught.value.failure is SendFailure.REFUSED
    assert api.calls == []
