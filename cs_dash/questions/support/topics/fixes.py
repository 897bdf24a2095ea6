"""What kind of fix a topic calls for, proposed from who asks, when and how often, with the reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cs_dash.look.words import count, plural, share

DOCUMENTATION = "documentation"
GUIDANCE = "in-product guidance"
USABILITY = "usability"
MISSING = "missing capability"
TRAINING = "training"

MOSTLY_WISHES = 0.5
EARLY, EARLIER = 0.2, 1.5
"""A topic is about getting started when this share of its tickets come in the first 90 days of their account, and so
many times the share of all tickets that do."""
AGAIN = 0.25
"""Share of tickets whose account had asked it within 30 days, above which an answer does not help for long."""
ONE_ACCOUNT = 0.4
"""Share of a topic's tickets from one account, above which it is that account that needs help."""
ENOUGH = 10


def early_share_of(topics: Sequence[dict[str, Any]]) -> float:
    """Return the share of the topics' tickets, of those whose account is known, from its first 90 days."""
    dated = [row for row in topics if row["early_share"] is not None]
    tickets: int = sum(row["tickets"] for row in dated)
    early: float = sum(row["early_share"] * row["tickets"] for row in dated)
    return early / max(1, tickets)


def fix_of(row: dict[str, Any], usually_early: float | None) -> tuple[str, str]:
    """Return the kind of fix proposed for a topic and why; the first rule that holds decides.

    Mostly wishes: the product cannot do it. Mostly one account: its people need training. Early in an account's life:
    guidance where new customers are. Asked again by those who were answered: the answer is known, and the way is hard.
    Else asked once by many: it is not written where they look.

    Args:
        row: tickets, requests, accounts, busiest, early_share and again_share of `support_topics`.
        usually_early: the early share of all tickets with a topic; None where no account is known.
    """
    tickets, requests, accounts = row["tickets"], row["requests"], row["accounts"]
    if requests / tickets > MOSTLY_WISHES:
        return MISSING, f"{share(requests / tickets, tickets)} of its tickets wish for something that is not there"
    busiest = row["busiest"] or 0
    if tickets >= ENOUGH and busiest / tickets >= ONE_ACCOUNT:
        return TRAINING, f"{share(busiest / tickets, tickets)} of its tickets come from one account"
    early = row["early_share"]
    if early and usually_early and tickets >= ENOUGH and early >= max(EARLY, EARLIER * usually_early):
        first = f"{share(early, tickets)} of its tickets come in the first 90 days of an account"
        return GUIDANCE, f"{first}, against {share(usually_early)} of all"
    again = row["again_share"]
    if again is not None and tickets >= ENOUGH and again >= AGAIN:
        return USABILITY, f"{share(again, tickets)} of its tickets come from accounts that had asked within 30 days"
    if not accounts:
        return DOCUMENTATION, f"{plural(tickets, 'ticket')} ask it, and whose they are is not known"
    return DOCUMENTATION, f"{plural(accounts, 'account')} ask it ({count(tickets)} tickets), few of them soon again"
