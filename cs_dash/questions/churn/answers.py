"""The questions of this slice."""

from __future__ import annotations

from cs_dash.questions.churn import events, kinds, path, product, reasons, recorded, summary
from cs_dash.questions.churn.pareto import COUNTS

QUESTIONS = {
    "churn.summary": (summary.TITLE, summary.summary, {"by": ()}),
    "churn.reasons": (reasons.TITLE, reasons.reasons, {"level": reasons.LEVELS, "count": COUNTS}),
    "churn.kinds": (kinds.TITLE, kinds.kinds, {}),
    "churn.path": (path.TITLE, path.path, {"measure": path.MEASURES}),
    "churn.product": (product.TITLE, product.product, {}),
    "churn.events": (events.TITLE, events.events, {}),
    "churn.recorded": (recorded.TITLE, recorded.recorded, {}),
}
