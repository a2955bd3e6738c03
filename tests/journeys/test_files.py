"""What the running bot makes on the disk is for its user alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tests.support.office import Office, open_house


async def test_whatever_the_bot_makes_is_for_its_user_alone(tmp_path: Path) -> None:
    before = os.umask(0)  # as careless as a machine can be
    try:
        async with open_house(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/data/inquiries.db") as house:
            house.bot.database = tmp_path / "data" / "inquiries.db"
            office = Office(house)
            await office.takes_in(await office.known("Mira"), "Ich suche ein Zimmer.")
            assert (await office.bot.command("backup", str(tmp_path / "data" / "copy.db"))).code == 0
            made = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
            folder = stat.S_IMODE((tmp_path / "data").stat().st_mode)
    finally:
        os.umask(before)

    assert {"inquiries.db", "inquiries.db-wal", "inquiries.db-shm", "inquiries.db.lock", "copy.db"} <= set(made)
    assert {name: mode for name, mode in made.items() if mode != 0o600} == {}
    assert folder == 0o700
