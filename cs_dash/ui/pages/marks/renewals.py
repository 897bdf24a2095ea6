"""Behind the marks of renewals: what is due, was renewed or was lost in a quarter."""

from __future__ import annotations

from cs_dash.questions.retention.renewals import UNSETTLED
from cs_dash.ui.components.show import MarkedRows
from cs_dash.ui.components.show.marks import Row
from cs_dash.ui.pages.marks.context import MarkContext, Opening


def _due(context: MarkContext, row: Row) -> MarkedRows | None:
    quarter, band = row["quarter"], row["band"]

    def counts(renewal: Row) -> bool:
        return (renewal["status"], renewal["quarter"], renewal["band"]) == ("open", quarter, band)

    ask = context.ask_for(counts, "retention.renewals")
    return MarkedRows(f"Renewals due in {quarter}: {band}", ask, "renewal", "open")


def _settled(context: MarkContext, row: Row) -> MarkedRows | None:
    quarter, column = row["quarter"], "lost" if row["what"] == "Lost" else "renewed"

    def counts(renewal: Row) -> bool:
        return bool(renewal["quarter"] == quarter and renewal["status"] not in UNSETTLED and renewal[column])

    ask = context.ask_for(counts, "retention.renewals")
    return MarkedRows(f"Renewals of {quarter}: {row['what'].lower()}", ask, "renewal", column)


OPENINGS = {
    ("retention.renewals", "renewals"): Opening(_due),
    ("retention.renewals", "renewed"): Opening(_settled),
}
