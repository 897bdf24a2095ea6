"""All reviews, newest first, each with the numbers that it showed; and the form that starts another one."""

from __future__ import annotations

from collections.abc import Sequence

from cs_dash.decisions.reviews.records import Review
from cs_dash.look.templates import render
from cs_dash.pipeline import Version
from cs_dash.sharing import Right
from cs_dash.ui.components.html import html
from cs_dash.ui.pages.data.versions import by_whom, moment
from cs_dash.ui.pages.review.review_words import accounts_words, load_words, quarter_title
from cs_dash.ui.pages.review.start_form import start_form
from cs_dash.ui.state import address
from cs_dash.ui.state.reader import may


def history_tab(listed: Sequence[Review], version: Version) -> None:
    """Show every review as a line that opens it as it was."""
    html(render("review/history.html", reviews=[_line(review) for review in reversed(listed)]))
    if may(Right.REVIEW):
        start_form(version, listed)


def _line(review: Review) -> dict[str, object]:
    closed = f"closed {moment(review.closed_at)}{by_whom(review.closed_by)}" if review.closed_at else "open"
    return {
        "title": quarter_title(review),
        "href": address.link("review", review=review.review_id),
        "accounts": accounts_words(review.filters),
        "state": closed,
        "open": review.is_open,
        "numbers": load_words(review.numbers),
        "started": f"started {moment(review.started_at)}{by_whom(review.started_by)}",
    }
