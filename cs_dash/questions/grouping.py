"""The field that an answer groups accounts by."""

from __future__ import annotations

from cs_dash.errors import UnknownOption, nearest
from cs_dash.questions.request import QuestionRequest
from cs_dash.schema.tables import DIMENSIONS


def grouping_field(request: QuestionRequest, *extra_fields: str, option: str = "field") -> str:
    """Return the field that `option` of the request names: a dimension of the accounts, or one of `extra_fields`.

    Without a choice it is the first well-known dimension that the accounts have (segment, plan, region ...), else the
    first of `extra_fields`, else "". A column that only this company's files have is never a default: it may be an
    outcome ("churn category"), and grouping by an outcome explains nothing.

    Raises:
        UnknownOption: no account has the field.
    """
    fields = list(dict.fromkeys(request.rows("dimension_values")["field"].to_pylist()))
    chosen = request.options.get(option)
    if chosen is None:
        well_known = [name for name in DIMENSIONS if name in fields]
        return next(iter((*well_known, *extra_fields)), "")
    if chosen not in (*fields, *extra_fields):
        text = f"Could not group by {chosen} because no account has that field."
        raise UnknownOption("Unknown field", text, nearest(chosen, [*fields, *extra_fields]))
    return chosen
