"""From answers to the screen. Nothing is computed here: what is shown is what was answered."""

from cs_dash.ui.show.answers import Sheet, show
from cs_dash.ui.show.charts import Choice

__all__ = ["Choice", "Sheet", "show"]
