"""The log: readable by people or machines, and never a place where a secret ends up."""

from __future__ import annotations

import io
import json
import logging
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.telegram.line import build_line
from bot.channels.telegram.receive import Poller
from bot.logs import QUIET, REDACTED, set_up_logging
from tests.support.clock import ManualClock
from tests.support.transport import TOKEN, ScriptedApi, ok, open_store

log = logging.getLogger("bot.test")
URL = f"https://api.telegram.org/bot{TOKEN}/sendMessage"


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    before, level, hook = root.handlers[:], root.level, sys.excepthook
    levels = {name: logging.getLogger(name).level for name in QUIET}
    yield
    root.handlers[:] = before
    root.setLevel(level)
    sys.excepthook = hook
    logging.captureWarnings(False)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)


def start(level: str = "INFO", style: str = "text", secrets: tuple[str, ...] = (TOKEN,)) -> io.StringIO:
    stream = io.StringIO()
    set_up_logging(level, style, secrets, stream)  # type: ignore[arg-type]
    return stream


def raise_chained() -> None:
    try:
        raise ConnectionError(f"cannot reach {URL}")
    except ConnectionError as error:
        raise RuntimeError(f"sending by {TOKEN} failed") from error


def test_a_line_of_text_says_when_what_and_where() -> None:
    stream = start()
    log.info("delivery %d sent", 7)
    at, level, rest = stream.getvalue().split(maxsplit=2)
    assert (len(at), at[-1], level, rest) == (20, "Z", "INFO", "bot.test: delivery 7 sent\n")


def test_a_line_of_json_can_be_read_by_machines() -> None:
    stream = start(style="json")
    log.warning('delivery %d "sent" für ü', 7)
    line = json.loads(stream.getvalue())
    assert (line["level"], line["logger"], line["message"]) == ("WARNING", "bot.test", 'delivery 7 "sent" für ü')
    assert "error" not in line


REFERENCES = [
    ("2026-0042: 'arbeit' cannot be reached", "2026-0042"),
    ("nobody answers 2026-12345.", "2026-12345"),
    ("since 2026-03-05T08:00:00Z", None),
    ("2026-03-05", None),
    ("row 12026-0042", None),
    ("key 2026-0042-7", None),
    ("+49 7621-410-0", None),
    ("delivery 8841 sent", None),
]


@pytest.mark.parametrize(("message", "reference"), REFERENCES, ids=[row[0] for row in REFERENCES])
def test_a_line_of_json_names_the_inquiry_it_speaks_of(message: str, reference: str | None) -> None:
    stream = start(style="json")
    log.error(message)
    assert json.loads(stream.getvalue()).get("reference") == reference


def test_whatever_is_logged_each_line_of_json_is_an_object_with_time_level_and_message() -> None:
    stream = start("DEBUG", style="json")
    log.info("several\nlines\r\n\u2028and \x00 a half \ud83c one")
    log.info("100 %")
    log.info({"an": "object"})
    log.info("%s of %d", object(), 7)
    log.warning("")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old\nthings", stacklevel=1)
    try:
        raise_chained()
    except RuntimeError as error:
        log.exception("failed")
        sys.excepthook(type(error), error, error.__traceback__)
    lines = stream.getvalue().split("\n")
    assert lines.pop() == ""
    assert len(lines) == 8
    for line in map(json.loads, lines):
        assert {"at", "level", "logger", "message"} <= set(line)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line["at"])
        assert line["level"] in logging.getLevelNamesMapping()


@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize("secrets", [(TOKEN,), ()], ids=["told the token", "not told the token"])
def test_the_token_appears_nowhere(style: str, secrets: tuple[str, ...]) -> None:
    stream = start(style=style, secrets=secrets)
    log.info("calling %s", URL)
    log.info(f"calling {URL}")  # noqa: G004 (others write so)
    log.info("%r", {"token": TOKEN})
    try:
        raise_chained()
    except RuntimeError:
        log.exception("failed by %s", TOKEN)
    written = stream.getvalue()
    assert TOKEN not in written
    assert TOKEN.partition(":")[2] not in written
    assert written.count(REDACTED) >= 6
    assert "RuntimeError" in written


def test_other_secrets_are_taken_out_too_the_longer_first() -> None:
    stream = start(secrets=("geheim", "geheim-und-mehr", ""))
    log.info("a geheim-und-mehr b geheim c")
    assert stream.getvalue().endswith(f"a {REDACTED} b {REDACTED} c\n")


def test_what_is_no_token_stays() -> None:
    stream = start(secrets=())
    log.info("inquiry 2026-0042 at 2026-03-05T08:00:00Z by delivery 8841: refused")
    assert REDACTED not in stream.getvalue()


def test_an_error_nobody_catches_is_redacted_as_well() -> None:
    stream = start()
    try:
        raise_chained()
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert "ended by an error" in stream.getvalue()
    assert TOKEN not in stream.getvalue()


def test_warnings_go_to_the_log() -> None:
    stream = start()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(f"old {TOKEN}", stacklevel=1)
    assert "old" in stream.getvalue()
    assert TOKEN not in stream.getvalue()


@pytest.mark.parametrize("name", QUIET)
def test_libraries_that_log_words_or_urls_are_quiet_even_at_debug(name: str) -> None:
    stream = start("DEBUG")
    logging.getLogger(f"{name}.part").info("Frau Muster")
    assert stream.getvalue() == ""


def test_setting_up_again_does_not_write_twice() -> None:
    start()
    stream = start()
    log.info("once")
    assert stream.getvalue().count("once") == 1


async def test_a_whole_poll_at_debug_logs_neither_words_nor_token(tmp_path: Path) -> None:
    stream = start("DEBUG", secrets=())
    text = {"message_id": 1, "date": 1, "chat": {"id": 424242, "type": "private"}, "text": "Frau Muster"}
    api = ScriptedApi().will("getUpdates", ok([{"update_id": 1, "message": text}]))
    line = build_line(TOKEN, api.url, api.wire)
    await line.open()
    async with open_store(tmp_path) as database:
        await Poller(line, database, ManualClock(), lambda: None).poll()
    await line.close()
    written = stream.getvalue()
    assert [secret for secret in (TOKEN, "Muster", "424242") if secret in written] == []
