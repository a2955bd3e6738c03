"""The messages to be routed: read from rows, made longer, or with every word replaced by an invented one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import cycle
from pathlib import Path

from bench.growth import Namer

CASES = Path(__file__).parents[1] / "tests" / "cases"
SHORTEST_CHAT, LONGEST_CHAT = 50, 300  # characters of a chat message proper, neither a cry nor a letter

_WORD = re.compile(r"[^\W\d_]+")


def load_texts(files: Iterable[Path]) -> list[str]:
    """Return the texts of JSON Lines rows, in order; of the project's own cases if no file is named."""
    named = list(files) or sorted(CASES.glob("*.jsonl"))
    rows = [json.loads(line) for file in named for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [row["text"] for row in rows if row["text"].strip()]


def chat_length(texts: Sequence[str]) -> list[str]:
    """Return the texts as long as chat messages are, all if none is."""
    return [text for text in texts if SHORTEST_CHAT <= len(text) <= LONGEST_CHAT] or list(texts)


def lengthened(texts: Sequence[str], characters: int) -> str:
    """Return texts strung together, from the first on, until so many characters are reached."""
    parts: list[str] = []
    missing = characters
    for text in cycle(texts):
        if missing <= 0:
            return "\n".join(parts)[:characters]
        parts.append(text)
        missing -= len(text) + 1
    return ""


def invented(texts: Sequence[str]) -> list[str]:
    """Return the texts with each word replaced by one of the same length that nobody knows, each only once."""
    namer = Namer([word for text in texts for word in _WORD.findall(text)], seed=7)
    return [_WORD.sub(lambda word: namer.new(len(word[0])), text) for text in texts]
