"""The fix proposed for a topic, with its reason: it depends on who asks, when and how often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cs_dash.look.words import plural, share

DOCUMENTATION = "documentation"
GUIDANCE = "in-product guidance"
USABILITY = "usability"
MISSING = "missing capability"
TRAINING = "training"

MOSTLY_WISHES = 0.5
EARLY, EARLIER = 0.2, 1.5
"""A topic is about getting started if at least `EARLY` of its tickets come in the first 90 days of their account, and
at least `EARLIER` times the share among all tickets."""
AGAIN = 0.25
"""From this share of tickets whose account had asked within 30 days on, an answer does not help for long."""
ONE_ACCOUNT = 0.4
"""From this share of a topic's tickets from one account on, it is that account that needs help."""
ENOUGH = 10


def early_share_of(topics: Sequence[dict[str, Any]]) -> float:
    """Return the share of tickets from the first 90 days of their account, over all topics with known accounts."""
    dated = [row for row in topics if row["early_share"] is not None]
    tickets: int = sum(row["tickets"] for row in dated)
    early: float = sum(row["early_share"] * row["tickets"] for row in dated)
    return early / max(1, tickets)


def fix_of(row: dict[str, Any], usually_early: float | None) -> tuple[str, str]:
    """Return the kind of fix proposed for a topic and why; the first rule that holds decides.

    Mostly feature requests: a missing capability. Mostly one account: training. Early in the account's life: in-product
    guidance. Asked again soon after an answer: usability, since people know the answer and still struggle. Otherwise
    asked once by many: documentation, since it is not written where they look.

    Args:
        row: tickets, requests, accounts, busiest, early_share and again_share of `support_topics`.
        usually_early: the early share over all topics; None if no account is known.
    """
    tickets, requests, accounts = row["tickets"], row["requests"], row["accounts"]
    if requests / tickets > MOSTLY_WISHES:
        return MISSING, f"{share(requests / tickets, tickets)} of tickets are feature requests"
    busiest = row["busiest"] or 0
    if tickets >= ENOUGH and busiest / tickets >= ONE_ACCOUNT:
        return TRAINING, f"{share(busiest / tickets, tickets)} of tickets come from one account"
    early = row["early_share"]
    if early and usually_early and tickets >= ENOUGH and early >= max(EARLY, EARLIER * usually_early):
        first = f"{share(early, tickets)} of tickets come in an account's first 90 days"
        return GUIDANCE, f"{first} vs {share(usually_early)} overall"
    again = row["again_share"]
    if again is not None and tickets >= ENOUGH and again >= AGAIN:
        return USABILITY, f"{share(again, tickets)} of tickets are repeats within 30 days"
    if not accounts:
        return DOCUMENTATION, f"{plural(tickets, 'ticket')} without a known account"
    return DOCUMENTATION, f"{plural(tickets, 'ticket')} from {plural(accounts, 'account')}, few of them repeats"
