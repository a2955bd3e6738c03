"""A Fluent file's source → its entries, kept for the next start: parsing took a tenth of a start."""

from __future__ import annotations

import pickle
import sys
from importlib.metadata import version

from fluent.syntax import FluentParser, ast

from bot.kept import Kept, Unpickler

WORTH_KEEPING = 10_000  # characters


def _is_allowed(module: str, name: str) -> bool:
    return module == ast.__name__ and isinstance(getattr(ast, name, None), type)


_KEPT = Kept("texts", "parsed texts", _is_allowed)


def parse(source: str) -> ast.Resource:
    """Return the entries of a Fluent file; what cannot be read among them is `ast.Junk`."""
    if len(source) < WORTH_KEEPING:
        return FluentParser().parse(source)
    made_by = f"{sys.version} {version('fluent.syntax')}"
    path = _KEPT.path(made_by.encode(), source.encode())
    if (kept := _KEPT.read(path, _load)) is not None:
        return kept
    parsed = FluentParser().parse(source)
    _KEPT.write(path, lambda: pickle.dumps(parsed, protocol=5))
    return parsed


def _load(unpickler: Unpickler) -> ast.Resource:
    loaded = unpickler.load()
    if not isinstance(loaded, ast.Resource):
        raise pickle.UnpicklingError("no texts")
    return loaded
