"""Telegram, by the Bot API through python-telegram-bot; the only package that imports it, beside the app.

`line` opens the connection, `receive` polls and stores, `incoming` turns stored updates into events, `outgoing` carries
deliveries out, `failures` says what a failed call means, `keyboards` writes buttons, `menu` the commands' list. Source
of what is said about Telegram: https://core.telegram.org/bots/api as of version 10.0, and python-telegram-bot 22.8.
"""

CHANNEL = "telegram"
