"""What both mark-up languages share: building the plain text with its entities."""

from dataclasses import dataclass, field
from typing import Any

from bot.playground.model import Json
from bot.playground.utf16 import utf16_length


class MarkupError(Exception):
    """Broken mark-up, in Telegram's words."""


@dataclass
class OpenEntity:
    """An entity whose end has not come; `at_byte` is where its mark stands in the source."""

    name: str
    kind: str
    offset: int
    at_byte: int
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass
class Marked:
    """The text so far, without mark-up."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    entities: list[Json] = field(default_factory=list)
    nested: list[OpenEntity] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Append plain text."""
        self.parts.append(text)
        self.length += utf16_length(text)

    def open(self, name: str, kind: str, at_byte: int, **extra: Any) -> None:
        """Begin an entity here; `kind` is empty where the mark means nothing."""
        self.nested.append(OpenEntity(name, kind, self.length, at_byte, extra))

    def close(self, **extra: Any) -> OpenEntity:
        """End the innermost entity here; an empty one leaves no trace."""
        opened = self.nested.pop()
        length = self.length - opened.offset
        if opened.kind and length:
            entity = {"type": opened.kind, "offset": opened.offset, "length": length}
            self.entities.append(entity | opened.extra | extra)
        return opened

    def result(self) -> tuple[str, list[Json]]:
        """Return the text and its entities, outer before inner."""
        ordered = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.parts), ordered


def byte_offset(source: str, at: int) -> int:
    """Return how many bytes of UTF-8 come before a character."""
    return len(source[:at].encode())
