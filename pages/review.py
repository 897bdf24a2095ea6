"""What is shown this quarter: the deck of a review, slide by slide, from frozen numbers, and past reviews."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.review.review_page import review_page

PAGE = Page(
    __file__,
    title="Review",
    section="Act",
    position=3,
    more_questions=("overview.summary", "overview.changes", "overview.at_risk", "health.accounts", "health.bands",
                    "retention.summary", "retention.bridge", "retention.cohorts", "retention.renewals",
                    "churn.summary", "churn.reasons", "churn.product", "support.howto", "support.topics",
                    "support.articles", "support.content_plan", "roadmap.opportunities", "roadmap.order",
                    "roadmap.askers", "roadmap.impact", "roadmap.ship_rates", "roadmap.decisions", "alignment.goals",
                    "data.quality"),
    warm_up=False,
)  # fmt: skip

review_page(PAGE)
