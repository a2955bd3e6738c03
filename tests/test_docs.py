"""What the documents say is true: every command and setting is there, links lead somewhere, examples come out so."""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from bot import cli
from bot.console.evaluating import LEGEND
from bot.model import Outcome
from bot.routing.decide import Router
from bot.routing.durations import load_duration
from bot.routing.explain import explain
from bot.routing.office_rules import Retention
from bot.services.desk.which import HOLD
from bot.services.keeping.expiring import REMEMBER_UPDATES
from bot.services.keeping.retention import KEEP_SENT
from bot.services.people.former_contacts import KEEP
from bot.services.people.invitations import VALID
from bot.services.rules.rules_file import load_rules_file
from bot.settings import Settings
from tests.support.rulebook import all_texts
from tests.support.rules import make_rules
from tests.support.stage import said

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
HANDBOOK = (ROOT / "docs" / "handbuch.md").read_text("utf-8")
DELETION = (ROOT / "docs" / "datenschutz" / "loeschkonzept.md").read_text("utf-8")
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
COMMANDS: dict[str, typer.core.TyperCommand] = get_command(cli.app).commands  # type: ignore[attr-defined]


def section(document: str, title: str) -> str:
    """Return what stands under a heading, up to the next one of its kind."""
    _, _, rest = document.partition(f"\n## {title}\n")
    assert rest, f"there is no section {title!r}"
    return re.split(r"\n## ", rest)[0]


def rows(text: str) -> list[list[str]]:
    """Return a table's rows without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


# ------------------------------------------------------------ commands


def test_the_readme_explains_every_command_and_no_other() -> None:
    named = {re.match(r"`([a-z-]+)", row[0])[1] for row in rows(section(README, "Commands"))}  # type: ignore[index]

    assert named == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_every_option_and_no_other(name: str) -> None:
    table = [row[0] for row in rows(section(README, "Commands")) if re.match(rf"`{name}[ `]", row[0])]
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")}

    assert {option for cell in table for option in re.findall(r"--[a-z-]+", cell)} == options - {"--help"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_commands_named_anywhere_are_there(path: Path) -> None:
    named = set(re.findall(r"python -m bot ([a-z-]+)", path.read_text("utf-8")))

    assert named <= set(COMMANDS)


def test_what_can_be_made_is_in_the_makefile() -> None:
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    for path in DOCUMENTS:
        assert set(re.findall(r"`make ([a-z]+)", path.read_text("utf-8"))) <= made


def test_the_readme_explains_every_figure_as_the_command_does() -> None:
    table = rows(section(README, "Who answers what"))

    assert {figure.replace("`", ""): meaning.replace("`", "") for figure, meaning in table} == LEGEND


def test_the_readme_draws_every_module_where_it_is() -> None:
    [drawn] = re.findall(r"```\nbot/\n(.*?)```", section(README, "How it is built"), re.DOTALL)
    named = {name.split("/")[0] for name in re.findall(r"[a-z_]+(?:\.py|(?:/[a-z]+)*/)", drawn)}
    there = {path.name for path in (ROOT / "bot").iterdir() if not path.name.startswith(("__", "."))} - {"py.typed"}

    assert named == there


# ------------------------------------------------------------ privacy


def retention_rows() -> Iterator[tuple[str, str]]:
    """Yield what the deletion concept says: the rules' key, and the length in words."""
    for _, length, key, _ in rows(section(DELETION, "Von selbst")):
        if key != "–":
            yield key.strip("`"), length


def test_the_deletion_concept_names_every_length_that_can_be_set() -> None:
    assert {key for key, _ in retention_rows()} == {
        "dialogue.hold",
        *(f"privacy.retention.{name}" for name in Retention.model_fields),
    }


@pytest.mark.parametrize(("key", "length"), list(retention_rows()))
def test_the_deletion_concept_names_the_lengths_that_hold_by_default(key: str, length: str) -> None:
    for rules in (make_rules(), shipped().rules):
        value: Any = rules
        for name in key.split("."):
            value = getattr(value, name)
        assert all_texts().span("de", load_duration(value).elapsed()) == length


FIXED = [
    ("Einladungen", VALID),
    ("Mitteilungen des Bots", KEEP_SENT),
    ("Nachricht einer Ansprechperson", HOLD),
    ("Prüfsumme und Zeit", REMEMBER_UPDATES),
    ("Angaben zu einer Ansprechperson", KEEP),
]


@pytest.mark.parametrize(("what", "length"), FIXED, ids=[row[0] for row in FIXED])
def test_the_deletion_concept_names_the_lengths_that_are_fixed(what: str, length: timedelta) -> None:
    [said_length] = [row[1] for row in rows(section(DELETION, "Von selbst")) if row[0].startswith(what)]

    hours = length.total_seconds() / 3600
    assert said_length in (f"{hours:.0f} Stunden", f"{hours / 24:.0f} Tage")


# ------------------------------------------------------------ settings


def setting_rows() -> Iterator[tuple[str, str]]:
    for names, default, _ in rows(section(README, "Settings")):
        for name in re.findall(r"`([A-Z_]+)`", names):
            yield name, default.strip("`")


def test_the_readme_explains_every_setting_and_no_other() -> None:
    assert {name for name, _ in setting_rows()} == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize(("name", "default"), list(setting_rows()))
def test_the_readme_names_the_default(name: str, default: str) -> None:
    real = Settings.model_fields[name.lower()].default

    assert default == ("–" if real is None else str(real))


# ------------------------------------------------------------ links, labels, examples


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_links_within_the_project_lead_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    links = [*re.findall(r"\]\(([^)#\s]+)", text), *re.findall(r'src="([^"]+)"', text)]

    assert [link for link in links if "://" not in link and not (path.parent / link).exists()] == []


LABELS = ["btn-go-on", "btn-other-topic", "btn-withdraw", "btn-take", "btn-done", "btn-hand", "btn-more"]


@pytest.mark.parametrize("key", LABELS)
def test_the_readme_names_buttons_as_they_are_labelled(key: str) -> None:
    assert said(key) in section(README, "One exchange")


@pytest.mark.parametrize("key", ["btn-take", "btn-done", "btn-hand", "btn-more"])
def test_the_handbook_explains_the_cards_buttons(key: str) -> None:
    [row] = [row for row in rows(HANDBOOK) if row[0] == f"**{said(key)}**"]

    assert all(row)


@cache
def shipped() -> Router:
    return Router(load_rules_file(ROOT / "routing_rules.yaml").rules)


def test_the_readmes_decision_comes_out_so() -> None:
    [(text, printed)] = re.findall(r'\$ python -m bot route "([^"]+)"\n(.*?)\n```', README, re.DOTALL)

    assert explain(shipped().decide(text), shipped().rules) == printed


def test_the_readmes_message_goes_where_the_readme_says() -> None:
    exchange = section(README, "One exchange")
    written = re.findall(r"^> (.+)$", exchange, re.MULTILINE)[0]
    decision = shipped().decide(written)
    words = dict.fromkeys(f"„{hit.found}“" for hit in decision.hits if hit.field == "wohnen")

    assert decision.fields[:1] == ("wohnen",)
    assert said("receipt-why", words=all_texts().together("de", list(words))) in exchange.replace("<br>", "")


def keyword_rows() -> Iterator[tuple[str, str, str]]:
    for cells in rows(section(HANDBOOK, "Regeln pflegen")):
        keyword = re.match(r"`([^`]+)`", cells[0])
        if keyword is not None and len(cells) == 3:
            yield keyword[1].strip('"'), cells[1], cells[2]


@pytest.mark.parametrize(("keyword", "fits", "does_not"), list(keyword_rows()))
def test_the_handbooks_keywords_fit_what_it_says(keyword: str, fits: str, does_not: str) -> None:
    router = Router(make_rules(fields={"wohnen": {"de": [{"word": keyword, "weight": 3}]}}))

    for sentence in re.findall(r"\*([^*]+)\*", fits):
        assert router.decide(sentence).outcome is Outcome.ROUTE, sentence
    for sentence in re.findall(r"\*([^*]+)\*", does_not):
        assert router.decide(sentence).hits == (), sentence


def test_there_are_keywords_in_the_handbook() -> None:
    assert len(list(keyword_rows())) >= 8
