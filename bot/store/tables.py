"""The database's tables: the bot's own start brings them up to date, whoever works beside it leaves them alone."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from bot.errors import StoreError
from bot.store.opening import make_private_folder

log = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(path: Path, *, break_lock: bool) -> None:
    """Apply the numbered SQL files that have not been applied yet.

    yoyo marks a running migration by a row in the database, which a crash leaves behind. Whoever holds the process
    lock knows that nobody else is at it, and may break that mark.
    """
    make_private_folder(path.parent)
    if not path.exists():
        path.touch(mode=0o600)
    elif path.stat().st_size == 0:
        # A first start that was cut off leaves one as well, so it is taken all the same.
        log.warning("%s: is empty, so all begins anew. If it was no new one, stop the bot and restore a backup.", path)
    # A file that is no database is told at once; the library would take the error for a lock and wait ten seconds.
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA schema_version")
        if _is_up_to_date(connection):
            return
    # Only now: nearly every start finds its tables, and the library and what it brings along take 3 MB.
    from yoyo import get_backend, read_migrations

    # The library notes who applied a migration, and fails where the user has no name, as in many containers.
    os.environ.setdefault("LOGNAME", "anfragelotse")
    backend = get_backend(f"sqlite:///{quote(str(path.resolve()))}")
    try:
        if break_lock:
            backend.break_lock()
        migrations = read_migrations(str(MIGRATIONS))
        with backend.lock():
            backend.apply_migrations(backend.to_apply(migrations))
    finally:
        backend.connection.close()


def must_be_of_this_version(path: Path) -> None:
    """Go on only with tables this version of the program knows. Changes none: the bot's own start does.

    Raises:
        StoreError: they are older or newer, or there are none.
    """
    with closing(sqlite3.connect(path)) as connection:
        try:
            applied = _list_applied(connection)
        except sqlite3.OperationalError as error:
            if "no such table" not in str(error):
                raise
            mend = "Check DATABASE_URL; the bot's first start makes them: python -m bot run."
            raise StoreError(f"{path}: none of the bot's tables are in it. {mend}") from None
    known = _list_known()
    # By their numbers, for a name may have been mended since.
    if max(applied, default="")[:4] > max(known)[:4]:
        mend = "Update the program, or restore a backup from before that version."
        raise StoreError(f"{path}: its tables are of a newer version than this program. {mend}")
    if not known <= applied:
        mend = "Start the bot first (it brings them up to date)."
        raise StoreError(f"{path}: its tables are of an older version. {mend}")


def _is_up_to_date(connection: sqlite3.Connection) -> bool:
    """Tell whether every migration was applied, by the library's own list."""
    try:
        return _list_known() <= _list_applied(connection)
    except sqlite3.OperationalError:  # no such table yet, or locked: then the library sees to it
        return False


def _list_known() -> set[str]:
    return {file.stem for file in MIGRATIONS.glob("0*.*")}


def _list_applied(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT migration_id FROM _yoyo_migration")}
