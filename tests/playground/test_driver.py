"""People for tests: they see what is new, wait for it, and say what they saw instead."""

import asyncio
import re

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from tests.support.driver import Driver, NotSeenError

BUTTONS = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Ja, weiter", callback_data="yes"), InlineKeyboardButton("Nein", callback_data="no")]]
)


async def test_somebody_sees_a_message_that_comes_later(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna", opened=True)
    seeing = asyncio.create_task(anna.sees("Wohnen"))
    await bot.send_message(anna.id, "Ihre Anfrage geht an Wohnen")
    assert (await seeing).text == "Ihre Anfrage geht an Wohnen"


async def test_a_message_is_seen_once_and_again_when_edited(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna", opened=True)
    anna.wait_s = 0.05
    sent = await bot.send_message(anna.id, "Neu: 2026-0001")
    await anna.sees(re.compile(r"\d{4}-0001"))
    with pytest.raises(NotSeenError, match="waited for '2026-0001' and sees:\n  'Neu: 2026-0001'"):
        await anna.sees("2026-0001")
    await bot.edit_message_text("In Arbeit: 2026-0001", anna.id, sent.message_id)
    assert (await anna.sees("2026-0001")).text == "In Arbeit: 2026-0001"
    assert anna.unseen() == []


async def test_a_press_waits_for_the_answer(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna", opened=True)
    await bot.send_message(anna.id, "Weiter?", reply_markup=BUTTONS)
    pressing = asyncio.create_task(anna.presses("weiter"))
    (update,) = await bot.get_updates(timeout=3)
    assert update.callback_query is not None
    assert update.callback_query.data == "yes"
    assert not pressing.done()
    await update.callback_query.answer("Danke")
    assert (await pressing).text == "Danke"


async def test_a_button_that_is_not_there_is_missed_with_what_is(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna", opened=True)
    anna.wait_s = 0.05
    await bot.send_message(anna.id, "Weiter?", reply_markup=BUTTONS)
    with pytest.raises(NotSeenError, match=r"a button 'Vielleicht' and sees:\n  'Weiter\?' \['Ja, weiter', 'Nein'\]"):
        await anna.presses("Vielleicht")


async def test_acting_in_every_way_reaches_the_bot(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna")
    written = anna.writes("eins")
    anna.replies(written, "zwei")
    anna.edits(written, "eins!")
    for kind in ("photo", "document", "sticker", "voice", "location", "contact"):
        anna.sends(kind)
    anna.sends_album(2, "Bilder")
    anna.blocks()
    anna.unblocks()
    anna.deletes(written)
    updates = await bot.get_updates()
    assert [update.message.text for update in updates[:2] if update.message] == ["eins", "zwei"]
    assert updates[2].edited_message is not None
    assert len({update.message.media_group_id for update in updates[9:11] if update.message}) == 1
    assert len(updates) == 13
    with pytest.raises(ValueError, match="unknown kind 'dance'"):
        anna.sends("dance")


async def test_in_a_topic_only_its_messages_are_seen(bot: Bot, driver: Driver) -> None:
    contact = driver.person("Kontakt", opened=True)
    forum = driver.group("Amt", [contact], is_forum=True)
    topic = await bot.create_forum_topic(forum.id, "Wohnen")
    there = contact.within(forum, topic.message_thread_id)
    await bot.send_message(forum.id, "im Allgemeinen")
    await bot.send_message(forum.id, "im Thema", message_thread_id=topic.message_thread_id)
    assert [message.text for message in there.received] == ["im Thema"]
    there.writes("Antwort")
    assert (await bot.get_updates())[-1].message.message_thread_id == topic.message_thread_id  # type: ignore[union-attr]


async def test_waiting_for_the_bot_to_be_done(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna")
    assert driver.person("Anna") is anna
    anna.writes("Hallo")
    driver.wait_s = 0.05
    with pytest.raises(NotSeenError, match="1 updates are still not confirmed"):
        await driver.confirmed()
    driver.wait_s = 3
    (update,) = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)
    await driver.quiet(for_s=0.01)
    calling = asyncio.create_task(driver.called("sendMessage", 2))
    await bot.send_message(anna.id, "eins")
    sent = await bot.send_message(anna.id, "zwei")
    assert len(await calling) == 2
    gone = asyncio.create_task(anna.sees_gone(anna.received[1]))
    await bot.delete_message(anna.id, sent.message_id)
    await gone


async def test_a_forged_press_waits_for_nothing(bot: Bot, driver: Driver) -> None:
    anna, ben = driver.person("Anna", opened=True), driver.person("Ben")
    await bot.send_message(anna.id, "Weiter?", reply_markup=BUTTONS)
    message = await anna.sees_button("Nein")
    forged = ben.forges(message, "made up")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert (update.callback_query.data, update.callback_query.from_user.id) == ("made up", ben.id)
    assert not forged.answered
