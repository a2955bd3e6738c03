"""Which messages the bot is told of."""

from typing import Any

import pytest

from bot.playground import acts
from bot.playground.model import Json, Placing
from tests.playground.scene import Scene

PRIVACY: list[tuple[str, str, Json, bool]] = [
    ("small talk", "Guten Morgen", {}, False),
    ("command", "/hilfe", {}, True),
    ("command for this bot", "/hilfe@Anfragelotse_bot", {}, True),
    ("command for another bot", "/hilfe@andere_bot", {}, False),
    ("mention", "he @anfragelotse_bot", {}, True),
    ("reply to the bot", "danke", {"reply_to": 10}, True),
    ("reply to a person", "danke", {"reply_to": 11}, False),
]


@pytest.mark.parametrize(("label", "text", "placing", "seen"), PRIVACY, ids=[row[0] for row in PRIVACY])
def test_with_privacy_mode_a_member_sees_only_what_is_meant_for_it(
    scene: Scene, label: str, text: str, placing: Any, seen: bool
) -> None:
    scene.forum.bot_status = "member"
    acts.write(scene.world, 111, -1001, text, Placing(**placing))
    assert bool(scene.told()) is seen


def test_an_administrator_sees_everything(scene: Scene) -> None:
    acts.write(scene.world, 111, -1001, "Guten Morgen")
    assert len(scene.told()) == 1
