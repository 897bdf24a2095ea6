from __future__ import annotations

import pytest

from tests.intake.conftest import Read


def rows(header: str, *templates: str, times: int = 12) -> str:
    return header + "\n" + "".join(line.format(n=n) + "\n" for n in range(times) for line in templates)


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("accounts", rows("Customer ID,Gender,Married", "C{n},F,Yes")),
        ("accounts", rows("id,property_name,property_industry", "{n},Name {n},Retail")),
        ("accounts", rows("Kundennummer;Firma;Branche;Land", "{n};Firma {n};Handel;DE")),
        (
            "subscriptions",
            rows("id,customer_id,start_date,current_period_end,quantity", "s{n},c{n},2025-01-01,2026-01-01,3"),
        ),
        ("usage", rows("event_id,user_id,event_name,timestamp", "e{n},u{n},login,2025-01-01 10:00")),
        (
            "tickets",
            rows(
                "Id,Requester,Subject,Status,Priority,Ticket type,Created at", "{n},x,Hi,open,low,Question,2025-01-01"
            ),
        ),
        ("tickets", rows("Вопрос пользователя,Классификатор 1 уровня,Дата создания", "Как {n}?,ВИДЕО,01.02.2025")),
        ("churn_events", rows("Account ID,Cancellation Date,Cancellation Reason", "A{n},2025-01-01,Price")),
        ("surveys", rows("Response ID,Account,NPS Score,Response Date,Comment", "{n},A{n},9,2025-01-01,Good")),
        ("notes", rows("Account,Date,CSM,Note", "A{n},2025-01-01,Ana,Call {n}")),
        ("feature_requests", rows("Idea ID,Title,Votes,Request date,Account", "{n},Dark mode,3,2025-01-01,A{n}")),
        ("milestones", rows("Account ID,Milestone,Date", "A{n},kick-off,2025-01-01")),
        ("fx_rates", rows("Currency,Date,Rate", "USD,2025-01-0{n},0.9", times=9)),
    ],
)
def test_a_table_is_recognised_by_its_columns(reading: Read, table: str, text: str) -> None:
    ingest = reading({"export.csv": text})
    assert [table.table for table in ingest.tables][:1] == [table], ingest.ignored


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        (
            "population.csv",
            rows("ID,Zip Code,Population", "{n},9000{n},5", times=40),
            "It looks like a lookup table by Zip Code.",
        ),
        (
            "export.csv",
            rows("ticket_id,created_at,body", "{n},2025-01-01,a", "{n},2025-01-02,b"),
            "several rows share one ticket id",
        ),
        ("ticket_tag.csv", rows("tag,ticket_id", "vip,{n}"), "no column gives “created at”"),
        ("users.csv", rows("id,name,email,created_at", "{n},Jo {n},jo{n}@x.example,2025-01-01"), "No table detected"),
        (
            "payouts.csv",
            rows("id,amount,created,description,status,type", "{n},5,2025-01-01,x,paid,card"),
            "No table detected",
        ),
        ("link.csv", rows("company_id,tag_id", "{n},{n}"), "No table detected"),
    ],
)
def test_lists_of_other_things_are_set_aside_with_a_reason(reading: Read, name: str, text: str, why: str) -> None:
    ingest = reading({name: text})
    assert not ingest.tables
    assert why in ingest.ignored[0].why


def mapped(reading: Read, text: str, name: str = "tickets.csv") -> dict[str, str]:
    return {mapping.column: mapping.field for mapping in reading({name: text}).tables[0].mapped}


def test_each_field_is_taken_once_by_the_likeliest_column(reading: Read) -> None:
    text = rows(
        "id,Ticket ID,Created,Created at,Subject,First reply time in minutes", "{n},T{n},2025-01-01,2025-01-02,Hi,5"
    )
    assert mapped(reading, text) == {
        "Ticket ID": "ticket_id", "Created at": "created_at", "Subject": "subject",
        "First reply time in minutes": "first_reply_minutes",
    }  # fmt: skip


def test_content_decides_between_a_moment_and_a_duration(reading: Read) -> None:
    text = rows("Ticket ID,Created at,Subject,First response time", "{n},2025-01-01,Hi,2025-01-02 10:00")
    assert mapped(reading, text)["First response time"] == "first_reply_at"
    text = rows("Ticket ID,Created at,Subject,First response time", "{n},2025-01-01,Hi,02:30")
    assert mapped(reading, text)["First response time"] == "first_reply_minutes"


def test_a_column_whose_values_do_not_suit_is_not_taken(reading: Read) -> None:
    text = rows("Ticket ID,Created at,Subject,Closed", "{n},2025-01-01,Hi,yes")
    assert "Closed" not in mapped(reading, text)


def test_a_name_with_a_slip_of_the_pen(reading: Read) -> None:
    text = rows("Ticket ID,Created at,Subject,Prioriti", "{n},2025-01-01,Hi,low")
    assert mapped(reading, text)["Prioriti"] == "priority"
    table = reading({"tickets.csv": text}).tables[0]
    assert table.mapped[-1].confidence < 0.8
    assert table.mapped[-1].because == "the name is close to “priority”"


def test_a_list_of_owners_by_account_is_about_accounts(reading: Read) -> None:
    ingest = reading({"owners.csv": "Account ID,CSM,Cloud\nA1,Ana,green\nA2,Bo,red\n"})
    assert [table.table for table in ingest.tables] == ["accounts"]


@pytest.mark.parametrize("day", ["_fivetran_synced", "_airbyte_extracted_at", "Exportiert am", "Дата выгрузки"])
def test_a_link_of_tickets_with_the_day_of_its_copy_is_no_list_of_tickets(reading: Read, day: str) -> None:
    ingest = reading(
        {"ticket_order.csv": rows(f"{day},ticket_id,order_id,category", "2025-03-02 07:14:00,{n},9{n},OWN")}
    )
    (ignored,) = ingest.ignored
    assert not ingest.tables
    assert "no column gives “created at”" in ignored.why
