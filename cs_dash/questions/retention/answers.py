"""The questions of this slice."""

from __future__ import annotations

from cs_dash.questions.retention import bridge, cohorts, renewals, summary, survival

QUESTIONS = {
    "retention.summary": (
        summary.TITLE,
        summary.summary,
        {"window": summary.WINDOWS, "convention": summary.CONVENTIONS},
    ),
    "retention.bridge": (bridge.TITLE, bridge.bridge, {}),
    "retention.renewals": (renewals.TITLE, renewals.renewals, {}),
    "retention.cohorts": (cohorts.TITLE, cohorts.cohorts, {"by": cohorts.BY, "measure": cohorts.MEASURES}),
    "retention.survival": (survival.TITLE, survival.survival, {"group": ()}),
}
