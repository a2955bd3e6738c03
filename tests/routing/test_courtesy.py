"""Thanks and greetings are told from inquiries, in all languages of the shipped rules."""

from pathlib import Path

import pytest

from bot.routing.courtesy import Courtesies
from bot.routing.load import load_rules

RULES = Path(__file__).parents[2] / "routing_rules.yaml"


@pytest.fixture(scope="module")
def courtesies() -> Courtesies:
    return Courtesies(load_rules(RULES.read_text("utf-8"), RULES.name))


@pytest.mark.parametrize(
    "text",
    [
        "Danke!",
        "DANKE SCHOEN",
        "Vielen Dank für Ihre Hilfe 🙏",
        "Ok, super. Schönes Wochenende!",
        "Grüß Gott",
        "Thank you so much for your help",
        "D'accord, merci",
        "Дякую за допомогу!",
        "Спасибо большое",
        "شكراً جزيلاً",
        "Çok teşekkür ederim",
        "🙏",
        "👍🏽 ❤️",
        "🇺🇦!",
    ],
)
def test_nothing_but_kindness(courtesies: Courtesies, text: str) -> None:
    assert courtesies.is_all(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?",
        "⁉️",
        "👍❓",
        "🆘",
        "1️⃣",
        "🚨🚨",
        "...",
        "> Danke",
        "\u200b",
        "Hilfe!",
        "Danke, und wann ist der Termin?",
        "Guten Tag, ich suche Arbeit",
        "für Ihre Hilfe Wohnung",
        "Ja",
    ],
)
def test_everything_else_is_an_inquiry(courtesies: Courtesies, text: str) -> None:
    assert not courtesies.is_all(text)
