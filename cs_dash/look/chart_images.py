"""Charts as pictures, SVG and PNG: the drawing of the page without selection and tooltips, made by no browser.

Everything is on this machine: the rows are in the specification, the fonts beside this module, and no address is read.
"""

from __future__ import annotations

import json
import re
import zlib
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cs_dash.charts import BarChart, Chart
from cs_dash.look.charts import DRAWINGS, description, frame, spec
from cs_dash.look.theme import Theme, ThemeName
from cs_dash.look.theme import theme as look

if TYPE_CHECKING:
    from types import ModuleType

FONTS = Path(__file__).parent / "fonts"
"""The folder with the typeface of every export as TTF: regular and semi-bold."""
HATCH = "hatch0"
_NAME = re.compile(r'(?<=url\(#)(?:gradient_|clip|hatch)\d+(?=\))|(?<= id=")(?:gradient_|clip|hatch)\d+(?=")')
_CARD_WIDTH = "containerSize()[0]"
_SIZE = re.compile(r'(?<= width=")[\d.]+(" height=")[\d.]+(?=")')


def warm_up() -> None:
    """Start the drawing engine, which takes most of a second, so that the first picture does not wait for it."""
    _svg_of({"data": {"values": [{}]}, "mark": "point"})


def chart_svg(
    chart: Chart, *, width: int, height: int, theme: ThemeName = "light", locale: str = "en", text_scale: float = 1.0
) -> str:
    """Return a chart as an SVG document, without its title, subtitle and source.

    It is `width` pixels wide and at most `height` high: rows of a ranked chart or a triangle stay together. Many rows
    are drawn smaller instead of over each other. `text_scale`: how much larger than on a page text and marks are drawn.
    Names inside the document are its own, so that several can stand in one page. Text is set in Inter.
    """
    specification = spec(chart, theme, locale=locale)
    scale = text_scale
    if DRAWINGS[type(chart)].row_height:
        scale = min(scale, height / specification["height"])
    drawn_height = height / scale
    if DRAWINGS[type(chart)].row_height:
        drawn_height = spec(chart, theme, locale=locale, least_height=int(drawn_height))["height"]
    # The drawing reads the width of the page's card, which there is none of here.
    written = json.dumps(specification).replace(_CARD_WIDTH, f"{width / scale:g}")
    specification = json.loads(written) | {"width": width / scale, "height": drawn_height}
    specification["autosize"] = {"type": "fit", "contains": "padding"}
    specification["data"] = {"values": frame(chart, locale).to_pylist()}
    specification["config"]["aria"] = False  # a screen reader gets the description instead of each mark
    drawing = _svg_of(specification)
    if isinstance(chart, BarChart) and chart.semantic:
        drawing = _with_hatched_red(drawing, look(theme))
    label = escape(description(chart, locale))
    sized = _SIZE.sub(rf"{width}\g<1>{round(drawn_height * scale)}", _with_own_names(drawing), count=1)
    return sized.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def chart_png(
    chart: Chart,
    *,
    width: int,
    height: int,
    theme: ThemeName = "light",
    locale: str = "en",
    text_scale: float = 1.0,
    scale: float = 2,
) -> bytes:
    """Return what `chart_svg` returns as a PNG file, with `scale` pixels for each pixel of the drawing."""
    return png_of(
        chart_svg(chart, width=width, height=height, theme=theme, locale=locale, text_scale=text_scale), scale
    )


def png_of(svg: str, scale: float = 2) -> bytes:
    """Return an SVG document as a PNG file, with `scale` pixels for each of its own."""
    picture: bytes = _engine().svg_to_png(svg, scale=scale)
    return picture


def _with_hatched_red(drawing: str, colors: Theme) -> str:
    """Return bars of health whose red ones are hatched: in grey, and for some readers, red and green are one."""
    size, rotation = 'width="7" height="7"', 'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    stripe = f'<rect width="2.5" height="7" fill="{colors.background}" fill-opacity="0.6"/>'
    fill = f'<rect {size} fill="{colors.bad}"/>{stripe}'
    pattern = f'<defs><pattern id="{HATCH}" {size} {rotation}>{fill}</pattern></defs>'
    hatched = drawing.replace(f'fill="{colors.bad}"', f'fill="url(#{HATCH})"')
    return hatched.replace("><rect", f">{pattern}<rect", 1) if hatched != drawing else drawing


def _with_own_names(drawing: str) -> str:
    """Return an SVG document whose patterns have names that depend on its contents only, and that no other has."""
    numbers: dict[str, int] = {}
    numbered = _NAME.sub(lambda name: f"part{numbers.setdefault(name[0], len(numbers))}", drawing)
    contents = f"{zlib.crc32(numbered.encode()):08x}"
    return _NAME.sub(lambda name: f"c{contents}-{numbers[name[0]]}", drawing)


def _svg_of(specification: dict[str, Any]) -> str:
    drawing: str = _engine().vegalite_to_svg(specification, allowed_base_urls=[])
    return drawing


@cache
def _engine() -> ModuleType:
    """Return the drawing engine with the fonts registered; it does one drawing at a time, whichever thread asks."""
    import vl_convert  # takes long to start, and most processes draw no picture

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


_UNSEEN = re.compile(
    r'<text\b[^>]*/>|<text\b.*?</text>|(?<=\.\d)\d+| (?:role|class|aria-[a-z]+|pointer-events)="[^"]*"', re.DOTALL
)
"""What nobody sees of a small drawing: its words, further digits of places, names of its parts."""


def without_words(svg: str) -> str:
    """Return a drawing for a small picture, without what is not seen there."""
    return _UNSEEN.sub("", svg)
