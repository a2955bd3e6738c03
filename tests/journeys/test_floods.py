"""A flood, a block and its end, as everybody involved reads them."""

from pathlib import Path

from tests.support.office import RULES, Office, open_house, plain

LIMITS = "limits: {messages: 10, waiting: 10, rings: 3}"


async def test_a_flood_waits_a_block_holds_and_is_lifted_again(tmp_path: Path) -> None:
    rules = RULES.read_text("utf-8").replace("limits: {rings: 1000}", LIMITS)
    async with open_house(tmp_path, rules) as house:
        office = Office(house)
        mira, others = await office.known("Mira"), await office.known("Ben")
        reference = await office.takes_in(mira, "Ich suche ein Zimmer.")
        for number in range(1, 26):
            mira.writes(f"Noch etwas, Nummer {number}.")
        told = await mira.sees("sehr viele Nachrichten")
        assert "Sie müssen nichts noch einmal schicken" in plain(told)
        await mira.sees("Mehr kann ich nicht aufheben")
        await office.takes_in(others, "Ich suche eine Wohnung.")
        await office.settles()
        arrived = [message.text for message in office.wohnen.received if "Nummer" in message.text]
        assert [text.rsplit(" ", 1)[1] for text in arrived] == [f"{number}." for number in range(1, 10)]

        office.leitung.writes(f"/sperren {reference} 7 Tage")
        await office.leitung.sees("Gesperrt bis")
        await mira.sees("Auch was noch gewartet hat, wurde nicht weitergegeben.")
        mira.writes("Hier ist jemand in Lebensgefahr")
        assert "112" in (await mira.sees("Ihre Nachricht hier liest niemand")).text
        office.leitung.writes("/sperren")
        assert reference in (await office.leitung.sees("Gesperrt:")).text
        office.leitung.writes(f"/entsperren {reference}")
        await mira.sees("Sie können hier wieder schreiben.")
        mira.writes("Es ist wirklich Lebensgefahr!")  # the flood is not ten minutes ago, and this passes all the same
        await office.leitung.sees("Es ist wirklich Lebensgefahr!")
        await office.check()
