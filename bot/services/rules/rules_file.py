"""The rules file read from disk; apart from `rulebook`, so that `route` need not import calendars and texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import Fault, RulesError

if TYPE_CHECKING:
    from bot.routing.load import RulesSource


def load_rules_file(path: Path) -> RulesSource:
    """Read a rules file and check its shape and references, not yet its examples.

    Raises:
        RulesError: it cannot be read or used; carries all faults.
    """
    # Only now: `route` finds compiled rules (`kept_rules`) and needs no YAML.
    from bot.routing.load import load_source

    return load_source(read_rules_file(path), path.name)


def read_rules_file(path: Path) -> str:
    """Return a rules file's text.

    Raises:
        RulesError: it cannot be read.
    """
    try:
        return path.read_text("utf-8")
    except OSError as error:
        why = error.strerror or error
        mend = "Set ROUTING_RULES to the rules file."
        raise RulesError([Fault(str(path), f"cannot be read ({why}).", mend)]) from error
    except UnicodeDecodeError as error:
        mend = "Save the file as UTF-8."
        raise RulesError([Fault(str(path), f"is not UTF-8 text (byte {error.start}).", mend)]) from error
