"""Who loaded, decided, shared, opened, downloaded and signed in, and when."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.sharing.audit_trail_page import audit_trail_page

PAGE = Page(__file__, title="Audit trail", section="Data", position=8, right="PEOPLE")

audit_trail_page(PAGE.title)
