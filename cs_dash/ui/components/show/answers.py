"""A page from its answers: title, sentence, figures, notes, charts, the list to act on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from cs_dash.answer import Answer, Definition
from cs_dash.look.templates import Markup, bold, render
from cs_dash.sharing import Right
from cs_dash.ui.components.account_names import with_account_links
from cs_dash.ui.components.drawer import Body, Links, open_row
from cs_dash.ui.components.html import html
from cs_dash.ui.components.show.charts import Choice, chart_cards
from cs_dash.ui.components.show.empty import empty
from cs_dash.ui.components.show.figures import figures_html
from cs_dash.ui.components.show.lines import lines_of
from cs_dash.ui.components.show.marks import ChartMarks, clicked, follow_link, open_mark, opened_rows
from cs_dash.ui.components.show.notes import notes_html
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.state import address
from cs_dash.ui.state.reader import may

MOST_CHARTS = 4
FEWEST_BESIDE = 6
"""Lines that fill the half beside a chart; fewer stand below it."""


@dataclass(frozen=True)
class PageContent:
    """One page's answers.

    Attributes:
        title: the page's question.
        main: its sentence and its figures are the page's.
        more_answers: what stands below.
        table: the answer whose rows are the list to act on.
        heading: what that list is.
        figures: names of the figures to show, and of those that take the place of unknown ones; empty: the first four.
        figure_pages: name of a figure -> the page that it is a link to.
        charts: names of the charts to show, in order; empty: the first four.
        choices: what the reader can choose, in the card of a chart.
        lines: an answer and its text column, shown as lines beside the last chart.
        definitions: every definition by name.
        marks: name of a chart -> what a click on one of its marks opens in the drawer.
        row_body: a row of the table -> what its drawer shows above its columns; None for nothing.
        row_links: a row of the table -> further links in its drawer.
        settings: label of a link to a setting that the page uses -> the setting's name.
        above_table: draws what stands between the figures and the table, which then comes before the charts; returns
            whether the table follows.
    """

    title: str
    main: Answer
    more_answers: tuple[Answer, ...]
    table: Answer
    heading: str = ""
    figures: tuple[str, ...] = ()
    figure_pages: Mapping[str, str] = field(default_factory=dict)
    charts: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    lines: tuple[Answer, str] | None = None
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    marks: Mapping[str, ChartMarks] = field(default_factory=dict)
    row_body: Body | None = None
    row_links: Links | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    above_table: Callable[[], bool] | None = None

    def draw_lines(self) -> None:
        """Draw the findings that are listed as lines."""
        if self.lines:
            lines_of(*self.lines)


def head(title: str, headline: str, *below: Markup) -> None:
    """Show a page's title, its headline and the HTML below it, all in one element."""
    html(render("components/page_head.html", title=title, headline=headline, parts=below))


def settings_html(settings: Mapping[str, str]) -> Markup:
    """Return links to fields of the settings page as HTML, by their labels; "" for none, and for who may not set."""
    if not may(Right.SETTINGS):
        return Markup()
    links = [(label, address.link("settings", field=name)) for label, name in settings.items()]
    return render("navigation/setting_links.html", links=links) if links else Markup()


def show(sheet: PageContent) -> None:
    """Show one page; an answer without its tables shows which tables it needs."""
    main = sheet.main
    answers = [answer for answer in (main, *sheet.more_answers) if not answer.missing_tables]
    if main.missing_tables:
        head(sheet.title, main.headline)
        empty(main)
        return
    more_figures = [figure for answer in answers[1:] for figure in answer.figures if figure.name in sheet.figures]
    with_figures = replace(main, figures=(*main.figures, *more_figures))
    names = [name for name in sheet.figures if name in {figure.name for figure in with_figures.figures}]
    figures = figures_html(with_figures, sheet.definitions, names, sheet.figure_pages)
    headline = with_account_links(bold(main.headline), main.rows)
    head(sheet.title, headline, figures, notes_html([*answers, sheet.table], settings_html(sheet.settings)))
    charts = {chart.name: chart for answer in answers for chart in answer.charts}
    shown_charts = [charts[name] for name in sheet.charts or charts if name in charts][:MOST_CHARTS]
    opened_by = [marks.opens for marks in sheet.marks.values() if marks.opens]
    if sheet.above_table and sheet.above_table():
        _table(sheet)
    beside = sheet.lines is not None and sheet.lines[0].rows.num_rows >= FEWEST_BESIDE
    chart_cards(
        shown_charts,
        sheet.choices,
        sheet.draw_lines if beside else None,
        sheet.marks,
        lambda chart, rows: clicked(chart, sheet.marks[chart.name], rows, opened_by),
        opened_rows(shown_charts, sheet.marks),
    )
    if not beside:
        sheet.draw_lines()
    if not sheet.above_table:
        _table(sheet)
    follow_link()
    if not open_mark(shown_charts, sheet.marks, opened_by):
        open_row(sheet.table, body=sheet.row_body, more_links=sheet.row_links)


def _table(sheet: PageContent) -> None:
    if sheet.table.missing_tables:
        empty(sheet.table)
    else:
        table_of(sheet.table, sheet.heading)
