"""The files the bot sends: each is written in the moment it goes out, from what the store holds then."""

from __future__ import annotations

import json
from collections.abc import Callable

from bot.model import Delivery, Document, Person
from bot.services.records.collect import collect_person
from bot.services.records.own_page import write_own_page
from bot.services.records.wording import Wording
from bot.services.turn import Turn
from bot.store import people
from bot.store.own_data import Record

OWN_PAGE, OWN_JSON = "own_data.html", "own_data.json"


async def write(turn: Turn, delivery: Delivery) -> Document | None:
    """Return the document a delivery is to carry; None where its person is not known any more."""
    person = await people.find_by_address(turn.tx, delivery.address)
    if person is None or delivery.draft.document not in PAPERS:
        return None
    return PAPERS[delivery.draft.document](turn, person, await collect_person(turn, person.id))


def as_json(record: Record) -> str:
    """Return a record as JSON people can read, with their letters as they are."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _own_page(turn: Turn, person: Person, record: Record) -> Document:
    content = write_own_page(Wording(turn, person.language), record)
    return Document(f"{_name(turn, person)}.html", content.encode())


def _own_json(turn: Turn, person: Person, record: Record) -> Document:
    return Document(f"{_name(turn, person)}.json", as_json(record).encode())


def _name(turn: Turn, person: Person) -> str:
    return f"{turn.say(person.language, 'own-data-file')}-{turn.book.hours.day_of(turn.at).isoformat()}"


PAPERS: dict[str, Callable[[Turn, Person, Record], Document]] = {OWN_PAGE: _own_page, OWN_JSON: _own_json}
