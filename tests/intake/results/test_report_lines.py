"""The report in lines: one per sheet, each sentence once with its count."""

from __future__ import annotations

from typing import Any

from cs_dash.intake.results import report_lines
from cs_dash.intake.results.problems import ColumnMapping, Problem, UnusedColumn
from cs_dash.intake.results.reports import LoadReport, SheetReport


def sheet(file: str, table: str, **more: Any) -> SheetReport:
    counts = {"read": 41, "loaded": 41, "updated": 0, "unchanged": 0, "rejected": 0, "duplicates": 0}
    return SheetReport(file=file, sheet="", table=table, **{**counts, "sheet_rows": 41, **more})


def test_one_line_per_sheet_says_what_it_is_and_what_is_left() -> None:
    days = UnusedColumn("Zorblat", "dates", 40, 41, ("churn_date",), ("churn, retention",))
    question = ColumnMapping("Wait", "first_reply_minutes", 0.7, "", question="Is Wait in hours?",
                             answers=(("minutes", ""), ("hours", "")), option="unit:Wait", assumed=False)  # fmt: skip
    report = LoadReport(
        1, (sheet("a.csv", "accounts", unused=(days,), rejected=2), sheet("a.csv", "subscriptions"),
            sheet("b.csv", "tickets", mapped=(question,))), (),
    )  # fmt: skip
    first, second = report_lines.sheet_lines(report)
    assert first == (
        "a.csv: 41 rows read as accounts and subscriptions. 2 rows rejected. Unused: column Zorblat holds dates"
        " (40 of 41 rows), which may affect churn, retention."
    )
    assert second.endswith("Please check: Is Wait in hours? (it affects response times).")
    assert report_lines.sheet_lines(report, options=True)[1].endswith(
        'Please check: Is Wait in hours? (--option "unit:Wait=minutes or hours"; it affects response times).'
    )
    assert report.sheet_rows == 82  # 41 of each file, though the first feeds two tables


def test_a_sentence_stands_once_with_its_rows_and_sheets() -> None:
    problems = [Problem(row, "Score", str(row), "Not a number.", "Write one.", False) for row in (3, 5, 8, 9, 12, 14)]
    problems.append(
        Problem(20, "Id", "x", "Same key as row 4 with other values; row 4 was loaded.", "Correct it.", False)
    )
    lines = report_lines.problem_lines(sheet("a.csv", "surveys", problems=tuple(problems)))
    assert lines == [
        "a.csv, 6 rows (3, 5, 8, 9 and 2 more), Score = '3', '5', '8', '9' ...: Not a number. Write one.",
        "a.csv, row 20, Id = 'x': Same key as row 4 with other values; row 4 was loaded. Correct it.",
    ]
    twice = [sheet("a.csv", "usage", assumptions=("Commas.",)), sheet("b.csv", "usage", assumptions=("Commas.", "B."))]
    assert report_lines.assumption_lines(twice) == ["a.csv, b.csv: Commas.", "b.csv: B."]


def test_a_doubt_about_the_accounts_column_stands_once_where_contract_lines_are_made_of_their_rows() -> None:
    near = ColumnMapping("data_cadstro", "signup_date", 0.6, "the name is close to “Data de cadastro”")
    parts = (sheet("a.csv", "accounts", mapped=(near,)), sheet("a.csv", "subscriptions", mapped=(near,)))
    (line,) = report_lines.sheet_lines(LoadReport(1, parts, ()))
    assert line.count("data_cadstro was read as signup date") == 1
