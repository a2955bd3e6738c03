"""The playground's page in a real browser, against the real stand-in and a small scripted bot."""

import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.playground.control import Injected
from bot.playground.model import Person
from bot.playground.server import Playground, serving
from bot.playground.world import World
from tests.support.scripted_bot import ScriptedBot, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(
        CHROMIUM is None,
        reason="NO CHROMIUM: the playground's page is NOT tested. On Debian and Ubuntu: apt install chromium",
    ),
]

DESKTOP = {"width": 1440, "height": 900}
LAPTOP = {"width": 1280, "height": 720}
LANDLADY = Person(
    1001, "Vermieterin", caption="möchte helfen", samples=("Unsere Wohnung steht leer", "Ich helfe gern"), opened=True
)
BAKER = Person(1002, "Bäckerei", caption="hat Stellen zu bieten", samples=("Wir suchen jemanden",), opened=True)
NEWCOMER = Person(1003, "Neu hier", caption="schreibt Ukrainisch", language="uk", samples=("Шукаю курс",), opened=True)
HOUSING = Person(2001, "Kontakt Wohnen", role="contact", caption="Wohnen", opened=True)
WORK = Person(2002, "Kontakt Arbeit", role="contact", caption="Arbeit", opened=True)
CAST = (LANDLADY, BAKER, NEWCOMER, WORK, HOUSING)
# A picture of one pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@dataclass
class Play:
    """The page with what stands behind it."""

    page: Page
    playground: Playground
    bot: ScriptedBot

    def phone(self, person: Person) -> Locator:
        return self.page.locator(f".phone[data-person='{person.id}']")

    def field(self, person: Person) -> Locator:
        return self.phone(person).get_by_role("textbox")

    def messages(self, person: Person) -> Locator:
        return self.phone(person).locator("article")

    async def open(self, size: dict[str, int] = DESKTOP) -> None:
        await self.page.set_viewport_size(size)  # type: ignore[arg-type]
        await self.page.goto(self.playground.url)
        await expect(self.page.locator(".phone").first).to_be_attached()

    async def write(self, person: Person, text: str) -> None:
        await self.field(person).fill(text)
        await self.field(person).press("Enter")

    async def inquire(self) -> None:
        """Let the landlady write, and wait until her inquiry is with the contact."""
        await self.write(LANDLADY, "Unsere Wohnung steht leer")
        await expect(self.messages(HOUSING)).to_have_count(1)


@pytest_asyncio.fixture(loop_scope="module")
async def play(browser: Browser) -> AsyncIterator[Play]:
    world = World()
    for person in CAST:
        world.add_person(person)
    log: list[Any] = []

    async def start_afresh() -> None:
        log.clear()

    playground = Playground(world, Injected(on_reset=start_afresh, log_source=lambda: log))
    context = await browser.new_context(locale="de-DE", reduced_motion="reduce")
    page = await context.new_page()
    faults: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    async with serving(playground):
        bot = ScriptedBot(playground, HOUSING)
        bot.log = log
        page.on("request", lambda request: asked.append(request.url))
        async with running(bot):
            yield Play(page, playground, bot)
            await context.close()
    assert faults == []
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []


# The flow


async def test_an_inquiry_reaches_the_contact_and_the_answer_comes_back(play: Play) -> None:
    await play.open()
    await expect(play.phone(HOUSING)).to_be_hidden()
    await play.phone(LANDLADY).get_by_role("button", name="Unsere Wohnung steht leer").click()

    await expect(play.phone(LANDLADY)).to_contain_text("2026-0001 ist bei Kontakt Wohnen")
    await expect(play.phone(HOUSING)).to_be_visible()  # came to the front by itself
    await expect(play.messages(HOUSING)).to_contain_text("Unsere Wohnung steht leer")

    await play.messages(HOUSING).hover()
    await play.messages(HOUSING).get_by_role("button", name="Antworten").click()
    await expect(play.phone(HOUSING).locator(".banner")).to_contain_text("Antwort an Anfragelotse")
    await play.write(HOUSING, "Wie groß ist sie?")

    answer = play.messages(LANDLADY).last
    await expect(answer).to_contain_text("Kontakt Wohnen: Wie groß ist sie?")
    await expect(answer.locator(".quote")).to_contain_text("Unsere Wohnung steht leer")
    await expect(play.messages(HOUSING).last.locator(".quote")).to_contain_text("2026-0001")


async def test_a_contact_who_is_writing_is_not_pushed_aside(play: Play) -> None:
    await play.open()
    await play.field(WORK).fill("Ich schreibe gerade")
    await play.write(LANDLADY, "Unsere Wohnung steht leer")

    tab = play.page.get_by_role("tab", name="Kontakt Wohnen")
    await expect(tab).to_have_accessible_name("Kontakt Wohnen, 1 neue Nachricht")
    await expect(play.phone(WORK)).to_be_visible()
    await tab.click()
    await expect(play.phone(HOUSING)).to_be_visible()
    await expect(tab).to_have_accessible_name("Kontakt Wohnen")


async def test_a_pressed_button_shows_the_answer_and_the_new_buttons(play: Play) -> None:
    await play.open()
    await play.inquire()
    await play.phone(HOUSING).get_by_role("button", name="Übernehmen").click()

    await expect(play.phone(HOUSING).get_by_role("status")).to_contain_text("Übernehmen: gut.")
    await expect(play.phone(HOUSING).get_by_role("button", name="Erledigt")).to_be_visible()
    await expect(play.phone(HOUSING).get_by_role("button", name="Übernehmen")).to_have_count(0)


async def test_an_alert_waits_until_it_was_read(play: Play) -> None:
    await play.open()
    await play.inquire()
    await play.phone(LANDLADY).get_by_role("button", name="Zurückziehen").click()

    dialog = play.page.get_by_role("dialog", name="Vermieterin")
    await expect(dialog).to_contain_text("Zurückziehen: gut.")
    await dialog.get_by_role("button", name="Verstanden").click()
    await expect(dialog).to_have_count(0)


async def test_an_edit_is_marked_and_reaches_the_contact(play: Play) -> None:
    await play.open()
    await play.inquire()
    await play.field(LANDLADY).press("ArrowUp")
    await expect(play.field(LANDLADY)).to_have_value("Unsere Wohnung steht leer")
    await play.write(LANDLADY, "Unsere Wohnung in Kandern steht leer")

    await expect(play.messages(LANDLADY).first).to_contain_text("bearbeitet")
    await expect(play.messages(LANDLADY).first).to_contain_text("in Kandern")
    await expect(play.messages(HOUSING).last).to_contain_text("Geändert: Unsere Wohnung in Kandern steht leer")
    await expect(play.field(LANDLADY)).to_have_value("")


async def test_a_photo_with_its_caption_arrives_as_a_picture(play: Play) -> None:
    await play.open()
    await play.field(LANDLADY).fill("Das Wohnzimmer")
    picture = {"name": "zimmer.png", "mimeType": "image/png", "buffer": PIXEL}
    await play.phone(LANDLADY).locator("input[data-kind=photo]").set_input_files(picture)  # type: ignore[arg-type]

    own = play.messages(LANDLADY).first
    await expect(own).to_contain_text("Das Wohnzimmer")
    await expect(play.field(LANDLADY)).to_have_value("")
    copied = play.messages(HOUSING).last.get_by_role("img")
    await expect(copied).to_be_visible()
    await expect(copied).to_have_js_property("naturalWidth", 1)


@pytest.mark.parametrize("kind", ["Sticker", "Sprachnachricht", "Standort", "Kontaktkarte"])
async def test_samples_of_other_kinds_are_sent_from_the_menu(play: Play, kind: str) -> None:
    await play.open()
    await play.phone(BAKER).get_by_role("button", name="Anhängen").click()
    await play.phone(BAKER).get_by_role("menuitem", name=kind).click()
    await expect(play.messages(BAKER).first.locator(".attachment")).to_contain_text(kind)


async def test_commands_come_from_the_bot_and_are_sent_with_one_tap(play: Play) -> None:
    await play.open()
    await play.phone(BAKER).get_by_role("button", name="Befehle").click()
    await play.phone(BAKER).get_by_role("menuitem", name="/hilfe").click()
    await expect(play.messages(BAKER).last).to_contain_text("So geht es.")


async def test_the_panel_says_why(play: Play) -> None:
    await play.open()
    await expect(play.page.locator("#log")).to_contain_text("Noch keine Anfrage")
    await play.inquire()
    entry = play.page.locator(".entry")
    for words in (
        "2026-0001",
        "offen",
        "Wohnen",
        "Einliegerwohnung",
        "Stichwort Wohnung",
        "Teil des Wortes",
        "Gesellschaft",
        "Bürgerin oder Bürger",
        "bietet etwas an",
        "Kandern",
        "Deutsch",
        "a81c0f",
        "Zugeordnet",
    ):
        await expect(entry).to_contain_text(words)
    await play.page.get_by_role("tab", name="Kontakt Arbeit").click()
    await entry.get_by_role("button", name="Kontakt Wohnen").click()
    await expect(play.phone(HOUSING)).to_be_visible()


# What people wrote stays what they wrote


async def test_markup_in_a_message_is_shown_and_never_run(play: Play) -> None:
    attack = "<img src=x onerror=\"document.title='hacked'\"><b>fett</b>"
    await play.open()
    await play.write(LANDLADY, attack)

    await expect(play.messages(LANDLADY).first.locator(".text")).to_have_text(attack)
    await expect(play.messages(HOUSING)).to_contain_text(attack)
    await expect(play.page.locator(".text img, .quote img, .text b")).to_have_count(0)
    await expect(play.page).to_have_title(re.compile("Anfragelotse"))


async def test_bold_begins_at_the_right_letter_after_an_emoji(play: Play) -> None:
    await play.open()
    await play.inquire()
    await expect(play.messages(LANDLADY).last.locator("strong").last).to_have_text("2026-0001")


async def test_arabic_runs_from_right_to_left(play: Play) -> None:
    await play.open()
    await play.write(NEWCOMER, "أبحث عن شقة")
    text = play.messages(NEWCOMER).first.locator(".text")
    assert await text.evaluate("node => getComputedStyle(node).direction") == "rtl"


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
    nameless = "[...document.querySelectorAll('button, a, textarea, input')].filter((node) => !node.ariaLabel && !node.textContent.trim())"
    assert await play.page.evaluate(f"{nameless}.map((node) => node.outerHTML)") == []
    check = (Path(__file__).parent / "contrast.js").read_text()
    for scheme in ("light", "dark"):
        await play.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        assert await play.page.evaluate(check) == [], scheme


# Over time


async def test_a_reload_keeps_conversations_drafts_and_the_open_contact(play: Play) -> None:
    await play.open()
    await play.inquire()
    await play.messages(LANDLADY).last.focus()
    await play.page.keyboard.press("r")
    await play.page.keyboard.type("Noch nicht fertig")
    await play.page.get_by_role("button", name="English").click()
    await play.page.reload()

    await expect(play.messages(LANDLADY)).to_have_count(2)
    await expect(play.field(LANDLADY)).to_have_value("Noch nicht fertig")
    await expect(play.phone(LANDLADY).locator(".banner")).to_contain_text("Reply to Anfragelotse")
    await expect(play.phone(HOUSING)).to_be_visible()
    await expect(play.page.get_by_role("heading", name="What the bot understood")).to_be_visible()


async def test_starting_afresh_asks_first(play: Play) -> None:
    await play.open()
    await play.inquire()
    dialog = play.page.get_by_role("dialog", name="Neu beginnen?")
    await play.page.get_by_role("button", name="Neu beginnen").click()
    await dialog.get_by_role("button", name="Abbrechen").click()
    await expect(dialog).to_have_count(0)
    await expect(play.messages(LANDLADY)).to_have_count(2)

    await play.page.get_by_role("button", name="Neu beginnen").click()
    await dialog.get_by_role("button", name="Alles löschen und neu beginnen").click()
    await expect(play.page.get_by_role("article")).to_have_count(0)
    await expect(play.page.locator("#log")).to_contain_text("Noch keine Anfrage")
    await play.inquire()


async def test_a_lost_connection_is_told_and_mended(play: Play) -> None:
    await play.open()
    note = play.page.get_by_text("Verbindung unterbrochen")
    await expect(note).to_be_hidden()
    async with serving(Playground(play.playground.world)) as second:
        await play.page.goto(second.url)
        await expect(play.page.locator(".bot-state")).to_have_text("Bot ist bereit")
        port = second.port
    await expect(note).to_be_visible()
    async with serving(Playground(play.playground.world), port):
        await expect(note).to_be_hidden(timeout=15_000)


async def test_reading_further_up_is_not_disturbed_by_what_arrives(play: Play) -> None:
    await play.open(LAPTOP)
    for number in range(12):
        await play.write(LANDLADY, f"Nachricht {number}\n\n\n\nEnde")
        await expect(play.messages(LANDLADY)).to_have_count(2 * number + 2)
    log = play.phone(LANDLADY).get_by_role("log")
    await log.evaluate("node => node.scrollTo(0, 0)")
    jump = play.phone(LANDLADY).get_by_role("button", name="Neue Nachrichten")
    await expect(jump).to_be_hidden()

    await play.bot.call("sendMessage", chat_id=LANDLADY.id, text="Ganz neu")
    await expect(jump).to_be_visible()
    assert await log.evaluate("node => node.scrollTop") == 0
    await jump.click()
    await expect(play.messages(LANDLADY).last).to_be_in_viewport()


# On a small screen


@pytest.mark.parametrize("width", [360, 390, 430])
async def test_a_phone_shows_one_part_at_a_time_and_never_scrolls_sideways(play: Play, width: int) -> None:
    await play.open({"width": width, "height": 800})
    await play.inquire()
    assert await _overflow(play.page) == 0
    await expect(play.phone(HOUSING)).to_be_hidden()
    answers = play.page.get_by_role("button", name="Antworten, 1 neue Nachricht")
    await answers.click()
    await expect(play.phone(HOUSING)).to_be_visible()
    await expect(play.phone(LANDLADY)).to_be_hidden()
    assert await _overflow(play.page) == 0
    await play.page.get_by_role("navigation").get_by_role("button", name="Zuordnung").click()
    await expect(play.page.locator(".entry")).to_be_visible()
    assert await _overflow(play.page) == 0


@pytest.mark.parametrize("size", [DESKTOP, LAPTOP], ids=["desktop", "laptop"])
async def test_a_desktop_shows_the_whole_flow_without_scrolling(play: Play, size: dict[str, int]) -> None:
    await play.open(size)
    await play.inquire()
    for part in (play.field(LANDLADY), play.page.locator(".entry mark"), play.field(HOUSING)):
        await expect(part).to_be_in_viewport(ratio=1)
    assert await play.page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0
    assert await _overflow(play.page) == 0


async def _overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    return int(await page.evaluate("document.documentElement.scrollWidth - innerWidth"))


# Texts


async def test_both_languages_have_every_text(play: Play) -> None:
    await play.open()
    keys = """async () => {
      const { catalogues } = await import("/static/texts.js");
      const all = (table, path) => Object.entries(table).flatMap(([key, value]) =>
        value && typeof value === "object" && !Array.isArray(value) ? all(value, `${path}${key}.`) : [`${path}${key}:${typeof value}`]);
      return Object.fromEntries(Object.entries(catalogues).map(([code, table]) => [code, all(table, "")]));
    }"""
    found = await play.page.evaluate(keys)
    assert found["en"] == found["de"]
    assert len(found["de"]) > 80
