"""The types of a field and of a table of the schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from cs_dash.schema.languages import SYNONYMS, Synonyms

FieldType = Literal["id", "account", "text", "category", "date", "timestamp", "money", "number", "integer", "flag"]

SQL_TYPES: dict[FieldType, str] = {
    "id": "VARCHAR",
    "account": "VARCHAR",
    "text": "VARCHAR",
    "category": "VARCHAR",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "money": "DOUBLE",
    "number": "DOUBLE",
    "integer": "BIGINT",
    "flag": "BOOLEAN",
}


@dataclass(frozen=True)
class Field:
    """One field of a canonical table.

    Attributes:
        name: its name in the warehouse.
        type: what it holds; `account` is a reference to an account by id or name, resolved after the load.
        help: its meaning, in one sentence.
        unit: "days", "minutes", "0-10" ... or "".
        required: a row without it is rejected.
        dimension: an account column to filter and group by.
        derived: computed by the product, never mapped from a file.
        example: a value for the template workbook.
    """

    name: str
    type: FieldType
    help: str
    unit: str = ""
    required: bool = False
    dimension: bool = False
    derived: bool = False
    example: str = ""
    table: str = field(default="", compare=False)

    @property
    def label(self) -> str:
        """The field's name in words: "signup date"."""
        return self.name.replace("_ref", "").replace("_", " ")

    def synonyms(self, synonyms: Synonyms = SYNONYMS) -> tuple[str, ...]:
        """Return the field's names in other systems and languages, or in `synonyms` alone, the canonical name first."""
        own = synonyms.get(f"{self.table}.{self.name}", ())
        shared = synonyms.get(f"*.{self.name}", ())
        return (self.name.replace("_", " "), *own, *shared)


def in_a_sentence(title: str) -> str:
    """Return a title as it stands within a sentence: in lower case, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


@dataclass(frozen=True)
class Table:
    """One canonical table.

    Attributes:
        name: its name in the warehouse.
        title: its name in words.
        help: what a row is, and which questions the table answers.
        key: the field that identifies a row; rows of a file without it get a key from their content.
        fields: its fields in order.
        dated: the field with the date of a row, or "" for a table without time.
    """

    name: str
    title: str
    help: str
    key: str
    fields: tuple[Field, ...]
    dated: str = ""

    @property
    def noun(self) -> str:
        """Its name within a sentence: "support tickets", "CSM notes"."""
        return in_a_sentence(self.title)

    def field(self, name: str) -> Field:
        """Return the field called `name`. Raises KeyError when the table has none."""
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(f"{self.name}.{name}")

    @property
    def mapped(self) -> tuple[Field, ...]:
        """The fields that a file can fill."""
        return tuple(field for field in self.fields if not field.derived)
