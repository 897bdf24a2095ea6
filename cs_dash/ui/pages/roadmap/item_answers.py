"""What a product manager asks of an item, each answered in a sentence with its caveat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Any

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.ui.components.html import html
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import address

MOST_TOPICS = 3
ASSOCIATION = "An association: accounts that ask differ in other ways, too."


def item_answers(view: View, item_id: str, evidence: Answer, topics: Future[Answer] | None, *, shipped: bool) -> None:
    """Show the four answers; what the data cannot tell is left out.

    `evidence`: the answer to roadmap.item. `topics`: that to roadmap.other_topics, None without tickets. `shipped`:
    whether there is something to tell already.
    """
    churn = view.ask("roadmap.churn", item=item_id)
    lines = [
        _line("Who, how much, and when do they renew?", _without_title(evidence.headline)),
        _churn_line(churn.result()),
        _topics_line(topics) if topics else {},
        _to_tell_line(evidence, shipped=shipped),
    ]
    with st.container(border=True, key="item_answers"):
        html(render("components/chart_title.html", title="What product managers ask", note=""))
        html(render("roadmap/answers.html", lines=[line for line in lines if line]))


def _line(asked: str, text: str, *, caveat: str = "", links: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    return {"asked": asked, "text": text, "caveat": caveat, "links": links}


def _without_title(headline: str) -> str:
    """Return the sentence without the item's title, which stands above it already."""
    text = headline.partition("”: ")[2] or headline
    return text[:1].upper() + text[1:]


def _churn_line(answer: Answer) -> dict[str, Any]:
    if answer.missing_tables or answer.figure("churned_share").value is None:
        return {}
    return _line("Will customers leave without it?", answer.headline, caveat=ASSOCIATION)


def _topics_line(future: Future[Answer]) -> dict[str, Any]:
    answer = future.result()
    rows = answer.rows.to_pylist()[:MOST_TOPICS] if not answer.missing_tables else []
    links = [
        {
            "text": f"{str(row['label']).split(' · ')[0]} ({words.plural(row['tickets'], 'ticket', locale=locale())})",
            "href": address.link("topics", topic=row["topic"]),
        }
        for row in rows
    ]
    return _line("What else did they ask?", "Most often:", links=links) if rows else {}


def _to_tell_line(evidence: Answer, *, shipped: bool) -> dict[str, Any]:
    names = {figure.name: figure for figure in evidence.figures}
    waiting = names["to_tell"].value if "to_tell" in names else None
    if waiting is None or not evidence.rows.num_rows:
        return {}
    if not waiting:
        return _line("Who must be told?", "All accounts that pay and asked have been told." if shipped else "Nobody.")
    text = f"**{words.plural(waiting, 'account', locale=locale())}** that pay and asked"
    later = "have not been told yet." if shipped else "once it ships."
    return _line("Who must be told?", f"{text} {later}" if shipped else f"{text}, {later}")
