"""Column encryption: people's words and addresses are sealed on the way into the database and opened on the way out.

Only with a key (`DATABASE_KEY`); without one nothing here is in the way. The seam is the connection: what a statement
is given under a name of `KINDS` is sealed, whatever table it goes to, and every value that is read is opened wherever
a seal stands in it. So the store's files know nothing of it, and a new table is covered if it keeps to these names.

Bodies are sealed with AES-GCM and a random nonce. Addresses have to be found again, so equal ones are sealed alike
(AES-SIV): whoever has the file sees which rows belong to one chat, but not to which. Left open are times, states,
numbers of rows and messages, languages, fields, and the names of events.

Awkward truths: a sealed text cannot be searched by SQL alone, so statements that look into one call `unseal`; words
that only look like a seal are left as they are; one key is good for four billion texts (AES-GCM with random nonces).
Which key a database is under: `bot.store.keys`.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12  # as AES-GCM wants it (NIST SP 800-38D, 5.2.1.1)
_TOKEN = re.compile(r'("?)~seal:(\d+):([bdn]):([A-Za-z0-9_-]+)~("?)')
_MARK = "~seal:"


class Kind(Enum):
    """How a column, and the parameter of its name, is sealed."""

    BODY = "body"  # a text nobody has to find
    ADDRESS = "address"  # a number or text by which rows are found
    DOCUMENT = "document"  # JSON whose structure SQL looks into: its texts are sealed one by one
    RECORD = "record"  # the same, where equal texts have to look alike: a button is made once
    PLACES = "places"  # JSON with chats only to compare with


# By the names of columns and parameters. `message` is a held message's JSON or a message's number, which stays.
KINDS: Mapping[str, Kind] = {
    "text": Kind.BODY,
    "raw": Kind.BODY,
    "first_name": Kind.BODY,
    "holder": Kind.BODY,
    "chat": Kind.ADDRESS,
    "old": Kind.ADDRESS,
    "new": Kind.ADDRESS,
    "lane": Kind.ADDRESS,
    "meaning": Kind.ADDRESS,
    "draft": Kind.DOCUMENT,
    "drafts": Kind.DOCUMENT,
    "message": Kind.DOCUMENT,
    "decision": Kind.DOCUMENT,
    "data": Kind.RECORD,
    "staying": Kind.PLACES,
    "staffed": Kind.PLACES,
}
# What SQL looks for in documents; every other text in them is sealed.
_OPEN_KEYS = frozenset({"channel", "kind", "purpose", "prompt", "album", "audience", "direction", "field"})
# Numbers in documents that are addresses.
_ADDRESS_KEYS = frozenset({"chat", "user"})


class Seal:
    """One key, known by its number."""

    def __init__(self, number: int, secret: bytes) -> None:
        self.number = number
        derived = HKDF(SHA256(), 96, None, b"anfragelotse columns").derive(secret)
        self._bodies, self._addresses = AESGCM(derived[:32]), AESSIV(derived[32:])

    def body(self, text: str) -> str:
        """Seal a text; twice the same looks different."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return self._token("b", nonce + self._bodies.encrypt(nonce, text.encode("utf-8", "surrogatepass"), b"b"))

    def address(self, value: int | str) -> str:
        """Seal a number or text; twice the same looks the same."""
        kind = "n" if isinstance(value, int) else "d"
        return self._token(kind, self._addresses.encrypt(str(value).encode("utf-8", "surrogatepass"), [kind.encode()]))

    def open(self, kind: str, sealed: str) -> int | str | None:
        """Return what was sealed; None if it was not sealed with this key."""
        try:
            data = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
            if kind == "b":
                text = self._bodies.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], b"b")
            else:
                text = self._addresses.decrypt(data, [kind.encode()])
        except (InvalidTag, ValueError):
            return None
        opened = text.decode("utf-8", "surrogatepass")
        return int(opened) if kind == "n" else opened

    def _token(self, kind: str, data: bytes) -> str:
        return f"~seal:{self.number}:{kind}:{base64.urlsafe_b64encode(data).rstrip(b'=').decode()}~"


class Sealing:
    """The keys at hand: `writes` seals what is written (None leaves it open), all of them open what is read."""

    def __init__(self, seals: Sequence[Seal], writes: Seal | None) -> None:
        self._seals = {seal.number: seal for seal in seals}
        self.writes = writes

    def seal(self, name: str, value: Any) -> Any:
        """Return a parameter's or column's value as it is stored."""
        kind = KINDS.get(name)
        if kind is None or value is None or self.writes is None:
            return value
        match kind:
            case Kind.BODY if isinstance(value, str):
                return self.writes.body(value)
            case Kind.ADDRESS if isinstance(value, int | str) and value != "":
                return self.writes.address(value)
            case Kind.DOCUMENT if isinstance(value, str):
                # As closely as it came: by that `outbox.ABOUT` sees which rows it need not read. Older ones are wider.
                sealed = self._document(json.loads(value), "", self.writes.body)
                return json.dumps(sealed, ensure_ascii=False, separators=(",", ":"))
            case Kind.RECORD if isinstance(value, str):
                # As widely as ever: what is stored already has to look alike.
                return json.dumps(self._document(json.loads(value), "", self.writes.address), ensure_ascii=False)
            case Kind.PLACES:
                return json.dumps(self._places(json.loads(value)))
        return value

    def seal_all(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return a statement's parameters as they are stored."""
        return {name: self.seal(name, value) for name, value in values.items()}

    def open(self, value: Any) -> Any:
        """Return a value as it was before it was sealed, wherever in it seals stand."""
        if not isinstance(value, str) or _MARK not in value:
            return value
        whole = _TOKEN.fullmatch(value)
        if whole is not None and not whole[1]:
            opened = self._opened(whole)
            return value if opened is None else opened
        return _TOKEN.sub(self._within, value)

    def is_shut(self, stored: Any) -> bool:
        """Tell whether something in a value, as a sealed database stores it, is sealed with a key not at hand.

        Only there is whatever looks like a seal one; in a database without a key it may be people's words.
        """
        if not isinstance(stored, str) or _MARK not in stored:
            return False
        return any(self._opened(token) is None for token in _TOKEN.finditer(stored))

    def row(self, cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        """Make a row, opened: sqlite3's `row_factory`."""
        return sqlite3.Row(cursor, tuple(self.open(value) for value in values))

    def _opened(self, token: re.Match[str]) -> int | str | None:
        seal = self._seals.get(int(token[2]))
        return None if seal is None else seal.open(token[3], token[4])

    def _within(self, token: re.Match[str]) -> str:
        """Open a seal inside a longer text: in quotes it is a value of JSON, else a text put together by SQL."""
        opened = self._opened(token)
        if opened is None:
            return token[0]
        if token[1] and token[5]:
            return json.dumps(opened, ensure_ascii=False)
        return f"{token[1]}{opened}{token[5]}"

    def _document(self, value: Any, key: str, seal: Callable[[str], str]) -> Any:
        """Seal the texts and addresses of a document, each by itself; `key` is what a value stands under."""
        assert self.writes is not None  # noqa: S101 (asked for only then)
        if isinstance(value, dict):
            return {name: self._document(inner, name, seal) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._document(inner, key, seal) for inner in value]
        if isinstance(value, str) and value and key not in _OPEN_KEYS:
            return seal(value)
        if key in _ADDRESS_KEYS and isinstance(value, int) and not isinstance(value, bool):
            return self.writes.address(value)
        return value

    def _places(self, value: Any) -> Any:
        assert self.writes is not None  # noqa: S101 (asked for only then)
        if isinstance(value, list):
            return [self._places(inner) for inner in value]
        return self.writes.address(value) if isinstance(value, int) else value


class SealedConnection(sqlite3.Connection):
    """A connection whose named parameters are sealed; `connection_class` makes the class for certain keys."""

    sealing: Sealing

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run a statement."""
        if isinstance(parameters, dict):
            parameters = self.sealing.seal_all(parameters)
        return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        """Run a statement for many rows."""
        return super().executemany(
            sql, [self.sealing.seal_all(row) if isinstance(row, dict) else row for row in parameters]
        )


def connection_class(sealing: Sealing) -> type[sqlite3.Connection]:
    """Return what sqlite3 is to make connections of (its `factory`)."""
    return type("Sealed", (SealedConnection,), {"sealing": sealing})


def number_of(sealed: str) -> str:
    """Return the number of the key with which something was sealed, "?" where it was not."""
    token = _TOKEN.fullmatch(sealed)
    return "?" if token is None else token[2]
