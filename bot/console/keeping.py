"""Backup and restore: a checked copy of the database, made beside the running bot, and put in its place again."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from bot.clock import SystemClock
from bot.console.wording import counted
from bot.errors import Fault, FaultsError, StoreError
from bot.store import blocks, deletions, unsent
from bot.store.copies import bot_kept_out, find_faults, put_in_place, write_copy
from bot.store.database import Database
from bot.store.opening import existing_database, how_to_mend
from bot.store.rotating import rotate


def back_up(url: str, target: str | Path) -> str:
    """Copy the database while the bot may be running, and check the copy; returns what to tell the operator.

    Args:
        target: a new file, whose name has an ending, or a folder that is there, in which the file is named after the
            moment (UTC). With a slash at its end it is a folder.

    Raises:
        FaultsError: there is no database yet, or no such folder.
        StoreError: the copy could not be made, or is damaged.
    """
    source = existing_database(url)
    try:
        copy = _place(target, source)
    except OSError as error:
        raise StoreError(f"{target}: cannot be looked at ({error.strerror}). {how_to_mend(error)}") from error
    write_copy(source, copy)
    size_mb = copy.stat().st_size / 1e6
    return f"{copy}: copied and checked, {size_mb:.1f} MB. It holds people's words: keep it as safe as the database."


def _place(target: str | Path, source: Path) -> Path:
    """Return the file a backup is to be written to; no folder is made for it.

    A folder that is missing may be a disk that is not mounted. A copy must not come to lie under its name, neither as
    a file, which would be in the way of every later copy, nor in a new folder on the wrong disk.
    """
    path = Path(target)
    if path.is_dir():
        return path / f"{source.stem}-{_stamp(SystemClock().now())}{source.suffix}"
    if str(target).endswith(os.sep) or not (path.suffix or path.exists()):
        mend = f"Make it first: mkdir -m 700 {path}. (A file's name needs an ending, such as {path.name}.db.)"
        raise FaultsError([Fault(f"{target}", "there is no such folder.", mend)])
    if not path.parent.is_dir():
        mend = f"Make it first: mkdir -m 700 {path.parent}."
        raise FaultsError([Fault(f"{target}", f"there is no folder {path.parent}.", mend)])
    return path


async def restore(url: str, source: Path, keys: str | None = None) -> str:
    """Put a backup in the database's place; the present file is kept aside. Returns what to tell the operator.

    Args:
        keys: `DATABASE_KEY`; the backup comes under its first key, whichever of them it was under, or none.

    Raises:
        FaultsError: the backup is damaged or none of ours, or the database's place is taken by what is no file.
        StoreError: the bot is running, a file could not be written, or the backup is under a key that
            is not among them.
    """
    _must_be_sound(source)
    with bot_kept_out(url) as path:
        stamp = _stamp(SystemClock().now())
        aside = path.with_name(f"{path.name}.before-{stamp}")
        new = path.with_name(f"{path.name}.restoring-{stamp}")
        write_copy(source, new)
        try:
            doubted, deleted = await _prepare(new, path if path.exists() else None, keys)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
        try:
            there_was_one = put_in_place(new, path, aside)
        except OSError as error:
            raise StoreError(f"{path}: could not be replaced ({error}). See {aside} and {new}.") from error
    lines = [f"{path}: restored from {source} and checked."]
    if there_was_one:
        lines.append(f"The file from before is kept: {aside}. It holds people's words; delete it when all is well.")
    if doubted:
        waited = f"{counted(doubted, 'message')} waited when the copy was made"
        lines.append(f"{waited}; those with people's words go out marked.")
    if deleted is None:
        lines.append(
            "The database from before could not be read: whoever was deleted since the copy was made is back. "
            "Delete them again."
        )
    else:
        lines.append(f"Deletions made since and applied again: {deleted}.")
    lines.append("What else came since the copy is missing.")
    return "\n".join(lines)


def _must_be_sound(source: Path) -> None:
    try:
        if source.is_dir():
            raise FaultsError([Fault(f"{source}", "is a folder.", "Name one of the backups in it.")])
        faults = find_faults(source)
    except OSError as error:
        raise FaultsError(
            [Fault(f"{source}", f"cannot be read ({error.strerror}).", "Name another backup.")]
        ) from error
    if faults:
        raise FaultsError([Fault(f"{source}", f"{fault}.", "Name another backup.") for fault in faults])


async def reapply_deletions(present: Database, restored: Database) -> int:
    """Delete from a restored copy what was deleted since it was made: whoever was forgotten stays forgotten.

    Called before the copy takes the database's place, with both brought up to date.

    Args:
        present: the database as it was until now.

    Returns:
        How many people and inquiries were deleted again.
    """
    async with present.transaction() as tx:
        known, blocked = await deletions.load(tx), await blocks.load_rows(tx)
    async with restored.transaction() as tx:
        tx.scrub_after()
        done = await deletions.apply(tx, known)
        # A block set since must not be lifted by that, nor one that was lifted come back.
        await blocks.put_rows(tx, blocked)
        return done


async def _prepare(new: Path, present: Path | None, keys: str | None) -> tuple[int, int | None]:
    """Bring a copy up to date and under the present key, doubt what waits in it, and delete what was deleted since."""
    if keys is not None:
        rotate(new, keys, encrypt=True)
    async with await Database.open(f"sqlite:///{new}", keys=keys) as restored:
        async with restored.transaction() as tx:
            doubted = await unsent.doubt_queued(tx, "may have been sent after the backup was made")
        if present is None:
            return doubted, 0
        if find_faults(present):
            return doubted, None
        async with await Database.open(f"sqlite:///{present}", keys=keys) as current:
            return doubted, await reapply_deletions(current, restored)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H%M%SZ")
