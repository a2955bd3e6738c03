"""Parked rows: updates that could not be handled (`in-7`) and messages that could not be sent (`out-7`)."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.clock import SystemClock
from bot.errors import Fault, FaultsError, NotFoundError
from bot.model import Address, Delivery
from bot.routing.rules import Rules
from bot.services.people.directory import addresses_of
from bot.store import assignments, contacts, given_up, inbox, inquiries, outbox, people
from bot.store.database import Database, Tx

# What has more digits is larger than any number SQLite can hold.
LONGEST_ID = 18


async def show_parked(database: Database, console: Console, timezone: str, rules: Rules | None) -> None:
    """Print all parked rows with inquiry, recipient and reason, never with what somebody wrote.

    Args:
        rules: name contacts' chats; where they are None, the chats of those who joined by invitation are known.
    """
    zone = ZoneInfo(timezone)
    async with database.reading() as tx:
        updates, deliveries = await inbox.list_parked(tx), await given_up.list_all(tx)
        joined = await contacts.load_joined(tx)
        chats = addresses_of(rules, joined, await contacts.load_moved_groups(tx)) if rules is not None else joined
        about = [(await _reference(tx, one), await _recipient(tx, one, chats)) for one in deliveries]
    if not updates and not deliveries:
        console.print("Nothing is parked.")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("id", "since", "inquiry", "what", "attempts", "why"):
        table.add_column(column, overflow="fold")
    for row in updates:
        since = row.received_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        table.add_row(f"in-{row.id}", since, "", "update", str(row.attempts), Text(row.error or ""))
    for delivery, (reference, recipient) in zip(deliveries, about, strict=True):
        since = "" if delivery.created_at is None else delivery.created_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        what = f"{delivery.draft.kind} to {recipient}"
        why = Text(delivery.error or "")
        table.add_row(f"out-{delivery.id}", since, reference, what, str(delivery.attempts), why)
    console.print(table)
    console.print("\nTry again: python -m bot parked --replay ID    Give up: python -m bot parked --drop ID")


async def replay_parked(database: Database, name: str) -> str:
    """Queue a parked row again; a running bot picks it up within a second or two.

    Raises:
        FaultsError: nothing of this name is parked, or who it was for does not have the inquiry any more.
    """
    side, number = _read(name)
    async with database.transaction() as tx:
        if side == "out" and await _is_handed_over(tx, number):
            what = "was for a contact who does not have the inquiry any more; its present contact got it all."
            raise FaultsError([Fault(name, what, f"Drop it: python -m bot parked --drop {name}")])
        if side == "out" and await given_up.is_outdated(tx, number):
            what = "would bring an earlier state of a message back; a later change of it was sent."
            raise FaultsError([Fault(name, what, f"Drop it: python -m bot parked --drop {name}")])
        now = SystemClock().now()
        found = await (inbox.requeue(tx, number) if side == "in" else given_up.requeue(tx, now, number))
    _must_be(found, name)
    return f"{name}: queued again."


async def drop_parked(database: Database, name: str) -> str:
    """Delete a parked row for good."""
    side, number = _read(name)
    async with database.transaction() as tx:
        found = await (inbox.drop(tx, SystemClock().now(), number) if side == "in" else given_up.drop(tx, number))
        if found and side == "out":
            await assignments.forget_card(tx, number)
    _must_be(found, name)
    return f"{name}: dropped."


async def _reference(tx: Tx, delivery: Delivery) -> str:
    """Return the reference of the inquiry a delivery is about; nothing for one about none."""
    number = delivery.draft.inquiry_id
    return "" if number is None else (await inquiries.get(tx, number)).reference


async def _recipient(tx: Tx, delivery: Delivery, chats: Mapping[str, Address]) -> str:
    """Return to whom a delivery was to go, by the chat: a share may have another contact by now."""
    to = delivery.address
    here = [key for key, chat in chats.items() if chat.is_in_chat_of(to)]
    if here:
        near = [key for key in here if chats[key].topic == to.topic]
        return f"contact {', '.join(near or here)}"
    if delivery.draft.assignment_id is not None:
        return "contact (chat unknown)"
    return "inquirer" if await people.find_by_address(tx, to) is not None else "unknown chat"


async def _is_handed_over(tx: Tx, number: int) -> bool:
    """Tell whether somebody elsewhere has the card of the share this delivery was about."""
    try:
        delivery = await outbox.get(tx, number)
        if delivery.draft.assignment_id is None:
            return False
        share = await assignments.get(tx, delivery.draft.assignment_id)
        return share.card is not None and not (await outbox.get(tx, share.card)).address.is_in_chat_of(delivery.address)
    except NotFoundError:
        return False


def _read(name: str) -> tuple[str, int]:
    side, _, number = name.partition("-")
    if side not in ("in", "out") or not (number.isascii() and number.isdigit()) or len(number) > LONGEST_ID:
        raise FaultsError([Fault(name, "is not an id of a parked row.", "See them: python -m bot parked.")])
    return side, int(number)


def _must_be(found: bool, name: str) -> None:
    if not found:
        raise FaultsError([Fault(name, "is not parked.", "See what is: python -m bot parked.")])
