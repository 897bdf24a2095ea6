"""Reasons and early warnings in plain words with their numbers."""

from __future__ import annotations

from typing import Any

from cs_dash.look.words import count, days, money, number, plural

FELL = 10
"""A fall of the score by this many points in 28 days is a warning."""
NEAR_RENEWAL = 90
"""An account that is not green and renews within this many days is a warning."""
LEAST_LOST = 1.0
"""An input that costs fewer points of the score is not given as a reason."""


def reason(row: dict[str, Any], by_users: bool, currency: str = "") -> str:
    """Return why an input costs points of the score, such as "weekly users 31 → 12".

    Args:
        row: a row of `health_reasons`.
        by_users: activity is counted in users; else in uses.
        currency: code of the currency of amounts.
    """
    current, before = row["now_value"], row["before_value"]
    words = {
        "active_share": lambda: f"{_mean(current)} of {plural(before, 'seat')} active per week",
        "activity_trend": lambda: f"weekly {'users' if by_users else 'uses'} {_step(before, current)}",
        "core_breadth": lambda: _core(current, before),
        "depth": lambda: f"{_mean(current)} uses per user a week",
        "nps": lambda: f"NPS {_mean(current)}" + (f", previously {_mean(before)}" if before is not None else ""),
        "csat": lambda: f"CSAT {number(current, 1)} of 5",
        "ticket_load": lambda: _tickets(current, before),
        "howto_load": lambda: f"{plural(current, 'how-to ticket')} in 90 days",
        "open_overdue": lambda: f"{plural(current, 'ticket')} open for over a week",
        "contract_trend": lambda: _contract(current, before, currency),
        "renewal_distance": lambda: f"renewal in {days(current)}",
        "pulse": lambda: f"CSM sentiment {count(current)} of 100",
    }
    return words[row["input"]]()


def reasons(rows: list[dict[str, Any]], by_users: bool, currency: str = "") -> list[str]:
    """Return the reasons of one account, costliest first, without those that cost less than `LEAST_LOST`."""
    return [reason(row, by_users, currency) for row in rows if row["lost"] >= LEAST_LOST]


def warnings(
    rows: list[dict[str, Any]], by_users: bool, change: float | None, days_to_renewal: int | None, band: str
) -> list[str]:
    """Return the early warnings of one account in words.

    Args:
        rows: its rows of `early_warnings`.
        by_users: use is counted in users; else in uses.
        change: its score's change in 28 days.
        days_to_renewal: days until its next renewal; below 0 where it is overdue.
        band: its band.
    """
    unit = "users" if by_users else "uses"
    texts = [f"score fell {count(-change)} points in 28 days"] if change is not None and change <= -FELL else []
    for row in rows:
        current, before = row["now_value"], row["before_value"]
        if row["warning"] == "usage_fell":
            texts.append(f"{_mean(current)} {unit} last week vs {_mean(before)} normally")
        elif row["warning"] == "tickets_rose":
            texts.append(f"{plural(current, 'ticket')} in 28 days vs {number(before, 1)} expected")
        else:
            texts.append(f"quiet for {days(current)} after {plural(before, 'active week')}")
    if days_to_renewal is not None and days_to_renewal <= NEAR_RENEWAL and band != "green":
        late = days_to_renewal < 0
        texts.append(f"{'renewal overdue for' if late else 'renews in'} {days(abs(days_to_renewal))} and is {band}")
    return texts


def _step(before: float | None, current: float) -> str:
    return f"{_mean(before)} → {_mean(current)}"


def _mean(value: float | None) -> str:
    """Return a mean in words: one decimal below ten, none for whole or larger numbers."""
    return number(value, 0 if value is None or value >= 10 or value == round(value) else 1)


def _core(used: float, key_features: float) -> str:
    return f"{count(used)} of {plural(key_features, 'key feature')} used" if used else "no key feature used in 4 weeks"


def _tickets(current: float, before: float | None) -> str:
    if not current:
        return "no tickets in 90 days" + (f", previously {count(before)}" if before else "")
    return f"{plural(current, 'ticket')} in 90 days" + (f", previously {count(before)}" if before is not None else "")


def _contract(current: float, before: float, currency: str) -> str:
    if current == before:
        return "no MRR growth in 6 months"
    return f"MRR {money(before, currency)} → {money(current, currency)}"
