"""Files in."""

from cs_dash.ui.pages.data.upload_page import upload_page
from cs_dash.ui.registry import Page

PAGE = Page(
    __file__,
    title="Upload",
    section="Data",
    position=1,
    old_addresses=("data",),
)

upload_page(PAGE.title)
