"""Telegram, by the Bot API through python-telegram-bot; the only package that imports it, beside the app.

`line` opens the connection, `receive` polls and stores, `incoming` turns stored updates into events, `outgoing` carries
deliveries out, `failures` says what a failed call means, `keyboards` writes buttons. Source
of what is said about Telegram: https://core.telegram.org/bots/api as of version 10.0, and python-telegram-bot 22.8.
"""

import importlib
import sys

CHANNEL = "telegram"

# What the libraries beneath load or look for, and nobody needs. None in this place says that it is not there: httpx's
# command line brings in terminal output of a quarter second and four megabytes.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
# And OpenSSL a second time, seven megabytes, to decrypt passports; whoever wants it for the database still gets it.
_WITHOUT = "cryptography.hazmat.backends"
if _WITHOUT not in sys.modules:
    sys.modules[_WITHOUT] = None  # type: ignore[assignment]
    try:
        importlib.import_module("telegram")
    finally:
        del sys.modules[_WITHOUT]
