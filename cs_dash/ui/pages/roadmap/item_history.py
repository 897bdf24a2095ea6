"""All that was recorded of an item, in words: who, when, what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from cs_dash.decisions import roadmap
from cs_dash.decisions.choices.owners import TEAM_NAMES
from cs_dash.decisions.log import Decision
from cs_dash.look import words
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.data.versions import moment


def history_lines(decisions: Iterable[Decision]) -> list[dict[str, str]]:
    """Return each decision as {"what", "who", "when"}."""
    return [{"what": _words(row), "who": row.person or "Somebody", "when": moment(row.at)} for row in decisions]


def _words(row: Decision) -> str:
    value: Mapping[str, Any] | None = row.value
    if value is None:
        return "Taken off the roadmap" if row.kind == roadmap.ITEM.name else f"{row.kind.capitalize()} removed"
    match row.kind:
        case roadmap.ITEM.name:
            return f"Called “{value['title']}”" + (f", {value['fix']}" if value.get("fix") else "")
        case roadmap.SCORE.name:
            return "Scored: " + score_words(value)
        case roadmap.VERDICT.name:
            return decision_words(value)
        case roadmap.SHIPPED.name:
            return f"Shipped on {_day(value['on'])} to {_reach(value.get('accounts'))}"
        case roadmap.REVIEW.name:
            return f"Reviewed: {value['outcome']}" + (f": {value['note']}" if value.get("note") else "")
        case _:
            state = value.get("state") or "no state"
            return f"State in the tracker: {state}" + (f", {value['key']}" if value.get("key") else "")


def score_words(value: Mapping[str, Any]) -> str:
    """Return impact, confidence and effort in words; what is missing is left out."""
    parts = []
    if value.get("impact") is not None:
        parts.append(f"impact {words.number(value['impact'], locale=locale())}")
    if value.get("confidence") is not None:
        parts.append(f"confidence {words.share(value['confidence'], locale=locale())}")
    if value.get("effort") is not None:
        parts.append(f"effort {effort_words(value['effort'])}")
    return ", ".join(parts) or "nothing"


def effort_words(months: float) -> str:
    """Return an effort: "1 person-month", "0.5 person-months"."""
    text = words.number(months, 1 if months != round(months) and months == round(months, 1) else None, locale())
    return f"{text} person-month{'' if months == 1 else 's'}"


def decision_words(value: Mapping[str, Any], language: str = "") -> str:
    """Return a decision in words: what, whose, by when, to what end and why. `language`: "" for the page's reader's."""
    language = language or locale()
    team = TEAM_NAMES.get(value.get("team") or "", "")
    text = f"{str(value['decision']).capitalize()}; {value['owner']}" + (f" ({team})" if team else "") + " accountable"
    if value.get("target") is not None:
        text += f", target {words.share(value['target'], locale=language)} tickets"
    if value.get("due"):
        text += f", due {words.date(dt.date.fromisoformat(value['due']), language)}"
    return text + (f": {value['reason']}" if value.get("reason") else "")


def _reach(accounts: Mapping[str, Any] | None) -> str:
    return "all accounts" if accounts is None else words.plural(len(accounts), "account", locale=locale())


def _day(text: str) -> str:
    return words.date(dt.date.fromisoformat(text), locale())
