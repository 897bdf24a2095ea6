"""The pages of docs/ that are generated: what every number means, what every field holds, what to export."""

from __future__ import annotations

from pathlib import Path

from cs_dash.answer import Definition
from cs_dash.intake.formats.registry import known_formats
from cs_dash.intake.vendors import vendors
from cs_dash.metrics import definition_files, subject_of
from cs_dash.questions.catalogue import questions
from cs_dash.questions.lineage import built_on, questions_of
from cs_dash.schema.languages import LANGUAGES
from cs_dash.schema.tables import SQL_TYPES, TABLES, Table
from cs_dash.store.definitions import read_definition

GENERATED = "<!-- Made by `make docs` from the code; a test keeps it so. Change the code, not this page. -->"


def write(folder: Path) -> tuple[Path, ...]:
    """Write metrics.md, data-format.md and exports.md into `folder` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {folder / "metrics.md": metrics(), folder / "data-format.md": data_format()}
    pages[folder / "exports.md"] = exports()
    for file, text in pages.items():
        file.write_text(text, encoding="utf-8")
    return tuple(pages)


def metrics() -> str:
    """Return docs/metrics.md: every question, then every definition with its words, formula, source and SQL."""
    lines = [
        "# Metric definitions",
        "",
        GENERATED,
        "",
        "A rate is a share from 0 to 1. A period is half-open: it includes its first day and ends before its end date.",
        "Every definition is a DuckDB view or table macro and can be called by name with the parameters shown.",
        "",
        "## Questions",
        "",
        "| question | title | options (the first is the default) |",
        "|---|---|---|",
    ]
    for question in questions().values():
        options = "; ".join(
            f"{name} = {', '.join(choices) or 'any text'}" for name, choices in question.options.items()
        )
        lines.append(f"| `{question.name}` | {question.title} | {options} |")
    groups: dict[str, tuple[Path, ...]] = {}
    for file in definition_files():
        subject = subject_of(file)
        name = "Shared" if subject == "base" else subject.replace("_", " ").capitalize()
        groups[name] = (*groups.get(name, ()), file)
    for name, files in groups.items():
        lines += ["", f"## {name}"]
        for file in files:
            lines += ["", *_definition(read_definition(file))]
    return "\n".join(lines) + "\n"


def _definition(definition: Definition) -> list[str]:
    call = f"{definition.name}({', '.join(definition.parameters)})" if definition.parameters else definition.name
    lines = [f"### {definition.title}", "", f"`{call}`", "", definition.explanation]
    paragraphs = (("Formula", definition.formula), ("Edge cases", definition.edge_cases), ("Source", definition.source))
    lines += [line for head, words in paragraphs if words for line in ("", f"**{head}.** {words}")]
    if definition.columns:
        lines += ["", "| column | meaning |", "|---|---|"]
        lines += [f"| `{name}` | {meaning} |" for name, meaning in definition.columns]
    shown_by = ", ".join(f"`{name}`" for name in questions_of().get(definition.name, ()))
    parts = ", ".join(f"`{name}`" for name in built_on().get(definition.name, ()))
    for head, names in (("Shown by", shown_by), ("Part of", parts)):
        lines += ["", f"**{head}.** {names}."] if names else []
    return [*lines, "", "<details><summary>SQL</summary>", "", "```sql", definition.sql, "```", "", "</details>"]


def _formats() -> list[str]:
    """Return the table of file formats; formats that are read alike share a row."""
    extensions: dict[str, tuple[str, ...]] = {}
    for file_format in known_formats():
        if file_format.reading:
            extensions[file_format.reading] = (*extensions.get(file_format.reading, ()), *file_format.extensions)
    rows = [f"| {', '.join(endings)} | {reading} |" for reading, endings in extensions.items()]
    return ["", "## File formats", "| file | how it is read |", "|---|---|", *rows, *FORMATS_NOTE]


FORMATS_NOTE = (
    "",
    "The format is detected from the contents, not from the file name. Titles and notes above the table, notes and "
    "totals below it, units under the names,",
    "names in two rows, repeated names, and several tables in one sheet are detected and listed in the load report.",
    "Cells with an error (`#REF!`) or a formula without a stored result count as empty and are reported with their "
    "number; control",
    "characters are removed and counted. Files are read in a separate process with limits on time and memory, so a "
    "broken",
    "file causes one error message and no other harm.",
)
SHAPES = (
    "",
    "## Sheet layouts",
    "A sheet is recognised by the names and contents of its columns, and by its shape:",
    "",
    "| a sheet with | becomes |",
    "|---|---|",
    "| the keys of several lists in each row, such as a join of accounts, contracts and tickets | the separate lists, "
    "each row of them once |",
    "| one row per customer, with amounts, a status, dates, scores | accounts, and from the same rows subscriptions, "
    "churn events, surveys and notes; values such as Churned, Lost, Gekündigt or Отток mark churned customers |",
    "| a column per month (Jan 2026, 2026-01, 31.01.2026, янв 26 ...; at least three) | subscriptions, if the "
    "columns, the title, the sheet or the file name mention revenue: consecutive months with the same amount form "
    "one line, 0 or an empty cell counts as unpaid; usage, if they mention usage. Otherwise choose `--as "
    "subscriptions` or `--as usage`. A year above the months, in the title or in a name applies to months without "
    "one; else `--option year=` |",
    "| a column per quarter or half-year (Q1 2025, 1. Quartal 2025 ...; at least two) | the same: MRR at the period's "
    "end if the names say MRR or ARR, revenue of the whole period if they say revenue; else "
    "`--option quarters=` |",
    "| rows that are sums of other rows, whatever their name | nothing: sums are left out, and listed with row and "
    "value |",
    "| invoices (number, customer, date, amount) | subscriptions: the amount divided by the months of its period, "
    "which comes from dates, from words such as annual, or from the gaps between the customer's invoices; credits, "
    "void and draft invoices and one-off charges are excluded |",
    "| movements (date, customer, type, amount) | subscriptions: what each customer pays after each movement; whether "
    "the amounts are changes or new totals is inferred from their name, else from the rows |",
    "| a row per customer, plan (or contract) and month, with one amount | subscriptions, as from a column per month: "
    "a month without a row counts as unpaid |",
    "| a month or a date in the name of its file or sheet, or a column such as “As of” | a snapshot: the newest one "
    "gives the accounts' rows, amounts become subscriptions over time, scores and CSM sentiment are stored with their "
    "date; customers missing from a later snapshot churned with it |",
    "| anything else, loaded with `--as plain` | a separate table, `plain_` and its name, replaced when it is loaded "
    "again; with one row per account, its columns describe the accounts |",
    "",
    "Revenue comes from one source at a time: contract lines before months, months before invoices and snapshots. "
    "Sheets that would count it twice are not loaded.",
    "",
    "## Customer columns",
    "In every table, the customer is identified by the column named as a customer's id: a word for a customer "
    "(customer, client, account, company, merchant, subscriber, tenant ...) with a word for an id (no., number, ID, "
    "code, key, ref ...), in any of the seven languages: Client no., Cust ID, Kd.-Nr., ID assinante, № клиента, "
    "商户号. Then by tax and registry numbers (CNPJ, CPF, ИНН, VAT ID, EIN, SIRET, ABN, 统一社会信用代码), "
    "whose check digits count as evidence; next to a separate id, such a number is the account's `external_id`. "
    "Then by any column whose values are accounts of another file of the load or of the workspace. Users are "
    "the customers if a list of payments or of accounts identifies no others.",
    "",
    "The rows of a list without customer names get row numbers as ids, which the report states. Rows are identical "
    "only if all their columns are. Ids in scientific notation (1.23457E+15) have lost digits: this is reported, and "
    "rows with different names are not joined by them.",
)


def data_format() -> str:
    """Return docs/data-format.md: every table and field, with what others call it."""
    *names, last = [name for name in LANGUAGES if name != "English"]
    languages = f"{', '.join(names)} and {last}"
    lines = [
        "# Data format",
        "",
        GENERATED,
        "",
        "Column names, order and language are free: columns are recognised by name and content. Missing columns are",
        "fine; each page lists what it lacks. `python -m cs_dash template FILE.xlsx` writes a template to fill in.",
        f"The names listed are in English; the same number is known in {languages}. For the column names in the",
        f"exports of {len(vendors())} products, see [exports.md](exports.md).",
        *_formats(),
        *SHAPES,
    ]
    for table in TABLES.values():
        lines += ["", *_table(table)]
    return "\n".join(lines) + "\n"


def exports() -> str:
    """Return docs/exports.md: for every known product, what to export from it, and which tables its files become."""
    lines = [
        "# Exports by product",
        "",
        GENERATED,
        "",
        "Any spreadsheet works. The exports of the products below are recognised by their column names: upload them",
        "as they are. “In the export menu” means that the path could not be checked in the product's documentation,",
        "or that it differs by plan. For other products, export the list of customers, contracts or tickets with all",
        "columns as CSV or Excel; column names in seven languages are understood.",
    ]
    for vendor in vendors():
        lines += ["", f"## {vendor.name}", "", "| export | where | key columns | used for | limits |"]
        lines.append("|---|---|---|---|---|")
        for guide in vendor.guides:
            cells = (guide.what, guide.where, ", ".join(guide.matters), guide.answers, guide.limits)
            lines.append(f"| {' | '.join(cells)} |")
        known_exports = [f"{export.kind} ({TABLES[export.table].noun})" for export in vendor.exports if export.table]
        lines += ["", f"Recognised automatically: {', '.join(known_exports)}."]
        notes = dict.fromkeys(export.note for export in vendor.exports if export.note)
        set_aside = [f"Not loaded: {export.kind}. {export.why}" for export in vendor.exports if export.why]
        if notes or set_aside:
            lines += ["", *(f"- {note}" for note in (*notes, *set_aside))]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> list[str]:
    lines = [f"## {table.title} (`{table.name}`)", "", f"{table.help} Key: `{table.key}`.", ""]
    lines += ["| field | holds | meaning | also called |", "|---|---|---|---|"]
    for field in table.fields:
        holds = SQL_TYPES[field.type].lower() + (f", {field.unit}" if field.unit else "")
        must = " **Required.**" if field.required else ""
        derived_note = " Made by the product." if field.derived else ""
        synonyms = "" if field.derived else ", ".join(field.synonyms(LANGUAGES["English"])[1:])
        lines.append(f"| `{field.name}` | {holds} | {field.help}{must}{derived_note} | {synonyms} |")
    return lines
