"""The field that an answer groups accounts by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from cs_dash.errors import UnknownOption, nearest
from cs_dash.questions.request import QuestionRequest
from cs_dash.schema.tables import DIMENSIONS


def first_dimension(values: Mapping[str, int]) -> str:
    """Return the well-known dimension that accounts are grouped by without a choice; "" where there is none.

    Args:
        values: {field: how many values of it the accounts have}; with one value there are no groups to compare.
    """
    return next((name for name in DIMENSIONS if values.get(name, 0) > 1), "")


def grouping_field(request: QuestionRequest, *extra_fields: str, option: str = "field") -> str:
    """Return the field that `option` of the request names: a dimension of the accounts, or one of `extra_fields`.

    Without a choice it is the first well-known dimension (segment, plan, region ...) of which the accounts have more
    than one value, else the first of `extra_fields`, else "". A column that only this company's files have is never a
    default: it may be an outcome ("churn category"), and grouping by an outcome explains nothing.

    Raises:
        UnknownOption: no account has the field.
    """
    values = Counter(request.rows("dimension_values")["field"].to_pylist())
    fields = list(values)
    chosen = request.options.get(option)
    if chosen is None:
        return first_dimension(values) or next(iter(extra_fields), "")
    if chosen not in (*fields, *extra_fields):
        text = f"Could not group by {chosen} because no account has that field."
        raise UnknownOption("Unknown field", text, nearest(chosen, [*fields, *extra_fields]))
    return chosen
