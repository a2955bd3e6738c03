"""The playground's page by keyboard, on small screens, and for eyes that need contrast."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.support.browser import browser_only, fresh_play, one_browser  # noqa: F401 - fixtures
from tests.support.page import BAKER, DESKTOP, HOUSING, LANDLADY, LAPTOP, WORK, Play

pytestmark = browser_only

# By keyboard


async def test_everything_can_be_done_without_a_mouse(play: Play) -> None:
    keyboard = play.page.keyboard
    await play.open()
    await play.field(LANDLADY).focus()
    await keyboard.type("Erste Zeile")
    await keyboard.press("Shift+Enter")
    await keyboard.type("zweite Zeile")
    await keyboard.press("Enter")
    await expect(play.messages(LANDLADY).first.locator(".text")).to_have_text("Erste Zeile\nzweite Zeile")
    await expect(play.messages(LANDLADY)).to_have_count(2)

    # To the messages: the receipt's buttons, then the receipt itself; up to one's own message, which can be changed.
    for _ in range(6):
        await keyboard.press("Shift+Tab")
        if await play.messages(LANDLADY).last.evaluate("node => node === document.activeElement"):
            break
    await keyboard.press("ArrowUp")
    await expect(play.messages(LANDLADY).first).to_be_focused()
    await keyboard.press("e")
    await expect(play.field(LANDLADY)).to_be_focused()
    await expect(play.field(LANDLADY)).to_have_value("Erste Zeile\nzweite Zeile")
    await keyboard.press("Escape")
    await expect(play.field(LANDLADY)).to_have_value("")

    await play.page.get_by_role("tab", name="Kontakt Wohnen").focus()
    await keyboard.press("ArrowLeft")
    await expect(play.phone(WORK)).to_be_visible()
    await keyboard.press("ArrowRight")
    await expect(play.phone(HOUSING)).to_be_visible()
    await play.messages(HOUSING).focus()
    await keyboard.press("r")
    await keyboard.type("Danke.")
    await keyboard.press("Enter")
    await expect(play.messages(LANDLADY).last).to_contain_text("Kontakt Wohnen: Danke.")


async def test_slash_opens_the_commands_and_escape_closes_them(play: Play) -> None:
    await play.open()
    await expect(play.page.locator(".bot-state")).to_have_text("Bot ist bereit")
    await play.field(BAKER).press("/")
    await expect(play.phone(BAKER).get_by_role("menuitem", name="/hilfe")).to_be_focused()
    await play.page.keyboard.press("Escape")
    await expect(play.phone(BAKER).get_by_role("menu")).to_have_count(0)
    await expect(play.phone(BAKER).get_by_role("button", name="Befehle")).to_be_focused()


async def test_each_control_has_a_name_and_each_text_enough_contrast(play: Play) -> None:
    await play.open()
    await play.inquire()
    controls = "[...document.querySelectorAll('button, a, textarea, input')]"
    nameless = f"{controls}.filter((node) => !node.ariaLabel && !node.textContent.trim())"
    assert await play.page.evaluate(f"{nameless}.map((node) => node.outerHTML)") == []
    check = (Path(__file__).parent / "contrast.js").read_text()
    for scheme in ("light", "dark"):
        await play.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        assert await play.page.evaluate(check) == [], scheme


# On a small screen


@pytest.mark.parametrize("width", [360, 390, 430])
async def test_a_phone_shows_one_part_at_a_time_and_never_scrolls_sideways(play: Play, width: int) -> None:
    await play.open({"width": width, "height": 800})
    await play.inquire()
    assert await play.overflow() == 0
    await expect(play.phone(HOUSING)).to_be_hidden()
    answers = play.page.get_by_role("button", name="Antworten, 1 neue Nachricht")
    await answers.click()
    await expect(play.phone(HOUSING)).to_be_visible()
    await expect(play.phone(LANDLADY)).to_be_hidden()
    assert await play.overflow() == 0
    await play.page.get_by_role("navigation").get_by_role("button", name="Zuordnung").click()
    await expect(play.page.locator(".entry")).to_be_visible()
    assert await play.overflow() == 0


@pytest.mark.parametrize("size", [DESKTOP, LAPTOP], ids=["desktop", "laptop"])
async def test_a_desktop_shows_the_whole_flow_without_scrolling(play: Play, size: dict[str, int]) -> None:
    await play.open(size)
    await play.inquire()
    for part in (play.field(LANDLADY), play.page.locator(".entry mark"), play.field(HOUSING)):
        await expect(part).to_be_in_viewport(ratio=1)
    assert await play.page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0
    assert await play.overflow() == 0
