"""Notes: contacts' words to each other."""

import pytest

from bot.model import InquiryState, MessageKind
from tests.support.rulebook import TO_HOUSING, TO_WORK_AND_HOUSING
from tests.support.stage import Someone, Stage, said

REF = "2026-0001"
FROM_HOUSING = said("note-from", contact="Kontakt Wohnen", reference=REF)


async def about_two_fields(stage: Stage) -> tuple[Someone, Someone, Someone]:
    """Return who asks, and the two contacts who have a share each."""
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_WORK_AND_HOUSING)
    return maria, stage.contact("wohnen-kontakt"), stage.contact("arbeit-kontakt")


async def test_a_note_reaches_the_other_desk_under_its_card_and_nobody_outside(stage: Stage) -> None:
    maria, wohnen, work = await about_two_fields(stage)
    before = maria.texts

    note = await wohnen.replies("// Bitte erst nach 14 Uhr anrufen", to=wohnen.card(REF))

    assert work.last.text == f"{FROM_HOUSING}\n\nBitte erst nach 14 Uhr anrufen"
    assert (work.last.reply_to, work.last.topic) == (work.card(REF).message, 7)
    assert wohnen.last.text == said("note-kept", reference=REF)
    assert wohnen.last.reply_to == note.message
    assert maria.texts == before


async def test_a_note_answers_nothing_and_opens_nothing(stage: Stage) -> None:
    maria, wohnen, work = await about_two_fields(stage)
    await wohnen.replies("// Kenne ich", to=wohnen.card(REF))
    assert (await stage.inquiry()).state is InquiryState.ASSIGNED

    await wohnen.presses("btn-done", wohnen.card(REF))
    await work.presses("btn-done", work.card(REF))
    before = maria.texts
    await wohnen.replies("// Das war es", to=wohnen.card(REF))

    assert (await stage.inquiry()).state is InquiryState.CLOSED
    assert maria.texts == before
    assert "inquiry.noted" in await stage.events()


async def test_the_button_asks_and_the_reply_is_a_note(stage: Stage) -> None:
    maria, wohnen, work = await about_two_fields(stage)
    share = next(share for share in await stage.shares() if share.field == "wohnen")
    token = await stage.make_button(wohnen, "note", share.inquiry_id, share=share.id)
    before = maria.texts

    await wohnen.presses_token(token, wohnen.card(REF).message)
    assert wohnen.last.text == said("note-ask", reference=REF)
    await wohnen.replies("Kommt aus der Nähe")

    assert work.last.text == f"{FROM_HOUSING}\n\nKommt aus der Nähe"
    assert maria.texts == before


@pytest.mark.parametrize("to", ["the note", "its confirmation"])
async def test_a_reply_to_ones_own_note_is_a_note(stage: Stage, to: str) -> None:
    maria, wohnen, work = await about_two_fields(stage)
    note = await wohnen.replies("// Notiz A", to=wohnen.card(REF))
    before = maria.texts

    await wohnen.replies("und noch etwas dazu", to=note if to == "the note" else wohnen.last)

    assert work.last.text == f"{FROM_HOUSING}\n\nund noch etwas dazu"
    assert wohnen.last.text == said("note-kept", reference=REF)
    assert maria.texts == before


async def test_in_a_group_a_reply_to_a_colleagues_note_is_talk_and_one_to_its_confirmation_a_note(stage: Stage) -> None:
    _, wohnen, work = await about_two_fields(stage)
    note = await work.replies("// Notiz A", to=work.card(REF))
    before = wohnen.texts

    await work.replies("Gut, dass du das schreibst", to=note)
    assert wohnen.texts == before

    await work.replies("und noch etwas dazu", to=work.last)
    assert wohnen.last.text.endswith("und noch etwas dazu")


async def test_an_empty_note_is_refused(stage: Stage) -> None:
    _, wohnen, work = await about_two_fields(stage)
    before = work.texts

    await wohnen.replies("//", to=wohnen.card(REF))

    assert wohnen.last.text == said("note-empty")
    assert work.texts == before
    assert said("card-notes", count=1) not in wohnen.card(REF).text


async def test_a_reply_to_a_note_is_a_note(stage: Stage) -> None:
    maria, wohnen, work = await about_two_fields(stage)
    before = maria.texts
    await wohnen.replies("// Übernimmst du?", to=wohnen.card(REF))

    await work.replies("Ja, mache ich", to=work.last)

    assert wohnen.last.text.endswith("Ja, mache ich")
    assert wohnen.last.text.startswith(said("note-from", contact="Kontakt Arbeit", reference=REF))
    assert maria.texts == before


async def test_a_note_may_be_a_reply_to_an_answer_of_ones_own(stage: Stage) -> None:
    maria, wohnen, work = await about_two_fields(stage)
    answer = await wohnen.replies("Gerne", to=wohnen.card(REF))
    before = maria.texts

    await wohnen.writes("// Das weiß ich nur vom Hörensagen", reply_to=answer)

    assert work.last.text.endswith("nur vom Hörensagen")
    assert maria.texts == before


async def test_a_changed_note_reaches_colleagues_only(stage: Stage) -> None:
    maria, wohnen, work = await about_two_fields(stage)
    note = await wohnen.replies("// Um drei", to=wohnen.card(REF))
    shown, before = work.last, maria.texts

    await wohnen.edits(note, "Um vier")

    changed = said("note-changed", contact="Kontakt Wohnen", reference=REF)
    assert work.last.text == f"{changed}\n\nUm vier"
    assert work.last.reply_to == shown.message
    assert maria.texts == before


async def test_an_album_whose_first_caption_is_a_note_is_one(stage: Stage) -> None:
    maria, wohnen, work = await about_two_fields(stage)
    before = len(maria.received)
    card = wohnen.card(REF)

    await wohnen.sends(MessageKind.PHOTO, "// Skizze", album="a", reply_to=card)
    await wohnen.sends(MessageKind.PHOTO, album="a", reply_to=card)

    assert len([shown for shown in work.received if shown.copy_of]) == 2
    assert wohnen.texts.count(said("note-kept", reference=REF)) == 1
    assert len(maria.received) == before


async def test_the_next_contact_gets_the_notes_with_all_that_was_written(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    wohnen, head = stage.contact("wohnen-kontakt"), stage.contact("leitung")
    await wohnen.replies("// Kennt sich aus", to=wohnen.card(REF))
    await maria.writes("Sie hat einen Balkon")
    share = (await stage.shares())[0]
    token = await stage.make_button(wohnen, "move", share.inquiry_id, share=share.id, field="general")

    await wohnen.presses_token(token)

    assert [text.splitlines()[-1] for text in head.texts[-2:]] == ["Kennt sich aus", "Sie hat einen Balkon"]
    assert not [text for text in maria.texts if "Kennt sich aus" in text]


async def test_nothing_is_noted_on_what_was_withdrawn(stage: Stage) -> None:
    maria, wohnen, _ = await about_two_fields(stage)
    await maria.presses("btn-withdraw")

    await wohnen.replies("// Schade", to=wohnen.card(REF))

    assert wohnen.last.text == said("answer-withdrawn", reference=REF)
    assert "inquiry.noted" not in await stage.events()


async def test_whose_question_for_a_note_arrived_twice_is_told_how_to_note_it_on_the_card(stage: Stage) -> None:
    maria, wohnen, _ = await about_two_fields(stage)
    await wohnen.presses("btn-more", wohnen.card(REF))
    await wohnen.presses("btn-note", wohnen.card(REF))
    copy, before = stage.telegram.enter(wohnen.address.chat, wohnen.last.text), maria.texts

    await wohnen.writes("Bitte vorsichtig", reply_to=copy)

    assert wohnen.last.text == said("answer-unknown")
    assert "//" in wohnen.last.text
    assert maria.texts == before
