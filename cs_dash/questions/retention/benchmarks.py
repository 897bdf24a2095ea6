"""Published benchmarks of retention and their sources."""

from __future__ import annotations

from typing import Any

from cs_dash.answer import Note
from cs_dash.look import words
from cs_dash.questions.request import QuestionRequest

MONTHS = 12
NAMES = {"nrr": "net revenue retention", "grr": "gross revenue retention", "logo_retention": "logo retention"}
Benchmarks = dict[str, dict[str, Any]]


def benchmarks(request: QuestionRequest, months: int) -> Benchmarks:
    """Return {figure: its row of `retention_benchmarks`}; {} for windows without published benchmarks."""
    if months != MONTHS:
        return {}
    return {row["measure"]: row for row in request.rows("retention_benchmarks").to_pylist()}


def benchmark_text(by_measure: Benchmarks, measure: str) -> str:
    """Return a figure's benchmark, such as "benchmark: 90-93 % (2023, unverified)"; "" without one."""
    if measure not in by_measure:
        return ""
    row = by_measure[measure]
    qualifiers = [str(row["year"])] if row["year"] else []
    qualifiers += [] if row["verified"] else ["unverified"]
    spread = words.interval(row["lowest"], row["highest"])
    return f"benchmark: {spread}" + (f" ({', '.join(qualifiers)})" if qualifiers else "")


def provenance(by_measure: Benchmarks) -> list[Note]:
    """Return one note for each source of the benchmarks."""
    sources: dict[str, list[dict[str, Any]]] = {}
    for measure in (name for name in NAMES if name in by_measure):
        sources.setdefault(_source(by_measure[measure]), []).append(by_measure[measure])
    return [
        Note(
            f"Industry benchmarks: {' and '.join(_range(row) for row in rows)}; {source}.",
            "fact",
            tuple(row["measure"] for row in rows),
        )
        for source, rows in sources.items()
    ]


def _range(row: dict[str, Any]) -> str:
    return f"{NAMES[row['measure']]} {words.interval(row['lowest'], row['highest'])}"


def _source(row: dict[str, Any]) -> str:
    parts = (row["meaning"], row["publisher"], row["year"], row["sample"])
    checked = "" if row["verified"] else "; unverified: not checked at the publisher"
    return ", ".join(str(part) for part in parts if part) + checked
