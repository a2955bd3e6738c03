"""Random updates over the Bot API's types, and what may go wrong with them on their way.

The shapes come from the library's own classes: each parameter of a class is a field, and its annotation says what is in
it. So a new field of a new version is generated without anybody thinking of it. Everything follows from a seed.
"""

from __future__ import annotations

import inspect
import json
import random
import re
from functools import cache
from typing import Any

import telegram
from telegram import Chat, ChatMember, TelegramObject, Update

from tests.support.rulebook import (
    DANGER,
    HEAD,
    HOUSING,
    LANGUAGE,
    TO_HOUSING,
    TO_LANGUAGE,
    TO_WORK_AND_HOUSING,
    UNCLEAR,
    WORK,
)

Json = dict[str, Any]

KINDS = tuple(Update.ALL_TYPES)
PEOPLE = tuple(range(1001, 1009))
CHATS = (*PEOPLE, *PEOPLE, HOUSING, HEAD, LANGUAGE, WORK[0], -7001)
TEXTS = (
    *(TO_HOUSING, TO_LANGUAGE, TO_WORK_AND_HOUSING, UNCLEAR, DANGER, "Danke", "//Notiz", "", " ", "\u200b"),
    *("/start", "/start guessguessguessguess", "/status", "/loeschen", "/sperren 2026-0001 7 Tage", "/admin", "/offen"),
    *(
        "/entsperren 2026-0001",
        "/anfrage 2026-0001",
        "/suche Wohnung",
        "/vorlage A\nB",
        "/abwesend bis 1.1.",
        "/digest x",
    ),
    *("/start@lotse_test_bot", "/status@another_bot", "<b>fett</b> *x* [a](tg://user?id=1)", "\u202eumgedreht\u2066"),
    *("ä" * 4_096, "\U0001f3e0" * 2_048, "\ud83d", "a\x00b", "\x1b[2J", "[/b][link]", "' OR 1=1 --", "=1+1", "٣٤"),
)
NAMES = ("Anna", "Бела", "محمد", "\u3164", "\u202eannA", "[/b]", "<i>", "{$x}", "A\nStand: erledigt", "")
DATES = (1_770_000_000, 1_770_000_060, 1_770_086_400)

# Fields of the same name in many classes, which a plain guess would hardly ever fill with what is meant.
BY_NAME: dict[str, tuple[Any, ...]] = {
    "first_name": NAMES,
    "username": ("lotse_test_bot", "anna", "GroupAnonymousBot"),
    "language_code": ("de", "en", "uk", "tlh", "", "de-AT-1901-x-very-long"),
    "text": TEXTS,
    "caption": TEXTS,
    "title": NAMES,
    "date": DATES,
    "edit_date": DATES,
    "media_group_id": ("a1", "a2"),
    "status": (ChatMember.MEMBER, ChatMember.LEFT, ChatMember.BANNED, ChatMember.RESTRICTED, ChatMember.ADMINISTRATOR),
    "inline_message_id": ("i1",),
    "offset": (0, 0, 1, 5_000),
    "length": (6, 1, 0, 5_000),
}
# Needed, though the library lets them be left out for the sake of older programs.
NEEDED = ("persistent_id", "option_persistent_ids", "allows_revoting", "members_only")
# Of a family of classes the member is named by a field, mostly by the class's own name.
MEMBERS = {"owner": "creator", "banned": "kicked"}
# What else says which kind a thing is.
TYPES: dict[str, tuple[str, ...]] = {
    "Chat": (Chat.PRIVATE, Chat.GROUP, Chat.SUPERGROUP, Chat.CHANNEL),
    "MessageEntity": ("bot_command", "bold", "text_link", "mention", "telepathy"),
    "Poll": ("regular", "quiz"),
}
STRANGE: tuple[Any, ...] = (
    *(None, True, "", "0", -1, 0, 1.5, 1e308, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63) - 1, 10**30, [], {}, [[]]),
    *("x" * 5_000, "\ud800", "\udfff\ud800", "\x00", {"id": {}}, [None], {"": ""}, float("nan"), float("inf")),
)


class Maker:
    """Makes one update from a seed."""

    def __init__(self, seed: int, tokens: tuple[str, ...] = ()) -> None:
        self.random = random.Random(seed)
        self.tokens = tokens or ("t1",)

    def update(self) -> Any:
        """Return an update, mostly plausible, at times mutated once or several times."""
        update = self._ordinary() if self.random.random() < 0.6 else self._any()
        if self.random.random() < 0.4:
            for _ in range(self.random.choice((1, 1, 2, 5))):
                update = self._mutated(update)
        return update

    # ------------------------------------------------------------ plausible ones

    def _ordinary(self) -> Json:
        kind = self._pick(
            ("message", "message", "message", "message", "edited_message", "callback_query", "my_chat_member")
        )
        chat = self._chat()
        made: Json = {"update_id": self._number(), kind: {"chat": chat, "from": self._user(chat), "date": DATES[0]}}
        body = made[kind]
        if kind == "callback_query":
            inner = {"message_id": self.random.randrange(1, 9), "chat": chat, "date": self._pick((0, DATES[0]))}
            made[kind] = {"id": f"q{self._number()}", "from": self._user(chat), "chat_instance": "1", "message": inner}
            made[kind]["data"] = self._pick((*self.tokens, "", "x" * 64))
        elif kind == "my_chat_member":
            user = {"id": 123456789, "is_bot": True, "first_name": "Lotse"}
            for name in ("old_chat_member", "new_chat_member"):
                body[name] = {"user": user, "status": self._pick(BY_NAME["status"][:3]), "until_date": 0}
        else:
            text = self._pick(TEXTS)
            body |= {"message_id": self.random.randrange(1, 60), "text": text}
            if kind == "edited_message":
                body["edit_date"] = self._pick(DATES)
            command = re.match(r"/\w+(@\w+)?", text)
            if command is not None:
                body["entities"] = [{"type": "bot_command", "offset": 0, "length": command.end()}]
            if self.random.random() < 0.3:
                body["reply_to_message"] = {"message_id": self.random.randrange(1, 30), "chat": chat, "date": DATES[0]}
            if self.random.random() < 0.1:
                body["sender_chat"] = self._pick((chat, {"id": -100900, "type": "channel", "title": "Kanal"}))
            if self.random.random() < 0.2:
                body.pop("text")
                body["photo"] = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
        return made

    def _chat(self) -> Json:
        number = self._pick(CHATS)
        if number > 0:
            return {"id": number, "type": "private", "first_name": self._pick(NAMES)}
        return {"id": number, "type": self._pick(("group", "supergroup")), "title": self._pick(NAMES)}

    def _user(self, chat: Json) -> Json:
        number = chat["id"] if chat["id"] > 0 else self._pick(PEOPLE)
        anonymous = self.random.random() < 0.05
        return {"id": 1087968824 if anonymous else number, "is_bot": anonymous, "first_name": self._pick(NAMES)}

    def _number(self) -> int:
        return self.random.randrange(1, 10_000)

    # ------------------------------------------------------------ anything the types allow

    def _any(self) -> Json:
        kind = self._pick(KINDS)
        annotation = fields(Update)[kind]
        return {"update_id": self._number(), kind: self._value(kind, annotation, 0)}

    def _value(self, name: str, annotation: str, depth: int) -> Any:
        if "Sequence[" in annotation or "list[" in annotation or "tuple[" in annotation:
            inner = annotation.split("[", 1)[1]
            return [self._value(name, inner, depth + 1) for _ in range(self.random.randrange(3))]
        for word in re.findall(r"[A-Za-z]+", annotation):
            made = getattr(telegram, word, None)
            if inspect.isclass(made) and issubclass(made, TelegramObject):
                return self._object(made, depth + 1)
        if name in BY_NAME:
            return self._pick(BY_NAME[name])
        if name in ("id", "chat_id", "user_id", "message_id", "message_thread_id"):
            return self._pick((*CHATS, 1, 2, 3)) if "int" in annotation else f"q{self._number()}"
        if "datetime" in annotation or "TimePeriod" in annotation:
            return self._pick((*DATES, 0))
        if "bool" in annotation:
            return self.random.random() < 0.5
        return self.random.randrange(1_000) if "int" in annotation or "float" in annotation else self._pick(TEXTS)

    def _object(self, made: type[TelegramObject], depth: int) -> Json:
        body: Json = {}
        members = [one for one in made.__subclasses__() if one.__module__ == made.__module__]
        if members:
            family, made = made, self._pick(members)
            suffix = re.sub(r"(?<!^)(?=[A-Z])", "_", made.__name__.removeprefix(family.__name__)).lower()
            body["status" if family is ChatMember else "type"] = MEMBERS.get(suffix, suffix)
        for name, annotation in fields(made).items():
            if name in body:
                continue
            needed = ("Optional" not in annotation and "None" not in annotation) or name in NEEDED
            if needed or self.random.random() < (0.15 if depth < 3 else 0.02):
                if depth > 8:
                    continue
                body["from" if name == "from_user" else name] = self._value(name, annotation, depth)
        if made.__name__ in TYPES:
            body["type"] = self._pick(TYPES[made.__name__])
        return body

    # ------------------------------------------------------------ mutations

    def _mutated(self, update: Any) -> Any:
        places = list(_places(update))
        if not places:
            return self._pick(STRANGE)
        holder, key = self._pick(places)
        match self.random.randrange(8):
            case 0:
                del holder[key]
            case 1 | 2:
                holder[key] = self._pick(STRANGE)
            case 3:
                holder[key] = json.loads(json.dumps(self._pick(places)[0]))  # something from elsewhere in it
            case 4:
                for _ in range(self.random.choice((3, 50, 300))):
                    holder[key] = self._pick(([holder[key]], {"message": holder[key]}))
            case 5 if isinstance(holder, dict):
                holder[f"unknown_{self._number()}"] = self._pick(STRANGE)
            case 6 if isinstance(holder[key], int):
                holder[key] = holder[key] * self.random.choice((-1, 10**6, 10**18))
            case _ if isinstance(holder[key], str):
                holder[key] += self._pick(("\ud800", "\u202e", "\x00", "x" * 10_000))
        return update

    def _pick(self, some: Any) -> Any:
        return self.random.choice(list(some))


@cache
def fields(made: type[TelegramObject]) -> dict[str, str]:
    """Return a class's fields, each with its annotation as it is written."""
    parameters = inspect.signature(made.__init__).parameters
    left_out = ("self", "api_kwargs", "args", "kwargs")
    return {name: str(one.annotation) for name, one in parameters.items() if name not in left_out}


def _places(value: Any, depth: int = 0) -> Any:
    """Yield every place within a value that holds something, as deep as anybody looks: the container and the key."""
    if isinstance(value, dict | list) and depth < 40:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        for key in keys:
            yield value, key
            yield from _places(value[key], depth + 1)
