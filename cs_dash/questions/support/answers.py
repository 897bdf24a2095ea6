"""Questions about support tickets."""

from __future__ import annotations

from collections.abc import Callable

from cs_dash.answer import Answer
from cs_dash.questions.asked import Asked
from cs_dash.questions.support.groups import AREAS_TITLE, BY_TITLE, areas, by
from cs_dash.questions.support.howto import TITLE, howto
from cs_dash.questions.support.kinds import KINDS_TITLE, TICKETS_TITLE, kinds, tickets
from cs_dash.questions.support.period import WINDOWS

_WINDOW: dict[str, tuple[str, ...]] = {"window": WINDOWS}
QUESTIONS: dict[str, tuple[str, Callable[[Asked], Answer], dict[str, tuple[str, ...]]]] = {
    "support.howto": (TITLE, howto, _WINDOW),
    "support.kinds": (KINDS_TITLE, kinds, _WINDOW),
    "support.by": (BY_TITLE, by, {"field": (), **_WINDOW}),
    "support.areas": (AREAS_TITLE, areas, _WINDOW),
    "support.tickets": (TICKETS_TITLE, tickets, _WINDOW),
}
