"""What a question declares is what it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace

import pytest

from cs_dash.answer import Answer
from cs_dash.decisions import decided
from cs_dash.decisions.audits import Audit, AuditAnswer
from cs_dash.decisions.choices.goal_metrics import METRICS
from cs_dash.errors import UnknownOption
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import derive_artifacts
from cs_dash.questions.catalogue import questions, request_of
from cs_dash.questions.declaration import Question, question
from cs_dash.questions.lineage import titles
from cs_dash.questions.request import QuestionRequest
from cs_dash.schema.tables import TABLES
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import EVERYTHING, RecordingRows
from tests.companies import ReusedReader, company, day
from tests.pipeline.test_topics import lines, load, three_topics
from tests.questions.conftest import DemoAnswer

FILTER = {"in_scope"}
"""What every request may ask for itself: the accounts that a filter leaves."""


@pytest.fixture(scope="module")
def odd_company() -> Iterator[Warehouse]:
    """What the demo company has not: exchange rates, tickets of no category, facts that fit no account."""
    warehouse = company(
        accounts=[{"account_id": name, "segment": "SMB" if name == "a" else "Enterprise"} for name in "abc"],
        subscriptions=[
            {"account_id": name, "mrr": 10.0, "start_date": day("2024-01-15"), "currency": "USD", "fx_rate": 0.5}
            for name in "abc"
        ],
        fx_rates=[{"currency": "USD", "rate_on": day("2024-01-01"), "rate": 0.5}],
        tickets=[{"account_id": "a", "created_at": dt.datetime(2024, 6, 1)}, {"created_at": dt.datetime(2024, 6, 2)}],
        usage=[{"used_on": day("2024-06-01"), "user_id": "u", "feature": "export", "events": 1}],
        churn_events=[{"churned_on": day("2024-06-01"), "reason": "nobody knows whose", "mrr_lost": 5.0}],
        surveys=[
            {"account_id": name, "survey": "CSAT", "answered_on": day("2024-05-01"), "score": score}
            for name, score in (("a", 2.0), ("b", 5.0))
        ],
    )
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="module")
def unpriced_company() -> Iterator[Warehouse]:
    """A company whose contract line has no known amount."""
    warehouse = company(
        accounts=[{"account_id": "a", "segment": "SMB"}],
        subscriptions=[{"account_id": "a", "start_date": day("2024-01-15")}],
    )
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="module")
def planned_company(odd_company: Warehouse) -> Iterator[Warehouse]:
    """A company with a roadmap item that was decided and has shipped, and a shared goal for each metric."""
    made = {
        "roadmap item": {"title": "Export", "topics": ["t"]},
        "item decision": {"decision": "accepted", "owner": "Ana", "team": "cs", "on": "2024-01-01"},
        "item shipped": {"on": "2024-03-01", "accounts": None},
    }
    decisions = {(kind, "R-1"): value for kind, value in made.items()}
    for number, metric in enumerate(METRICS, 1):
        decisions["shared goal", f"G-{number}"] = {
            "metric": metric, "target": 0.5, "due": "2024-12-31", "owner": "Ana", "team": "cs", "title": "",
            "teams": ["cs"], "where": {}, "feature": "export", "features": 1, "start": None, "since": "2024-05-01",
            "window": None,
        }  # fmt: skip
    decisions["programme", "P-1"] = {"title": "Beta", "since": "2024-05-01", "until": None, "accounts": ["a"]}
    decisions["alignment answers", '["2024Q2", "cs", "Ana"]'] = {"rhythm": "aligned"}
    warehouse = ReusedReader(odd_company.file, decided(decisions=decisions))
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="module")
def helped_company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A company whose tickets on one topic ended when an item shipped, while those on another went on."""
    workspace = three_topics(tmp_path_factory.mktemp("helped") / "workspace")
    load(workspace, lines(("export", "colour"), 5000, month="2026-08"))
    version = workspace.current()
    assert version is not None
    artifacts = derive_artifacts(workspace, version)
    file = workspace.file_of(version)
    with closing(open_warehouse(file, artifacts=artifacts)) as warehouse:
        shown = warehouse("topics_shown", as_many=None).to_pylist()
    (topic,) = [row["topic"] for row in shown if "invit" in row["example"].lower()]
    made = {
        "roadmap item": {"title": "Invite link", "topics": [topic]},
        "item shipped": {"on": "2026-06-01", "accounts": None},
    }
    decisions = decided(decisions={(kind, "R-1"): value for kind, value in made.items()})
    warehouse = open_warehouse(file, decisions, artifacts)
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="module")
def empty_company() -> Iterator[Warehouse]:
    warehouse = company()
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="module")
def definitions_used(
    demo_answers: tuple[DemoAnswer, ...],
    demo_warehouse: Warehouse,
    odd_company: Warehouse,
    unpriced_company: Warehouse,
    planned_company: Warehouse,
    helped_company: Warehouse,
) -> dict[str, set[str]]:
    """{question: the definitions that it asked for, or named behind a figure}, with every choice of every option."""
    used: dict[str, set[str]] = {name: set() for name in questions()}
    for demo_answer in demo_answers:
        used[demo_answer.expected["question"]] |= demo_answer.definitions | named_in(demo_answer.answer)
    audit = audit_of(demo_warehouse)
    for name in (
        "support.audit", "support.audit_sample", "support.howto", "support.kinds", "support.by", "support.tenure",
        "overview.summary",
    ):  # fmt: skip
        used[name] |= definitions_of(questions()[name], demo_warehouse, {}, (audit,))
    changes = questions()["overview.changes"]
    for audits in ((), (audit,)):
        used["overview.changes"] |= definitions_of(changes, demo_warehouse, {}, audits, scope=Scope())
    for name in (name for name in questions() if name.startswith("roadmap.")):
        options = {"item": "R-1"} if "item" in questions()[name].options else {}
        for company_planned in (planned_company, helped_company):
            used[name] |= definitions_of(questions()[name], company_planned, options)
    used["roadmap.releases"] |= definitions_of(questions()["roadmap.releases"], demo_warehouse, {})
    for name in ("goals", "assessment", "behaviour", "programmes", "programme_accounts"):
        used[f"alignment.{name}"] |= definitions_of(questions()[f"alignment.{name}"], planned_company, {}, (audit,))
    for name in ("journey", "stuck"):
        used[f"alignment.{name}"] |= definitions_of(questions()[f"alignment.{name}"], demo_warehouse, {})
    for name, declared in questions().items():
        choices = [{}, *({option: choice} for option, values in declared.options.items() for choice in values[1:])]
        for options in choices:
            with suppress(UnknownOption):  # of options that need a value of the data
                used[name] |= definitions_of(declared, odd_company, options)
        with suppress(UnknownOption):
            used[name] |= definitions_of(declared, unpriced_company, {})
    return used


def definitions_of(
    declared: Question,
    warehouse: Warehouse,
    options: dict[str, str],
    audits: tuple[Audit, ...] = (),
    scope: Scope = EVERYTHING,
) -> set[str]:
    rows = RecordingRows(warehouse)
    answer = declared.answer(replace(request_of(declared, warehouse, scope, options, audits), rows=rows))
    return rows.definitions | named_in(answer)


def named_in(answer: Answer) -> set[str]:
    main = {answer.definition.name} if answer.definition else set()
    return main | {figure.definition for figure in answer.figures if figure.definition}


def audit_of(warehouse: Warehouse) -> Audit:
    """An audit of the demo company, as if two people had checked some tickets and one had differed."""
    newest = warehouse.newest_day()
    assert newest is not None
    rows = warehouse("audit_order", shuffle="5a", start_day=None, end_day=newest, sample_size=40)
    sample = tuple(rows["ticket_id"].to_pylist())
    answers = [AuditAnswer(ticket, "Ana", "how-to") for ticket in sample]
    answers += [AuditAnswer(ticket, "Ben", "defect") for ticket in sample[:10]]
    return Audit(1, "5a", None, newest, rows["tickets"][0].as_py(), sample, tuple(answers))


@pytest.mark.parametrize("name", questions())
def test_the_definitions_that_a_question_uses_are_declared(name: str, definitions_used: dict[str, set[str]]) -> None:
    assert set(questions()[name].uses) == (definitions_used[name] & titles().keys()) - FILTER


@pytest.mark.parametrize("name", questions())
def test_the_empty_state_names_tables_that_the_question_needs(name: str, empty_company: Warehouse) -> None:
    declared = questions()[name]
    missing = declared.answer(request_of(declared, empty_company, EVERYTHING, {})).missing_tables
    assert set(missing) <= set(declared.needs) <= TABLES.keys()
    assert bool(missing) == bool(declared.needs)


def test_a_name_is_declared_once() -> None:
    name = next(iter(questions()))

    def another(request: QuestionRequest) -> Answer:
        raise NotImplementedError

    with pytest.raises(ValueError, match="already"):
        question(name, title="Again?", order=1)(another)


def test_questions_stand_in_the_order_of_their_slices_and_of_their_own() -> None:
    overview = ["overview.summary", "overview.changes", "overview.at_risk", "overview.act_on"]
    assert list(questions())[:5] == [*overview, "health.bands"]
    subjects = [name.split(".")[0] for name in questions()]
    assert list(dict.fromkeys(subjects)) == [
        "overview",
        "health",
        "account",
        "retention",
        "churn",
        "support",
        "roadmap",
        "alignment",
        "data",
    ]
    assert subjects == sorted(subjects, key=list(dict.fromkeys(subjects)).index)
