"""Who asked for a roadmap item, and who was told that it shipped."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.look import words
from cs_dash.questions.account_health import scores_on
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.roadmap.roadmap_rows import HOW_TO_ADD, NO_ITEMS, Row, chosen_item

TYPES = {
    "account_id": pa.string(), "account": pa.string(), "csm": pa.string(), "tickets": pa.int64(),
    "last_asked": pa.date32(), "mrr": pa.float64(), "requests": pa.int64(), "band": pa.string(),
    "renewal_date": pa.date32(), "churned_on": pa.date32(), "told": pa.bool_(),
}  # fmt: skip
COLUMNS = (
    Column("account_id", "Account ID", hidden=True),
    Column("account", "Account", priority=1),
    Column("mrr", "MRR", "money", priority=1),
    Column("tickets", "Tickets", "count", priority=1),
    Column("requests", "Feature requests", "count"),
    Column("last_asked", "Last asked", "date"),
    Column("band", "Health"),
    Column("renewal_date", "Renewal", "date"),
    Column("csm", "CSM"),
    Column("churned_on", "Churned", "date", absent="It has not churned since it asked."),
    Column("told", "Told"),
)


@question(
    "roadmap.askers",
    title="Accounts behind an item",
    order=40,
    options={"item": ()},
    uses=("health_scores", "roadmap_askers", "roadmap_items"),
    follows_topics=True,
)
def askers(request: QuestionRequest) -> Answer:
    """Return the accounts that asked for the item that option `item` names, by MRR.

    Figures: accounts, mrr, told. Raises UnknownOption without an item, and for one that is not on the roadmap.
    """
    item = chosen_item(request)
    if item is None:
        return request.answer(NO_ITEMS, notes=(HOW_TO_ADD,), rows=arrow_table([], TYPES), columns=COLUMNS)
    scores = scores_on(request, [request.as_of])
    bands = {row["account_id"]: row["band"] for row in scores if row["band"] != "not scored"}
    rows = with_bands(askers_of(request, item["item"]), bands)
    revenue = sum(row["mrr"] or 0.0 for row in rows) if any(row["mrr"] is not None for row in rows) else None
    told = sum(row["told"] for row in rows)
    text = f"**{words.plural(len(rows), 'account')}** asked for “{item['title']}”"
    text += f" (**{words.money(revenue, request.currency)}** MRR)." if revenue is not None else "."
    if told:
        text += f" {words.count(told)} of them {'has' if told == 1 else 'have'} been told that it shipped."
    figures = (
        Figure("accounts", "Accounts", float(len(rows)), "count", definition="roadmap_askers"),
        Figure("mrr", "Affected MRR", revenue, "money", n=len(rows), n_label="accounts", definition="roadmap_askers"),
        Figure("told", "Told", float(told), "count", n=len(rows), n_label="accounts", definition="roadmap_askers"),
    )
    return request.answer(
        text, figures=figures, rows=arrow_table(rows, TYPES), columns=COLUMNS, definition="roadmap_askers"
    )


def askers_of(request: QuestionRequest, item: str) -> list[Row]:
    """Return the accounts that asked for an item, by MRR, as `roadmap_askers` has them."""
    rows: list[Row] = request.rows(
        "roadmap_askers", as_of_day=request.as_of, wanted=request.filters_json, of_item=item
    ).to_pylist()
    return rows


def with_bands(rows: list[Row], bands: Mapping[str, str]) -> list[Row]:
    """Return rows of accounts with their health, {account id: band}; an account that is not scored has none."""
    return [{**row, "band": bands.get(row["account_id"])} for row in rows]
