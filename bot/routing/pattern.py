"""What a clerk writes as a keyword → the sequences of words it stands for.

The signs are described at `bot.routing.rules.Keyword`. An alternative or a group's entry of several words makes a
sequence of its own, so what comes out holds single words only, with a gap before each but the first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from math import prod
from typing import Literal, NamedTuple

from bot.routing.words import tokens

NEAR = 1  # other words a phrase lets in between two of its words: "steht noch leer"
GAP = 6  # other words `...` and `+` stand for: "Zimmer mit Bad und Balkon für zwei Leute frei" has seven too many
MOST_SEQUENCES = 500  # a pattern that multiplies to more was not meant

_SIGN = re.compile(r"\.\.\.|…|[()|+#]|<[^<>\s]*>|[^\s()|+#<>…]+")

Part = Literal["whole", "first", "last"]


class PatternError(ValueError):
    """A keyword's signs make no sense; its text says what, and how to mend it."""


class Atom(NamedTuple):
    """One word of a pattern.

    Attributes:
        text: as written, without signs; `#` for any number.
        exact: only this form.
        part: which part of a compound it must be, if not the whole word.
    """

    text: str
    exact: bool = False
    part: Part = "whole"


Choices = tuple[Atom, ...]


class Sequence(NamedTuple):
    """Atoms to be found together.

    Attributes:
        choices: for each place the atoms that may stand there.
        gaps: for each place but the first how many other words may stand before it.
        ordered: whether they must come in this order.
    """

    choices: tuple[Choices, ...]
    gaps: tuple[int, ...]
    ordered: bool = True


def parse_pattern(text: str, groups: Mapping[str, tuple[str, ...]] | None = None) -> list[Sequence]:
    """Return the sequences a keyword stands for, never empty; an unknown group stands for its own name.

    Raises:
        PatternError: brackets that do not close, signs with nothing beside them, a keyword without a word.
    """
    words = text.split()
    if words and "".join(words).isalpha():  # most keywords are plain words
        return [Sequence(tuple([(Atom(word),) for word in words]), (NEAR,) * (len(words) - 1))]
    signs = _SIGN.findall(text)
    slots: list[list[tuple[Atom, ...]]] = []
    joins: list[str] = []
    pending = ""
    place = 0
    while place < len(signs):
        sign = signs[place]
        place += 1
        if sign in ("...", "…", "+"):
            if not slots or pending:
                raise PatternError(f"'{sign}' has no word before it. Put a word on both its sides.")
            pending = "..." if sign == "…" else sign
            continue
        if sign in (")", "|"):
            raise PatternError(f"'{sign}' stands without an opening bracket. Write (this|that).")
        options, place = _options(signs, place, sign, groups or {})
        if options:
            joins += [pending or " "] if slots else []
            slots.append(options)
            pending = ""
    if pending:
        raise PatternError(f"'{pending}' has no word after it. Put a word on both its sides.")
    if not slots:
        raise PatternError("there is no word in it. Write at least one letter or number.")
    return _sequences(slots, joins)


def _options(
    signs: list[str], place: int, sign: str, groups: Mapping[str, tuple[str, ...]]
) -> tuple[list[tuple[Atom, ...]], int]:
    if sign == "(":
        return _bracket(signs, place, groups)
    if sign.startswith("<"):
        return [atoms for word in groups.get(sign[1:-1], (sign[1:-1],)) if (atoms := _phrase(word))], place
    atoms = _atoms(sign)
    return ([atoms] if atoms else []), place


def _bracket(signs: list[str], place: int, groups: Mapping[str, tuple[str, ...]]) -> tuple[list[tuple[Atom, ...]], int]:
    options: list[tuple[Atom, ...]] = []
    current: tuple[Atom, ...] = ()
    for end in range(place, len(signs)):
        sign = signs[end]
        if sign in ("|", ")"):
            options += [current] if current else []
            current = ()
            if sign == ")":
                return options, end + 1
        elif sign in ("(", "...", "…", "+"):
            raise PatternError(f"'{sign}' cannot stand inside brackets. Write a keyword for each case.")
        elif sign.startswith("<"):
            options += [atoms for word in groups.get(sign[1:-1], ()) if (atoms := _phrase(word))]
        else:
            current += _atoms(sign)
    raise PatternError("a bracket is not closed. Add ')'.")


@lru_cache(maxsize=16384)  # the groups' words are read again for every pattern
def _phrase(text: str) -> tuple[Atom, ...]:
    return tuple(atom for sign in _SIGN.findall(text) for atom in _atoms(sign))


@lru_cache(maxsize=1024)
def _atoms(sign: str) -> tuple[Atom, ...]:
    if sign.isascii() and sign.isalpha():
        return (Atom(sign),)
    if sign == "#":
        return (Atom("#"),)
    exact = sign.startswith("=")
    part: Part = "first" if sign.endswith("-") else "last" if sign.startswith("-") else "whole"
    return tuple(Atom(word, exact, part) for word in tokens(sign.strip("=-")) if word[0].isalnum())


def _sequences(slots: list[list[tuple[Atom, ...]]], joins: list[str]) -> list[Sequence]:
    ordered = "+" not in joins
    if not ordered and "..." in joins:
        raise PatternError("'+' and '...' cannot stand in one keyword. Write two keywords.")
    spellings = [_spellings(slot) for slot in slots]
    if prod(len(spelling) for spelling in spellings) > MOST_SEQUENCES:
        raise PatternError("its alternatives multiply to too many phrases. Write several keywords.")
    found = []
    for spelling in product(*spellings):
        choices: list[Choices] = []
        gaps: list[int] = []
        for join, part in zip(["", *joins], spelling, strict=True):
            gaps += [NEAR if join == " " else GAP] if choices else []
            gaps += [NEAR] * (len(part) - 1)
            choices += part
        found.append(Sequence(tuple(choices), tuple(gaps), ordered))
    return found


def _spellings(slot: list[tuple[Atom, ...]]) -> list[tuple[Choices, ...]]:
    """Return as few spellings as stand for all options; those that differ in one word are one.

    "(lost my job|lost his job|lost their flat)" are two: lost (my|his) job, and lost their flat.
    """
    if max(map(len, slot)) == 1:  # as in most
        return [(tuple(dict.fromkeys([option[0] for option in slot])),)]
    spellings: list[tuple[Choices, ...]] = [tuple([(atom,) for atom in option]) for option in dict.fromkeys(slot)]
    for place in reversed(range(max(map(len, spellings)))):
        if len(spellings) == 1:
            break
        alike: dict[object, list[tuple[Choices, ...]]] = {}
        for spelling in spellings:
            alike.setdefault((spelling[:place], spelling[place + 1 :], len(spelling) > place), []).append(spelling)
        spellings = [_merged(some, place) for some in alike.values()]
    return spellings


def _merged(spellings: list[tuple[Choices, ...]], place: int) -> tuple[Choices, ...]:
    """Return spellings that are alike but for one place as one."""
    first = spellings[0]
    if len(spellings) == 1:
        return first
    choices = tuple(dict.fromkeys([atom for spelling in spellings for atom in spelling[place]]))
    return (*first[:place], choices, *first[place + 1 :])
