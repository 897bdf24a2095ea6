"""With names hidden, nothing of a copy names a customer: no table, no artifact, no decision, no answer."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from cs_dash.decisions import audits, churn_reasons, goals, labels, portfolio_events, programmes, roadmap, topics
from cs_dash.decisions.goals import Goal
from cs_dash.decisions.programmes import Programme
from cs_dash.pipeline import derive_artifacts, is_derived
from cs_dash.scope import Scope
from cs_dash.sharing import Limits
from cs_dash.store.workspace import Workspace
from tests.sharing.companies import answer, copy_of, every_answer, texts_of
from tests.workspaces import copied, opened

HIDDEN = Limits(hide_names=True)
LETTERS = (
    "Acme Robotics GmbH", "Søn & Müller A/S", "清硕软件有限公司", "O'Hara Lights Ltd", "HP", "ООО Ромашка", "Open",
)  # fmt: skip
DOMAINS = ("acme-robotics.example.com", "sm.dk", "qingshuo.cn", "ohara.ie", "hp.com", "romashka.ru", "")
ACCOUNTS = "account_id,account,domain,segment,mrr,start_date,Parent company\n" + "".join(
    f"CUST-{at:03d},{name},{domain},SMB,{at * 100},2025-01-01,{name} Holding\n"
    for at, (name, domain) in enumerate(zip(LETTERS, DOMAINS, strict=True), 1)
)
BODY = (
    "Dear team, {name} and ACME-Robotics, CUST-001, need export. See acme-robotics.example.com or write to "
    "Jo.Doe@ACME-robotics.example.com. {upper} waits; 我们清硕软件的客户。 HP too."
)
TICKETS = "ticket_id,account_id,requester_email,created_at,subject,body,type,status,tags\n" + "".join(
    f"T-{at},CUST-{(at % 7) + 1:03d},jo.doe@acme-robotics.example.com,2026-0{1 + at % 8}-03,"
    f'"How does ACME ROBOTICS export?","{BODY.format(name=name, upper=name.upper())}",Question,open,cust-001\n'
    for at, name in enumerate(LETTERS * 3)
)
CHURN = (
    "churn_id,account_id,churn_date,reason,mrr_lost,comment\n"
    "ACME-1,CUST-001,2026-05-01,Acme Robotics was bought,100,Søn & Müller bought Acme Robotics GmbH\n"
)
NOTES = (
    "note_id,account_id,date,author,note\n"
    "N-1,CUST-003,2026-03-01,Ana Ruiz,Met the CEO of O'Hara Lights and of Ромашка\n"
)
REQUESTS = (
    "request_id,account_id,requested_on,title,description\nF-1,CUST-002,2026-02-01,Export as Søn & Müller does,For HP\n"
)
UNMATCHED = (
    "survey_id,account,answered_on,survey,score,respondent\n"
    "S-1,Umbrella Corp,2026-04-01,NPS,9,Wesker\nS-2,HP,2026-04-01,NPS,2,boss@hp.com\n"
)
NAMES = (
    "acme", "robotics", "müller", "søn &", "muller", "清硕", "hara", "ромашка", "cust-0", "romashka", "qingshuo",
    "hp.com", "jo.doe", "umbrella", "wesker", "holding", "ohara.ie",
)  # fmt: skip


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Seven customers who are named in every text, and decisions that name them."""
    workspace = copied(
        tmp_path_factory.mktemp("named") / "company",
        {
            "accounts.csv": ACCOUNTS, "tickets.csv": TICKETS, "churn_events.csv": CHURN, "notes.csv": NOTES,
            "feature_requests.csv": REQUESTS, "surveys.csv": UNMATCHED,
        },
        derived="kinds and topics",
    )  # fmt: skip
    day = dt.date(2026, 6, 1)
    labels.add(workspace, [("T-1", "defect")], person="Ana Ruiz")
    roadmap.add(workspace, "Export for Acme Robotics", evidence={"requests": ["Export as Søn & Müller does"]})
    roadmap.decide(workspace, "R-1", "accepted", owner="Ana Ruiz", team="product", reason="O'Hara Lights needs it")
    roadmap.ship(workspace, "R-1", day, accounts={"CUST-001": day})
    programmes.add(workspace, Programme("Beta with HP", day, ("CUST-001", "CUST-002")))
    portfolio_events.add(workspace, day, "Acme Robotics went public")
    goals.add(workspace, Goal("howto_share", 0.3, day, "Ana Ruiz", "product", title="Help Ромашка"))
    churn_reasons.decide(workspace, {"Acme Robotics was bought": "Price or value"})
    version = workspace.current()
    assert version is not None
    derive_artifacts(workspace, version)
    for row in answer(workspace, "support.topics")["rows"]:
        workspace_topics = topics.renamed(row["topic"], f"Acme Robotics: {row['label']}")
        topics.apply(workspace, workspace_topics)
    return workspace


def test_no_byte_of_a_copy_names_a_customer(company: Workspace) -> None:
    texts = "\n".join(texts_of(copy_of(company, HIDDEN).folder)).lower()
    assert "account " in texts
    assert "ana ruiz" in texts  # the company's own people stay
    assert [name for name in NAMES if name in texts] == []


def test_the_source_has_the_names_that_the_copy_has_not(company: Workspace) -> None:
    texts = "\n".join(texts_of(company.folder)).lower()
    assert [name for name in NAMES if name not in texts] == ["muller"]


def test_no_answer_names_a_customer(company: Workspace) -> None:
    answers = every_answer(copy_of(company, HIDDEN))
    assert sum("error" not in answered for answered in answers.values()) > 60
    for question, answered in answers.items():
        text = json.dumps(answered, ensure_ascii=False).lower()
        assert [name for name in NAMES if name in text] == [], question


def test_a_customer_has_one_pseudonym_everywhere_and_always(company: Workspace) -> None:
    copy = copy_of(company, HIDDEN)
    rows = opened(copy).query("select account_id, account from accounts order by account_id").to_pylist()
    assert len({row["account"] for row in rows}) == 7
    assert all(row["account"] == f"Account {row['account_id']}" for row in rows)
    (churned,) = opened(copy).query("from churn_events").to_pylist()
    assert churned["comment"].endswith(f"bought Account {churned['account_id']}")
    labels.add(company, [("T-2", "defect")])
    again = copy_of(company, HIDDEN)
    assert opened(again).query("select account_id, account from accounts order by account_id").to_pylist() == rows


def test_two_links_have_different_pseudonyms(company: Workspace) -> None:
    first, second = (
        opened(copy_of(company, limits)).query("select account_id from accounts")["account_id"].to_pylist()
        for limits in (HIDDEN, Limits(hide_names=True, hide_money=True))
    )
    assert not set(first) & set(second)


def test_figures_are_those_of_the_source(company: Workspace) -> None:
    copy = copy_of(company, HIDDEN)
    for question in ("retention.summary", "support.kinds", "health.bands", "churn.reasons", "roadmap.decisions"):
        ours, theirs = answer(copy, question), answer(company, question)
        assert ours["figures"] == theirs["figures"], question
        assert len(ours["rows"]) == len(theirs["rows"]), question


def test_nothing_is_derived_anew_in_a_copy(company: Workspace) -> None:

    copy = copy_of(company, HIDDEN)
    version = copy.current()
    assert version is not None
    assert is_derived(copy, version)
    assert not (copy.folder / "words").exists()


def test_a_demo_of_four_hundred_customers_names_none(demo_workspace: Workspace, tmp_path: Path) -> None:

    shutil.copytree(demo_workspace.folder, tmp_path / "demo")
    source = Workspace(tmp_path / "demo")
    audits.add(source, audits.Audit(0, "s", None, dt.date(2026, 9, 1), 2, ("100001", "100002")))
    rows = opened(source).query("select account_id, account, domain from accounts").to_pylist()
    names = [value.lower() for row in rows for value in row.values() if value]
    assert len(rows) == 400
    copy = copy_of(source, Limits(hide_names=True, hide_money=True))
    texts = "\n".join(texts_of(copy.folder)).lower()
    assert [name for name in names if name in texts] == []
    for question, answered in every_answer(copy, Scope(period="12m")).items():
        text = json.dumps(answered, ensure_ascii=False).lower()
        assert [name for name in names if name in text] == [], question
