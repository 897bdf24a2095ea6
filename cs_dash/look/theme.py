"""The colours and typefaces of the product, for light and for dark, and the configuration of charts made of them.

The model is a well-set financial report: white space, one accent, grey furniture. Green, yellow and red are used for
health and for gain or loss only, and always together with a word or a shape. Yellow is too pale on white for many
readers, so a yellow mark has an edge in `watch_edge`, and yellow text is written in that colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from cs_dash.look.locales import convention

ThemeName = Literal["light", "dark"]
FONT = "Inter, system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"


@dataclass(frozen=True)
class Theme:
    """One set of colours. Every mark has a contrast of at least 3:1 to the background, text of at least 4.5:1.

    Attributes:
        name: "light" or "dark".
        background: behind everything.
        second: behind table headings and input fields.
        border: thin rules and grids.
        text: text.
        muted: secondary text.
        accent: the one colour that stands out.
        good: health green, gain.
        watch: health yellow.
        watch_edge: the edge of a yellow mark, and yellow text.
        bad: health red, loss.
        categories: colours of categories, in order.
        cohort: colours of the lowest and the highest value of the cohort scale.
    """

    name: ThemeName
    background: str
    second: str
    border: str
    text: str
    muted: str
    accent: str
    good: str
    watch: str
    watch_edge: str
    bad: str
    categories: tuple[str, ...]
    cohort: tuple[str, str]

    @property
    def event(self) -> str:
        """The violet of events on a time axis."""
        return self.categories[3]

    @property
    def neutral(self) -> str:
        """The grey of totals and of everything neither good nor bad."""
        return self.categories[-1]


LIGHT = Theme(
    name="light",
    background="#FFFFFF",
    second="#F6F7F9",
    border="#E3E6EB",
    text="#1B2430",
    muted="#667085",
    accent="#2F5DDB",
    good="#1F9D72",
    watch="#E0A100",
    watch_edge="#A87700",
    bad="#D1495B",
    categories=("#2F5DDB", "#E07A1F", "#1F9D72", "#8E5BC7", "#0E8FA8", "#B4536A", "#8A93A3"),
    cohort=("#EEF3FF", "#1E3FA8"),
)
DARK = Theme(
    name="dark",
    background="#12161D",
    second="#1A202A",
    border="#2A3240",
    text="#E8EBF0",
    muted="#98A2B3",
    accent="#7C9BF2",
    good="#3DBB8E",
    watch="#E6B53C",
    watch_edge="#E6B53C",
    bad="#E8788A",
    categories=("#7C9BF2", "#F0985A", "#3DBB8E", "#B18AE0", "#3FB5CC", "#DA8296", "#8A93A3"),
    cohort=("#1B2745", "#B4C8FF"),
)
THEMES: dict[ThemeName, Theme] = {"light": LIGHT, "dark": DARK}


def theme(name: str | None) -> Theme:
    """Return the theme called `name`; light where the browser's choice is unknown."""
    return DARK if name == "dark" else LIGHT


def luminance(color: str) -> float:
    """Return the relative luminance (0 to 1) of "#RRGGBB", as WCAG 2.2 defines it."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(color: str, other: str) -> float:
    """Return the contrast (1 to 21) of two colours, as WCAG 2.2 defines it: 3 is enough for marks, 4.5 for text."""
    low, high = sorted((luminance(color), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def blend(color: str, other: str, weight: float) -> str:
    """Return `color` with `weight` (0 to 1) of `other` blended in, channel by channel."""
    pairs = [(int(color[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * weight):02X}" for a, b in pairs)


def vega_config(name: str | None, locale: str = "en") -> dict[str, Any]:
    """Return the Vega-Lite configuration of the product's charts.

    No axis line, no ticks, a pale horizontal grid, labels of 11 pixels, the legend on top.
    """
    look = theme(name)
    rule = convention(locale)
    muted_labels = {"labelColor": look.muted, "labelFontSize": 11, "titleColor": look.muted, "titleFontSize": 11}
    muted_labels |= {"labelFont": FONT, "titleFont": FONT, "titleFontWeight": "normal"}
    axis_options = {"domain": False, "ticks": False, "grid": False, "labelPadding": 6, "gridColor": look.border}
    return {
        "background": look.background,
        "font": FONT,
        "padding": {"left": 2, "right": 6, "top": 4, "bottom": 2},
        "view": {"stroke": None},
        "axis": muted_labels | axis_options,
        "legend": muted_labels
        | {"orient": "top", "direction": "horizontal", "title": None, "symbolType": "circle", "symbolSize": 70}
        | {"offset": 8, "columnPadding": 14, "rowPadding": 4, "labelLimit": 180, "symbolOpacity": 1},
        "text": {"font": FONT, "fontSize": 11, "fill": look.text},
        "range": {"category": list(look.categories)},
        "locale": {"number": {"decimal": rule.decimal, "thousands": rule.group, "grouping": [3], "currency": ["", ""]}},
        "mark": {"invalid": "break-paths-show-path-domains"},
    }
