"""The HTML tables of a page, read back: heads, rows, links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from streamlit.testing.v1 import AppTest


@dataclass
class HtmlTable:
    """One table: its caption, its heads, its rows as {head: text}, and every link of a row."""

    caption: str = ""
    heads: list[str] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    links: list[list[str]] = field(default_factory=list)
    sorts: dict[str, str] = field(default_factory=dict)
    sorted_by: dict[str, str] = field(default_factory=dict)

    def column(self, head: str) -> list[str]:
        """Return the texts of one column."""
        return [row[head] for row in self.rows]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[HtmlTable] = []
        self._text: list[str] | None = None
        self._in_body = self._in_table = False
        self._sorted = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        match tag:
            case "table" if "cs-table" in values.get("class", ""):
                self.tables.append(HtmlTable())
                self._in_table = True
            case "tbody":
                self._in_body = True
            case "tr" if self._in_table and self._in_body:
                self.tables[-1].rows.append({})
                self.tables[-1].links.append([])
            case "caption" | "th" | "td" if self._in_table:
                self._text, self._sorted = [], values.get("aria-sort", "")
            case "a" if self._in_table and self._in_body:
                self.tables[-1].links[-1].append(values.get("href", ""))
            case "a" if self._in_table:
                self.tables[-1].sorts[str(len(self.tables[-1].heads))] = values.get("href", "")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._in_table = False
        elif tag == "tbody":
            self._in_body = False
        elif self._text is not None and tag in ("caption", "th", "td"):
            text, table = "".join(self._text).strip().rstrip("›▲▼ "), self.tables[-1]
            self._text = None
            if tag == "caption":
                table.caption = text
            elif not self._in_body:
                table.sorts[text] = table.sorts.pop(str(len(table.heads)), "")
                table.heads.append(text)
                if self._sorted:
                    table.sorted_by[text] = self._sorted
            elif len(table.rows[-1]) < len(table.heads):
                table.rows[-1][table.heads[len(table.rows[-1])]] = text


def html_tables(app: AppTest) -> list[HtmlTable]:
    """Return the tables of a page in their order."""
    reader = _Reader()
    for element in app.html:
        reader.feed(element.proto.body)
    return reader.tables
