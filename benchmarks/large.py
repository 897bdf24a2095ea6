"""The large files: a help desk's export of a million tickets in twelve columns, as CSV and as a workbook."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import xlsxwriter

ROWS = 1_000_000
ACCOUNTS = 2_000
_BLOCK = 50_000
_USES = 500_000
_DAY_ZERO = np.datetime64("1899-12-30T00:00:00")
_SECONDS = 86_400
_OPENINGS = ("How do I", "Cannot", "Error when I", "Please, help me", "Where can I", "Question:")
_THINGS = (
    "export the report", "invite a colleague", "change the address, again", "connect the CRM", "see last month",
    "reset my password", "import contacts", "share a dashboard",
)  # fmt: skip


def accounts(file: Path) -> None:
    """Write the accounts that the tickets belong to."""
    names = range(ACCOUNTS)
    table = pa.table(
        {
            "Account ID": [f"A-{at:05d}" for at in names],
            "Account": [f"Customer {at}" for at in names],
            "Domain": [f"customer{at}.example" for at in names],
            "Segment": [("SMB", "Mid", "Enterprise")[at % 3] for at in names],
        }
    )
    pyarrow.csv.write_csv(table, file)


def tickets(rows: int = ROWS) -> pa.Table:
    """Return invented tickets: ids, e-mail addresses, moments, words, numbers and a short text; one in 14 is open."""
    random = np.random.default_rng(11)
    account = random.integers(0, ACCOUNTS, rows)
    created = np.datetime64("2025-01-01T00:00:00") + random.integers(0, 600 * _SECONDS, rows)
    solved = created + random.integers(600, 20 * _SECONDS, rows)

    def words(*choices: str) -> pa.Array:
        return pa.array(choices).take(pa.array(random.integers(0, len(choices), rows)))

    def numbered(*parts: str | np.ndarray) -> pa.Array:
        held = [pa.scalar(part) if isinstance(part, str) else pa.array(part).cast(pa.string()) for part in parts]
        return pc.binary_join_element_wise(*held, "")

    subject = pc.binary_join_element_wise(
        words(*_OPENINGS), words(*_THINGS), numbered("(", random.integers(0, 100_000, rows), ")"), " "
    )
    return pa.table(
        {
            "Ticket ID": numbered("T-", np.arange(100_000, 100_000 + rows)),
            "Account ID": pa.array([f"A-{at:05d}" for at in range(ACCOUNTS)]).take(pa.array(account)),
            "Requester email": numbered("user", random.integers(0, 30, rows), "@customer", account, ".example"),
            "Created at": pa.array(created.astype("datetime64[s]")),
            "Solved at": pa.array(solved.astype("datetime64[s]"), mask=random.random(rows) < 0.07),
            "Status": words("solved", "open", "pending", "closed"),
            "Priority": words("low", "normal", "high", "urgent"),
            "Channel": words("email", "chat", "phone", "web"),
            "Type": words("How-to question", "Bug", "Feature request", "Billing", "Incident"),
            "First reply minutes": pa.array(random.integers(1, 4_000, rows)),
            "Handling minutes": pa.array(np.round(random.random(rows) * 90, 1)),
            "Subject": subject,
        }
    )


def usage(rows: int, file: Path, *, users: bool = False) -> None:
    """Write invented usage without ids, one row for each account, day and feature, or with `users` for each use."""
    random = np.random.default_rng(11)
    names = pa.array([f"A-{at:05d}" for at in range(ACCOUNTS)])
    features = pa.array(["reports", "alerts", "import", "export", "sharing", "search", "dashboards", "integrations"])
    kinds = [("account_id", pa.string()), *([("user_id", pa.string())] if users else [])]
    schema = pa.schema([*kinds, ("used_on", pa.date32()), ("feature", pa.string()), ("events", pa.int64())])
    with pyarrow.csv.CSVWriter(file, schema) as writer:
        for start in range(0, rows, _USES):
            count = min(_USES, rows - start)
            account = random.integers(0, ACCOUNTS, count)
            days = np.datetime64("2025-01-01") + random.integers(0, 600, count)
            columns = {
                "account_id": names.take(pa.array(account)),
                "user_id": pa.array(
                    [f"U-{at}" for at in account * 20 + random.integers(0, 20, count)] if users else []
                ),
                "used_on": pa.array(days.astype("datetime64[D]"), pa.date32()),
                "feature": features.take(pa.array(random.integers(0, len(features), count))),
                "events": pa.array(random.integers(1, 40, count)),
            }
            writer.write_table(pa.table({name: columns[name] for name in schema.names}, schema=schema))


def csv(table: pa.Table, file: Path) -> None:
    """Write a table as exports do: quotes only where a value holds the delimiter."""
    with duckdb.connect() as connection:
        connection.register("rows", table)
        connection.execute(f"copy rows to '{file}' (header, timestampformat '%Y-%m-%d %H:%M:%S')")


def workbook(table: pa.Table, file: Path) -> None:
    """Write a table as a workbook of one sheet, block by block; XlsxWriter would take minutes for its rows."""
    frame = io.BytesIO()
    with xlsxwriter.Workbook(frame) as book:
        sheet = book.add_worksheet("Tickets")
        sheet.write_row(0, 0, table.column_names)
        sheet.write_datetime(
            1, 0, np.datetime64("2026-01-01").item(), book.add_format({"num_format": "yyyy-mm-dd h:mm"})
        )
    with zipfile.ZipFile(frame) as template, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name in template.namelist():
            if name != "xl/worksheets/sheet1.xml":
                out.writestr(name, template.read(name))
                continue
            before, after = template.read(name).split(b'<row r="2"')
            with out.open(name, "w", force_zip64=True) as target:
                target.write(before)
                for start in range(0, table.num_rows, _BLOCK):
                    target.write(_rows(table.slice(start, _BLOCK), start + 2))
                target.write(after[after.index(b"</sheetData>") :])


def _rows(table: pa.Table, first: int) -> bytes:
    numbers = pa.array(np.arange(first, first + table.num_rows)).cast(pa.string())
    cells = [_cells(column.combine_chunks(), chr(65 + at), numbers) for at, column in enumerate(table.columns)]
    rows = pc.binary_join_element_wise('<row r="', numbers, '">', *cells, "</row>", "")
    return b"".join(rows.cast(pa.binary()).to_pylist())


def _cells(values: pa.Array, letter: str, numbers: pa.Array) -> pa.Array:
    if pa.types.is_string(values.type):
        kind, text, end = '" t="inlineStr"><is><t>', values, "</t></is></c>"
    elif pa.types.is_timestamp(values.type):
        seconds = pc.subtract(values.cast(pa.int64()), int(_DAY_ZERO.astype("int64")))
        kind, text, end = (
            '" s="1"><v>',
            pc.divide(seconds.cast(pa.float64()), float(_SECONDS)).cast(pa.string()),
            "</v></c>",
        )
    else:
        kind, text, end = '"><v>', values.cast(pa.string()), "</v></c>"
    cells = pc.binary_join_element_wise(f'<c r="{letter}', numbers, kind, text, end, "")
    return pc.fill_null(cells, "")
