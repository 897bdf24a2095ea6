"""The frame around every page: layout and addresses. The first HTML brings the rail, the style sheet and the icon."""

from __future__ import annotations

import streamlit as st

from cs_dash import page_registry as registry
from cs_dash.errors import NotAllowed
from cs_dash.look.templates import render
from cs_dash.pipeline import identify_by
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html
from cs_dash.ui.components.navigation import navigation_pages
from cs_dash.ui.server import sign_in_settings
from cs_dash.ui.server.by_link import come_by_link, not_open, refuse_link
from cs_dash.ui.server.sign_in_page import content, invitation
from cs_dash.ui.state import address, keys
from cs_dash.ui.state.person import actor
from cs_dash.ui.state.reader import current_visit, reader, signed_in

# The browser keeps it as long as it keeps the session, so it need not come with every click.
if not st.session_state.get(keys.TAB_CONFIGURED):
    st.set_page_config(layout="wide", menu_items={})
    st.session_state[keys.TAB_CONFIGURED] = True
identify_by(actor)
address.carry_scope()
page = st.navigation(navigation_pages(), position="hidden")
try:
    who = reader(fresh=True)
    come_by_link()
except NotAllowed as shut:
    refuse_link(shut)
    st.stop()
if who.kind == "nobody":
    # The door lets nobody in; whose session ended while a page stood open comes here.
    with guarded():
        wanted = address.href(page.url_path, address.read()).removeprefix(".")
        html(content(invitation(signed_in(current_visit()), wanted)))
    st.stop()
address.remember_page()
if sign_in_settings.is_open():
    html(render("server/open_note.html"))
opened = registry.by_name().get(page.url_path, registry.home())
if who.may_open(opened):
    page.run()
else:
    not_open(opened, who)
