"""Texts marked up as HTML or MarkdownV2, and the faults Telegram finds in them.

Left out: the old Markdown mode, custom emoji, mentions by id, and expandable quotes in MarkdownV2. What is
left out is refused or becomes a plain link, never something wrong.
"""

from bot.playground.errors import bad_request
from bot.playground.markup.from_html import parse_html
from bot.playground.markup.from_markdown import parse_markdown
from bot.playground.markup.marked import MarkupError
from bot.playground.model import Json

_PARSERS = {"html": parse_html, "markdownv2": parse_markdown}


def parse_text(text: str, mode: str) -> tuple[str, list[Json]]:
    """Return the text without its mark-up, and the entities.

    Raises:
        ApiError: the mark-up is broken, or the mode unknown.
    """
    parser = _PARSERS.get(mode.lower())
    if parser is None:
        raise bad_request("unsupported parse_mode")
    try:
        return parser(text)
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from None
