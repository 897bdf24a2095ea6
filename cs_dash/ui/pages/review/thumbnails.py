"""Small drawings of the charts of slides, each made once."""

from __future__ import annotations

import base64

from cs_dash.look.chart_images import chart_svg, without_words
from cs_dash.look.theme import ThemeName
from cs_dash.review.deck import Slide
from cs_dash.store.cache import SingleFlightCache
from cs_dash.ui.state.session import Snapshot

WIDTH, HEIGHT = 240, 135
_DRAWINGS = SingleFlightCache[str](8 << 20, len)


def thumbnail(snapshot: Snapshot, slide: Slide, theme: ThemeName, language: str) -> str:
    """Return the chart of a slide as a data address of a picture; "" where it has none or nothing is in it."""
    chart = slide.chart
    if chart is None or not chart.rows.num_rows:
        return ""

    def draw() -> str:
        svg = chart_svg(chart, width=WIDTH, height=HEIGHT, theme=theme, locale=language)
        return f"data:image/svg+xml;base64,{base64.b64encode(without_words(svg).encode()).decode()}"

    return _DRAWINGS.get((snapshot, slide.name, slide.sources, chart.name, theme, language), draw)
