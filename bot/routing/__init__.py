"""Routing: text in, decision out. Pure: no input or output, no clock, nothing asynchronous.

May import `bot.model` and `bot.errors`. `yaml` is imported in `yaml_source` only, `rapidfuzz` in `match`, the stemming
library in `words` and tries in `rows`.

Example:
    >>> from pathlib import Path
    >>> from bot.routing.decide import Router
    >>> from bot.routing.load import load_rules
    >>> router = Router(load_rules(Path("routing_rules.yaml").read_text("utf-8"), "routing_rules.yaml"))
    >>> router.decide("Bei uns steht die Einliegerwohnung leer").fields
    ('wohnen',)
"""
