"""The check-up: everything an operator would look at by hand, each finding in a sentence.

Changes nothing, and may run beside the bot. Names contacts by their keys, never by a chat's number.
"""

from __future__ import annotations

import shutil
import stat
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from bot.channels.telegram import checkup
from bot.channels.telegram.checkup import NotReachedError, TokenRefusedError
from bot.channels.telegram.line import Line, build_line
from bot.clock import Clock
from bot.console.wording import counted
from bot.errors import BotError, RulesError, SettingsError, StoreError
from bot.services.people.directory import Directory, load_directory
from bot.services.rules.rulebook import Rulebook
from bot.services.turn import Turn
from bot.settings import Settings
from bot.store import given_up
from bot.store.copies import find_faults, list_left_copies
from bot.store.database import Database
from bot.store.opening import database_path, is_there, told_with_remedy
from bot.store.tables import must_be_of_this_version
from bot.texts import Texts

# A busy office writes a few MB a day; with less than this there is no time left to react, nor room for a backup.
LEAST_FREE_MB = 300
# Promised times are told to the minute.
CLOCK_OFF_BY_S = 20.0


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what, whether it is good, and a sentence with the remedy where it is not."""

    what: str
    good: bool
    sentence: str

    def __str__(self) -> str:
        return f"{'good' if self.good else 'BAD '}  {self.what}: {self.sentence}"


class Doctor:
    """Looks at one installation."""

    def __init__(self, settings: Settings, texts: Texts, clock: Clock) -> None:
        self._settings = settings
        self._texts = texts
        self._clock = clock

    async def report(self, say: Callable[[str], None]) -> bool:
        """Say each finding as soon as it is known; False if anything is not as it should be."""
        good = True
        async for finding in self.examine():
            say(str(finding))
            good = good and finding.good
        return good

    async def examine(self) -> AsyncIterator[Finding]:
        """Look at one thing after the other; each finding comes as soon as it is known."""
        found = self._load_rules()
        book = found if isinstance(found, Rulebook) else None
        yield found if isinstance(found, Finding) else Finding("rules", True, f"version {found.rules.rules_version}.")
        path = database_path(self._settings.database_url)
        readable = self._has_file(path)
        for finding in self._look_at_files(path):
            yield finding
            readable = readable and (finding.good or finding.what != "database")
        directory = None
        if readable:
            yield await self._look_at_encryption()
            async for finding in self._look_at_parked():
                yield finding
            if book is not None:
                directory = await self._load_directory(book)
        if book is not None and directory is None and self._has_file(path):
            yield Finding("contacts", False, "not looked at: where they are stands in the database.")
            book = None
        async for finding in self._ask_telegram(book, directory):
            yield finding

    # On this machine

    def _load_rules(self) -> Rulebook | Finding:
        try:
            return Rulebook(self._settings.routing_rules, self._texts)
        except RulesError as error:
            return Finding("rules", False, f"{counted(len(error.faults), 'fault')}. Look: python -m bot check.")

    def _has_file(self, path: Path) -> bool:
        try:
            return is_there(path)
        except BotError:
            return False  # what there is instead was said

    def _look_at_files(self, path: Path) -> list[Finding]:
        findings = []
        folder = next(parent for parent in path.resolve().parents if parent.exists())
        free_mb = shutil.disk_usage(folder).free // 1_000_000
        enough = free_mb >= LEAST_FREE_MB
        remedy = "" if enough else f" Less than {LEAST_FREE_MB} MB: make room before the bot has to stop."
        findings.append(Finding("disk", enough, f"{free_mb:,} MB free.{remedy}"))
        try:
            if not is_there(path):
                return [*findings, Finding("database", True, f"{path} is not there yet; the first start makes it.")]
        except BotError as error:
            return [*findings, Finding("database", False, str(error))]
        if faults := find_faults(path):
            remedy = "Stop the bot and restore the last good backup: python -m bot restore SOURCE."
            findings.append(Finding("database", False, f"{'; '.join(faults)}. {remedy}"))
        elif other := self._find_other_version(path):
            findings.append(Finding("database", False, other))
        else:
            findings.append(Finding("database", True, f"sound, {path.stat().st_size / 1e6:.1f} MB."))
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            findings.append(Finding("permissions", False, f"others may read people's words: chmod 600 {path}."))
        for left in list_left_copies(path):
            what = f"{left} is left of a dry run that was killed, and holds people's words"
            findings.append(Finding("copy", False, f"{what}. Remove it, or restart the bot: it does so."))
        return findings

    def _find_other_version(self, path: Path) -> str | None:
        try:
            with told_with_remedy(path):
                must_be_of_this_version(path)
        except StoreError as error:
            return str(error)
        return None

    async def _open(self) -> Database:
        return await Database.open_beside(self._settings.database_url, keys=self._settings.keys)

    async def _look_at_encryption(self) -> Finding:
        try:
            await (await self._open()).close()
        except StoreError as error:
            return Finding("encryption", False, str(error))
        number = (self._settings.keys or "").partition(":")[0]
        return Finding("encryption", True, f"on, with key {number}." if number else "off; see DATABASE_KEY.")

    async def _look_at_parked(self) -> AsyncIterator[Finding]:
        try:
            async with await self._open() as database, database.reading() as tx:
                missed = await given_up.count_missed(tx)
                count = await given_up.count_undecided(tx)
        except BotError:
            return  # what is wrong with the database is said already
        rows = counted(count, "row is", "rows are")
        sentence = f"{rows} parked. Look: python -m bot parked." if count else "nothing needs a decision."
        if missed:
            sentence += f" Waiting for people to allow the bot again: {counted(missed, 'message')}."
        yield Finding("parked", not count, sentence)

    async def _load_directory(self, book: Rulebook) -> Directory | None:
        try:
            async with await self._open() as database, database.reading() as tx:
                return await load_directory(Turn(tx, self._clock.now(), self._texts, book))
        except BotError:
            return None

    # At Telegram

    async def _ask_telegram(self, book: Rulebook | None, directory: Directory | None) -> AsyncIterator[Finding]:
        yield await self._compare_clocks()
        try:
            line = build_line(self._settings.token, self._settings.telegram_api_url)
        except SettingsError as error:
            yield Finding("token", False, str(error.faults[0]))
            return
        try:
            try:
                name = await checkup.ask_name(line)
            except TokenRefusedError:
                yield Finding("token", False, "refused by Telegram. Take the current one from @BotFather.")
                return
            except NotReachedError as error:
                yield Finding("token", False, f"not known, {error}. Check the network and TELEGRAM_API_URL.")
                return
            yield Finding("token", True, f"@{name}.")
            yield await self._look_at_webhook(line)
            if book is not None:
                for contact in book.rules.contacts:
                    yield await self._look_at_contact(line, contact, directory)
        finally:
            await line.close()

    async def _compare_clocks(self) -> Finding:
        try:
            theirs = await checkup.ask_time(self._settings.telegram_api_url)
        except NotReachedError as error:
            return Finding("clock", False, f"not compared, {error}.")
        except SettingsError as error:
            return Finding("clock", False, f"not compared: {error.faults[0]}")
        off_s = (self._clock.now() - theirs).total_seconds()
        if abs(off_s) <= CLOCK_OFF_BY_S:
            return Finding("clock", True, "agrees with Telegram's.")
        way = "ahead of" if off_s > 0 else "behind"
        remedy = "Promised times will be wrong; set up time synchronisation (timedatectl set-ntp true)."
        return Finding("clock", False, f"{abs(off_s):.0f} s {way} Telegram's. {remedy}")

    async def _look_at_webhook(self, line: Line) -> Finding:
        try:
            hook = await checkup.ask_webhook(line)
        except NotReachedError as error:
            return Finding("webhook", False, f"not known, {error}.")
        wanted = self._settings.webhook_url or ""
        pending = f"{counted(hook.pending, 'update waits', 'updates wait')} at Telegram."
        if hook.url != wanted:
            now = "another address is set" if hook.url else "none is set"
            remedy = f"{now}; the bot mends that at its next start. {pending}"
            return Finding("webhook", False, ("WEBHOOK_URL is set, but at Telegram " if wanted else "") + remedy)
        if wanted and hook.last_error is not None:
            return Finding("webhook", False, f"Telegram's last delivery failed: {hook.last_error}. {pending}")
        return Finding("webhook", True, f"{'delivers to WEBHOOK_URL' if wanted else 'none, the bot polls'}. {pending}")

    async def _look_at_contact(self, line: Line, contact: str, directory: Directory | None) -> Finding:
        address = None if directory is None else directory.addresses.get(contact)
        if address is None:
            return Finding(contact, False, f"has not joined. Invite them: python -m bot invite {contact}.")
        hindrance = await checkup.find_hindrance(line, address)
        if hindrance is None and await checkup.is_public(line, address):
            what = "their group is public: whoever joins it reads people's words and answers for the office."
            return Finding(contact, False, f"{what} Make it private: Telegram, Edit, Group Type.")
        if hindrance is None:
            return Finding(contact, True, "can be reached.")
        return Finding(contact, False, f"cannot be reached: {hindrance}")
