"""An inquiry's whole story, and the list of inquiries, as tables and lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.errors import Fault, FaultsError
from bot.model import UNANSWERED_ASSIGNMENTS, Assignment, Delivery, Event, Inquiry, JournalEntry
from bot.routing.rules import Rules
from bot.services.people.naming import number_of, under_name
from bot.store import assignments, inquiries, journal, messages, outbox, people
from bot.store.database import Tx
from bot.store.messages import StoredMessage

# Stands where a contact's key stands, for whoever runs commands on the machine.
OPERATOR = "operator"


async def show_inquiry(tx: Tx, at: datetime, reference: str, rules: Rules | None, console: Console) -> None:
    """Print everything that is known about an inquiry; that it was looked at is noted in its journal.

    Args:
        rules: in whose time zone; None for UTC, and without the name: whether it may be shown is not known then.

    Raises:
        NotFoundError: there is none with this reference.
    """
    zone = ZoneInfo(timezone_of(rules))
    inquiry = await inquiries.get_by_reference(tx, reference)
    await journal.record(tx, at, Event.INQUIRY_LOOKED_UP, inquiry_id=inquiry.id, by=OPERATOR)
    person = await people.get(tx, inquiry.person_id)
    console.print(Text(f"{inquiry.reference} · {inquiry.state}", style="bold"))
    # Who needs no name to help the person has none to see on this machine either.
    named = rules is not None and rules.privacy.shows_names
    by = person.first_name if named else f"Person {number_of(inquiry.reference)}"
    # A name is never markup: `[/]` in one would end the command.
    console.print(Text(f"opened {_time(inquiry.opened_at, zone)}, by {by}, language {person.language}"))
    for part in (
        _decision(inquiry),
        _shares(await assignments.list_of(tx, inquiry.id), zone),
        _messages([under_name(one, person.first_name, by) for one in await messages.list_of(tx, inquiry.id)], zone),
        _journal(await journal.list_of(tx, inquiry.id), zone),
        _deliveries(await outbox.list_of_inquiry(tx, inquiry.id), zone),
    ):
        console.print()
        console.print(part)


@dataclass(frozen=True)
class Choice:
    """Which inquiries a list shows.

    Attributes:
        only_open: only open ones; `field`: only those with a share in it; `most`: so many of them.
    """

    only_open: bool = False
    field: str | None = None
    most: int = 200


async def show_list(tx: Tx, choice: Choice, rules: Rules | None, console: Console) -> None:
    """Print inquiries, newest first, and how many more there are.

    Args:
        rules: in whose time zone, and which fields there are; None where that is not known.

    Raises:
        FaultsError: there is no such field.
    """
    zone, only_open, field = ZoneInfo(timezone_of(rules)), choice.only_open, choice.field
    if field is not None and rules is not None and field not in rules.fields:
        raise FaultsError([Fault("--field", f"unknown field {field!r}.", f"Known: {', '.join(rules.fields)}.")])
    found = await inquiries.list_all(tx, only_open=only_open, field=field, most=choice.most)
    if not found:
        console.print("No inquiries." if not only_open and field is None else "No inquiries match.")
        return
    table = _table("reference", "state", "opened", "fields", "contacts", "due", "file")
    for inquiry in found:
        shares = [share for share in await assignments.list_of(tx, inquiry.id) if share.state != "moved"]
        # What was answered or is done is owed no more.
        dues = [share.due_at for share in shares if share.due_at is not None and share.state in UNANSWERED_ASSIGNMENTS]
        table.add_row(
            inquiry.reference,
            inquiry.state,
            _time(inquiry.opened_at, zone),
            ", ".join(share.field for share in shares),
            ", ".join(share.contact for share in shares),
            _time(min(dues), zone) if dues else "",
            _filed(inquiry),
        )
    console.print(table)
    total = await inquiries.count(tx, only_open=only_open, field=field)
    if total > len(found):
        console.print(_rest(choice, total))


def _rest(choice: Choice, total: int) -> Text:
    """Say how many more there are, and with which command all of them are seen."""
    rest = total - choice.most
    more, see = ("1 more inquiry", "it") if rest == 1 else (f"{rest} more inquiries", "them")
    narrowed = (" --open" if choice.only_open else "") + (f" --field {choice.field}" if choice.field else "")
    return Text(f"{more}. See {see}: python -m bot list{narrowed} --most {total}")


def timezone_of(rules: Rules | None) -> str:
    """Return the office's time zone; UTC where the rules are not known."""
    return "UTC" if rules is None else rules.office.timezone


def _filed(inquiry: Inquiry) -> str:
    """Say whether an inquiry belongs in the official file, and is there as it is now."""
    if not inquiry.for_file:
        return ""
    return "to be exported" if inquiry.is_to_be_filed else "exported"


def _decision(inquiry: Inquiry) -> Group | str:
    decision = inquiry.decision
    if decision is None:
        return "no routing decision"
    chosen = ", ".join(decision.fields) or ", ".join(decision.choices) or "–"
    runner_up = "–"
    if decision.runner_up is not None:
        runner_up = f"{decision.runner_up}, {decision.margin:g} points away"
    table = _table("field", "keyword", "found", "score", "how")
    for hit in decision.hits:
        table.add_row(hit.field, Text(hit.keyword), Text(hit.found), f"{hit.score:.1f}", hit.how)
    head = Text.assemble(("Routing ", "bold"), f"{decision.outcome}: {chosen}")
    about = f"audience {decision.audience}, direction {decision.direction}, place {decision.place or '–'}"
    rest = f"runner-up {runner_up}, rules {decision.rules_version or '–'}"
    return Group(head, Padding(Group(about, rest, table), (0, 0, 0, 2)))


def _shares(shares: Iterable[Assignment], zone: ZoneInfo) -> Group:
    table = _table("field", "contact", "lead", "reason", "state", "due")
    for share in shares:
        due = _time(share.due_at, zone) if share.due_at else ""
        table.add_row(share.field, share.contact, "yes" if share.lead else "", share.reason, share.state, due)
    return _section("Assignments", table)


def _messages(written: Iterable[StoredMessage], zone: ZoneInfo) -> Group:
    table = _table("at", "author", "kind", "text")
    for message in written:
        text = message.text + (" (edited)" if message.edited_at else "")
        table.add_row(_time(message.sent_at, zone), message.author, message.kind, Text(text))
    return _section("Messages", table)


def _journal(entries: Iterable[JournalEntry], zone: ZoneInfo) -> Group:
    table = _table("at", "event", "data")
    for entry in entries:
        data = ", ".join(f"{key} {value}" for key, value in entry.data.items() if key != "scores")
        table.add_row(_time(entry.at, zone), entry.event, Text(data))
    return _section("Journal", table)


def _deliveries(deliveries: Iterable[Delivery], zone: ZoneInfo) -> Group:
    table = _table("id", "at", "to", "kind", "state", "attempts", "error")
    for delivery in deliveries:
        at = _time(delivery.created_at, zone) if delivery.created_at else ""
        to = "contact" if delivery.draft.assignment_id is not None else "inquirer"
        error = Text(delivery.error or "")
        table.add_row(str(delivery.id), at, to, delivery.draft.kind, delivery.state, str(delivery.attempts), error)
    return _section("Deliveries", table)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _section(title: str, table: Table) -> Group:
    return Group(Text(title, style="bold"), Padding(table, (0, 0, 0, 2)))


def _time(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
