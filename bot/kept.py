"""What took long to make out of a text, kept in a file for the next start.

It is a cache in the user's folder for such (`XDG_CACHE_HOME`): it may be deleted at any time, and whatever is wrong
with a file, what it held is made anew. A file belongs to one text and to all that made something of it. It is a pickle,
so it is read only where nobody but this user can have written it, and only named classes are made from it.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import pickle
import zlib
from collections.abc import Callable, Iterable
from functools import partial, reduce
from pathlib import Path
from typing import IO, Any, TypeVar

MOST_KEPT = 4  # files of a kind; the least recently made ones go

HALF_FOR_S = 3600  # after which nobody writes on a half file any more

CHECKSUM = 4  # bytes; before the content, so that what is damaged shows at once

_AT_ONCE = 1 << 16  # bytes; a file read whole would leave a hole of its size in the memory of a process

T = TypeVar("T")

log = logging.getLogger(__name__)


class Unpickler(pickle.Unpickler):
    """Makes only what somebody allows, whatever stands in the file."""

    def __init__(self, file: IO[bytes], is_allowed: Callable[[str, str], bool]) -> None:
        super().__init__(file)
        self._is_allowed = is_allowed

    def find_class(self, module: str, name: str) -> Any:
        """Return a class by its name.

        Raises:
            UnpicklingError: it is none of those allowed.
        """
        if self._is_allowed(module, name):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place here")


class Kept:
    """The files of one kind."""

    def __init__(self, kind: str, what: str, is_allowed: Callable[[str, str], bool]) -> None:
        """Say what is kept.

        Args:
            kind: what the files' names begin with.
            what: what they hold, as the log says it.
            is_allowed: whether module and name are something that may be made from a file.
        """
        self._kind = kind
        self._what = what
        self._is_allowed = is_allowed

    def path(self, *belongs_to: bytes) -> Path | None:
        """Return the file for a text and what else it depends on, None for a user without a folder."""
        key = hashlib.sha256()
        for part in belongs_to:
            key.update(hashlib.sha256(part).digest())
        folder = _folder()
        return None if folder is None else folder / f"{self._kind}-{key.hexdigest()[:32]}.pickle"

    def read(self, path: Path | None, load: Callable[[Unpickler], T]) -> T | None:
        """Return what a file holds, None where there is none that can be used."""
        if path is None:
            return None
        try:
            with path.open("rb") as file:
                if not _is_ours_alone(file.fileno()):
                    log.warning("%s could be written by others and is not used. Delete it.", path)
                    return None
                if file.read(CHECKSUM) != _checksum(iter(partial(file.read, _AT_ONCE), b"")):
                    raise pickle.UnpicklingError("damaged")
                file.seek(CHECKSUM)
                return load(Unpickler(file, self._is_allowed))
        except FileNotFoundError:
            return None
        except Exception as error:  # noqa: BLE001 (half a file, another one's file: pickle fails in every way there is)
            log.warning("%s cannot be used (%s); %s are made anew", path, type(error).__name__, self._what)
            return None

    def write(self, path: Path | None, pack: Callable[[], bytes]) -> None:
        """Keep something for this user only, in one piece; where that fails, the next start makes it again."""
        if path is None:
            return
        half = path.with_suffix(f".{os.getpid()}.half")
        try:
            content = pack()
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            half.touch(mode=0o600)
            half.write_bytes(_checksum([content]) + content)
            half.replace(path)
            self._tidy(path)
        except Exception as error:  # noqa: BLE001 (a cache must never decide whether the bot starts)
            log.warning("%s cannot be kept in %s (%s)", self._what, path.parent, type(error).__name__)
            with contextlib.suppress(OSError):
                half.unlink(missing_ok=True)

    def _tidy(self, path: Path) -> None:
        """Delete what was kept of other texts long ago, and what a process that was killed left half written."""
        now = path.stat().st_mtime
        files = path.parent.glob(f"{self._kind}-*.pickle")
        made = sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)
        halves = [half for half in path.parent.glob(f"{self._kind}-*.half") if now - half.stat().st_mtime > HALF_FOR_S]
        for old in (*made[MOST_KEPT:], *halves):
            old.unlink(missing_ok=True)


def _checksum(content: Iterable[bytes]) -> bytes:
    return reduce(lambda before, part: zlib.crc32(part, before), content, 0).to_bytes(CHECKSUM, "big")


def _folder() -> Path | None:
    """Return the user's folder for such, None for a user who has none."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(named) if named.startswith("/") else Path("~/.cache").expanduser()) / "anfragelotse"
    except RuntimeError:
        return None


def _is_ours_alone(file: int) -> bool:
    if not hasattr(os, "getuid"):
        return True  # Windows: its folders of users are private
    of = os.fstat(file)
    return of.st_uid == os.getuid() and not of.st_mode & 0o022
