"""Several inquiries of one person side by side: each word goes to the right one, and in doubt the person is asked."""

import re

from bot.playground.model import Message
from tests.support.driver import Driven
from tests.support.office import Office, plain, reference_of


async def opens_another(office: Office, person: Driven, text: str) -> Message:
    """Let somebody with an open inquiry begin a new one, and return its receipt."""
    await office.settles()
    person.has_seen_all()
    person.writes(text)
    await person.presses("Neue Anfrage", on=await person.sees(re.compile("[Gg]ehört das")))
    return await person.sees("ist angekommen")


async def test_two_inquiries_run_side_by_side_and_replies_find_the_right_one(office: Office) -> None:
    person = await office.known("Vielseitig")
    person.writes("Ich suche ein Zimmer.")
    first = await person.sees("ist angekommen")
    second = await opens_another(office, person, "Ich suche ein Praktikum.")
    assert reference_of(first) != reference_of(second)
    housing, work = await office.wohnen.sees(reference_of(first)), await office.arbeit.sees(reference_of(second))

    person.replies(first, "Bitte mit Bad.")
    await office.wohnen.sees("Bitte mit Bad.")
    assert reference_of(await person.sees("✓")) == reference_of(first)
    person.replies(second, "Bitte im Büro.")
    await office.arbeit.sees("Bitte im Büro.")
    assert reference_of(await person.sees("✓")) == reference_of(second)

    office.arbeit.replies(work, "Welches Büro?")
    office.wohnen.replies(housing, "Welches Bad?")
    about_work, about_room = await person.sees("Welches Büro?"), await person.sees("Welches Bad?")
    person.replies(about_work, "Ein ruhiges.")
    await office.arbeit.sees("Ein ruhiges.")
    person.replies(about_room, "Eines mit Wanne.")
    await office.wohnen.sees("Eines mit Wanne.")
    await office.settles()
    assert not any("Wanne" in message.text for message in office.arbeit.received)
    assert not any("ruhiges" in message.text for message in office.wohnen.received)


async def test_each_closes_by_itself(office: Office) -> None:
    person = await office.known("Erledigerin")
    first = await office.takes_in(person, "Ich suche ein Zimmer.")
    second = reference_of(await opens_another(office, person, "Ich suche ein Praktikum."))
    await office.wohnen.presses("Erledigt", on=await office.wohnen.sees(first))
    assert reference_of(await person.sees("ist abgeschlossen")) == first
    person.writes("/status")
    status = await person.sees("Ihre offenen Anfragen")
    assert second in status.text
    assert first not in status.text


async def test_a_new_unrelated_message_asks_which_and_goes_where_it_is_said_to_belong(office: Office) -> None:
    person = await office.known("Dreifach")
    first = await office.takes_in(person, "Ich suche ein Zimmer.")
    second = reference_of(await opens_another(office, person, "Ich suche ein Praktikum."))
    third = reference_of(await opens_another(office, person, "Ich suche einen Deutschkurs."))
    await office.settles()
    for desk in office.desks:
        desk.has_seen_all()

    person.has_seen_all()
    person.writes("Unser Verein könnte dabei helfen.")
    question = await person.sees("Zu welcher Anfrage gehört das?")
    assert [plain_label(label) for label in question.labels] == [
        f"{third} · Sprache",
        f"{second} · Arbeit",
        f"{first} · Wohnen",
        "Neue Anfrage",
    ]
    await office.stays_silent(*office.desks)
    await person.presses(second, on=question)
    relayed = await office.arbeit.sees("Unser Verein könnte dabei helfen.")
    assert reference_of(relayed) == second
    assert reference_of(await person.sees("✓")) == second
    await office.stays_silent(office.wohnen, office.sprache, office.gesellschaft)
    assert question.labels == []


async def test_everything_said_while_the_question_waits_goes_the_same_way(office: Office) -> None:
    person = await office.known("Mehrteilig")
    await office.takes_in(person, "Ich suche ein Zimmer.")
    person.writes("Ich suche auch noch ein Praktikum.")
    await person.sees("Gehört das zu Ihrer Anfrage")
    person.writes("Am liebsten in einer Backstube.")
    person.sends("photo", caption="mein Zeugnis")
    await office.stays_silent(office.arbeit)
    await person.presses("Neue Anfrage")
    receipt = await person.sees("ist angekommen")
    await office.settles()
    texts = [plain(message) for message in office.arbeit.unseen(edits=False)]
    assert [text.splitlines()[-1] for text in texts] == [
        "Ich suche auch noch ein Praktikum.",
        "Am liebsten in einer Backstube.",
        "mein Zeugnis",
    ]
    assert office.bot.count("SELECT count(*) FROM inquiries WHERE reference > :ref", ref=reference_of(receipt)) == 0


async def test_more_about_the_same_field_or_a_short_word_goes_on_with_the_inquiry_in_hand(office: Office) -> None:
    person = await office.known("Weiterredend")
    reference = await office.takes_in(person, "Ich suche ein Zimmer.")
    person.writes("Das Zimmer kann auch klein sein.")
    assert reference_of(await office.wohnen.sees("auch klein")) == reference
    person.writes("Danke!")
    assert reference_of(await office.wohnen.sees("Danke!")) == reference


async def test_a_reply_outranks_what_the_words_are_about(office: Office) -> None:
    person = await office.known("Zitierend")
    person.writes("Ich suche ein Zimmer.")
    receipt = await person.sees("ist angekommen")
    await office.wohnen.sees(reference_of(receipt))
    person.replies(receipt, "Es sollte nahe bei der Schule und dem Deutschkurs sein.")
    await office.wohnen.sees("nahe bei der Schule")
    await office.stays_silent(office.bildung, office.sprache)


async def test_a_reply_to_ones_own_earlier_message_counts_too(office: Office) -> None:
    person = await office.known("Eigenzitat")
    own = person.writes("Ich suche ein Zimmer.")
    first = reference_of(await person.sees("ist angekommen"))
    await opens_another(office, person, "Ich suche ein Praktikum.")
    await office.wohnen.sees(first)
    person.replies(own, "Ab April wäre gut.")
    assert reference_of(await office.wohnen.sees("Ab April")) == first


async def test_two_people_with_the_same_words_are_never_mixed_up(office: Office) -> None:
    one, other = await office.known("Zwilling"), await office.known("Zwilling")
    first = await office.takes_in(one, "Ich suche ein Zimmer.")
    second = await office.takes_in(other, "Ich suche ein Zimmer.")
    cards = {reference_of(card): card for card in office.wohnen.unseen(edits=False)}
    office.wohnen.replies(cards[second], "Für Sie ist eines da.")
    await other.sees("Für Sie ist eines da.")
    office.wohnen.replies(cards[first], "Leider keines mehr.")
    await one.sees("Leider keines mehr.")
    await office.stays_silent(one, other)


def plain_label(label: str) -> str:
    return label.replace("\u2068", "").replace("\u2069", "")
