"""The frame around every page: the browser's tab, the style sheet, the navigation."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from cs_dash.ui import address
from cs_dash.ui.places import sections
from cs_dash.ui.style import css

st.set_page_config(
    page_title="cs_dash", page_icon=str(Path(__file__).parent / "static" / "icon.png"), layout="wide", menu_items={}
)
st.html(css())
address.carry()
shown = st.navigation(sections(), position="top")
address.arrived()
shown.run()
