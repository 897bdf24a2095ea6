"""Which field an answer groups accounts by."""

from __future__ import annotations

from cs_dash.errors import UnknownOption, nearest
from cs_dash.questions.request import QuestionRequest
from cs_dash.schema.tables import DIMENSIONS


def grouping_field(request: QuestionRequest, *others: str, option: str = "field") -> str:
    """Return the field that the option names (`field`, unless told): a dimension of the accounts, or one of `others`.

    Without a choice it is the first well-known dimension that the accounts have (segment, plan, region ...), else the
    first of `others`, else "". A column that only this company's files have is never chosen by itself: it may be an
    outcome ("churn category"), and grouping by an outcome explains nothing.

    Raises:
        UnknownOption: no account has the field.
    """
    fields = list(dict.fromkeys(request.rows("dimension_values")["field"].to_pylist()))
    chosen = request.options.get(option)
    if chosen is None:
        known = [name for name in DIMENSIONS if name in fields]
        return next(iter((*known, *others)), "")
    if chosen not in (*fields, *others):
        text = f"Could not group by {chosen} because no account has it."
        raise UnknownOption("Unknown field", text, nearest(chosen, [*fields, *others]))
    return chosen
