"""Behind the marks of support demand: the tickets of a month, a group, a priority or a topic."""

from __future__ import annotations

from cs_dash.errors import UnknownOption
from cs_dash.look import words
from cs_dash.questions.support.groups import TENURE
from cs_dash.questions.support.tickets.tickets import KINDS, NONE
from cs_dash.scope import Scope
from cs_dash.ui.components.drawer import DrawerLink
from cs_dash.ui.components.show import MarkedRows
from cs_dash.ui.components.show.marks import Row
from cs_dash.ui.pages.marks.context import ACCOUNTS, MarkContext, Opening
from cs_dash.ui.pages.roadmap.roadmap_links import topic_link
from cs_dash.ui.state import address
from cs_dash.ui.state.topic_links import current_topic

HOW_TO = "how-to"


def _tickets(context: MarkContext, title: str, scope: Scope | None = None, /, **options: str) -> MarkedRows:
    """Return tickets with these options; the page of tickets lists the same where it has the same filters."""
    same = scope is None and set(options) <= {"kind", "topic", "area"}
    ask = context.ask("support.tickets", scope, **options)
    return MarkedRows(title, ask, "ticket", more_page="tickets" if same else "", more_choices=options)


def _howto_month(context: MarkContext, row: Row) -> MarkedRows | None:
    title = f"How-to tickets in {words.month(row['month'])}"
    return _tickets(context, title, context.in_month(row["month"]), kind=HOW_TO)


def _kind_month(context: MarkContext, row: Row) -> MarkedRows | None:
    kind = row["kind"]
    title = f"Tickets in {words.month(row['month'])}: {kind}"
    return _tickets(context, title, context.in_month(row["month"]), kind=kind if kind in KINDS else NONE)


def _howto_group(context: MarkContext, row: Row) -> MarkedRows | None:
    field = context.options.get("field") or context.first_dimension or TENURE
    title = f"How-to tickets: {row['group']}, {context.period_text}"
    return _tickets(context, title, None, kind=HOW_TO, field=field, group=row["group"])


def _howto_tenure(context: MarkContext, row: Row) -> MarkedRows | None:
    title = f"How-to tickets, customers for: {row['group']}"
    return _tickets(context, title, None, kind=HOW_TO, field=TENURE, group=row["group"])


def _priority(context: MarkContext, row: Row) -> MarkedRows | None:
    title = f"Tickets of priority {row['priority']}, {context.period_text}"
    return _tickets(context, title, None, priority=row["priority"])


def _backlog(context: MarkContext, row: Row) -> MarkedRows | None:
    day = context.last_day(row["month"])
    if context.scope.as_of:
        day = min(day, context.scope.as_of)
    ever = context.ever()
    return _tickets(context, f"Open tickets on {words.date(day)}", ever, open_on=day.isoformat())


def _topic(context: MarkContext, row: Row) -> MarkedRows | None:
    topic = str(row["topic"])
    behind = (address.read().get("behind") or ["tickets"])[-1]
    behind = behind if behind == "accounts" else "tickets"
    ask = context.ask(f"support.topic_{behind}", topic=topic)
    try:
        name = row.get("about") or row.get("question") or next(iter(ask().rows["label"].to_pylist()), "")
    except UnknownOption:  # no topic has any of its tickets
        return None
    total = "tickets" if behind == "accounts" else ""
    more_page = "" if behind == "accounts" else "tickets"
    title = str(name or ask().title)

    def links() -> list[DrawerLink]:
        link = topic_link(context.snapshot, topic)
        return [*([link] if link else []), _other_rows(behind)]

    return MarkedRows(
        title, ask, behind.removesuffix("s"), total, whole=row.get("tickets"), more_page=more_page,
        more_choices={"topic": topic}, links=links,
    )  # fmt: skip


def _other_rows(behind: str) -> DrawerLink:
    """Return the link to the accounts of an open topic, or back to its tickets: on a phone nothing else is in sight."""
    if behind == "accounts":
        return DrawerLink("Tickets on this topic", address.here(address.read() | {"behind": []}))
    return DrawerLink("Accounts with this topic", address.here(address.read() | {"behind": ["accounts"]}))


def _current_topic(context: MarkContext, topic: str) -> str:
    return current_topic(context.snapshot, topic)


OPENINGS = {
    ("support.howto", "howto_months"): Opening(_howto_month),
    ("support.kinds", "kind_months"): Opening(_kind_month),
    ("support.by", "howto_by"): Opening(_howto_group),
    ("support.tenure", "howto_tenure"): Opening(_howto_tenure),
    ("support.times", "resolution_by_priority"): Opening(_priority),
    ("support.backlog", "backlog"): Opening(_backlog),
    ("support.topics", "topics"): Opening(_topic, "topic", current=_current_topic),
    ("support.articles", "questions"): Opening(_topic, "topic", current=_current_topic),
    ("support.asking", "asking"): ACCOUNTS,
    ("support.silent", "silent"): ACCOUNTS,
}
