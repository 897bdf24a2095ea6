"""The presentation of a review in the app: its slides (`slides_route`), and decisions (`decision_forms`)."""

from cs_dash.ui.server.presentation.slides_route import routes

__all__ = ["routes"]
