"""Where the loader's findings are gathered, so that all of them can be told at once, in the file's order."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.errors import Fault

Path = tuple[str | int, ...]  # keys from the top; an int is a place in a list, counted from 0
SHORT_LIST = 8  # of known names; longer ones are told only where there is nothing better to say


def spell(path: Path) -> str:
    """Write a path the way a clerk would: keys with dots, a place in a list counted from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known name a slip of the pen probably meant, or None."""
    by_folded = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=cutoff)
    return by_folded[found[0]] if found else None


def suggest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Write the remedy for an unknown name: the nearest one if there is one."""
    name = nearest(word, known)
    return f"Did you mean '{name}'? {otherwise}".rstrip() if name else otherwise


class Lines:
    """The line of every path; lines count from 1.

    Nearly all paths of a rules file are entries of lists. A list's lines are kept together, by the list's own path.
    """

    def __init__(self) -> None:
        """Begin with no path known."""
        self._lines: dict[Path, int] = {}
        self._of_entries: dict[Path, Sequence[int]] = {}

    def enter(self, path: Path, line: int) -> None:
        """Enter a path, unless it is known: a key's line counts, not that of its value."""
        self._lines.setdefault(path, line)

    def enter_entries(self, path: Path, lines: Sequence[int]) -> None:
        """Enter the entries of a list, in order."""
        self._of_entries[path] = lines

    def __contains__(self, path: Path) -> bool:
        """Tell whether something stands at a path."""
        return self.find(path) is not None

    def find(self, path: Path) -> int | None:
        """Return the line of a path, None where nothing stands there."""
        if path and isinstance(place := path[-1], int):
            lines = self._of_entries.get(path[:-1], ())
            return lines[place] if place < len(lines) else None
        return self._lines.get(path)


@dataclass
class Report:
    """Faults, and the line of every path seen so far.

    Attributes:
        source: the file's name as it is shown; empty where neither file nor lines are known.
    """

    source: str
    lines: Lines = field(default_factory=Lines)
    _found: list[tuple[int, Fault]] = field(default_factory=list)
    _paths: set[Path] = field(default_factory=set)

    def add(self, path: Path, what: str, mend: str, line: int | None = None) -> None:
        """Note a fault; without a line, the path's own or its nearest parent's is taken."""
        at = self.line_of(path) if line is None else line
        # An entry of a plain list is named by its value in the sentence; its number would only have to be counted out.
        shown = path[:-1] if path and isinstance(path[-1], int) else path
        where = f"{self.source}:{at} {spell(shown)}".rstrip() if self.source else spell(shown)
        fault = Fault(where, what, mend)
        self._paths.add(path)
        if (at, fault) not in self._found:
            self._found.append((at, fault))

    def pass_on(self, error: ValueError, path: Path) -> None:
        """Note what the reader of a value says of it: a sentence what is wrong, then how to mend it."""
        what, _, mend = str(error).partition(". ")
        self.add(path, f"{what}.", mend)

    def line_of(self, path: Path) -> int:
        """Return the line a path stands on, or its nearest parent's; 1 for the file itself."""
        while (line := self.lines.find(path)) is None and path:
            path = path[:-1]
        return line or 1

    def has_below(self, path: Path) -> bool:
        """Tell whether a fault was found at this path or below, so that what follows from it need not be told too."""
        return any(found[: len(path)] == path for found in self._paths)

    @property
    def faults(self) -> list[Fault]:
        """Every fault, in the order of the lines."""
        return [fault for _, fault in sorted(self._found, key=lambda pair: pair[0])]
