"""Serve the page with three sample inquirers and nobody to answer: `python -m bot.playground [port]`."""

import asyncio
import sys
from contextlib import suppress

from bot.playground.model import Person
from bot.playground.server import serving

PEOPLE = (
    Person(
        1_284_067_311,
        "Ehrenamt",
        caption="möchte helfen",
        samples=("Bei uns steht die Einliegerwohnung leer", "Ich möchte beim Deutschlernen helfen"),
        opened=True,
    ),
    Person(
        2_045_118_920,
        "Betrieb",
        caption="hat Stellen zu bieten",
        samples=("Wir suchen händeringend jemanden für die Backstube",),
    ),
    Person(
        5_530_982_176,
        "Neu hier",
        caption="neu hier, schreibt Ukrainisch",
        language="uk",
        samples=("Шукаю курс німецької мови", "Де можна знайти житло?"),
    ),
    Person(3_371_640_552, "Kontakt Wohnen", role="contact", caption="Kontakt Wohnen", opened=True),
)


async def _serve(port: int) -> None:
    async with serving(port=port) as playground:
        for person in PEOPLE:
            playground.world.add_person(person)
        print(f"Page: {playground.url}/  Token: {playground.world.bot.token}", flush=True)  # noqa: T201
        await asyncio.Event().wait()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(int(sys.argv[1]) if len(sys.argv) > 1 else 8765))
