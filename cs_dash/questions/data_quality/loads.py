"""`data.loads` and `data.problems`: the history of loads, and the problems of the newest one."""

from __future__ import annotations

from cs_dash.answer import Answer, Column
from cs_dash.look.words import count, date, plural
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest

LOAD_COLUMNS = (
    Column("version", "Version", "count"),
    Column("loaded_on", "Day", "date"),
    Column("file", "File"),
    Column("sheet", "Sheet"),
    Column("table_name", "Table"),
    Column("read", "Read", "count"),
    Column("loaded", "New", "count"),
    Column("updated", "Changed", "count"),
    Column("unchanged", "Unchanged", "count"),
    Column("rejected", "Rejected", "count"),
    Column("duplicates", "Duplicates", "count"),
)
PROBLEM_COLUMNS = (
    Column("file", "File"),
    Column("sheet", "Sheet"),
    Column("row", "Row", "count"),
    Column("column_name", "Column"),
    Column("value", "Value"),
    Column("what", "Problem"),
    Column("advice", "Suggested fix"),
    Column("fatal", "Rejected", "flag"),
)


@question(
    "data.loads",
    title="Loads",
    order=70,
    uses=("load_history",),
)
def loads(request: QuestionRequest) -> Answer:
    """Return the row counts of every sheet of every load, the newest first."""
    rows = request.rows("load_history")
    sheets = rows.to_pylist()
    headline = "No loads yet."
    if sheets:
        newest = [row for row in sheets if row["version"] == sheets[0]["version"]]
        files = plural(len({row["file"] for row in newest}), "file")
        fresh, rejected = sum(row["loaded"] for row in newest), sum(row["rejected"] for row in newest)
        headline = f"Latest load {date(sheets[0]['loaded_on'])}: {files}, **{plural(fresh, 'new row')}**"
        headline += f", **{count(rejected)}** rejected." if rejected else ", none rejected."
    return request.answer(
        headline=headline,
        rows=rows,
        columns=LOAD_COLUMNS,
        definition="load_history",
    )


@question(
    "data.problems",
    title="Problems in the latest load",
    order=80,
    uses=("newest_problems",),
)
def problems(request: QuestionRequest) -> Answer:
    """Return the rows and values of the newest load that could not be used, or only with a caveat."""
    rows = request.rows("newest_problems")
    fatal = sum(bool(value) for value in rows["fatal"].to_pylist())
    parts = [f"**{plural(fatal, 'row')}** rejected"] if fatal else []
    warnings = len(rows) - fatal
    parts += [f"**{plural(warnings, 'row')}** loaded with a caveat"] if warnings else []
    return request.answer(
        headline=f"{', '.join(parts)}." if parts else "The latest load has no problems.",
        rows=rows,
        columns=PROBLEM_COLUMNS,
        definition="newest_problems",
    )
