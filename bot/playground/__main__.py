"""Serve the page with three sample inquirers and nobody to answer: `python -m bot.playground [port]`.

Exit code 0 good, 1 the port cannot be used, 2 wrong usage.
"""

import asyncio
import sys

from bot.playground.model import Person
from bot.playground.server import serving

USUAL_PORT = 8765
HIGHEST_PORT = 65535

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


def main(arguments: list[str]) -> int:
    """Serve until interrupted, on the port given or the usual one; returns the exit code."""
    port = _port(arguments)
    if port is None:
        given = " ".join(arguments)
        return _complain(f"{given}: is no port from 0 to {HIGHEST_PORT}. Usage: python -m bot.playground [PORT]", 2)
    try:
        asyncio.run(_serve(port))
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        mend = "Choose another, or 0 for any free one: python -m bot.playground 0"
        return _complain(f"port {port}: cannot be used ({error.strerror}). {mend}", 1)
    return 0


def _port(arguments: list[str]) -> int | None:
    """Return the port to serve on; None where what was given is none."""
    if not arguments:
        return USUAL_PORT
    [given, *more] = arguments
    if more or not (given.isascii() and given.isdigit()) or len(given) > len(str(HIGHEST_PORT)):
        return None
    return int(given) if int(given) <= HIGHEST_PORT else None


def _complain(what: str, code: int) -> int:
    sys.stderr.write(f"{what}\n")
    return code


async def _serve(port: int) -> None:
    async with serving(port=port) as playground:
        for person in PEOPLE:
            playground.world.add_person(person)
        print(f"Page: {playground.url}/  Token: {playground.world.bot.token}", flush=True)  # noqa: T201
        await asyncio.Event().wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
