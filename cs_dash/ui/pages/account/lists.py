"""The lists of an account's page: use by feature, tickets by category and topic, the timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from cs_dash.answer import Answer
from cs_dash.decisions.roadmap import Item
from cs_dash.look import words
from cs_dash.look.templates import Markup, render
from cs_dash.ui.components.drawer import DrawerLink
from cs_dash.ui.components.show.figures import sparkline
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.roadmap.roadmap_links import evidence_link, items_of_workspace
from cs_dash.ui.state import address

MOST_FEATURES, MOST_GROUPS, MOST_EVENTS = 8, 5, 14
ALL = "all"
EVENTS = {
    "ticket": ("Ticket", "Tickets"), "survey": ("Survey", "Surveys"), "contract": ("Contract", "Contract"),
    "notice": ("Cancellation", "Cancellations"), "churn": ("Churn", "Churn"), "downsell": ("Downsell", "Downsells"),
    "note": ("CSM note", "CSM notes"), "request": ("Feature request", "Feature requests"),
    "milestone": ("Milestone", "Milestones"), "shipped": ("Shipped", "Shipped"),
}  # fmt: skip
Row = Mapping[str, Any]


def usage_card(answer: Answer) -> Markup:
    """Return the card of `account.usage`: a line per feature; "" where nothing is known of any."""
    rows = answer.rows.to_pylist()
    if not rows:
        return Markup()
    unit, others = rows[0]["counted"], rows[MOST_FEATURES:]
    return render(
        "account/usage.html",
        title=answer.headline.replace("**", "").rstrip("."),
        subtitle=f"Weekly {unit} by feature, means of four weeks each",
        rows=[
            {"feature": row["feature"], "is_core": row["is_core"], "trend": sparkline(row["trend"]),
             "recent": _mean(row["recent"]), "earlier": _mean(row["earlier"])}
            for row in rows[:MOST_FEATURES]
        ],
        more=words.plural(len(others), "more feature", locale=locale()) if others else "",
        more_names=", ".join(row["feature"] for row in others),
    )  # fmt: skip


def _mean(value: float | None) -> str:
    if value is None:
        return words.MISSING
    return words.number(value, 1 if value < 10 and value != round(value) else 0, locale())


def tickets_card(answer: Answer, account: Row) -> Markup:
    """Return the card of `account.tickets`: bars by category and by topic, each with its newest ticket; "" for none."""
    rows = answer.rows.to_pylist()
    if not rows:
        return Markup()
    carried = {"period": ALL} if account["has_churned"] else {}
    largest = max(row["tickets"] for row in rows)
    groups: list[dict[str, Any]] = []
    more_groups: list[str] = []
    for group_type, title in (("category", "By category"), ("topic", "By topic")):
        members = [row for row in rows if row["group_type"] == group_type]
        lines = [_group(row, account["account_id"], largest, carried) for row in members[:MOST_GROUPS]]
        more = len(members) - MOST_GROUPS
        if lines:
            groups.append({"title": title, "rows": lines})
            more_groups += [words.plural(more, f"more {group_type}", locale=locale())] if more > 0 else []
    return render(
        "account/tickets.html",
        title=answer.headline.replace("**", "").rstrip("."),
        subtitle="Tickets by category and by topic, with the newest one of each",
        groups=groups,
        more_groups=more_groups,
        all_link=address.link("tickets", account=account["account_id"], **carried),
    )


def _group(row: Row, account_id: str, largest: int, carried: Mapping[str, str]) -> dict[str, Any]:
    kind = "none" if row["group_id"] == "(none)" else row["group_id"]
    link = address.link("topics", topic=row["group_id"])
    if row["group_type"] == "category":
        link = address.link("tickets", account=account_id, kind=kind, **carried)
    label = "without a category" if row["label"] == "(none)" else row["label"]
    return {
        "label": label[:1].upper() + label[1:], "link": link, "tickets": words.count(row["tickets"], locale()),
        "width": f"{100 * row['tickets'] / largest:.1f}", "highlight": row["group_id"] == "how-to",
        "newest": row["newest_subject"] or f"Ticket {row['newest_id']}",
        "newest_on": words.date(row["newest_on"], locale()),
        "newest_link": address.link("tickets", account=account_id, ticket=row["newest_id"], **carried),
    }  # fmt: skip


def timeline_card(answer: Answer, chosen: str) -> Markup:
    """Return the card of the timeline; `chosen`: an event, or all; "" for the newest ones of every kind."""
    rows = answer.rows.to_pylist()
    if not rows:
        return Markup()
    counts = Counter(row["event"] for row in rows)
    listed = [row for row in rows if row["event"] == chosen] if chosen in counts else rows
    many = len(rows) > MOST_EVENTS
    shortened = many and chosen != ALL and chosen not in counts
    items = items_of_workspace() if counts["request"] else ()
    visible = listed[:MOST_EVENTS] if shortened else listed
    tabs = [{"label": f"Newest {MOST_EVENTS}", "link": _tab(""), "current": shortened}] if many else []
    whole = not shortened and chosen not in counts
    tabs += [{"label": f"All {words.count(len(rows), locale())}", "link": _tab(ALL), "current": whole}]
    tabs += [
        {"label": f"{EVENTS[event][1]} {words.count(counts[event], locale())}", "link": _tab(event),
         "current": chosen == event}
        for event in EVENTS if counts[event]
    ]  # fmt: skip
    return render(
        "account/timeline.html",
        title="Timeline",
        shortened=chosen != ALL and chosen not in counts,
        tabs=tabs if len(counts) > 1 or many else [],
        rows=[
            {"event": row["event"], "label": EVENTS[row["event"]][0], "date": words.date(row["date"], locale()),
             "what": row["what"], "link": _ticket_link(row), "more": _roadmap_link(row, items)}
            for row in visible
        ],
    )  # fmt: skip


def _ticket_link(row: Row) -> str:
    return address.link("tickets", ticket=row["event_id"], period=ALL) if row["event"] == "ticket" else ""


def _roadmap_link(row: Row, items: Sequence[Item]) -> DrawerLink | None:
    return evidence_link("requests", [row["title"]], items) if row["event"] == "request" and row["title"] else None


def _tab(value: str) -> str:
    return address.link_here("account", timeline=value)
