"""The commands as they are typed: what they print, and with which exit code they end."""

import asyncio
import io
import json
import os
import sqlite3
import subprocess
import sys
import tomllib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from bot import cli
from bot.settings import Settings
from bot.store import database, opening
from bot.store.database import Database
from tests.support.rulebook import TO_HOUSING, TO_WORK_AND_HOUSING, UNCLEAR, UNKNOWN, write_rules
from tests.support.sealed import dump
from tests.support.stage import raise_stage

GOOD, FAULT, USAGE = 0, 1, 2
TOKEN = "123456789:AAtestTESTtestTESTtestTESTtestTESTtes"


@dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


class Run(Protocol):
    def __call__(self, *arguments: str, stdin: str = "") -> Ended: ...


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run commands in a folder with the county's rules and an empty environment."""
    write_rules(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'stage.db'}")

    def run(*arguments: str, stdin: str = "") -> Ended:
        monkeypatch.setattr(sys, "argv", ["bot", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8", "surrogateescape"))))
        capsys.readouterr()
        code = _exit_code()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Ended(code, printed.out, printed.err)

    return run


def _exit_code() -> int:
    try:
        cli.main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else GOOD
    return GOOD


def tell_a_story(folder: Path) -> None:
    """Let somebody write something, so that the commands have something to show."""

    async def play() -> None:
        async with raise_stage(folder=folder) as stage:
            maria = await stage.inquirer("Maria")
            await maria.writes(TO_HOUSING)

    asyncio.run(play())


def start_once(folder: Path) -> None:
    """Make the database, as the bot's first start does."""

    async def open_it() -> None:
        await (await Database.open(f"sqlite:///{folder / 'stage.db'}")).close()

    asyncio.run(open_it())


def alter(path: Path, sql: str) -> None:
    """Run a statement on a database, beside everything."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


# ------------------------------------------------------------ usage

WRONG_USAGE = [
    (),
    ("bestellen",),
    ("run", "--quickly"),
    ("playground", "--port", "eighty"),
    ("playground", "--port", "65536"),
    ("playground", "--port", "-1"),
    ("check", "this"),
    ("route",),
    ("route", "--jsonl", "Wohnung"),
    ("route", "Wohnung", "Zimmer"),
    ("evaluate",),
    ("list", "--closed"),
    ("show",),
    ("invite",),
    ("export", "2026-0001"),
    ("parked", "--replay", "in-1", "--drop", "in-2"),
]


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=[" ".join(row) or "nothing" for row in WRONG_USAGE])
def test_wrong_usage_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)

    assert ended.code == USAGE
    assert "Usage" in ended.out + ended.err


@pytest.mark.parametrize("arguments", [("--help",), ("route", "--help"), ("parked", "--help")])
def test_help_is_no_fault(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).code == GOOD


USAGE_LINES = [
    ("show", "show [OPTIONS] REFERENCE"),
    ("route", "route [OPTIONS] [TEXT]"),
    ("evaluate", "evaluate [OPTIONS] FILE..."),
    ("weigh", "weigh [OPTIONS] FILE..."),
]


@pytest.mark.parametrize(("command", "line"), USAGE_LINES, ids=[row[0] for row in USAGE_LINES])
def test_the_usage_line_reads_as_manuals_have_it(run: Run, command: str, line: str) -> None:
    [usage] = [one.strip() for one in run(command, "--help").out.splitlines() if "Usage" in one]

    assert usage.endswith(f" {line}")


def test_what_is_missing_is_named(run: Run) -> None:
    assert "Missing option '--file'" in run("export", "2026-0001").err


def test_one_fault_is_not_called_several(run: Run, tmp_path: Path) -> None:
    start_once(tmp_path)
    write_rules(tmp_path, {"general_contact": "niemand"})

    assert run("list").err == "routing_rules.yaml: 1 fault, see python -m bot check. Times are UTC.\n"


def test_every_command_says_what_it_does() -> None:
    assert [command.callback.__name__ for command in cli.app.registered_commands if not command.callback.__doc__] == []


# ------------------------------------------------------------ faults

KEY = {"DATABASE_KEY": f"1:{'A' * 43}"}
FAULTS = [
    # label, environment, arguments, told
    ("no token", {}, ("run",), "TELEGRAM_BOT_TOKEN: not set. Take one from @BotFather"),
    ("an empty token", {"TELEGRAM_BOT_TOKEN": ""}, ("run",), "TELEGRAM_BOT_TOKEN: not set."),
    ("a setting", {"HTTP_PORT": "acht"}, ("check",), "HTTP_PORT: 'acht': "),
    ("a setting of no use here", {"HTTP_PORT": "acht"}, ("route", "x"), "HTTP_PORT: 'acht': "),
    ("no rules", {"ROUTING_RULES": "none.yaml"}, ("check",), "none.yaml: cannot be read (No such file or directory)."),
    ("no rules to route by", {"ROUTING_RULES": "none.yaml"}, ("route", "x"), "none.yaml: cannot be read"),
    ("no rules to evaluate", {"ROUTING_RULES": "none.yaml"}, ("evaluate", "rows.jsonl"), "none.yaml: cannot be read"),
    ("no rows to evaluate", {}, ("evaluate", "none.jsonl"), "none.jsonl: cannot be read (No such file or directory)."),
    ("a folder of rows", {}, ("evaluate", "/"), "/: cannot be read (Is a directory). Give a JSON Lines file."),
    ("an unknown reference", {}, ("show", "2026-0042"), "2026-0042: no inquiry has this reference."),
    ("an unknown field", {}, ("list", "--field", "wonen"), "--field: unknown field 'wonen'. Known: wohnen, sprache"),
    ("an unknown contact", {}, ("invite", "niemand"), "contact: unknown contact 'niemand'. Known: wohnen-kontakt"),
    ("no token to invite by", {}, ("invite", "bildung-kontakt"), "TELEGRAM_BOT_TOKEN: not set."),
    ("no such id", {}, ("parked", "--replay", "seven"), "seven: is not an id of a parked row."),
    ("nothing parked there", {}, ("parked", "--drop", "out-7"), "out-7: is not parked."),
    ("a folder for a database", {"DATABASE_URL": "sqlite:////dev"}, ("list",), "/dev: is a folder. Set DATABASE_URL"),
    ("a folder to copy", {"DATABASE_URL": "sqlite:////dev"}, ("backup", "copy.db"), "/dev: is a folder."),
    ("a pipe for a database", {"DATABASE_URL": "sqlite:///pipe"}, ("parked",), "pipe: is no file."),
    (
        "nothing but memory",
        {"DATABASE_URL": "sqlite:///:memory:"},
        ("list",),
        "DATABASE_URL: 'sqlite:///:memory:': must",
    ),
    (
        "no database to encrypt",
        {"DATABASE_URL": "sqlite:///rows.jsonl", **KEY},
        ("rotate-key",),
        "rows.jsonl: cannot be",
    ),
    ("an empty one", {"DATABASE_URL": "sqlite:///empty", **KEY}, ("rotate-key", "--off"), "empty: cannot be put under"),
    (
        "a name too long",
        {"DATABASE_URL": f"sqlite:///{'a' * 300}"},
        ("list",),
        f"{'a' * 300}: cannot be looked at (File",
    ),
    ("a backup with such a name", {}, ("restore", "a" * 300), f"{'a' * 300}: cannot be read (File name too long)."),
    ("a reference that is no text", {}, ("show", "\udcff"), "\ufffd: no inquiry has this reference."),
    ("an id too large", {}, ("parked", "--drop", f"in-{'9' * 30}"), f"in-{'9' * 30}: is not an id of a parked row."),
    ("another database", {"DATABASE_URL": "postgresql://x"}, ("list",), "DATABASE_URL: 'postgresql://x': must be"),
]


@pytest.mark.parametrize(("label", "environment", "arguments", "told"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_fault_in_what_was_given_ends_with_1_and_a_sentence(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    label: str,
    environment: dict[str, str],
    arguments: tuple[str, ...],
    told: str,
) -> None:
    start_once(tmp_path)
    (tmp_path / "rows.jsonl").write_text('{"id": 1, "text": "x", "labels": ["wohnen"]}\n', "utf-8")
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    ended = run(*arguments)

    assert ended.code == FAULT
    assert ended.out == ""
    assert [line for line in ended.err.splitlines() if line.startswith(told)], ended.err


def test_all_faults_of_the_rules_are_told_a_line_each(run: Run, tmp_path: Path) -> None:
    write_rules(tmp_path, {"general_contact": "niemand", "fields": {"wohnen": {"contact": "keiner"}}})

    ended = run("check")

    assert ended.code == FAULT
    assert ended.out == ""
    lines = ended.err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("routing_rules.yaml:") for line in lines)


def test_without_a_token_the_playground_opens_only_if_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr(cli, "_play", lambda settings, port: opened.append((settings.http_port, port)))

    assert run("run", "--or-playground").code == GOOD
    assert run("playground", "--port", "8090").code == GOOD
    assert opened == [(8080, None), (8080, 8090)]


def test_with_a_token_the_bot_serves(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    served = []

    async def serve(settings: Settings, *, sample_office: bool) -> None:
        served.append((settings.token, sample_office))

    monkeypatch.setattr("bot.app.serve", serve)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)

    assert run("run", "--or-playground").code == GOOD
    assert run("run", "--sample-office").code == GOOD
    assert served == [(TOKEN, False), (TOKEN, True)]


# ------------------------------------------------------------ check


def test_check_says_that_all_is_well(run: Run) -> None:
    ended = run("check")

    assert (ended.code, ended.err) == (GOOD, "")
    assert ended.out.splitlines()[0].startswith("routing_rules.yaml: good (version ")
    assert ended.out.splitlines()[-1] == "settings: good"


@pytest.mark.parametrize("token", ["", "garbage"])
def test_check_tells_the_faults_of_settings_and_rules_at_once(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    write_rules(tmp_path, {"general_contact": "niemand"}).rename(tmp_path / "other.yaml")
    monkeypatch.setenv("HTTP_PORT", "acht")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    monkeypatch.setenv("ROUTING_RULES", "other.yaml")

    ended = run("check")

    assert (ended.code, ended.out) == (FAULT, "")
    told = [line.partition(":")[0] for line in ended.err.splitlines()]
    assert told == (["TELEGRAM_BOT_TOKEN"] if token else []) + ["HTTP_PORT", "other.yaml"]


def test_check_tells_a_file_of_settings_it_cannot_read_beside_all_else(run: Run, tmp_path: Path) -> None:
    write_rules(tmp_path, {"general_contact": "niemand"})
    (tmp_path / ".env").write_text("# für Lörrach\nHTTP_PORT=acht\n", "utf-16")

    ended = run("check")

    assert (ended.code, ended.out) == (FAULT, "")
    assert [line.partition(":")[0] for line in ended.err.splitlines()] == [".env", "HTTP_PORT", "routing_rules.yaml"]
    assert run("run").err.startswith(".env: is not UTF-8 text. Save it as UTF-8.\n")


def test_check_tells_what_is_wrong_with_the_settings_where_the_rules_are_good(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PORT", "acht")

    ended = run("check")

    assert (ended.code, ended.out, len(ended.err.splitlines())) == (FAULT, "", 1)


# ------------------------------------------------------------ route


def test_route_shows_where_a_text_goes_and_why(run: Run) -> None:
    ended = run("route", TO_HOUSING)

    assert (ended.code, ended.err) == (GOOD, "")
    assert ended.out.startswith("Zuordnung: Wohnen.\n")
    assert "Wohnung" in ended.out


def test_route_needs_no_database(run: Run, tmp_path: Path) -> None:
    run("route", TO_HOUSING)

    assert not (tmp_path / "stage.db").exists()


# What a row holds, in its order; more may follow.
ROW = ["id", "outcome", "fields", "choices", "scores", "audience", "direction", "place", "why"]
WHY = ["field", "keyword", "found", "score", "how"]
FIELDS = ["wohnen", "sprache", "arbeit", "bildung"]


def routed(run: Run, *texts: str) -> list[dict[str, object]]:
    rows = [json.dumps({"id": number, "text": text}, ensure_ascii=False) for number, text in enumerate(texts)]
    ended = run("route", "--jsonl", stdin="\n".join(rows))
    assert (ended.code, ended.err) == (GOOD, "")
    return [json.loads(line) for line in ended.out.splitlines()]


def test_a_row_of_decisions_has_the_promised_shape(run: Run) -> None:
    [row] = routed(run, TO_HOUSING)

    assert list(row)[: len(ROW)] == ROW
    assert row["outcome"] == "route"
    assert (row["fields"], row["choices"]) == (["wohnen"], ["wohnen"])
    assert row["scores"] == {"wohnen": 50, "sprache": 0, "arbeit": 0, "bildung": 0}
    assert row["why"] == [dict(zip(WHY, ["wohnen", "Wohnung", "Wohnung", 50, "exact"], strict=True))]
    assert row["audience"] in ("citizen", "volunteer", "business", "newcomer", "organisation", "unknown")
    assert row["direction"] in ("offer", "request", "question", "other")
    assert row["place"] is None


def test_rows_come_in_their_order_with_their_ids(run: Run) -> None:
    rows = routed(run, UNKNOWN, UNCLEAR, TO_WORK_AND_HOUSING, "")

    assert [row["id"] for row in rows] == [0, 1, 2, 3]
    assert [row["outcome"] for row in rows] == ["none", "ask", "route", "none"]
    assert [bool(row["fields"]) for row in rows] == [False, False, True, False], "fields only with a route"
    assert all(len(list(row["choices"])) <= 3 for row in rows)  # type: ignore[call-overload]
    assert rows[2]["fields"] == ["arbeit", "wohnen"]
    assert all(list(row["scores"]) == FIELDS for row in rows)  # type: ignore[call-overload]


def test_ids_stay_what_they_were(run: Run) -> None:
    ended = run("route", "--jsonl", stdin='{"id": "a-1", "text": "x", "lang": "de"}\n\n{"text": "x", "id": null}\n')

    assert [json.loads(line)["id"] for line in ended.out.splitlines()] == ["a-1", None]


def test_half_a_sign_comes_back_as_it_was(run: Run) -> None:
    ended = run("route", "--jsonl", stdin='{"id": "\\ud83d", "text": "\\ud83d Wohnung"}')

    assert (ended.code, ended.err) == (GOOD, "")
    assert json.loads(ended.out)["id"] == "\ud83d"


def test_what_the_terminal_has_no_sign_for_ends_no_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(terminal, encoding="ascii"))

    assert run("route", TO_HOUSING).code == GOOD
    sys.stdout.flush()
    assert terminal.getvalue().startswith(b"Zuordnung: Wohnen.\n")


ROWS = [
    ("not JSON", "Wohnung", "stdin:2: is not JSON ("),
    ("no object", '["x"]', "stdin:2: is not an object with id and text."),
    ("no text", '{"id": 1}', "stdin:2: is not an object with id and text."),
    ("text of another kind", '{"id": 1, "text": 7}', "stdin:2: is not an object with id and text."),
    ("not UTF-8", '{"id": 1, "text": "L\udcf6rrach"}', "stdin:2: is not UTF-8 text."),
    ("no id", '{"text": "x"}', "stdin:2: is not an object with id and text."),
]


@pytest.mark.parametrize(("label", "line", "told"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_that_cannot_be_read_is_told_with_its_line(run: Run, label: str, line: str, told: str) -> None:
    ended = run("route", "--jsonl", stdin=f'{{"id": 1, "text": "x"}}\n{line}\n')

    assert ended.code == FAULT
    assert ended.err.startswith(told)
    assert "Write one" in ended.err


# ------------------------------------------------------------ what lies in the database


def test_list_show_and_parked_look_into_the_database(run: Run, tmp_path: Path) -> None:
    tell_a_story(tmp_path)

    listed = run("list", "--open", "--field", "wohnen")
    assert listed.code == GOOD
    assert "2026-0001" in listed.out
    shown = run("show", "2026-0001")
    assert shown.code == GOOD
    assert TO_HOUSING in shown.out
    parked = run("parked")
    assert (parked.code, parked.out) == (GOOD, "Nothing is parked.\n")


def test_an_empty_database_is_shown_as_empty(run: Run, tmp_path: Path) -> None:
    start_once(tmp_path)

    assert run("list").out == "No inquiries.\n"
    assert run("suggest").code == GOOD


WANT_A_DATABASE = [
    ("list",),
    ("show", "2026-0001"),
    ("parked",),
    ("export", "2026-0001", "--file"),
    ("suggest",),
    ("purge",),
    ("purge", "--dry-run"),
    ("invite", "wohnen-kontakt"),
    ("backup", "copy.db"),
    ("rotate-key", "--off"),
]


@pytest.mark.parametrize("arguments", WANT_A_DATABASE, ids=[" ".join(row) for row in WANT_A_DATABASE])
@pytest.mark.parametrize("path", ["none/typo.db", "routing_rules.yaml/typo.db"])
def test_a_wrong_path_does_not_look_like_an_empty_office(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")

    ended = run(*arguments)

    assert (ended.code, ended.out) == (FAULT, "")
    mend = "Check DATABASE_URL; the bot's first start makes it: python -m bot run."
    assert ended.err == f"{path}: there is no database yet. {mend}\n"
    assert [file.name for file in tmp_path.iterdir()] == ["routing_rules.yaml"], "nothing was made"


OLDER = "DELETE FROM _yoyo_migration WHERE migration_id = (SELECT max(migration_id) FROM _yoyo_migration)"
NEWER = "INSERT INTO _yoyo_migration (migration_hash, migration_id) VALUES ('x', '9999.later')"
NONE = "DROP TABLE _yoyo_migration"
FIRST = "Start the bot first (it brings them up to date)."
UPDATE = "Update the program, or restore a backup from before that version."
OTHER_VERSIONS = [
    # label, what makes the tables so, what is told
    ("older", OLDER, f"its tables are of an older version. {FIRST}"),
    ("newer", NEWER, f"its tables are of a newer version than this program. {UPDATE}"),
    ("none", NONE, "none of the bot's tables are in it. Check DATABASE_URL; the bot's first start makes them: "),
]
# A copy may be made of any version, and a key is changed with the bot kept out.
WANT_THIS_VERSION = [row for row in WANT_A_DATABASE if row[0] not in ("backup", "rotate-key")]


@pytest.mark.parametrize(("label", "made", "told"), OTHER_VERSIONS, ids=[row[0] for row in OTHER_VERSIONS])
@pytest.mark.parametrize("arguments", WANT_THIS_VERSION, ids=[" ".join(row) for row in WANT_THIS_VERSION])
def test_tables_of_another_version_are_told_and_left_alone(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], label: str, made: str, told: str
) -> None:
    start_once(tmp_path)
    path = tmp_path / "stage.db"
    alter(path, made)
    before = dump(path)

    ended = run(*arguments)

    assert (ended.code, ended.out) == (FAULT, "")
    assert ended.err.startswith(f"{path}: {told}")
    assert dump(path) == before


def test_a_command_does_not_put_a_new_database_under_a_key(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_once(tmp_path)
    before = dump(tmp_path / "stage.db")
    monkeypatch.setenv("DATABASE_KEY", KEY["DATABASE_KEY"])

    ended = run("list")

    told = "DATABASE_KEY: set, but the database is under no key yet. Start the bot first; a new one takes it then.\n"
    assert (ended.code, ended.err) == (FAULT, told)
    assert dump(tmp_path / "stage.db") == before


WRITE_THERE = [
    ("show", "2026-0001"),
    ("parked", "--drop", "out-1"),
    ("parked", "--replay", "in-1"),
    ("purge",),
    ("export", "2026-0001", "--file"),
]
WRITE_IDS = [" ".join(row[:2]) for row in WRITE_THERE]


@pytest.mark.parametrize("arguments", WRITE_THERE, ids=WRITE_IDS)
def test_a_database_somebody_else_writes_to_is_told_in_a_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    tell_a_story(tmp_path)
    monkeypatch.setattr(opening, "BUSY_TIMEOUT_MS", 0)
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 0)
    other = sqlite3.connect(tmp_path / "stage.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    ended = run(*arguments)
    other.close()

    told = "DATABASE_URL: the database is locked by another process. Try again afterwards.\n"
    assert (ended.code, ended.out, ended.err) == (FAULT, "", told)


@pytest.mark.parametrize("arguments", WRITE_THERE, ids=WRITE_IDS)
def test_a_database_that_may_not_be_written_is_told_in_a_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    tell_a_story(tmp_path)
    connect = database.connect
    monkeypatch.setattr(database, "connect", lambda path, _, sealing: connect(path, "PRAGMA query_only=ON", sealing))

    ended = run(*arguments)

    told = "the database may not be written, give the bot's user the right to. Try again afterwards.\n"
    assert (ended.code, ended.out, ended.err) == (FAULT, "", f"DATABASE_URL: {told}")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".db", ".yaml"], "nothing was written out"


def test_a_fault_of_the_program_is_shown_as_one(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start_once(tmp_path)

    def fail(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("no such column")

    monkeypatch.setattr("bot.console.story.show_list", fail)

    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        run("list")


# ------------------------------------------------------------ as a process


def test_as_a_process_a_fault_is_one_sentence_on_standard_error(tmp_path: Path) -> None:
    root = Path(cli.__file__).parent.parent
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(root), "ROUTING_RULES": "none.yaml"}

    ended = subprocess.run(
        [sys.executable, "-m", "bot", "check"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (ended.returncode, ended.stdout) == (FAULT, "")
    expected = "none.yaml: cannot be read (No such file or directory). Set ROUTING_RULES to the rules file.\n"
    assert ended.stderr == expected


INSTALLED = """
import atexit, os, sys
from {module} import {name}
os.umask(0)  # as careless as a machine can be
atexit.register(lambda: print(oct(os.umask(0)), os.environ["PYDANTIC_DISABLE_PLUGINS"]))
sys.argv = ["anfragelotse", "backup", "copy.db"]
{name}()
"""


def test_the_installed_command_goes_through_the_same_door(tmp_path: Path) -> None:
    root = Path(cli.__file__).parent.parent
    [door] = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["scripts"].values()
    module, _, name = door.partition(":")
    (tmp_path / "anfragelotse.py").write_text(INSTALLED.format(module=module, name=name))
    start_once(tmp_path)
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(root), "DATABASE_URL": "sqlite:///stage.db"}

    ended = subprocess.run(
        [sys.executable, "anfragelotse.py"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert ended.stderr == ""
    assert ended.stdout.splitlines()[-1] == "0o77 __all__"
