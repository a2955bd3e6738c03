"""What the drawings in the product's docstrings show, so that tests can hold it against what happens."""

from __future__ import annotations

import re

from bot.conversation import lifecycle


def drawn_ways() -> set[tuple[str | None, str]]:
    """The arrows in the drawing of an inquiry's life; None stands for the beginning."""
    arrows = re.findall(r"^ +(\S+) --> (\w+)$", lifecycle.__doc__ or "", re.MULTILINE)
    return {(None if start == "[*]" else start, end) for start, end in arrows}
