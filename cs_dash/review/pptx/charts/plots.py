"""What a chart shows, as PowerPoint takes it: categories, and for each series a value at every one of them.

The values are those of the drawing on the pages (`look.charts.frame`): nothing is computed anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from cs_dash.charts import Chart
from cs_dash.look.charts import frame
from cs_dash.look.charts.frames import category_text
from cs_dash.look.charts.shape import Shape, shape_of
from cs_dash.look.locales import READER

Category = str | float | dt.date
Row = dict[str, Any]
LONG_NAME = 120
"""Letters of a category's name that an axis shows; the rest would take the room of the drawing."""


@dataclass(frozen=True)
class Series:
    """One series of a chart.

    Attributes:
        name: its name.
        rows: the row of the drawing at each category, None where there is none.
    """

    name: str
    rows: tuple[Row | None, ...]

    def column(self, field_name: str) -> list[Any]:
        """Return a field of the drawing at each category."""
        return [None if row is None else row.get(field_name) for row in self.rows]

    @property
    def in_progress(self) -> list[int]:
        """The categories at which the period is not over."""
        return [at for at, flag in enumerate(self.column("in_progress")) if flag]

    def last(self) -> int | None:
        """Return the category of its last value, None without a value."""
        values = self.column("y")
        return max((at for at, value in enumerate(values) if value is not None), default=None)


@dataclass(frozen=True)
class Plot:
    """What a chart shows.

    Attributes:
        shape: the shape of the drawing.
        categories: keys of the categories in order.
        labels: the categories as an axis has them: days, numbers or words.
        series: the series in order.
        rows: all rows of the drawing.
    """

    shape: Shape
    categories: tuple[Any, ...]
    labels: tuple[Category, ...]
    series: tuple[Series, ...]
    rows: tuple[Row, ...] = field(default=())

    @property
    def values(self) -> list[float | None]:
        """Every value and every end of an interval."""
        return [row.get(name) for row in self.rows for name in (self.measure, "low", "high")]

    @property
    def measure(self) -> str:
        """The field that is measured."""
        return "x" if self.shape.y == "text" and self._across else "y"

    @property
    def _across(self) -> bool:
        return bool(self.rows) and isinstance(self.rows[0].get("x"), float) and isinstance(self.rows[0].get("y"), str)


def plot_of(chart: Chart, down: bool = False) -> Plot:
    """Return what a chart shows. `down`: its categories stand one under the other."""
    rows = tuple(frame(chart, READER.get()).to_pylist())
    shape = shape_of(chart)
    key, at = ("y", "y_at") if down else ("x", "x_at")
    positions = {row[key]: row[at] for row in rows}
    categories = tuple(sorted(positions, key=lambda category: positions[category]))
    kind = "text" if down else shape.x
    labels = tuple(_label(category, kind) for category in categories)
    names = shape.colors or ("",)
    series = []
    for name in names:
        own = {row[key]: row for row in rows if not shape.colors or row["color"] == name}
        series.append(Series(name, tuple(own.get(category) for category in categories)))
    if not shape.colors:
        series = [replace(series[0], name=shape.measure)]
    return Plot(shape, categories, labels, tuple(series), rows)


def _label(category: Any, kind: str) -> Category:
    if kind in ("month", "day"):
        try:
            return dt.date.fromisoformat(str(category))
        except ValueError:
            return category_text(category, "text", READER.get())
    if kind == "number" and isinstance(category, float):
        return int(category) if category.is_integer() else category
    text = str(category)
    return text if len(text) <= LONG_NAME else text[: LONG_NAME - 1] + "…"


def months_apart(days: Sequence[Any]) -> int | None:
    """Return how many months lie between the days of an axis; None where the distances differ, or they are no days."""
    if not days or not all(isinstance(day, dt.date) for day in days):
        return None
    numbers = [day.year * 12 + day.month for day in days]
    steps = {later - earlier for earlier, later in pairwise(numbers)} or {1}
    return steps.pop() if len(steps) == 1 else None
