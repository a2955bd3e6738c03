"""The other contestant: the least a python-telegram-bot program can be that forwards and answers, with no store at all.

What it has taken from Telegram and not yet sent is lost when it ends. A process: `python -m bench.chain.forwarder`.
"""

from __future__ import annotations

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

CONTACTS = [int(number) for number in os.environ.get("CONTACTS", "0").split(",")]
RECEIPT = "Ihre Anfrage ist angekommen und liegt bei einer Ansprechperson. Sie bekommen hier eine Antwort."


async def forward(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Forward a message to one of the contacts and tell its writer."""
    message = update.message
    assert message is not None  # noqa: S101
    await message.forward(CONTACTS[message.chat_id % len(CONTACTS)])
    await message.reply_text(RECEIPT)


def main() -> None:
    """Poll and forward until told to stop; `CONCURRENT` is how many updates are handled at once, 0 for one."""
    builder = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    builder = builder.base_url(f"{os.environ['TELEGRAM_API_URL']}/bot")
    if at_once := int(os.environ.get("CONCURRENT", "0")):
        builder = builder.concurrent_updates(at_once).connection_pool_size(at_once).pool_timeout(30.0)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, forward))
    application.run_polling()


if __name__ == "__main__":
    main()
