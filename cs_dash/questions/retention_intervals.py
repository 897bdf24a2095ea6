"""Confidence intervals of a window's retention, shared by every page that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cs_dash.stats.intervals import ratio_interval, weighted_share_interval, wilson

Ends = tuple[float | None, float | None]
UNKNOWN: Ends = (None, None)


def intervals_of(window: Mapping[str, Any]) -> dict[str, Ends]:
    """Return the 95 % intervals of nrr, grr and logos of a row of `retention_windows`; (None, None) where unknown.

    They cover the variation of the same shares among other such accounts, or next year if only chance changed. They
    belong to retention by snapshot: by movements, losses are summed over months, and one account counts several times.
    """
    logo_interval = wilson(window["accounts_kept"], window["accounts_start"]) if window.get("accounts_start") else None
    intervals = dict.fromkeys(("nrr", "grr", "logos"), UNKNOWN) | {"logos": logo_interval or UNKNOWN}
    effective = window.get("effective_accounts")
    if effective and window["nrr_error"] is not None:
        intervals["nrr"] = ratio_interval(window["nrr"], window["nrr_error"], effective) or UNKNOWN
        intervals["grr"] = weighted_share_interval(window["grr"], window["grr_error"], effective) or UNKNOWN
    return intervals
