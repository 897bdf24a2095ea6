"""One value of a table as HTML, written by the one formatter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.answer import Column, number_or_none
from cs_dash.look import words
from cs_dash.look.locales import MINUS
from cs_dash.look.templates import Markup, render
from cs_dash.ui.components.tables.chips import TONES, chip_html
from cs_dash.ui.components.tables.links import Target, target_href, target_of
from cs_dash.ui.components.tables.trend_line import trend_lines
from cs_dash.ui.state import address

WEB = re.compile(r"https?://", re.I)
"""What a link may begin with: a click opens a page, and never runs a script."""
TEXTS = ("text", "date", "month", "flag", "link", "trend")
BANDS = ("green", "yellow", "red")
LONG = 28  # letters; a longer text gets room to wrap
# The same values stand in many rows, and again after each click: filling a template takes most of a table's time.
fragment = lru_cache(maxsize=8192)(render)
LONGEST = 160  # letters of a text that a cell holds; the drawer and the files have all of it


@dataclass(frozen=True)
class CellStyle:
    """How the cells of one column are written.

    Attributes:
        column: the column.
        target: what its values are names of, or None.
        signed: whether its numbers are changes, which bear a sign.
        bar: whether its numbers are scores from 0 to 100, which are drawn as well.
        wide: whether its texts need room to wrap.
        chip: whether its words stand in a coloured frame: states of goals and roadmap items, verdicts.
    """

    column: Column
    target: Target | None
    signed: bool
    bar: bool
    wide: bool
    chip: bool = False

    @classmethod
    def of(cls, column: Column, rows: pa.Table) -> CellStyle:
        """Return the style of a column of these rows, the same for all of them."""
        values = rows[column.name]
        is_text = pa.types.is_string(values.type)
        negative = column.unit == "score" and (number_or_none(pc.min(values).as_py()) or 0) < 0
        longest = int(pc.max(pc.utf8_length(values)).as_py() or 0) if is_text and len(values) else 0
        return cls(
            column,
            target_of(column.name, rows.column_names),
            signed=negative,
            bar=column.unit == "score" and not negative,
            wide=longest > LONG,
            chip=column.name in TONES and bool({"item", "goal", "programme"} & set(rows.column_names)),
        )

    @property
    def css_class(self) -> str:
        """The classes of its cells: numbers stand at the right."""
        kinds = [] if self.column.unit in TEXTS else ["cs-number"]
        return " ".join(kinds + ["cs-wide"] * self.wide + [f"cs-is-{self.column.unit}"])


def cell_html(
    style: CellStyle,
    row: Mapping[str, Any],
    currency: str,
    language: str,
    scope: address.Query,
    *,
    whole: bool = False,
    href: str = "",
) -> Markup:
    """Return the inside of one cell; `whole`: long texts are not cut; `href`: where it leads, if not by its column."""
    column, value = style.column, row[style.column.name]
    text = value_text(style, value, currency, language)
    if value is None or value == "":
        missing = words.NOT_APPLICABLE if column.absent else words.MISSING
        return fragment("tables/missing.html", text="" if column.unit in TEXTS else missing, why=column.absent)
    if column.unit == "trend":
        return trend_html(tuple(value), language)
    if style.bar:
        band = row["band"] if row.get("band") in BANDS else ""
        width = min(max(number_or_none(value) or 0.0, 0.0), 100.0)
        return fragment("tables/score.html", text=text, width=width, band=band)
    if column.unit == "link":
        return fragment("tables/web_link.html", text=short_address(text), href=text if WEB.match(text) else "")
    if column.unit == "text" and value in BANDS:
        return fragment("tables/band.html", band=value)
    if style.chip and (chip := chip_html(column.name, text)):
        return chip
    href = href or target_href(style.target, row, scope)
    cut = text if whole or len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
    title = text if style.wide and not whole else ""
    return render("tables/text.html", text=cut, title=title, href=href) if href or title else Markup.escape(cut)


def value_text(style: CellStyle, value: Any, currency: str, language: str) -> str:
    """Return a value as the one formatter writes it, a change with its sign."""
    text = words.cell(style.column.displayed(value), style.column.unit, currency, language)
    positive = style.signed and (number_or_none(value) or 0) > 0
    return f"+{text}" if positive and not text.startswith(("+", MINUS)) else text


@lru_cache(maxsize=2048)
def trend_html(values: tuple[float | None, ...], language: str) -> Markup:
    """Return a trend as a small line with its first and last value as text; "" with fewer than two values."""
    lines = trend_lines(list(values), 84, 22, 2)
    if not lines:
        return Markup()
    drawing = render("components/sparkline_drawing.html", width=84, height=22, lines=lines)
    return render("tables/trend.html", drawing=drawing, text=words.cell(list(values), "trend", locale=language))


def short_address(text: str) -> str:
    """Return a web address as it is read: without the protocol and the slash at its end."""
    return WEB.sub("", text).removesuffix("/")
