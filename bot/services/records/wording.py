"""The words in which a record is told: times, roles, states, events, in the language of whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.services.turn import Turn
from bot.store.messages import INQUIRER
from bot.texts import bare

Values = dict[str, Any]

# What of a journal entry's data names topics, and what names who did it or got it.
_FIELDS = ("field", "fields", "choices", "from", "to")
_ROLES = ("by", "contact", "contacts")


@dataclass(frozen=True)
class Wording:
    """Says a record's values in one language."""

    turn: Turn
    language: str

    def say(self, key: str, /, **values: str | int) -> str:
        """Return a text, without the marks that isolate what is filled in."""
        return bare(self.turn.say(self.language, key, **values))

    def at(self, value: Any) -> str | None:
        """Return a stored time in words, with its year; None stays None."""
        if value is None:
            return None
        return self.turn.texts.stamp(
            self.language, datetime.fromisoformat(str(value)), self.turn.book.rules.office.timezone
        )

    def known(self, key: str) -> str | None:
        """Return a text without values if there is one."""
        return self.say(key) if self.turn.texts.has(key) else None

    def contact(self, key: Any) -> str:
        """Return a contact's role."""
        return self.turn.book.contact_name(str(key))

    def author(self, key: Any, person: str) -> str:
        """Return who wrote a message: the person, by these words, or a contact by role."""
        return person if key == INQUIRER else self.contact(key)

    def field(self, key: Any) -> str:
        """Return a field's title."""
        return self.turn.book.field_title(str(key), self.language)

    def state(self, state: Any) -> str:
        """Return where an inquiry or a share stands."""
        return self.say(f"state-{state}")

    def event(self, event: Any) -> str:
        """Return what happened; the event's name where there are no words for it."""
        name = str(event)
        return self.known(f"event-{name.replace('.', '-')}") or name

    def words(self, message: Values) -> str:
        """Return what a message says; of a medium without words, what it is."""
        kind = (
            ""
            if message["kind"] == "text"
            else f"[{self.known('record-kind-' + str(message['kind'])) or message['kind']}] "
        )
        return f"{kind}{message['text']}".strip()

    def data(self, data: Any) -> str:
        """Return what of an entry's data says something to people: topics and roles; figures stand in the JSON."""
        shown = {name: value for name, value in dict(data).items() if name in (*_FIELDS, *_ROLES) and value}
        return ", ".join(dict.fromkeys(self._value(name, value) for name, value in shown.items()))

    def _value(self, name: str, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(self._value(name, one) for one in value)
        if name in _FIELDS and self.turn.book.rules.contacts.get(str(value)) is None:
            return self.field(value)
        return self.known(f"record-by-{value}") or self.contact(value)
