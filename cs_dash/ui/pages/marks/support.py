"""Behind the marks of support demand: the tickets of a month, a group or a topic."""

from __future__ import annotations

from cs_dash.ui.components.show import MarkedRows
from cs_dash.ui.components.show.marks import Row
from cs_dash.ui.pages.marks.context import ACCOUNTS, MarkContext, Opening
from cs_dash.ui.state import address


def _topic(context: MarkContext, row: Row) -> MarkedRows | None:
    topic = str(row["topic"])
    behind = (address.read().get("behind") or ["tickets"])[-1]
    behind = behind if behind == "accounts" else "tickets"
    ask = context.ask(f"support.topic_{behind}", topic=topic)
    more = ("", {}) if behind == "accounts" else ("tickets", {"topic": topic})
    title = str(row.get("about") or row.get("question") or ask().title)
    return MarkedRows(title, ask, behind.removesuffix("s"), more_page=more[0], more_choices=more[1])


OPENINGS = {
    ("support.topics", "topics"): Opening(_topic, "topic"),
    ("support.articles", "questions"): Opening(_topic, "topic"),
    ("support.asking", "asking"): ACCOUNTS,
    ("support.silent", "silent"): ACCOUNTS,
}
