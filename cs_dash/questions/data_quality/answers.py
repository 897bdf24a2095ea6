"""Questions about the data themselves."""

from __future__ import annotations

from collections.abc import Callable

from cs_dash.answer import Answer
from cs_dash.questions.data_quality.changes import CHANGES_TITLE, changes
from cs_dash.questions.data_quality.checks import TITLE as CHECKS_TITLE
from cs_dash.questions.data_quality.checks import checks
from cs_dash.questions.data_quality.loads import LOADS_TITLE, PROBLEMS_TITLE, loads, problems
from cs_dash.questions.data_quality.matches import MATCHES_TITLE, UNMATCHED_TITLE, matches, unmatched
from cs_dash.questions.data_quality.quality import CONTRADICTIONS_TITLE, TITLE, contradictions, quality
from cs_dash.questions.request import Asked

QUESTIONS: dict[str, tuple[str, Callable[[Asked], Answer], dict[str, tuple[str, ...]]]] = {
    "data.quality": (TITLE, quality, {}),
    "data.contradictions": (CONTRADICTIONS_TITLE, contradictions, {}),
    "data.changes": (CHANGES_TITLE, changes, {}),
    "data.checks": (CHECKS_TITLE, checks, {}),
    "data.matches": (MATCHES_TITLE, matches, {}),
    "data.unmatched": (UNMATCHED_TITLE, unmatched, {}),
    "data.loads": (LOADS_TITLE, loads, {}),
    "data.problems": (PROBLEMS_TITLE, problems, {}),
}
