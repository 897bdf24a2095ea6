"""Load a company's files and compare every headline number with the truth."""

from __future__ import annotations

import io
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cs_dash.answer import Answer
from cs_dash.intake.results.report_lines import DOUBTFUL
from cs_dash.pipeline import LoadReport, load
from cs_dash.questions import catalogue
from cs_dash.schema.field_metrics import METRICS
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from cs_dash.store.workspace import Workspace
from tests.companies import ReusedReader
from tests.habits.choices import Habits, draw
from tests.habits.company import ONE_DAY, Company, Line, Ticket, Truth, company, month_end, newest_day, truth
from tests.habits.files import content, named
from tests.habits.sheets import Sheet, id_of
from tests.habits.tables import first_month, sheets

SHOWN_BY = {
    "mrr": ("retention.summary", "mrr_end"), "paying": ("retention.summary", "accounts_end"),
    "churned": ("retention.bridge", "churn"), "churned_mrr": ("retention.bridge", "churn"),
    "nps": ("health.nps", "nps"), "answers": ("health.nps", "answers"),
}  # fmt: skip
"""number -> the question and the figure that show it; a doubt is named for it where it stands with them."""
TOLD_BY = {"nps": ("nps",), "answers": ("nps",), "linked_tickets": ("tickets", "contracts", "accounts")}
"""number -> the files that tell it; all others are told by the contracts, and by the list of those who left."""
_CHURN = {"churn", "retention", "MRR"}
METRIC = {
    "mrr": {"MRR"}, "paying": {"MRR"}, "churned": _CHURN, "churned_mrr": _CHURN, "nps": {"NPS"}, "answers": {"NPS"},
    "linked_tickets": {"which account a row is of"},
}  # fmt: skip
"""number -> what the report calls the metrics that it is one of."""
DOUBT = re.compile(
    r"\?|not used|not known|unknown|unclear|cannot|could not|not a date|not a number|does not (?:say|tell)"
    r"|nothing (?:says|tells)|contradict|conflict|may be|check |no known|without a day",
    re.IGNORECASE,
)
"""How a sentence of the report says that something may be otherwise."""
NUMBERS = (*SHOWN_BY, "linked_tickets")
USUAL = re.compile(
    r"is in progress|^few (?:accounts|answers|responses)|totals and was set aside|name is used as its id"
    r"|because [\d,]+ other row",
    re.IGNORECASE,
)
"""What is said of sheets that were understood, too."""


@dataclass(frozen=True)
class Outcome:
    """What became of one number: right, asked (a question or a doubt names it), missing or wrong.

    Attributes:
        name: of the number.
        verdict: right, asked, missing (none is shown, and its sheet was set aside in words) or wrong: silently so.
        value: the product's.
        expected: the company's.
        because: the sentences that name the doubt.
    """

    name: str
    verdict: str
    value: object
    expected: object
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Loaded:
    """What loading files gave: the numbers, and the doubts that are named for each of them."""

    as_of: date | None
    numbers: Mapping[str, float | None]
    doubts: Mapping[str, tuple[str, ...]]


def _said_of(report: LoadReport, files: Sequence[str], metric: set[str]) -> Iterator[str]:
    """What the report says is open about some files; which columns are not used, or not sure, that decide a metric."""
    for sheet in report.files:
        if sheet.file in files:
            yield from (f"{mapping.column}: {mapping.question}" for mapping in sheet.mapped if mapping.question)
            yield from (problem.what for problem in sheet.problems if problem.fatal or DOUBT.search(problem.what))
            yield from (sentence for sentence in sheet.assumptions if DOUBT.search(sentence))
            yield from (f"not used: {column.text}" for column in sheet.unused if metric & set(column.metrics))
            for mapping in sheet.mapped:
                if mapping.confidence < DOUBTFUL and metric & set(re.split(", ", METRICS.get(mapping.field, ""))):
                    yield f"doubtful: {mapping.column} was taken for {mapping.field}"
    yield from (f"set aside: {entry.why}" for entry in report.ignored if entry.file in files)


def _said_with(answer: Answer, figure: str) -> Iterator[str]:
    """What stands with a figure of an answer as a doubt about it."""
    for note in answer.notes:
        if note.kind in ("doubt", "contradiction") and (not note.affects or figure in note.affects):
            yield note.text
    yield from (shown.caveat for shown in answer.figures if shown.name == figure and shown.caveat)


def _doubts(report: LoadReport, warehouse: Warehouse | None, about: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """What is named as open about each number: in the report on the files that tell it, and where it is shown."""
    asked = {question for question, _ in SHOWN_BY.values()} | {"data.checks"} if warehouse else set[str]()
    answers = {question: catalogue.ask(warehouse, question, Scope(), {}) for question in asked if warehouse}
    checks = answers["data.checks"].rows.to_pylist() if answers else []
    conflicts = [row["effect"] for row in checks if row["check"] in ("Contradictions", "Data conflicts")]
    doubts: dict[str, tuple[str, ...]] = {}
    for name in NUMBERS:
        subjects = TOLD_BY.get(name, ("contracts", "churn"))
        files = [file for file, subject in about.items() if subject in subjects]
        said = list(_said_of(report, files, METRIC[name]))
        if answers and name in SHOWN_BY:
            question, figure = SHOWN_BY[name]
            said += _said_with(answers[question], figure)
        if name not in ("nps", "answers"):
            said += conflicts
        doubts[name] = tuple(sorted({sentence for sentence in said if not USUAL.search(sentence)}))
    return doubts


def _figure(answer: Answer, name: str) -> float | None:
    return next((figure.value for figure in answer.figures if figure.name == name), None)


def _linked_tickets(warehouse: Warehouse, company: Company, ids: Mapping[int, str]) -> float:
    """How many tickets belong to the account of the customer that they are from, by its id or by its name."""
    own: dict[str, set[str]] = {}
    for row in warehouse.query("select account_id, account from accounts").to_pylist():
        own[row["account_id"]] = {
            text.casefold().replace(".", " ") for text in (row["account_id"], row["account"] or "")
        }
    told = Counter(ticket.customer.number for ticket in company.tickets)
    linked = 0
    sql = "select account_id, count(*) as n from tickets where account_id is not null group by account_id"
    for row in warehouse.query(sql).to_pylist():
        for customer in company.customers:
            called = {text.casefold().replace(".", " ") for text in (customer.name, ids[customer.number])}
            if called & own.get(row["account_id"], set()):
                linked += min(row["n"], told[customer.number])
    return float(linked)


def _numbers(
    warehouse: Warehouse, company: Company, ids: Mapping[int, str]
) -> tuple[date | None, dict[str, float | None]]:
    """The as-of day and the numbers; balances from the bridge, which is asked faster than the summary."""
    bridge, churn, nps = (
        catalogue.ask(warehouse, question, Scope(), options)
        for question, options in (
            ("retention.bridge", {}), ("retention.bridge_accounts", {"movement": "churn"}), ("health.nps", {}),
        )
    )  # fmt: skip
    months = bridge.rows.to_pylist() or [{}]
    return nps.as_of, {
        "mrr": months[-1].get("mrr_end"), "paying": months[-1].get("accounts_end"),
        "churned": _figure(churn, "accounts"), "churned_mrr": _figure(bridge, "churn"),
        "nps": _figure(nps, "nps"), "answers": _figure(nps, "answers"),
        "linked_tickets": _linked_tickets(warehouse, company, ids),
    }  # fmt: skip


def loaded(sheets: Mapping[str, Sheet], company: Company, habits: Habits, is_right: Callable[[Loaded], bool]) -> Loaded:
    """Load files into a workspace of their own and return what it answers; doubts are asked for where one is wrong."""
    about = {name: sheet.about for name, sheet in sheets.items()}
    with tempfile.TemporaryDirectory(prefix="habits_") as folder:
        workspace = Workspace(Path(folder))
        contents = [(name, io.BytesIO(content(sheet, habits))) for name, sheet in sheets.items()]
        report = load(workspace, contents, today=company.today)
        version = workspace.current()
        if version is None:
            return Loaded(None, {}, _doubts(report, None, about))
        warehouse = ReusedReader(workspace.file_of(version))
        try:
            ids = {customer.number: id_of(customer, habits) for customer in company.customers}
            result = Loaded(*_numbers(warehouse, company, ids), {})
            return result if is_right(result) else replace(result, doubts=_doubts(report, warehouse, about))
        finally:
            warehouse.close()


def seen(company: Company, habits: Habits) -> Company:
    """Return the part of a company that its files tell: a sheet of months begins with its first column."""
    if habits.layout != "months":
        return company
    begin = first_month(company, habits)
    lines = [line for line in company.lines if line.end is None or line.end > month_end(begin)]
    cut = tuple(replace(line, start=max(line.start, begin)) for line in lines)
    return replace(company, lines=cut, balances={})


def _of_listed(company: Company) -> tuple[Ticket, ...]:
    """The tickets of customers who stand on the list of contracts, or in the sheet of months."""
    listed = {line.customer.number for line in company.lines}
    return tuple(ticket for ticket in company.tickets if ticket.customer.number in listed)


def _a_day_earlier(company: Company) -> Company:
    def earlier(line: Line) -> Line:
        return replace(line, end=line.end - ONE_DAY) if line.end else line

    return replace(company, lines=tuple(map(earlier, company.lines)), balances={})


def _truths(company: Company, habits: Habits, as_of: date) -> list[Truth]:
    """What is true; a list where no contract follows another cannot tell whether its ends are the last paid days."""
    told = [company if habits.accounts else replace(company, tickets=_of_listed(company))]
    if habits.ends == "inclusive" and habits.layout == "current":
        told.append(_a_day_earlier(told[0]))
    return [truth(one, as_of) for one in told]


def _as_of(company: Company, habits: Habits, value: date | None) -> Outcome:
    expected = newest_day(company)
    if habits.layout == "months":
        expected = max(expected, min(month_end(company.today), company.today))
    right = value is not None and abs((value - expected).days) <= 1
    if value and not right and (habits.step or habits.ends == "none"):
        right = (value.year, value.month) == (expected.year, expected.month) or value == company.today
    return Outcome("as_of", "right" if right else "wrong", value, expected)


def _same(value: float | None, expected: float | None) -> bool:
    if value is None or expected is None:
        return value is expected
    return abs(value - expected) < 0.01 + 1e-6 * abs(expected)


def _outcomes(told: Company, habits: Habits, result: Loaded) -> list[Outcome]:
    outcomes = [_as_of(told, habits, result.as_of)]
    truths = _truths(told, habits, result.as_of or told.today)
    for name in NUMBERS:
        value, expected = result.numbers.get(name), [getattr(one, name) for one in truths]
        doubts = result.doubts.get(name, ())
        if any(_same(value, one) for one in expected):
            verdict = "right"
        else:
            verdict = "wrong" if not doubts else "missing" if value is None else "asked"
        outcomes.append(Outcome(name, verdict, value, expected[0], doubts))
    return outcomes


def check(seed: int, habits: Habits | None = None) -> list[Outcome]:
    """Return what became of each number of a seed's company, written with the seed's habits or with others."""
    habits = habits or draw(seed)
    whole = company(seed, habits.traits())
    told = seen(whole, habits)

    def is_right(result: Loaded) -> bool:
        return all(outcome.verdict == "right" for outcome in _outcomes(told, habits, result))

    return _outcomes(told, habits, loaded(files(seed, habits), whole, habits, is_right))


def files(seed: int, habits: Habits) -> dict[str, Sheet]:
    """Return the sheets of a seed's company by the names of their files."""
    return named(sheets(company(seed, habits.traits()), habits, seed), habits)
