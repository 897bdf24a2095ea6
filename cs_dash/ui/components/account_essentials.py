"""What to know of an account at a glance, for what opens beside a list: the same answers as on its page, in short."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cs_dash.answer import Answer
from cs_dash.look import words
from cs_dash.look.locales import MINUS
from cs_dash.look.templates import Markup, render
from cs_dash.scope import Scope
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import answers
from cs_dash.ui.state.session import Snapshot

REASONS = EVENTS = 3
ESSENTIAL_QUESTIONS = ("account.profile", "account.summary", "health.why")
"""What is asked for the essentials, for the declaration of a page that shows them."""
Row = dict[str, Any]


def account_essentials(snapshot: Snapshot, scope: Scope, account_id: str) -> Markup:
    """Return score, MRR, renewal, CSM, the three main reasons and the last three events; the drawer links to the page.

    Raises UnknownOption where there is no such account.
    """
    profile, summary, why = (answers.ask(snapshot, name, scope, account=account_id) for name in ESSENTIAL_QUESTIONS)
    (row,) = profile.rows.to_pylist()
    title, reasons = _reasons(why)
    return render(
        "account/essentials.html",
        headline=summary.headline,
        facts=[(term, value) for term, value in _facts(row, summary) if value],
        reasons_title=title,
        reasons=reasons,
        events=[
            {"date": words.date(event["date"], locale()), "what": event["what"]}
            for event in summary.rows.to_pylist()[:EVENTS]
        ],
    )


def _facts(row: Row, summary: Answer) -> list[tuple[str, str]]:
    values = {figure.name: figure.value for figure in summary.figures}
    score, left = values.get("score"), values.get("renewal_days")
    band = next((figure.caveat for figure in summary.figures if figure.name == "score"), "")
    renewal = summary.as_of + dt.timedelta(days=left) if summary.as_of and left is not None else None
    amount = row["mrr"] or row["mrr_before"]
    return [
        ("Score", f"{words.count(score, locale())}, {band}" if score is not None else ""),
        ("MRR before the churn" if row["has_churned"] else "MRR",
         words.money(amount, summary.currency, full=True, locale=locale()) if amount else ""),
        ("Renewal", words.date(renewal, locale()) if renewal else ""),
        ("CSM", row["csm"] or ""),
        ("Segment", row["segment"] or ""),
        ("Plan", row["plan"] or ""),
    ]  # fmt: skip


def _reasons(why: Answer) -> tuple[str, list[dict[str, str]]]:
    """Return what moved the score most, or, where it is not compared, nothing."""
    changed = [row for row in why.rows.to_pylist() if row["change"] and row["input"] != "weights"]
    rows = sorted(changed, key=lambda row: -abs(row["change"]))[:REASONS]
    signs = {True: "+", False: MINUS}
    return "What moved the score in four weeks", [
        {"points": f"{signs[row['change'] > 0]}{words.number(abs(row['change']), 1, locale())}", "words": row["words"]}
        for row in rows
    ]
