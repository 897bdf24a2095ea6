"""The questions of this slice."""

from __future__ import annotations

from cs_dash.questions.retention import (
    bridge,
    bridge_accounts,
    by_dimension,
    cohort_accounts,
    cohort_compare,
    cohort_trend,
    cohorts,
    hazard,
    rates,
    renewals,
    summary,
    survival,
    why,
)

QUESTIONS = {
    "retention.summary": (
        summary.TITLE,
        summary.summary,
        {"window": summary.WINDOWS, "convention": summary.CONVENTIONS, "rates": rates.RATES},
    ),
    "retention.by_dimension": (
        by_dimension.TITLE,
        by_dimension.by_dimension,
        {
            "by": (),
            "measure": by_dimension.MEASURES,
            "window": summary.WINDOWS,
            "convention": summary.CONVENTIONS,
            "rates": rates.RATES,
        },
    ),
    "retention.bridge": (bridge.TITLE, bridge.bridge, {"rates": rates.RATES}),
    "retention.bridge_accounts": (
        bridge_accounts.TITLE,
        bridge_accounts.bridge_accounts,
        {"movement": bridge_accounts.MOVEMENTS, "month": ()},
    ),
    "retention.cohorts": (cohorts.TITLE, cohorts.cohorts, {"by": cohorts.BY, "measure": cohorts.MEASURES}),
    "retention.cohort_trend": (
        cohort_trend.TITLE,
        cohort_trend.cohort_trend,
        {"age": cohort_trend.AGES, "by": cohorts.BY, "measure": cohort_trend.MEASURES},
    ),
    "retention.cohort_compare": (
        cohort_compare.TITLE,
        cohort_compare.cohort_compare,
        {"field": (), "first": (), "second": (), "by": cohorts.BY, "measure": cohort_compare.MEASURES},
    ),
    "retention.cohort_accounts": (
        cohort_accounts.TITLE,
        cohort_accounts.cohort_accounts,
        {"cohort": (), "age": (), "by": cohorts.BY, "measure": cohorts.MEASURES},
    ),
    "retention.renewals": (renewals.TITLE, renewals.renewals, {}),
    "retention.why": (why.TITLE, why.why, {"figure": why.FIGURES, "window": why.WINDOWS}),
    "retention.survival": (survival.TITLE, survival.survival, {"group": ()}),
    "retention.hazard": (hazard.TITLE, hazard.hazard, {}),
}
