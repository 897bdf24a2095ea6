"""The questions of this slice."""

from __future__ import annotations

from cs_dash.questions.retention import bridge, bridge_accounts, cohorts, renewals, summary, survival, why

QUESTIONS = {
    "retention.summary": (
        summary.TITLE,
        summary.summary,
        {"window": summary.WINDOWS, "convention": summary.CONVENTIONS},
    ),
    "retention.bridge": (bridge.TITLE, bridge.bridge, {"rates": bridge.RATES}),
    "retention.bridge_accounts": (
        bridge_accounts.TITLE,
        bridge_accounts.bridge_accounts,
        {"movement": bridge_accounts.MOVEMENTS, "month": ()},
    ),
    "retention.renewals": (renewals.TITLE, renewals.renewals, {}),
    "retention.cohorts": (cohorts.TITLE, cohorts.cohorts, {"by": cohorts.BY, "measure": cohorts.MEASURES}),
    "retention.why": (why.TITLE, why.why, {"figure": why.FIGURES, "window": why.WINDOWS}),
    "retention.survival": (survival.TITLE, survival.survival, {"group": ()}),
}
