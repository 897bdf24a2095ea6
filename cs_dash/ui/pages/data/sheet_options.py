"""The choices about a sheet that its sentences name, each as a control: the date order, the year, its day ..."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import streamlit as st

from cs_dash.intake.results.sheet_options import SHEET_OPTIONS, SheetOption, named_options
from cs_dash.ui.components import controls
from cs_dash.ui.state import pending_uploads

YEARS = 12
AUTOMATIC = "Automatic"


def sheet_options(columns: Sequence[str], sentences: Sequence[str], stored: Mapping[str, str], key: str) -> None:
    """Offer every choice that the sentences about a sheet name, and those already made; a choice is read at once.

    `stored`: what was chosen for such sheets before.
    """
    chosen = {**stored, **_chosen(tuple(columns))}
    named = named_options(sentences)
    for option in SHEET_OPTIONS.values():
        if option in named or option.name in chosen:
            _control(option, tuple(columns), chosen.get(option.name, ""), f"{key}_{option.name}_option")


def _chosen(columns: tuple[str, ...]) -> Mapping[str, str]:
    """Return the options that were chosen for the sheets with these columns; "" for one that was taken back."""
    chosen: dict[str, str] = {}
    for layout in pending_uploads.decided_layouts():
        if layout.columns == columns:
            chosen |= layout.options
    return chosen


def _control(option: SheetOption, columns: tuple[str, ...], value: str, key: str) -> None:
    def decide() -> None:
        """Read the files anew with what was picked; nothing picked takes the choice back."""
        picked = st.session_state[key]
        text = "" if picked in (None, AUTOMATIC) else str(picked)
        pending_uploads.decide(columns, options={option.name: text})

    if option.entry == "day":
        day = dt.date.fromisoformat(value) if value else None
        controls.date_input(option.title, value=day, format="YYYY-MM-DD", width=170, key=key, on_change=decide)
        if value:
            controls.button(
                f"{option.title}: automatic", key=f"{key}_back", type="tertiary",
                on_click=pending_uploads.decide, args=(columns, None, None, {option.name: ""}),
            )  # fmt: skip
    elif option.entry == "year":
        newest = dt.datetime.now(dt.UTC).year + 1
        years = [AUTOMATIC, *(str(year) for year in range(newest, newest - YEARS, -1))]
        years += [value] if value and value not in years else []
        controls.selectbox(
            option.title, years, index=years.index(value) if value else 0, width=140, key=key, on_change=decide
        )
    else:
        meanings = {AUTOMATIC: AUTOMATIC, **dict(option.values)}
        controls.segmented_control(
            option.title, list(meanings), format_func=lambda choice: meanings[choice],
            default=value if value in meanings else AUTOMATIC, key=key, on_change=decide,
        )  # fmt: skip
