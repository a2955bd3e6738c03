"""How people are told who has an inquiry: by role, with whom somebody stands in for, and colleagues by first name."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.model import Address, Assignment, AssignmentState, Sender
from bot.services.people.directory import chain_of, deputies_of
from bot.services.turn import Turn
from bot.store import assignments
from bot.store.messages import INQUIRER, StoredMessage


def who_has(turn: Turn, language: str, share: Assignment) -> str:
    """Return who has a share, as its person may read it: whoever took it, else its contact or whoever stands in now.

    Whoever took it and left the rules since has it no more, and a key is no name.
    """
    taker = share.taker if share.taker in turn.book.rules.contacts else None
    return who_speaks(turn, language, share, taker or share.present_contact)


def who_speaks(turn: Turn, language: str, share: Assignment, author: str) -> str:
    """Return who speaks about a share: a contact by their role, with whom they stand in for if they do.

    Whoever had it before, or directs the office, speaks for themselves.
    """
    name = turn.book.contact_name(author)
    if author == share.contact or not (author == share.seat or author in _chain(turn, share.contact)):
        return name
    return turn.say(language, "contact-deputy", deputy=name, contact=turn.book.contact_name(share.contact))


async def topics_of(turn: Turn, language: str, inquiry_id: int) -> str:
    """Return the topics of an inquiry as its person knows them, finished ones too; empty where it never had any."""
    shares = await assignments.list_of(turn.tx, inquiry_id)
    fields = [share.field for share in shares if share.state is not AssignmentState.MOVED]
    return turn.texts.together(language, dict.fromkeys(turn.book.field_title(field, language) for field in fields))


def name_of(turn: Turn, first_name: str, reference: str) -> str:
    """Return what contacts read of a person: the first name, or where the rules say so one made for the inquiry."""
    return first_name if turn.book.shows_names else _pseudonym(turn, reference)


def name_in_push(turn: Turn, first_name: str, reference: str) -> str:
    """Return the same for lines that come by themselves: where notifications are to be neutral, never the name."""
    return _pseudonym(turn, reference) if turn.book.is_push_neutral else name_of(turn, first_name, reference)


def under_name(message: StoredMessage, first_name: str, shown: str) -> StoredMessage:
    """Return a message as those may read it who are shown another name for its person, which changes snippets only.

    The bot put the name in, so it takes it out again. It is looked for as a word, also in the genitive; one the person
    has given up since is not found.
    """
    if message.stands_in_chat or message.author == INQUIRER or not first_name:
        return message
    name = rf"(?<!\w){re.escape(first_name)}(?=s?(?!\w))"
    return replace(message, text=re.sub(name, lambda _: shown, message.text))


def number_of(reference: str) -> str:
    """Return the number a person has for one inquiry where names are not shown: 42 of 2026-0042."""
    return reference.rpartition("-")[2].lstrip("0")


def name_for_colleagues(turn: Turn, contact: str, address: Address, sender: Sender) -> str:
    """Return who did something, in words for colleagues: the role, and in a group the first name too."""
    role = turn.book.contact_name(contact)
    if not address.is_group:
        return role
    return turn.say(turn.book.own_language, "holder-in-group", contact=role, name=sender.first_name)


def _pseudonym(turn: Turn, reference: str) -> str:
    return turn.say(turn.book.own_language, "pseudonym", number=number_of(reference))


def _chain(turn: Turn, contact: str) -> list[str]:
    rules = turn.book.rules
    return chain_of(contact, deputies_of(rules), rules.general_contact)
