"""The sheet of one slide: its figures, its table or the numbers of its chart with a native chart, and its words."""

from __future__ import annotations

from cs_dash.answer import Column
from cs_dash.look import words
from cs_dash.look.captioned_picture import event_list
from cs_dash.review.deck import Slide, SlideTable
from cs_dash.review.xlsx.chart_sheets import write_chart
from cs_dash.review.xlsx.sheets import SheetColumn, SheetWriter


def write_slide(writer: SheetWriter, slide: Slide) -> None:
    """Write the sheet of a slide."""
    writer.opening(slide.title, slide.subtitle)
    if slide.title_outdated:
        writer.text(f"The title was written by hand. {slide.title_outdated}", "caveat")
        writer.row += 1
    if slide.figures:
        _write_figures(writer, slide)
    if slide.table:
        _write_table(writer, slide.table, slide.currency)
    if slide.chart and slide.chart.rows.num_rows:
        write_chart(writer, slide.chart)
        if events := event_list(slide.chart):
            writer.text(f"Events: {events}", "muted")
            writer.row += 1
    if slide.form == "decision":
        writer.text(" ".join(part for part in ("Decision asked", slide.item and f"on {slide.item}") if part), "heading")
    for line in slide.lines:
        writer.text(line.replace("**", ""))
    for doubt in slide.doubts:
        writer.text(f"Caveat: {doubt}", "muted")
    for remark in slide.remarks:
        writer.text(f"{remark.text} ({remark.person}, {words.date(remark.day)})")
        if remark.outdated:
            writer.text(remark.outdated, "caveat")


def _write_figures(writer: SheetWriter, slide: Slide) -> None:
    """Write the figures as a table: value, base, interval, previous value, each with the format of its unit."""
    figures, first = slide.figures, writer.row + 1
    texts = {
        "Compared with": [figure.previous_label for figure in figures],
        "Caveat": [figure.caveat for figure in figures],
        "Benchmark": [figure.benchmark for figure in figures],
    }
    numbers = ("Value", "n", "Low (95 %)", "High (95 %)", "Previous")
    writer.table(
        (
            SheetColumn("Figure", [figure.label for figure in figures]),
            *(SheetColumn(head, [None] * len(figures), "number") for head in numbers),
            SheetColumn("Counted", [figure.n_label for figure in figures]),
            *(SheetColumn(head, values) for head, values in texts.items() if any(values)),
        )
    )
    for row, figure in enumerate(figures, first):
        values = (figure.value, None, figure.low, figure.high, figure.previous)
        for column, value in enumerate(values, 1):
            writer.write(row, column, value, figure.unit, slide.currency)
        writer.write(row, 2, figure.n, "count")
        if figure.value is None:
            writer.write_text(row, 1, words.MISSING, writer.styles.of(align="right"))


def _write_table(writer: SheetWriter, table: SlideTable, currency: str) -> None:
    columns = [SheetColumn(column.label, _values(table, column), column.unit, currency) for column in table.columns]
    writer.table(columns, freeze=True)
    if table.rows.num_rows < table.total:
        writer.row -= 1
        shown, total = words.count(table.rows.num_rows), words.plural(table.total, "row")
        writer.text(f"The first {shown} of {total}.", "muted")
        writer.row += 1


def _values(table: SlideTable, column: Column) -> list[object]:
    return [column.displayed(value) for value in table.rows[column.name].to_pylist()]
