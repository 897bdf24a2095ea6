"""Bare pages: what was recorded of ours in three scopes, constant data all. No question, no scope, no cache of answers.

A click shows another recording, so that the browser has as much to draw as with ours: another period that of another
period, a filter that of a filter. Between the last three periods nothing differs, so that it has nothing to draw.

It stands alone: `python -m benchmarks` copies this folder to a temporary one, beside the recording.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import streamlit as st

RECORDED = Path(os.environ["CS_DASH_FLOOR"])
PERIODS = ("12 months", "This quarter", "6 months", "3 months", "All")
VALUES = tuple(f"Value {at}" for at in range(40))


@cache
def recorded() -> list[dict[str, Any]]:
    """Return the pages, in the order of the navigation."""
    pages: list[dict[str, Any]] = json.loads((RECORDED / "pages.json").read_text(encoding="utf-8"))
    return pages


@cache
def rows(file: str) -> pa.Table:
    """Return recorded rows."""
    with pa.OSFile(str(RECORDED / file)) as source, pa.ipc.open_stream(source) as reader:
        return reader.read_all()


def clear() -> None:
    """Take the filter back."""
    st.session_state["segment"] = []


def control() -> int:
    """Offer something to click and return which of the three recordings is wanted."""
    with st.container(horizontal=True):
        period = st.pills("Period", PERIODS, default=PERIODS[0], label_visibility="collapsed", key="period")
        with st.popover("Segment"):
            values = st.multiselect("Segment", VALUES, key="segment")
        if values:
            st.button("Reset", on_click=clear)
    return 2 if values else int(period != PERIODS[0])


def items(listed: list[dict[str, Any]]) -> None:
    """Send recorded elements, those of one row of columns side by side."""
    for row, group in groupby(listed, key=lambda item: item["row"]):
        if row is None:
            for item in group:
                send(item)
            continue
        beside = list(group)
        columns = st.columns(max(item["column"] for item in beside) + 1, gap="small")
        for item in beside:
            with columns[item["column"]].container(border=True):
                send(item)


def send(item: dict[str, Any]) -> None:
    """Send one recorded element."""
    match item["kind"]:
        case "chart":
            st.vega_lite_chart(rows(item["rows"]), item["spec"], theme=None, key=item["key"])
        case "table":
            st.dataframe(rows(item["rows"]), hide_index=True, row_height=item["row_height"], height=item["height"])
        case "text":
            st.html(item["body"])
        case "upload":
            st.file_uploader("Files", accept_multiple_files=True)
        case "expander":
            with st.expander(item["label"], expanded=item["expanded"]):
                items(item["items"])


def page(content: dict[str, Any]) -> Callable[[], None]:
    """Return the script of one page."""

    def script() -> None:
        st.title(content["title"])
        shown = content["scopes"][control()]
        if shown["figures"]:
            for column, (label, value) in zip(st.columns(len(shown["figures"])), shown["figures"], strict=True):
                column.metric(label, value)
        items(shown["items"])

    script.__name__ = content["page"]
    return script


st.set_page_config(page_title="floor", layout="wide")
st.navigation(
    [
        st.Page(page(each), title=each["page"].capitalize(), url_path=each["page"], default=at == 0)
        for at, each in enumerate(recorded())
    ],
    position="top",
).run()
