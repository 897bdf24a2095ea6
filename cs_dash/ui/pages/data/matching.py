"""Unmatched rows: candidate accounts, decided line by line and applied together without a new upload."""

from __future__ import annotations

import streamlit as st

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.decisions import accounts as account_decisions
from cs_dash.decisions.accounts import AccountDecision
from cs_dash.intake.results.reports import matching_summary
from cs_dash.look import words
from cs_dash.look.templates import Markup, bold, render
from cs_dash.questions.data_quality.matches import effect_of
from cs_dash.questions.request import Row
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, message, note, one_place, section_head
from cs_dash.ui.components.tables.links import ACCOUNT
from cs_dash.ui.components.text import locale
from cs_dash.ui.jobs.progress import progress_bar
from cs_dash.ui.state import address, keys, session

LISTED = 20
TALL = 6
SAME, OTHER, ANOTHER, NEW = "Same account", "Not the same", "Another account", "New account"
COUNTED = {
    "contracts": ("contract line", "contract lines"), "tickets": ("ticket", "tickets"),
    "surveys": ("survey response", "survey responses"), "uses": ("usage row", "usage rows"),
    "churn_events": ("churn event", "churn events"), "others": ("note or other row", "notes and other rows"),
}  # fmt: skip
Verdicts = dict[str, tuple[str, str | None]]


def unmatched_names(snapshot: session.Snapshot, unmatched: Answer) -> list[Row]:
    """Return the names that fit no account, the most consequential first; `unmatched`: the answer about them."""
    lines = snapshot.warehouse("unmatched_accounts", as_of_day=unmatched.as_of).to_pylist()
    # An account that only a contract names is a question only where another is like it.
    return [line for line in lines if line["key"] and (line["own_account"] is None or line["candidate_id"])]


def matching(snapshot: session.Snapshot, unmatched: Answer, queue: list[Row]) -> None:
    """Show the queue of names that fit no account, and apply what is decided."""
    before = standing_decisions(account_decisions.decided(session.workspace()))
    applied = st.session_state.pop(keys.MATCHING_MESSAGE, None)
    with st.container(key="matching"):
        section_head("Rows without an account", bold(unmatched.headline))
        with one_place():
            if applied:
                message(applied, "To undo, see Loads.")
        if queue or before:
            _queue(snapshot, queue, before)


@st.fragment
def _queue(snapshot: session.Snapshot, queue: list[Row], before: list[AccountDecision]) -> None:
    lines = queue[:LISTED]
    chosen: Verdicts = {}
    with st.container(height=520 if len(lines) > TALL else "content", border=bool(lines), key="match_queue"):
        for line in lines:
            chosen |= _line(snapshot, line)
    if len(queue) > LISTED:
        more = words.plural(len(queue) - LISTED, "more name", locale=locale())
        note(f"{more} with fewer rows, listed once these are decided.")
    decisions = [
        decision for line in lines if line["key"] in chosen for decision in decided(line, *chosen[line["key"]])
    ]
    decisions += _undone_decisions(snapshot, before)
    names = len(chosen) + sum(decision.verdict == "forget" for decision in decisions)
    label = f"Apply {words.plural(names, 'decision', locale=locale())}" if names else "Apply"
    if controls.button(label, key="match_apply", type="primary", disabled=not decisions):
        with guarded():
            _apply(decisions)


def _line(snapshot: session.Snapshot, line: Row) -> Verdicts:
    """Show one name with the account it may be, and return what is decided of it."""
    key, candidate = line["key"], line["candidate_id"]
    with st.container(horizontal=True, vertical_alignment="center", key=f"match_line_{key}"):
        html(_line_html(line), width="stretch")
        verdicts = [SAME, OTHER, ANOTHER, NEW] if candidate else [ANOTHER, NEW]
        if line["own_account"] is not None:
            verdicts.remove(NEW)
        picked = controls.pills(f"Match {line['named']}", verdicts, key=f"match_{key}", label_visibility="collapsed")
    if picked == ANOTHER:
        accounts = _accounts(snapshot)
        account = controls.selectbox(
            f"Account of {line['named']}",
            [account_id for account_id in accounts if account_id != line["own_account"]],
            index=None,
            format_func=lambda account_id: accounts[account_id],
            placeholder="Choose an account",
            key=f"match_account_{key}",
            label_visibility="collapsed",
        )
        return {key: ("same", account)} if account else {}
    verdict = {SAME: "same", OTHER: "other", NEW: "new"}.get(picked or "")
    return {key: (verdict, None if verdict == "new" else candidate)} if verdict else {}


def _line_html(line: Row) -> Markup:
    counts = [
        words.plural(line[name], singular, plural, locale=locale())
        for name, (singular, plural) in COUNTED.items()
        if line[name]
    ]
    candidate = line["candidate"] if line["candidate_id"] else None
    return render(
        "data/match.html",
        name=line["named"],
        rows=", ".join(counts),
        candidate=candidate,
        href=address.link(ACCOUNT.page, **{ACCOUNT.choice: line["candidate_id"]}) if candidate else "",
        similarity=words.share(line["score"], 1, locale=locale()) if candidate else "",
        why=line["why"],
        effect=effect_of(line),
    )


def _accounts(snapshot: session.Snapshot) -> dict[str, str]:
    rows = snapshot.warehouse("accounts").select(["account_id", "account"]).to_pylist()
    names = {row["account_id"]: row["account"] or row["account_id"] for row in rows}
    labels = {key: name if name == key else f"{name} · {key}" for key, name in names.items()}
    return dict(sorted(labels.items(), key=lambda entry: entry[1].casefold()))


def decided(line: Row, verdict: str, account_id: str | None) -> list[AccountDecision]:
    """Return a decision for every way in which the rows of a line name their account."""
    return [AccountDecision(verdict, account_id, **reference) for reference in line["said"]]


def standing_decisions(decisions: tuple[AccountDecision, ...]) -> list[AccountDecision]:
    """Return the decisions in force, oldest first: the last one about each name unless it was undone."""
    latest: dict[tuple[str | None, ...], AccountDecision] = {}
    for decision in decisions:
        name = (decision.account_ref, decision.account_name, decision.mail, decision.subscription_id)
        latest.pop(name, None)
        if decision.verdict != "forget":
            latest[name] = decision
    return list(latest.values())


def _undone_decisions(snapshot: session.Snapshot, before: list[AccountDecision]) -> list[AccountDecision]:
    """Offer earlier decisions for undo, and return those that were picked."""
    if not before:
        return []
    accounts = _accounts(snapshot)
    with controls.expander(words.plural(len(before), "earlier decision", locale=locale())):
        picked = controls.multiselect(
            "Undo",
            range(len(before)),
            format_func=lambda at: _decision_text(before[at], accounts),
            key="match_forget",
            placeholder="Choose decisions to undo",
        )
    return [
        AccountDecision(
            "forget", None, before[at].account_ref, before[at].account_name, before[at].mail, before[at].subscription_id
        )
        for at in picked
    ]


def _decision_text(decision: AccountDecision, accounts: dict[str, str]) -> str:
    name = decision.account_name or decision.account_ref or decision.mail or decision.subscription_id
    account = accounts.get(decision.account_id or "", decision.account_id)
    return {
        "same": f"{name} is {account}",
        "other": f"{name} is not {account}",
        "new": f"{name} is a separate account",
    }[decision.verdict]


def _apply(decisions: list[AccountDecision]) -> None:
    """Match afresh with the decisions, and show the version that this makes."""
    with progress_bar("Matching accounts") as progress:
        version = pipeline.rematch(session.workspace(), decisions, progress=progress)
    if version is not None:
        st.session_state[keys.MATCHING_MESSAGE] = (
            f"Version {version.number} is now current: {matching_summary(version.summary, locale())}."
        )
    st.rerun()
