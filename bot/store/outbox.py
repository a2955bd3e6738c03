"""The outbox: messages to be sent, each a row with a state; what was sent stays as the record of it.

A lane is what stands in one chat's queue, in the order of ids. Answers to button presses belong to no lane. What is
changed on rows that were not sent yet: `bot.store.unsent`; how rows are taken and how each attempt ends:
`bot.store.sending`; what was given up: `bot.store.given_up`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.errors import NotFoundError
from bot.model import Address, Delivery, DeliveryState, Draft, Prompt, Purpose
from bot.store.messages import INQUIRER
from bot.store.values import DRAFT, as_text, as_time

if TYPE_CHECKING:
    from bot.store.database import Row, Tx

_DRAFTS = TypeAdapter(list[Draft])

# A delivery with the numbers of the messages its draft names. Those are looked up when the row is read, because they
# are known only once the named delivery has been sent.
COLUMNS = """
    *,
    (SELECT named.message FROM outbox AS named WHERE named.id = json_extract(outbox.draft, '$.edits')) AS edits_message,
    (SELECT named.chat FROM outbox AS named WHERE named.id = json_extract(outbox.draft, '$.edits')) AS edits_chat,
    (SELECT named.repeat > 0 AND named.purpose = 'relay'
       FROM outbox AS named WHERE named.id = json_extract(outbox.draft, '$.edits')) AS edits_marked,
    (SELECT named.message FROM outbox AS named
      WHERE named.id = json_extract(outbox.draft, '$.reply_to_delivery') AND named.chat = outbox.chat) AS answered
"""

# Rows of no inquiry that name the inquiry `:id` beside others. Most name none, and need not be read as JSON for that.
ABOUT = """inquiry_id IS NULL AND instr(draft, '"about":[]') = 0
           AND EXISTS (SELECT 1 FROM json_each(draft, '$.about') WHERE value = :id)"""


# ---------------------------------------------------------------- putting in


async def add(tx: Tx, at: datetime, draft: Draft) -> int:
    """Queue one draft, due at once; returns its row id."""
    return (await add_all(tx, at, [draft]))[0]


async def add_all(tx: Tx, at: datetime, drafts: Sequence[Draft]) -> list[int]:
    """Queue drafts in their order, due at once; returns their row ids in the same order. One hop however many.

    An edit joins the lane of what it changes, so that it is never looked at before that was sent.
    """
    if not drafts:
        return []
    rows = await tx.all(
        """
        INSERT INTO outbox (channel, chat, topic, kind, purpose, state, draft,
                            inquiry_id, assignment_id, message_id, created_at, due_at)
        SELECT json_extract(value, '$.address.channel'),
               coalesce((SELECT chat FROM outbox AS named WHERE named.id = json_extract(value, '$.edits')),
                        json_extract(value, '$.address.chat')),
               json_extract(value, '$.address.topic'), json_extract(value, '$.kind'), json_extract(value, '$.purpose'),
               'queued', value, json_extract(value, '$.inquiry_id'), json_extract(value, '$.assignment_id'),
               json_extract(value, '$.message_id'), :at, :at
        FROM json_each(:drafts) ORDER BY key
        RETURNING id
        """,
        drafts=_DRAFTS.dump_json(list(drafts)).decode(),
        at=as_text(at),
    )
    # The order of RETURNING is not promised, the order of ids is.
    return sorted(row["id"] for row in rows)


# ---------------------------------------------------------------- looking up


async def get(tx: Tx, delivery_id: int) -> Delivery:
    """Return a delivery.

    Raises:
        NotFoundError: there is none with this id.
    """
    rows = await tx.all(f"SELECT {COLUMNS} FROM outbox WHERE id = :id", id=delivery_id)  # noqa: S608 (a constant)
    if not rows:
        raise NotFoundError(f"delivery {delivery_id}: not in the outbox.")
    return delivery_of(rows[0])


async def load_drafts(tx: Tx, ids: Iterable[int]) -> dict[int, Draft]:
    """Return row id → draft as it stands now, for those of these rows that are still there."""
    rows = await tx.all(
        "SELECT id, draft FROM outbox WHERE id IN (SELECT value FROM json_each(:ids))", ids=json.dumps(list(ids))
    )
    return {row["id"]: DRAFT.validate_json(row["draft"]) for row in rows}


async def is_there(tx: Tx, delivery_id: int) -> bool:
    """Tell whether a delivery has not been deleted with its inquiry meanwhile."""
    return await tx.one("SELECT 1 FROM outbox WHERE id = :id", id=delivery_id) is not None


async def find_sent(tx: Tx, address: Address, message: int) -> Delivery | None:
    """Return the delivery that is this message in this chat (in whatever topic), or None."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM outbox"  # noqa: S608 (a constant)
        " WHERE channel = :channel AND chat = :chat AND message = :message ORDER BY id DESC LIMIT 1",
        channel=address.channel,
        chat=address.chat,
        message=message,
    )
    return delivery_of(rows[0]) if rows else None


async def find_last_prompt(
    tx: Tx, address: Address, prompt: Prompt, *, inquiry_id: int | None = None
) -> Delivery | None:
    """Return the last message in a chat that asked for this (`Draft.prompt`), or None; about one inquiry, if named."""
    found = await list_prompts(tx, address, prompt, 1, inquiry_id=inquiry_id)
    return found[0] if found else None


async def list_prompts(
    tx: Tx, address: Address, prompt: Prompt, most: int, *, inquiry_id: int | None = None
) -> list[Delivery]:
    """Return the last messages in a chat that asked for this, the newest first; about one inquiry, if it is named."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM outbox"  # noqa: S608 (a constant)
        " WHERE channel = :channel AND chat = :chat AND kind = 'text' AND json_extract(draft, '$.prompt') = :prompt"
        " AND (:inquiry_id IS NULL OR inquiry_id = :inquiry_id) ORDER BY id DESC LIMIT :most",
        channel=address.channel,
        chat=address.chat,
        prompt=prompt,
        inquiry_id=inquiry_id,
        most=most,
    )
    return [delivery_of(row) for row in rows]


async def list_of_message(tx: Tx, message_id: int) -> list[Delivery]:
    """Return the deliveries that carry a stored message, oldest first, in any state; later edits of them are not."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM outbox"  # noqa: S608 (a constant)
        " WHERE message_id = :message_id AND kind IN ('text', 'copy') ORDER BY id",
        message_id=message_id,
    )
    return [delivery_of(row) for row in rows]


async def list_of_inquiry(tx: Tx, inquiry_id: int) -> list[Delivery]:
    """Return everything sent or to be sent for an inquiry, oldest first, edits included."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM outbox WHERE inquiry_id = :inquiry_id ORDER BY id",  # noqa: S608 (a constant)
        inquiry_id=inquiry_id,
    )
    return [delivery_of(row) for row in rows]


async def list_about(tx: Tx, inquiry_id: int) -> list[Delivery]:
    """Return the lists and notices that name an inquiry besides others, oldest first, edits of them included."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM outbox WHERE {ABOUT} ORDER BY id",  # noqa: S608 (a constant)
        id=inquiry_id,
    )
    return [delivery_of(row) for row in rows]


async def name_too(tx: Tx, delivery_id: int, about: Iterable[int]) -> None:
    """Remember which inquiries a message names by now (`Draft.about`): it was changed since."""
    await tx.run(
        "UPDATE outbox SET draft = json_set(draft, '$.about', json(:about)) WHERE id = :id",
        about=json.dumps(sorted(set(about))),
        id=delivery_id,
    )


async def list_to(tx: Tx, address: Address) -> list[Delivery]:
    """Return everything sent or to be sent to a chat, oldest first, in any state."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM outbox WHERE channel = :channel AND chat = :chat ORDER BY id",  # noqa: S608
        channel=address.channel,
        chat=address.chat,
    )
    return [delivery_of(row) for row in rows]


async def find_last_document(tx: Tx, address: Address) -> datetime | None:
    """Return when a document was last put in for a chat; None if none is known, or the last ones did not arrive."""
    row = await tx.one(
        """SELECT max(created_at) AS at FROM outbox WHERE channel = :channel AND chat = :chat AND kind = 'document'
           AND state NOT IN ('parked', 'uncertain')""",
        channel=address.channel,
        chat=address.chat,
    )
    return None if row is None else as_time(row["at"])


async def list_loose_of(tx: Tx, address: Address) -> list[Delivery]:
    """Return what was sent to a chat and belongs to no inquiry, oldest first."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM outbox"  # noqa: S608 (a constant)
        " WHERE channel = :channel AND chat = :chat AND inquiry_id IS NULL AND message IS NOT NULL ORDER BY id",
        channel=address.channel,
        chat=address.chat,
    )
    return [delivery_of(row) for row in rows]


async def is_part_parked(tx: Tx, delivery: Delivery) -> bool:
    """Tell whether an earlier part of the same message to the same chat was given up."""
    row = await tx.one(
        """SELECT 1 FROM outbox WHERE message_id = :message_id AND message_id IS NOT NULL AND id < :id
           AND channel = :channel AND chat = :chat AND state = 'parked' AND kind IN ('text', 'copy')""",
        message_id=delivery.draft.message_id,
        id=delivery.id,
        channel=delivery.address.channel,
        chat=delivery.address.chat,
    )
    return row is not None


async def last_id(tx: Tx) -> int:
    """Return the newest row's id, 0 while there never was one."""
    row = await tx.one("SELECT max(id) AS id FROM outbox")
    return 0 if row is None else int(row["id"] or 0)


async def count_quiet(tx: Tx, address: Address, since: int) -> int:
    """Return how many people's messages to a chat, or to a topic, arrive without a sound, from a row on.

    Parts of one count as one, and not at all if the first of them rings. Nor do colleagues' words, which never ring.
    """
    # The pluses keep SQLite from looking at all a chat ever got: it begins at the row. The topic is the one that was
    # meant: what a deleted one was to get arrives in the group itself, and so does the line about it.
    row = await tx.one(
        """SELECT count(*) AS n FROM (
               SELECT 1 FROM outbox WHERE id >= :since AND +message_id IS NOT NULL AND +kind IN ('text', 'copy')
                 AND +channel = :channel AND +chat = :chat AND json_extract(draft, '$.address.topic') IS :topic
                 AND (SELECT author FROM messages WHERE messages.id = outbox.message_id) = :author
               GROUP BY +message_id HAVING min(json_extract(draft, '$.quiet')))""",
        since=since,
        channel=address.channel,
        chat=address.chat,
        topic=address.topic,
        author=INQUIRER,
    )
    return 0 if row is None else int(row["n"])


def delivery_of(row: Row) -> Delivery:
    """Return a row of `COLUMNS` as the delivery it is."""
    draft = DRAFT.validate_json(row["draft"])
    # An edit goes where the message it changes is, even if its reader has moved since: the same number in another
    # chat is another message.
    chat = row["chat"] if row["edits_message"] is None else row["edits_chat"]
    # A number the draft named itself holds only in the chat it was written for.
    moved = row["chat"] != draft.address.chat
    return Delivery(
        id=row["id"],
        draft=draft,
        address=Address(row["channel"], chat, row["topic"]),
        state=DeliveryState(row["state"]),
        message=row["message"],
        edited_message=row["edits_message"] if draft.message is None else draft.message,
        reply_to=row["answered"] if draft.reply_to is None else (None if moved else draft.reply_to),
        repeat=bool(row["edits_marked"]) or (row["repeat"] > 0 and draft.purpose is Purpose.RELAY),
        attempts=row["attempts"],
        created_at=as_time(row["created_at"]),
        error=row["error"],
    )
