"""What is shown this quarter: the deck of a review, slide by slide, from frozen numbers, and past reviews."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.review.review_page import review_page

PAGE = Page(__file__, title="Review", section="Act", position=3, warm_up=False)

review_page(PAGE)
