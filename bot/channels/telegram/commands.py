"""Commands: what Telegram marks as one, and what whoever types an umlaut means for one.

Telegram marks only names of plain Latin letters, digits and underscores
(https://core.telegram.org/bots/features#commands): `/löschen` comes as any other text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from telegram import MessageEntity

from bot.channels.telegram.cleaning import clean_argument

# What is no command in Telegram's eyes. Words behind it make it a sentence, which is never lost for an unknown command.
_UNMARKED = re.compile(r"/[^\W\d_]\w*+(?:@\w++)?(?=[\W\d]*$)")


def read_command(text: str, entities: Sequence[MessageEntity], username: str) -> tuple[str | None, str]:
    """Return the command and what follows it; no command is None, one for another bot the empty string.

    Args:
        entities: what Telegram marked in the text.
        username: the bot's own.
    """
    end = _end_of_marked(entities) or _end_of_unmarked(text)
    if not end:
        return None, ""
    name, _, bot = text[1:end].partition("@")
    if bot and bot.lower() != username.lower():
        return "", ""
    return name.lower(), clean_argument(text[end:])


def _end_of_marked(entities: Sequence[MessageEntity]) -> int:
    """Return where the command ends that Telegram found at the beginning, 0 for none."""
    first = entities[0] if entities else None
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset != 0:
        return 0
    return first.length


def _end_of_unmarked(text: str) -> int:
    found = _UNMARKED.match(text)
    return 0 if found is None else found.end()
