"""By which dimension accounts are grouped without a choice."""

from __future__ import annotations

from cs_dash.questions.grouping import first_dimension
from cs_dash.schema.tables import DIMENSIONS


def test_accounts_are_grouped_by_the_first_dimension_with_groups_to_compare() -> None:
    first, second, *_ = DIMENSIONS
    assert first_dimension({second: 2, first: 3}) == first
    assert first_dimension({first: 1, second: 2}) == second
    assert not first_dimension({first: 1})
    assert not first_dimension({"status": 4})
