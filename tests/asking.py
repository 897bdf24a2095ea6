"""Ask one question function of a small company, without the list of all questions."""

from __future__ import annotations

from collections.abc import Callable

from cs_dash.answer import Answer
from cs_dash.questions.request import Asked
from cs_dash.schema.tables import TABLES
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse

EVERYTHING = Scope(period="all")


def ask(warehouse: Warehouse, answer: Callable[[Asked], Answer], scope: Scope = EVERYTHING, **options: str) -> Answer:
    """Return what `answer` says of the warehouse in `scope`, resolved as the catalogue resolves it."""
    filled = frozenset(row["table_name"] for row in warehouse("filled_tables").to_pylist()) & TABLES.keys()
    asked = Asked(
        question=answer.__name__,
        rows=warehouse,
        scope=scope.resolved(warehouse.newest_day()),
        options=options,
        currency=warehouse.currency(),
        definitions=warehouse.definitions,
        filled=filled,
    )
    return answer(asked)
