"""A page from its answers: title, sentence, figures, notes, charts, the list to act on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from cs_dash.answer import Answer, Definition
from cs_dash.look.templates import Markup, bold, render
from cs_dash.ui.components import controls
from cs_dash.ui.components.html import html, note
from cs_dash.ui.components.navigation import page_at
from cs_dash.ui.components.show.charts import Choice, Drill, chart_cards, let_go
from cs_dash.ui.components.show.empty import empty
from cs_dash.ui.components.show.figures import figures_html
from cs_dash.ui.components.show.lines import lines_of
from cs_dash.ui.components.show.notes import notes_html
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.registry import by_name
from cs_dash.ui.state import address

MOST_CHARTS = 4


@dataclass(frozen=True)
class PageContent:
    """One page's answers.

    Attributes:
        title: the page's question.
        main: its sentence and its figures are the page's.
        more_answers: what stands below.
        table: the answer whose rows are the list to act on.
        heading: what that list is.
        figures: names of the figures to show; empty: the first four.
        charts: names of the charts to show, in order; empty: the first four.
        choices: what the reader can choose, in the card of a chart.
        lines: an answer and its text column, shown as lines beside the last chart.
        definitions: every definition by name.
        drills: name of a chart -> what a click on one of its marks asks; the answer takes the place of the table.
    """

    title: str
    main: Answer
    more_answers: tuple[Answer, ...]
    table: Answer
    heading: str = ""
    figures: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    lines: tuple[Answer, str] | None = None
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    drills: Mapping[str, Drill] = field(default_factory=dict)

    def draw_lines(self) -> None:
        """Draw the findings that are listed as lines."""
        if self.lines:
            lines_of(*self.lines)


def head(title: str, headline: str, *below: Markup) -> None:
    """Show a page's title, its headline and the HTML below it, all in one element."""
    html(render("components/page_head.html", title=title, headline=headline, parts=below))


def show(sheet: PageContent) -> None:
    """Show one page; an answer without its tables shows which tables it needs."""
    main = sheet.main
    answers = [answer for answer in (main, *sheet.more_answers) if not answer.missing_tables]
    if main.missing_tables:
        head(sheet.title, main.headline)
        empty(main)
        return
    figures = figures_html(main, sheet.definitions, sheet.figures)
    head(sheet.title, main.headline, figures, notes_html([*answers, sheet.table]))
    charts = {chart.name: chart for answer in answers for chart in answer.charts}
    names = [name for name in sheet.charts or charts if name in charts][:MOST_CHARTS]
    picked = chart_cards(
        [charts[name] for name in names],
        sheet.table,
        sheet.choices,
        sheet.draw_lines if sheet.lines else None,
        sheet.drills,
    )
    picked = picked or {name: (drill.value,) for name, drill in sheet.drills.items() if drill.value}
    back = partial(_back, names, sheet.drills) if picked else None
    behind = [(sheet.drills[name], values[0]) for name, values in picked.items() if name in sheet.drills]
    if behind:
        _behind(*behind[0], back)
    elif sheet.table.missing_tables:
        empty(sheet.table)
    else:
        table_of(sheet.table, picked, sheet.heading, back)


def _behind(drill: Drill, value: str, back: Callable[[], None] | None) -> None:
    """Show the rows behind a mark in place of the table, with a link to the page that lists more."""
    answer = drill.ask(value)
    note(bold(answer.headline))
    if drill.more_page:
        carried = address.of_scope(address.read()) | {drill.column: [value]}
        controls.page_link(
            page_at(drill.more_page),
            label=f"Open in {by_name()[drill.more_page].title}",
            query_params=carried,
        )
    table_of(answer, back=back)


def _back(names: Sequence[str], drills: Mapping[str, Drill]) -> None:
    """Clear the selection of these charts, and what the address opened."""
    let_go(names)
    for drill in drills.values():
        if drill.value:
            address.write_choice(drill.column, "")
