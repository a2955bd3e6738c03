"""Compiled rules, kept in a file for the next start, which reads them in a fifth of the time compiling them takes.

It is a cache in the user's folder for such (`XDG_CACHE_HOME`): it may be deleted at any time, and whatever is wrong
with it, the rules are compiled anew. A file belongs to one text of the rules and one state of the code. It is a pickle,
so it is read only where nobody but this user can have written it, and only classes of ours are made from it.
"""

from __future__ import annotations

import contextlib
import copyreg
import hashlib
import io
import logging
import os
import pickle
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pydantic

import bot.routing
from bot.routing.building import build_index
from bot.routing.collecting import uncollected
from bot.routing.decide import Router
from bot.routing.index import Index
from bot.routing.rules import Rules, without_words
from bot.routing.terms import Term
from bot.routing.words import stemmer_version
from bot.services.rules_file import load_rules_file, read_rules_file

WORTH_KEEPING = 50_000  # characters; shorter rules are compiled as fast as they are read
MOST_KEPT = 4  # files; the least recently made ones go

_OURS = "bot."
_BESIDES = {("builtins", "dict"), ("collections", "defaultdict"), ("re", "_compile")}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Compiled:
    rules: Rules
    index: Index


def load_router(path: Path, make_router: Callable[[Rules, Index], Router] = Router, *, words: bool = False) -> Router:
    """Return a router for a rules file: from what was kept, or compiled and kept now.

    Args:
        words: whether its `rules` are to hold the words it was made of; it needs them no more.

    Raises:
        RulesError: the file cannot be used; carries all faults. Faulty rules are never kept.
    """
    text = read_rules_file(path)
    if len(text) < WORTH_KEEPING:
        compiled = _compile(path)
    else:
        file = _folder() / f"rules-{_key(text)}.pickle"
        kept = _read(file, words)
        compiled = kept or _compile(path)
        if kept is None:
            with contextlib.suppress(OSError):  # nowhere to keep it: a read-only system, a full disk
                _write(file, compiled)
    return make_router(compiled.rules if words else without_words(compiled.rules), compiled.index)


def _compile(path: Path) -> _Compiled:
    rules = load_rules_file(path).rules
    return _Compiled(rules, build_index(rules))


def _folder() -> Path:
    named = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(named) if named.startswith("/") else Path("~/.cache").expanduser()) / "anfragelotse"


def _key(text: str) -> str:
    """Return what a file belongs to: this text, and everything that made it what it is."""
    key = hashlib.sha256(_code())
    key.update(text.encode())
    return key.hexdigest()[:32]


@cache
def _code() -> bytes:
    """Return a digest of the code that compiles rules, and of the versions of what it builds on."""
    here = Path(bot.routing.__file__).parent
    code = hashlib.sha256(f"{sys.version} {pydantic.VERSION} {stemmer_version()}".encode())
    for folder in (here, here / "checks", here.parent / "model"):
        for path in sorted(folder.glob("*.py")):
            code.update(path.read_bytes())
    return code.digest()


# ---------------------------------------------------------------- files

_Links = list[tuple[Term, Any, Any]]


def _write(path: Path, compiled: _Compiled) -> None:
    """Write a file in one piece, readable for this user only."""
    links: _Links = []

    def unlinked(term: Term) -> tuple[Callable[..., Term], tuple[Any, ...]]:
        # A word leads to phrases, these to words, and so on: one after the other, or pickle would go too deep.
        links.append((term, term.singles, term.phrases))
        return _make_term, (term.language, term.written, term.uses, term.bit.bit_length())

    into = io.BytesIO()
    pickler = pickle.Pickler(into, protocol=5)
    pickler.dispatch_table = copyreg.dispatch_table | {Term: unlinked}
    with uncollected():
        pickler.dump((without_words(compiled.rules), compiled.index))
        pickler.dump(links)
        pickler.dump(compiled.rules)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as half:
        half.write(into.getbuffer())
    Path(half.name).replace(path)
    made = sorted(path.parent.glob("rules-*.pickle"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in made[MOST_KEPT:]:
        old.unlink(missing_ok=True)


def _make_term(language: str, written: str, uses: int, bit: int) -> Term:
    return Term(language, written, uses=uses, bit=_bit(bit))


@cache
def _bit(number: int) -> int:
    return 1 << number >> 1  # a long number: whoever shares one shares the object


def _read(path: Path, words: bool) -> _Compiled | None:
    try:
        with path.open("rb") as file, uncollected():
            if not _is_ours_alone(file.fileno()):
                log.warning("%s could be written by others and is not used. Delete it.", path)
                return None
            unpickler = _OurClasses(file)
            rules, index = unpickler.load()
            for term, singles, phrases in unpickler.load():
                term.singles, term.phrases = singles, phrases
            return _Compiled(unpickler.load() if words else rules, index)
    except FileNotFoundError:
        return None
    except Exception as error:  # noqa: BLE001 (half a file, another one's file: pickle fails in every way there is)
        log.warning("%s cannot be used (%s); the rules are compiled anew", path, type(error).__name__)
        return None


def _is_ours_alone(file: int) -> bool:
    if not hasattr(os, "getuid"):
        return True  # Windows: its folders of users are private
    of = os.fstat(file)
    return of.st_uid == os.getuid() and not of.st_mode & 0o022


class _OurClasses(pickle.Unpickler):
    """Makes our own classes only, whatever stands in the file."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith(_OURS) or (module, name) in _BESIDES:
            found = super().find_class(module, name)
            if isinstance(found, type) or found in (_make_term, re._compile):  # type: ignore[attr-defined]
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in compiled rules")
