"""A table as HTML: sorted by the links of its head, searched, in pages, with the columns that the reader chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.answer import Answer, Column
from cs_dash.look import words
from cs_dash.look.templates import Markup, render
from cs_dash.ui.components.tables.cells import TEXTS, CellStyle, cell_html
from cs_dash.ui.components.tables.choices import COLUMNS, DRAWER, FIND, OPEN, PAGE, SORT, TableChoices
from cs_dash.ui.components.tables.links import target_href
from cs_dash.ui.components.tables.row_order import matching_rows, row_keys, sorted_rows
from cs_dash.ui.state import address

PAGE_ROWS = 50
SEARCHED_ROWS = 8
"""With so many rows a search is offered; fewer are found by the eye."""
DECIDING, MOST_IN_DRAWER = 3, 5
DIRECTIONS = {False: "ascending", True: "descending"}


class TableCell(NamedTuple):
    """A cell as the template has it: its inside, whether that is a link, and whether a link to the row stands beside.

    Attributes of tuples, since a template looks into a table some thousand times, and finds keys of dictionaries late.
    """

    html: Markup
    linked: bool
    peek: bool


class TableRow(NamedTuple):
    """A row as the template has it: where a click on it leads, its name and its cells."""

    href: str
    name: str
    cells: list[TableCell]


class ColumnHead(NamedTuple):
    """The head of a column as the template has it."""

    label: str
    help: str
    css_class: str
    rest: bool
    sorted: str
    href: str


@dataclass(frozen=True)
class TableView:
    """What of an answer stands in its table now.

    Attributes:
        answer: the answer with the rows in the order of the screen, all that the search leaves: what a file holds.
        offered: the columns that a reader can have on the screen.
        columns: those that are on it, in order.
        choices: what the reader chose.
        keys: the key of each row in the address.
        total: how many rows there are without the search.
        first: place of the first row on the screen.
        opens: whether a click on a row opens it.
    """

    answer: Answer
    offered: tuple[Column, ...]
    columns: tuple[Column, ...]
    choices: TableChoices
    keys: tuple[str, ...]
    total: int
    first: int
    opens: bool

    @classmethod
    def of(cls, answer: Answer, choices: TableChoices, *, opens: bool = True, language: str = "en") -> TableView:
        """Return the rows of an answer as the address wants them; what it cannot mean is left out.

        `language`: the reader's, for the words that are searched.
        """
        rows = answer.rows
        _, keys = row_keys(rows)
        rows = rows.append_column(_KEY, pa.array(keys, pa.string()))
        offered = offered_columns(answer)
        if choices.find:
            rows = matching_rows(rows, offered, choices.find, language)
        if choices.sort in answer.rows.column_names:
            rows = sorted_rows(rows, choices.sort, descending=choices.descending)
        ordered_keys = tuple(rows[_KEY].to_pylist())
        last_page = max(1, -(-rows.num_rows // PAGE_ROWS))
        first = (min(choices.page, last_page) - 1) * PAGE_ROWS
        shown_answer = replace(answer, rows=rows.drop_columns([_KEY]))
        columns = chosen_columns(offered, choices)
        return cls(shown_answer, offered, columns, choices, ordered_keys, answer.rows.num_rows, first, opens)

    @property
    def row_count(self) -> int:
        """How many rows the search leaves."""
        return int(self.answer.rows.num_rows)

    def rows_html(self, caption: str, language: str) -> Markup:
        """Return the page of rows as HTML."""
        rows = self.answer.rows.slice(self.first, PAGE_ROWS)
        styles = [CellStyle.of(column, self.answer.rows) for column in self.columns]
        scope = address.of_scope(self.choices.query)
        deciding = self._deciding_columns()
        lines = [
            self._row(row, key, styles, scope, language)
            for row, key in zip(rows.to_pylist(), self.keys[self.first :], strict=False)
        ]
        last = self.first + len(lines)
        page, pages = self.first // PAGE_ROWS + 1, max(1, -(-self.row_count // PAGE_ROWS))
        return render(
            "tables/table.html",
            caption=caption,
            sorted_text=self._sorted_text(),
            heads=[self._head(style, style.column.name not in deciding) for style in styles],
            has_rest=len(deciding) < len(styles),
            rows=lines,
            pages=pages,
            range_text=f"{words.count(self.first + 1, language)}–{words.count(last, language)} of "
            f"{words.count(self.row_count, language)}",
            previous=self.choices.href(**{PAGE: str(page - 1) if page > 2 else ""}) if page > 1 else "",
            next=self.choices.href(**{PAGE: str(page + 1)}) if page < pages else "",
        )

    def head_html(self, title: str, note: str, pin: str = "") -> Markup:
        """Return the heading with the search and the choice of columns; `pin`: what adds the table to a review."""
        offered = self.offered
        chosen = {column.name for column in self.columns}
        searched = self.choices.find or self.total >= SEARCHED_ROWS
        has_texts = any(column.unit == "text" for column in offered)
        return render(
            "tables/head.html",
            title=title,
            note=note,
            pin=pin,
            noun="table",
            find=self.choices.find,
            find_name=self.choices.name(FIND) if searched and has_texts else "",
            find_href=self.choices.href(**{FIND: "", PAGE: ""}),
            choices=[
                {"name": column.name, "label": column.label, "chosen": column.name in chosen} for column in offered
            ]
            if len(offered) > DECIDING + 1 and self.total
            else [],
            columns_name=self.choices.name(COLUMNS),
            columns_href=self.choices.href(**{COLUMNS: ""}),
            all_href=self.choices.href(**{COLUMNS: ""}),
        )

    def _deciding_columns(self) -> set[str]:
        """Return the names of the columns that a phone shows at once, the first one among them."""
        names = [column.name for column in self.columns]
        priority = [column.name for column in self.columns if column.priority and column.name != names[0]]
        return {*names[:1], *[*dict.fromkeys([*priority, *names[1:]])][:DECIDING]}

    def _head(self, style: CellStyle, rest: bool) -> ColumnHead:
        """Return the head of a column; its link sorts, first with the largest numbers on top, then the other way."""
        name, choices = style.column.name, self.choices
        is_sorted = choices.sort == name
        first_way = f"-{name}" if style.column.unit not in TEXTS else name
        other_way = name if first_way.startswith("-") else f"-{name}"
        current = f"-{name}" if choices.descending else name
        target = first_way if not is_sorted else other_way if current == first_way else ""
        return ColumnHead(
            label=style.column.label,
            help=style.column.help,
            css_class=style.css_class,
            rest=rest,
            sorted=DIRECTIONS[choices.descending] if is_sorted else "",
            href=choices.href(**{SORT: target, PAGE: ""}),
        )

    def _row(
        self, row: Mapping[str, Any], key: str, styles: list[CellStyle], scope: address.Query, language: str
    ) -> TableRow:
        href = self.choices.href(**{OPEN: key}) if self.opens else ""
        first = row[styles[0].column.name]
        cells = []
        for style in styles:
            # A name that the open page itself has a drawer for opens that, with all that is chosen here.
            opens_row = bool(href and style.target and style.target.choice == self.choices.opened_as)
            linked = bool(target_href(style.target, row, scope)) or style.column.unit == "link"
            own_href = href if opens_row else ""
            html = cell_html(style, row, self.answer.currency, language, scope, href=own_href)
            cells.append(TableCell(html, linked, peek=bool(href and linked and not opens_row)))
        return TableRow(href, str(first) if first is not None else key, cells)

    def _sorted_text(self) -> str:
        label = next((column.label for column in self.columns if column.name == self.choices.sort), "")
        return f"sorted by {label}, {DIRECTIONS[self.choices.descending]}" if label else ""


def _few_columns(offered: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns that fit into the drawer: the first one, those that decide, and as many others as fit."""
    rest = [column for column in offered[1:] if not column.optional]
    chosen = [*(c for c in rest if c.priority), *(c for c in rest if not c.priority)][:MOST_IN_DRAWER]
    scored = any(column.name == "score" for column in chosen)
    names = {column.name for column in chosen if not (scored and column.name == "band")}
    return tuple(c for at, c in enumerate(offered) if not at or c.name in names)


_KEY = "\0key"
"""A name that no column of an answer has."""


def offered_columns(answer: Answer) -> tuple[Column, ...]:
    """Return the columns that a reader can have on the screen; without a description, as they are.

    A column without any value is left out; the files have it.
    """
    described = {column.name: column for column in answer.columns}
    if not described:
        return tuple(Column(name, name.replace("_", " ").capitalize()) for name in answer.rows.column_names)
    visible = [c for c in described.values() if not c.hidden and c.name in answer.rows.column_names]
    return tuple(c for c in visible if not answer.rows.num_rows or _shows_anything(answer.rows[c.name]))


def _shows_anything(values: pa.ChunkedArray) -> bool:
    """Return whether any cell of a column has something in it: an empty text has not, nor a trend of one point."""
    if pa.types.is_string(values.type):
        return bool(pc.max(pc.utf8_length(values)).as_py())
    if pa.types.is_list(values.type):
        return any(sum(point is not None for point in trend) > 1 for trend in values.to_pylist() if trend)
    return bool(values.null_count < len(values))


def chosen_columns(offered: tuple[Column, ...], choices: TableChoices) -> tuple[Column, ...]:
    """Return the columns on the screen: those of the address, else those that are not optional; always the first.

    The band of a score stands with the score.
    """
    names = set(choices.columns) & {column.name for column in offered}
    scored = any(column.unit == "score" and column.name == "score" for column in offered)
    if choices.prefix == DRAWER and not names:
        return _few_columns(offered)
    if names:
        return tuple(c for at, c in enumerate(offered) if c.name in names or not at)
    return tuple(c for at, c in enumerate(offered) if not at or not (c.optional or (scored and c.name == "band")))
