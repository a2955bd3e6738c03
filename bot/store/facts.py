"""What the database knows of itself: which bot its messages were exchanged with, and when it was last found writable.

Message numbers mean something only to the bot that sent or received them. With another bot's token they would begin
anew, and a number of now would find a message of then: somebody else's.
"""

from __future__ import annotations

from datetime import datetime

from bot.errors import StoreError
from bot.store.database import Tx
from bot.store.values import as_text

OWNER = "bot"
ALIVE = "alive_at"


async def claim_for(tx: Tx, bot_id: int, username: str) -> None:
    """Make this the bot's database at its first start.

    Raises:
        StoreError: it is another bot's.
    """
    row = await tx.one("SELECT value FROM facts WHERE name = :name", name=OWNER)
    if row is None:
        await tx.run(
            "INSERT INTO facts (name, value) VALUES (:name, :value)", name=OWNER, value=f"{bot_id} @{username}"
        )
        return
    number, _, known_as = str(row["value"]).partition(" ")
    if number != str(bot_id):
        raise StoreError(
            f"DATABASE_URL: the database belongs to {known_as}, the token to @{username}. "
            "Message numbers of one bot mean nothing to another. "
            "To mend: set DATABASE_URL to a new file, or use the other token."
        )


async def record_alive(tx: Tx, at: datetime) -> None:
    """Note that the store could be written now."""
    await tx.run(
        """
        INSERT INTO facts (name, value) VALUES (:name, :value)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """,
        name=ALIVE,
        value=as_text(at),
    )
