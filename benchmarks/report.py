"""The figures as text for the terminal, as tables for the README, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.pairs import Pairs, Row
from benchmarks.prefetch import Gain
from benchmarks.recording import Recorded

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- figures: written by `python -m benchmarks --write` -->", "<!-- end of the figures -->"
WANTED = 1.5
Table = list[Sequence[str]]


def clicks(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that are clicks."""
    return [row for row in rows if row.rest is not None]


def page_tables(pairs: Pairs, recorded: Mapping[str, Recorded]) -> dict[str, Table]:
    """Return the loads and the clicks: a summary by page, then every action."""
    rows = pairs.rows()
    summary: Table = [
        ("page", "charts", "table rows", "first load", "load again", "click, typical", "click, worst",
         "work: first load", "click, typical")
    ]  # fmt: skip
    for page, content in recorded.items():
        own = [row for row in rows if row.where == page]
        if not own:
            continue
        loads = {row.what: row for row in own if row.rest is None}
        ratios = {row.what: row.ratio for row in clicks(own)}
        worst = max(ratios, key=ratios.__getitem__, default="")
        summary.append(
            (
                page,
                str(content.charts),
                str(content.rows),
                *(_ratio(loads[name]) for name in ("first load", "load again")),
                f"{median(ratios.values()):.2f}" if ratios else "",
                f"{ratios[worst]:.2f} ({worst})" if ratios else "",
                f"{_work_ratio(loads['first load']):.2f}",
                f"{median(map(_work_ratio, clicks(own))):.2f}" if ratios else "",
            )
        )
    every: Table = [
        (
            "page",
            "action",
            "ours, ms",
            "floor, ms",
            "ratio",
            "ratio in pairs",
            "server, ms",
            "floor's",
            "work, ms",
            "floor's",
            "at rest",
            "worst",
            "n",
        )
    ]
    every += [_cells(row) for row in rows]
    return {"Pages, ours against the floor": summary, "Every load and click": every}


def _cells(row: Row) -> Sequence[str]:
    whole = (f"{milliseconds:.0f}" for milliseconds in (row.ours, row.floor))
    parts = (f"{milliseconds:.0f}" for milliseconds in row.parts)
    at_rest = f"{row.rest:.2f}" if row.rest else ""
    ratios = (f"{row.ratio:.2f}", f"{row.typical:.2f}")
    return (row.where, row.what, *whole, *ratios, *parts, at_rest, f"{row.worst:.0f}", str(row.times))


def _work_ratio(row: Row) -> float:
    """Return ours / the floor's work of a core, which other programs change little."""
    *_, own, bare = row.parts
    return own / max(bare, 1.0)


def _ratio(row: Row) -> str:
    return f"{row.ratio:.2f} ({row.ours:.0f} ms)"


def verdict(pairs: Pairs) -> str:
    """Return how many of the actions are within the wanted ratio, and which is the worst."""
    rows = pairs.rows()
    within = sum(row.ratio <= WANTED for row in rows)
    worst = max(rows, key=lambda row: row.ratio)
    return (
        f"{within} of {len(rows)} loads and clicks are within {WANTED} x of the floor; the worst is {worst.where}, "
        f"{worst.what}: {worst.ratio:.2f}."
    )


def macro_table(pairs: Pairs) -> Table:
    """Return the macros against DuckDB, pandas and polars."""
    rows: Table = [
        (
            "rows", "figure", "macro, ms", "bare DuckDB, ms", "ratio", "in pairs", "pandas, ms", "macro / pandas",
            "polars, ms", "macro / polars",
        )
    ]  # fmt: skip
    for row in pairs.rows():
        times = (f"{row.ours:.1f}", f"{row.floor:.1f}", f"{row.ratio:.2f}", f"{row.typical:.2f}")
        frames = (text for by_frame in row.parts for text in (f"{by_frame:.1f}", f"{row.ours / by_frame:.2f}"))
        rows.append((row.where, row.what, *times, *frames))
    return rows


def load_table(seconds: Pairs, memory: Pairs) -> Table:
    """Return the loads against their floors."""
    held = {row.what: row for row in memory.rows()}
    rows: Table = [
        ("files", "rows", "ours, s", "floor, s", "ratio", "of the least", "in pairs", "ours, MB", "floor, MB")
    ]
    for row in seconds.rows():
        peak = held.get(row.what)
        megabytes = (f"{peak.ours:.0f}", f"{peak.floor:.0f}") if peak else ("", "")
        ratios = (row.ratio, row.least[0] / row.least[1], row.typical)
        times = (f"{row.ours:.2f}", f"{row.floor:.2f}", *(f"{ratio:.2f}" for ratio in ratios))
        rows.append((row.what, f"{row.parts[0]:,.0f}", *times, *megabytes))
    return rows


def prefetch_table(lines: Iterable[Gain]) -> Table:
    """Return the clicks of one reader and of many, with answers computed ahead and without."""
    rows: Table = [("readers", "clicks", "median, ms", "without", "ratio", "95 % quantile, ms", "without", "ratio")]
    for line in lines:
        times = (
            text
            for prefetched, without in (line.middle, line.slow)
            for text in (f"{prefetched:.0f}", f"{without:.0f}", f"{prefetched / without:.2f}")
        )
        rows.append((line.readers, str(line.clicks), *times))
    return rows


def plain(table: Table) -> str:
    """Return a table for the terminal."""
    widths = [max(len(row[at]) for row in table) for at in range(len(table[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table
    )


def markdown(table: Table) -> str:
    """Return a table for the README."""
    lines = [f"| {' | '.join(row)} |" for row in table]
    return "\n".join([lines[0], "|" + "---|" * len(table[0]), *lines[1:]])


def write(paragraphs: Sequence[str]) -> None:
    """Put the figures into the README, in the place of the last ones."""
    text = README.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    README.write_text(before + "\n\n".join([BEGIN, *paragraphs, END]) + after, encoding="utf-8")


def as_dict(pairs_by_part: Mapping[str, Pairs]) -> dict[str, Any]:
    """Return all figures and what they were made from, for `--json`."""
    return {
        name: {
            "unit": pairs.unit,
            "rows": [asdict(row) for row in pairs.rows()],
            "measured": [{"where": w, "what": a, "pairs": p} for (w, a), p in pairs.measurements.items()],
        }
        for name, pairs in pairs_by_part.items()
    }
