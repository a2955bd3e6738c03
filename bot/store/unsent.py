"""What is in the outbox and was not sent yet: left out, worded anew or led elsewhere before it goes."""

from __future__ import annotations

import json
from collections.abc import Iterable

from bot.model import REPEATABLE, Address, DeliveryKind, Draft
from bot.store.database import Tx
from bot.store.values import DRAFT, any_of


async def has_forgettable(tx: Tx) -> bool:
    """Tell whether anything of which nothing is to be kept still waits to be carried out."""
    row = await tx.one(
        "SELECT 1 FROM outbox"
        " WHERE state IN ('queued', 'sending') AND kind <> 'answer_press' AND json_extract(draft, '$.forget')"
        " UNION ALL SELECT 1 FROM outbox"
        " WHERE state IN ('queued', 'sending') AND kind = 'answer_press' AND json_extract(draft, '$.forget') LIMIT 1"
    )
    return row is not None


async def doubt_queued(tx: Tx, why: str) -> int:
    """Take everything that still waits for possibly sent: what may go twice goes out, the rest stays.

    Returns how many rows that are.
    """
    rows = await tx.all(
        f"""
        UPDATE outbox SET error = :why, repeat = 1,
          state = CASE WHEN purpose <> 'notice' OR kind IN ({any_of(REPEATABLE)}) THEN 'queued' ELSE 'uncertain' END
        WHERE state IN ('queued', 'sending') RETURNING id
        """,  # noqa: S608 (a constant)
        why=why,
    )
    return len(rows)


async def skip_queued(tx: Tx, assignment_id: int, staying: Iterable[Address], why: str) -> list[Draft]:
    """Send nothing more about a share to any chat but these; the rows count as skipped.

    Returns those drafts on which something was to follow: somebody waits to be told what became of these.
    """
    rows = await tx.all(
        """
        UPDATE outbox SET state = 'sent', error = :why
        WHERE assignment_id = :assignment_id AND state = 'queued' AND NOT EXISTS (
          SELECT 1 FROM json_each(:staying)
          WHERE json_extract(value, '$[0]') = channel AND json_extract(value, '$[1]') = chat)
        RETURNING draft
        """,
        assignment_id=assignment_id,
        staying=json.dumps([address.chat_key for address in staying]),
        why=why,
    )
    drafts = [DRAFT.validate_json(row["draft"]) for row in rows]
    return [draft for draft in drafts if draft.then is not None or draft.otherwise is not None]


async def put_draft(tx: Tx, delivery_id: int, draft: Draft) -> None:
    """Write another draft in the place of one that was not sent yet; where it goes and what it belongs to stay.

    Of one that is just being sent, only what follows on it may be another: its words are on their way.
    """
    await tx.run(
        "UPDATE outbox SET draft = :draft WHERE id = :id AND state IN ('queued', 'sending')",
        id=delivery_id,
        draft=DRAFT.dump_json(draft).decode(),
    )


async def supersede_edits(tx: Tx, delivery_id: int, *kinds: DeliveryKind) -> None:
    """Leave out changes of one message that still wait, for a later one says it all; the rows count as skipped."""
    await tx.run(
        """
        UPDATE outbox SET state = 'sent', error = 'a later change took its place'
        WHERE state = 'queued' AND json_extract(draft, '$.edits') = :delivery_id
          AND kind IN (SELECT value FROM json_each(:kinds))
        """,
        delivery_id=delivery_id,
        kinds=json.dumps([str(kind) for kind in kinds]),
    )


async def rewrite_chat(tx: Tx, channel: str, old: int, new: int) -> None:
    """Send what still waits for one chat to another: a group became a supergroup.

    What was sent before keeps its old chat: message numbers begin anew in the supergroup, so a rewritten one could be
    taken for another message. So does an order that names a message by its number: it comes to nothing there.
    """
    await tx.run(
        """
        UPDATE outbox SET chat = :new
        WHERE channel = :channel AND chat = :old AND state IN ('queued', 'sending', 'parked')
          AND json_extract(draft, '$.message') IS NULL
        """,
        channel=channel,
        old=old,
        new=new,
    )


async def drop_topic(tx: Tx, address: Address) -> None:
    """Send what still waits for a deleted topic to the group itself."""
    await tx.run(
        """
        UPDATE outbox SET topic = NULL
        WHERE channel = :channel AND chat = :chat AND topic = :topic AND state IN ('queued', 'sending', 'parked')
        """,
        channel=address.channel,
        chat=address.chat,
        topic=address.topic,
    )
