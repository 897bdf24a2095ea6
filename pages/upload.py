"""Files in."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.data.upload_page import upload_page

PAGE = Page(
    __file__,
    title="Upload",
    section="Data",
    position=1,
    right="LOAD",
    old_addresses=("data",),
)

upload_page(PAGE.title)
