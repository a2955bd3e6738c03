"""Writes the privacy notice as one web page that needs nothing else: no script, no font, no image, no other address.

Every language of the office stands in it, the office's own first, each marked as such for screen readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.errors import Fault, FaultsError
from bot.services.records import html
from bot.services.rules.notice_text import Section, full_notice
from bot.services.rules.rulebook import Rulebook
from bot.texts import Texts, bare

_ITEM = "• "
_STYLE = """
    :root { color-scheme: light dark; }
    html { background: Canvas; color: CanvasText; }
    a { color: LinkText; }
    body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 0 auto; padding: 1rem; }
    article + article { border-top: 1px solid; margin-top: 3rem; padding-top: 1rem; }
    h1 { font-size: 1.6rem; line-height: 1.3; }
    h2 { font-size: 1.2rem; margin: 1.6rem 0 0; }
    p, ul { margin: .3rem 0; overflow-wrap: anywhere; }
    nav a { margin-inline-end: 1rem; }
"""


def write_page(book: Rulebook, texts: Texts, language: str | None = None) -> str:
    """Return the page, in one language or in all the office speaks.

    Raises:
        FaultsError: the office does not speak the language.
    """
    spoken = book.rules.office.languages
    if language is not None and language not in spoken:
        mend = f"Known: {', '.join(spoken)}. Languages are added under office.languages in the rules."
        raise FaultsError([Fault("--language", f"the office does not speak '{language}'.", mend)])
    languages = spoken if language is None else (language,)
    own = languages[0]
    title = f"{texts.say(own, 'art13-title')} – {book.rules.office.name}"
    articles = [part for one in languages for part in _article(book, texts, one)]
    return html.document(own, title, _STYLE, [*_languages(texts, languages), "<main>", *articles, "</main>"])


def _languages(texts: Texts, languages: Sequence[str]) -> Iterator[str]:
    """Write the links to each language; nothing where there is one."""
    if len(languages) > 1:
        links = [
            f'<a href="#{one}" lang="{one}" hreflang="{one}">{html.text(texts.say(one, "language-name"))}</a>'
            for one in languages
        ]
        yield f"<nav>{' '.join(links)}</nav>"


def _article(book: Rulebook, texts: Texts, language: str) -> Iterator[str]:
    yield f'<article id="{language}" {html.in_language(language)}>'
    yield html.heading(1, texts.say(language, "art13-title"))
    yield html.paragraph(book.rules.office.name)
    for section in full_notice(texts, book.rules, language):
        yield from _section(section)
    version = html.text(bare(texts.say(language, "art13-version", version=book.notice_version)))
    yield f"<p><small>{version}</small></p>"
    yield "</article>"


def _section(section: Section) -> Iterator[str]:
    yield html.heading(2, section.title)
    lines = bare(section.text).splitlines()
    yield from (html.paragraph(line) for line in lines if not line.startswith(_ITEM))
    items = [html.text(line.removeprefix(_ITEM)) for line in lines if line.startswith(_ITEM)]
    if items:
        yield "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
