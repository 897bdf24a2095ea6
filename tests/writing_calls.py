"""Every function that writes into a workspace, as the code shows it, and one call of each."""

from __future__ import annotations

import ast
import datetime as dt
import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from cs_dash.decisions import (
    accounts,
    alignment_answers,
    audits,
    churn_reasons,
    goals,
    item_reviews,
    labels,
    lexicon,
    links,
    log,
    people,
    portfolio_events,
    programmes,
    roadmap,
    saved_views,
    settings,
    shipped_items,
    ticket_types,
    topics,
)  # fmt: skip
from cs_dash.decisions.alignment_answers import AnswerSheet
from cs_dash.decisions.audits import Audit, AuditAnswer
from cs_dash.decisions.goals import Goal
from cs_dash.decisions.links import ShareLink
from cs_dash.decisions.log import Entry
from cs_dash.decisions.people import Person
from cs_dash.decisions.programmes import Programme
from cs_dash.decisions.reviews import records as reviews
from cs_dash.decisions.reviews import slides as review_slides
from cs_dash.decisions.reviews.records import ReviewNumbers
from cs_dash.decisions.reviews.slides import Pin, SlideNumbers
from cs_dash.decisions.saved_views import SavedView
from cs_dash.intake.matching.account_decision import AccountDecision
from cs_dash.pipeline import (
    account_matching,
    audit,
    bookkeeping,
    demo_roadmap,
    item_states,
    labelling,
    loading,
    rebuilding,
    type_decisions,
)  # fmt: skip
from cs_dash.pipeline import settings as setting_changes
from cs_dash.pipeline.loading import Built
from cs_dash.scope import Scope
from cs_dash.store.acting import Right, acting_as
from cs_dash.store.version import Version
from cs_dash.store.workspace import Workspace
from tests.workspaces import opened

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("decisions", "pipeline")
STORE_WRITERS = {"keep", "publish", "redo", "remember_watched", "start_building", "undo", "writing"}
"""What a workspace and its state are written with, beside transactions."""
DAY = dt.date(2026, 9, 1)
GOAL = Goal("howto_share", 0.3, dt.date(2026, 12, 31), "Ana", "product")
LINK = ShareLink(pages=("retention",))
ADMIN = Person("ana@example.com", "admin")
VIEW = SavedView("Churn of SMB", "churn", "f.segment=SMB")
NUMBERS = ReviewNumbers(1, dt.datetime(2026, 10, 1, tzinfo=dt.UTC), "review-2026Q3-0-frozen", DAY)
SHEET = AnswerSheet("2026Q3", "product", "Ana", {"rhythm": "informed"})


@cache
def functions() -> Mapping[str, ast.FunctionDef]:
    """Return every function of the packages that write, by its full name."""
    listed = {}
    for package in PACKAGES:
        for file in sorted((ROOT / "cs_dash" / package).rglob("*.py")):
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef):
                    listed[f"{module}.{node.name}"] = node
    return listed


def writers() -> set[str]:
    """Return the full name of every public function that writes, itself or by what it calls."""
    called = {name: set(_called(name, node)) for name, node in functions().items()}
    writing = {name for name, node in functions().items() if _writes(node)}
    while more := {name for name, names in called.items() if names & writing} - writing:
        writing |= more
    return {name for name in writing if not name.rpartition(".")[2].startswith("_")}


def _writes(function: ast.FunctionDef) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and any(keyword.arg == "write" for keyword in node.keywords):
            return True
        of_store = isinstance(node, ast.Attribute) and node.attr in STORE_WRITERS
        if of_store and ast.unparse(node).split(".")[-2] in ("workspace", "state"):
            return True
        if isinstance(node, ast.Constant) and str(node.value).strip().startswith(("update ", "insert ", "delete ")):
            return True
        if isinstance(node, ast.Name) and node.id == "_APPEND":
            return True
    return False


def _called(name: str, function: ast.FunctionDef) -> set[str]:
    """Return the full names of the functions of these packages that a function names, called or handed on."""
    module = import_module(name.rpartition(".")[0])
    names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
    own = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    named = set()
    for node in ast.walk(function):
        match node:
            case ast.Name(id=text) if text not in own:
                value = getattr(module, text, None)
            case ast.Attribute(value=ast.Name(id=owner), attr=text):
                value = getattr(getattr(module, owner, None), text, None)
            case _:
                continue
        if callable(value) and hasattr(value, "__qualname__"):
            named.add(f"{value.__module__}.{value.__qualname__}")
    return named


def fill(workspace: Workspace) -> None:
    """Decide something of each sort, so that there is something to change and to undo."""
    people.add(workspace, ADMIN)
    people.add(workspace, Person("bo@example.com", "viewer"))
    roadmap.add(workspace, "Exports")
    roadmap.decide(workspace, "R-1", "accepted", owner="Ana", team="product")
    goals.add(workspace, GOAL)
    programmes.add(workspace, Programme("Beta", DAY, ("A-1",)))
    portfolio_events.add(workspace, DAY, "Release")
    alignment_answers.answer(workspace, [SHEET])
    audits.add(workspace, Audit(0, "s", None, DAY, 2, ("T-1", "T-2")))
    audits.answer(workspace, 1, [AuditAnswer("T-1", "Ana", "defect")])
    labels.add(workspace, [("T-1", "defect")])
    links.create(workspace, LINK)
    settings.choose(workspace, {"gross_margin": 0.5})
    topics.apply(workspace, topics.renamed("t-1", "Exports"))
    reviews.create(workspace, "2026Q3", (), NUMBERS)
    review_slides.remark(workspace, "2026Q3", "churn", "Prices", SlideNumbers())
    review_slides.pin(workspace, "2026Q3", Pin("churn.reasons"))
    with acting_as("Vi"):
        saved_views.save(workspace, VIEW)


def _file(workspace: Workspace, text: str) -> Path:
    file = workspace.folder / "given.csv"
    file.write_text(text)
    return file


def _within(workspace: Workspace, write: Callable[[Any], object]) -> None:
    with workspace.state.transaction(write=True) as connection:
        write(connection)


def _version(workspace: Workspace) -> Version:
    version = workspace.current()
    assert version is not None
    return version


def _built(workspace: Workspace) -> Built:
    return Built(workspace.folder / "absent.duckdb", workspace.next_number(), None, {}, None)  # type: ignore[arg-type]


def _undo_review(workspace: Workspace) -> None:
    newest = reviews.newest_change(workspace, "2026Q3")
    assert newest is not None
    reviews.undo(workspace, "2026Q3", newest.number)


FILES = [("more.csv", b"account_id,name\nA-9,New\n")]


def _files() -> list[tuple[str, io.BytesIO]]:
    return [(name, io.BytesIO(content)) for name, content in FILES]


MATCH = AccountDecision("new", "A-1", "A-1")
LABEL = Entry("label", "T-2", "defect")
DRAW = Scope(start=None, end=DAY)
CALLS: Mapping[Callable[..., Any], tuple[Right, Callable[[Workspace], object]]] = {
    log.record: (Right.LABEL, lambda w: log.record(w, [LABEL])),
    log.change: (Right.LABEL, lambda w: log.change(w, [LABEL])),
    log.change_within: (Right.LABEL, lambda w: _within(w, lambda c: log.change_within(c, [LABEL]))),
    log.append: (Right.LABEL, lambda w: _within(w, lambda c: log.append(c, [LABEL]))),
    log.undo: (Right.PEOPLE, lambda w: log.undo(w, 1)),
    log.undo_decision_within: (Right.PEOPLE, lambda w: _within(w, lambda c: log.undo_decision_within(c, 1))),
    accounts.append: (Right.LOAD, lambda w: _within(w, lambda c: accounts.append(c, [MATCH], 1))),
    alignment_answers.answer: (
        Right.DECIDE, lambda w: alignment_answers.answer(w, [replace(SHEET, respondent="Bo")]),
    ),
    alignment_answers.remove: (Right.DECIDE, lambda w: alignment_answers.remove(w, "2026Q3", "product", "Ana")),
    audits.add: (Right.LABEL, lambda w: audits.add(w, Audit(0, "s", None, DAY, 1, ("T-1",)))),
    audits.extend: (Right.LABEL, lambda w: audits.extend(w, 1, ["T-3"])),
    audits.answer: (Right.LABEL, lambda w: audits.answer(w, 1, [AuditAnswer("T-2", "Ana", None)])),
    audits.undo_answer: (Right.LABEL, lambda w: audits.undo_answer(w, 1, "Ana")),
    churn_reasons.decide: (Right.LABEL, lambda w: churn_reasons.decide(w, {"too dear": "Price or value"})),
    goals.add: (Right.DECIDE, lambda w: goals.add(w, GOAL)),
    goals.change: (Right.DECIDE, lambda w: goals.change(w, "G-1", replace(GOAL, owner="Bo"))),
    goals.remove: (Right.DECIDE, lambda w: goals.remove(w, "G-1")),
    item_reviews.review: (Right.DECIDE, lambda w: item_reviews.review(w, "R-1", "kept")),
    labels.add: (Right.LABEL, lambda w: labels.add(w, [("T-2", "defect")])),
    labels.undo: (Right.LABEL, lambda w: labels.undo(w)),
    links.create: (Right.SHARE, lambda w: links.create(w, LINK)),
    links.revoke: (Right.SHARE, lambda w: links.revoke(w, links.links(w)[0].handle)),
    lexicon.decide: (Right.LABEL, lambda w: lexicon.decide(w, "en", {"defect": ["broken"]})),
    people.add: (Right.PEOPLE, lambda w: people.add(w, Person("cy@example.com", "viewer"))),
    people.change: (Right.PEOPLE, lambda w: people.change(w, Person("bo@example.com", "admin"))),
    people.remove: (Right.PEOPLE, lambda w: people.remove(w, "bo@example.com")),
    portfolio_events.add: (Right.DECIDE, lambda w: portfolio_events.add(w, DAY, "Prices")),
    portfolio_events.remove: (Right.DECIDE, lambda w: portfolio_events.remove(w, "E-1")),
    programmes.add: (Right.DECIDE, lambda w: programmes.add(w, Programme("Pilot", DAY, ("A-1",)))),
    programmes.remove: (Right.DECIDE, lambda w: programmes.remove(w, "P-1")),
    review_slides.hide: (Right.REVIEW, lambda w: review_slides.hide(w, "2026Q3", "churn")),
    review_slides.move: (
        Right.REVIEW, lambda w: review_slides.move(w, "2026Q3", "churn", "asks", ["asks", "churn"]),
    ),
    review_slides.pin: (Right.REVIEW, lambda w: review_slides.pin(w, "2026Q3", Pin("churn.summary"))),
    review_slides.remark: (
        Right.REVIEW, lambda w: review_slides.remark(w, "2026Q3", "churn", "Support", SlideNumbers()),
    ),
    review_slides.remove_remark: (Right.REVIEW, lambda w: review_slides.remove_remark(w, "2026Q3", "remark-1")),
    review_slides.retitle: (
        Right.REVIEW, lambda w: review_slides.retitle(w, "2026Q3", "churn", "Why", SlideNumbers()),
    ),
    review_slides.take_notes: (Right.REVIEW, lambda w: review_slides.take_notes(w, "2026Q3", "churn", "Slow")),
    review_slides.unpin: (Right.REVIEW, lambda w: review_slides.unpin(w, "2026Q3", "pin-1")),
    reviews.change_within: (
        Right.REVIEW,
        lambda w: _within(w, lambda c: reviews.change_within(c, "2026Q3", [Entry("review order", "2026Q3", ["a"])])),
    ),
    reviews.close: (Right.REVIEW, lambda w: reviews.close(w, "2026Q3")),
    reviews.create: (Right.REVIEW, lambda w: reviews.create(w, "2026Q4", (), NUMBERS)),
    reviews.remove: (Right.REVIEW, lambda w: reviews.remove(w, "2026Q3")),
    reviews.renew: (Right.REVIEW, lambda w: reviews.renew(w, "2026Q3", replace(NUMBERS, version=2))),
    reviews.undo: (Right.REVIEW, _undo_review),
    roadmap.add: (Right.DECIDE, lambda w: roadmap.add(w, "Imports")),
    roadmap.describe: (Right.DECIDE, lambda w: roadmap.describe(w, "R-1", "Imports")),
    roadmap.remove: (Right.DECIDE, lambda w: roadmap.remove(w, "R-1")),
    roadmap.score: (Right.DECIDE, lambda w: roadmap.score(w, "R-1", impact=2.0)),
    roadmap.decide: (Right.DECIDE, lambda w: roadmap.decide(w, "R-1", "declined", owner="Bo", team="product")),
    roadmap.ship: (Right.DECIDE, lambda w: roadmap.ship(w, "R-1", DAY)),
    roadmap.change: (
        Right.DECIDE, lambda w: roadmap.change(w, "R-1", [Entry("item score", "R-1", {"effort": 1.0})], "", ""),
    ),
    saved_views.save: (Right.VIEWS, lambda w: saved_views.save(w, replace(VIEW, title="Retention"))),
    saved_views.remove: (Right.VIEWS, lambda w: saved_views.remove(w, "V-1")),
    settings.choose: (Right.SETTINGS, lambda w: settings.choose(w, {"gross_margin": 0.6})),
    shipped_items.track: (Right.DECIDE, lambda w: shipped_items.track(w, {"R-1": {"state": "Done"}})),
    shipped_items.tell: (Right.DECIDE, lambda w: shipped_items.tell(w, "R-1", {"A-1": True})),
    ticket_types.decide: (Right.LABEL, lambda w: ticket_types.decide(w, "Bug", "defect")),
    topics.apply: (Right.LABEL, lambda w: topics.apply(w, topics.renamed("t-1", "Imports"))),
    account_matching.rematch: (Right.LOAD, lambda w: account_matching.rematch(w, [MATCH])),
    audit.draw: (Right.LABEL, lambda w: audit.draw(w, opened(w), DRAW, 5)),
    audit.take_in: (Right.LABEL, lambda w: audit.take_in(w, [("T-2", "defect")], "Ana")),
    bookkeeping.undo: (Right.LOAD, lambda w: bookkeeping.undo(w)),
    bookkeeping.redo: (Right.LOAD, lambda w: bookkeeping.redo(w)),
    bookkeeping.store_upload: (Right.LOAD, lambda w: bookkeeping.store_upload(w, "a.csv", io.BytesIO(b"a,b\n"))),
    bookkeeping.record_loaded: (Right.LOAD, lambda w: bookkeeping.record_loaded(w, {"00": "a.csv"})),
    demo_roadmap.record_demo_roadmap: (Right.LOAD, lambda w: demo_roadmap.record_demo_roadmap(w, _version(w))),
    item_states.import_states: (
        Right.DECIDE, lambda w: item_states.import_states(w, _file(w, "item,status\nR-1,Done\n")),
    ),
    labelling.label: (Right.LABEL, lambda w: labelling.label(w, [("T-2", "defect")])),
    labelling.unlabel: (Right.LABEL, lambda w: labelling.unlabel(w)),
    labelling.label_file: (
        Right.LABEL, lambda w: labelling.label_file(w, _file(w, "ticket_id,kind\nT-2,defect\n"), {}),
    ),
    loading.load: (Right.LOAD, lambda w: loading.load(w, _files())),
    loading.prepare: (Right.LOAD, lambda w: loading.prepare(w, _files(), w.folder / "prepared.duckdb")),
    loading.publish_prepared: (Right.LOAD, lambda w: loading.publish_prepared(w, _built(w))),
    rebuilding.rebuild: (Right.LOAD, lambda w: rebuilding.rebuild(w)),
    setting_changes.change: (Right.SETTINGS, lambda w: setting_changes.change(w, {"gross_margin": "0.7"})),
    type_decisions.decide_type: (Right.LABEL, lambda w: type_decisions.decide_type(w, "Bug", "defect")),
}  # fmt: skip
"""Function -> the right that it needs, and a call of it."""
