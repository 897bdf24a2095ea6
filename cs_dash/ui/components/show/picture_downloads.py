"""A chart of a page as a file: PNG and SVG, with its title, the scope and the source."""

from __future__ import annotations

import threading
from functools import cache, partial

import streamlit as st

from cs_dash.charts import Chart
from cs_dash.look import words
from cs_dash.look.captioned_picture import captioned_svg
from cs_dash.look.chart_images import png_of, warm_up
from cs_dash.look.scope_text import scope_text
from cs_dash.look.theme import ThemeName
from cs_dash.ui.components import controls
from cs_dash.ui.components.scope_bar import scope_of_query
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import address, answers, session

OFFERED = "picture"
"""The name in the address of the chart that is offered as a file."""


def picture_downloads(chart: Chart) -> None:
    """Offer a chart as PNG and as SVG, drawn in the theme of the page when asked for."""
    _start_engine()
    kind: ThemeName = "dark" if st.context.theme.type == "dark" else "light"
    scope, source = _scope_and_source()
    svg = partial(captioned_svg, chart, scope=scope, source=source, name=kind, locale=locale())
    file_name = chart.name.replace("_", "-")
    with st.container(horizontal=True, key=f"picture_{chart.name}", gap="small"):
        controls.download_button(
            "PNG",
            lambda: png_of(svg()),
            f"{file_name}.png",
            "image/png",
            key=f"png_{chart.name}",
            on_click="ignore",
        )
        controls.download_button(
            "SVG",
            lambda: svg().encode(),
            f"{file_name}.svg",
            "image/svg+xml",
            key=f"svg_{chart.name}",
            on_click="ignore",
        )


@cache
def _start_engine() -> None:
    """Start the drawing engine once, while the reader chooses."""
    threading.Thread(target=warm_up, name="drawing-engine", daemon=True).start()


def _scope_and_source() -> tuple[str, str]:
    """Return the scope of the page in words, and which data it shows; "" for both while nothing is loaded."""
    version = session.current_version()
    if version is None:
        return "", ""
    dimensions = answers.dimensions(session.Snapshot.of(version))
    scope = scope_of_query(address.read(), dimensions)[0].resolved(version.newest_day)
    of_day = f"Data as of {words.date(scope.as_of, locale())}, " if scope.as_of else ""
    return scope_text(scope, locale()), f"{of_day}load {version.number}"
