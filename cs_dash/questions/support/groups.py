"""`support.by` and `support.areas`: who asks how to do something, and about what."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Chart, Column, Note
from cs_dash.look.words import count, plural, share
from cs_dash.questions.asked import FEW, Asked, table
from cs_dash.questions.grouping import grouping_field
from cs_dash.questions.support.period import bounds, doubts, in_words, no_kinds_note, windowed
from cs_dash.stats.intervals import wilson
from cs_dash.tickets.kinds import kind_of_tag

BY_TITLE = "Who asks how to do something?"
AREAS_TITLE = "Where do customers need help?"
TENURE = "tenure"
GROUPS = {
    "group": pa.string(), "tickets": pa.int64(), "with_kind": pa.int64(), "howto": pa.int64(), "share": pa.float64(),
    "low": pa.float64(), "high": pa.float64(), "accounts": pa.int64(),
}  # fmt: skip
GROUP_COLUMNS = (
    Column("group", "Group"),
    Column("tickets", "Tickets", "count"),
    Column("with_kind", "With a kind", "count"),
    Column("howto", "How-to", "count"),
    Column("share", "How-to share", "share"),
    Column("low", "From", "share", "Lower end of the 95 % interval."),
    Column("high", "To", "share", "Upper end of the 95 % interval."),
    Column("accounts", "Accounts", "count"),
)
AREA_COLUMNS = (
    Column("area", "Area"),
    Column("tickets", "How-to tickets", "count"),
    Column("accounts", "Accounts", "count", "Distinct accounts that asked."),
    Column("mrr", "MRR behind", "money", "Of the distinct accounts; areas overlap, so the column does not add up."),
    Column("recent", "Last 90 days", "count"),
    Column("before", "90 days before", "count"),
    Column("trend", "12 months", "trend"),
    Column("example", "Newest subject"),
)


def by(asked: Asked) -> Answer:
    """Return the how-to share per group of option `field`: a dimension of the accounts, or tenure."""
    if "tickets" not in asked.filled:
        return asked.empty(BY_TITLE, "tickets")
    asked = windowed(asked)
    field = grouping_field(asked, TENURE)
    found = asked.periods("howto_by", asked.scope.days, by_field=field)
    for row in found:
        row["group"] = row.pop("group_name")
        row["low"], row["high"] = wilson(row["howto"], row["with_kind"]) or (None, None)
    rows = table(found, GROUPS)
    shown = [row for row in found if row["with_kind"]]
    return Answer(
        question=asked.question,
        title=BY_TITLE,
        says=_says(shown, field),
        as_of=asked.scope.as_of,
        rows=rows,
        columns=GROUP_COLUMNS,
        charts=(_chart(shown, field, asked),) if shown else (),
        notes=doubts(asked),
        definition=asked.definitions.get("howto_by"),
        currency=asked.currency,
    )


def _apart(shown: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return the groups with the highest and the lowest share where their intervals do not overlap."""
    large = [row for row in shown if row["with_kind"] >= FEW]
    if len(large) < 2:
        return None
    top, bottom = max(large, key=lambda row: row["share"]), min(large, key=lambda row: row["share"])
    return (top, bottom) if top["low"] > bottom["high"] else None


def _says(shown: list[dict[str, Any]], field: str) -> str:
    if not shown:
        return "No ticket of the period has a kind, so there is nothing to compare."
    pair = _apart(shown)
    if pair is None:
        return f"By {field}, the how-to share does not clearly differ between groups."
    top, bottom = pair
    return (
        f"By {field}, the how-to share is highest for {top['group']}: **{share(top['share'], top['with_kind'])}** of"
        f" {plural(top['with_kind'], 'ticket')}, against **{share(bottom['share'], bottom['with_kind'])}** for"
        f" {bottom['group']}."
    )


def _chart(shown: list[dict[str, Any]], field: str, asked: Asked) -> Chart:
    pair = _apart(shown)
    title = f"How-to share by {field}: no clear difference"
    if pair:
        title = f"{pair[0]['group']} asks most: {share(pair[0]['share'])} of its tickets are how-to"
    return Chart(
        name="howto_by",
        form="intervals",
        title=title,
        subtitle=f"How-to share of tickets by {field}, with its 95 % interval, {in_words(asked.scope)}",
        rows=table(shown, GROUPS),
        x="share",
        y="group",
        low="low",
        high="high",
        unit="share",
        axis="how-to share of tickets",
        order=tuple(row["group"] for row in shown),
    )


def areas(asked: Asked) -> Answer:
    """Return where customers ask how to do something: one row per area with its tickets, accounts, MRR and trend."""
    if "tickets" not in asked.filled:
        return asked.empty(AREAS_TITLE, "tickets")
    asked = windowed(asked)
    rows = asked.rows("howto_areas", as_of_day=asked.as_of, **bounds(asked))
    # A tag that only spells a kind ("how_to") is no area.
    kept = [kind_of_tag(area) is None for area in rows["area"].to_pylist()]
    rows = rows.filter(pa.array(kept, pa.bool_()))
    (shares,) = asked.periods("howto_share", asked.scope.days)
    howto = shares["howto"]
    notes: tuple[Note, ...] = (
        Note("Accounts ask in several areas: the MRR of the areas does not add up.", "fact", ("mrr",)),
    )
    if not len(rows) and howto:
        text = "The tickets name neither a product area nor tags; a column with one of them brings this table."
        notes = (Note(text, "missing", table="tickets"),)
    if shares["tickets"] and not shares["with_kind"]:
        notes = (no_kinds_note(shares["tickets"]),)
    return Answer(
        question=asked.question,
        title=AREAS_TITLE,
        says=_areas_say(rows.to_pylist(), howto),
        as_of=asked.scope.as_of,
        rows=rows,
        columns=AREA_COLUMNS,
        notes=notes,
        definition=asked.definitions.get("howto_areas"),
        currency=asked.currency,
    )


def _areas_say(found: list[dict[str, Any]], howto: int) -> str:
    if not found:
        return f"**{count(howto)}** how-to tickets; what they are about is not in the data." if howto else (
            "No how-to ticket in the period."
        )  # fmt: skip
    top = found[0]
    text = f"Most how-to tickets are about **{top['area']}**: {count(top['tickets'])} of {count(howto)}, from"
    return f"{text} {plural(top['accounts'], 'account')}."
