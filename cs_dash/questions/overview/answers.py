"""Questions of the first page."""

from __future__ import annotations

from collections.abc import Callable

from cs_dash.answer import Answer
from cs_dash.questions.overview.act_on import ACT_TITLE, act_on
from cs_dash.questions.overview.changes import CHANGES_TITLE, changes
from cs_dash.questions.overview.summary import TITLE, summary
from cs_dash.questions.request import Asked

QUESTIONS: dict[str, tuple[str, Callable[[Asked], Answer], dict[str, tuple[str, ...]]]] = {
    "overview.summary": (TITLE, summary, {}),
    "overview.changes": (CHANGES_TITLE, changes, {}),
    "overview.act_on": (ACT_TITLE, act_on, {}),
}
