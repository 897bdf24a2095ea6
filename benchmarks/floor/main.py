"""Bare pages: what was recorded of ours in four scopes, constant data all. No question, no scope, no cache of answers.

It has one control of each kind that ours has. A click shows another recording, so that the browser has as much to draw
as with ours: another period that of another period, a filter that of a filter, a comparison that of a comparison.
Between the last periods nothing differs, so that it has nothing to draw, as with ours when it offers days to choose.

It stands alone: `python -m benchmarks` copies this folder to a temporary one, beside the recording.
"""

from __future__ import annotations

import datetime as dt
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
PERIODS = ("12 months", "This quarter", "6 months", "3 months", "All", "Custom")
DAYS = (dt.date(2026, 1, 1), dt.date(2026, 6, 30))
VALUES = tuple(f"Value {at}" for at in range(40))
COMPARED = ("Previous period", "Same period a year before", "Nothing")


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
    """Take the filters and the comparison back."""
    st.session_state.update(segment=[], further=[], compare=COMPARED[0])


def control() -> int:
    """Offer something to click and return which of the recordings is wanted."""
    with st.container(horizontal=True):
        period = st.pills("Period", PERIODS, default=PERIODS[0], label_visibility="collapsed", key="period")
        if period == "Custom":
            st.date_input("Days", DAYS, label_visibility="collapsed")
        with st.popover("Segment"):
            values = st.multiselect("Segment", VALUES, key="segment")
        with st.popover("More"):
            compared = st.selectbox("Compare with", COMPARED, key="compare")
            further = st.multiselect("Industry", VALUES, key="further")
        if values or further or compared != COMPARED[0]:
            st.button("Reset", on_click=clear)
    if period != "Custom":
        st.session_state["last"] = int(period != PERIODS[0])
    if values or further:
        return 2
    return 3 if compared != COMPARED[0] else int(st.session_state.get("last", 0))


def items(listed: list[dict[str, Any]]) -> None:
    """Send recorded elements, those of one row of columns side by side."""
    for row, group in groupby(listed, key=lambda item: item["row"]):
        if row is None:
            for item in group:
                send(item)
            continue
        row_items = list(group)
        columns = st.columns(max(item["column"] for item in row_items) + 1, gap="small")
        for item in row_items:
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
        scope_content = content["scopes"][control()]
        if scope_content["figures"]:
            for column, (label, value) in zip(
                st.columns(len(scope_content["figures"])), scope_content["figures"], strict=True
            ):
                column.metric(label, value)
        items(scope_content["items"])

    script.__name__ = content["page"]
    return script


st.set_page_config(page_title="floor", layout="wide")
st.navigation(
    [
        st.Page(page(content), title=content["page"].capitalize(), url_path=content["page"], default=at == 0)
        for at, content in enumerate(recorded())
    ],
    position="top",
).run()
