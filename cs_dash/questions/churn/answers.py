"""The questions of this slice."""

from __future__ import annotations

from cs_dash.questions.churn import events, loss_types, path, product, reasons, recorded_reasons, summary
from cs_dash.questions.churn.pareto import COUNTS

QUESTIONS = {
    "churn.summary": (summary.TITLE, summary.summary, {"by": ()}),
    "churn.reasons": (reasons.TITLE, reasons.reasons, {"level": reasons.LEVELS, "count": COUNTS}),
    "churn.kinds": (loss_types.TITLE, loss_types.kinds, {}),
    "churn.path": (path.TITLE, path.path, {"measure": path.MEASURES}),
    "churn.product": (product.TITLE, product.product, {}),
    "churn.events": (events.TITLE, events.events, {}),
    "churn.recorded": (recorded_reasons.TITLE, recorded_reasons.recorded, {}),
}
