"""A workbook to fill in: one sheet per table, its fields as heads, lists to choose from, two examples, explanations."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from cs_dash.intake.workbooks.examples import EXAMPLES, FIRST_SENTENCE
from cs_dash.schema.tables import TABLES, Field, Table

HEAD = Font(bold=True)
REQUIRED = PatternFill("solid", fgColor="FFDDE6FF")
EXAMPLE = Font(italic=True, color="FF7A7A7A")
EXAMPLE_FILL = PatternFill("solid", fgColor="FFF2F2F2")
LAST_ROW = 20_000
"""The last row that offers a list to choose from."""
FORMATS = {"date": "yyyy-mm-dd", "timestamp": "yyyy-mm-dd hh:mm", "money": "#,##0.00"}
TYPES = {
    "id": "id",
    "account": "id or name of an account",
    "text": "text",
    "category": "word",
    "date": "date",
    "timestamp": "date and time",
    "money": "amount",
    "number": "number",
    "integer": "whole number",
    "flag": "yes or no",
}
CHOICES: dict[str, tuple[str, ...]] = {
    "segment": ("SMB", "Mid-market", "Enterprise"),
    "icp_fit": ("core", "near", "outside"),
    "currency": (
        "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "JPY", "CNY", "INR", "BRL", "CAD", "AUD",
    ),
    "billing": ("monthly", "quarterly", "semiannual", "annual"),
    "priority": ("low", "normal", "high", "urgent"),
    "tickets.type": ("Question", "Problem", "Feature request", "Access", "Billing", "Outage", "Other"),
    "tickets.status": ("new", "open", "pending", "solved", "closed"),
    "subscriptions.status": ("active", "trialing", "past due", "cancelled"),
    "feature_requests.status": ("open", "planned", "in progress", "shipped", "declined"),
    "survey": ("NPS", "CSAT", "CES"),
    "scope": ("full", "downsell"),
    "churn_events.category": (
        "Adoption", "Onboarding", "Product gap", "Product quality", "Price or value", "Expectation mismatch",
        "Service and support", "Competitor", "Champion left", "Business closed or acquired", "Payment failed", "Other",
    ),
    "milestone": (
        "signed", "kick-off", "first login", "first value", "adopted", "first renewal", "expansion", "shipped",
    ),
    "pulse": ("healthy", "at risk"),
}  # fmt: skip
"""What a list offers, by field or by table and field. Other words may be typed, but for surveys and yes or no."""
CLOSED = frozenset({"survey"})


def write_template(file: Path) -> None:
    """Write the template workbook to `file`. Raises OSError when it cannot be written."""
    book = Workbook()
    first = book.active
    if isinstance(first, Worksheet):
        _explain(first)
    for table in TABLES.values():
        _sheet(book.create_sheet(table.title[:31]), table)
    book.save(file)


def choices(table: Table, field: Field) -> tuple[str, ...]:
    """Return what the list of a field offers; nothing where any word will do."""
    if field.type == "flag":
        return ("yes", "no")
    return CHOICES.get(f"{table.name}.{field.name}") or CHOICES.get(field.name, ())


def _explain(sheet: Worksheet) -> None:
    """Fill the first sheet: how to use the workbook, and every field in words."""
    sheet.title = "Read me"
    sheet.append([FIRST_SENTENCE])
    sheet.append(["Columns with a blue header are required in every row. Then drop the workbook on the Upload page."])
    sheet.append(["The grey rows are examples. Overwrite or keep them: unchanged examples are not loaded."])
    titles = ["Sheet", "Column", "Required", "Holds", "Unit", "Meaning", "Example"]
    sheet.append(titles)
    for cell in sheet[4]:
        cell.font = HEAD
    for table in TABLES.values():
        for field in table.mapped:
            must = _must(table, field)
            sheet.append([table.title, field.label, must, TYPES[field.type], field.unit, field.help, field.example])
    for at, width in enumerate((18, 22, 14, 24, 18, 78, 26), start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A5"


def _sheet(sheet: Worksheet, table: Table) -> None:
    """Fill one table's sheet: heads with their meaning as a comment, lists, formats of dates, and two examples."""
    for at, field in enumerate(table.mapped, start=1):
        cell = sheet.cell(row=1, column=at, value=field.label)
        cell.font = HEAD
        cell.alignment = Alignment(vertical="top")
        cell.comment = Comment(
            " ".join(part for part in (field.help, field.example and f"Example: {field.example}") if part), "cs_dash"
        )
        if field.required:
            cell.fill = REQUIRED
        column = sheet.column_dimensions[get_column_letter(at)]
        column.width = max(14, len(field.label) + 4)
        if field.type in FORMATS:
            column.number_format = FORMATS[field.type]
        _list(sheet, table, field, get_column_letter(at))
        for row, example in enumerate(EXAMPLES[table.name], start=2):
            example_cell = sheet.cell(row=row, column=at, value=example.get(field.name))
            example_cell.font, example_cell.fill = EXAMPLE, EXAMPLE_FILL
            example_cell.number_format = FORMATS.get(field.type, "General")
    sheet.freeze_panes = "A2"


def _list(sheet: Worksheet, table: Table, field: Field, column: str) -> None:
    """Offer a list in a column; a wrong word is refused only where no other is understood."""
    words = choices(table, field)
    if not words:
        return
    closed = field.type == "flag" or field.name in CLOSED
    rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=closed)
    rule.error = f"One of: {', '.join(words)}"
    rule.add(f"{column}2:{column}{LAST_ROW}")
    sheet.add_data_validation(rule)


def _must(table: Table, field: Field) -> str:
    """Return whether the field must be filled, in words."""
    if field.required:
        return "yes"
    return "advised" if field.name == table.key else ""
