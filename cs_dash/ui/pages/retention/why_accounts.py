"""The accounts behind a figure, without the rows that add them up: the sentence of the page has those."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import pyarrow.compute as pc

from cs_dash.answer import Answer

SAME_IN_EVERY_ROW = ("step", "value")


def accounts_behind(calculation: Future[Answer]) -> Future[Answer]:
    """Return the answer to `retention.why` with the rows of accounts only, and without what is the same in each."""
    answer = calculation.result()
    if answer.rows.num_rows:
        rows = answer.rows.filter(pc.is_valid(answer.rows["account_id"]))
        by_month = len(pc.unique(rows["month_end"])) > 1
        hidden = SAME_IN_EVERY_ROW if by_month else (*SAME_IN_EVERY_ROW, "month_end")
        answer = replace(
            answer,
            rows=rows,
            columns=tuple(column for column in answer.columns if column.name not in hidden),
        )
    accounts: Future[Answer] = Future()
    accounts.set_result(answer)
    return accounts
