"""The colours, type and shapes of the product, once for light and once for dark, and what the drawings take from them.

A well-set financial report: white space, one accent, grey furniture. Green, yellow and red mean health and gain or loss
only, and always stand beside a word or a shape. Yellow alone is too pale on white to be seen by everyone, so a yellow
mark is drawn with `watch_edge` around it, and yellow words are written in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from cs_dash.look.locales import convention

ThemeName = Literal["light", "dark"]
FONT = "Inter, system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"


@dataclass(frozen=True)
class Theme:
    """One set of colours. Every mark keeps a contrast of 3:1 to the background, every word 4.5:1.

    Attributes:
        name: "light" or "dark".
        background: behind everything.
        second: behind headings of tables and fields.
        border: thin rules and grids.
        text: words.
        muted: words of lesser weight.
        accent: the one colour that stands out.
        good: health green, gain.
        watch: health yellow.
        watch_edge: the rule around a yellow mark, and yellow words.
        bad: health red, loss.
        categories: colours of categories, in their order.
        cohort: lowest and highest of the cohort scale.
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
    def neutral(self) -> str:
        """The grey of totals and of what is neither good nor bad."""
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
    """Return the theme called `name`; light where a browser has not said yet."""
    return DARK if name == "dark" else LIGHT


def luminance(colour: str) -> float:
    """Return the relative luminance (0 to 1) of "#RRGGBB", as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(color: str, other: str) -> float:
    """Return the contrast (1 to 21) of two colours, as WCAG 2.2 defines it: 3 for marks, 4.5 for words."""
    low, high = sorted((luminance(color), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, other: str, weight: float) -> str:
    """Return `colour` with `weight` (0 to 1) of `other` mixed in, channel by channel."""
    pairs = [(int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * weight):02X}" for a, b in pairs)


def vega_config(name: str | None, locale: str = "en") -> dict[str, Any]:
    """Return the Vega-Lite configuration that makes a drawing look like this product.

    No axis line, no ticks, a pale grid across only, labels of 11 pixels, the legend on top.
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
