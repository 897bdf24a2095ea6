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
    Column("unchanged", "As before", "count"),
    Column("rejected", "Rejected", "count"),
    Column("duplicates", "Repeats", "count"),
)
PROBLEM_COLUMNS = (
    Column("file", "File"),
    Column("sheet", "Sheet"),
    Column("row", "Row", "count"),
    Column("column_name", "Column"),
    Column("value", "Value"),
    Column("what", "What is wrong"),
    Column("advice", "What to do"),
    Column("fatal", "Left out", "flag"),
)


@question(
    "data.loads",
    title="What was loaded?",
    order=70,
    uses=("load_history",),
)
def loads(request: QuestionRequest) -> Answer:
    """Return the row counts of every sheet of every load, the newest first."""
    rows = request.rows("load_history")
    sheets = rows.to_pylist()
    headline = "Nothing was loaded yet."
    if sheets:
        newest = [row for row in sheets if row["version"] == sheets[0]["version"]]
        files = plural(len({row["file"] for row in newest}), "file")
        fresh, rejected = sum(row["loaded"] for row in newest), sum(row["rejected"] for row in newest)
        headline = f"The newest load, {date(sheets[0]['loaded_on'])}: {files}, **{count(fresh)}** new rows"
        headline += f", **{count(rejected)}** rejected." if rejected else ", none rejected."
    return request.answer(
        headline=headline,
        rows=rows,
        columns=LOAD_COLUMNS,
        definition="load_history",
    )


@question(
    "data.problems",
    title="What could not be read?",
    order=80,
    uses=("newest_problems",),
)
def problems(request: QuestionRequest) -> Answer:
    """Return the rows and values of the newest load that could not be used, or only with a caveat."""
    rows = request.rows("newest_problems")
    fatal = sum(bool(value) for value in rows["fatal"].to_pylist())
    headline = f"**{plural(fatal, 'row')}** left out, {count(len(rows) - fatal)} read with a doubt."
    return request.answer(
        headline=headline if len(rows) else "Every row of the newest load was read without a doubt.",
        rows=rows,
        columns=PROBLEM_COLUMNS,
        definition="newest_problems",
    )
