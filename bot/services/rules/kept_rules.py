"""Compiled rules, kept in a file for the next start, which reads them in a tenth of the time compiling them takes.

A file belongs to one text of the rules and one state of the code; how files are kept safe is told in `bot.kept`.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pydantic

import bot.kept
import bot.routing
from bot.kept import Kept, Unpickler
from bot.routing.building import build_index
from bot.routing.decide import Router
from bot.routing.examples import check_examples
from bot.routing.gc_pause import gc_paused
from bot.routing.index import Index
from bot.routing.rows import tries_version
from bot.routing.rules import Rules, without_words
from bot.routing.words import stemmer_version
from bot.services.rules.rules_file import read_rules_file

WORTH_KEEPING = 50_000  # characters; shorter rules are compiled as fast as they are read

_APART = f"import sys; from {__name__} import keep; keep(sys.stdin.buffer.read().decode(), sys.argv[1])"
WAIT_S = 120.0  # for another process to compile rules; it takes one or two

_OURS = ("bot.routing.", "bot.model.")
_BESIDES = {
    ("array", "_array_reconstructor"),
    ("array", "array"),
    ("marisa_trie", "Trie"),
    ("re", "_compile"),
}


@dataclass(frozen=True)
class _Compiled:
    rules: Rules
    index: Index
    examples_hold: bool = False


class Prepared(NamedTuple):
    """A router, and whether its rules' examples are known to land where they stand: trying them all takes memory."""

    router: Router
    examples_hold: bool


def load_router(path: Path, *, words: bool = False) -> Router:
    """Return a router for a rules file: from what was kept, or compiled and kept now.

    Args:
        words: whether its `rules` are to hold the words it was made of; it needs them no more.

    Raises:
        RulesError: the file cannot be used; carries all faults.
    """
    return prepare(read_rules_file(path), path.name, words=words).router


def prepare(
    text: str,
    source: str,
    make_router: Callable[[Rules, Index], Router] = Router,
    *,
    words: bool = False,
    apart: bool = False,
) -> Prepared:
    """Do the same for the text of a rules file, and tell of its examples.

    Args:
        source: the file's name, as faults show it.
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
    router = make_router(compiled.rules if words else without_words(compiled.rules), compiled.index)
    return Prepared(router, compiled.examples_hold)


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
    """Compile the text of a rules file for a later `prepare`.

    Raises:
        RulesError: it cannot be used; carries all faults.
    """
    _KEPT.write(_KEPT.path(_code(), text.encode()), partial(_packed, _compile(text, source)))


@cache
def _code() -> bytes:
    """Return a digest of the code that compiles rules, and of the versions of what it builds on."""
    here = Path(bot.routing.__file__).parent
    libraries = f"{pydantic.VERSION} {stemmer_version()} {tries_version()} {version('rapidfuzz')}"
    code = hashlib.sha256(f"{sys.version} {libraries}".encode())
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


def _packed(compiled: _Compiled) -> bytes:
    """Return a file's content: what the bot needs, whether the examples hold, then the rules with all their words."""
    into = io.BytesIO()
    pickler = pickle.Pickler(into, protocol=5)
    with gc_paused():
        pickler.dump((without_words(compiled.rules), compiled.index))
        # Only now, as an index holds on to what messages made it look up.
        pickler.dump(not check_examples(Router(compiled.rules, compiled.index)))
        pickler.dump(compiled.rules)
    return into.getvalue()


def _unpacked(unpickler: Unpickler, words: bool) -> _Compiled:
    with gc_paused():
        rules, index = unpickler.load()
        examples_hold = unpickler.load()
        return _Compiled(unpickler.load() if words else rules, index, examples_hold)
