"""The HTML of an audit in progress: the ticket, and the share so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cs_dash.answer import Answer
from cs_dash.look import words
from cs_dash.look.templates import Markup, render
from cs_dash.ui.components.text import locale

LONGEST = 4_000
"""Characters of a message that are shown; nobody reads more to classify it."""


def ticket_html(row: Mapping[str, Any], place: str) -> Markup:
    """Return one ticket: its words as they came, never its account, nor the kind that was found for it."""
    facts = [place, words.date(row["created_at"].date(), locale=locale()), row["language"] or ""]
    subject, body = (row["subject"] or "").strip(), (row["body"] or "").strip()
    if len(body) > LONGEST:
        body = f"{body[:LONGEST]} …"
    body = body if body != subject else ""
    line = " · ".join(fact for fact in facts if fact)
    return render("tickets/audit_ticket.html", facts=line, subject=subject, body=body)


def share_html(answer: Answer, progress: str, pace: Sequence[float]) -> Markup:
    """Return the share of `support.audit` with its interval on a scale from 0 to 100 %, with the unadjusted share.

    Args:
        answer: the answer.
        progress: how far one is, in words.
        pace: when each of the last words was said, in seconds.
    """
    share, plain, kappa = answer.figure("share"), answer.figure("share_uncorrected"), answer.figure("kappa")
    language = locale()
    interval = None
    if share.value is None or share.low is None or share.high is None:
        value, between = words.MISSING, "needs 10 audited tickets"
    else:
        value = words.share(share.value, share.n, language)
        between = f"95 % CI {words.interval(share.low, share.high, 'share', locale=language)}"
        interval = (share.low, share.high)
    unadjusted = ""
    if plain.value is not None:
        unadjusted = f"Unadjusted {words.share(plain.value, plain.n, language)}, dashed"
    lines = [progress, unadjusted]
    if len(pace) > 10:
        lines.append(f"{words.count(pace[-1] - pace[-11], language)} s for the last 10")
    if kappa.value is not None:
        twice = words.plural(kappa.n, "ticket", locale=language)
        lines.append(f"Agreement on {twice} with two reviewers: kappa {words.number(kappa.value, 2, language)}")
    return render(
        "tickets/share.html",
        label="Audited how-to share",
        value=value,
        between=between,
        interval=interval,
        mark=share.value if interval else None,
        dashed_mark=plain.value,
        lines=lines,
    )
