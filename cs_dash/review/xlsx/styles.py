"""How the cells of the workbook look: the number format of each unit, and a few kinds of text."""

from __future__ import annotations

from typing import Any

from cs_dash.look.locales import currency_sign
from cs_dash.look.theme import LIGHT
from cs_dash.units import INDEX, Unit

NUMBER_FORMATS: dict[Unit, str] = {
    "share": "0.0%",
    "points": "+0.0%;-0.0%;0.0%",
    "count": "#,##0",
    "score": "#,##0",
    "days": "#,##0.0",
    "months": "#,##0.0",
    "minutes": '#,##0" min"',
    "per_100": "#,##0.0",
    "ratio": "0.00",
    "number": "#,##0.0##",
    "date": "d mmm yyyy",
    "month": "mmm yyyy",
}
TEXTS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 12},
    "head": {"bold": True, "bottom": 1, "bottom_color": LIGHT.border, "text_wrap": True, "valign": "bottom"},
    "muted": {"font_color": LIGHT.muted},
    "caveat": {"font_color": LIGHT.watch_edge},
    "link": {"font_color": LIGHT.accent, "underline": 1},
    "text": {"valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
}


def number_format(unit: Unit, currency: str = "", tiny: bool = False) -> str:
    """Return the number format of a unit; "" for text. `tiny`: of an amount below one, such as points of an index."""
    if unit != "money":
        return NUMBER_FORMATS.get(unit, "")
    digits = "0.00####" if tiny else "#,##0.00"
    if currency == INDEX:
        return f'{digits}" {INDEX}"'
    sign = currency_sign(currency, "en").replace('"', "")
    space = " " if sign[-1:].isalpha() else ""
    return f'"{sign}{space}"{digits};-"{sign}{space}"{digits}' if sign else digits


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, name: str = "text", **more: Any) -> Any:
        """Return the format of a kind of text, with further properties."""
        properties = {"font_size": 11, "font_color": LIGHT.text} | TEXTS[name] | more
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    def number(self, unit: Unit, currency: str, value: float, **more: Any) -> Any:
        """Return the format of a number of this unit."""
        shape = number_format(unit, currency, tiny=0 < abs(value) < 1)
        return self.of(num_format=shape, **more) if shape else self.of(**more)
