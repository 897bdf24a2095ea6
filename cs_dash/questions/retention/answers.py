"""The questions of this slice."""

from __future__ import annotations

from cs_dash.questions.retention import bridge, by_dimension, cohorts, summary, survival

QUESTIONS = {
    "retention.summary": (
        summary.TITLE,
        summary.summary,
        {"window": summary.WINDOWS, "convention": summary.CONVENTIONS},
    ),
    "retention.by_dimension": (
        by_dimension.TITLE,
        by_dimension.by_dimension,
        {"by": (), "measure": by_dimension.MEASURES, "window": summary.WINDOWS, "convention": summary.CONVENTIONS},
    ),
    "retention.bridge": (bridge.TITLE, bridge.bridge, {}),
    "retention.cohorts": (cohorts.TITLE, cohorts.cohorts, {"by": cohorts.BY, "measure": cohorts.MEASURES}),
    "retention.survival": (survival.TITLE, survival.survival, {"group": ()}),
}
