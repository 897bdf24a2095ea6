"""Lists of invoices, which become contract lines."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cs_dash.intake.results.problems import LoadedTable
from cs_dash.intake.shapes.history import usual_months, whole_months
from tests.intake.conftest import Read

HEAD = "Invoice Number,Customer,Invoice Date,Amount,Status,Description\n"


def only(reading: Read, text: str, name: str = "invoices.csv", **context: object) -> LoadedTable:
    ingest = reading({name: text}, **context)
    assert not ingest.ignored
    (table,) = ingest.tables
    assert table.table == "subscriptions"
    return table


def lines(table: LoadedTable) -> list[tuple[object, ...]]:
    return [(row["start_date"], row["end_date"], row["mrr"]) for row in table.rows.rows.to_pylist()]


def test_invoices_that_follow_one_another_are_one_line(reading: Read) -> None:
    table = only(
        reading,
        HEAD + "1,Acme,2026-01-03,100,paid,Pro monthly\n2,Acme,2026-02-01,100,paid,Pro monthly\n"
        "3,Acme,2026-03-02,120,paid,Pro monthly\n",
    )
    assert lines(table) == [(date(2026, 1, 3), date(2026, 3, 2), 100.0), (date(2026, 3, 2), None, 120.0)]


def test_the_months_of_an_invoice(reading: Read) -> None:
    table = only(
        reading,
        HEAD + "1,Words,2026-01-01,1200,paid,Annual plan\n2,Gaps,2025-10-01,30,paid,\n3,Gaps,2026-01-01,30,paid,\n"
        "4,Alone,2026-01-05,70,paid,\n",
    )
    assert [row["mrr"] for row in table.rows.rows.to_pylist()] == [None, 10.0, 100.0]
    assert any("1 invoice states no period and gives no MRR" in assumption for assumption in table.assumptions)


@pytest.mark.parametrize(
    "text",
    [
        "Invoice No,Customer,Invoice Date,Amount,From,To\n1,Acme,2026-01-09,300,2026-01-01,2026-03-31\n",
        "Invoice No,Customer,Invoice Date,Amount,From,To\n1,Acme,2026-01-09,300,2026-01-01,2026-04-01\n",
        "Invoice Number,Customer,Invoice Date,Amount,Service period\n1,Acme,2026-01-09,300,2026-01-01 - 2026-03-31\n",
        "Invoice Number,Customer,Invoice Date,Amount,Service period\n1,Acme,2026-01-09,300,1 Jan 2026 – 31 Mar 2026\n",
    ],
)  # fmt: skip
def test_periods_by_their_dates(reading: Read, text: str) -> None:
    late = text + text.splitlines()[1].replace("1,Acme", "2,Other").replace("2026-", "2027-").replace(" 2026", " 2027")
    assert lines(only(reading, late))[0] == (date(2026, 1, 1), date(2026, 4, 1), 100.0)


def test_what_is_no_recurring_revenue_is_left_out_and_counted(reading: Read) -> None:
    table = only(
        reading,
        HEAD + "1,Acme,2026-01-03,100,paid,Monthly\n2,Acme,2026-01-04,-30,paid,Credit\n3,Acme,2026-01-05,90,void,x\n"
        "4,Acme,2026-01-06,80,Draft,x\n5,Acme,2026-01-07,500,paid,Setup fee\n",
    )
    assert lines(table) == [(date(2026, 1, 3), None, 100.0)]
    assert [assumption for assumption in table.assumptions if "excluded" in assumption] == [
        "1 of 5 rows was excluded: credits.",
        "2 of 5 rows were excluded: void or draft.",
        "1 of 5 rows was excluded: non-recurring charges.",
    ]


def test_a_line_whose_next_invoice_never_came_has_ended(reading: Read) -> None:
    text = HEAD + "".join(f"{n},Acme,2026-0{n}-01,10,paid,monthly\n" for n in (1, 2))
    text += "".join(f"1{n},Beta,2026-0{n}-01,20,paid,monthly\n" for n in (1, 2, 3, 4))
    table = only(reading, text)
    assert lines(table) == [(date(2026, 1, 1), date(2026, 3, 1), 10.0), (date(2026, 1, 1), None, 20.0)]


def test_rows_that_repeat_or_lack_something(reading: Read) -> None:
    first = "1,A,2026-01-03,10,paid,monthly\n"
    table = only(reading, HEAD + first + first + "2,A,,10,paid,monthly\n"
               "3,A,2026-02-03,,paid,monthly\n")  # fmt: skip
    assert (table.rejected, table.duplicates, table.rows.rows.num_rows) == (2, 1, 1)
    assert [(p.row, p.what) for p in table.problems] == [
        (3, "Duplicate invoice."), (4, "No start date."), (5, "No amount."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "mrr"),
    [
        (
            "unified_invoices.csv",  # Stripe, dashboard
            "id,Amount Due,Amount Paid,Created (UTC),Currency,Customer,Number,Subtotal,Total,Tax,Status,Description\n"
            "in_1,119,119,2026-01-01 10:00,eur,cus_1,N-1,100,119,19,paid,Monthly\n",
            100.0,
        ),
        (
            "Invoices.csv",  # Chargebee
            "Invoice Number,Subscription Id,Customer Id,Invoice Date,Status,Amount,Currency Code,Description\n"
            "17,sub_1,cust_1,2026-01-01,Paid,1200,EUR,Pro yearly\n",
            100.0,
        ),
        (
            "sales.csv",  # Xero
            "ContactName,InvoiceNumber,InvoiceDate,DueDate,Description,LineAmount,TaxAmount,Currency\n"
            "Acme,INV-1,2026-01-01,2026-01-31,Pro quarterly,300,0,EUR\n",
            100.0,
        ),
        (
            "qb.csv",  # QuickBooks Online
            "Invoice No,Customer,Invoice Date,Item Description,Total\n1,Acme,01/13/2026,Monthly,100\n",
            100.0,
        ),
        (
            "rechnungen.csv",
            "Rechnungsnummer;Kunde;Rechnungsdatum;Nettobetrag;Status;Beschreibung\n"
            "R1;Acme GmbH;01.01.2026;1.200,00;bezahlt;Lizenz jährlich\n",
            100.0,
        ),
    ],
)  # fmt: skip
def test_exports_of_billing_systems(reading: Read, name: str, text: str, mrr: float) -> None:
    assert [line[2] for line in lines(only(reading, text, name))] == [mrr]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("discounts.csv", "id,invoice_id,customer_id,amount,start,end"),
        ("payments.csv", "payment_id,invoice_id,customer_id,amount,created"),
        ("subscriptions.csv", "subscription_id,invoice,account_id,start_date,mrr,amount"),
    ],
)
def test_lists_that_refer_to_invoices_are_none(reading: Read, name: str, header: str) -> None:
    columns = header.split(",")
    row = ["2026-01-01" if column in ("start", "end", "created", "start_date") else "5" for column in columns]
    ingest = reading({name: f"{header}\n{','.join(row)}\n"})
    assert all("invoices" not in table.evidence for table in ingest.tables)


def test_contracts_of_their_own_go_before(reading: Read) -> None:
    contracts = "subscription_id,account_id,start_date,mrr\nS1,Acme,2025-01-01,100\n"
    ingest = reading({"subscriptions.csv": contracts, "invoices.csv": HEAD + "1,Acme,2026-01-03,100,paid,Monthly\n"})
    assert "would count it twice" in ingest.ignored[0].why
    assert [table.file for table in ingest.tables] == ["subscriptions.csv"]


def test_lengths_of_periods() -> None:
    assert whole_months(date(2026, 1, 31), date(2026, 2, 28)) == 1.0
    assert usual_months([date(2025, 1, 1), date(2026, 1, 2)]) == 12
    assert usual_months([date(2025, 1, 1), date(2025, 1, 9)]) is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([0, 10, 10, 25]), min_size=2, max_size=10).filter(lambda amounts: amounts[-1] > 0))
def test_monthly_invoices_give_the_revenue_of_their_months(reading: Read, amounts: list[int]) -> None:
    """On the 15th of every month the active lines add up to what was invoiced on its first day."""
    days = [date(2025 + n // 12, n % 12 + 1, 1) for n in range(len(amounts))]
    rows = [f"{n},A1,{day},{amount},paid,monthly\n" for n, (day, amount) in enumerate(zip(days, amounts, strict=True))]
    table = only(reading, HEAD + "".join(rows))
    for day, amount in zip(days, amounts, strict=True):
        at = day.replace(day=15)
        rows_then = [row for row in table.rows.rows.to_pylist() if row["start_date"] <= at]
        assert sum(row["mrr"] for row in rows_then if row["end_date"] is None or row["end_date"] > at) == amount


def test_the_invoices_as_xero_lists_them_on_its_page(reading: Read) -> None:
    """The list has no total: what was paid and what is still due make it."""
    text = (
        "Number,Ref,To,Date,Due Date,Paid,Due,Status,Sent\nINV-1,,Acorn,1 Jan 2026,15 Jan 2026,90.00,0.00,Paid,Sent\n"
        "INV-2,,Acorn,1 Feb 2026,15 Feb 2026,60.00,30.00,Awaiting Payment,Sent\n"
        "INV-3,,Acorn,1 Mar 2026,15 Mar 2026,0.00,90.00,Awaiting Payment,Sent\n"
    )
    (table,) = reading({"sales.csv": text}).tables
    assert table.rows.rows["mrr"].to_pylist() == [90.0]
    assert "The amount of an invoice is Paid and Due combined." in table.assumptions


def test_the_receivable_invoice_summary_of_xero(reading: Read) -> None:
    text = (
        "Receivable Invoice Summary,,,,,,\nBirch Ltd,,,,,,\nFor the period 1 January 2026 to 31 March 2026,,,,,,\n"
        ",,,,,,\n"
        "Invoice Number,Contact,Invoice Date,Due Date,Reference,Gross,Balance\n"
        "INV-1,Acorn,1 Jan 2026,15 Jan 2026,,110.00,0.00\nINV-2,Acorn,1 Feb 2026,15 Feb 2026,,110.00,0.00\n"
        "INV-3,Cedar,1 Feb 2026,15 Feb 2026,,40.00,0.00\nINV-4,Acorn,1 Mar 2026,15 Mar 2026,,110.00,110.00\n"
        "INV-5,Cedar,1 Mar 2026,15 Mar 2026,,40.00,40.00\nTotal,,,,,410.00,150.00\n"
    )
    (table,) = reading({"Receivable_Invoice_Summary.csv": text}).tables
    lines_of = {row["account_name"]: row["mrr"] for row in table.rows.rows.to_pylist()}
    assert lines_of == {"Acorn": 110.0, "Cedar": 40.0}


def test_a_numbered_list_without_a_due_date_is_no_list_of_invoices(reading: Read) -> None:
    text = "Number,Customer,Start date,Billing,Price\n1,Acorn,2026-01-01,monthly,90\n2,Birch,2026-01-01,monthly,40\n"
    (table,) = reading({"list.csv": text}).tables
    assert "invoices" not in table.evidence


NOTES = "Invoice Number,Type,Customer,Invoice Date,Amount,Reference\n"


def paid(table: LoadedTable, day: date) -> float:
    """What the lines pay a month on a day, added up."""
    rows = [row for row in table.rows.rows.to_pylist() if row["start_date"] <= day]
    return sum(row["mrr"] or 0 for row in rows if row["end_date"] is None or row["end_date"] > day)


@pytest.mark.parametrize(
    "note",
    [
        "C1,Credit Note,Lys,2026-03-05,-1200,Reverses INV-2\n",
        "C1,Credit Note,Lys,2026-03-05,1200,Reverses INV-2\n",
        "C1,Gutschrift,Lys,2026-03-05,-1200,zu Rechnung INV-2\n",
        "C1,,Lys,2026-03-05,-1200,\n",
        "C1,,Lys,2026-03-05,(1200),Avoir sur facture INV-2\n",
        "C1,Сторно,Lys,2026-03-05,1200,INV-2\n",
    ],
)
def test_a_credit_note_cancels_the_invoice_that_it_reverses(reading: Read, note: str) -> None:
    """Of two yearly invoices the second was taken back: Lys pays 600 / 12, not 1,800 / 12."""
    text = NOTES + "INV-1,Invoice,Lys,2026-01-05,600,annual\nINV-2,Invoice,Lys,2026-03-01,1200,annual\n"
    table = only(reading, text + note)
    assert paid(table, date(2026, 3, 5)) == 50
    assert any(text == "1 invoice was excluded: cancelled by a credit note." for text in table.assumptions)
    assert paid(only(reading, text), date(2026, 3, 5)) == 150


def test_a_credit_note_for_another_customer_or_amount_cancels_nothing(reading: Read) -> None:
    text = NOTES + "INV-1,Invoice,Lys,2026-01-05,600,annual\nINV-2,Invoice,Iris,2026-01-01,1200,annual\n"
    table = only(reading, text + "C1,Credit Note,Rosa,2026-03-05,-1200,\nC2,Credit Note,Lys,2026-03-05,-25,\n")
    assert paid(table, date(2026, 1, 5)) == 150
    assert "2 of 4 rows were excluded: credits." in table.assumptions


def test_a_line_below_zero_lowers_its_invoice(reading: Read) -> None:
    text = "Invoice Number,Customer,Invoice Date,Line amount,Description\n"
    text += "1,Lys,2026-01-05,600,Pro annual\n1,Lys,2026-01-05,-120,Discount\n2,Iris,2026-01-05,240,Pro annual\n"
    table = only(reading, text)
    assert sorted(row["mrr"] for row in table.rows.rows.to_pylist()) == [20, 40]


@pytest.mark.parametrize("header", ["Reference", "Your reference", "Betreff", "Objet", "Concepto", "Основание", "摘要"])
def test_a_reference_tells_the_period_as_a_description_does(reading: Read, header: str) -> None:
    text = f"Invoice Number,Customer,Invoice Date,Amount,{header}\n"
    text += "1,Lys,2026-01-05,1200,Annual licence\n2,Iris,2026-01-05,300,Quartal\n3,Rosa,2026-01-05,90,Setup fee\n"
    text += "4,Viola,2026-01-01,150,Pro 2026-01-01 - 2026-03-31\n"
    table = only(reading, text)
    amounts = {row["account_name"] or row["account_ref"]: row["mrr"] for row in table.rows.rows.to_pylist()}
    assert amounts == {"Lys": 100, "Iris": 100, "Viola": 50}


def test_two_lines_of_an_invoice_that_differ_in_any_column_are_two(reading: Read) -> None:
    head = "Invoice number,Invoice date,Customer,Amount,Description,Site\n"
    lines = [
        f"I{n},2026-0{n}-01,Elm,100,Monthly fee,{site}\n" for n in (1, 2, 3) for site in ("North", "South", "South")
    ]
    ingest = reading({"invoices.csv": head + "".join(lines)})
    (table,) = [table for table in ingest.tables if table.table == "subscriptions"]
    assert sum(table.rows.rows["mrr"].to_pylist()) == 200
    assert table.duplicates == 3


def test_what_says_nothing_of_payments_is_named_as_not_used(reading: Read) -> None:
    """A discount and a day of delivery change no line; what is paid, due and by when is understood."""
    text = (
        "Invoice number,Invoice date,Due date,Customer,Plan,Amount,Status,Discount,Delivered on\n"
        "1,2026-01-01,2026-01-14,Acme,monthly,100,paid,10,2026-01-02\n"
        "2,2026-02-01,2026-02-14,Acme,monthly,100,paid,10,2026-02-02\n"
    )
    assert [column.text for column in only(reading, text).unused] == [
        "column Discount holds amounts (2 of 2 rows)",
        "column Delivered on holds dates (2 of 2 rows)",
    ]


@pytest.mark.parametrize(
    ("description", "end", "mrr"),
    [
        ("Pro plan Jan 2026 - Dec 2026", date(2027, 1, 1), 100.0),
        ("Tarif Pro, Januar 2026 bis März 2026", date(2026, 4, 1), 400.0),
        ("Pro, January 2026", date(2026, 2, 1), 1200.0),
    ],
)
def test_months_in_words_tell_the_period(reading: Read, description: str, end: date, mrr: float) -> None:
    text = f'{HEAD}1,Acme,2026-01-01,1200,paid,"{description}"\n2,Beta,2026-01-01,50,paid,Pro monthly\n'
    table = only(reading, text)
    rows = [
        row for row in table.rows.rows.to_pylist() if str(row["account_name"] or row["account_ref"]).lower() == "acme"
    ]
    assert [(row["start_date"], row["mrr"]) for row in rows] == [(date(2026, 1, 1), mrr)]
    assert rows[0]["end_date"] in (end, None), "the newest invoices may run on"
