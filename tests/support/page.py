"""The playground's page in a browser, as the tests handle it: who is in the play, and what is where on the page."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from bot.playground.model import Person
from bot.playground.server import Playground
from tests.support.scripted_bot import ScriptedBot

DESKTOP = {"width": 1440, "height": 900}
LAPTOP = {"width": 1280, "height": 720}
LANDLADY = Person(1001, "Vermieterin", caption="möchte helfen", samples=("Unsere Wohnung steht leer",), opened=True)
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

    async def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return int(await self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))
