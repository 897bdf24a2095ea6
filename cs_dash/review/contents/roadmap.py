"""The roadmap: items by score, what shipping them did, past decisions, and the decisions asked today."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cs_dash.answer import Answer, Figure
from cs_dash.look import words
from cs_dash.review.asking import Answers
from cs_dash.review.contents.parts import (
    Section,
    absent,
    chart_named,
    figures_of,
    plain,
    sentences,
    short_name,
    slide,
    table_of,
    title_of,
)
from cs_dash.review.contents.undecided import undecided
from cs_dash.review.deck import Slide
from cs_dash.scope import months_before
from cs_dash.units import Unit

SECTION = "Roadmap"
SHIPPED = "Shipped items"
MONTHS_SHOWN = 12
"""Items that shipped longer ago have had their review."""
MOST_BEHIND = 12
"""So many of the accounts behind an item stand on the slide that asks for its decision."""
JUDGED = ("fell", "rose", "no detectable change")


def items(answers: Answers) -> Section:
    """Return the slide of the roadmap items by RICE."""
    answer = answers.of("roadmap.opportunities")
    table = table_of(
        answer, "title", "fix", "tickets", "requests", "accounts", "mrr", "rice", "state", "owner", "due", "verdict"
    )
    if table is None:
        return Section.of(absent("Roadmap items", answer))
    order = answers.of("roadmap.order")
    return Section.of(
        slide(
            "roadmap",
            SECTION,
            answer,
            title_of(answer.headline),
            answers.source("roadmap.opportunities"),
            answers.source("roadmap.order"),
            subtitle="By RICE: reach x impact x confidence / effort",
            table=table,
            lines=(order.headline if order.rows.num_rows else "",),
        )
    )


def shipped(answers: Answers) -> Section:
    """Return the slide of all shipped items, and one for each that shipped in the last 12 months."""
    impact = answers.of("roadmap.impact")
    if impact.missing_tables or not impact.rows.num_rows:
        return Section.of(absent(SHIPPED, impact))
    chart = chart_named(impact, "effects")
    scope = answers.scope
    since = months_before(scope.as_of, MONTHS_SHOWN) if scope.as_of else None
    recent = [row for row in impact.rows.to_pylist() if since is None or row["shipped_at"] > since]
    return Section.of(
        slide(
            "shipped", SHIPPED, impact, title_of(chart.title), answers.source("roadmap.impact"), chart=chart,
            figures=figures_of(impact, "helped", "shipped"), lines=(plain(impact.headline),),
        )
        if chart
        else None,
        *(_shipped_item(answers, impact, row) for row in recent),
    )  # fmt: skip


def _shipped_item(answers: Answers, impact: Answer, row: dict[str, Any]) -> Slide | str:
    """Return the slide of one shipped item: its tickets against the control, its verdict, its owner and target."""
    answer = answers.of("roadmap.ship_rates", item=row["item"])
    chart = chart_named(answer, "ship_rates")
    if chart is None:
        return f"{row['title']}: {plain(answer.headline)}"
    is_judged = row["verdict"] in JUDGED
    figures = [
        Figure(
            "effect", "change against the other topics of the same accounts", row["effect"], "share", low=row["low"],
            high=row["high"], better="down", definition=impact.definition.name if impact.definition else "",
        )
    ] if is_judged and row["effect"] is not None else [
        Figure("pre_rate", "per 100 accounts a month before", row["pre_rate"], "per_100", better="down"),
        Figure("post_rate", "per 100 accounts a month after", row["post_rate"], "per_100", better="down"),
    ]  # fmt: skip
    decision = _row_of(answers.of("roadmap.decisions"), row["item"])
    opportunity = _row_of(answers.of("roadmap.opportunities"), row["item"])
    behind = ""
    if opportunity and opportunity["accounts"]:
        behind = f"; {words.plural(opportunity['accounts'], 'account')}"
        if opportunity["mrr"] is not None:
            behind += f", {words.money(opportunity['mrr'], impact.currency)} MRR"
    return slide(
        f"item-{row['item']}", SHIPPED, answer, _verdict_title(row),
        answers.source("roadmap.ship_rates", item=row["item"]),
        *(answers.source(name) for name in ("roadmap.impact", "roadmap.decisions", "roadmap.opportunities")),
        chart=chart, figures=[figure for figure in figures if figure.value is not None],
        subtitle=f"Tickets per 100 accounts a month on its topics{behind}; shipped {words.date(row['shipped_at'])}",
        lines=_facts(row, decision),
    )  # fmt: skip


def _verdict_title(row: dict[str, Any]) -> str:
    name = short_name(row["title"], 50)
    size = words.share(abs(row["effect"])) if row["effect"] is not None else ""
    return {
        "fell": f"{name}: its tickets fell by {size}",
        "rose": f"{name}: its tickets rose by {size}",
        "no detectable change": f"{name}: no detectable change",
        "too early": f"{name}: too early to say whether it helped",
    }.get(row["verdict"], f"{name}: its effect cannot be measured")


def _facts(row: dict[str, Any], decision: dict[str, Any] | None) -> list[str]:
    facts = []
    if row["avoided"] is not None and row["verdict"] == "fell":
        facts.append(f"About **{words.plural(round(row['avoided']), 'ticket')}** avoided since")
    if row["verdict"] in JUDGED:
        grown = f"Grew in the same accounts: {row['moved_to']}"
        facts.append(grown if row["moved_to"] else "No topic grew in the same accounts")
    if row["owner"]:
        decided = f", decided {words.date(decision['decided_on'])}" if decision and decision["decided_on"] else ""
        facts.append(f"Owner **{row['owner']}**{decided}")
    if row["target"] is not None:
        facts.append(f"Target {words.share(row['target'])}: {_target(row)}")
    if decision and decision["kept"]:
        due = f" (due {words.date(decision['due'])})" if decision["due"] else ""
        facts.append(f"Decision kept: **{decision['kept']}**{due}")
    return facts


def _target(row: dict[str, Any]) -> str:
    """Return whether the change met its target, as far as the verdict says."""
    if row["verdict"] not in JUDGED or row["effect"] is None:
        return "not known yet"
    return "**met**" if row["effect"] <= row["target"] else "**not met**"


def _row_of(answer: Answer, item: str) -> dict[str, Any] | None:
    rows: list[dict[str, Any]] = answer.rows.to_pylist()
    return next((row for row in rows if row["item"] == item), None)


def past_decisions(answers: Answers) -> Section:
    """Return the slide of the decisions of earlier reviews: kept or not."""
    answer = answers.of("roadmap.decisions")
    table = table_of(answer, "title", "decision", "owner", "decided_on", "target", "due", "shipped_on", "kept")
    if table is None or not any(_by_then(day, answers) for day in answer.rows["decided_on"].to_pylist()):
        return Section.of(absent("Past decisions", answer) if table is None else None)
    due = [part for part in sentences(answer.headline) if " due, " in part]
    return Section.of(
        slide(
            "decisions",
            "Decisions",
            answer,
            title_of(*(due or [answer.headline])),
            answers.source("roadmap.decisions"),
            table=table,
            figures=figures_of(answer, "kept", "overdue"),
            subtitle="Roadmap decisions, newest first",
            lines=(answer.headline,),
        )
    )


def _by_then(day: dt.date | None, answers: Answers) -> bool:
    return day is None or answers.scope.as_of is None or day <= answers.scope.as_of


def decisions_asked(answers: Answers) -> Section:
    """Return one slide for each decision that is asked today: the open items with the best scores."""
    listed = undecided(answers)
    if not listed:
        return Section()
    return Section.of(*(_decision(answers, row) for row in listed))


def _decision(answers: Answers, row: dict[str, Any]) -> Slide:
    askers = answers.of("roadmap.askers", item=row["item"])
    behind = [f"{words.plural(row['accounts'], 'account')}"] if row["accounts"] else []
    if row["mrr"] is not None:
        behind.append(f"{words.money(row['mrr'], askers.currency)} MRR")
    title = f"Decide: {short_name(row['title'], 45)}" + (f" ({', '.join(behind)})" if behind else "")
    units: dict[str, tuple[str, Unit]] = {
        "rice": ("RICE", "count"), "tickets": ("Tickets", "count"), "accounts": ("Accounts", "count"),
        "mrr": ("Affected MRR", "money"),
    }  # fmt: skip
    return slide(
        f"decide-{row['item']}", "Decisions asked", askers, title, answers.source("roadmap.opportunities"),
        answers.source("roadmap.askers", item=row["item"]), form="decision", item=row["item"],
        figures=[
            Figure(name, label, row[name], unit)
            for name, (label, unit) in units.items() if row[name] is not None
        ],
        table=table_of(
            askers, "account", "mrr", "tickets", "requests", "last_asked", "band", "renewal_date", "csm",
            rows=askers.rows.slice(0, MOST_BEHIND),
        ),
        subtitle="The accounts behind it, the largest MRR first", lines=_evidence(row, askers.currency),
    )  # fmt: skip


def _evidence(row: dict[str, Any], currency: str) -> list[str]:
    """Return what speaks for an item besides its score: the kind of fix, what renews, and who has churned."""
    facts = [f"Kind of fix: **{row['fix']}**"] if row["fix"] else []
    if row["requests"]:
        facts.append(f"**{words.plural(row['requests'], 'feature request')}** besides the tickets")
    if row["mrr_renewing"]:
        facts.append(f"**{words.money(row['mrr_renewing'], currency)}** MRR renews within 180 days")
    if row["churned_accounts"]:
        lost = f" ({words.money(row['churned_mrr'], currency)} MRR)" if row["churned_mrr"] is not None else ""
        verb = "has" if row["churned_accounts"] == 1 else "have"
        facts.append(f"**{words.plural(row['churned_accounts'], 'account')}** that asked {verb} churned{lost}")
    return facts
