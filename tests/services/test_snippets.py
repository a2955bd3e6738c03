"""Snippets: kept with a command, sent from a card with two taps."""

from bot.model import AssignmentState, InquiryState
from tests.support.rulebook import TO_HOUSING, TO_WORK_AND_HOUSING, make_book
from tests.support.stage import Someone, Stage, raise_stage, said

REF = "2026-0001"
SNIPPETS = said("btn-snippets")


async def about_housing(stage: Stage, language: str = "de") -> tuple[Someone, Someone]:
    maria = await stage.inquirer("Maria", language)
    await maria.writes(TO_HOUSING if language == "de" else "I have a flat to let")
    return maria, stage.contact("wohnen-kontakt")


async def opens_titles(stage: Stage, contact: Someone) -> None:
    """Tap what offers the snippets under the card."""
    share = (await stage.shares())[0]
    token = await stage.make_button(contact, "snippets", share.inquiry_id, share=share.id)
    await contact.presses_token(token, contact.card(REF).message)


async def test_a_snippet_is_kept_and_listed(stage: Stage) -> None:
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.writes("/vorlage")
    assert wohnen.last.text.startswith(said("snippet-none"))

    await wohnen.writes("/vorlage Danke\nVielen Dank, {name}!")
    assert wohnen.last.text == said("snippet-kept", title="Danke", language="Deutsch")
    await wohnen.writes("/snippet en Danke\nThank you, {name}!")
    await wohnen.writes("/vorlage")

    assert "• " + said("snippet-line", title="Danke", languages="Deutsch und Englisch") in wohnen.last.text
    assert wohnen.last.buttons == ["Danke"]


async def test_its_title_stands_out_with_an_emoji_too(stage: Stage) -> None:
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.writes("/vorlage Danke 👍\nVielen Dank!")
    await wohnen.writes("/vorlage")
    await wohnen.presses("Danke 👍")
    assert wohnen.last.heading == "Danke 👍"


async def test_two_taps_send_it_as_an_answer(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.writes("/vorlage Danke\nVielen Dank, {name}! Ihre Nummer ist {referenz}.")
    card = wohnen.card(REF)

    await opens_titles(stage, wohnen)
    assert wohnen.card(REF).buttons == ["Danke", said("btn-back")]
    await wohnen.presses("Danke", wohnen.card(REF))

    signature = said("answer", contact="Kontakt Wohnen", reference=REF)
    assert maria.last.text == f"{signature}\n\nVielen Dank, Maria! Ihre Nummer ist {REF}."
    assert wohnen.last.text == said("answer-sent", name="Maria", reference=REF)
    assert wohnen.last.reply_to == card.message
    assert (await stage.inquiry()).state is InquiryState.ANSWERED
    assert "Danke" not in wohnen.card(REF).buttons


async def test_where_names_are_hidden_no_colleague_reads_the_one_filled_in() -> None:
    async with raise_stage(make_book({"privacy": {"name_on_card": "pseudonym"}})) as stage:
        maria = await stage.inquirer("Maria-Magdalena")
        await maria.writes(TO_HOUSING)
        wohnen, head = stage.contact("wohnen-kontakt"), stage.contact("leitung")
        await wohnen.writes("/vorlage Danke\nVielen Dank, {name}! {name}s Wohnung ist vermerkt.")
        await head.writes(f"/anfrage {REF}")
        await opens_titles(stage, wohnen)
        await wohnen.presses("Danke", wohnen.card(REF))
        await wohnen.writes("/abwesend bis 13.3.")

        assert "Vielen Dank, Maria-Magdalena! Maria-Magdalenas Wohnung ist vermerkt." in maria.last.text
        number = said("pseudonym", number="1")
        for colleague in (head, stage.contact("sprache-kontakt")):
            assert f"Vielen Dank, {number}! {number}s Wohnung ist vermerkt." in colleague.last.text
            assert "Maria" not in "".join(colleague.texts)


async def test_it_is_sent_in_the_persons_language_or_the_offices(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage, "en")
    await wohnen.writes("/vorlage Danke\nVielen Dank!")
    await wohnen.writes("/vorlage Morgen\nMorgen mehr.")
    await wohnen.writes("/vorlage en Danke\nThank you!")

    await opens_titles(stage, wohnen)
    await wohnen.presses("Danke", wohnen.card(REF))
    assert maria.last.text.endswith("Thank you!")
    await opens_titles(stage, wohnen)
    await wohnen.presses("Morgen", wohnen.card(REF))

    assert maria.last.text.endswith("Morgen mehr.")


async def test_a_thumb_that_taps_twice_sends_it_once(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.writes("/vorlage Danke\nVielen Dank!")
    await opens_titles(stage, wohnen)
    token = wohnen.card(REF).tokens["Danke"]
    await wohnen.presses_token(token, wohnen.card(REF).message)
    before = maria.texts

    assert await wohnen.presses_token(token) == (said("press-snippet-sent-already"), False)

    assert maria.texts == before


async def test_several_can_be_sent_one_after_the_other(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.writes("/vorlage Eins\nErstens")
    await wohnen.writes("/vorlage Zwei\nZweitens")
    for title in ("Eins", "Zwei"):
        await opens_titles(stage, wohnen)
        await wohnen.presses(title, wohnen.card(REF))

    assert [text.splitlines()[-1] for text in maria.texts[-2:]] == ["Erstens", "Zweitens"]


async def test_a_snippet_is_its_contacts_own(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_WORK_AND_HOUSING)
    wohnen, work = stage.contact("wohnen-kontakt"), stage.contact("arbeit-kontakt")
    await wohnen.writes("/vorlage Danke\nVielen Dank!")
    await work.writes("/vorlage")
    assert work.last.text.startswith(said("snippet-none"))
    share = next(share for share in await stage.shares() if share.field == "arbeit")
    token = await stage.make_button(work, "snippet", share.inquiry_id, share=share.id, snippet="Danke")
    before = maria.texts

    assert await work.presses_token(token) == (said("press-stale"), True)

    assert maria.texts == before


async def test_a_button_of_a_snippet_that_is_gone_sends_no_other(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.writes("/vorlage Danke\nVielen Dank!")
    await opens_titles(stage, wohnen)
    token = wohnen.card(REF).tokens["Danke"]
    await wohnen.writes("/vorlage löschen Danke")
    await wohnen.writes("/vorlage Absage\nLeider nein.")
    before = maria.texts

    assert await wohnen.presses_token(token) == (said("press-stale"), True)

    assert maria.texts == before


async def test_ones_own_message_becomes_a_snippet_by_a_reply(stage: Stage) -> None:
    _, wohnen = await about_housing(stage)
    answer = await wohnen.replies("Wir melden uns morgen.")

    await wohnen.writes("/vorlage Morgen", reply_to=answer)

    async with stage.database.reading() as tx:
        row = await tx.one("SELECT title, text FROM snippets")
    assert row is not None
    assert tuple(row) == ("Morgen", "Wir melden uns morgen.")


async def test_what_a_person_wrote_does_not(stage: Stage) -> None:
    _, wohnen = await about_housing(stage)

    await wohnen.writes("/vorlage Fremd", reply_to=wohnen.card(REF))

    assert wohnen.last.text == said("snippet-no-text", title="Fremd")


async def test_a_title_without_a_text_is_said_so(stage: Stage) -> None:
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.writes("/vorlage Danke")

    assert wohnen.last.text == said("snippet-no-text", title="Danke")
    assert await stage.count("snippets") == 0
    assert await stage.count("snippets") == 0


async def test_a_new_text_takes_the_place_of_the_old(stage: Stage) -> None:
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.writes("/vorlage Danke\nAlt")
    await wohnen.writes("/vorlage danke\nNeu")

    assert await stage.count("snippets") == 1
    await wohnen.writes("/vorlage")
    await wohnen.presses("Danke")

    assert "Neu" in wohnen.last.text
    assert "Alt" not in wohnen.last.text


async def test_what_cannot_be_filled_in_or_is_no_language_is_refused(stage: Stage) -> None:
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.writes("/vorlage Danke\nDanke {foo}, {name}, {Name}!")
    assert wohnen.last.text == said("snippet-no-place", places="{foo}")
    await wohnen.writes("/vorlage xx Danke\nDanke!")
    assert wohnen.last.text == said("snippet-no-language", code="xx", languages="Deutsch (de) und Englisch (en)")

    assert await stage.count("snippets") == 0


async def test_it_is_removed_by_command_or_by_button(stage: Stage) -> None:
    wohnen = stage.contact("wohnen-kontakt")
    for title in ("Eins", "Zwei"):
        await wohnen.writes(f"/vorlage {title}\nText")
    await wohnen.writes("/vorlage löschen eins")
    assert wohnen.last.text == said("snippet-removed", title="Eins")
    await wohnen.writes("/vorlage löschen eins")
    assert wohnen.last.text == said("snippet-unknown", title="eins")

    await wohnen.writes("/vorlage")
    await wohnen.presses("Zwei")
    assert await wohnen.presses("btn-snippet-remove") == (said("press-snippet-removed"), False)

    assert await stage.count("snippets") == 0
    assert wohnen.last.text.startswith(said("snippet-none"))


async def test_of_a_title_nobody_can_have_only_the_beginning_is_quoted(stage: Stage) -> None:
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.writes("/vorlage löschen " + "x" * 3_000)

    assert wohnen.last.text == said("snippet-unknown", title="x" * 30)


async def test_a_snippet_on_a_share_that_moved_is_not_sent(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.writes("/vorlage Danke\nVielen Dank!")
    await opens_titles(stage, wohnen)
    token = wohnen.card(REF).tokens["Danke"]
    share = (await stage.shares())[0]
    move = await stage.make_button(wohnen, "move", share.inquiry_id, share=share.id, field="arbeit")
    await wohnen.presses_token(move)
    before = maria.texts

    assert (await wohnen.presses_token(token))[1]

    assert maria.texts == before
    assert [one.state for one in await stage.shares()] == [AssignmentState.MOVED, AssignmentState.ASSIGNED]
