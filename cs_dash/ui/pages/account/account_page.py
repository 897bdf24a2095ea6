"""One account on one screen: who it is, its score and why, its history, use, tickets and all that happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from cs_dash.answer import Answer, Figure
from cs_dash.errors import UnknownOption
from cs_dash.look import words
from cs_dash.look.templates import Markup, render
from cs_dash.scope import ONE_DAY
from cs_dash.ui.components.html import html
from cs_dash.ui.components.navigation import name_tab
from cs_dash.ui.components.show.notes import HEADINGS
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.account.history_card import history_card
from cs_dash.ui.pages.account.lists import tickets_card, timeline_card, usage_card
from cs_dash.ui.pages.account.why_card import signed, why_card
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import address

ACCOUNT, COMPARED, SHOWN = "account", "from", "timeline"
"""What the address of the page says: the account, the day to compare with, the events that the timeline shows."""
HEADER_FIELDS = ("segment", "plan", "region", "tier", "industry", "country", "contract")
MOST_FACTS = 5
FURNITURE = {"history": 8, "tickets": 6}
"""About how many rows high a card is without its rows, where not three."""
FIGURES = {
    "score": "Score", "mrr": "MRR", "renewal_days": "Renewal", "nps": "NPS answer", "wau": "Weekly users",
    "tickets_90d": "Tickets, 90 days",
}  # fmt: skip
AGAINST = {
    "score": "in four weeks", "mrr": "in four weeks", "renewal_days": "", "nps": "since the answer before",
    "wau": "in four weeks", "tickets_90d": "vs the 90 days before",
}  # fmt: skip
Row = Mapping[str, Any]


def account(view: View) -> None:
    """Show the account that the address names; a sentence and the way to the list where it names none that is known."""
    account_id = view.address_value(ACCOUNT)
    if not account_id:
        _nothing("Choose an account in the list to see its page.")
        return
    profile = view.ask("account.profile", account=account_id)
    summary = view.ask("account.summary", account=account_id)
    usage, tickets = (view.ask(name, account=account_id) for name in ("account.usage", "account.tickets"))
    try:
        (row,) = profile.result().rows.to_pylist()
    except UnknownOption as problem:
        _nothing(problem.message, problem.hint)
        return
    dates = why_dates(row, view.address_value(COMPARED))
    why = view.ask("health.why", account=row["account_id"], **dates)
    answer = summary.result()
    name_tab(row["account"])
    cards = {
        "why": why_card(why.result(), answer, dates.get("to", "")),
        "history": history_card(answer, row["customer_since"]),
        "usage": usage_card(usage.result()),
        "tickets": tickets_card(tickets.result(), row),
    }
    html(
        render(
            "account/page.html",
            accounts_link=address.link("accounts"),
            name=row["account"],
            facts=_facts(row),
            csm=row["csm"] or "",
            headline=answer.headline,
            figures=_figures(answer, row),
            columns=_columns(cards),
            timeline=timeline_card(answer, view.address_value(SHOWN)),
            notes=_notes([answer, why.result()]),
            headings=HEADINGS,
        )
    )


def _columns(cards: Mapping[str, Markup]) -> list[list[Markup]]:
    """Return the cards in two columns, so that both end at about the same height, which the number of rows tells."""

    def height(name: str) -> int:
        return FURNITURE.get(name, 3) + cards[name].count('scope="row"') if cards[name] else 0

    beside = [
        ("why", "usage", "history", "tickets"),
        ("why", "tickets", "history", "usage"),
        ("why", "history", "usage", "tickets"),
    ]
    best = min(beside, key=lambda names: abs(sum(map(height, names[:2])) - sum(map(height, names[2:]))))
    return [[cards[name] for name in names if cards[name]] for names in (best[:2], best[2:])]


def why_dates(row: Row, compared: str) -> dict[str, str]:
    """Return the options of `health.why`: the day of the address; for who has churned, the last day as a customer."""
    churned_on: dt.date | None = row["churned_on"] if row["has_churned"] else None
    dates = {"to": (churned_on - ONE_DAY).isoformat()} if churned_on else {}
    try:
        day = dt.date.fromisoformat(compared)
    except ValueError:
        return dates
    if churned_on and day >= churned_on - ONE_DAY:
        return dates
    return dates | {"from": day.isoformat()}


def _nothing(text: str, hint: str = "") -> None:
    html(render("account/nothing.html", text=text, hint=hint, accounts_link=address.link("accounts")))


def _facts(row: Row) -> list[str]:
    facts = list(dict.fromkeys(row[name] for name in HEADER_FIELDS if row[name]))[:MOST_FACTS]
    facts += [f"ICP fit: {row['icp_fit']}"] if row["icp_fit"] else []
    if row["customer_since"] and not row["dates_assumed"]:
        facts.append(f"customer since {words.date(row['customer_since'], locale())}")
    elif row["tenure_months"]:
        facts.append(f"customer for {words.months(row['tenure_months'], locale())}")
    return facts


def _figures(answer: Answer, row: Row) -> list[dict[str, str]]:
    """Return the figures that are known, each with its label, value and a remark; who has churned has no other."""
    if row["has_churned"]:
        when = words.date(row["churned_on"], locale()) if row["churned_on"] else "day unknown"
        listed = [_figure("Churned", when, "an assumed date" if row["dates_assumed"] else "", "churned")]
        if row["mrr_before"]:
            amount = words.money(row["mrr_before"], answer.currency, full=True, locale=locale())
            listed.append(_figure("MRR before the churn", amount))
        return listed
    figures = {figure.name: figure for figure in answer.figures}
    listed = []
    for name, label in FIGURES.items():
        figure = figures.get(name)
        if figure is None or figure.value is None or (name == "mrr" and not figure.value):
            continue
        value, remark = _value(figure, answer), ""
        if figure.previous is not None and figure.value != figure.previous:
            remark = f"{_difference(figure, answer.currency)} {AGAINST[name]}"
        if name == "renewal_days" and answer.as_of:
            value = words.date(answer.as_of + dt.timedelta(days=figure.value), locale())
            left = words.days(abs(figure.value), locale())
            remark = f"in {left}" if figure.value >= 0 else f"{left} overdue"
        listed.append(_figure(label, value, remark, figure.caveat if name == "score" else ""))
    return listed


def _figure(label: str, value: str, remark: str = "", band: str = "") -> dict[str, str]:
    return {"label": label, "value": value, "remark": remark, "band": band}


def _difference(figure: Figure, currency: str) -> str:
    if figure.unit == "money":
        return words.figure_change(figure, currency, locale())
    return signed((figure.value or 0.0) - (figure.previous or 0.0))


def _value(figure: Figure, answer: Answer) -> str:
    if figure.unit == "money":
        return words.money(figure.value, answer.currency, full=True, locale=locale())
    value = figure.value or 0.0
    return words.number(value, 1 if value < 10 and value != round(value) else 0, locale())


def _notes(answers: Iterable[Answer]) -> list[Any]:
    order = list(HEADINGS)
    notes = {note.text: note for answer in answers for note in answer.notes}
    return sorted(notes.values(), key=lambda note: order.index(note.kind))
