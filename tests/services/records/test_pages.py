"""The pages a person and the official file get: accessible, without scripts, with nothing that is not words."""

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from bot.services.records import html
from bot.services.records.collect import collect_file, collect_person
from bot.services.records.file_page import write_file_page
from bot.services.records.own_page import write_own_page
from bot.services.records.wording import Wording
from bot.store import inquiries, people
from tests.support.browser import browser_only, one_browser  # noqa: F401 - a fixture
from tests.support.rulebook import TO_HOUSING
from tests.support.stage import Stage, raise_stage

REF = "2026-0001"
NASTY = "<img src=x onerror=\"document.title='hacked'\">"


async def written(stage: Stage, language: str) -> dict[str, str]:
    """Return both pages of somebody who used most of what there is."""
    maria, wohnen = await stage.inquirer("مريم", language), stage.contact("wohnen-kontakt")
    await maria.writes(f"{TO_HOUSING} {NASTY} flat")
    await wohnen.replies("// Nur für uns", to=wohnen.card(REF))
    await wohnen.replies("Gern", to=wohnen.card(REF))
    await maria.writes("/status")
    async with stage.database.transaction() as tx:
        turn = stage.dialogue.turn(tx)
        person = await people.find_by_address(tx, maria.address)
        assert person is not None
        own = json.loads(json.dumps(await collect_person(turn, person.id)))
        filed = json.loads(json.dumps(await collect_file(turn, await inquiries.get_by_reference(tx, REF))))
        wording = Wording(turn, language)
        return {"own": write_own_page(wording, own), "file": write_file_page(wording, filed, "0" * 64)}


@pytest_asyncio.fixture(name="page", loop_scope="session")
async def blank_page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(locale="de-DE")
    yield await context.new_page()
    await context.close()


class TestInTheBrowser:
    """What a reader's browser makes of them."""

    pytestmark = browser_only

    @pytest.mark.parametrize("language", ["de", "en"])
    @pytest.mark.parametrize("which", ["own", "file"])
    async def test_a_page_is_accessible_and_runs_nothing(self, page: Page, which: str, language: str) -> None:
        async with raise_stage() as stage:
            content = (await written(stage, language))[which]
        await page.set_content(content)
        title = await page.title()
        found = await Axe().run(page)

        assert found.violations_count == 0, found.generate_report()
        assert title != "hacked"
        assert await page.locator("img, script, link, iframe").count() == 0
        assert await page.locator("html").get_attribute("lang") == language
        assert await page.locator("h1").count() == 1

    async def test_a_page_fits_a_phone(self, page: Page) -> None:
        async with raise_stage() as stage:
            content = (await written(stage, "de"))["own"]
        await page.set_viewport_size({"width": 360, "height": 700})
        await page.set_content(content)

        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


async def test_every_event_and_delivery_on_the_page_is_in_words(stage: Stage) -> None:
    page = (await written(stage, "de"))["own"]

    assert "inquiry." not in page
    assert "edit_buttons" not in page
    for words in ("Zugeordnet", "Beantwortet", "Notiz", "gesendet"):
        assert words in page


def test_what_comes_from_outside_is_escaped_everywhere() -> None:
    nasty = "<b a='\"'>&"
    pieces = [
        html.paragraph(nasty),
        html.heading(2, nasty),
        html.facts([(nasty, nasty)]),
        html.message(nasty, nasty, own=True),
        html.table(nasty, [nasty], [[nasty]]),
        html.page(nasty, nasty, []),
    ]

    assert [piece for piece in pieces if "<b" in piece.replace("<body", "")] == []


@pytest.mark.parametrize(("language", "side"), [("de", "ltr"), ("ar", "rtl"), ("fa-AF", "rtl")])
def test_a_page_is_written_from_the_side_its_language_is(language: str, side: str) -> None:
    assert f'<html lang="{language}" dir="{side}">' in html.page(language, "Titel", [])


def test_a_fact_without_a_value_and_a_table_without_rows_are_left_out() -> None:
    assert html.facts([("a", None)]) == ""
    assert html.table("a", ["b"], []) == ""
