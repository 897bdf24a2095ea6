"""The everyday habits with which one company's files are written, drawn together at random from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields

from tests.habits.company import Traits
from tests.habits.words import LANGUAGES

DAYS = {
    "en": ("iso", "M/D/YYYY", "DD/MM/YYYY", "D Mon YYYY", "Mon D, YYYY"), "de": ("DD.MM.YYYY", "D.M.YY", "iso"),
    "fr": ("DD/MM/YYYY", "iso", "D month YYYY"), "es": ("DD/MM/YYYY", "DD-MM-YYYY", "iso"),
    "pt": ("DD/MM/YYYY", "iso", "DD/MM/YY"), "ru": ("DD.MM.YYYY", "DD.MM.YY", "iso"),
    "zh": ("YYYY/M/D", "YYYY年M月D日", "iso"),
}  # fmt: skip
MONTH_DAYS = ("Mon-YY", "Mon YYYY", "MM/YYYY", "YYYY-MM", "Month YYYY")
QUARTER_DAYS = ("Q1 2025", "2025-Q1", "Q1/25")
NUMBERS = {
    "en": ("1234.50", "1,234.50", "$1,234.50", "1,234.50 USD"), "de": ("1234,50", "1.234,50", "1.234,50 €"),
    "fr": ("1234,50", "1 234,50", "1 234,50 €"), "es": ("1234,50", "1.234,50", "1.234,50 €"),
    "pt": ("1234,50", "1.234,50", "R$ 1.234,50"), "ru": ("1234,50", "1 234,50", "1 234,50 ₽"),
    "zh": ("1234.50", "1,234.50", "¥1,234.50"),
}  # fmt: skip
ENCODINGS = {
    "en": ("utf-8", "utf-8-sig", "cp1252"), "de": ("utf-8", "cp1252"), "fr": ("utf-8-sig", "cp1252"),
    "es": ("utf-8", "cp1252"), "pt": ("utf-8", "cp1252"), "ru": ("utf-8", "cp1251"), "zh": ("utf-8-sig", "gb18030"),
}  # fmt: skip
NEVER_PAID = ("trial", "prospect", "draft", "unpaid")


@dataclass(frozen=True)
class Habits:
    """How one company's files are written.

    Attributes:
        language: of headers and words.
        layout: lines (a row a contract), current (a row a customer) or months (a column a month).
        form: csv or xlsx.
        days: how dates are written.
        numbers: how amounts are written.
        encoding: of text files.
        amount: what the amount is: mrr, arr, or the price of a billing period whose length stands beside it as a
            word (billing), a unit and a count (interval), a term ("2-Year", "36 months") or a number of months.
        once: some rows are charges that come once.
        ends: exclusive (first day not paid for), inclusive (last paid day), or none: only a status tells who left.
        running: how the end of a running contract is written: empty, a word, or the end of its present term.
        status: there is a column of status words.
        never_paid: customers who never paid stand on the list.
        totals: none, grand (one row at the end), groups (one row a plan or customer, and one at the end).
        repeats: how the customer's cells are written in further rows of the same one: full, blank or merged.
        title: rows above the headers.
        ids: how customers' ids look.
        known_by: id, or name: what tickets and answers call the customer by.
        accounts: there is a list of customers beside the contracts.
        churn_list: there is a list of those who left.
        survey: score (a column of scores), labels (promoter ... only) or both.
        case: of headers.
        extra: there is a column that says nothing.
        native: cells of a workbook hold dates and numbers, not text.
        wording: usual (the commonest header and word for everything) or any.
        year: where the year of a sheet of months stands: each (month headers have it), title, sheet, merged.
    """

    language: str = "en"
    layout: str = "lines"
    form: str = "csv"
    days: str = "iso"
    numbers: str = "1234.50"
    encoding: str = "utf-8"
    amount: str = "mrr"
    once: bool = False
    ends: str = "exclusive"
    running: str = "empty"
    status: bool = False
    never_paid: bool = False
    totals: str = "none"
    repeats: str = "full"
    title: bool = False
    ids: str = "C-1001"
    known_by: str = "id"
    accounts: bool = True
    churn_list: bool = False
    survey: str = "score"
    case: str = "as it is"
    extra: bool = False
    native: bool = False
    year: str = "each"
    wording: str = "usual"

    @property
    def step(self) -> int:
        """Months between the days that dates can tell apart; 0 where they are days."""
        if self.layout == "months" or self.days in MONTH_DAYS:
            return 1
        return 3 if self.days in QUARTER_DAYS else 0

    def traits(self) -> Traits:
        """Return what the company has to be like for these habits to be able to tell it."""
        terms = {"mrr": (1,), "arr": (1, 12), "billing": (1, 3, 6, 12), "interval": (1, 3, 6, 12)}.get(
            self.amount, (1, 12, 24, 36)
        )
        never_paid = NEVER_PAID if self.never_paid else ()
        one_line = self.layout == "current"
        return Traits(self.language, self.step, terms, self.once, never_paid, self.layout == "lines", one_line)

    def chosen(self) -> dict[str, str]:
        """Return the habits as words, for a table of shares."""
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}

    def changed(self) -> dict[str, str]:
        """Return those that are not the plain way."""
        return {name: value for name, value in self.chosen().items() if value != PLAIN.chosen()[name]}


PLAIN = Habits()


def draw(seed: int) -> Habits:
    """Return the habits of a seed."""
    rng = random.Random(f"habits {seed}")

    def now_and_then(share: float) -> bool:
        return rng.random() < share

    language = rng.choice(LANGUAGES)
    layout = rng.choice(("lines", "lines", "lines", "current", "current", "months"))
    form = rng.choice(("csv", "csv", "xlsx"))
    days = rng.choice(DAYS[language])
    if layout != "months" and now_and_then(0.2):
        days = rng.choice(MONTH_DAYS if now_and_then(0.75) else QUARTER_DAYS)
    amount = (
        "mrr"
        if layout == "months"
        else rng.choice(("mrr", "mrr", "arr", "billing", "billing", "interval", "term", "months"))
    )
    status = layout != "months" and now_and_then(0.6)
    ends = rng.choice(("exclusive", "inclusive", "none" if status and layout == "current" else "inclusive"))
    month_dates = days in (*MONTH_DAYS, *QUARTER_DAYS)
    future = amount in ("billing", "term") and not month_dates
    return Habits(
        language, layout, form, days, rng.choice(NUMBERS[language]),
        encoding=rng.choice(ENCODINGS[language]),
        amount=amount,
        once=amount in ("billing", "term") and layout == "lines" and now_and_then(0.4),
        # "Aug-20" as an end is the last month that was paid for.
        ends="inclusive" if month_dates and ends == "exclusive" else ends,
        running=rng.choice(("empty", "empty", "word", "future" if future else "word")),
        status=status,
        never_paid=status and now_and_then(0.5),
        totals=rng.choice(("none", "none", "grand", "groups")),
        repeats=rng.choice(("full", "full", "blank", "merged")) if layout == "lines" else "full",
        title=now_and_then(0.3),
        ids=rng.choice(("C-1001", "1001", "00123", "KA7F3")),
        known_by="name" if now_and_then(0.15) else "id",
        accounts=now_and_then(0.6),
        churn_list=now_and_then(0.4),
        survey=rng.choice(("score", "score", "score", "labels", "both")),
        case=rng.choice(("as it is", "as it is", "UPPER", "snake_case")),
        extra=now_and_then(0.4),
        native=form == "xlsx" and now_and_then(0.7),
        year=rng.choice(("each", "each", "title", "sheet", "merged")) if layout == "months" else "each",
        wording=rng.choice(("any", "any", "usual")),
    )  # fmt: skip
