"""A person's record as a page they can read: in their language, from what matters to what is only complete."""

from __future__ import annotations

from collections.abc import Iterator

from bot.services.records import html
from bot.services.records.wording import Values, Wording
from bot.store.messages import INQUIRER


def write_own_page(wording: Wording, record: Values) -> str:
    """Return the page for what `collect.collect_person` gathered."""
    say = wording.say
    title = say("own-page-title", office=record["about"]["office"])
    return html.page(wording.language, title, _parts(wording, record))


def _parts(wording: Wording, record: Values) -> Iterator[str]:
    say, person = wording.say, record["person"]
    yield html.paragraph(say("own-page-made", at=wording.at(record["about"]["made_at"]) or ""))
    yield html.heading(2, say("own-page-you"))
    yield html.facts(
        [
            (say("record-name"), person["first_name"]),
            (say("record-language"), wording.turn.texts.language_name(wording.language, str(person["language"]))),
            (say("record-chat"), person["chat"]),
            (say("record-since"), wording.at(person["created_at"])),
            (say("record-noticed"), wording.at(person["noticed_at"])),
            (say("record-notice-version"), person["notice_version"]),
        ]
    )
    for inquiry in record["inquiries"]:
        yield from _inquiry(wording, inquiry)
    yield from _rest(wording, record)
    yield html.heading(2, say("own-page-missing"))
    yield html.paragraph(say("own-page-missing-text"))
    yield html.heading(2, say("own-page-rights"))
    yield html.paragraph(say("own-page-rights-text"))


def _inquiry(wording: Wording, inquiry: Values) -> Iterator[str]:
    say = wording.say
    yield html.heading(2, say("own-page-inquiry", reference=inquiry["reference"]))
    yield html.facts([*inquiry_facts(wording, inquiry), (say("record-goes"), wording.at(inquiry["goes_at"]))])
    yield html.heading(3, say("own-page-messages"))
    yield from messages(wording, inquiry["messages"], say("record-you"))
    if inquiry["notes"]:
        yield html.paragraph(say("own-page-notes", count=len(inquiry["notes"])))
    yield shares(wording, inquiry)
    yield html.table(
        say("record-copies"),
        [say("record-contact")],
        [[wording.contact(one["contact"])] for one in inquiry["card_copies"]],
    )
    yield happened(wording, inquiry["journal"])
    yield _sent(wording, say("own-page-sent"), inquiry["outbox"])
    yield _timers(wording, inquiry["timers"])


def _rest(wording: Wording, record: Values) -> Iterator[str]:
    """Write what belongs to no inquiry."""
    say = wording.say
    if record["held"]:
        yield html.heading(2, say("own-page-held"))
        yield html.paragraph(say("own-page-held-text"))
        for one in record["held"]:
            head = say("own-page-held-until", at=wording.at(one["expires_at"]) or "")
            yield html.message(head, wording.words(one["message"]), own=True)
    if not any(record[name] for name in ("outbox", "inbox", "blocks", "timers")):
        return
    yield html.heading(2, say("own-page-rest"))
    yield _sent(wording, say("own-page-sent-rest"), record["outbox"])
    rows = [
        [wording.at(row["received_at"]), say(f"record-inbox-{row['state']}"), row["raw"], row["error"] or ""]
        for row in record["inbox"]
    ]
    columns = [say("record-at"), say("record-state"), say("record-raw"), say("record-error")]
    yield html.table(say("own-page-inbox"), columns, rows)
    yield html.table(
        say("own-page-blocks"),
        [say("record-since"), say("record-until"), say("record-contact")],
        [
            [wording.at(one["set_at"]), wording.at(one["until_at"]) or "–", wording.contact(one["set_by"])]
            for one in record["blocks"]
        ],
    )
    yield _timers(wording, record["timers"])


def inquiry_facts(wording: Wording, inquiry: Values) -> Iterator[tuple[str, object | None]]:
    """Yield what an inquiry is: when it came, how it stands, what was recognised."""
    say, decision = wording.say, inquiry["decision"] or {}
    yield say("record-opened"), wording.at(inquiry["opened_at"])
    yield say("record-state"), wording.state(inquiry["state"])
    yield say("record-touched"), wording.at(inquiry["touched_at"])
    yield say("record-closed"), wording.at(inquiry["closed_at"])
    yield say("record-follows"), inquiry["follows"]
    yield say("record-place"), decision.get("place")
    audience, direction = decision.get("audience", "unknown"), decision.get("direction", "other")
    yield say("record-who"), None if audience == "unknown" else say(f"you-are-{audience}")
    yield say("record-wants"), None if direction == "other" else say(f"direction-{direction}")
    language = decision.get("language")
    spoken = None if language is None else wording.turn.texts.language_name(wording.language, str(language))
    yield say("record-spoken"), spoken
    found = dict.fromkeys(str(hit["found"]) for hit in decision.get("hits", []))
    yield say("record-found"), ", ".join(found) or None
    for answer in inquiry.get("feedback", []):
        helped = answer["helped"]
        yield say("record-helped"), say("record-asked-only") if helped is None else say(f"btn-helped-{helped}")
    for slip in inquiry.get("slips", []):
        yield say("record-slipped"), wording.at(slip["told_at"])
    if inquiry["for_file"]:
        filed = wording.at(inquiry["filed_at"])
        yield say("record-for-file"), say("record-for-file-yes") if filed is None else say("record-filed", at=filed)


def messages(wording: Wording, written: list[Values], person: str) -> Iterator[str]:
    """Yield what was written, each under who wrote it and when."""
    for one in written:
        head = f"{wording.author(one['author'], person)}, {wording.at(one['sent_at'])}"
        if one["edited_at"] is not None:
            head += f" ({wording.say('record-edited', at=wording.at(one['edited_at']) or '')})"
        if one["internal"]:
            head += f" – {wording.say('record-note')}"
        yield html.message(head, wording.words(one), own=one["author"] == INQUIRER)


def shares(wording: Wording, inquiry: Values) -> str:
    """Return who had an inquiry, and until when an answer was promised."""
    say = wording.say
    keys = ("record-field", "record-contact", "record-state", "record-since", "record-due")
    columns = [say(key) for key in keys]
    rows = [
        [
            wording.field(one["field"]),
            " / ".join(dict.fromkeys(wording.contact(one[key]) for key in ("contact", "seat", "taker") if one[key])),
            wording.state(one["state"]),
            wording.at(one["created_at"]),
            wording.at(one["promised_at"] or one["due_at"]) or "–",
        ]
        for one in inquiry["assignments"]
    ]
    return html.table(say("record-shares"), columns, rows)


def happened(wording: Wording, entries: list[Values]) -> str:
    """Return what happened, oldest first."""
    say = wording.say
    rows = [[wording.at(one["at"]), wording.event(one["event"]), wording.data(one["data"])] for one in entries]
    return html.table(say("record-journal"), [say("record-at"), say("record-event"), say("record-details")], rows)


def _sent(wording: Wording, caption: str, sent: list[Values]) -> str:
    say = wording.say
    rows = [
        [
            wording.at(one["sent_at"] or one["created_at"]),
            say("record-you") if one["to"] == INQUIRER else say("record-office"),
            say(f"record-sent-{one['state']}"),
            one["text"] or f"({wording.known('record-delivery-' + str(one['kind'])) or one['kind']})",
        ]
        for one in sent
    ]
    return html.table(caption, [say(key) for key in ("record-at", "record-to", "record-state", "record-what")], rows)


def _timers(wording: Wording, timers: list[Values]) -> str:
    say = wording.say
    rows = [[wording.at(one["due_at"]), wording.known(f"record-timer-{one['kind']}") or one["kind"]] for one in timers]
    return html.table(say("record-timers"), [say("record-at"), say("record-event")], rows)
