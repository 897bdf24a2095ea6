"""The accounts of a company whose files name their customers in different ways, and what is said of halves apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.pipeline import LoadReport, load
from cs_dash.questions.data_quality.checks import checks
from cs_dash.questions.data_quality.quality import quality
from cs_dash.store.workspace import Workspace
from tests.asking import ask
from tests.pipeline.test_loading import TODAY, files
from tests.workspaces import opened, rows

NUMBERS = range(1, 31)
CONTRACTS = "Contract,Client no.,Start,Monthly fee\n" + "".join(f"V{n},C{100 + n},2025-01-01,{n}\n" for n in NUMBERS)
TICKETS = "Ticket,Cust ID,Opened,Subject\n" + "".join(f"T{n},{{id}}{100 + n},2026-01-05,Export {n}\n" for n in NUMBERS)
CUSTOMERS = "Customer no.,Client,Segment\n" + "".join(f"C{100 + n},Firm {n},Small\n" for n in NUMBERS)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def loaded(workspace: Workspace, **texts: str) -> LoadReport:
    return load(workspace, files(**texts), today=TODAY)


def test_money_and_tickets_meet_on_the_same_accounts(workspace: Workspace) -> None:
    report = loaded(workspace, tickets=TICKETS.format(id="C"), contracts=CONTRACTS, customers=CUSTOMERS)
    assert report.conflicts == ()
    sums = (
        "select count(*) as accounts, count(t.n) as with_tickets, sum(s.mrr) as mrr from accounts a"
        " left join (select account_id, sum(mrr) as mrr from subscriptions group by 1) s using (account_id)"
        " left join (select account_id, count(*) as n from tickets group by 1) t using (account_id)"
    )
    assert rows(workspace, sums) == [{"accounts": 30, "with_tickets": 30, "mrr": 465.0}]
    assert "no data conflicts" in ask(opened(workspace), quality).headline


def test_halves_that_do_not_meet_are_a_conflict_at_the_top(workspace: Workspace) -> None:
    report = loaded(workspace, tickets=TICKETS.format(id="X"), contracts=CONTRACTS)
    (conflict,) = report.conflicts
    assert (conflict.table, conflict.customers, conflict.meeting, conflict.known) == ("tickets", 30, 0, 30)
    assert report.as_dict()["conflicts"] == [conflict.text]
    warehouse = opened(workspace)
    told = "Support tickets name 30 customers, and none of them is among the 30 of contracts"
    assert ask(warehouse, quality).headline.startswith(f"**{told}.**")
    assert ask(warehouse, quality).notes[0].text.startswith(f"Data conflict: {told} (for example X101, X102, X103)")
    answer = ask(warehouse, checks)
    assert answer.headline.startswith(f"**{told}.**")
    (row,) = [row for row in answer.rows.to_pylist() if row["check"] == "Contradictions"]
    assert (row["table"], row["rows"]) == ("tickets", 30)


def test_so_where_a_list_of_accounts_knows_one_half_only(workspace: Workspace) -> None:
    (conflict,) = loaded(workspace, tickets=TICKETS.format(id="X"), contracts=CONTRACTS, customers=CUSTOMERS).conflicts
    assert (conflict.table, conflict.known_by) == ("tickets", "contracts and the list of accounts")


def test_contracts_of_nobody_in_the_list_of_accounts_are_a_conflict(workspace: Workspace) -> None:
    (conflict,) = loaded(workspace, contracts=CONTRACTS.replace(",C", ",K-"), customers=CUSTOMERS).conflicts
    assert (conflict.table, conflict.customers, conflict.meeting) == ("subscriptions", 30, 0)


def test_a_few_that_are_not_known_are_no_conflict(workspace: Workspace) -> None:
    tickets = TICKETS.format(id="C").replace("C101", "X101").replace("C102", "X102")
    assert loaded(workspace, tickets=tickets, contracts=CONTRACTS).conflicts == ()
    other = Workspace(workspace.folder.parent / "other")
    (conflict,) = loaded(other, tickets=TICKETS.format(id="X").replace("X101", "C101"), contracts=CONTRACTS).conflicts
    assert conflict.short_text.endswith("only 1 of them are among the 30 of contracts")


def test_ids_are_found_by_their_values_in_a_later_load(workspace: Workspace) -> None:
    loaded(workspace, contracts=CONTRACTS)
    report = loaded(workspace, tickets=TICKETS.format(id="C").replace("Cust ID", "Whose"))
    assert report.conflicts == ()
    assert rows(workspace, "select count(distinct account_id) as n from tickets") == [{"n": 30}]


def test_a_tax_number_is_the_same_with_and_without_its_separators(workspace: Workspace) -> None:
    contracts = "CNPJ,Data de início,MRR\n33.000.167/0001-01,2025-02-01,210\n60.746.948/0001-12,2025-03-01,50\n"
    tickets = (
        "Chamado,CNPJ do cliente,Aberto em,Assunto\nT1,33000167000101,2026-01-05,Exportar\n"
        "T2,60746948000112,2026-01-06,Entrar\n"
    )
    assert loaded(workspace, contratos=contracts, chamados=tickets).conflicts == ()
    both = (
        "select count(distinct account_id) as n from tickets where account_id in (select account_id from subscriptions)"
    )
    assert rows(workspace, both) == [{"n": 2}]
