"""A database with somebody's words in it, to be encrypted or not, and what its files hold."""

import sqlite3
from pathlib import Path

from bot.model import Address, Draft
from bot.store import messages, outbox, people
from bot.store.database import Database
from tests.support.builders import make_message
from tests.support.clock import START

# Long, as Telegram's are: a short number is found in any heap of random letters.
MARIA = Address("telegram", 6_549_608_684)


async def write_something(url: str, keys: str | None) -> None:
    """Make a database, under the first of these keys, with a person, their message and an answer to it."""
    async with await Database.open(url, keys=keys) as database, database.transaction() as tx:
        maria = await people.add(tx, START, MARIA, "Mariandl", "de")
        inquiry_id = await tx.insert(
            """INSERT INTO inquiries (reference, person_id, state, opened_at, touched_at)
               VALUES ('2026-0001', :id, 'asked', 't', 't')""",
            id=maria.id,
        )
        await messages.add(tx, inquiry_id, "inquirer", make_message("Zwetschgenkuchen", address=MARIA))
        await outbox.add(tx, START, Draft(MARIA, text="Zwetschgenkuchen ist angekommen"))


def bytes_of(folder: Path) -> bytes:
    """Return all that lies in a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def dump(path: Path) -> list[str]:
    """Return a database as the statements that make it."""
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()
