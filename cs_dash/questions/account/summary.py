"""`account.summary`: how one account is: its score, MRR, tickets, answers and use, and all that happened with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cs_dash.answer import Answer, Figure, Note
from cs_dash.look.words import count, date, days, money, plural, share
from cs_dash.questions.account.history import history_charts, history_days
from cs_dash.questions.account.period import AccountPeriod, account_period
from cs_dash.questions.account.tickets import ticket_figures, ticket_groups
from cs_dash.questions.account.timeline import COLUMNS, TYPES, timeline
from cs_dash.questions.account_card import account_card
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.score_change import FOUR_WEEKS, ScoreChange, score_change, scores_of

Row = dict[str, Any]
MISSING_TABLES = {
    "usage": "usage", "tickets": "tickets", "surveys": "survey responses", "notes": "CSM sentiment",
    "subscriptions": "the contract",
}  # fmt: skip


@dataclass(frozen=True)
class _Facts:
    """What is known of the account on the day: the rows behind the headline and the figures."""

    card: Row
    change: ScoreChange
    inputs: dict[str, Row]
    renewal: dt.date | None
    earlier_mrr: float | None
    use: Row | None
    groups: list[Row]
    period: AccountPeriod


@question(
    "account.summary",
    title="Account summary",
    order=10,
    options={"account": ()},
    needs=("accounts",),
    uses=(
        "account_card", "account_events", "account_feature_use", "account_mrr", "account_names",
        "account_ticket_groups", "churn_marks", "health_cards", "health_changes",
        "health_satisfaction", "health_scores", "health_support", "health_weights",
    ),
)  # fmt: skip
def summary(request: QuestionRequest) -> Answer:
    """Return how the account that option `account` names is; the rows are its timeline, the newest first.

    Figures: score, mrr, tickets_90d, howto_share, nps, wau, renewal_days; one whose table is not loaded has no value.
    Charts: score and MRR at the ends of four weeks each. Raises UnknownOption for an unknown account.
    """
    if "accounts" not in request.loaded_tables:
        return request.empty()
    card = account_card(request)
    if request.scope.as_of is None:
        return request.answer(headline=_undated_headline(card), notes=_notes(request, card), definition="account_card")
    history = history_days(account_period(request, card).last_day)
    scores = scores_of(request, card["account_id"], history)
    facts = _facts(request, card)
    amounts = request.rows("account_mrr", of_account=card["account_id"], on_days=history).to_pylist()
    events = request.rows("account_events", of_account=card["account_id"], as_of_day=request.as_of).to_pylist()
    return request.answer(
        headline=_headline(facts, request),
        figures=_figures(facts, request),
        rows=arrow_table(timeline(events, request.currency), TYPES),
        columns=COLUMNS,
        charts=history_charts(history, scores, amounts, request.currency),
        notes=_notes(request, card),
        definition="health_scores",
    )


def _facts(request: QuestionRequest, card: Row) -> _Facts:
    account, as_of = card["account_id"], request.as_of
    period = account_period(request, card)
    loaded = request.loaded_tables
    inputs: list[Row] = []
    if "tickets" in loaded:
        inputs += request.rows("health_support", on_days=[as_of], of_account=account).to_pylist()
    if loaded & {"surveys", "tickets"}:
        inputs += request.rows("health_satisfaction", on_days=[as_of], of_account=account).to_pylist()
    use = None
    if "usage" in loaded:
        listed = request.rows("account_feature_use", of_account=account, on_day=as_of).to_pylist()
        use = next((row for row in listed if row["feature"] is None and row["by_users"]), None)
    cards = request.rows("health_cards", on_day=as_of).to_pylist() if "subscriptions" in loaded else []
    renewal = next((row["renewal_date"] for row in cards if row["account_id"] == account), None)
    earlier = request.rows("account_mrr", of_account=account, on_days=[as_of - FOUR_WEEKS]).to_pylist()
    return _Facts(
        card=card,
        change=ScoreChange(as_of - FOUR_WEEKS, as_of, {}, {}, ())
        if card["has_churned"]
        else score_change(request, account, as_of - FOUR_WEEKS, as_of),
        inputs={row["input"]: row for row in inputs},
        renewal=renewal,
        earlier_mrr=earlier[0]["mrr"] if earlier else None,
        use=use,
        groups=ticket_groups(request, account, period) if "tickets" in loaded else [],
        period=period,
    )


def _figures(facts: _Facts, request: QuestionRequest) -> tuple[Figure, ...]:
    none: Row = {"now_value": None, "before_value": None}
    tickets, nps = facts.inputs.get("ticket_load", none), facts.inputs.get("nps", none)
    use = facts.use or {"recent": None, "earlier": None}
    score = facts.change.after
    howto = ticket_figures(facts.groups, facts.period.in_words)[1]
    mrr = facts.card["mrr"]
    return (
        Figure("score", "Health score", score.get("score"), "score",
               previous=facts.change.before.get("score"), previous_label="four weeks ago",
               better="up", caveat=score.get("band") or "", definition="health_scores"),
        Figure("mrr", "MRR", mrr, "money", previous=facts.earlier_mrr if mrr is not None else None,
               previous_label="four weeks ago", better="up", definition="account_card"),
        Figure("tickets_90d", "Tickets, 90 days", tickets["now_value"], "count", previous=tickets["before_value"],
               previous_label="previous 90 days", better="down", definition="health_support"),
        howto,
        Figure("nps", "Latest NPS score", nps["now_value"], "number", previous=nps["before_value"],
               previous_label="previous response", better="up", definition="health_satisfaction"),
        Figure("wau", "Weekly users", use["recent"], "number", previous=use["earlier"],
               previous_label="previous four weeks", better="up", definition="account_feature_use"),
        Figure("renewal_days", "Days to renewal", _days_left(facts, request), "days", definition="health_cards"),
    )  # fmt: skip


def _headline(facts: _Facts, request: QuestionRequest) -> str:
    if facts.card["has_churned"]:
        return _churned(facts.card, request.currency)
    return f"{_score_words(facts)} {_contract_words(facts, request)}"


def _score_words(facts: _Facts) -> str:
    change = facts.change
    score = change.after.get("score")
    if not change.after:
        return f"{facts.card['account']} is not scored: neither paying nor on trial."
    if score is None:
        return f"Not scored: **{share(change.after['coverage'])}** of the score's weight has data."
    if change.change is None:
        return f"Score **{count(score)}**; it was not scored {change.since}."
    if not change.change:
        return f"Score **{count(score)}**, the same as {change.since}."
    direction = f"{plural(abs(change.change), 'point')} {'higher' if change.change > 0 else 'lower'}"
    reason = f", because {change.main_reason}" if change.main_reason else ""
    return f"Score **{count(score)}**, **{direction}** than {change.since}{reason}."


def _days_left(facts: _Facts, request: QuestionRequest) -> int | None:
    """Return the days until the renewal, below 0 where it is overdue; None where no date is known."""
    return (facts.renewal - request.as_of).days if facts.renewal else None


def _contract_words(facts: _Facts, request: QuestionRequest) -> str:
    mrr, left = facts.card["mrr"], _days_left(facts, request)
    paid = f"**{money(mrr, request.currency, full=True)} MRR**" if mrr else ""
    if left is None:
        trial = "On trial." if facts.card["on_trial"] else ""
        return f"Pays {paid}; no renewal date." if paid else trial
    when = f"Renews in **{days(left)}**" if left > 0 else "Renews **today**"
    if left < 0:
        when = f"Its renewal is **{days(-left)} overdue**"
    return f"{when} with {paid}." if paid else f"{when}."


def _churned(card: Row, currency: str) -> str:
    paid = f" with **{money(card['mrr_before'], currency, full=True)} MRR**" if card["mrr_before"] else ""
    assumed = " (an assumed date)" if card["dates_assumed"] else ""
    when = f"Churned on **{date(card['churned_on'])}**{assumed}{paid}" if card["churned_on"] else f"Churned{paid}"
    undated = "" if card["churned_on"] else "; churn date unknown"
    reason = f". Reason: {card['churn_reason']}" if card["churn_reason"] else "; no reason recorded"
    return f"{when}{undated}{reason}."


def _undated_headline(card: Row) -> str:
    tenure = f", a customer for {plural(card['tenure_months'], 'month')}" if card["tenure_months"] else ""
    state = "has churned" if card["has_churned"] else "is a customer"
    return f"**{card['account']}** {state}{tenure}. The loaded data have no dates."


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _notes(request: QuestionRequest, card: Row) -> tuple[Note, ...]:
    notes = []
    if request.scope.as_of is not None:
        for row in request.rows("churn_marks", as_of_day=request.as_of).to_pylist():
            if row["account_id"] == card["account_id"] and row["contradiction"]:
                notes.append(Note(_sentence(row["contradiction"]), "contradiction"))
    if card["dates_assumed"]:
        notes.append(Note("Contract or churn dates are assumed: the files give none.", "assumption"))
    for table, about in MISSING_TABLES.items():
        if table not in request.loaded_tables:
            notes.append(Note(f"No data on {about}: upload {table}.", "missing", table=table))
    return tuple(notes)
