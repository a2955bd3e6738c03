"""YAML text → nodes."""

from __future__ import annotations

import pytest
import yaml

from bot.routing.report import Report
from bot.routing.yaml_source import compose

# Each begins like something YAML has a name or a form for, or is it.
VALUES = """
    no No NO yes Yes on Off true FALSE false null Null nULL ~ y n Y
    falsehood Offenheit Yesterday nullen nothing onwards trueish falsee
    5 -5 5.5 .5 0x1F 1e3 12_000 -.inf .inf .nan .NaN 2026-02-16 8:00 08336050 = =Stelle << . -kurs 3D
    "no" 'null' "5"
"""


@pytest.mark.parametrize("value", VALUES.split())
def test_a_value_is_taken_for_what_yaml_takes_it_for(value: str) -> None:
    assert tag(value, swift=True) == tag(value, swift=False)


@pytest.mark.parametrize("value", ["no one knows", "true or false", "2026-02-16 08:00:00", "Nein danke", "on 5 May"])
def test_several_words_are_too(value: str) -> None:
    assert tag(value, swift=True) == tag(value, swift=False)


def tag(value: str, *, swift: bool) -> str:
    text = f"- {value}"
    node = compose(text, Report("rules.yaml")) if swift else yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(node, yaml.SequenceNode)
    found: str = node.value[0].tag
    return found
