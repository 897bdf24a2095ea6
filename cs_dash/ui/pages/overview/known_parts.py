"""Which figures and charts the overview has: the usual ones, and in place of those that are unknown the next known."""

from __future__ import annotations

from dataclasses import dataclass

from cs_dash.answer import Answer, Figure
from cs_dash.charts import Chart
from cs_dash.ui.pages.page import View

MOST_FIGURES = MOST_CHARTS = 4
SUMMARY = "overview.summary"
USUAL_FIGURES = (
    (SUMMARY, "nrr", "retention"), (SUMMARY, "grr", "retention"), (SUMMARY, "mrr_at_risk", "accounts"),
    (SUMMARY, "howto_share", "support-demand"),
)  # fmt: skip
MORE_FIGURES = (
    ("churn.summary", "churn_share", "churn"), ("churn.summary", "mrr_lost", "churn"),
    ("retention.summary", "mrr_end", "retention"), ("retention.summary", "arpa", "retention"),
    ("retention.summary", "accounts_end", "accounts"), ("churn.summary", "churned_accounts", "churn"),
    ("support.howto", "tickets", "tickets"), ("support.backlog", "backlog", "response-times"),
    ("health.nps", "nps", "accounts"),
)  # fmt: skip
"""(question, figure, page that says more), in the order in which they take the place of an unknown one."""
USUAL_CHARTS = (SUMMARY, "support.howto", "overview.changes")
"""The questions whose charts come first."""
MORE_CHARTS = (
    ("churn.summary", "churn_by_dimension"), ("churn.satisfaction", "satisfaction"), ("churn.reasons", "reasons"),
    ("support.kinds", "kind_months"), ("health.nps", "nps"),
)  # fmt: skip
TABLES = {
    "churn.summary": "churn_events", "churn.reasons": "churn_events", "churn.satisfaction": "churn_events",
    "retention.summary": "subscriptions", "health.accounts": "subscriptions", "support.howto": "tickets",
    "support.backlog": "tickets", "support.areas": "tickets", "support.kinds": "tickets", "health.nps": "surveys",
}  # fmt: skip
"""Question -> the table without which it knows nothing, so that it need not be asked."""


@dataclass(frozen=True)
class KnownFigure:
    """A figure that has a value.

    Attributes:
        answer: the answer that it is from.
        figure: the figure.
        page: name of the page that says more.
    """

    answer: Answer
    figure: Figure
    page: str


@dataclass
class KnownAnswers:
    """The answers of the overview, each asked when it is needed first."""

    view: View
    by_question: dict[str, Answer]

    def get(self, question: str) -> Answer | None:
        """Return the answer to a question; None where the data cannot answer it."""
        if question not in self.by_question:
            if not self.view.has(TABLES[question]):
                return None
            self.by_question[question] = self.view.ask(question).result()
        answer = self.by_question[question]
        return None if answer.missing_tables else answer

    @property
    def asked(self) -> list[Answer]:
        """The answers that have something to say, in the order of asking."""
        return [answer for answer in self.by_question.values() if not answer.missing_tables]

    @property
    def dates_assumed(self) -> bool:
        """Whether most contract dates are assumed, so that retention is that of no real window."""
        notes = self.by_question[SUMMARY].notes
        return any(note.kind == "assumption" and "nrr" in note.affects for note in notes)

    def figures(self) -> list[KnownFigure]:
        """Return up to four figures that have a value, the usual ones first."""
        known: list[KnownFigure] = []
        for question, name, page in (*USUAL_FIGURES, *MORE_FIGURES):
            answer = self.get(question) if len(known) < MOST_FIGURES else None
            if answer is None or (name in ("nrr", "grr") and self.dates_assumed):
                continue
            if name == "mrr_at_risk" and not self.view.has("subscriptions"):
                name = "accounts_at_risk"
            figure = next((figure for figure in answer.figures if figure.name == name), None)
            if figure is not None and figure.value is not None:
                known.append(KnownFigure(answer, figure, page))
        return known

    def charts(self, listed: str = "") -> list[Chart]:
        """Return up to four charts that have rows, those of the usual answers first.

        `listed`: the question whose rows stand on the page as a list already, and so need no chart.
        """
        usual = [self.by_question.get(question) for question in USUAL_CHARTS]
        charts = [chart for answer in usual if answer for chart in answer.charts if chart.rows.num_rows]
        for question, name in MORE_CHARTS:
            answer = self.get(question) if len(charts) < MOST_CHARTS and question != listed else None
            charts += [chart for chart in answer.charts if chart.name == name and chart.rows.num_rows] if answer else []
        return charts[:MOST_CHARTS]
