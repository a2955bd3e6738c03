"""An inquiry as a page for the official file: whole, in the office's language, ready to be printed as PDF."""

from __future__ import annotations

from collections.abc import Iterator

from bot.services.records import html
from bot.services.records.own_page import happened, inquiry_facts, messages, shares
from bot.services.records.wording import Values, Wording


def write_file_page(wording: Wording, record: Values, checksum: str) -> str:
    """Return the page for what `collect.collect_file` gathered; `checksum`: the SHA-256 of the JSON beside it."""
    title = wording.say("file-page-title", reference=record["inquiry"]["reference"])
    return html.page(wording.language, title, _parts(wording, record, checksum))


def _parts(wording: Wording, record: Values, checksum: str) -> Iterator[str]:
    say, inquiry, about = wording.say, record["inquiry"], record["about"]
    yield html.facts(
        [
            (say("file-page-office"), about["office"]),
            (say("file-page-made"), wording.at(about["made_at"])),
            (say("record-name"), record["person"]["first_name"]),
            *inquiry_facts(wording, {**inquiry, "feedback": record["feedback"], "slips": record["slips"]}),
        ]
    )
    yield html.heading(2, say("own-page-messages"))
    yield from messages(wording, record["messages"], record["person"]["first_name"])
    yield html.heading(2, say("record-shares"))
    yield shares(wording, record)
    yield html.heading(2, say("record-journal"))
    yield happened(wording, record["journal"])
    yield html.heading(2, say("file-page-checks"))
    yield html.paragraph(say("file-page-checks-text", name=f"{inquiry['reference']}.json"))
    yield f"<p><code>{html.text(checksum)}</code></p>"
