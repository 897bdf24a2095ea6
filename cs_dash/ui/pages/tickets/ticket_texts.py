"""Whether the tickets of a period have a text, without which nobody can classify them."""

from __future__ import annotations

from cs_dash.questions.support.period import in_words
from cs_dash.ui.pages.page import View


def without_text(view: View) -> str:
    """Return the sentence that no ticket of the period has a text; "" where one has, or where there is no ticket."""
    scope = view.scope.resolved(view.snapshot.warehouse.newest_day())
    (counts,) = view.snapshot.warehouse(
        "ticket_texts", start_day=scope.start, end_day=scope.end, wanted=scope.filters_json
    ).to_pylist()
    if not counts["tickets"] or counts["with_text"]:
        return ""
    return f"Nothing to audit, {in_words(scope)}: no ticket has a subject or a message to read."
