"""From answers to the screen. Nothing is computed here: what is shown is what was answered."""

from cs_dash.ui.show.answers import Sheet, show

__all__ = ["Sheet", "show"]
