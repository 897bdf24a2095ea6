"""The sheets about the workbook: its contents with links, and the definitions of its metrics with their sources."""

from __future__ import annotations

from collections.abc import Mapping

from cs_dash.answer import Definition
from cs_dash.look.scope_text import scope_text
from cs_dash.review.deck import Deck
from cs_dash.review.xlsx.sheets import SheetColumn, SheetWriter


def write_contents(writer: SheetWriter, deck: Deck, names: Mapping[int, str], definitions: str) -> None:
    """Write the list of the slides, each with a link to its sheet, and the questions that their numbers come from."""
    writer.opening(deck.title, deck.address)
    slides = list(deck.numbered())
    block = writer.table(
        (
            SheetColumn("Slide", [number for number, _ in slides], "count"),
            SheetColumn("Part", [slide.section for _, slide in slides]),
            SheetColumn("Title", [slide.title for _, slide in slides]),
        ),
        freeze=True,
    )
    for row, (number, slide) in enumerate(slides, block.first_row):
        writer.link(row, block.last_column, names[number], slide.title)
    writer.link(writer.row, 0, definitions, "Definitions and sources")


def write_definitions(writer: SheetWriter, deck: Deck) -> None:
    """Write what each metric of the slides means, and which question each slide was answered from."""
    writer.opening("Definitions and sources")
    definitions: dict[str, tuple[Definition, list[str]]] = {}
    for number, slide in deck.numbered():
        if slide.definition:
            definitions.setdefault(slide.definition.name, (slide.definition, []))[1].append(str(number))
    entries = [definition for definition, _ in definitions.values()]
    writer.table(
        (
            SheetColumn("Metric", [entry.title for entry in entries]),
            SheetColumn("Meaning", [entry.explanation for entry in entries]),
            SheetColumn("Formula", [entry.formula for entry in entries]),
            SheetColumn("Edge cases", [entry.edge_cases for entry in entries]),
            SheetColumn("Source", [entry.source for entry in entries]),
            SheetColumn("Slides", [", ".join(numbers) for _, numbers in definitions.values()]),
        )
    )
    writer.text("Questions", "heading")
    sources = [(number, source) for number, slide in deck.numbered() for source in slide.sources]
    writer.table(
        (
            SheetColumn("Slide", [number for number, _ in sources], "count"),
            SheetColumn("Question", [source.question for _, source in sources]),
            SheetColumn(
                "Options", [" ".join(f"{name}={value}" for name, value in source.options) for _, source in sources]
            ),
            SheetColumn("Scope", [scope_text(source.scope) for _, source in sources]),
        )
    )
