"""Texts marked up as HTML or MarkdownV2."""

from bot.playground.errors import bad_request
from bot.playground.model import Json


def parse_text(text: str, mode: str) -> tuple[str, list[Json]]:
    """Return the text without its mark-up, and the entities.

    Raises:
        ApiError: the mark-up is broken, or the mode unknown.
    """
    raise bad_request("unsupported parse_mode")
