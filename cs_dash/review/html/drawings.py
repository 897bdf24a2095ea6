"""Charts as SVG for light and dark: drawn in both themes, kept once, with colours that the style sheet names.

Both drawings of a chart are the same but for their colours, so one is kept, and each pair of colours becomes a custom
property of the style sheet. Everything that a chart does not need, above all what could load or link something, is
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from cs_dash.charts import Chart
from cs_dash.look.chart_images import chart_svg
from cs_dash.look.templates import Markup

SVG = "http://www.w3.org/2000/svg"
TEXT_SCALE = 18 / 11
"""From the letters of a chart on a page to those of a slide, which are read at three metres."""
TAGS = frozenset({
    "svg", "g", "path", "rect", "line", "text", "tspan", "circle", "clipPath", "defs",
    "linearGradient", "pattern", "stop",
})  # fmt: skip
ATTRIBUTES = frozenset({
    "clip-path", "clip-rule", "cx", "cy", "d", "display", "dx", "dy", "fill", "fill-opacity", "fill-rule", "font-size",
    "font-style", "font-weight", "gradientUnits", "height", "id", "offset", "opacity", "patternContentUnits",
    "patternTransform", "patternUnits", "r", "rx", "ry", "stop-color",
    "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-width", "text-anchor", "transform", "viewBox", "width", "x", "x1", "x2", "y", "y1", "y2",
})  # fmt: skip
COLORED = ("fill", "stroke", "stop-color")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_REFERENCE = re.compile(r"url\(#([\w-]+)\)")
ElementTree.register_namespace("", SVG)


class Palette:
    """The pairs of colours of a deck's charts: (light, dark) -> the custom property that has them."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}

    def color(self, light: str, dark: str) -> str:
        """Return how an attribute names a pair of colours."""
        if light == dark:
            return light
        return f"var({self._names.setdefault((light, dark), f'--c{len(self._names)}')})"

    def items(self) -> Iterator[tuple[str, str, str]]:
        """Yield (property, light, dark)."""
        yield from ((name, light, dark) for (light, dark), name in self._names.items())


def drawing(chart: Chart, width: int, height: int, palette: Palette, prefix: str, locale: str) -> Markup:
    """Return the drawing of a chart for both themes. `prefix`: unique in the deck, it begins the ids of the drawing."""
    trees = [
        ElementTree.fromstring(
            chart_svg(chart, width=width, height=height, theme=theme, locale=locale, text_scale=TEXT_SCALE)
        )
        for theme in ("light", "dark")
    ]
    for tree in trees:
        _strip(tree)
        _name_parts(tree, prefix)
    light, dark = (list(tree.iter()) for tree in trees)
    if len(light) == len(dark) and all(map(_alike, light, dark)):  # else it stays light, on its own background
        for node, other in zip(light, dark, strict=True):
            for name in COLORED:
                if name in node.attrib:
                    node.set(name, palette.color(node.attrib[name], other.attrib[name]))
    return _text(trees[0])


def _strip(tree: ElementTree.Element) -> None:
    for parent in tree.iter():
        for child in list(parent):
            if child.tag.removeprefix(f"{{{SVG}}}") not in TAGS:
                parent.remove(child)
        for name in set(parent.attrib) - ATTRIBUTES:
            del parent.attrib[name]


def _alike(light: ElementTree.Element, dark: ElementTree.Element) -> bool:
    plain = [
        (node.tag, node.text, {name: value for name, value in node.attrib.items() if name not in COLORED})
        for node in (light, dark)
    ]
    return plain[0] == plain[1] and all((name in light.attrib) == (name in dark.attrib) for name in COLORED)


def _name_parts(tree: ElementTree.Element, prefix: str) -> None:
    """Number the parts that others refer to, so that the names are the same in both themes and unique in the deck."""
    names = {node.attrib["id"]: f"{prefix}-{at}" for at, node in enumerate(tree.iter()) if "id" in node.attrib}
    for node in tree.iter():
        if "id" in node.attrib:
            node.set("id", names[node.attrib["id"]])
        for name, value in node.attrib.items():
            node.set(name, _REFERENCE.sub(lambda part: f"url(#{names.get(part[1], '')})", value))


def _text(tree: ElementTree.Element) -> Markup:
    for node in tree.iter():
        for name, value in node.attrib.items():
            node.set(name, _LONG_NUMBER.sub(_short, value))
    tree.set("aria-hidden", "true")  # the figure around it has the description
    return Markup(ElementTree.tostring(tree, encoding="unicode"))


def _short(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
