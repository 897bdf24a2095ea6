"""A company's tables as sheets: headers, rows, totals, titles and merged cells, by its habits."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from tests.habits.cells import Cell, Day, Money
from tests.habits.choices import DAYS, MONTH_DAYS, QUARTER_DAYS, Habits
from tests.habits.company import ONE_DAY, Company, Customer, Line, add_months
from tests.habits.words import HEADERS, WORDS

SUBTOTAL_LABELS = ("word", "word", "word", "group", "nothing")


@dataclass
class Sheet:
    """One sheet of one file, `about` contracts, tickets ...

    `merged` holds (first row, last row, first column, last column), all from 0.
    """

    about: str
    file: str
    title: str
    rows: list[list[Cell]]
    day_style: str
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def id_of(customer: Customer, habits: Habits) -> str:
    """Return the id that the files call a customer by."""
    number = customer.number
    return {
        "C-1001": f"C-{1001 + number}", "1001": str(1001 + number), "00123": f"{123 + number:05}",
        "KA7F3": f"K{(number + 11) * 4099 % 65536:04X}",
    }[habits.ids]  # fmt: skip


@dataclass
class Writer:
    """Writes the sheets of one company; every choice between two ways of saying the same comes from its seed."""

    company: Company
    habits: Habits
    rng: random.Random

    def word(self, meaning: str) -> str:
        """One way of saying it in the company's language."""
        return self.one_of(WORDS[meaning][self.habits.language])

    def one_of(self, ways: Sequence[str]) -> str:
        """The commonest way, which comes first, or any."""
        return ways[0] if self.habits.wording == "usual" else self.rng.choice(ways)

    def header(self, name: str) -> str:
        """One way of heading a column."""
        text = self.one_of(HEADERS[name][self.habits.language])
        return {"UPPER": text.upper(), "snake_case": text.replace(" ", "_").lower()}.get(self.habits.case, text)

    def id(self, customer: Customer) -> Cell:
        """The customer's id."""
        return id_of(customer, self.habits)

    def reference(self, customer: Customer) -> Cell:
        """What other tables call the customer by."""
        return customer.name if self.habits.known_by == "name" else self.id(customer)

    def reference_header(self) -> str:
        """The header of that."""
        return self.header("name" if self.habits.known_by == "name" else "id")

    @property
    def event_days(self) -> str:
        """How dates of events are written where those of contracts are months."""
        style = self.habits.days
        return DAYS[self.habits.language][0] if style in (*MONTH_DAYS, *QUARTER_DAYS) else style

    def table(self, meaning: str, headers: list[str], rows: list[list[Cell]]) -> Sheet:
        """A plain table of events."""
        return Sheet(meaning, self.word(meaning), "", [list(headers), *rows], self.event_days)


def _amount_columns(writer: Writer) -> tuple[list[str], Callable[[Line], list[Cell]]]:
    habits = writer.habits
    per_term = {term: writer.word(f"m{term}") for term in (1, 3, 6, 12, 24, 36)}
    once, month, year = writer.word("once"), writer.word("month"), writer.word("year")

    def unit_and_count(line: Line) -> list[Cell]:
        in_years = line.term % 12 == 0
        return [Money(line.amount), year if in_years else month, line.term // 12 if in_years else line.term]

    ways: dict[str, tuple[list[str], Callable[[Line], list[Cell]]]] = {
        "mrr": ([writer.header("mrr")], lambda line: [Money(line.monthly)]),
        "arr": ([writer.header("arr")], lambda line: [Money(line.monthly * 12)]),
        "billing": (
            [writer.header("amount"), writer.header("billing")],
            lambda line: [Money(line.amount), per_term[line.term] if line.term else once],
        ),
        "interval": ([writer.header("amount"), writer.header("unit"), writer.header("count")], unit_and_count),
        "term": (
            [writer.header("value"), writer.header("term")],
            lambda line: [Money(line.amount), per_term[line.term] if line.term else once],
        ),
        "months": ([writer.header("value"), writer.header("months")], lambda line: [Money(line.amount), line.term]),
    }
    return ways[habits.amount]


def _end_cell(writer: Writer, line: Line, running: str) -> Cell:
    habits = writer.habits
    if habits.ends == "none":
        return None
    end = line.end
    if end is None:
        if habits.running == "word":
            return running
        if habits.running == "empty" or not line.term:
            return None
        end = line.start
        while end <= writer.company.today:
            end = add_months(end, max(line.term, 1))
    return Day(end - ONE_DAY if habits.ends == "inclusive" else end)


def _status(writer: Writer, line: Line, words: dict[str, str]) -> str:
    """Status words are those of the line: one that a renewal followed has ended, though its customer pays."""
    state = line.customer.state
    if state == "paying" and line.end is not None:
        return words["churned"] if writer.habits.ends != "none" else words["paying"]
    return words[state]


def with_totals(writer: Writer, rows: list[tuple[Line, list[Cell]]], money: Sequence[int]) -> Iterator[list[Cell]]:
    """Yield the rows, with the totals of groups and of all that the habits ask for."""
    habits, style = writer.habits, writer.rng.choice(SUBTOTAL_LABELS)
    word = writer.word("subtotal")

    def sums(label: Cell, parts: Sequence[list[Cell]]) -> list[Cell]:
        total: list[Cell] = [None] * len(parts[0])
        for at in money:
            total[at] = Money(sum(cell.amount for row in parts if isinstance(cell := row[at], Money)))
        total[0] = label if 0 not in money else total[0]
        return total

    def group(row: tuple[Line, list[Cell]]) -> str:
        return row[0].plan if habits.repeats == "full" else row[0].customer.name

    for name, members in groupby(rows, group):
        parts = [cells for _, cells in members]
        yield from parts
        if habits.totals == "groups":
            label = {"word": word.replace("%", name), "group": name, "nothing": None}[style]
            yield sums(label, parts)
    if habits.totals != "none":
        yield sums(writer.word("total"), [cells for _, cells in rows])


def titled(writer: Writer, sheet: Sheet, text: str = "") -> Sheet:
    """Return a sheet with `text`, or what the habits ask for, in rows above it."""
    above: list[list[Cell]] = []
    if writer.habits.title or text:
        above = [[text or writer.word("title")]]
        if writer.habits.title:
            above += [[writer.word("exported")], []]
    sheet.rows = above + sheet.rows
    down = len(above)
    sheet.merged = [(top + down, bottom + down, first, last) for top, bottom, first, last in sheet.merged]
    return sheet


def _blanked(writer: Writer, sheet: Sheet, columns: int) -> None:
    """Leave out the customer's cells of further rows of the same one, or merge them."""
    at = 1
    while at < len(sheet.rows):
        last = at
        while last + 1 < len(sheet.rows) and sheet.rows[last + 1][0] == sheet.rows[at][0] and sheet.rows[at][0]:
            last += 1
        for row in sheet.rows[at + 1 : last + 1]:
            row[:columns] = [None] * columns
        if writer.habits.repeats == "merged" and last > at:
            sheet.merged += [(at, last, column, column) for column in range(columns)]
        at = last + 1


def contracts(writer: Writer) -> Sheet:
    """The list of contracts or of customers, with what they pay."""
    habits, company = writer.habits, writer.company
    states = {customer.state for customer in company.customers} | {"churned", "paying"}
    words = {state: writer.word(state) for state in sorted(states)}
    running = writer.word("running")
    amount_headers, amounts = _amount_columns(writer)
    named = habits.known_by == "name" or not habits.accounts or writer.rng.random() < 0.6
    own = [writer.header("id"), *([writer.header("name")] if named else [])]
    headers = [*own, writer.header("plan"), writer.header("start")]
    has_end = habits.ends != "none"
    # A term that ends some day is no day on which the customer left.
    called = "left" if habits.layout == "current" and habits.running != "future" else "end"
    headers += [writer.header(called)] if has_end else []
    headers += [writer.header("status")] if habits.status else []
    headers += [*amount_headers, *([writer.header("remark")] if habits.extra else [])]
    by_customer = habits.repeats != "full"
    in_time = sorted(company.lines, key=lambda line: (line.customer.number, line.start))
    lines = in_time if by_customer else sorted(in_time, key=lambda line: line.plan)
    rows: list[tuple[Line, list[Cell]]] = []
    for line in lines:
        customer: list[Cell] = [writer.id(line.customer), *([line.customer.name] if named else [])]
        cells = [*customer, line.plan, Day(line.start), *([_end_cell(writer, line, running)] if has_end else [])]
        cells += [_status(writer, line, words)] if habits.status else []
        cells += [*amounts(line), *([writer.rng.choice(("", "see wiki", "ok"))] if habits.extra else [])]
        rows.append((line, cells))
    money = [at for at, cell in enumerate(rows[0][1]) if isinstance(cell, Money)]
    body = list(with_totals(writer, rows, money))
    sheet = Sheet("contracts", writer.word("contracts"), "", [list(headers), *body], habits.days)
    if by_customer:
        _blanked(writer, sheet, len(own))
    return titled(writer, sheet)
