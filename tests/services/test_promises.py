"""What holds whatever people do: nobody's words reach anybody else, and none are lost.

Several people and contacts write, answer, change and press at random, and some contacts cannot be reached for a while.
"""

import asyncio

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.model import MessageKind
from bot.services.people.directory import load_directory
from bot.store import held, journal, messages
from bot.store.held import HeldFor, HeldMessage
from bot.store.messages import INQUIRER, StoredMessage
from tests.support.crowd import (
    CONTACTS_DO,
    ELSE,
    MARK,
    MOVER,
    MOVERS_CHATS,
    NAMES,
    PEOPLE_DO,
    REFERENCE,
    STRANGE_GROUP,
    Crowd,
    Written,
)
from tests.support.drawings import drawn_share_ways, drawn_ways
from tests.support.fake_telegram import Shown
from tests.support.stage import raise_stage, said

# What people do most is to write, and contacts to answer and to press; time passes now and then.
OFTEN = ("write", "reply", "answer", "talk", "choose", "tap", "handle")
ACTS = st.sampled_from([*PEOPLE_DO, *CONTACTS_DO, *ELSE, *OFTEN * 3])
PLAYS = st.lists(st.tuples(ACTS, st.integers(0, 11), st.integers(0, 200)), min_size=8, max_size=28)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PLAYS)
@example([("write", 0, 0)] * 6 + [("order", 3, 1), ("tap", 3, 0)])  # the head looks up what is another's
def test_nobodys_words_reach_anybody_else_and_none_are_lost(play: list[tuple[str, int, int]]) -> None:
    asyncio.run(_play(play))


async def _play(play: list[tuple[str, int, int]]) -> None:
    async with raise_stage() as stage:
        crowd = Crowd.gather(stage)
        for number, person in enumerate(crowd.people[:2]):
            await person.writes("/start")
            await person.goes_on()
            await crowd.act("write", number, 0)
        for act in play:
            await crowd.act(*act)
        for _ in range(2):
            # What nobody said the inquiry of may become one of its own, and then be asked about.
            await stage.wait(minutes=31)
        found = await _Found.gather(crowd)
        check_nothing_goes_astray(found)
        check_people_see_only_their_own(found)
        check_contacts_see_only_what_is_theirs(found)
        check_nothing_is_lost(found)
        for chat, before in crowd.left.items():
            assert stage.at(chat).received == before, "something went to a contact's former chat"
        assert stage.transitions <= drawn_ways()
        assert stage.share_transitions <= drawn_share_ways()
        assert crowd.blocked or await stage.parked() == []


class _Found:
    """What stands where after the play.

    Attributes:
        stored, held: what is, by chat and number.
        owner: reference → the chat of the person it belongs to.
        desks: inquiry → the chats of the contacts who have or had a share, and of those who may stand in for them.
    """

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.stored: dict[tuple[int, int], StoredMessage] = {}
        self.held: dict[tuple[int, int], HeldMessage] = {}
        self.references: dict[int, str] = {}
        self.owner: dict[str, int] = {}
        self.desks: dict[int, set[int]] = {}
        self.staff: set[int] = set()

    @classmethod
    async def gather(cls, crowd: Crowd) -> "_Found":
        self, stage = cls(crowd), crowd.stage
        chats = {number: person.address.chat for number, person in enumerate(crowd.people, start=1)}
        async with stage.database.reading() as tx:
            people = {row["id"]: row["chat"] for row in await tx.all("SELECT id, chat FROM people")}
            assert set(people.values()) <= set(chats.values())
            directory = await load_directory(stage.dialogue.turn(tx))
            self.staff = {address.chat for address in directory.addresses.values()} | set(MOVERS_CHATS)
            for inquiry in await stage.inquiries():
                self.references[inquiry.id] = inquiry.reference
                self.owner[inquiry.reference] = people[inquiry.person_id]
                for message in await messages.list_of(tx, inquiry.id):
                    self.stored[message.address.chat, message.message] = message
                entries = await journal.list_of(tx, inquiry.id)
                # Administrators may look at any inquiry, and each look is in its journal.
                lookers = {str(entry.data["by"]) for entry in entries if entry.event == "inquiry.looked_up"}
                admins = lookers & set(stage.book.rules.administrators)
                self.desks[inquiry.id] = {directory.addresses[admin].chat for admin in admins}
                named = {str(entry.data["to"]) for entry in entries if entry.event == "inquiry.handed"}
                shares = await stage.shares(inquiry)
                of_fields = {stage.book.contact_of(share.field) for share in shares}
                for contact in named | of_fields | {share.contact for share in shares}:
                    step: str | None = contact
                    if step == MOVER:
                        self.desks[inquiry.id] |= set(MOVERS_CHATS)
                    while step is not None:
                        if step in directory.addresses:
                            self.desks[inquiry.id].add(directory.addresses[step].chat)
                        alone = not crowd.blocked and not crowd.may_be_reminded and step != MOVER
                        reached = step in directory.addresses and alone
                        step = None if reached else directory.deputies[step] or _other(step, directory.general_contact)
            for person_id in people:
                for reason in HeldFor:
                    for one in await held.list_of(tx, person_id, reason):
                        self.held[one.message.address.chat, one.message.message] = one
        return self

    @property
    def shown_by_bot(self) -> list[Shown]:
        return [one for inside in self.crowd.stage.telegram.chats.values() for one in inside.values() if one.by_bot]

    def written_as(self, mark: str) -> Written:
        return next(one for one in self.crowd.written if mark in one.marks)

    def owner_of(self, shown: Shown) -> int | None:
        """Return whom a message in a contact's chat is about."""
        if shown.copy_of is not None:
            return shown.copy_of[0]
        for reference in REFERENCE.findall(shown.text):
            return self.owner[reference]
        return next((self.written_as(mark).person for mark in MARK.findall(shown.text)), None)

    def meant_for(self, one: Written) -> int | None:
        """Return whom a contact wrote something for: by choosing an inquiry, or else by replying."""
        assert not one.note, "a note left the office"
        if one.chosen is not None:
            return self.owner[one.chosen]
        assert one.meant_for is not None, "what was no reply reached somebody"
        assert one.meant_for.by_bot
        return self.owner_of(one.meant_for)


def check_nothing_goes_astray(found: _Found) -> None:
    people = {person.address.chat for person in found.crowd.people}

    # In a strange group it says that it leaves, and nothing else.
    elsewhere = [shown for shown in found.shown_by_bot if shown.chat not in people | found.staff]
    assert [shown for shown in elsewhere if (shown.chat, shown.text) != (STRANGE_GROUP, said("group-left"))] == []


def check_people_see_only_their_own(found: _Found) -> None:
    for person, name in zip(found.crowd.people, NAMES, strict=True):
        for shown in person.received:
            assert not [other for other in NAMES if other != name and other in shown.text]
            assert {found.owner[reference] for reference in REFERENCE.findall(shown.text)} <= {person.address.chat}
            for mark in MARK.findall(shown.text):
                assert found.meant_for(found.written_as(mark)) == person.address.chat


def check_contacts_see_only_what_is_theirs(found: _Found) -> None:
    for shown in found.shown_by_bot:
        if shown.chat not in found.staff:
            continue
        words = [found.written_as(mark) for mark in MARK.findall(shown.text)]
        # In their own chat contacts are asked what their words are meant for.
        words = [one for one in words if one.person is not None or one.shown.chat != shown.chat]
        keys = {(one.shown.chat, one.shown.message) for one in words}
        keys |= {shown.copy_of} if shown.copy_of is not None else set()
        for key in keys:
            stored = found.stored[key]
            # What a contact wrote, to the person or as a note, colleagues read who have to do with the inquiry.
            assert shown.chat in found.desks[stored.inquiry_id]
            assert stored.author == INQUIRER or " schreibt" not in shown.heading, "a contact's words as the person's"


def check_nothing_is_lost(found: _Found) -> None:
    for one in found.crowd.written:
        if one.person is None or one.shown.text.startswith("/"):
            continue
        key = one.shown.chat, one.shown.message
        if key in found.held:
            assert found.held[key].reason is HeldFor.NOTICE, "a question was forgotten"
        elif key in found.stored:
            assert found.owner[found.references[found.stored[key].inquiry_id]] == one.person
            assert [shown for shown in found.shown_by_bot if _carries(shown, one, found)], "a message was lost"
        else:
            _check_answered(found, one)


def _carries(shown: Shown, one: Written, found: _Found) -> bool:
    if shown.chat not in found.desks[found.stored[one.shown.chat, one.shown.message].inquiry_id]:
        return False
    return shown.copy_of == (one.shown.chat, one.shown.message) or any(mark in shown.text for mark in one.marks)


def _check_answered(found: _Found, one: Written) -> None:
    """What was neither taken in nor held was answered: it cannot be passed on, or says nothing."""
    person = next(person for person in found.crowd.people if person.address.chat == one.person)
    texts = {said(key, language) for language in ("de", "en") for key in ("cannot-relay", "ask-for-words")}
    assert one.shown.kind in (MessageKind.UNSUPPORTED, MessageKind.STICKER)
    assert [shown for shown in person.received if shown.message > one.shown.message and shown.text in texts]


def _other(step: str, general: str) -> str | None:
    return None if step == general else general
