"""The sheets beside the contracts: months, customers, tickets, answers, those who left; and all sheets together."""

from __future__ import annotations

import random
from datetime import date

from tests.habits.cells import Cell, Day, Money, day_text
from tests.habits.choices import MONTH_DAYS, Habits
from tests.habits.company import ONE_DAY, Answer, Company, add_months, month_end
from tests.habits.sheets import Sheet, Writer, contracts, titled, with_totals
from tests.habits.words import MONTHS


def first_month(company: Company, habits: Habits) -> date:
    """Return the first month of a sheet of months: where only one year is named, that year's January."""
    if habits.year in ("title", "sheet"):
        return date(company.today.year, 1, 1)
    return date(company.today.year - 1, 1, 1)


def months(writer: Writer) -> Sheet:
    """What customers paid, a column a month, up to the month of today."""
    company, habits = writer.company, writer.habits
    columns = [first_month(company, habits)]
    while add_months(columns[-1], 1) <= company.today:
        columns.append(add_months(columns[-1], 1))
    style = writer.rng.choice(MONTH_DAYS)
    words = MONTHS[habits.language].split()
    own = [writer.header("id"), writer.header("name"), writer.header("plan")]
    names = [
        day_text(month, style, habits.language) if habits.year == "each" else words[month.month - 1]
        for month in columns
    ]
    zero = writer.rng.choice((None, Money(0.0)))
    rows = []
    latest = {line.customer.number: line for line in company.lines if line.term}
    for line in sorted(latest.values(), key=lambda line: (line.plan, line.customer.number)):
        paid = [company.mrr(line.customer, min(month_end(month), company.today)) for month in columns]
        if any(paid):
            customer: list[Cell] = [writer.id(line.customer), line.customer.name, line.plan]
            rows.append((line, [*customer, *(Money(balance) if balance else zero for balance in paid)]))
    headers: list[Cell] = [*own, *names]
    body = list(with_totals(writer, rows, range(len(own), len(headers))))
    sheet = Sheet("contracts", writer.word("months"), "", [headers, *body], style)
    year = str(company.today.year)
    if habits.year == "merged":
        years: list[Cell] = [None] * len(headers)
        for at, month in enumerate(columns, len(own)):
            if month.month == 1:
                years[at] = str(month.year)
                last = sum(column.year == month.year for column in columns)
                sheet.merged.append((0, 0, at, at + last - 1))
        sheet.rows.insert(0, years)
    if habits.year == "sheet":
        sheet.title, sheet.file = year, sheet.file if habits.form == "xlsx" else f"{sheet.file} {year}"
    return titled(writer, sheet, f"{writer.word('title')} {year}" if habits.year == "title" else "")


def accounts(writer: Writer) -> Sheet:
    """The list of customers."""
    rows: list[list[Cell]] = [
        [writer.id(customer), customer.name, customer.region] for customer in writer.company.customers
    ]
    return writer.table("accounts", [writer.header("id"), writer.header("name"), writer.header("region")], rows)


def tickets(writer: Writer) -> Sheet:
    """The requests of customers."""
    headers = [writer.header("ticket"), writer.reference_header(), writer.header("opened"), writer.header("solved")]
    rows: list[list[Cell]] = [
        [
            f"T-{5001 + ticket.number}", writer.reference(ticket.customer), Day(ticket.opened),
            Day(ticket.solved) if ticket.solved else None, writer.word("request"),
        ]
        for ticket in writer.company.tickets
    ]  # fmt: skip
    return writer.table("tickets", [*headers, writer.header("subject")], rows)


def _rating(writer: Writer, answer: Answer, words: dict[str, str]) -> str:
    return words["promoter" if answer.score >= 9 else "passive" if answer.score >= 7 else "detractor"]


def answers(writer: Writer) -> Sheet:
    """The answers to the survey: scores, labels or both."""
    scores, labels = writer.habits.survey != "labels", writer.habits.survey != "score"
    words = {name: writer.word(name) for name in ("promoter", "passive", "detractor")}
    headers = [writer.reference_header(), writer.header("asked")]
    headers += [*([writer.header("score")] if scores else []), *([writer.header("rating")] if labels else [])]
    rows: list[list[Cell]] = []
    for answer in writer.company.answers:
        row: list[Cell] = [writer.reference(answer.customer), Day(answer.day)]
        row += [*([answer.score] if scores else []), *([_rating(writer, answer, words)] if labels else [])]
        rows.append([*row, writer.rng.choice((writer.word("request"), None))])
    return writer.table("nps", [*headers, writer.header("comment")], rows)


def departures(writer: Writer) -> Sheet:
    """The list of those who left, with the first day no longer paid for, or the last one paid for."""
    rows: list[list[Cell]] = []
    for customer in writer.company.customers:
        if left := writer.company.left_on(customer):
            day = left - ONE_DAY if writer.habits.ends == "inclusive" else left
            reason = writer.word(writer.rng.choice(("price", "use")))
            rows.append([writer.reference(customer), Day(day), reason])
    headers = [writer.reference_header(), writer.header("left"), writer.header("reason")]
    return writer.table("churn", headers, rows)


def sheets(company: Company, habits: Habits, seed: int) -> list[Sheet]:
    """Return all sheets of a company, by its habits."""
    writer = Writer(company, habits, random.Random(f"sheets {seed}"))
    listed = [months(writer) if habits.layout == "months" else contracts(writer), tickets(writer), answers(writer)]
    listed += [accounts(writer)] if habits.accounts else []
    listed += [departures(writer)] if habits.churn_list and any(map(company.left_on, company.customers)) else []
    return listed
