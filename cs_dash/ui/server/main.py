"""The frame around every page: the browser's tab and the navigation. The shell brings the style sheet and the icon."""

from __future__ import annotations

import streamlit as st

from cs_dash.ui.components.navigation import navigation_pages
from cs_dash.ui.state import address, keys

# The browser keeps it as long as it keeps the session, so it need not come with every click.
if not st.session_state.get(keys.TAB_CONFIGURED):
    st.set_page_config(page_title="cs_dash", layout="wide", menu_items={})
    st.session_state[keys.TAB_CONFIGURED] = True
address.carry_scope()
page = st.navigation(navigation_pages(), position="top")
address.remember_page()
page.run()
