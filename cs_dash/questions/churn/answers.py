"""The questions of this slice."""

from __future__ import annotations

from cs_dash.questions.churn import events, reasons, summary

QUESTIONS = {
    "churn.summary": (summary.TITLE, summary.summary, {"by": ()}),
    "churn.reasons": (reasons.TITLE, reasons.reasons, {"level": reasons.LEVELS}),
    "churn.events": (events.TITLE, events.events, {}),
}
