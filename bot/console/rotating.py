"""Changes the key of the database's encryption, with a progress bar."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.console.wording import counted
from bot.store.copies import bot_kept_out
from bot.store.opening import existing_database
from bot.store.rotating import rotate


def rotate_key(url: str, keys: str | None, *, encrypt: bool, console: Console) -> str:
    """Encrypt the database with the first key, or take the encryption away; returns what to tell the operator.

    Raises:
        FaultsError: there is no database yet.
        StoreError: the bot runs, or the keys do not open everything; then nothing was changed.
    """
    existing_database(url)
    with bot_kept_out(url) as path:
        count = _rotate(path, keys, encrypt=encrypt, console=console)
    if not encrypt:
        return f"{path}: no longer encrypted, {counted(count, 'row')}. Unset DATABASE_KEY before the next start."
    number = (keys or "").partition(":")[0]
    return (
        f"{path}: encrypted with key {number}, {counted(count, 'row')}. "
        "Older keys may be taken out of DATABASE_KEY now. "
        "Backups are still as they were: make a new one, and keep the old key as long as you keep them."
    )


def _rotate(path: Path, keys: str | None, *, encrypt: bool, console: Console) -> int:
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("rows", total=None)
        return rotate(
            path, keys, encrypt=encrypt, progress=lambda done, total: bar.update(task, completed=done, total=total)
        )
