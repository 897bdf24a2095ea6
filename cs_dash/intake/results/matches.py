"""Which column of a sheet fills which field, and which table a sheet feeds."""

from __future__ import annotations

from dataclasses import dataclass

from cs_dash.schema.tables import Field, Table

CONTENT = 0.5
"""How certain a match is that only values speak for."""


@dataclass(frozen=True)
class ColumnMatch:
    """A column matched to a field.

    Attributes:
        column: the column's place, from 0.
        field: the field.
        confidence: 0-1.
        because: why, in words.
        weight: how much the name says about the table, 0-1: "id" occurs in every table, "churn reason" in one.
        factor: what the numbers are multiplied by to get the field's unit; None where nothing tells their unit.
    """

    column: int
    field: Field
    confidence: float
    because: str
    weight: float
    factor: float | None = 1.0

    def for_field(self, field: Field, because: str, confidence: float = 0.5) -> ColumnMatch:
        """Return the same column matched to another field as well."""
        return ColumnMatch(self.column, field, confidence, because, self.weight)


@dataclass(frozen=True)
class TableGuess:
    """A table that a sheet may feed.

    Attributes:
        table: the table.
        matches: which column fills which field.
        score: how strongly the sheet looks like it.
        lacks: required fields that no column fills.
        doubt: why it may not fit although the names do, as a clause; "" where there is no doubt.
    """

    table: Table
    matches: tuple[ColumnMatch, ...]
    score: float
    lacks: tuple[str, ...]
    doubt: str = ""

    def column(self, field: str) -> int | None:
        """Return the place of the column that fills `field`, or None."""
        return next((match.column for match in self.matches if match.field.name == field), None)
