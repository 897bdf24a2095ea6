"""The overview as triage: the sentence, four figures, whom to look at and what changed, and the charts."""

from __future__ import annotations

from cs_dash.answer import Answer
from cs_dash.look.templates import render
from cs_dash.ui.components.drawer import open_row
from cs_dash.ui.components.show.answers import head
from cs_dash.ui.components.show.charts import chart_cards
from cs_dash.ui.components.show.empty import empty
from cs_dash.ui.components.show.figures import card
from cs_dash.ui.components.show.marks import clicked, follow_link, open_mark, opened_rows
from cs_dash.ui.components.show.notes import notes_html
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.alignment.goals_card import goals_line
from cs_dash.ui.pages.overview.known_parts import SUMMARY, KnownAnswers
from cs_dash.ui.pages.overview.triage import changes_html, list_card, triage_html
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import address


def show_overview(view: View) -> None:
    """Show the overview; where an answer is unknown, what is known takes its place."""
    requests = {name: view.ask(name) for name in (SUMMARY, "overview.changes", "overview.at_risk")}
    if view.has("tickets"):
        requests["support.howto"] = view.ask("support.howto")
    known = KnownAnswers(view, {name: request.result() for name, request in requests.items()})
    summary = known.by_question[SUMMARY]
    figures = known.figures()
    if not figures and summary.missing_tables:
        head(view.page.title, summary.headline)
        empty(summary)
        return
    definitions = view.snapshot.warehouse.definitions
    cards = [
        card(known_figure.figure, known_figure.answer, definitions, locale(), address.link(known_figure.page))
        for known_figure in figures
    ]
    scope = view.scope.resolved(view.snapshot.warehouse.newest_day())
    first = list_card(known.by_question["overview.at_risk"], known)
    beside = first.answer.rows.num_rows if first else 0
    charts = known.charts(first.answer.question if first else "")
    head(
        view.page.title,
        headline(known),
        render("components/figures.html", cards=cards),
        goals_line(view),
        triage_html(first, changes_html(known.by_question["overview.changes"], scope, beside)),
        notes_html(known.asked),
    )
    marks = view.marks(known.asked)
    opened_by = [chart_marks.opens for chart_marks in marks.values() if chart_marks.opens]
    chart_cards(
        charts,
        clickable=marks,
        clicked=lambda chart, rows: clicked(chart, marks[chart.name], rows, opened_by),
        opened=opened_rows(charts, marks),
    )
    follow_link()
    if not open_mark(charts, marks, opened_by) and first:
        open_row(first.answer, body=view.account_row)


def headline(known: KnownAnswers) -> str:
    """Return the sentence of the page; where the dates of contracts are assumed, churn as recorded comes first."""
    summary: Answer = known.by_question[SUMMARY]
    churn = known.get("churn.summary") if known.dates_assumed or summary.missing_tables else None
    parts = [churn.headline] if churn else []
    return " ".join(parts + ([] if summary.missing_tables else [summary.headline]))
