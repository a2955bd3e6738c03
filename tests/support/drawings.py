"""What the drawings in the product's docstrings show, so that tests can hold it against what happens."""

from __future__ import annotations

import re

from bot.conversation import lifecycle


def drawn_ways() -> set[tuple[str | None, str]]:
    """The arrows in the drawing of an inquiry's life; None stands for the beginning."""
    return _arrows(0)


def drawn_share_ways() -> set[tuple[str | None, str]]:
    """The arrows in the drawing of a share's life."""
    return _arrows(1)


def _arrows(drawing: int) -> set[tuple[str | None, str]]:
    drawings = re.findall(r"```mermaid\n(.*?)```", lifecycle.__doc__ or "", re.DOTALL)
    arrows = re.findall(r"^ +(\S+) --> (\w+)(?: : .+)?$", drawings[drawing], re.MULTILINE)
    return {(None if start == "[*]" else start, end) for start, end in arrows}
