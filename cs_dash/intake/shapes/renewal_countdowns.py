"""Columns that count down to the renewal, "days to renewal": the day itself is computed from the day of the sheet."""

from __future__ import annotations

import re
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, missing, money
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.intake.shapes.history import months_after
from cs_dash.intake.shapes.reporting_days import snapshot_day
from cs_dash.schema import names

_RENEWAL = re.compile(
    r"\b(renew\w*|verlanger\w*|renovac\w*|renovar|renouvel\w*|продлен\w*|contract end|expir\w*|vencim\w*|vertragsende|"
    r"ablauf|echeance|окончан\w*)\b|续约|续费|到期"
)
_DAYS = re.compile(r"\b(days?|tage?n?|dias?|jours?|дн\w+)\b|天")
_MONTHS = re.compile(r"\b(months?|monate?n?|meses|mes|mois|месяц\w*)\b|个月")
_PAST = re.compile(r"\b(since|after|seit|desde|depuis|apres|despues|после|с момента|between|notice|grace)\b|已过")
_MOST_DAYS = 3_660


def dated_by_countdown(draft: TypedRows) -> None:
    """Fill the renewal date of a sheet that has none from a column that counts the days or months to it.

    The day from which it counts is that of the sheet, else the day that undated data describe; the report says it.
    """
    if draft.table.name not in ("accounts", "subscriptions") or "renewal_date" in draft.columns:
        return
    used = {match.column for match in draft.matches}
    for at, name in enumerate(draft.block.names):
        plain = names.folded(name)
        is_months = not _DAYS.search(plain) and bool(_MONTHS.search(plain))
        if at in used or not _RENEWAL.search(plain) or _PAST.search(plain) or not (is_months or _DAYS.search(plain)):
            continue
        cells = missing.without_missing(arrays.whole(draft.block.rows.column(at)), missing.NO_VALUE)
        sign = money.decimal(pc.unique(cells).drop_null().slice(0, 100).to_pylist())
        counts = [money.number(text, sign) if text else None for text in cells.to_pylist()]
        known = [count for count in counts if count is not None]
        if len(known) < 0.8 * (len(cells) - cells.null_count) or not known or max(map(abs, known)) > _MOST_DAYS:
            continue
        day = snapshot_day(draft.context, draft.sheet)
        days = [
            None if count is None else months_after(day, count) if is_months else day + timedelta(days=round(count))
            for count in counts
        ]
        draft.columns["renewal_date"] = pa.array(days, pa.date32())
        draft.assumed.add("renewal_date")
        field = draft.table.field("renewal_date")
        draft.extra_matches.append(ColumnMatch(at, field, 0.9, f"computed: counted from {day.isoformat()}", 1.0))
        unread = np.array([text is not None for text in cells.to_pylist()]) & np.array([c is None for c in counts])
        if unread.any():
            texts = cells.take(pa.array(np.flatnonzero(unread))).to_pylist()
            advice = "Correct it. The value was ignored; the row was loaded."
            draft.faults.add(np.flatnonzero(unread), name, texts, "Not a number.", advice, False)
        draft.assumptions.append(
            f"The renewal dates are computed: {name} counted from {day.isoformat()}, in {len(known):,} of "
            f"{len(draft):,} rows. Set the “As-of date” if the sheet has another reference date."
        )
        return
