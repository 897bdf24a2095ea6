"""What names the customer is found in every table: by words, by check digits, and by the values of other files."""

from __future__ import annotations

from typing import Any

import pytest

from cs_dash.intake.results.problems import IngestResult
from tests.intake.conftest import Read

CUSTOMERS = "{id},Client,Segment\nK7001,Elm Works,Small\nK7002,Fir Trade,Large\nK7003,Oak Care,Large\n"
CONTRACTS = (
    "Contract,{id},Start,End,Monthly fee\nV1,K7001,2025-01-01,,410\nV2,K7002,2025-03-01,2026-02-28,90\n"
    "V3,K7003,2025-04-01,,25\n"
)
TICKETS = (
    "Ticket,{id},Opened,Subject\nT1,K7003,2026-01-05,How do I share a report?\nT2,K7001,2026-01-06,Export fails\n"
    "T3,K7002,2026-01-07,Login\n"
)
SURVEYS = "{id},Date,NPS\nK7001,2026-01-05,9\nK7002,2026-01-06,3\n"
USAGE = "{id},User,Date,Feature\nK7001,u1,2026-01-05,Export\nK7002,u2,2026-01-06,Share\n"
CHURN = "{id},Churn date,Reason\nK7002,2026-03-01,Price\n"
SHEETS = {
    "accounts": CUSTOMERS, "subscriptions": CONTRACTS, "tickets": TICKETS, "surveys": SURVEYS, "usage": USAGE,
    "churn_events": CHURN,
}  # fmt: skip


def column(ingest: IngestResult, table: str, field: str) -> list[Any]:
    """The values of a field, as one table got them from one sheet."""
    (loaded,) = [loaded for loaded in ingest.tables if loaded.table == table]
    rows = loaded.rows.rows
    return rows[field].to_pylist() if field in rows.column_names else [None] * rows.num_rows


@pytest.mark.parametrize("table", SHEETS)
@pytest.mark.parametrize(
    "name",
    ["Client no.", "Cust ID", "acct_id", "Company Number", "Merchant ID", "ID assinante", "Kd.-Nr.", "№ клиента",
     "商户号", "Nº de abonado", "Réf. client"],
)  # fmt: skip
def test_every_table_knows_the_id_by_its_words(reading: Read, table: str, name: str) -> None:
    ingest = reading({"sheet.csv": SHEETS[table].format(id=name)})
    field = "account_id" if table == "accounts" else "account_ref"
    assert set(column(ingest, table, field)) <= {"K7001", "K7002", "K7003"}


def test_an_id_goes_before_a_word_that_may_be_a_name(reading: Read) -> None:
    ingest = reading({"contracts.csv": "Customer,Cust ID,Start,MRR\nElm,K1,2025-01-01,5\nFir,K2,2025-01-01,7\n"})
    assert column(ingest, "subscriptions", "account_ref") == ["K1", "K2"]
    assert column(ingest, "subscriptions", "account_name") == ["Elm", "Fir"]


def test_ids_are_found_by_the_accounts_of_another_file_of_the_load(reading: Read) -> None:
    ingest = reading(
        {
            "tickets.csv": TICKETS.format(id="Whose"),
            "contracts.csv": CONTRACTS.format(id="Zq"),
            "customers.csv": CUSTOMERS.format(id="Client no."),
        }
    )
    assert column(ingest, "tickets", "account_ref") == ["K7003", "K7001", "K7002"]
    assert column(ingest, "subscriptions", "account_ref") == ["K7001", "K7002", "K7003"]


def test_and_by_the_contracts_where_no_file_lists_accounts(reading: Read) -> None:
    ingest = reading({"tickets.csv": TICKETS.format(id="Whose"), "contracts.csv": CONTRACTS.format(id="Cust No")})
    assert column(ingest, "tickets", "account_ref") == ["K7003", "K7001", "K7002"]


def test_and_by_the_accounts_of_the_workspace(reading: Read) -> None:
    ingest = reading({"tickets.csv": TICKETS.format(id="Whose")}, accounts=frozenset({"K7001", "K7002", "K7003"}))
    assert column(ingest, "tickets", "account_ref") == ["K7003", "K7001", "K7002"]


def test_small_numbers_are_no_ids_unless_they_say_so(reading: Read) -> None:
    known = frozenset(map(str, range(1, 60)))
    text = "Ticket,{id},Opened,Subject\n" + "".join(f"T{n},{n},2026-01-05,Question {n}\n" for n in range(1, 30))
    assert column(reading({"a.csv": text.format(id="Pages")}, accounts=known), "tickets", "account_ref") == [None] * 29
    assert column(reading({"a.csv": text.format(id="Site code")}, accounts=known), "tickets", "account_ref")[0] == "1"


def test_a_list_of_accounts_has_the_id_that_the_other_files_refer_to(reading: Read) -> None:
    files = {"list.csv": CUSTOMERS.format(id="Mark"), "contracts.csv": CONTRACTS.format(id="Client no.")}
    assert column(reading(files), "accounts", "account_id") == ["K7001", "K7002", "K7003"]
    second = (
        "Customer no.,Client,Segment,Old mark\n1,Elm Works,Small,K7001\n2,Fir Trade,Large,K7002\n3,Oak,Large,K7003\n"
    )
    assert column(reading(files | {"list.csv": second}), "accounts", "external_id") == ["K7001", "K7002", "K7003"]


def test_users_are_the_customers_where_nothing_else_is(reading: Read) -> None:
    contracts = "userid,plan,start,end,MRR\nu1,Pro,2025-01-01,,20\nu2,Basic,2025-02-01,2025-05-01,10\n"
    events = "userid,event,date\nu1,login,2026-01-01\nu2,login,2026-01-02\nu1,export,2026-01-05\n"
    ingest = reading({"subscriptions.csv": contracts, "events.csv": events})
    assert column(ingest, "subscriptions", "account_ref") == ["u1", "u2"]
    assert column(ingest, "usage", "account_ref") == column(ingest, "usage", "user_id") == ["u1", "u2", "u1"]
    companies = {
        "contracts.csv": CONTRACTS.format(id="Client no."),
        "events.csv": events.replace("event", "Feature name"),
    }
    assert column(reading(companies), "usage", "account_ref") == [None] * 3


def test_tax_numbers_name_the_customer(reading: Read) -> None:
    brazil = (
        'CNPJ,Razão Social,Data de início,MRR\n33.000.167/0001-01,Bar Azul LTDA,01/02/2025,"210,00"\n'
        '33.000.167/0002-92,Bar Azul LTDA,13/03/2025,"340,00"\n60.746.948/0001-12,Loja Verde SA,01/03/2025,"50,00"\n'
    )
    ingest = reading({"clientes.csv": brazil})
    assert sum(column(ingest, "subscriptions", "mrr")) == 600
    assert len(set(column(ingest, "accounts", "account_id"))) == 3
    german = "Kunde;USt-IdNr.;Beginn;Monatsbetrag\nErle;DE136695976;01.01.2025;5\nTanne;DE129274202;01.02.2025;6\n"
    ingest = reading({"vertraege.csv": german})
    assert column(ingest, "subscriptions", "account_ref") == ["DE136695976", "DE129274202"]
    assert column(ingest, "subscriptions", "account_name") == ["Erle", "Tanne"]


def test_a_tax_number_beside_the_customers_own_is_a_second_id(reading: Read) -> None:
    text = "Client no.,VAT number,Name,Segment\n1,DE136695976,Erle,S\n2,DE129274202,Tanne,S\n"
    ingest = reading({"customers.csv": text})
    assert column(ingest, "accounts", "account_id") == ["1", "2"]
    assert column(ingest, "accounts", "external_id") == ["DE136695976", "DE129274202"]


def test_the_tax_itself_is_no_id(reading: Read) -> None:
    ingest = reading({"contracts.csv": "Customer,VAT,Start,MRR\nErle,200.00,2025-01-01,5\nTanne,210.00,2025-01-01,5\n"})
    assert all("VAT" in loaded.unmapped for loaded in ingest.tables if loaded.table == "accounts")
    assert column(ingest, "subscriptions", "account_ref") == ["erle", "tanne"]


def test_it_is_not_said_that_nothing_tells_of_a_customer_where_a_column_does(reading: Read) -> None:
    for name in ("account", "Merchant ID", "Client no."):
        (ignored,) = reading(
            {"colours.csv": f"{name},{name} colour,shape\nA,red,round\nA,blue,square\nB,blue,x\n"}
        ).ignored
        assert "none of its columns" not in ignored.why
        assert f"{name} can be used" in ignored.why
    (ignored,) = reading({"colours.csv": "sort,colour,shape\nA,red,round\nB,blue,square\n"}).ignored
    assert "none of its columns (sort, colour, shape) indicates a customer" in ignored.why


def test_ids_of_another_spelling_are_the_same_ids(reading: Read) -> None:
    tickets = TICKETS.format(id="Whose").replace("K7", "k-7")
    ingest = reading({"tickets.csv": tickets, "contracts.csv": CONTRACTS.format(id="Cust No")})
    assert column(ingest, "tickets", "account_ref") == ["k-7003", "k-7001", "k-7002"]


def test_people_are_the_customers_where_only_their_addresses_name_them(reading: Read) -> None:
    contracts = (
        "Email,Plan,Start,End,MRR\njo@a.example,Pro,2025-01-01,,20\nal@b.example,Basic,2025-02-01,2025-05-01,10\n"
    )
    tickets = (
        "Ticket,Requester email,Opened,Subject\nT1,al@b.example,2026-01-05,Export\nT2,jo@a.example,2026-01-06,Login\n"
    )
    ingest = reading({"subscriptions.csv": contracts, "tickets.csv": tickets})
    assert column(ingest, "subscriptions", "account_ref") == ["jo@a.example", "al@b.example"]
    assert column(ingest, "tickets", "account_ref") == ["al@b.example", "jo@a.example"]
