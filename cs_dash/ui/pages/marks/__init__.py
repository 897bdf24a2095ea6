"""What a click on a mark opens: for each chart of each question, the question that lists what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from cs_dash import page_registry as registry
from cs_dash.charts import Chart
from cs_dash.ui.components.show import ChartMarks
from cs_dash.ui.components.tables.links import ACCOUNT
from cs_dash.ui.pages.marks import churn, health, renewals, retention, roadmap, support
from cs_dash.ui.pages.marks.context import MarkContext, Opening

OPENINGS: Mapping[tuple[str, str], Opening] = {
    **churn.OPENINGS, **health.OPENINGS, **renewals.OPENINGS, **retention.OPENINGS, **roadmap.OPENINGS,
    **support.OPENINGS,
}  # fmt: skip
"""(question, chart) -> what its marks open."""


def marks_of(question: str, chart: Chart, context: MarkContext) -> ChartMarks | None:
    """Return what the marks of a question's chart open; None where they open nothing."""
    opening = OPENINGS.get((question, chart.name))
    if opening is None or (opening.accounts and ACCOUNT.page not in registry.by_name()):
        return None
    opens, current = opening.opens or chart.opens or "", partial(opening.current, context)
    return ChartMarks(partial(opening.rows, context), opens, opening.accounts, current)
