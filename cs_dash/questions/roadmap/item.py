"""One roadmap item: what is behind it, whether these accounts leave, and who they are."""

from __future__ import annotations

from typing import Any

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.roadmap.asker_churn import ASSOCIATION, AskerChurn, asker_churn
from cs_dash.questions.roadmap.askers import COLUMNS as ASKER_COLUMNS
from cs_dash.questions.roadmap.askers import TYPES, askers_of, with_bands
from cs_dash.questions.roadmap.churn_after_asking import ratio_figure
from cs_dash.questions.roadmap.roadmap_rows import HOW_TO_ADD, NO_ITEMS, chosen_item

COLUMNS: tuple[Column, ...] = ASKER_COLUMNS


@question(
    "roadmap.item",
    title="A roadmap item",
    order=50,
    options={"item": ()},
    uses=("roadmap_askers", "roadmap_churn", "roadmap_items", "roadmap_opportunities"),
    follows_topics=True,
)
def item(request: QuestionRequest) -> Answer:
    """Return the evidence behind the item that option `item` names; rows: the accounts behind it, by MRR.

    Figures: tickets, accounts, mrr, mrr_renewing_180, at_risk, core_accounts, churned_accounts, churned_mrr,
    churn_ratio, handling_cost, csat, early_share, to_tell, recent and before (tickets of the last 90 days and of the 90
    days before those), reach (accounts of the last 90 days), rice. Tickets, accounts and what depends on them are of
    the period; churn is of all time; the rows are all accounts that ever asked. Raises UnknownOption without an item,
    and for one that is not on the roadmap.
    """
    chosen = chosen_item(request)
    if chosen is None:
        return request.answer(NO_ITEMS, notes=(HOW_TO_ADD,), rows=arrow_table([], TYPES), columns=COLUMNS)
    scope = request.scope
    parameters = {"as_of_day": request.as_of, "wanted": request.filters_json}
    evidence = _of_item(
        request, chosen, "roadmap_opportunities", start_day=scope.start, end_day=scope.end, **parameters
    )
    compared = _of_item(request, chosen, "roadmap_churn", **parameters)
    churn = asker_churn(compared) if compared else None
    bands = {row["account_id"]: row["band"] for row in evidence["bands"] or ()}
    rows = with_bands(askers_of(request, chosen["item"]), bands)
    return request.answer(
        _headline(chosen, evidence, request.currency),
        figures=_figures(evidence, churn, rows),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        notes=_notes(evidence, churn),
        definition="roadmap_opportunities",
    )


def _of_item(request: QuestionRequest, chosen: dict[str, Any], relation: str, **parameters: Any) -> dict[str, Any]:
    """Return the item's row of a definition that has one for each; {} where it has none."""
    rows = request.rows(relation, of_item=chosen["item"], **parameters).to_pylist()
    return next((row for row in rows if row["item"] == chosen["item"]), {})


def _headline(chosen: dict[str, Any], evidence: dict[str, Any], currency: str) -> str:
    parts = []
    if evidence["tickets"]:
        parts.append(words.plural(evidence["tickets"], "ticket"))
    if evidence["requests"]:
        parts.append(words.plural(evidence["requests"], "feature request"))
    if evidence["churn_events"]:
        parts.append(words.plural(evidence["churn_events"], "churn event"))
    if not parts:
        return f"“{chosen['title']}”: no tickets, requests or churn events in the period."
    text = f"“{chosen['title']}”: **{', '.join(parts)}** from **{words.plural(evidence['accounts'], 'account')}**"
    if evidence["mrr"] is not None:
        text += f" with **{words.money(evidence['mrr'], currency)}** MRR"
        if evidence["mrr_renewing"] is not None:
            text += f", {words.money(evidence['mrr_renewing'], currency)} of it renewing within 180 days"
    text += "."
    if evidence["churned_accounts"]:
        churned = words.plural(evidence["churned_accounts"], "account behind it has", "accounts behind it have")
        lost = evidence["churned_mrr"]
        text += f" {churned} churned"
        text += f" ({words.money(lost, currency)} MRR)." if lost is not None else "."
    return text


def _figures(evidence: dict[str, Any], churn: AskerChurn | None, rows: list[dict[str, Any]]) -> tuple[Figure, ...]:
    accounts, tickets = evidence["accounts"], evidence["tickets"]

    def figure(name: str, label: str, value: float | None, unit: Any, **more: Any) -> Figure:
        definition = more.pop("definition", "roadmap_opportunities")
        return Figure(name, label, None if value is None else float(value), unit, definition=definition, **more)

    of_accounts: dict[str, Any] = {"n": accounts, "n_label": "accounts"}
    to_tell = sum(not row["told"] and row["mrr"] is not None for row in rows)
    return (
        figure("tickets", "Tickets", tickets, "count"),
        figure("accounts", "Accounts", accounts, "count"),
        figure("mrr", "Affected MRR", evidence["mrr"], "money", **of_accounts),
        figure("mrr_renewing_180", "Renewing within 180 days", evidence["mrr_renewing"], "money", **of_accounts),
        figure("at_risk", "At-risk accounts", evidence["not_green"], "count", **of_accounts, better="down"),
        figure("core_accounts", "Core accounts", evidence["core_accounts"], "count", **of_accounts),
        figure("churned_accounts", "Churned accounts", evidence["churned_accounts"], "count", better="down"),
        figure("churned_mrr", "Churned MRR", evidence["churned_mrr"], "money", better="down"),
        ratio_figure(churn) if churn else Figure(
            "churn_ratio", "Churn against similar accounts", None, "number", definition="roadmap_churn"
        ),
        figure("handling_cost", "Handling cost", evidence["cost"], "money", n=evidence["costed"], n_label="tickets"),
        figure("csat", "CSAT", evidence["csat"], "number", n=evidence["rated"], n_label="ratings", better="up",
               caveat=small_base_note(evidence["rated"], "ratings") if evidence["rated"] else ""),
        figure("early_share", "First 90 days", evidence["early_share"], "share", n=tickets, n_label="tickets"),
        figure("to_tell", "Not told yet", to_tell, "count", n=len(rows), n_label="accounts",
               definition="roadmap_askers"),
        figure("recent", "Tickets, last 90 days", evidence["recent"], "count"),
        figure("before", "Tickets, 90 days before", evidence["before"], "count"),
        figure("reach", "Accounts, last 90 days", evidence["reach"], "count"),
        figure("rice", "RICE", evidence["rice"], "count"),
    )  # fmt: skip


def _notes(evidence: dict[str, Any], churn: AskerChurn | None) -> tuple[Note, ...]:
    notes = []
    if churn is not None:
        notes.append(Note(churn.sentence.replace("**", ""), "fact", ("churn_ratio",)))
        if churn.ratio is not None:
            notes.append(Note(ASSOCIATION, "doubt", ("churn_ratio",)))
    if evidence["tickets"] and not evidence["costed"]:
        text = "The cost is not known: set the support cost per hour or the cost per how-to ticket."
        notes.append(Note(text, "missing", ("handling_cost",)))
    return tuple(notes)
