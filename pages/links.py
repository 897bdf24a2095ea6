"""Which links were shared, what each shows, and who opened them how often."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.sharing.shared_links_page import shared_links_page

PAGE = Page(__file__, title="Shared links", section="Data", position=7, right="SHARE")

shared_links_page(PAGE.title)
