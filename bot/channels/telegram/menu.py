"""The command menu beside the text field, per language, so that nobody has to know a command."""

from __future__ import annotations

import logging
from collections.abc import Callable

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

log = logging.getLogger(__name__)

# The names people see, by language; every language has its own words for them, other languages get the English ones.
NAMES = {
    "de": {
        "hilfe": "hilfe",
        "status": "status",
        "sprache": "sprache",
        "datenschutz": "datenschutz",
        "meinedaten": "meinedaten",
        "aendern": "aendern",
        "loeschen": "loeschen",
    },
    "en": {
        "hilfe": "help",
        "status": "status",
        "sprache": "language",
        "datenschutz": "privacy",
        "meinedaten": "mydata",
        "aendern": "change",
        "loeschen": "delete",
    },
}


async def set_menus(bot: Bot, languages: tuple[str, ...], common: str, say: Callable[[str, str], str]) -> None:
    """Set the menus; where Telegram refuses, the bot goes on without, as typing a command works all the same.

    Args:
        common: the language of everybody whose own the office does not speak.
        say: returns the text of a key in a language.
    """
    for language, code in [(common, None), *((language, language) for language in languages)]:
        commands = [
            BotCommand(name, say(language, f"command-{key}")) for key, name in NAMES.get(language, NAMES["en"]).items()
        ]
        try:
            await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats(), language_code=code)
        except TelegramError as error:
            log.warning("the command menu for '%s' could not be set (%s)", code or common, type(error).__name__)
