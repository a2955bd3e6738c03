"""Our routing as a contestant: warm as it runs, and cold, with every word forgotten before every text."""

from __future__ import annotations

from bench.timing import Contestant
from bot.routing.decide import Router
from bot.routing.match import Lexicon
from bot.routing.words import _snowball

COLD, WARM = "ours, cold", "ours, warm"
_LANGUAGES = ("de", "en", "fr", "ru", "ar", "tr")


def contestants(router: Router, suffix: str = "") -> list[Contestant]:
    """Return the two; each has words of its own, so that neither warms the other."""
    cold = Router.__new__(Router)
    cold.__dict__.update(router.__dict__)
    cold._reader = type(router._reader)(Lexicon(_index(router)), router.rules.weighing)
    return [
        Contestant(COLD + suffix, cold.decide, lambda: _forget(cold)),
        Contestant(WARM + suffix, router.decide),
    ]


def _forget(router: Router) -> None:
    """Let no word be known: neither its record nor, in the stemming library, its stem."""
    router._reader._lexicon = Lexicon(_index(router))
    for language in _LANGUAGES:
        stem = _snowball(language)
        stemmer = getattr(stem, "__self__", None)
        if stemmer is not None and (size := stemmer.maxCacheSize):
            stemmer.maxCacheSize = 0
            stemmer.maxCacheSize = size


def _index(router: Router) -> object:
    return router._reader._lexicon._index
