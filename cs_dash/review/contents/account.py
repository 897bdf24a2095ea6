"""The deck of one customer, to be shown to that customer: an executive or quarterly business review.

It has no health score, risk or note: what the company thinks of its customer stays inside. Ask it of a copy that holds
only this account; then nothing about others can be in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer
from cs_dash.decisions.reviews.records import ReviewNumbers
from cs_dash.look import words
from cs_dash.look.scope_text import period_text
from cs_dash.review.asking import Answers, Ask
from cs_dash.review.contents.account_support import articles, response_times, tickets
from cs_dash.review.contents.appendix import definitions, missing_parts
from cs_dash.review.contents.parts import (
    Section,
    absent,
    chart_named,
    figures_of,
    rows_where,
    sentences,
    short_name,
    slide,
    table_of,
    title_of,
)
from cs_dash.review.contents.review import data_text, in_progress
from cs_dash.review.deck import Deck, Slide
from cs_dash.review.quarter import Quarter

VALUE_EVENTS = ("milestone", "shipped", "contract", "survey")
"""What of the timeline is shown: not the notes of CSMs, nor single tickets."""
GOAL_METRICS = ("activation", "feature_adoption", "feature_weekly", "howto_share", "wau")
"""Goals about the use of the product: those about revenue are the company's own."""


INTERNAL_DEFINITIONS = ("health_scores", "roadmap_opportunities", "shared_goals")
"""What the main answers of some slides define, and the customer does not see: the score, and how items are ranked."""


def account_deck(
    ask: Ask, account_id: str, quarter: Quarter, *, numbers: ReviewNumbers, company: str = "", address: str = ""
) -> Deck:
    """Return the deck of one account.

    Args:
        ask: answers questions from a version that holds only this account.
        account_id: the account.
        quarter: what is reviewed.
        numbers: which version answers, and its newest day.
        company: whose customer it is, or "".
        address: address of the app, or "".

    Raises NoData where the data end before the quarter, and UnknownOption for an unknown account.
    """
    scope = quarter.scope(numbers.as_of)
    answers = Answers(ask, scope)
    profile = answers.of("account.profile", account=account_id)
    name = profile.rows["account"][0].as_py()
    parts = (
        _summary(answers, account_id, profile),
        _value(answers, account_id),
        _use(answers, account_id),
        tickets(answers),
        articles(answers),
        response_times(answers),
        _roadmap(answers),
        _goals(answers),
        _renewal(answers, account_id),
    )
    slides = tuple(_for_the_customer(slide) for part in parts for slide in part.slides)
    missing = missing_parts([text for part in parts for text in part.missing])
    appendix = tuple(part for part in (missing, definitions(slides)) if part is not None)
    title, period = f"Account review: {short_name(name, 60)}", period_text(scope)
    first = Slide(
        "title",
        "title",
        "",
        title,
        f"{quarter.title}: {period}",
        lines=(data_text(numbers), *in_progress(quarter, scope)),
    )
    return Deck(
        title=title, company=company, as_of=scope.as_of if numbers.as_of else None, scope_text=f"{period}, {name}",
        data_text=data_text(numbers), slides=(first, *slides, *appendix), address=address,
    )  # fmt: skip


def _for_the_customer(slide: Slide) -> Slide:
    """Return a slide without the definition of what the deck leaves out, and without caveats about that."""
    name = slide.definition.name if slide.definition else ""
    return replace(slide, definition=None, doubts=()) if name in INTERNAL_DEFINITIONS else slide


_SUMMARY = ("account.summary", "account.profile", "account.usage", "account.tickets")


def _summary(answers: Answers, account_id: str, profile: Answer) -> Section:
    summary = answers.of("account.summary", account=account_id)
    use, tickets = (answers.of(question, account=account_id) for question in _SUMMARY[2:])
    row: dict[str, Any] = profile.rows.to_pylist()[0]
    since = f", a customer since {words.month(row['customer_since'])}" if row["customer_since"] else ""
    lines = [
        _headline(use),
        _headline(tickets),
        *(part for part in sentences(summary.headline) if part.startswith("Renews")),
    ]
    return Section.of(
        slide(
            "summary",
            "Summary",
            summary,
            f"{short_name(row['account'], 50)}{since}",
            *(
                answers.source(f"account.{part}", account=account_id)
                for part in ("summary", "profile", "usage", "tickets")
            ),
            subtitle="Where you stand",
            figures=figures_of(summary, "wau", "tickets_90d", "nps", "mrr"),
            lines=lines,
        )
    )


def _headline(answer: Answer) -> str:
    return "" if answer.missing_tables else sentences(answer.headline)[0].rstrip(".")


def _value(answers: Answers, account_id: str) -> Section:
    answer = answers.of("account.summary", account=account_id)
    rows = rows_where(answer, "event", VALUE_EVENTS)
    table = table_of(answer, "date", "event", "what", rows=rows)
    reached = [row for row in rows.to_pylist() if row["event"] == "milestone"]
    if table is None:
        return Section.of("Value reached: load milestones.")
    title = "What happened since the start"
    if reached:
        title = f"Latest milestone: {short_name(reached[0]['what'])} on {words.date(reached[0]['date'])}"
    return Section.of(
        slide(
            "value",
            "Value reached",
            answer,
            title,
            answers.source("account.summary", account=account_id),
            subtitle="Milestones, releases, contracts and surveys, newest first",
            table=table,
        )
    )


def _use(answers: Answers, account_id: str) -> Section:
    answer = answers.of("account.usage", account=account_id)
    table = table_of(answer, "feature", "is_core", "recent", "earlier", "trend")
    if table is None:
        return Section.of(absent("Use", answer))
    return Section.of(
        slide(
            "use",
            "Use",
            answer,
            title_of(answer.headline),
            answers.source("account.usage", account=account_id),
            subtitle="Weekly users by feature in the last four weeks, and in the four before",
            table=table,
            figures=figures_of(answer, "weekly_users", "features", "core_features"),
        )
    )


def _roadmap(answers: Answers) -> Section:
    """Return the slide of the items that they asked for at any time, and what was decided about them."""
    ever = Answers(answers.ask, replace(answers.scope, start=None))
    answer = ever.of("roadmap.opportunities")
    if not answer.rows.num_rows:
        return Section()
    asked_for = answer.rows.filter(
        pa.array([bool(row["tickets"] or row["requests"]) for row in answer.rows.to_pylist()])
    )
    table = table_of(answer, "title", "tickets", "requests", "state", "due", "shipped_on", rows=asked_for)
    if table is None:
        return Section()
    shipped = sum(row["state"] == "shipped" for row in asked_for.to_pylist())
    title = f"{words.count(shipped)} of {words.plural(asked_for.num_rows, 'item')} that you asked for have shipped"
    return Section.of(
        slide(
            "roadmap",
            "Roadmap",
            answer,
            title,
            ever.source("roadmap.opportunities"),
            subtitle="Roadmap items behind your tickets and feature requests",
            table=table,
        )
    )


def _goals(answers: Answers) -> Section:
    answer = answers.of("alignment.goals")
    rows = [row for row in answer.rows.to_pylist() if row["metric"] in GOAL_METRICS and row["now"] is not None]
    if not rows:
        return Section()
    shown = rows_where(answer, "goal", {row["goal"] for row in rows})
    first = rows[0]
    return Section.of(
        slide(
            "goals",
            "Goals",
            answer,
            title_of(f"{first['title']}: {first['now_text']} now"),
            answers.source("alignment.goals"),
            subtitle="Shared goals, measured on this account",
            table=table_of(answer, "title", "start_text", "now_text", "target_text", "due", rows=shown),
        )
    )


def _renewal(answers: Answers, account_id: str) -> Section:
    answer = answers.of("account.summary", account=account_id)
    chart = chart_named(answer, "mrr")
    renews = [part for part in sentences(answer.headline) if part.startswith("Renews")]
    if chart is None and not renews:
        return Section.of("Renewal: load subscriptions.")
    title = title_of(*(renews or [chart.title if chart else ""]))
    return Section.of(
        slide(
            "renewal",
            "Renewal",
            answer,
            title,
            answers.source("account.summary", account=account_id),
            chart=chart,
            figures=figures_of(answer, "renewal_days", "mrr"),
            lines=(chart.title,) if chart else renews,
        )
    )
