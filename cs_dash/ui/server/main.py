"""The frame around every page: layout and addresses. The first HTML brings the rail, the style sheet and the icon."""

from __future__ import annotations

import streamlit as st

from cs_dash.pipeline import identify_by
from cs_dash.ui.components.navigation import navigation_pages
from cs_dash.ui.state import address, keys
from cs_dash.ui.state.person import actor

# The browser keeps it as long as it keeps the session, so it need not come with every click.
if not st.session_state.get(keys.TAB_CONFIGURED):
    st.set_page_config(layout="wide", menu_items={})
    st.session_state[keys.TAB_CONFIGURED] = True
identify_by(actor)
address.carry_scope()
page = st.navigation(navigation_pages(), position="hidden")
address.remember_page()
page.run()
