"""The commands: `python -m bot …`. Exit code 0 good, 1 a fault in what was given, 2 wrong usage.

Imports that cost time are made where they are used: `route` answers within a blink, and `--help` at once.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from bot.console.means import complain, look, rulebook_of, say, settings_given, terminal, with_database
from bot.errors import BotError, FaultsError

if TYPE_CHECKING:
    from bot.routing.rules import Rules
    from bot.services.rules.rulebook import Rulebook
    from bot.settings import Settings
    from bot.store.database import Database

LABELLED = (
    "JSON Lines: id, text, and as labels the fields that may lead, or none where the message is no field's business."
)

app = typer.Typer(
    help="Brings each inquiry to the right contact of a public office, and the answer back.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _readable(argument: str) -> str:
    """Return what was typed without what is no text: the database would not take it."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


Reference = Annotated[str, typer.Argument(help="For example 2026-0042.", callback=_readable)]


class _Command(TyperCommand):
    """A command whose usage line reads as manuals have it: `show REFERENCE`, not `show {reference}`."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the usage line's parts: what has to be given in capitals, what may be left out in brackets as well."""
        pieces = super().collect_usage_pieces(ctx)
        return [re.sub(r"^\{(\w+)\}|^(\[\w+\])", lambda found: (found[1] or found[2]).upper(), one) for one in pieces]


def main() -> None:
    """Run a command; a fault in what was given, or trouble with the database, becomes a sentence, no traceback.

    The door to it is `bot.__main__`.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # What the terminal's encoding has no sign for, or is half a sign in somebody's JSON, is written as JSON has it.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app()
    except FaultsError as error:
        for fault in error.faults:
            complain(str(fault))
        sys.exit(1)
    except BotError as error:
        complain(str(error))
        sys.exit(1)
    except Exception as error:
        from bot.store.trouble import words_for

        trouble = words_for(error)
        if trouble is None:
            raise
        complain(f"DATABASE_URL: {trouble}. Try again afterwards.")
        sys.exit(1)


@app.command()
def run(
    or_playground: Annotated[
        bool, typer.Option("--or-playground", help="Open the playground when no token is set.")
    ] = False,
    sample_office: Annotated[
        bool,
        typer.Option("--sample-office", help="For playing: sample words where the rules' privacy section is empty."),
    ] = False,
) -> None:
    """Serve Telegram until told to stop (SIGTERM); SIGHUP loads the rules again."""
    settings = settings_given()
    if or_playground and settings.telegram_bot_token is None:
        _play(settings, None)
        return
    import asyncio
    import logging

    from bot.app import serve

    try:
        asyncio.run(serve(settings, sample_office=sample_office))
    except BotError as error:
        if settings.log_format == "text":
            raise
        # Whoever reads the log by machine reads why it ended, too.
        logging.getLogger("bot").critical("%s", error)
        sys.exit(1)


@app.command()
def playground(
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Where to serve the page; HTTP_PORT if not given.")
    ] = None,
) -> None:
    """Try the bot without a Telegram account, in a web page on this machine."""
    _play(settings_given(), port)


@app.command()
def check() -> None:
    """Check settings, rules, examples and texts; all faults at once."""
    from bot.console.checking import check as check_all

    say(check_all())


@app.command()
def route(
    text: Annotated[str | None, typer.Argument(help="What somebody might write.")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read rows {id, text} from stdin, write decisions.")] = False,
) -> None:
    """Show where a text would go, and why."""
    if jsonl == (text is not None):
        raise typer.BadParameter("give either a text or --jsonl")
    from bot.routing.gc_pause import gc_paused

    with gc_paused():
        from bot.console.deciding import decide_rows
        from bot.routing.explain import explain
        from bot.services.rules.kept_rules import load_router

        router = load_router(settings_given().routing_rules)
    if text is not None:
        say(explain(router.decide(text), router.rules))
        return
    for decision in decide_rows(router, sys.stdin.buffer):
        say(decision)


@app.command()
def evaluate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=LABELLED)],
    errors: Annotated[bool, typer.Option("--errors", help="Show each wrong guess with what was found.")] = False,
    by: Annotated[
        str | None,
        typer.Option(help="Also show figures by these, separated by commas.", show_default="lang,style"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of tables.")] = False,
) -> None:
    """Measure how well the rules route labelled messages."""
    from bot.console import evaluating
    from bot.services.rules.kept_rules import load_router

    router = load_router(settings_given().routing_rules)
    rows = evaluating.load_rows(files, router.rules.fields)
    groupings = evaluating.choose_groupings(rows, by)
    evaluation = evaluating.run_evaluation(router, rows, groupings, terminal())
    if as_json:
        say(evaluating.as_json(evaluation))
        return
    evaluating.show_evaluation(evaluation, terminal())
    if errors:
        evaluating.show_misses(evaluation, terminal())


@app.command()
def weigh(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=LABELLED)],
    write: Annotated[bool, typer.Option("--write", help="Change the weights in the rules file.")] = False,
) -> None:
    """Weigh the rules' keywords by labelled messages; changes nothing without --write."""
    from bot.console import evaluating, weighing
    from bot.services.rules.kept_rules import load_router

    path = settings_given().routing_rules
    router = load_router(path)
    rows = evaluating.load_rows(files, router.rules.fields)
    changes = weighing.weigh(router, rows, terminal(errors=True))
    say(weighing.as_lines(changes))
    if write and changes:
        say(weighing.write(path, changes))


@app.command()
def suggest() -> None:
    """Propose keywords drawn from corrections, as YAML to paste; changes nothing by itself."""
    from bot.console.suggesting import suggest as draw_suggestions

    async def act(database: Database, book: Rulebook) -> None:
        async with database.reading() as tx:
            say(await draw_suggestions(tx, book.router, terminal(errors=True)))

    with_database(act)


@app.command("list")
def list_(
    only_open: Annotated[bool, typer.Option("--open", help="Only open ones.")] = False,
    field: Annotated[str | None, typer.Option(help="Only those with a share in this field.")] = None,
    most: Annotated[int, typer.Option(min=1, help="So many at most.")] = 200,
) -> None:
    """List inquiries, newest first."""
    from bot.console.story import Choice, show_list

    async def act(database: Database, rules: Rules | None) -> None:
        async with database.reading() as tx:
            await show_list(tx, Choice(only_open, field, most), rules, terminal())

    look(act)


@app.command()
def show(reference: Reference) -> None:
    """Show one inquiry's whole story."""
    from bot.clock import SystemClock
    from bot.console.story import show_inquiry

    async def act(database: Database, rules: Rules | None) -> None:
        # In a transaction: looking at somebody's inquiry leaves an entry in its journal.
        async with database.transaction() as tx:
            await show_inquiry(tx, SystemClock().now(), reference, rules, terminal())

    look(act)


@app.command()
def export(
    reference: Reference,
    file: Annotated[bool, typer.Option("--file", help="For the official file: a page to print, JSON, checksums.")],
    to: Annotated[Path, typer.Option("--to", help="The folder in which a new folder is made.")] = Path(),
) -> None:
    """Write one inquiry out for the official file, and note that it was taken over."""
    from bot.console.exporting import export_for_file
    from bot.texts import load_texts

    async def act(database: Database, book: Rulebook) -> None:
        say(await export_for_file(database, book, load_texts(), reference, to))

    with_database(act)


@app.command()
def invite(contact: Annotated[str, typer.Argument(help="The contact's key in the rules.")]) -> None:
    """Print a one-time link by which a contact's chat or group joins; good for 24 hours."""
    from bot.console.inviting import invite_contact

    settings = settings_given()

    async def act(database: Database, book: Rulebook) -> None:
        say(await invite_contact(database, book, settings, contact))

    with_database(act)


@app.command()
def parked(
    replay: Annotated[str | None, typer.Option(help="Try this one again.", metavar="ID")] = None,
    drop: Annotated[str | None, typer.Option(help="Give this one up for good.", metavar="ID")] = None,
) -> None:
    """List what could not be handled or sent; try it again, or drop it."""
    if replay is not None and drop is not None:
        raise typer.BadParameter("give either --replay or --drop")
    from bot.console.parking import drop_parked, replay_parked, show_parked
    from bot.console.story import timezone_of

    async def act(database: Database, rules: Rules | None) -> None:
        if replay is not None:
            say(await replay_parked(database, replay))
        elif drop is not None:
            say(await drop_parked(database, drop))
        else:
            await show_parked(database, terminal(), timezone_of(rules), rules)

    look(act)


@app.command()
def notice(
    language: Annotated[str | None, typer.Option(help="Only in this language; else in all of the office's.")] = None,
) -> None:
    """Write the full privacy notice (Art. 13 GDPR) as a web page to standard output."""
    from bot.console.noticing import write_page
    from bot.texts import load_texts

    say(write_page(rulebook_of(settings_given(), for_people=True), load_texts(), language))


@app.command()
def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")] = False,
) -> None:
    """Close and delete now what the rules' retention says; the running bot does it every night by itself."""
    from bot.console.purging import purge as purge_now
    from bot.console.purging import rehearse
    from bot.texts import load_texts

    settings = settings_given()

    async def act(database: Database, book: Rulebook) -> None:
        if dry_run:
            say(await rehearse(settings.database_url, book, load_texts(), keys=settings.keys))
        else:
            say(await purge_now(database, book, load_texts()))

    with_database(act)


@app.command()
def backup(
    target: Annotated[
        str, typer.Argument(help="A new file, such as copy.db, or a folder, in which it is named by the time.")
    ],
) -> None:
    """Copy the database while the bot runs, and check the copy."""
    from bot.console.keeping import back_up

    say(back_up(settings_given().database_url, target))


@app.command()
def restore(source: Annotated[Path, typer.Argument(help="What backup has written.")]) -> None:
    """Put a backup in the database's place; the bot must not run. The present file is kept aside."""
    import asyncio

    from bot.console.keeping import restore as put_back

    settings = settings_given()
    say(asyncio.run(put_back(settings.database_url, source, settings.keys)))


@app.command("rotate-key")
def rotate_key(
    off: Annotated[bool, typer.Option("--off", help="Take the encryption away.")] = False,
) -> None:
    """Encrypt the database with the first key of DATABASE_KEY; the bot must not run."""
    from bot.console.rotating import rotate_key as rotate

    settings = settings_given()
    say(rotate(settings.database_url, settings.keys, encrypt=not off, console=terminal(errors=True)))


@app.command()
def doctor() -> None:
    """Look at token, webhook, rules, contacts, disk, clock and database, and say what is wrong."""
    import asyncio

    from bot.clock import SystemClock
    from bot.console.doctor import Doctor
    from bot.texts import load_texts

    if not asyncio.run(Doctor(settings_given(), load_texts(), SystemClock()).report(say)):
        raise typer.Exit(1)


for _registered in app.registered_commands:
    _registered.cls = _Command


def _play(settings: Settings, port: int | None) -> None:
    import asyncio

    from bot.console.play import play

    asyncio.run(play(settings, settings.http_port if port is None else port))
