"""From answers to the screen. Nothing is computed here: what is shown is what was answered."""

from cs_dash.ui.components.show.answers import PageContent, show
from cs_dash.ui.components.show.charts import Choice
from cs_dash.ui.components.show.marks import ChartMarks, MarkedRows

__all__ = ["ChartMarks", "Choice", "MarkedRows", "PageContent", "show"]
