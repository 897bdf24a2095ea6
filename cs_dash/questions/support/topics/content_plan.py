"""What to do about a frequent question: write an article, rework it, or fix it in the product."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cs_dash.look.words import date, money, number, plural
from cs_dash.questions.support.topics.fixes import GUIDANCE, USABILITY

COVERED, STILL_ASKED = "covered", "covered, still asked"
NOT_COVERED, NOT_KNOWN = "not covered", "not known"
STATUSES = {"covered": COVERED, "still asked": STILL_ASKED, "not covered": NOT_COVERED, "not known": NOT_KNOWN}
"""Status in `topic_coverage` -> status in the answer."""
WRITE, REWORK, BUILD = "write an article", "rework the article", "put it into the product"
KEEP, UPLOAD = "keep the article", "load the list of help articles"
ORDER = (WRITE, REWORK, BUILD, KEEP, UPLOAD)
STATUS_LABELS = (
    (COVERED, "Covered"), (STILL_ASKED, "Article not enough"), (NOT_COVERED, "No article"), (NOT_KNOWN, "Unknown"),
)  # fmt: skip
ACTION_LABELS = (
    (WRITE, "Write an article"), (REWORK, "Rework the article"), (BUILD, "Fix in the product"),
    (KEEP, "Keep the article"), (UPLOAD, "Upload help articles"),
)  # fmt: skip
"""How pages write statuses and what to do; rows keep the names that other tools read."""
FRESH = 180
"""Days after its last change during which an article counts as up to date."""


def todo(row: dict[str, Any], as_of: dt.date) -> str:
    """Return what to do about a question; the first rule that holds decides.

    Without an article: write one. Still asked despite an article: if new or repeat askers ask it, or if the article was
    changed in the last 180 days, another text will not help, so fix it in the product; otherwise rework the article.

    Args:
        row: status (one of `STATUSES`' values), fix (see `fixes.fix_of`) and updated_on of the question.
        as_of: the as-of date.
    """
    if row["status"] != STILL_ASKED:
        return {NOT_COVERED: WRITE, COVERED: KEEP, NOT_KNOWN: UPLOAD}[row["status"]]
    fresh = row["updated_on"] is not None and (as_of - row["updated_on"]).days <= FRESH
    return BUILD if fresh or row["fix"] in (GUIDANCE, USABILITY) else REWORK


def why(row: dict[str, Any], currency: str) -> str:
    """Return the reason in figures: who asks, how often since the article changed, and what decides text or fix."""
    asks = f"{plural(row['tickets'], 'ticket')} without a known account"
    if row["accounts"]:
        asks = f"{plural(row['tickets'], 'ticket')} from {plural(row['accounts'], 'account')}"
    if row["mrr"]:
        asks += f" ({money(row['mrr'], currency)} MRR)"
    parts = [asks]
    if row["status"] in (STILL_ASKED, COVERED):
        parts.append(_since(row))
    if row["todo"] == BUILD and row["fix"] in (GUIDANCE, USABILITY):
        parts.append(row["reason"])
    elif row["todo"] == BUILD:
        parts.append("the article is up to date, so another rewrite is unlikely to help")
    elif row["todo"] == WRITE:
        parts.append("no help article covers it")
    return "; ".join(parts)


def _since(row: dict[str, Any]) -> str:
    if row["updated_on"] is None:
        when, article = "in the last 90 days", "; article without an update date"
    elif row["days"] < 90:
        when, article = f"in the {plural(row['days'], 'day')} since the article was updated", ""
    else:
        when, article = "in the last 90 days", f"; article updated {date(row['updated_on'])}"
    if row["rate"] is None:
        return f"{plural(row['asked'], 'ticket')} {when}" + (f" ({article.removeprefix('; ')})" if article else "")
    rates = f"{number(row['rate'], 1)} tickets per 100 paying accounts a month"
    typical = number(row["usual_rate"], 1)
    return f"{rates} {when} ({plural(row['asked'], 'ticket')}{article}) vs {typical} for a typical question"
