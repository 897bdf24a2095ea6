"""The review as a workbook: contents, a sheet for each slide with its numbers and native charts, and definitions."""

from __future__ import annotations

import io

import xlsxwriter

from cs_dash.look import words
from cs_dash.look.spreadsheet_text import sheet_title, workbook_text
from cs_dash.review.deck import Deck, Slide
from cs_dash.review.xlsx.about_sheets import write_contents, write_definitions
from cs_dash.review.xlsx.sheets import SheetWriter
from cs_dash.review.xlsx.slide_sheets import write_slide
from cs_dash.review.xlsx.styles import Styles

__all__ = ["xlsx_bytes"]

CONTENTS, DEFINITIONS = "Contents", "Definitions"
TEXT_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
"""How the library takes what it is given: text is text, whatever it looks like."""


def xlsx_bytes(deck: Deck) -> bytes:
    """Return the slides that are shown as an Excel workbook.

    Numbers are unrounded, with the number format of their unit; text is never a formula. Every sheet has the scope and
    the as-of date, and a link to the contents.
    """
    out = io.BytesIO()
    names = sheet_names(deck)
    with xlsxwriter.Workbook(out, TEXT_ONLY) as book:
        book.set_properties(
            {"title": workbook_text(deck.title)[:255], "subject": workbook_text(scope_line(deck))[:255]}
        )
        styles = Styles(book)

        def writer(name: str) -> SheetWriter:
            return SheetWriter(book, book.add_worksheet(name), name, styles, scope_line(deck), CONTENTS)

        write_contents(writer(CONTENTS), deck, names, DEFINITIONS)
        for number, slide in deck.numbered():
            write_slide(writer(names[number]), slide)
        write_definitions(writer(DEFINITIONS), deck)
    return out.getvalue()


def scope_line(deck: Deck) -> str:
    """Return what the numbers of every sheet cover: company, scope, as-of date and load."""
    day = f"data as of {words.date(deck.as_of)}" if deck.as_of else ""
    return " · ".join(part for part in (deck.company, deck.scope_text, day, deck.data_text) if part)


def sheet_names(deck: Deck) -> dict[int, str]:
    """Return the sheet's name of each slide by its number: "3 Net revenue retention", 31 letters at most."""
    return {number: sheet_title(f"{number} {_short_name(slide)}") for number, slide in deck.numbered()}


def _short_name(slide: Slide) -> str:
    return slide.section or slide.title
