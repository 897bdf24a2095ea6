"""Questions about the health of accounts."""

from __future__ import annotations

from collections.abc import Callable

from cs_dash.answer import Answer
from cs_dash.questions.health.accounts import TITLE as ACCOUNTS_TITLE
from cs_dash.questions.health.accounts import accounts
from cs_dash.questions.health.bands import GROUPS_TITLE, bands, groups
from cs_dash.questions.health.bands import TITLE as BANDS_TITLE
from cs_dash.questions.health.nps import TITLE as NPS_TITLE
from cs_dash.questions.health.nps import nps
from cs_dash.questions.request import Asked

QUESTIONS: dict[str, tuple[str, Callable[[Asked], Answer], dict[str, tuple[str, ...]]]] = {
    "health.bands": (BANDS_TITLE, bands, {}),
    "health.accounts": (ACCOUNTS_TITLE, accounts, {}),
    "health.groups": (GROUPS_TITLE, groups, {"field": ()}),
    "health.nps": (NPS_TITLE, nps, {}),
}
