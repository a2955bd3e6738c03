"""Writes an inquiry out for the official file: a page to print as PDF, the same as JSON, and checksums over both.

A folder of its own for each export, readable for its owner only, named by reference and time (UTC): both are digits and
dashes whatever anybody wrote, so the name is safe everywhere. Nothing is written as a table for a spreadsheet, where a
person's words could be taken for a formula. The files hold people's words: move them to the file and delete them here.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.clock import SystemClock
from bot.console.story import OPERATOR
from bot.errors import StoreError
from bot.services.case import get_case
from bot.services.dialogue import Dialogue
from bot.services.records.collect import collect_file
from bot.services.records.file_page import write_file_page
from bot.services.records.papers import as_json
from bot.services.records.wording import Wording
from bot.services.rules.rulebook import Rulebook
from bot.services.shares import filing
from bot.store import inquiries
from bot.store.database import Database
from bot.texts import Texts

CHECKSUMS = "SHA256SUMS"


async def export_for_file(database: Database, book: Rulebook, texts: Texts, reference: str, folder: Path) -> str:
    """Write an inquiry's files into a new folder and note the export; returns what to tell the operator.

    Raises:
        NotFoundError: there is no inquiry with this reference.
        StoreError: the files could not be written; then nothing is noted.
    """
    async with database.transaction() as tx:
        turn = Dialogue(book, texts, SystemClock()).turn(tx)
        inquiry = await inquiries.get_by_reference(tx, reference)
        record = await collect_file(turn, inquiry)
        written = as_json(record).encode()
        checksum = hashlib.sha256(written).hexdigest()
        page = write_file_page(Wording(turn, book.own_language), record, checksum).encode()
        target = folder / f"{inquiry.reference}-{turn.at:%Y-%m-%dT%H%M%SZ}"
        _write(target, {f"{inquiry.reference}.json": written, f"{inquiry.reference}.html": page})
        await filing.mark_filed(turn, await get_case(turn, inquiry.id), OPERATOR)
    return (
        f"{target}: {inquiry.reference}.html (to print), {inquiry.reference}.json and {CHECKSUMS}.\n"
        "They hold people's words: move them to the official file, then delete them here.\n"
        "Photos and files are not among them: Telegram keeps those."
    )


def _write(target: Path, files: dict[str, bytes]) -> None:
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    try:
        target.mkdir(mode=0o700)
        for name, content in {**files, CHECKSUMS: sums.encode()}.items():
            path = target / name
            path.touch(mode=0o600)
            path.write_bytes(content)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written ({error.strerror}). Name another folder: --to.") from error
