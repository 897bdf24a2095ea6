"""What a reader chose in a table: it lives in the address, so that a link, a reload and Back show the same rows."""

from __future__ import annotations

from dataclasses import dataclass

from cs_dash.ui.state import address

SORT, PAGE, FIND, COLUMNS, OPEN = "sort", "rows", "find", "columns", "open"
NAMES = (SORT, PAGE, FIND, COLUMNS, OPEN)
LONGEST = 200
"""Letters of a search that are looked for."""
MOST_CARRIED = 2_000
"""Letters of a name and its values in an address that the links of a table repeat; more is no choice of anybody's."""
DRAWER = "drawer"
"""The prefix of the table in the drawer."""
MARK = "mark"


@dataclass(frozen=True)
class TableChoices:
    """The choices of one table.

    Attributes:
        prefix: what stands before the names in the address, where a page has more than one table; "" for the first.
        query: the whole query of the address.
        opened_as: what the opened row is called in the address, where a page has a word of its own for it.
    """

    prefix: str
    query: address.Query
    opened_as: str = ""

    @classmethod
    def of_address(cls, prefix: str = "", opened_as: str = "") -> TableChoices:
        """Return the choices that the address holds for the table with this prefix."""
        query = address.read()
        carried = {name: values for name, values in query.items() if len(name) + len(str(values)) < MOST_CARRIED}
        return cls(prefix, carried, opened_as)

    def name(self, choice: str) -> str:
        """Return what a choice is called in the address."""
        if choice == OPEN and self.opened_as:
            return self.opened_as
        return f"{self.prefix}.{choice}" if self.prefix else choice

    def value(self, choice: str) -> str:
        """Return a choice, "" where there is none."""
        return str((self.query.get(self.name(choice)) or [""])[-1])

    @property
    def sort(self) -> str:
        """The name of the column that the rows are sorted by; "" where they stand as answered."""
        return self.value(SORT).removeprefix("-")

    @property
    def descending(self) -> bool:
        """Whether the largest comes first."""
        return self.value(SORT).startswith("-")

    @property
    def page(self) -> int:
        """The number of the page of rows, from 1; it may lie beyond the last one."""
        number = self.value(PAGE)
        return max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 9 else 1

    @property
    def find(self) -> str:
        """What is searched for."""
        return self.value(FIND).strip()[:LONGEST]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the chosen columns; () for those that are shown at first."""
        return tuple(name for name in self.value(COLUMNS).split(",") if name)

    @property
    def opened(self) -> str:
        """The key of the row that is open in the drawer; "" for none."""
        return self.value(OPEN)

    def href(self, **changes: str) -> str:
        """Return the link to the same view with some of the table's choices changed; "" takes one out.

        What is open in the drawer is closed, unless the table stands in the drawer itself.
        """
        query = self.query if self.prefix == DRAWER else without_drawer(self.query, self.name(OPEN))
        return address.here({**query, **{self.name(choice): [value] for choice, value in changes.items()}})


def without_drawer(query: address.Query, *more_names: str) -> dict[str, list[str]]:
    """Return a query without what opens the drawer, and without the choices of the table in it.

    `more_names`: names under which charts of the page open something.
    """
    closed = {MARK, *more_names}
    return {
        name: list(values)
        for name, values in query.items()
        if name not in closed and name.rpartition(".")[2] != OPEN and not name.startswith(f"{DRAWER}.")
    }
