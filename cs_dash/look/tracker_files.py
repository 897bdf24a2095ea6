"""Roadmap items as files that other tools import unchanged: Jira, Linear, Productboard, any table, Markdown.

What customers and colleagues wrote stays text in each of them: no formula in a spreadsheet program, no image or link in
a description.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from cs_dash.look.spreadsheet_text import csv_cell

BYTE_ORDER_MARK = "\ufeff"
LONGEST_SUMMARY = 255
"""Jira takes no longer summary."""
_MARKDOWN = re.compile(r"[\\`*_\[\]<>|~!#&]")
_LINE_START = re.compile(r"^(?=\d+[.)]|[-+=])")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WIKI = re.compile(r"[{}\[!|]")
LINEAR_COLUMNS = (
    "ID", "Team", "Title", "Description", "Status", "Estimate", "Priority", "Project ID", "Project", "Creator",
    "Assignee", "Labels", "Cycle Number", "Cycle Name", "Cycle Start", "Cycle End", "Created", "Updated", "Started",
    "Triaged", "Completed", "Canceled", "Archived", "Due Date",
)  # fmt: skip
LINEAR_STATES = {"accepted": "Todo", "declined": "Canceled", "shipped": "Done"}
PRODUCTBOARD_STATES = {"accepted": "Planned", "declined": "Won't do", "shipped": "Released"}
ITEM_COLUMNS = {
    "item": "Item", "title": "Title", "description": "Description", "fix": "Kind of fix", "state": "State",
    "owner": "Owner", "team": "Team", "due": "Due", "shipped_on": "Shipped on", "priority": "Priority", "rice": "RICE",
    "reach": "Reach", "impact": "Impact", "confidence": "Confidence", "effort": "Effort", "tickets": "Tickets",
    "accounts": "Accounts", "mrr": "Affected MRR", "mrr_renewing": "MRR renewing within 180 days", "labels": "Labels",
    "address": "Address",
}  # fmt: skip
Item = Mapping[str, Any]


def tracker_file(items: Sequence[Item], form: str) -> bytes:
    """Return roadmap items as a file for one of `FORMS`, in UTF-8.

    `items`: rows of the question roadmap.handover. Raises KeyError for another form.
    """
    return FORMS[form](items).encode("utf-8")


def jira_csv(items: Sequence[Item]) -> str:
    """Return CSV after the rules of Jira Cloud, every cell in quotes.

    The first row has names without punctuation; every row has a Summary on one line; a label has no blanks and a column
    of its own; who is assigned is an e-mail address, else nobody: the importer finds no one by a name, which stands in
    the description. Days are written yyyy-MM-dd, which the importer asks for.

    Source: Atlassian, Prepare a CSV file for import; Import data from a CSV file.
    """
    most_labels = max((len(item["labels"]) for item in items), default=1)
    header = ["Summary", "Issue Type", "Description", "Priority", "Assignee", "Due date", *["Labels"] * most_labels]
    rows = []
    for item in items:
        title = _one_line(item["title"])
        assignee = item["owner"] if _EMAIL.fullmatch(item["owner"] or "") else None
        long = len(csv_cell(title)) > LONGEST_SUMMARY
        summary = title[: LONGEST_SUMMARY - 2].rstrip() + "…" if long else title
        description = description_of(item, _wiki, bullet="* ", opening=title if long else "")
        labels = [*item["labels"], *[""] * (most_labels - len(item["labels"]))]
        rows.append([summary, "Task", description, item["priority"], assignee, item["due"], *labels])
    return _csv(header, rows, quoting=csv.QUOTE_ALL)


def linear_csv(items: Sequence[Item]) -> str:
    """Return CSV with the columns of Linear's own export, which its importer reads (`@linear/import`, linearCsv)."""
    rows = []
    for item in items:
        values = {
            "ID": item["item"],
            "Title": item["title"],
            "Description": description_of(item, markdown_text),
            "Status": LINEAR_STATES.get(item["state"], "Backlog"),
            "Priority": item["priority"] or "No priority",
            "Assignee": item["owner"],
            "Labels": ", ".join(item["labels"]),
            "Completed": item["shipped_on"] if item["state"] == "shipped" else None,
            "Due Date": item["due"],
        }
        rows.append([values.get(column) for column in LINEAR_COLUMNS])
    return _csv(LINEAR_COLUMNS, rows)


def productboard_csv(items: Sequence[Item]) -> str:
    """Return CSV with one feature a row, whose columns are mapped when they are imported."""
    header = [
        "Name",
        "Description",
        "Status",
        "Owner",
        "Tags",
        "Due date",
        "Priority",
        "RICE",
        "Effort",
        "Item",
        "Link",
    ]
    return BYTE_ORDER_MARK + _csv(
        header,
        [
            [
                item["title"], description_of(item, str), PRODUCTBOARD_STATES.get(item["state"], "Candidate"),
                item["owner"], ", ".join(item["labels"]), item["due"], item["priority"], item["rice"], item["effort"],
                item["item"], item["address"],
            ]
            for item in items
        ],
    )  # fmt: skip


def items_csv(items: Sequence[Item]) -> str:
    """Return CSV with all that is known of each item, for a tool whose importer lets columns be mapped."""
    rows = []
    for item in items:
        values = {**item, "description": description_of(item, str), "labels": ", ".join(item["labels"])}
        rows.append([values[name] for name in ITEM_COLUMNS])
    return BYTE_ORDER_MARK + _csv(list(ITEM_COLUMNS.values()), rows)


def items_markdown(items: Sequence[Item]) -> str:
    """Return one section for each item, to be pasted into a ticket."""
    sections = [f"# {markdown_text(item['title'])}\n\n{description_of(item, markdown_text)}\n" for item in items]
    return "\n".join(sections)


FORMS: Mapping[str, Callable[[Sequence[Item]], str]] = {
    "jira": jira_csv,
    "linear": linear_csv,
    "productboard": productboard_csv,
    "csv": items_csv,
    "markdown": items_markdown,
}
"""What files there are, by the tool that takes them."""


def description_of(item: Item, escaped: Callable[[str], str], *, bullet: str = "- ", opening: str = "") -> str:
    """Return the evidence, the examples and the address of an item as lines; `escaped` makes text of what was typed."""
    lines = [escaped(opening), ""] if opening else []
    lines += ["Evidence:", *[f"{bullet}{escaped(line)}" for line in map(_one_line, item["evidence"])]]
    if item["examples"]:
        lines += ["", "Examples:", *(f"{bullet}{escaped(_one_line(line))}" for line in item["examples"])]
    return "\n".join([*lines, "", f"Roadmap item {item['item']}: {item['address']}"]).strip()


def markdown_text(text: str) -> str:
    """Return text, on one line, that Markdown shows literally."""
    return _LINE_START.sub("\u2060", _MARKDOWN.sub(r"\\\g<0>", _one_line(text)))


def _wiki(text: str) -> str:
    """Return text in which Jira's wiki markup sees no macro, link or image."""
    return _WIKI.sub(r"\\\g<0>", text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]], *, quoting: Literal[0, 1] = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=quoting)
    writer.writerow(header)
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return out.getvalue()


def _cell(value: Any) -> Any:
    """Return a value as a cell; text is no formula, whatever it begins with."""
    if value is None:
        return ""
    return csv_cell(value) if isinstance(value, str) else value
