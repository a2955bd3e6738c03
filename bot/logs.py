"""Logging: one line an event on standard error, as text or JSON, with the secrets taken out.

Redaction works on the finished line, so it reaches messages, arguments, tracebacks and URLs alike, from whatever
library. The libraries that log people's words or URLs are kept to warnings whatever the level: at DEBUG
python-telegram-bot logs whole updates and aiosqlite every value, at INFO httpx logs the URL with the token.
Our own lines name rows and references only.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import Iterable
from types import TracebackType
from typing import IO, Literal

QUIET = ("aiohttp", "httpx", "httpcore", "telegram", "aiosqlite", "asyncio", "yoyo", "uvicorn", "multipart")

REDACTED = "[redacted]"

# A bot token wherever it stands, even one we were not told of: the bot's number, a colon, 35 characters
# (https://core.telegram.org/bots/features#botfather shows one). Longer and shorter ones have been seen.
_TOKEN = re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{30,}")

# An inquiry's reference wherever one stands, `2026-0042`; no date, and no part of a longer number.
_REFERENCE = re.compile(r"(?<![\d-])20\d\d-\d{4,}(?![\d-])")


class _Redacting(logging.Formatter):
    """Takes the secrets out of the finished line."""

    converter = staticmethod(time.gmtime)

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)-8s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")
        # The longest first, or the rest of one that contains another would stay.
        self._secrets = sorted({secret for secret in secrets if secret}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        return self.redact(super().format(record))

    def redact(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, REDACTED)
        return _TOKEN.sub(REDACTED, line)


class _Json(_Redacting):
    """Writes a line as a JSON object: `at`, `level`, `logger`, `message`.

    With them, where there is one: `reference`, of the inquiry the message speaks of, and `error`, a traceback.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, self.datefmt),
            "level": record.levelname,
            "logger": record.name,
            "message": self.redact(record.getMessage()),
        }
        reference = _REFERENCE.search(line["message"])
        if reference is not None:
            line["reference"] = reference[0]
        if record.exc_info:
            line["error"] = self.redact(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(
    level: str = "INFO",
    style: Literal["text", "json"] = "text",
    secrets: Iterable[str] = (),
    stream: IO[str] | None = None,
) -> None:
    """Send the log to standard error, or to `stream`, in place of whatever was set up before.

    An error nobody catches goes the same way, for the interpreter would print it unredacted.

    Args:
        level: its name, as `logging` has it.
        style: `text` for people, `json` for machines.
        secrets: what must never appear, such as the bot's token.
        stream: where to write instead.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Json(secrets) if style == "json" else _Redacting(secrets))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught


def _log_uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("bot").critical("ended by an error", exc_info=(kind, error, traceback))
