"""A start that is killed amid the migrations, at some sampled statements, leaves a database the next start can use."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.database import Database

# Kills itself as `kill -9` does when the given number of statements has been asked for.
DIES_AFTER = """
import os, signal, sqlite3, sys
from pathlib import Path
connect, left = sqlite3.connect, int(sys.argv[2])
def count(_):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
def counted(*values, **named):
    connection = connect(*values, **named)
    connection.set_trace_callback(count)
    return connection
sqlite3.connect = counted
from bot.store.tables import migrate
migrate(Path(sys.argv[1]), break_lock=True)
"""


@pytest.mark.parametrize("statements", [1, 5, 12, 40, 90, 150])
async def test_a_database_whose_migration_was_killed_opens_again(tmp_path: Path, statements: int) -> None:
    path = tmp_path / "test.db"
    died = subprocess.run([sys.executable, "-c", DIES_AFTER, str(path), str(statements)], check=False)  # noqa: ASYNC221
    assert died.returncode == -signal.SIGKILL

    async with await Database.open(f"sqlite:///{path}", exclusive=True) as database, database.reading() as tx:
        assert await tx.all("SELECT 1 FROM outbox") == []
        left = await tx.all("SELECT migration_id FROM _yoyo_migration")
    assert len(left) == len(list((Path(__file__).parents[2] / "bot/store/migrations").glob("0*.*")))
