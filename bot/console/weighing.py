"""What `weigh` prints and writes: keywords whose weights labelled messages want otherwise."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from bot.errors import Fault, RulesError
from bot.routing.decide import Router
from bot.routing.load import load_rules
from bot.routing.reweigh import reweigh
from bot.routing.rules import Rules
from bot.routing.weights import LEAST_MESSAGES, Fit, Weighed
from bot.services.rules.rules_file import read_rules_file

NOTHING = f"No keyword met in {LEAST_MESSAGES} messages or more wants another weight."
AGAIN = "Try all examples now: python -m bot check"
_ANOTHER = "Give the right to write there, or weigh a copy: ROUTING_RULES names the file."


def weigh(router: Router, rows: Sequence[Mapping[str, Any]], console: Console) -> list[Weighed]:
    """Return the keywords that labelled rows want to weigh otherwise, with a progress bar where somebody watches."""
    fit = Fit(router, rows)
    hidden = not console.is_terminal
    for number in track(range(fit.rounds), "Weighing", console=console, transient=True, disable=hidden):
        fit.climb(number)
    return fit.changes()


def as_lines(changes: Sequence[Weighed]) -> str:
    """Return the changes, a line each, by field and language."""
    lines = [
        f"{one.owner} {one.language}: {one.keyword}  {one.before:g} → {one.after:g}  ({one.messages} messages)"
        for one in sorted(changes, key=lambda one: (one.owner, one.language, one.keyword))
    ]
    return "\n".join(lines or [NOTHING])


def write(path: Path, changes: Sequence[Weighed]) -> str:
    """Change the weights in a rules file, and return what was done and what to do next.

    Raises:
        RulesError: the file cannot be read, used or written; it stays as it is.
    """
    before = load_rules(read_rules_file(path), path.name)
    with path.open(encoding="utf-8", newline="") as file:  # its line ends stay, too
        text, written = reweigh(file.read(), changes)
    after = load_rules(text, path.name)
    if _without_weights(before) != _without_weights(after):
        what = "more than the weights would change. This is a fault of the program; please report it."
        raise RulesError([Fault(str(path), what, "Write the weights by hand.")])
    try:
        _replace(path.resolve(), text)
    except OSError as error:
        mend = "Make room on the disk." if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else _ANOTHER
        raise RulesError([Fault(str(path), f"cannot be written ({error.strerror or error}).", mend)]) from error
    done = f"{path}: weights changed: {written}. {AGAIN}"
    left = [one for one in changes if not _is_written(after, one)]
    return f"{done}\nLeft as they are, to be written by hand:\n{as_lines(left)}" if left else done


def _is_written(rules: Rules, change: Weighed) -> bool:
    rule = rules.fields.get(change.owner) or rules.topics[change.owner]
    weights = [one.weight for one in rule.keywords.get(change.language, ()) if one.word == change.keyword]
    return all(weight == change.after for weight in weights)


def _without_weights(rules: Rules) -> dict[str, Any]:
    plain = rules.model_dump(exclude={"rules_version"})
    for rule in (*plain["fields"].values(), *plain["topics"].values()):
        rule["keywords"] = {
            # In any order, as keywords stand by their weight.
            language: sorted([(word["word"], word["direction"] or "", word["audience"] or "") for word in words])
            for language, words in rule["keywords"].items()
        }
    return plain


def _replace(path: Path, text: str) -> None:
    """Write a file in one piece: whatever happens, it holds the old text or the new."""
    if not os.access(path, os.W_OK):  # in a folder of one's own it could be replaced all the same
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    half = path.with_name(f"{path.name}.{os.getpid()}.half")
    try:
        with half.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, half)
        was = path.stat()
        os.chown(half, was.st_uid, was.st_gid)  # or the bot could not read what root has weighed
        half.replace(path)
    finally:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
