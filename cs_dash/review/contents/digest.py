"""The digest: what changed in the last days, and whom to call, as a deck of few findings without drawings."""

from __future__ import annotations

import datetime as dt

from cs_dash.decisions.reviews.records import ReviewNumbers
from cs_dash.errors import NoData
from cs_dash.look import words
from cs_dash.look.scope_text import period_text, scope_text
from cs_dash.review.asking import Answers, Ask
from cs_dash.review.contents.parts import (
    Section,
    absent,
    figure_named,
    figures_of,
    plain,
    rows_where,
    slide,
    table_of,
    title_of,
)
from cs_dash.review.contents.review import data_text
from cs_dash.review.deck import Deck
from cs_dash.scope import ONE_DAY, Scope

RENEWAL_DAYS = 30
SIGNIFICANT = "more than chance"
Filters = tuple[tuple[str, tuple[str, ...]], ...]


def digest_deck(
    ask: Ask, days: int, *, numbers: ReviewNumbers, filters: Filters = (), company: str = "", address: str = ""
) -> Deck:
    """Return the changes of the `days` up to the newest day of the data, and the early warnings of that day.

    Arguments as `review_deck` has them. Raises NoData where nothing that is loaded has a date.
    """
    newest = numbers.as_of
    if newest is None:
        raise NoData("No dates", "Could not make a digest because the data have no dates.", "Load files with dates.")
    scope = Scope("custom", newest - dt.timedelta(days=days - 1), newest + ONE_DAY, newest, filters=filters)
    answers = Answers(ask, scope)
    parts = (
        _figures(answers),
        _warnings(answers),
        _quiet(answers),
        _spikes(answers),
        _churn(answers),
        _renewals(answers),
        _support(answers),
        _load(answers),
    )
    title = f"Customer digest: {period_text(scope)}"
    slides = tuple(part for section in parts for part in section.slides)
    return Deck(title, company, newest, scope_text(scope), data_text(numbers), slides, address)


def _figures(answers: Answers) -> Section:
    answer, bridge = answers.of("overview.summary"), answers.of("retention.bridge")
    figures = figures_of(answer, "nrr", "grr", "accounts_at_risk", "mrr_at_risk")
    if not figures:
        return Section()
    return Section.of(
        slide(
            "figures",
            "Now",
            answer,
            title_of(answer.headline),
            answers.source("overview.summary"),
            answers.source("retention.bridge"),
            figures=figures,
            lines=() if bridge.missing_tables else (bridge.headline,),
        )
    )


def _warnings(answers: Answers) -> Section:
    answer = answers.of("health.accounts")
    flagged = figure_named(answer, "flagged")
    if flagged is None:
        return Section.of(absent("Early warnings", answer))
    with_flags = rows_where(answer, "flags", {flags for flags in answer.rows["flags"].to_pylist() if flags})
    mrr = figure_named(answer, "flagged_mrr")
    amount = f" with {words.figure_value(mrr, answer.currency)} MRR" if mrr else ""
    return Section.of(
        slide(
            "early-warnings",
            "Early warnings",
            answer,
            f"{words.plural(flagged.value, 'account has', 'accounts have')} an early warning{amount}",
            answers.source("health.accounts"),
            table=table_of(answer, "account", "flags", "score", "mrr", "renewal_date", "csm", rows=with_flags),
        )
    )


def _quiet(answers: Answers) -> Section:
    answer = answers.of("support.silent")
    table = table_of(answer, "account", "reason", "mrr", "renewal_date", "csm")
    if table is None:
        return Section()
    return Section.of(
        slide(
            "quiet",
            "Gone quiet",
            answer,
            title_of(answer.headline, answer.headline.split(";")[0]),
            answers.source("support.silent"),
            table=table,
        )
    )


def _spikes(answers: Answers) -> Section:
    answer = answers.of("support.asking")
    if answer.missing_tables:
        return Section()
    table = table_of(
        answer,
        "account",
        "recent",
        "expected",
        "about",
        "mrr",
        "csm",
        rows=rows_where(answer, "verdict", [SIGNIFICANT]),
    )
    if table is None:
        return Section()
    return Section.of(
        slide(
            "spikes", "Ticket spikes", answer, title_of(answer.headline), answers.source("support.asking"), table=table
        )
    )


def _churn(answers: Answers) -> Section:
    summary, events = answers.of("churn.summary"), answers.of("churn.events")
    if figure_named(summary, "churned_accounts") is None:
        return Section()
    return Section.of(
        slide(
            "churn",
            "Churn",
            summary,
            title_of(summary.headline.split(", ")[0]),
            answers.source("churn.summary"),
            answers.source("churn.events"),
            table=table_of(events, "account", "churned_on", "reason", "mrr_lost", "comment"),
            lines=[plain(summary.headline)],
        )
    )


def _renewals(answers: Answers) -> Section:
    answer = answers.of("retention.renewals")
    if answer.missing_tables or answers.scope.as_of is None:
        return Section()
    last = answers.scope.as_of + dt.timedelta(days=RENEWAL_DAYS)
    soon = {day for day in answer.rows["due_on"].to_pylist() if answers.scope.as_of < day <= last}
    rows = rows_where(answer, "due_on", soon)
    table = table_of(answer, "account", "due_on", "open", "band", "score", "csm", rows=rows)
    if table is None:
        return Section()
    counted = words.plural(rows.num_rows, "renewal is", "renewals are")
    return Section.of(
        slide(
            "renewals",
            "Renewals",
            answer,
            f"{counted} due up to {words.date(last)}",
            answers.source("retention.renewals"),
            table=table,
        )
    )


def _support(answers: Answers) -> Section:
    howto, topics = answers.of("support.howto"), answers.of("support.topics")
    tickets = figure_named(howto, "tickets")
    if tickets is None:
        return Section()
    lines = [plain(howto.headline)]
    if topics.rows.num_rows:
        lines.append(plain(topics.headline))
    return Section.of(
        slide(
            "support",
            "Support",
            howto,
            f"{words.plural(tickets.value, 'ticket')} came in",
            answers.source("support.howto"),
            answers.source("support.topics"),
            figures=figures_of(howto, "tickets", "share", "contact_rate"),
            lines=lines,
        )
    )


def _load(answers: Answers) -> Section:
    loads, changes = answers.of("data.loads"), answers.of("data.changes")
    if not loads.rows.num_rows:
        return Section()
    return Section.of(
        slide(
            "load",
            "Data",
            loads,
            title_of(loads.headline),
            answers.source("data.loads"),
            answers.source("data.changes"),
            lines=[plain(changes.headline)],
        )
    )
