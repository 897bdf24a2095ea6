"""One account by its id or name: what every question about a single account begins with."""

from __future__ import annotations

from typing import Any

from cs_dash.errors import UnknownOption, nearest
from cs_dash.questions.request import QuestionRequest

Row = dict[str, Any]
MOST_NAMED = 20
"""Where more accounts than this are known, a hint does not list them all."""


def account_card(request: QuestionRequest) -> Row:
    """Return the row of `account_card` of the account that option `account` names by its id, or by its exact name.

    Where nothing has a date, what depends on a day is empty. Raises UnknownOption where none or no such one is named.
    """
    name = request.options.get("account", "").strip()
    if not name:
        raise UnknownOption(
            "No account given",
            f"Could not ask {request.question} because it is about one account.",
            "Give its ID: --option account=ID.",
        )
    for account_id in (name, *_ids_of(request, name)):
        rows = request.rows("account_card", of_account=account_id, as_of_day=request.scope.as_of).to_pylist()
        if rows:
            row: Row = rows[0]
            return row
    names = [text for row in request.rows("account_names").to_pylist() for text in (row["account_id"], row["account"])]
    hint = nearest(name, names)
    if not hint.startswith("Did") and len(names) > MOST_NAMED:
        hint = "Use the account ID from the files."
    raise UnknownOption("No such account", f"Could not find account {name} because it is not in the data.", hint)


def _ids_of(request: QuestionRequest, name: str) -> list[str]:
    rows = request.rows("account_names").to_pylist()
    return [row["account_id"] for row in rows if row["account"].casefold() == name.casefold()]
