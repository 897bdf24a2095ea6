"""The questions of this slice."""

from __future__ import annotations

from cs_dash.questions.retention.bridge import TITLE as BRIDGE
from cs_dash.questions.retention.bridge import bridge
from cs_dash.questions.retention.summary import CONVENTIONS, WINDOWS, summary
from cs_dash.questions.retention.summary import TITLE as SUMMARY

QUESTIONS = {
    "retention.summary": (SUMMARY, summary, {"window": WINDOWS, "convention": CONVENTIONS}),
    "retention.bridge": (BRIDGE, bridge, {}),
}
