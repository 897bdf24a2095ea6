"""The questions of this slice."""

from __future__ import annotations

from cs_dash.questions.churn.events import TITLE as EVENTS
from cs_dash.questions.churn.events import events
from cs_dash.questions.churn.reasons import LEVELS, reasons
from cs_dash.questions.churn.reasons import TITLE as REASONS
from cs_dash.questions.churn.summary import TITLE as SUMMARY
from cs_dash.questions.churn.summary import summary

QUESTIONS = {
    "churn.summary": (SUMMARY, summary, {"by": ()}),
    "churn.reasons": (REASONS, reasons, {"level": LEVELS}),
    "churn.events": (EVENTS, events, {}),
}
