"""The privacy notice as a page: whole without anything else, safe, and accessible to everybody."""

import re
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

from bot.console.noticing import write_page
from bot.errors import FaultsError
from bot.services.rules.notice_text import full_notice
from tests.support.browser import browser_only, one_browser  # noqa: F401 - a fixture
from tests.support.rulebook import all_texts, make_book

TEXTS = all_texts()


def page_of(changes: dict[str, Any] | None = None, language: str | None = None) -> str:
    return write_page(make_book(changes), TEXTS, language)


def test_all_languages_of_the_office_stand_on_it_each_marked_as_such() -> None:
    page = page_of()

    assert re.findall(r'<article id="(\w+)" lang="(\w+)" dir="ltr">', page) == [("de", "de"), ("en", "en")]
    for language in ("de", "en"):
        for section in full_notice(TEXTS, make_book().rules, language):
            assert f"<h2>{section.title}</h2>" in page


def test_one_language_alone_needs_no_links_to_others() -> None:
    page = page_of(language="en")

    assert '<html lang="en" dir="ltr">' in page
    assert "<nav>" not in page
    assert 'lang="de"' not in page


def test_a_language_the_office_does_not_speak_is_a_fault() -> None:
    with pytest.raises(FaultsError, match=r"--language: the office does not speak 'fr'. Known: de, en."):
        page_of(language="fr")


def test_what_the_rules_say_is_text_and_never_markup() -> None:
    page = page_of({"privacy": {"controller": "<script>alert(1)</script> & Co"}, "office": {"name": "<b>Amt</b>"}})

    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in page


def test_it_asks_nothing_of_anybody_and_carries_no_invisible_marks() -> None:
    page = page_of()

    assert re.findall(r"https?:|src=|@import|url\(", page) == []
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in page
    assert "\u2068" not in page


def test_it_names_its_version() -> None:
    assert f"Fassung {make_book().notice_version}</small>" in page_of()


@pytest.mark.browser
class TestInABrowser:
    """Apart, for only these need Chromium."""

    pytestmark = browser_only

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    async def test_nothing_keeps_anybody_from_reading_it(self, browser: Browser, scheme: Any) -> None:
        context = await browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 640})
        page = await context.new_page()
        await page.set_content(page_of({"office": {"languages": ["de", "en"]}}))

        found = await Axe().run(page)
        widths = await page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        await context.close()

        assert [(one["id"], one["help"]) for one in found.response["violations"]] == []
        assert widths[0] <= widths[1], "nothing has to be scrolled sideways on a narrow phone"
