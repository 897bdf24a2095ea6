"""What a column holds, and how well it suits a field."""

from __future__ import annotations

from dataclasses import dataclass

from cs_dash.intake.cells import identity, survey_words
from cs_dash.intake.cells.survey_words import SurveyKind
from cs_dash.schema.tables import OPEN_ENDED, Field, FieldType


@dataclass(frozen=True)
class Profile:
    """What a column holds. Shares are 0-1 of its different values.

    Attributes:
        rows: cells looked at.
        filled: share of the cells that hold anything.
        distinct: different values among them.
        dates, numbers, flags, clocks, emails: share that can be read as such; bare numbers are not dates here, clocks
            are durations with a unit of their own.
        serials: share of numbers that are days of 1970 to 2100 as spreadsheets count them.
        years: share of numbers that may be years or months, such as 2025 and 202503.
        ends: share of days and of words such as “still active”, where there are days among them.
        accounts: share that names an account which is known already.
        answers: share that is an answer to a survey in words: "9/10", "Promoter".
        labels: the survey whose answers in words they are; None where they are none.
        length: mean number of characters.
        codes: share that looks like ids: one word with digits, with letters or at least five digits.
        tax_number: what most of them are by their check digits: "CNPJ"; "" where they do not look like any.
        tax_shaped, tax_valid: share that is written like tax numbers, share whose check digits are right.
        examples: up to three values.
    """

    rows: int
    filled: float
    distinct: int
    dates: float
    numbers: float
    flags: float
    clocks: float
    emails: float
    accounts: float
    length: float
    examples: tuple[str, ...]
    serials: float = 0.0
    answers: float = 0.0
    labels: SurveyKind | None = None
    codes: float = 0.0
    tax_number: str = ""
    tax_shaped: float = 0.0
    tax_valid: float = 0.0
    years: float = 0.0
    ends: float = 0.0

    @property
    def names_accounts(self) -> bool:
        """Whether its values are accounts that are known; small numbers may be anything else."""
        return self.accounts > 0.8 and self.distinct > 1 and (self.codes > 0.5 or self.numbers < 0.5)

    def names_accounts_as(self, name: str) -> bool:
        """Return whether its values are accounts that are known; small numbers, where its name says they are ids."""
        return self.names_accounts or (self.accounts > 0.8 and self.distinct > 2 and identity.says_id(name))

    @property
    def is_key(self) -> bool:
        """Whether every row has a value, and each another one."""
        return self.distinct > 1 and self.unique > 0.999 and self.filled > 0.999

    @property
    def unique(self) -> float:
        """Different values per filled cell, 0-1."""
        return self.distinct / max(self.rows * self.filled, 1.0)

    def suits(self, field: Field) -> float:
        """Return how well the values suit a field, 0-1: by its type, and answers in words where it holds answers."""
        fit = self.fits(field.type)
        if field.name in OPEN_ENDED:
            return max(fit, self.ends)
        return max(fit, self.answers) if field.name in survey_words.FIELDS else fit

    def fits(self, kind: FieldType) -> float:
        """Return how well the values suit a field of that type, 0-1; an empty column suits any."""
        if not self.distinct:
            return 1.0
        if kind in ("date", "timestamp"):
            return max(self.dates, self.serials, self.years)
        if kind in ("money", "number", "integer"):
            return max(self.numbers, self.clocks)
        if kind == "flag":
            return self.flags
        if kind in ("id", "account"):
            return 1.0 if self.length <= 60 and self.dates < 0.8 else 0.2
        if kind == "category":
            return 1.0 if self.length <= 80 and self.dates < 0.8 else 0.3
        return 1.0
