"""What is wrong with the texts is told before anybody waits for one that cannot be said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.texts.faults import find_faults
from tests.support.rulebook import all_texts, make_texts

TEXTS = all_texts()


def test_emergency_numbers_that_cannot_be_said_are_told(tmp_path: Path) -> None:
    (tmp_path / "emergency").mkdir()
    (tmp_path / "emergency" / "uk.ftl").write_text("emergency = { $\n", "utf-8")

    [fault] = find_faults(make_texts(tmp_path, de="hello = Guten Tag\n"), ["de"])

    assert str(fault).startswith("bot/texts/emergency/uk.ftl: cannot be said.")


FAULTY_TEXTS = [
    # label, German, English, faults
    ("none", "hello = Guten Tag\n", "hello = Hello\n", []),
    ("missing", "hello = Guten Tag\nbye = Tschüss\n", "hello = Hello\n", ["en.ftl: 'bye' is missing."]),
    ("unknown", "hello = Guten Tag\n", "hello = Hello\nbye = Bye\n", ["en.ftl: 'bye' is not in de.ftl."]),
    (
        "other values",
        "hello = Guten Tag { $name }\n",
        "hello = Hello { $nam }\n",
        ["en.ftl: 'hello' fills in other things than de.ftl. Use: $name."],
    ),
    ("superfluous value", "hello = Tag\n", "hello = Hello { $name }\n", ["en.ftl: 'hello' fills in other things"]),
    (
        "a term missing",
        "-numbers = 112\nhello = Tag { -numbers }\n",
        "hello = Hello { -numbers }\n",
        ["en.ftl: '-numbers' is missing."],
    ),
    (
        "a term misspelt",
        "-numbers = 112\nhello = Tag { -numbers }\n",
        "-numbers = 112\nhello = Hello { -number }\n",
        ["en.ftl: 'hello' refers to '-number', which is not there."],
    ),
    (
        "a text referred to, nowhere",
        "hello = Tag\nbye = { hello }\n",
        "hello = Hello\nbye = { helo }\n",
        ["en.ftl: 'bye' refers to 'helo', which is not there."],
    ),
    (
        "unreadable",
        "hello = Guten Tag\nbye = Tschüss\n",
        "hello = Hello\nbye = { $\n",
        ["en.ftl:2: cannot be read.", "en.ftl: 'bye' is missing."],
    ),
]


@pytest.mark.parametrize(("label", "german", "english", "told"), FAULTY_TEXTS, ids=[row[0] for row in FAULTY_TEXTS])
def test_faults_of_a_translation_are_told_together(
    tmp_path: Path, label: str, german: str, english: str, told: list[str]
) -> None:
    faults = [str(fault) for fault in find_faults(make_texts(tmp_path, de=german, en=english), ["de", "en"])]

    assert len(faults) == len(told)
    for fault, begins in zip(faults, told, strict=True):
        assert fault.startswith(f"bot/texts/{begins}")


def test_a_language_without_a_file_is_told() -> None:
    [fault] = find_faults(replace(TEXTS, bundles={"de": TEXTS.bundles["de"]}), ["de", "en"])

    assert str(fault).startswith("bot/texts/en.ftl: is not there.")
    assert str(fault).endswith("keep to the languages there are: de.")
