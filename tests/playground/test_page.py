"""The playground's page in a real browser, against the real stand-in and a small scripted bot."""

import re

import pytest
from playwright.async_api import expect

from bot.playground import acts
from bot.playground.server import Playground, serving
from tests.support.browser import browser_only, fresh_play, one_browser  # noqa: F401 - fixtures
from tests.support.page import BAKER, HOUSING, LANDLADY, LAPTOP, NEWCOMER, PIXEL, WORK, Play

pytestmark = browser_only

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


async def test_what_asks_for_a_reply_opens_it(play: Play) -> None:
    await play.open()
    ask = {"force_reply": True}
    await play.bot.call("sendMessage", chat_id=HOUSING.id, text="Was möchten Sie fragen?", reply_markup=ask)
    await expect(play.phone(HOUSING).locator(".banner")).to_contain_text("Was möchten Sie fragen?")
    await play.write(HOUSING, "Wie groß ist sie?")

    await expect(play.messages(HOUSING).last.locator(".quote")).to_contain_text("Was möchten Sie fragen?")
    await expect(play.phone(HOUSING).locator(".banner")).to_be_hidden()


async def test_what_asks_for_a_reply_does_not_disturb_whoever_is_writing(play: Play) -> None:
    await play.open()
    await play.bot.call("sendMessage", chat_id=WORK.id, text="Eine Karte")
    await play.field(WORK).fill("Ich schreibe gerade")
    await play.bot.call("sendMessage", chat_id=WORK.id, text="Was?", reply_markup={"force_reply": True})

    await expect(play.messages(WORK)).to_have_count(2)
    await expect(play.phone(WORK).locator(".banner")).to_be_hidden()


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


async def test_of_two_contacts_the_first_comes_to_the_front_and_the_second_is_counted(play: Play) -> None:
    await play.open()
    await play.bot.call("sendMessage", chat_id=HOUSING.id, text="Eine Karte")
    await expect(play.phone(HOUSING)).to_be_visible()
    await play.bot.call("sendMessage", chat_id=WORK.id, text="Dieselbe Karte")
    second = play.page.get_by_role("tab", name="Kontakt Arbeit")
    await expect(second).to_have_accessible_name("Kontakt Arbeit, 1 neue Nachricht")
    await expect(play.phone(HOUSING)).to_be_visible()


async def test_the_welcome_after_an_invitation_is_no_news_and_its_key_is_not_shown(play: Play) -> None:
    await play.open()
    acts.write(play.playground.world, HOUSING.id, HOUSING.id, "/start Zm9vYmFy")
    await play.bot.call("sendMessage", chat_id=HOUSING.id, text="Willkommen")
    await expect(play.messages(HOUSING).last).to_contain_text("Willkommen")
    await expect(play.messages(HOUSING).first.locator(".text")).to_have_text("/start")
    await expect(play.phone(WORK)).to_be_visible()
    await expect(play.page.get_by_role("tab", name="Kontakt Wohnen")).to_have_accessible_name("Kontakt Wohnen")


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


async def test_a_person_who_blocked_the_bot_is_marked(play: Play) -> None:
    await play.open()
    menu = play.phone(BAKER).get_by_role("button", name="Mehr zu Bäckerei")
    await menu.click()
    await play.phone(BAKER).get_by_role("menuitem", name="Bot blockieren").click()
    await expect(play.phone(BAKER).get_by_text("Hat den Bot blockiert", exact=True)).to_be_visible()
    await menu.click()
    await play.phone(BAKER).get_by_role("menuitem", name="Blockierung aufheben").click()
    await expect(play.phone(BAKER).get_by_text("Hat den Bot blockiert", exact=True)).to_be_hidden()


async def test_a_group_opens_when_something_comes_to_it_and_names_its_writers(play: Play) -> None:
    group = play.playground.world.add_group("Team Wohnen", [HOUSING, WORK])
    await play.open()
    await play.bot.call("sendMessage", chat_id=group.id, text="Eine neue Anfrage")
    await expect(play.messages(HOUSING)).to_contain_text("Eine neue Anfrage")
    await expect(play.phone(WORK).get_by_role("button", name="Team Wohnen")).to_have_attribute("aria-pressed", "true")
    await play.write(WORK, "Das übernehme ich")
    await play.page.get_by_role("tab", name="Kontakt Wohnen").click()
    await expect(play.messages(HOUSING).last).to_contain_text("Kontakt ArbeitDas übernehme ich")


async def test_several_photos_arrive_as_an_album(play: Play) -> None:
    await play.open()
    pictures = [{"name": f"{name}.png", "mimeType": "image/png", "buffer": PIXEL} for name in ("bad", "küche")]
    await play.phone(LANDLADY).locator("input[data-kind=photo]").set_input_files(pictures)  # type: ignore[arg-type]
    await expect(play.phone(LANDLADY).get_by_role("img", name="Ihr Foto")).to_have_count(2)


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


# Texts


async def test_both_languages_have_every_text(play: Play) -> None:
    await play.open()
    # Key paths with their types, so that a text which takes a value takes it in both languages.
    paths = """async () => {
      const { catalogues } = await import("/static/texts.js");
      const isTable = (value) => typeof value === "object" && !Array.isArray(value);
      const all = (table, path) => Object.entries(table).flatMap(([key, value]) =>
        isTable(value) ? all(value, `${path}${key}.`) : [`${path}${key}: ${typeof value}`]);
      return Object.fromEntries(Object.entries(catalogues).map(([code, table]) => [code, all(table, "")]));
    }"""
    found = await play.page.evaluate(paths)
    assert found["en"] == found["de"]
    assert len(found["de"]) > 80


async def test_a_page_the_bot_sends_opens_beside_and_runs_nothing(play: Play) -> None:
    await play.open()
    page = b"<!doctype html><title>Ihre Daten</title><h1>Ihre Daten</h1><script>document.title = 'hacked'</script>"
    file = play.playground.world.store_file(page, "meine-daten.html", "text/html")
    await play.bot.call("sendDocument", chat_id=LANDLADY.id, document=file.file_id, caption="zum Lesen")
    link = play.messages(LANDLADY).last.locator("a.attachment")
    await expect(link).to_contain_text("meine-daten.html")
    async with play.page.context.expect_page() as opening:
        await link.click()
    opened = await opening.value

    await expect(opened.get_by_role("heading", name="Ihre Daten")).to_be_visible()
    assert await opened.title() == "Ihre Daten"
