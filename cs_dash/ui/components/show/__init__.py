"""From answers to the screen. Nothing is computed here: what is shown is what was answered."""

from cs_dash.ui.components.show.answers import PageContent, show
from cs_dash.ui.components.show.charts import Choice, Drill

__all__ = ["Choice", "Drill", "PageContent", "show"]
