"""The two cards below the figures: whom to look at now, or the list that the data allow, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cs_dash.answer import Answer
from cs_dash.look import words
from cs_dash.look.templates import Markup, render
from cs_dash.page_registry import by_name
from cs_dash.questions.overview.at_risk import RED, rule
from cs_dash.questions.overview.comparison import comparison_day
from cs_dash.scope import Scope
from cs_dash.ui.components.tables.choices import TableChoices
from cs_dash.ui.components.tables.html_table import TableView
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.overview.known_parts import KnownAnswers
from cs_dash.ui.pages.overview.since_review import since_review
from cs_dash.ui.state import address

AT_ONCE, TOPICS_AT_ONCE, FEWEST = 6, 2, 3
"""Rows and lines that stand open, unless more accounts are red; topics among them; fewest rows of a list."""
MARKS = {True: ("good", "▲", "positive"), False: ("bad", "▼", "negative"), None: ("even", "•", "")}
FIGURE_PAGES = {"nrr": "retention", "grr": "retention", "howto_share": "support-demand", "red_share": "accounts"}
MOVEMENTS = {"new": "new", "lost": "churn"}
"""Movement of a change -> that of the revenue bridge, whose accounts the line opens."""
LISTS = (
    ("churn.reasons", "Top churn reasons", "churn", ("reason", "category", "events", "mrr_lost", "share")),
    ("health.accounts", "Largest accounts", "accounts", ("account", "mrr", "renewal_date", "csm")),
    ("support.areas", "Top how-to areas", "support-demand", ("area", "tickets", "accounts", "trend")),
    ("support.kinds", "Tickets by category", "support-demand", ("kind", "tickets", "share", "accounts")),
)
"""(question, heading, page with all, columns): what is listed while no account has a score; the first that has rows."""


@dataclass(frozen=True)
class ListCard:
    """The list of the first card.

    Attributes:
        answer: its rows, those at once only.
        title: its heading.
        note: the rule after which rows are listed, and how many of how many.
        page: name of the page that has all of them.
    """

    answer: Answer
    title: str
    note: str
    page: str

    def card(self) -> Markup:
        """Return the card; without rows its note stands for them."""
        table = TableView.of(self.answer, TableChoices.of_address())
        return render(
            "overview/list_card.html",
            title=self.title,
            note=self.note,
            table=table.rows_html(self.title, locale()) if table.total else Markup(),
            more=f"All in {by_name()[self.page].title}",
            href=address.link(self.page),
        )


def list_card(at_risk: Answer, known: KnownAnswers) -> ListCard | None:
    """Return the accounts at risk; while no account has a score, what else is known; None where nothing is."""
    if at_risk.columns:
        return at_risk_card(at_risk)
    short = None
    for question, title, page, columns in LISTS:
        answer = known.get(question)
        if answer is not None and answer.rows.num_rows:
            rows = answer.rows
            if question == "health.accounts":
                rows = rows.sort_by([("mrr", "descending"), ("account_id", "ascending")])
            shown = tuple(column for column in answer.columns if column.name in columns or column.hidden)
            total = rows.num_rows
            note = count_text(min(AT_ONCE, total), total)
            card = ListCard(replace(answer, rows=rows.slice(0, AT_ONCE), columns=shown), title, note, page)
            if total >= FEWEST:
                return card
            short = short or card
    return short


def at_risk_card(answer: Answer) -> ListCard:
    """Return the accounts at risk: all red ones, and others up to six."""
    with_renewals = "renewal_date" in answer.rows.column_names and (
        not answer.rows.num_rows or answer.rows["renewal_date"].null_count < answer.rows.num_rows
    )
    reds = answer.rows["why_listed"].to_pylist().count(RED)
    rows = answer.rows.slice(0, max(AT_ONCE, reds))
    total = answer.rows.num_rows
    note = f"{rule(with_renewals)} · {count_text(rows.num_rows, total)}" if total else answer.headline
    return ListCard(replace(answer, rows=rows), answer.title, note, "accounts")


def count_text(shown: int, total: int) -> str:
    """Return "6 of 23", or "6" where all are shown."""
    language = locale()
    return words.count(total, language) if shown == total else (
        f"{words.count(shown, language)} of {words.count(total, language)}"
    )  # fmt: skip


def changes_html(answer: Answer, scope: Scope, rows_beside: int = 0) -> Markup:
    """Return what changed since the comparison day, each line as a link to what it speaks of; "" where nothing did.

    `scope`: a resolved one. `rows_beside`: rows of the list beside it, along which more lines stand open.
    """
    before = comparison_day(scope)
    rows = answer.rows.to_pylist()
    if not rows or before is None:
        return Markup()
    total, at_once = len(rows), max(AT_ONCE, rows_beside + 2)
    lines = [_line(row) for row in with_topics(rows, at_once)]
    return render(
        "overview/changes_card.html",
        title="What changed",
        note=f"Since {words.date(before, locale())}",
        since_review=since_review(scope),
        lines=lines[:at_once],
        more_lines=lines[at_once:],
        more_label=words.plural(total - at_once, "more change", locale=locale()),
    )


def with_topics(rows: list[dict[str, Any]], at_once: int) -> list[dict[str, Any]]:
    """Return the changes with up to two topics among the first `at_once`, which revenue and retention would fill."""
    late = [row for row in rows[at_once:] if row["topic"]]
    early = sum(bool(row["topic"]) for row in rows[:at_once])
    moved = late[: max(0, TOPICS_AT_ONCE - early)]
    others = [row for row in rows if row not in moved]
    at = at_once - len(moved)
    return [*others[:at], *moved, *others[at:]]


def triage_html(first: ListCard | None, changes: Markup) -> Markup:
    """Return the two cards side by side, or the one that there is; "" without any."""
    cards = [card for card in (first.card() if first else Markup(), changes) if card]
    return render("overview/triage.html", cards=cards) if cards else Markup()


def change_href(row: Mapping[str, Any]) -> str:
    """Return the link to what a change speaks of: an account, a topic, a movement's accounts, a figure's page."""
    if row["account_id"]:
        return address.link("account", account=row["account_id"])
    if row["topic"]:
        return address.link("topics", topic=row["topic"])
    if row["figure"] == "mrr":
        return address.link("retention", movement=MOVEMENTS[row["group"]])
    group = {f"f.{row['field']}": row["group"]} if row["field"] else {}
    return address.link(FIGURE_PAGES[row["figure"]], **group)


def _line(row: Mapping[str, Any]) -> dict[str, str]:
    news, shape, news_text = MARKS[row["good"]]
    return {
        "news": news, "shape": shape, "news_text": news_text, "what": row["what"], "amount": row["amount"],
        "doubt": row["doubt"] or "", "href": change_href(row),
    }  # fmt: skip
