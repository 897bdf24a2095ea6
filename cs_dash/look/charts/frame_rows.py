"""Rows that depend on their neighbours: ends of lines, steps of a waterfall, missing cells of a heat map."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from cs_dash.look import words
from cs_dash.look.charts.shape import MOST_DIRECT
from cs_dash.look.locales import MINUS

TOTALS = ("total", "start", "end", "sum")
GAINS = ("gain", "good", "up", "increase")
LOSSES = ("loss", "bad", "down", "decrease")
MOST_NARROW = 8  # ages of a triangle that a phone shows with their values
PLOT, LINE = 200, 15  # pixels: height of a plot, and of a line of text in it
Row = dict[str, Any]


def with_missing_cells(rows: list[Row]) -> list[Row]:
    """Return the rows with a cell "n/a" for every pair without one, so that a gap is visible as a gap."""
    pairs = {(row["x_at"], row["y_at"]) for row in rows}
    columns = {row["x_at"]: row for row in rows}
    lines = {row["y_at"]: row for row in rows}
    missing = [
        {
            "x": x["x"],
            "x_at": x_position,
            "x_text": x["x_text"],
            "y": y["y"],
            "y_at": y_position,
            "color_text": y["color_text"],
        }
        | {"color": None, "in_progress": False, "label": words.MISSING, "y_text": words.MISSING}
        for x_position, x in columns.items()
        for y_position, y in lines.items()
        if (x_position, y_position) not in pairs
    ]
    return rows + missing


def flag_spare_ages(rows: list[Row]) -> None:
    """Flag the ages that a narrow screen leaves out: after the third it has only every second or third one."""
    ages = {row["x_at"] for row in rows}
    step = 1 if len(ages) <= MOST_NARROW else 2 if len(ages) <= 2 * MOST_NARROW - 4 else 3
    for row in rows:
        row["spare"] = row["x_at"] > 3 and row["x_at"] % step != 0


def flag_newest_values(rows: list[Row]) -> None:
    """Flag the newest value of each strip, which is written at the end of the strip."""
    newest = {row["y"]: row for row in rows if row["color"] is not None}
    for row in rows:
        row["last"] = newest.get(row["y"]) is row


def add_shares(rows: list[Row], locale: str) -> None:
    """Add to the text of each value its share of its column."""
    totals: dict[Any, float] = defaultdict(float)
    for row in rows:
        totals[row["x"]] += row["y"] or 0.0
    for row in rows:
        if row["y"] is not None and totals[row["x"]]:
            row["y_text"] += f" ({words.share(row['y'] / totals[row['x']], locale=locale)})"


def add_line_ends(rows: list[Row], highlight: str | None = None) -> None:
    """Flag the end of each line and its part in progress, and place its name clear of the others.

    Of many lines only the highlighted one has a name. Where another line goes on from the end of a line, as a forecast
    does, the name stands before that end.
    """
    lines: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        lines[row["color"]].append(row)
    ends = []
    for line in lines.values():
        # a tail has only points at the end: with points in progress at the start it would join both ends
        first_whole = max((at for at, row in enumerate(line) if not row["in_progress"]), default=0)
        for at, (row, next_row) in enumerate(zip(line, [*line[1:], None], strict=True)):
            row["solid"] = not row["in_progress"]
            row["tail"] = at >= first_whole and (row["in_progress"] or bool(next_row and next_row["in_progress"]))
        points = [row for row in line if row["y"] is not None]
        if points:
            points[-1]["last"] = True
            ends.append(points[-1])
    if len(lines) > MOST_DIRECT and highlight in lines:
        ends = [row for row in ends if row["color"] == highlight]
    heights = [row[name] for row in rows for name in ("y", "low", "high") if row[name] is not None]
    gap = (max(heights) - min(heights)) * LINE / PLOT if heights else 0.0
    lowest = float("-inf")
    for row in sorted(ends, key=lambda end: float(end["y"])):
        row["end"] = max(float(row["y"]), lowest + gap)
        row["continued"] = any(other[0]["x_at"] == row["x_at"] and row not in other for other in lines.values())
        if row["continued"]:
            row["end"] = float(row["y"]) - gap
            row["end_text"] = f"{row['color']} {row['label']}".strip()
            continue
        lowest = row["end"]
        row["end_text"] = f"{row['color']} {row['label']}".strip()


def waterfall_steps(rows: list[Row]) -> list[Row]:
    """Start each change at the level that the previous one reached; totals start at zero."""
    level = 0.0
    for at, row in enumerate(rows):
        size = row["y"]
        row["next"] = rows[at + 1]["x"] if at + 1 < len(rows) else None
        row["level"] = row["top"] = level
        if size is None:  # a step of unknown size leaves a gap and does not change the level
            row |= {"from": None, "to": None, "label": words.MISSING}
            continue
        step_type = _step_type(row["color"], size)
        if step_type == "loss":
            size = -abs(size)
        start = 0.0 if step_type == "total" else level
        level = size if step_type == "total" else level + size
        row |= {"color": step_type, "from": start, "to": level, "top": max(start, level), "level": level}
        sign = {"gain": "+", "loss": MINUS}.get(step_type, "")
        if size and not row["label"].startswith(sign):
            row["label"] = sign + row["label"]
    return rows


def _step_type(text: str, size: float) -> str:
    for step_type, step_words in (("total", TOTALS), ("gain", GAINS), ("loss", LOSSES)):
        if text.casefold() in step_words:
            return step_type
    return "gain" if size >= 0 else "loss"
