"""Writes pages people can read anywhere and print: plain HTML, no script, nothing fetched, everything escaped.

A page is made of strings of HTML; whatever comes from outside goes through `text`. What people wrote turns its own
direction (`dir="auto"`), so an Arabic name does not turn the German line around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

# Written from the right.
_RIGHT_TO_LEFT = ("ar", "fa", "ckb", "ur", "he")
# Contrast at least 7:1; A4 with page numbers where it is printed. Nothing depends on colour.
_STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff;
  max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.3rem; margin-top: 2.5rem; border-top: 1px solid #767676; padding-top: 1rem; }
h3 { font-size: 1.05rem; margin-bottom: .25rem; }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .25rem 1rem; }
dt { color: #4a4a4a; }
dd { margin: 0; overflow-wrap: anywhere; }
.message { border-inline-start: 4px solid #767676; padding: .1rem .8rem; margin: .8rem 0; break-inside: avoid; }
.message.own { border-color: #0b5394; }
.message p { margin: 0; }
.who { font-weight: 600; }
.words { white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: start; font-weight: 600; padding: .75rem 0 .25rem; }
th, td { text-align: start; vertical-align: top; border-bottom: 1px solid #b0b0b0; padding: .25rem .75rem .25rem 0; }
td { white-space: pre-line; overflow-wrap: break-word; }
td:last-child { overflow-wrap: anywhere; min-width: 9rem; }
.wide { overflow-x: auto; }
code { font-size: .85em; overflow-wrap: anywhere; }
@page { size: A4; margin: 20mm; @bottom-right { content: counter(page) " / " counter(pages); } }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; }
  tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
"""


def text(words: object) -> str:
    """Return words as HTML text."""
    return escape(str(words), quote=True)


def page(language: str, title: str, parts: Iterable[str]) -> str:
    """Return a record as a whole page; its title is its first heading too."""
    return document(language, title, _STYLE, ["<main>", heading(1, title), *parts, "</main>"])


def document(language: str, title: str, style: str, body: Iterable[str]) -> str:
    """Return a whole page with a style of its own."""
    return "\n".join(
        [
            "<!doctype html>",
            f"<html {in_language(language)}>",
            "<head>",
            '<meta charset="utf-8">',
            # Nobody's words become anything but words, even where a reader opens the file from a web server.
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{text(title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            *body,
            "</body>",
            "</html>",
            "",
        ]
    )


def in_language(language: str) -> str:
    """Return the attributes of what is written in a language: which, and from which side."""
    return f'lang="{text(language)}" dir="{"rtl" if language.split("-")[0] in _RIGHT_TO_LEFT else "ltr"}"'


def heading(level: int, words: str) -> str:
    """Return a heading."""
    return f"<h{level}>{text(words)}</h{level}>"


def paragraph(words: str) -> str:
    """Return a paragraph; line breaks stay."""
    return f"<p>{text(words).replace(chr(10), '<br>')}</p>"


def facts(pairs: Iterable[tuple[str, object | None]]) -> str:
    """Return names with their values; those without one are left out."""
    rows = [f'<dt>{text(name)}</dt><dd dir="auto">{text(value)}</dd>' for name, value in pairs if value is not None]
    return f"<dl>{''.join(rows)}</dl>" if rows else ""


def message(head: str, words: str, *, own: bool) -> str:
    """Return something somebody wrote, under who wrote it and when."""
    kind = "message own" if own else "message"
    body = f'<p class="words" dir="auto">{text(words)}</p>'
    return f'<article class="{kind}"><p class="who">{text(head)}</p>{body}</article>'


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table, or nothing where there are no rows."""
    lines = ["".join(f'<td dir="auto">{text(cell)}</td>' for cell in row) for row in rows]
    if not lines:
        return ""
    head = "".join(f'<th scope="col">{text(column)}</th>' for column in columns)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    table = f"<table><caption>{text(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    # On a phone a wide table is moved by itself, also with the keyboard; the page stays as it is.
    return f'<div class="wide" tabindex="0" role="region" aria-label="{text(caption)}">{table}</div>'
