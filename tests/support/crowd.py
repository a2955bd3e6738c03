"""A crowd on the stage: several people and contacts doing whatever, with everything they write marked.

Every text carries a mark that occurs nowhere else, so that afterwards it can be asked where it arrived.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from bot.errors import SendFailure
from bot.model import MessageKind
from tests.support.fake_telegram import Shown
from tests.support.rulebook import (
    DANGER,
    HEAD,
    TO_EDUCATION,
    TO_HOUSING,
    TO_LANGUAGE,
    TO_WORK_AND_HOUSING,
    UNCLEAR,
    UNKNOWN,
)
from tests.support.stage import Someone, Stage, said

TEXTS = (TO_HOUSING, TO_LANGUAGE, TO_EDUCATION, TO_WORK_AND_HOUSING, UNCLEAR, UNKNOWN, "Und noch etwas", DANGER)
KINDS = (MessageKind.PHOTO, MessageKind.VOICE, MessageKind.STICKER, MessageKind.UNSUPPORTED, MessageKind.LOCATION)
NAMES = ("Maria", "Bela", "Chen")
CONTACTS = ("wohnen-kontakt", "sprache-kontakt", "arbeit-kontakt", "leitung")
STRANGE_GROUP = -7001
# `take_within`; who has not taken a share by then is reminded, and then others join.
REMINDERS = timedelta(hours=4)

T = TypeVar("T")

MARK = re.compile(r"mark\d+x")
REFERENCE = re.compile(r"\d{4}-\d{4}")

# What a contact replies to with a note: the question for one, and notes of colleagues.
_NOTES = [said(key, contact="WHO", reference="WHICH") for key in ("note-ask", "note-from", "note-changed")]
NOTES = re.compile(
    "|".join(re.escape(text).replace("WHO", ".+").replace("WHICH", REFERENCE.pattern) for text in _NOTES)
)
NOTE_MARK = "// "

# What may happen, by name; the numbers that come along choose who does it and to what.
PEOPLE_DO = ("write", "reply", "send", "album", "edit", "press", "forge", "command")
CONTACTS_DO = ("answer", "note", "talk", "change", "tap", "handle", "block", "choose", "order")
ELSE = ("stranger", "wait", "long wait", "move")

# Ways through a card's menus: the buttons to press, and last any but *back*, or a reply to what then asks for one.
WAYS = (
    ("btn-take",),
    ("btn-done",),
    ("btn-reopen",),
    ("btn-hand", "any"),
    ("btn-hand", "btn-colleagues", "any"),
    ("btn-more", "btn-add-field", "any"),
    ("btn-more", "btn-release"),
    ("btn-more", "btn-ask-back", "reply"),
    ("btn-more", "btn-close-with", "reply"),
    ("btn-more", "btn-note", "reply"),
    ("btn-snippets", "any"),
)
# What a contact writes loosely is mostly text.
LOOSE = (MessageKind.TEXT, MessageKind.TEXT, MessageKind.PHOTO)
# What a contact orders; whoever got another's name by a snippet would be seen.
ORDERS = ("/offen", "/suche Wohnung", "/suche Maria", "/statistik", "/vorlage Gruß\nGuten Tag {name}", "/vorlage")

# Who joins by invitation, and the chats they may move between.
MOVER, MOVERS_CHATS = "bildung-kontakt", (5001, 5002)


@dataclass
class Written:
    """Something somebody wrote, with all the marks it ever had.

    Attributes:
        person: the chat of who wrote it from outside; None for a contact.
        meant_for: with a contact's reply, the message replied to.
        chosen: the reference a contact named when asked for which inquiry it is.
        note: a contact wrote it for colleagues only.
    """

    shown: Shown
    marks: list[str]
    person: int | None = None
    meant_for: Shown | None = None
    chosen: str | None = None
    note: bool = False


@dataclass
class Crowd:
    """People and contacts; `act` lets one of them do something.

    Attributes:
        blocked: some contact could not be reached at some time.
        left: chats a contact has moved away from → what the bot had written there by then.
    """

    stage: Stage
    people: list[Someone]
    contacts: list[Someone]
    stranger: Someone
    written: list[Written] = field(default_factory=list)
    blocked: bool = False
    left: dict[int, list[Shown]] = field(default_factory=dict)
    began_at: datetime = field(kw_only=True)
    _marks: int = 0

    @property
    def may_be_reminded(self) -> bool:
        """Whether so much time has passed that deputies may have joined in on what nobody took."""
        return self.stage.clock.now() - self.began_at >= REMINDERS

    @classmethod
    def gather(cls, stage: Stage) -> Crowd:
        people = [stage.person(name, language) for name, language in zip(NAMES, ("de", "en", "uk"), strict=True)]
        contacts = [stage.contact(key) for key in CONTACTS]
        stranger = stage.at(STRANGE_GROUP, user=7001)
        return cls(stage, people, contacts, stranger, began_at=stage.clock.now())

    async def act(self, what: str, who: int, which: int) -> None:
        """Let somebody do something; what cannot be done just now is left undone."""
        person, contact = self.people[who % len(self.people)], self.contacts[who % len(self.contacts)]
        if what in PEOPLE_DO:
            await self._act_of_person(what, person, which)
        elif what in CONTACTS_DO:
            await self._act_of_contact(what, contact, which)
        elif what == "move":
            await self._move(MOVERS_CHATS[which % 2])
        elif what == "stranger":
            await self.stranger.writes(self._marked("Ich bin vom Amt"), reply_to=which % 9 + 1)
        else:
            await self.stage.wait(minutes=31 if what == "long wait" else 1)

    async def _act_of_person(self, what: str, person: Someone, which: int) -> None:
        chat = person.address.chat
        match what:
            case "write" | "command":
                text = self._marked(TEXTS[which % len(TEXTS)]) if what == "write" else ("/start", "/status")[which % 2]
                self._note(await person.writes(text), person=chat)
            case "reply" if person.shown:
                text = self._marked(TEXTS[which % len(TEXTS)])
                self._note(await person.writes(text, reply_to=_pick(person.shown, which)), person=chat)
            case "send":
                kind = KINDS[which % len(KINDS)]
                self._note(await person.sends(kind, self._marked("Bild") if kind is KINDS[0] else ""), person=chat)
            case "album":
                for part in range(2):
                    sent = await person.sends(KINDS[0], self._marked("Teil") if part else "", album=f"a{which}-{chat}")
                    self._note(sent, person=chat)
            case "edit" if own := [one for one in self.written if one.person == chat and one.marks]:
                await self._edit(person, _pick(own, which))
            case "press" if bearers := [shown for shown in person.received if shown.tokens]:
                await _press(person, bearers, which)
            case "forge":
                shown = [one for inside in self.stage.telegram.chats.values() for one in inside.values()]
                if tokens := [token for one in shown for token in one.tokens.values()]:
                    await person.presses_token(_pick(tokens, which), which % 9 + 1)

    async def _act_of_contact(self, what: str, contact: Someone, which: int) -> None:
        chat = contact.address.chat
        closed = self.stage.telegram.closed
        match what:
            case "block" if contact.address.chat not in (HEAD, *MOVERS_CHATS):
                self.blocked = True
                if chat in closed:
                    del closed[chat]
                else:
                    closed[chat] = SendFailure.UNREACHABLE
            case _ if chat in closed:
                pass  # who blocked the bot does not write to it
            case "answer" | "note" if contact.shown:
                to = _pick(contact.shown, which)
                text = self._marked("Antwort" if what == "answer" else NOTE_MARK + "Notiz")
                self._note(await contact.writes(text, reply_to=to), meant_for=to)
            case "talk":
                self._note(await contact.writes(self._marked("Unter uns"), kind=_pick(LOOSE, which)))
            case "change" if own := [one for one in self.written if one.shown.chat == chat]:
                await self._edit(contact, _pick(own, which))
            case "tap" | "choose" if bearers := _bearers(contact, what):
                await self._tap(contact, bearers, which)
            case "order":
                await contact.writes(_pick(ORDERS, which))
            case "handle" if cards := [shown for shown in contact.received if "Von: " in shown.text and shown.tokens]:
                await self._handle(contact, cards, which)

    async def _handle(self, contact: Someone, cards: list[Shown], which: int) -> None:
        """Go one way through a card's menus, as far as it has the buttons for it."""
        place = _pick(cards, which).message
        for step in WAYS[which % len(WAYS)]:
            if step == "reply":
                question = contact.last
                written = await contact.writes(self._marked("Ich sage"), reply_to=question)
                self._note(written, meant_for=question)
                return
            card = next(shown for shown in contact.received if shown.message == place)
            labels = [label for label in card.buttons if label != said("btn-back")]
            if step != "any":
                labels = [label for label in labels if label == said(step)]
            if not labels:
                return
            await contact.presses_token(card.tokens[_pick(labels, which)], place)

    async def _tap(self, contact: Someone, bearers: list[Shown], which: int) -> None:
        """Press a button of a contact, and remember which inquiry they named for what the message asks about."""
        bearer = _pick(bearers, which)
        named = REFERENCE.match(_pick(bearer.buttons, which // 7))
        answer = await _press(contact, bearers, which)
        if named is None or answer != (None, False):
            return
        asked = [one for one in self.written if one.shown.chat == bearer.chat]
        for one in asked:
            is_asked = one.shown.message == bearer.reply_to or set(one.marks) & set(MARK.findall(bearer.text))
            if is_asked and one.chosen is None:
                one.chosen = named[0]

    async def _move(self, chat: int) -> None:
        """Let a contact join, or move to this chat from another one."""
        mover = await self.stage.invited(MOVER, chat)
        self.left.pop(chat, None)
        self.contacts = [one for one in self.contacts if one.address.chat not in MOVERS_CHATS]
        self.contacts.insert(0, mover)
        for former in MOVERS_CHATS:
            if former != chat:
                self.left[former] = self.stage.at(former).received

    async def _edit(self, someone: Someone, earlier: Written) -> None:
        text = self._marked(NOTE_MARK * earlier.shown.text.startswith(NOTE_MARK) + "Geändert")
        earlier.marks.append(MARK.findall(text)[0])
        await someone.edits(earlier.shown, text)

    def _marked(self, text: str) -> str:
        self._marks += 1
        return f"{text} mark{self._marks}x"

    def _note(self, shown: Shown, person: int | None = None, meant_for: Shown | None = None) -> None:
        to_note = meant_for is not None and meant_for.by_bot and NOTES.match(meant_for.text) is not None
        is_note = person is None and (shown.text.startswith(NOTE_MARK) or to_note)
        self.written.append(Written(shown, MARK.findall(shown.text), person, meant_for, note=is_note))


def _bearers(contact: Someone, what: str) -> list[Shown]:
    """Return the messages with buttons, or only the questions for which inquiry something is."""
    bearers = [shown for shown in contact.received if shown.tokens]
    return bearers if what == "tap" else [shown for shown in bearers if said("btn-desk-nobody") in shown.tokens]


async def _press(someone: Someone, bearers: list[Shown], which: int) -> tuple[str | None, bool]:
    bearer = _pick(bearers, which)
    return await someone.presses_token(_pick(list(bearer.tokens.values()), which // 7), bearer.message)


def _pick(some: list[T], which: int) -> T:
    return some[which % len(some)]
