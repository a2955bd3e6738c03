"""Puts the playground together: the stand-in, its people, and the unchanged bot as a process of its own.

The contacts are those of the rules; each joins by an invitation, as it would on Telegram. Everything is forgotten at
the end: the database lies in a temporary folder.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from pathlib import Path

from bot.clock import SystemClock
from bot.console.play_log import list_entries
from bot.errors import BotError, Fault, FaultsError
from bot.model import GENERAL
from bot.playground import acts
from bot.playground.control import Injected
from bot.playground.model import Person
from bot.playground.server import Playground
from bot.playground.world import World
from bot.services.people.invitations import add_invitation
from bot.services.rules.rulebook import Rulebook
from bot.settings import Settings
from bot.store.database import Database
from bot.texts import Texts, load_texts

STOP_BOT_WITHIN_S = 10.0
FIRST_CONTACT_ID = 3_371_640_552

INQUIRERS = (
    Person(
        1_284_067_311,
        "Maria",
        caption="möchte helfen",
        language="de",
        samples=(
            "Guten Tag, bei uns steht die Einliegerwohnung leer. An wen kann ich mich wenden?",
            "Ich habe dienstags Zeit und würde gern jemandem beim Deutschlernen helfen.",
            "Was muss ich tun, damit meine Nachbarin hier Arzthelferin werden kann?",
        ),
    ),
    Person(
        2_045_118_920,
        "Jürgen",
        caption="hat Stellen zu bieten",
        language="de",
        samples=(
            "Wir suchen händeringend jemanden für die Backstube, gern auch ohne Ausbildung.",
            "Wir stellen zwei Pflegehelfer ein und hätten auch ein Zimmer im Personalhaus frei.",
        ),
    ),
    Person(
        5_530_982_176,
        "Olena",
        caption="neu hier, schreibt Ukrainisch",
        language="uk",
        samples=(
            "Добрий день! Шукаю курси німецької мови в Леррасі.",
            "Де можна знайти квартиру для сім'ї з двома дітьми?",
        ),
    ),
)


async def play(settings: Settings, port: int) -> None:
    """Serve the playground until SIGINT or SIGTERM.

    Raises:
        RulesError: the rules are faulty.
        FaultsError: the port is taken.
        BotError: the bot's process ended by itself.
    """
    texts = load_texts()
    game = Game(settings, Rulebook(settings.routing_rules, texts), texts)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    with tempfile.TemporaryDirectory(prefix="anfragelotse-") as folder:
        await game.start(Path(folder), port)
        try:
            await game.wait(stopping)
        finally:
            await game.stop()


class Game:
    """One playground with its bot, which can be started afresh."""

    def __init__(self, settings: Settings, book: Rulebook, texts: Texts) -> None:
        self._settings = settings
        self._book = book
        self._texts = texts
        self._world = World()
        self._playground = Playground(self._world, Injected(on_reset=self._start_afresh, log_source=self._log))
        self._contacts: dict[str, Person] = {}
        self._folder = Path()
        self._round = 0
        self._bot: asyncio.subprocess.Process | None = None
        self._restarting = False

    async def start(self, folder: Path, port: int) -> None:
        """Serve the page and start the bot; say where the page is."""
        self._folder = folder
        for person in INQUIRERS:
            self._world.add_person(person)
        for number, (key, contact) in enumerate(self._book.rules.contacts.items()):
            duties = self._duties(key)
            person = Person(FIRST_CONTACT_ID + number, contact.name, role="contact", caption=duties, opened=True)
            self._contacts[key] = self._world.add_person(person)
        try:
            await self._playground.start(port)
        except OSError as error:
            mend = "Choose another: HTTP_PORT=8090 make run."
            raise FaultsError([Fault("HTTP_PORT", f"port {port} cannot be used ({error.strerror}).", mend)]) from error
        await self._start_bot()
        sys.stdout.write(
            f"\n  The playground is open: {self._playground.url}/\n"
            "  Open this page in a browser, write as one of the people, and see where it goes.\n"
            "  Nothing leaves this machine, and nothing is kept. Stop with Ctrl+C.\n\n"
        )
        sys.stdout.flush()

    async def wait(self, stopping: asyncio.Event) -> None:
        """Wait until told to stop.

        Raises:
            BotError: the bot's process ended by itself.
        """
        while not stopping.is_set():
            bot = self._bot
            assert bot is not None  # noqa: S101 (started before)
            ended = asyncio.create_task(bot.wait())
            told = asyncio.create_task(stopping.wait())
            await asyncio.wait({ended, told}, return_when=asyncio.FIRST_COMPLETED)
            told.cancel()
            if not ended.done():
                ended.cancel()
            elif not stopping.is_set() and not self._restarting and bot is self._bot:  # or another runs by now
                raise BotError(f"The bot's process ended by itself (exit code {ended.result()}); its log stands above.")
            await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """Stop the bot, then the page."""
        await self._stop_bot()
        await self._playground.stop()

    def _duties(self, contact: str) -> str:
        """Return what a contact answers, for the page: its fields' titles, or that it takes everything else."""
        language = self._book.own_language
        fields = [key for key, field in self._book.rules.fields.items() if field.contact == contact]
        if contact == self._book.rules.general_contact:
            fields.append(GENERAL)
        return ", ".join(self._book.field_title(field, language) for field in fields)

    async def _start_afresh(self) -> None:
        self._restarting = True
        try:
            await self._stop_bot()
            self._world.reset()
            await self._start_bot()
        finally:
            self._restarting = False

    async def _start_bot(self) -> None:
        """Start the bot on a new database, with an invitation waiting to be opened in each contact's chat."""
        self._round += 1
        url = self._database_url
        async with await Database.open(url) as database, database.transaction() as tx:
            now = SystemClock().now()
            tokens = {key: await add_invitation(tx, now, key) for key in self._contacts}
        for key, person in self._contacts.items():
            if self._book.rules.contacts[key].telegram is None:
                acts.write(self._world, person.id, person.id, f"/start {tokens[key]}")
        environment = os.environ | {
            "TELEGRAM_BOT_TOKEN": self._world.bot.token,
            "TELEGRAM_API_URL": self._playground.url,
            "DATABASE_URL": url,
            "DATABASE_KEY": "",
            "ROUTING_RULES": str(self._settings.routing_rules),
            "LOG_LEVEL": "WARNING" if self._settings.log_level == "INFO" else self._settings.log_level,
        }
        self._bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--sample-office", env=environment
        )

    async def _stop_bot(self) -> None:
        if self._bot is None or self._bot.returncode is not None:
            return
        self._bot.terminate()
        try:
            await asyncio.wait_for(self._bot.wait(), STOP_BOT_WITHIN_S)
        except TimeoutError:
            self._bot.kill()
            await self._bot.wait()

    async def _log(self) -> list[dict[str, object]]:
        """Return what the bot has understood so far, for the page's panel."""
        async with await Database.open(self._database_url) as database, database.reading() as tx:
            return await list_entries(tx, self._book, self._texts)

    @property
    def _database_url(self) -> str:
        return f"sqlite:///{self._folder / f'playground-{self._round}.db'}"
