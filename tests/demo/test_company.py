"""The files: the same bytes from the same seed, small enough, and every reference resolves but the documented ones."""

import csv
import zipfile
from datetime import date, datetime
from pathlib import Path

import fastexcel
import pytest

from cs_dash.demo.company import FILES, SEED, Company, simulate
from cs_dash.demo.sheets import Rows, write_xlsx
from cs_dash.demo.truth import Truth

DATA = Path(__file__).parents[2] / "data"

Table = list[dict[str, str | None]]


def read_table(path: Path) -> Table:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            return [{name: value or None for name, value in row.items()} for row in csv.DictReader(lines)]
    sheet = fastexcel.read_excel(path).load_sheet(0, dtypes="string")
    rows: Table = sheet.to_arrow().to_pylist()
    return rows


def content(path: Path) -> dict[str, bytes]:
    """Return a file's parts: what is inside a workbook does not depend on the machine's compression library."""
    if path.suffix == ".csv":
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def tables(folder: Path) -> dict[str, Table]:
    return {name: read_table(folder / name) for name in FILES}


def test_a_seed_gives_the_same_files_in_another_process(folder: Path) -> None:
    """The files in data/ were written by an earlier run."""
    for name in FILES:
        assert content(folder / name) == content(DATA / name), name


def test_a_workbook_does_not_know_when_it_was_written(tmp_path: Path) -> None:
    rows: Rows = [["a", 1, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4)], [None, 2.5, None, None]]
    path = write_xlsx(tmp_path / "one.xlsx", "One", ["text", "number", "day", "moment"], rows)
    with zipfile.ZipFile(path) as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}
        properties = archive.read("docProps/core.xml").decode()
    assert properties.count("2026-10-01T06:00:00Z") == 2
    assert str(date.today().year) not in properties.replace("2026-10-01T06:00:00Z", "")
    assert [str(row["day"])[:10] for row in read_table(path)] == ["2026-01-02", "None"]


def test_another_seed_gives_another_company(company: Company) -> None:
    other = simulate.__wrapped__(SEED + 1)
    assert [account.name for account in other.accounts] != [account.name for account in company.accounts]
    assert len(other.accounts) == len(company.accounts) == 400


def test_the_files_are_small_enough_to_ship(folder: Path) -> None:
    assert sum((folder / name).stat().st_size for name in FILES) < 8_000_000
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)


def test_usage_has_as_many_rows_as_the_truth_says(tables: dict[str, Table], company_truth: Truth) -> None:
    assert len(tables["usage.xlsx"]) == company_truth.usage_rows <= 150_000


def test_rows_are_as_many_as_the_truth_says(tables: dict[str, Table], company_truth: Truth) -> None:
    counts = {name: len(rows) for name, rows in tables.items()}
    assert counts == {
        "accounts.csv": company_truth.accounts,
        "subscriptions.csv": company_truth.subscriptions + company_truth.blemishes["duplicate_subscriptions"],
        "usage.xlsx": company_truth.usage_rows,
        "tickets.xlsx": company_truth.tickets + company_truth.blemishes["duplicate_tickets"],
        "churn.xlsx": company_truth.churn_events,
        "surveys.csv": company_truth.surveys,
        "notes.csv": company_truth.notes,
        "feature_requests.csv": company_truth.feature_requests,
        "milestones.csv": company_truth.milestones,
        "articles.csv": company_truth.articles,
    }


def test_every_account_reference_resolves_but_the_documented_ones(
    tables: dict[str, Table], company_truth: Truth
) -> None:
    ids = {row["Account ID"] for row in tables["accounts.csv"]}
    names = {row["Account Name"] for row in tables["accounts.csv"]}
    assert len(ids) == len(names) == company_truth.accounts
    for name in ("subscriptions.csv", "usage.xlsx", "churn.xlsx", "surveys.csv", "notes.csv", "feature_requests.csv"):
        assert {row["Account ID"] for row in tables[name]} <= ids, name
    for row in tables["milestones.csv"]:
        assert row["Account ID"] in ids or row["Milestone"] == "shipped"
    tickets = {row["Ticket ID"]: row["Account ID"] for row in tables["tickets.xlsx"]}
    assert len(tickets) == company_truth.tickets
    references = list(tickets.values())
    former = set(company_truth.former_names.values())
    assert sum(reference is None for reference in references) == company_truth.blemishes["tickets_without_account"]
    assert sum(reference in names for reference in references) == company_truth.blemishes["tickets_by_account_name"]
    assert sum(reference in former for reference in references) == company_truth.blemishes["tickets_by_former_name"]
    assert not former & names
    assert {row for row in references if row is not None} - names - former <= ids


def test_repeated_rows_are_exact_repeats(tables: dict[str, Table], company_truth: Truth) -> None:
    for name, key, blemish in (
        ("tickets.xlsx", "Ticket ID", "duplicate_tickets"),
        ("subscriptions.csv", "Subscription ID", "duplicate_subscriptions"),
    ):
        distinct = {tuple(row.values()) for row in tables[name]}
        assert len(distinct) == len({row[key] for row in tables[name]})
        assert len(tables[name]) - len(distinct) == company_truth.blemishes[blemish]


def test_nothing_happens_after_the_last_day_or_outside_the_contract(company: Company, tables: dict[str, Table]) -> None:
    for name, column in (("tickets.xlsx", "Created At"), ("usage.xlsx", "Date"), ("churn.xlsx", "Churn Date")):
        days = [str(row[column])[:10] for row in tables[name]]
        assert max(days) <= "2026-09-30"
        assert min(days) >= "2023-10-01"
    assert all(ticket.story.has_access(ticket.day) for ticket in company.tickets)


def test_addresses_cannot_belong_to_anybody(tables: dict[str, Table]) -> None:
    assert all(str(row["Requester Email"]).endswith(".example") for row in tables["tickets.xlsx"])
    assert len({row["Domain"] for row in tables["accounts.csv"]}) == 400


def test_tickets_without_a_type_are_few_and_tags_decide_some(tables: dict[str, Table]) -> None:
    untyped = [row for row in tables["tickets.xlsx"] if row["Type"] is None]
    assert 0.05 <= len(untyped) / len(tables["tickets.xlsx"]) <= 0.07
    deciding = {"how_to", "bug", "feature_request", "login", "billing", "outage", "general"}
    decided = [row for row in untyped if deciding & set(str(row["Tags"]).split(", "))]
    assert 0.4 <= len(decided) / len(untyped) <= 0.6


def test_tickets_are_worded_in_many_ways(tables: dict[str, Table]) -> None:
    subjects = [row for row in tables["tickets.xlsx"] if row["Type"] == "Question"]
    assert len({row["Description"] for row in subjects}) > 0.9 * len(subjects)
    assert not [row for row in tables["tickets.xlsx"] if "{" in f"{row['Subject']}{row['Description']}"]
