"""Corrections → keywords worth adding, each tried out on everything known before it is proposed.

A candidate is a word, or two words side by side, that the rules do not use yet and that corrected messages of one field
share. It is proposed only if adding it would have placed corrected messages rightly; what else it would change is
counted on the rules' own examples and on what was decided before. Nothing here changes the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.model import RoutingDecision
from bot.routing.decide import Router
from bot.routing.rules import Keyword, Rules, without_words
from bot.routing.words import bare, normal, tokens

LEAST_EVIDENCE = 2  # inquiries; a single one proves nothing, and could give its writer away
LEAST_PURITY = 0.8  # of the messages with these words, how many belong to the field
SHORTEST = 4  # letters
MOST_TRIED = 30  # candidates tried out, best first; each costs compiling the rules once


@dataclass(frozen=True)
class Decided:
    """A message and the field it belongs to after all; `corrected` if routing alone had not placed it there."""

    name: str
    text: str
    field: str
    corrected: bool


@dataclass(frozen=True)
class Suggestion:
    """A keyword worth adding.

    Attributes:
        seen_in: the names of the field's messages that hold it.
        placed: those of the corrected ones that would have gone to the field at once.
        displaced: other messages, decided before, that would go elsewhere than they belong.
        broken: the rules' own examples that would be decided otherwise than they stand.
    """

    field: str
    language: str
    keyword: str
    seen_in: tuple[str, ...]
    placed: tuple[str, ...]
    displaced: tuple[str, ...]
    broken: tuple[str, ...]


Progress = Callable[[Sequence[tuple[str, str]]], Iterable[tuple[str, str]]]


def suggest_keywords(
    router: Router, decided: Sequence[Decided], progress: Progress = lambda tries: tries
) -> list[Suggestion]:
    """Return keywords worth adding, the most useful and least harmful first.

    Args:
        progress: wraps the candidates while they are tried out, for a progress bar.
    """
    rules = router.rules
    known = [one for one in decided if one.field in rules.fields]
    before = {one.name: router.decide(one.text) for one in known}
    holders = _holders(known, router)
    suggestions = [
        suggestion
        for keyword, field in progress(_candidates(holders, {one.name: one.field for one in known}))
        if (suggestion := _try(rules, keyword, field, known, before, holders[keyword])) is not None
    ]
    return sorted(suggestions, key=lambda one: (len(one.displaced) + len(one.broken), -len(one.placed), one.keyword))


def _holders(known: Sequence[Decided], router: Router) -> dict[str, list[str]]:
    """Return word or pair of words → the messages that hold it, each once."""
    common = {bare(normal(word)) for words in router.rules.everyday.values() for word in words}
    holders: dict[str, list[str]] = {}
    for one in known:
        used = {bare(normal(word)) for hit in router.decide(one.text).hits for word in tokens(hit.found)}
        for phrase in dict.fromkeys(_phrases(one.text, common, used)):
            holders.setdefault(phrase, []).append(one.name)
    return holders


def _phrases(text: str, *passed_over: set[str]) -> Iterator[str]:
    """Yield a text's telling words, in lower case, and pairs of them; what is passed over is in its bare form."""
    last: str | None = None
    for token in tokens(text):
        word = token.casefold()
        form = bare(normal(word))
        telling = len(word) >= SHORTEST and word[0].isalpha() and not any(form in words for words in passed_over)
        if telling:
            yield word
            if last is not None:
                yield f"{last} {word}"
        last = word if telling else None


def _candidates(holders: dict[str, list[str]], field_of: dict[str, str]) -> list[tuple[str, str]]:
    """Return what is worth trying, with its field: shared by enough messages, nearly all of one field."""
    found = []
    for phrase, names in holders.items():
        field, count = Counter(field_of[name] for name in names).most_common(1)[0]
        if count >= LEAST_EVIDENCE and count / len(names) >= LEAST_PURITY:
            found.append((count, phrase, field))
    # A single word before a pair with it: it is simpler, and finds more.
    found.sort(key=lambda one: (-one[0], " " in one[1], one[1]))
    return [(phrase, field) for _, phrase, field in found[:MOST_TRIED]]


def _try(
    rules: Rules,
    keyword: str,
    field: str,
    known: Sequence[Decided],
    before: dict[str, RoutingDecision],
    holders: list[str],
) -> Suggestion | None:
    """Decide everything known with the keyword added; None if it would place nothing rightly."""
    own = {one.name: one for one in known}
    language = _language(before[name] for name in holders if own[name].field == field) or "de"
    router = Router(with_keyword(rules, field, language, keyword))
    # Where the keyword by itself is not found, nothing changes; to look for it alone costs next to nothing.
    alone = Router(with_keyword(_wordless(rules), field, language, keyword))
    after = {
        name: router.decide(one.text) if alone.decide(one.text).hits else before[name] for name, one in own.items()
    }
    placed = tuple(
        one.name
        for one in known
        if one.corrected and one.field == field and _lead(after[one.name]) == field != _lead(before[one.name])
    )
    if not placed:
        return None
    displaced = tuple(
        one.name
        for one in known
        if _lead(after[one.name]) not in (one.field, _lead(before[one.name])) and _lead(after[one.name]) is not None
    )
    seen_in = tuple(name for name in holders if own[name].field == field)
    return Suggestion(field, language, keyword, seen_in, placed, displaced, tuple(_broken(router)))


def with_keyword(rules: Rules, field: str, language: str, keyword: str) -> Rules:
    """Return the rules with one more keyword."""
    rule = rules.fields[field]
    words = (*rule.keywords.get(language, ()), Keyword(word=keyword))
    changed = rule.model_copy(update={"keywords": {**rule.keywords, language: words}})
    return rules.model_copy(update={"fields": {**rules.fields, field: changed}})


def _wordless(rules: Rules) -> Rules:
    """Return the rules without their words, but with all by which words are recognised."""
    return without_words(rules).model_copy(update={"dialect": rules.dialect, "places": ()})


def _broken(router: Router) -> Iterator[str]:
    """Yield the rules' own examples that are not decided as they stand."""
    for field, rule in router.rules.fields.items():
        for examples in rule.examples.values():
            yield from (example for example in examples if _lead(router.decide(example)) != field)
    for topic in router.rules.topics.values():
        for examples in topic.examples.values():
            yield from (example for example in examples if _lead(router.decide(example)) is not None)


def _lead(decision: RoutingDecision) -> str | None:
    return decision.fields[0] if decision.fields else None


def _language(decisions: Iterable[RoutingDecision]) -> str | None:
    spoken = Counter(decision.language for decision in decisions if decision.language is not None)
    return spoken.most_common(1)[0][0] if spoken else None
