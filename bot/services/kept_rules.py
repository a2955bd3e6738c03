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
import sys
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
from bot.services.rules_file import read_rules_file

WORTH_KEEPING = 50_000  # characters; shorter rules are compiled as fast as they are read
MOST_KEPT = 4  # files; the least recently made ones go

HALF_FOR_S = 3600  # after which nobody writes on a half file any more

_OURS = ("bot.routing.", "bot.model.")
_BESIDES = {("builtins", "dict"), ("collections", "defaultdict"), ("re", "_compile"), (__name__, "_make_term")}

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
        RulesError: the file cannot be used; carries all faults.
    """
    return router_of(read_rules_file(path), path.name, make_router, words=words)


def router_of(
    text: str, source: str, make_router: Callable[[Rules, Index], Router] = Router, *, words: bool = False
) -> Router:
    """Do the same for the text of a rules file; `source` is its name, as faults show it."""
    folder = _folder()
    if len(text) < WORTH_KEEPING or folder is None:
        compiled = _compile(text, source)
    else:
        file = folder / f"rules-{_key(text)}.pickle"
        kept = _read(file, words)
        compiled = kept or _compile(text, source)
        if kept is None:
            _write(file, compiled)
    return make_router(compiled.rules if words else without_words(compiled.rules), compiled.index)


def _compile(text: str, source: str) -> _Compiled:
    # Only now: who finds compiled rules needs no YAML.
    from bot.routing.load import load_rules

    rules = load_rules(text, source)
    return _Compiled(rules, build_index(rules))


def _folder() -> Path | None:
    """Return the user's folder for such, None for a user who has none."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(named) if named.startswith("/") else Path("~/.cache").expanduser()) / "anfragelotse"
    except RuntimeError:
        return None


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
    folders = (here, here / "checks", here.parent / "model")
    for path in (Path(__file__), *(path for folder in folders for path in sorted(folder.glob("*.py")))):
        code.update(path.read_bytes())
    return code.digest()


# ---------------------------------------------------------------- files

_Links = list[tuple[Term, Any, Any]]


def _write(path: Path, compiled: _Compiled) -> None:
    """Keep compiled rules for this user only, in one piece; where that fails, the next start compiles them again."""
    half = path.with_suffix(f".{os.getpid()}.half")
    try:
        content = _packed(compiled)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half.touch(mode=0o600)
        half.write_bytes(content)
        half.replace(path)
        _tidy(path)
    except Exception as error:  # noqa: BLE001 (a cache must never decide whether the bot starts)
        log.warning("compiled rules cannot be kept in %s (%s)", path.parent, type(error).__name__)
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)


def _packed(compiled: _Compiled) -> bytes:
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
    return into.getvalue()


def _tidy(path: Path) -> None:
    """Delete what was kept for other rules long ago, and what a process that was killed left half written."""
    now = path.stat().st_mtime
    made = sorted(path.parent.glob("rules-*.pickle"), key=lambda file: file.stat().st_mtime, reverse=True)
    halves = [half for half in path.parent.glob("rules-*.half") if now - half.stat().st_mtime > HALF_FOR_S]
    for old in (*made[MOST_KEPT:], *halves):
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
        if (module, name) in _BESIDES:
            return super().find_class(module, name)
        if module.startswith(_OURS) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in compiled rules")
