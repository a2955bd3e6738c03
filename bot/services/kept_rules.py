"""Compiled rules, kept in a file for the next start, which reads them in a tenth of the time compiling them takes.

A file belongs to one text of the rules and one state of the code; how files are kept safe is told in `bot.kept`.
Phrases are the larger part of the rules, and a message needs few of them: each word's stay packed until a message has
that word.
"""

from __future__ import annotations

import copyreg
import hashlib
import io
import os
import pickle
import subprocess
import sys
from array import array
from collections.abc import Callable
from dataclasses import astuple, dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import pydantic

import bot.kept
import bot.routing
from bot.kept import Kept, Unpickler
from bot.routing.building import build_index
from bot.routing.collecting import uncollected
from bot.routing.decide import Router
from bot.routing.index import Index
from bot.routing.rules import Rules, without_words
from bot.routing.terms import Entry, Phrase, Term
from bot.routing.words import stemmer_version
from bot.services.rules_file import read_rules_file

WORTH_KEEPING = 50_000  # characters; shorter rules are compiled as fast as they are read

_APART = f"import sys; from {__name__} import keep; keep(sys.stdin.buffer.read().decode(), sys.argv[1])"
WAIT_S = 120.0  # for another process to compile rules; it takes one or two

_OURS = ("bot.routing.", "bot.model.")
_BESIDES = {("builtins", "dict"), ("collections", "defaultdict"), ("re", "_compile"), (__name__, "_make_term")}


@dataclass(frozen=True)
class _Compiled:
    rules: Rules
    index: Index


def load_router(path: Path, make_router: Callable[[Rules, Index], Router] = Router, *, words: bool = False) -> Router:
    """Return a router for a rules file: from what was kept, or compiled and kept now.

    Args:
        words: whether its `rules` are to hold the words it was made of; it needs them no more.

    Raises:
        RulesError: the file cannot be used; carries all faults.
    """
    return router_of(read_rules_file(path), path.name, make_router, words=words)


def router_of(
    text: str,
    source: str,
    make_router: Callable[[Rules, Index], Router] = Router,
    *,
    words: bool = False,
    apart: bool = False,
) -> Router:
    """Do the same for the text of a rules file; `source` is its name, as faults show it.

    Args:
        apart: whether to compile in a process of its own: what that leaves behind in memory, 45 MB, goes with it.
    """
    if len(text) < WORTH_KEEPING:
        compiled = _compile(text, source)
    else:
        path = _KEPT.path(_code(), text.encode())
        read = partial(_KEPT.read, path, partial(_unpacked, words=words))
        kept = read()
        if kept is None and apart and _keep_apart(text, source):
            kept = read()
        compiled = kept or _compile(text, source)
        if kept is None:
            _KEPT.write(path, partial(_packed, compiled))
    return make_router(compiled.rules if words else without_words(compiled.rules), compiled.index)


def _compile(text: str, source: str) -> _Compiled:
    # Only now: who finds compiled rules needs no YAML.
    from bot.routing.load import load_rules

    rules = load_rules(text, source)
    return _Compiled(rules, build_index(rules))


def _keep_apart(text: str, source: str) -> bool:
    """Compile and keep rules in another process; False where that fails, as it does with faulty rules."""
    where = [str(Path(bot.routing.__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", _APART, source],
            input=text.encode(),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(where)},
            capture_output=True,
            timeout=WAIT_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def keep(text: str, source: str) -> None:
    """Compile the text of a rules file for a later `router_of`.

    Raises:
        RulesError: it cannot be used; carries all faults.
    """
    _KEPT.write(_KEPT.path(_code(), text.encode()), partial(_packed, _compile(text, source)))


@cache
def _code() -> bytes:
    """Return a digest of the code that compiles rules, and of the versions of what it builds on."""
    here = Path(bot.routing.__file__).parent
    code = hashlib.sha256(f"{sys.version} {pydantic.VERSION} {stemmer_version()}".encode())
    folders = (here, here / "checks", here.parent / "model")
    alone = (Path(__file__), Path(bot.kept.__file__))
    for path in (*alone, *(path for folder in folders for path in sorted(folder.glob("*.py")))):
        code.update(path.read_bytes())
    return code.digest()


def _is_allowed(module: str, name: str) -> bool:
    """Tell whether something may be made from a file: classes of ours, each by the module it is written in."""
    if (module, name) in _BESIDES:
        return True
    if not module.startswith(_OURS) or "." in name:
        return False
    __import__(module)
    found = getattr(sys.modules[module], name, None)
    return isinstance(found, type) and found.__module__ == module


_KEPT = Kept("rules", "compiled rules", _is_allowed)


# ---------------------------------------------------------------- packing


def _packed(compiled: _Compiled) -> bytes:
    terms: list[Term] = []

    def alone(term: Term) -> tuple[Callable[..., Term], tuple[Any, ...]]:
        # A word leads to phrases, these to words, and so on: one after the other, or pickle would go too deep.
        terms.append(term)
        return _make_term, (term.language, term.written, term.uses, term.bit.bit_length())

    into = io.BytesIO()
    pickler = pickle.Pickler(into, protocol=5)
    pickler.dispatch_table = copyreg.dispatch_table | {Term: alone}
    with uncollected():
        pickler.dump((without_words(compiled.rules), compiled.index))
        entries = list(dict.fromkeys(entry for term in terms for entry in term.singles))
        pickler.dump((terms, entries, [term.singles for term in terms]))
        packing = _Packing(terms, entries)
        packed = [(number, packing.pack(term.phrases)) for number, term in enumerate(terms) if term.phrases]
        pickler.dump((packed, packing.phrases, packing.more))
        pickler.dump(compiled.rules)
    return into.getvalue()


class _Packing:
    """Packs phrases, each once. Words in them are named by number, keywords by number below zero."""

    def __init__(self, terms: list[Term], entries: list[Entry]) -> None:
        self._terms = {term: number for number, term in enumerate(terms)}
        self._entries = {entry: number for number, entry in enumerate(entries)}
        self._numbers: dict[Phrase, int] = {}
        self.phrases: list[bytes] = []
        self.more: list[bytes] = []

    def pack(self, phrases: tuple[Phrase, ...]) -> bytes:
        """Return the numbers of one word's phrases as bytes; a phrase stands under each word of its rarest place."""
        return array("I", [self._number(phrase) for phrase in phrases]).tobytes()

    def _number(self, one: Phrase) -> int:
        if one not in self._numbers:
            self._numbers[one] = len(self.phrases)
            into = io.BytesIO()
            pickler = pickle.Pickler(into, protocol=5)
            pickler.persistent_id = self._name  # type: ignore[method-assign]
            pickler.dump((one.entry, one.places, one.gaps, one.ordered, one.anchor, one.partner))
            self.phrases.append(into.getvalue())
        return self._numbers[one]

    def _name(self, thing: object) -> int | None:
        if isinstance(thing, Term):
            return self._terms[thing]
        if not isinstance(thing, Entry):
            return None
        if thing not in self._entries:  # as most are, that are no single words
            self._entries[thing] = len(self._entries)
            self.more.append(pickle.dumps(astuple(thing), protocol=5))
        return -1 - self._entries[thing]


class _Unpacking:
    """Makes phrases out of what was packed; each keyword once, as whoever counts keywords expects."""

    def __init__(self, terms: list[Term], entries: list[Entry], phrases: list[bytes], more: list[bytes]) -> None:
        self._terms = terms
        self._phrases: list[Phrase | bytes] = [*phrases]
        self._entries: list[Entry | bytes] = [*entries, *more]
        self._sets: dict[frozenset[Term], frozenset[Term]] = {}

    def unpack(self, packed: bytes) -> tuple[Phrase, ...]:
        """Return the phrases of one word."""
        numbers = array("I")
        numbers.frombytes(packed)
        return tuple([self._phrase(number) for number in numbers])

    def _phrase(self, number: int) -> Phrase:
        phrase = self._phrases[number]
        if isinstance(phrase, bytes):
            unpickler = _KEPT.unpickler(phrase)
            unpickler.persistent_load = self._find  # type: ignore[method-assign]
            entry, places, gaps, ordered, anchor, partner = unpickler.load()
            same = self._same
            phrase = Phrase(entry, tuple([same(place) for place in places]), gaps, ordered, anchor, same(partner))
            self._phrases[number] = phrase
        return phrase

    def _same(self, terms: frozenset[Term]) -> frozenset[Term]:
        return self._sets.setdefault(terms, terms)

    def _find(self, name: int) -> Term | Entry:
        if name >= 0:
            return self._terms[name]
        entry = self._entries[-1 - name]
        if isinstance(entry, bytes):
            self._entries[-1 - name] = entry = Entry(*_KEPT.unpickler(entry).load())
        return entry


def _unpacked(unpickler: Unpickler, words: bool) -> _Compiled:
    with uncollected():
        rules, index = unpickler.load()
        terms, entries, singles = unpickler.load()
        for term, its in zip(terms, singles, strict=True):
            term.singles = its
        filed, phrases, more = unpickler.load()
        for number, packed in filed:
            terms[number].packed = packed
        index.unpack = _Unpacking(terms, entries, phrases, more).unpack
        return _Compiled(unpickler.load() if words else rules, index)


def _make_term(language: str, written: str, uses: int, bit: int) -> Term:
    return Term(language, written, uses=uses, bit=_bit(bit))


@cache
def _bit(number: int) -> int:
    return 1 << number >> 1  # a long number: whoever shares one shares the object
