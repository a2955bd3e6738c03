"""A look at the `.env` file before its settings are read, so that one that cannot be read is told and no traceback.

Nothing of it is ever quoted: any line may hold a token.
"""

from __future__ import annotations

import codecs
import logging
from pathlib import Path
from typing import Any

from bot.errors import Fault

ENV_FILE = Path(".env")


def look_at_env_file() -> tuple[dict[str, Any], list[Fault]]:
    """Return how pydantic-settings is to read `.env`, and what is wrong with the file.

    One in another encoding than UTF-8 is a fault, and is read all the same: so the faults of its settings are told
    with it. What is no plain file, such as the pipe of a password manager, can be read only once, and is left to
    whoever reads the settings.
    """
    try:
        content = ENV_FILE.read_bytes() if ENV_FILE.is_file() else b""
        if not ENV_FILE.exists() and ENV_FILE.is_symlink():
            return {}, [Fault(f"{ENV_FILE}", "leads to a file that is not there.", "Make it, or delete the link.")]
    except OSError as error:
        mend = "Give the bot's user the right to read it."
        return {"_env_file": None}, [Fault(f"{ENV_FILE}", f"cannot be read ({error.strerror}).", mend)]
    encoding = _encoding(content)
    if encoding == "utf-8":
        return {}, []
    # What is no text at all has no settings either; that the library says so of each line helps nobody.
    logging.getLogger("dotenv").setLevel(logging.ERROR)
    return {"_env_file_encoding": encoding}, [Fault(f"{ENV_FILE}", "is not UTF-8 text.", "Save it as UTF-8.")]


def _encoding(content: bytes) -> str:
    """Return UTF-8, or what else a file is: UTF-16 by its mark or its many noughts, or Latin-1, which fits any."""
    likely = "utf-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        likely = "utf-16"
    elif b"\0" in content:  # valid in UTF-8, and in no text
        likely = "utf-16-be" if content.startswith(b"\0") else "utf-16-le"
    try:
        content.decode(likely)
    except UnicodeDecodeError:
        return "latin-1"
    return likely
