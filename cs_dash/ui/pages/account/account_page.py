"""One account on one screen: who it is, its score and why, its history, use, tickets and all that happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from cs_dash.answer import Answer
from cs_dash.errors import UnknownOption
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.scope import ONE_DAY
from cs_dash.ui.components.html import html
from cs_dash.ui.components.show.notes import HEADINGS
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.account.history_card import history_card
from cs_dash.ui.pages.account.lists import tickets_card, timeline_card, usage_card
from cs_dash.ui.pages.account.why_card import why_card
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import address

ACCOUNT, COMPARED, SHOWN = "account", "from", "timeline"
"""What the address of the page says: the account, the day to compare with, the events that the timeline shows."""
HEADER_FIELDS = ("segment", "plan", "region", "tier", "industry", "country", "contract")
MOST_FACTS = 5
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
    cards = [
        [why_card(why.result(), answer, dates.get("to", "")), tickets_card(tickets.result(), row)],
        [history_card(answer), usage_card(usage.result())],
    ]
    html(
        render(
            "account/page.html",
            accounts_link=address.link("accounts"),
            name=row["account"],
            facts=_facts(row),
            csm=row["csm"] or "",
            headline=answer.headline,
            figures=_figures(answer, row),
            columns=[[card for card in column if card] for column in cards],
            timeline=timeline_card(answer, view.address_value(SHOWN)),
            notes=_notes([answer, why.result()]),
            headings=HEADINGS,
        )
    )


def why_dates(row: Row, compared: str) -> dict[str, str]:
    """Return the options of `health.why`: the day of the address, and for who has churned the last day as a customer."""
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
    facts += [words.plural(row["seats"], "seat", locale=locale())] if row["seats"] else []
    if row["customer_since"] and not row["dates_assumed"]:
        facts.append(f"customer since {words.date(row['customer_since'], locale())}")
    elif row["tenure_months"]:
        facts.append(f"customer for {words.months(row['tenure_months'], locale())}")
    return facts


def _figures(answer: Answer, row: Row) -> list[dict[str, str]]:
    """Return the figures that are known, each with its label, value and a remark; a churn takes the place of the score."""
    language, figures = locale(), {figure.name: figure for figure in answer.figures}
    listed = []
    if row["has_churned"]:
        when = words.date(row["churned_on"], language) if row["churned_on"] else "day unknown"
        listed.append({"label": "Churned", "value": when, "remark": "", "band": "churned"})
        amount = row["mrr_before"]
        remark = "before the churn"
    else:
        score = figures.get("score")
        if score and score.value is not None:
            change = words.figure_change(score, "", language) if score.previous is not None else ""
            remark = f"{change} in four weeks" if change[:1] in "+−" and change else ""
            value = words.count(score.value, language)
            listed.append({"label": "Score", "value": value, "remark": remark, "band": score.caveat})
        amount, remark = row["mrr"], ""
    if amount:
        value = words.money(amount, answer.currency, full=True, locale=language)
        listed.append({"label": "MRR", "value": value, "remark": remark, "band": ""})
    for name in ("nps", "wau", "tickets_90d"):
        figure = figures.get(name)
        if figure and figure.value is not None and not row["has_churned"]:
            change = words.figure_change(figure, "", language) if figure.previous is not None else ""
            remark = f"{change} against {figure.previous_label}" if change[:1] in ("+", "−") else ""
            value = words.figure_value(figure, answer.currency, language)
            listed.append({"label": figure.label, "value": value, "remark": remark, "band": ""})
    return listed


def _notes(answers: Iterable[Answer]) -> list[Any]:
    order = list(HEADINGS)
    notes = {note.text: note for answer in answers for note in answer.notes}
    return sorted(notes.values(), key=lambda note: order.index(note.kind))
