"""Tables: sorted, searched and paged as the address says, and whatever the data hold stays text."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.answer import Answer, Column
from cs_dash.ui.components.tables.choices import TableChoices, without_drawer
from cs_dash.ui.components.tables.html_table import PAGE_ROWS, TableView, offered_columns
from cs_dash.ui.components.tables.row_order import matching_rows, sorted_rows

COLUMNS = (
    Column("account_id", "Id", hidden=True),
    Column("account", "Account"),
    Column("mrr", "MRR", "money"),
    Column("score", "Score", "score"),
    Column("band", "Band"),
    Column("trend", "Trend", "trend"),
    Column("address", "Link", "link"),
    Column("due", "Renewal", "date"),
)
NASTY = "<img src=x onerror=alert(1)>\"'&</td><script>"


def answer(rows: list[dict[str, Any]]) -> Answer:
    types = {
        "account_id": pa.string(), "account": pa.string(), "mrr": pa.float64(), "score": pa.float64(),
        "band": pa.string(), "trend": pa.list_(pa.float64()), "address": pa.string(), "due": pa.date32(),
    }  # fmt: skip
    table = pa.table({name: pa.array([row.get(name) for row in rows], kind) for name, kind in types.items()})
    return Answer("test.q", "T", "S", dt.date(2026, 9, 30), rows=table, columns=COLUMNS, currency="EUR")


def view(table_rows: list[dict[str, Any]], /, **query: str) -> TableView:
    return TableView.of(answer(table_rows), TableChoices("", {name: [value] for name, value in query.items()}))


def many(count: int) -> list[dict[str, Any]]:
    return [{"account_id": f"A-{at}", "account": f"Name {at}", "mrr": float(at % 7)} for at in range(count)]


def test_missing_values_come_last_either_way_and_text_ignores_case_and_accents() -> None:
    rows = pa.table(
        {"name": ["beta", None, "Ärger", "alpha", "", "Zebra"], "n": [2.0, None, float("nan"), 1.0, 3.0, 0.0]}
    )
    assert sorted_rows(rows, "name")["name"].to_pylist() == ["alpha", "Ärger", "beta", "Zebra", None, ""]
    assert sorted_rows(rows, "name", descending=True)["name"].to_pylist()[:2] == ["Zebra", "beta"]
    assert sorted_rows(rows, "n")["name"].to_pylist()[:4] == ["Zebra", "alpha", "beta", ""]
    assert sorted_rows(rows, "n", descending=True)["name"].to_pylist()[-2:] == [None, "Ärger"]


def test_all_rows_are_sorted_and_those_of_a_page_are_drawn() -> None:
    table = view(many(5_003), sort="-mrr", rows="2")
    assert table.answer.rows.num_rows == 5_003
    assert table.answer.rows["mrr"].to_pylist() == sorted((float(at % 7) for at in range(5_003)), reverse=True)
    html = str(table.rows_html("Accounts", "en"))
    assert html.count("<tr data-href") == PAGE_ROWS
    assert "51–100 of 5,003" in html
    assert 'aria-sort="descending"' in html
    assert 'href="?sort=mrr"' in html  # the other way, from the first page


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999999999", "3"])
def test_a_page_that_is_not_there_is_the_nearest(page: str) -> None:
    assert view(many(60), rows=page).first in (0, PAGE_ROWS)


def test_every_searched_word_is_somewhere_in_the_row() -> None:
    rows = [{"account_id": "A-1", "account": "Müller GmbH"}, {"account_id": "B-2", "account": "Muller AG"}]
    assert view(rows, find="MULLER").answer.rows.num_rows == 2
    assert view(rows, find="muller a-1").answer.rows["account"].to_pylist() == ["Müller GmbH"]
    assert view(rows, find="nobody").row_count == 0
    assert view(rows, find="nobody").total == 2


def test_a_search_finds_what_is_shown_and_not_the_code_behind_it() -> None:
    columns = (
        Column("state", "State", value_labels=(("open_red", "Due soon"), ("kept", "Renewed"))),
        Column("due", "Due", "date"),
        Column("mrr", "MRR", "money"),
    )
    rows = pa.table(
        {
            "state": ["open_red", "kept", None, "open_red"],
            "due": pa.array([dt.date(2026, 9, 30), dt.date(2026, 5, 1), None, None], pa.date32()),
            "mrr": [30.0, 2.0, 9.0, 1.0],
        }
    )
    assert matching_rows(rows, columns, "due SOON")["mrr"].to_pylist() == [30.0, 1.0]
    assert matching_rows(rows, columns, "open_red").num_rows == 0
    assert matching_rows(rows, columns, "sep 2026")["mrr"].to_pylist() == [30.0]
    assert matching_rows(rows, columns, "mai", "de")["mrr"].to_pylist() == [2.0]
    assert matching_rows(rows, columns, "30").num_rows == 1
    assert matching_rows(rows, columns, "n/a").num_rows == 0


def test_a_card_has_three_columns_also_where_fewer_decide() -> None:
    columns = (
        Column("name", "Name"),
        Column("a", "A"),
        Column("b", "B", priority=1),
        Column("c", "C"),
        Column("d", "D"),
    )
    rows = pa.table({column.name: ["x"] for column in columns})
    table = TableView.of(Answer("q", "T", "", None, rows=rows, columns=columns), TableChoices("", {}))
    html = str(table.rows_html("T", "en"))
    assert [label for label in "ABCD" if f'cs-rest" data-label="{label}"' in html] == ["D"]


def test_chosen_columns_keep_the_name_and_an_unknown_one_is_left_out() -> None:
    rows = [{"account_id": "A-1", "account": "Ann", "mrr": 1.0, "score": 10.0, "band": "red"}]
    assert [column.name for column in view(rows).columns] == ["account", "mrr", "score"]  # the band is in the score
    assert [column.name for column in view(rows, columns="band,nothing").columns] == ["account", "band"]
    assert [column.name for column in view(rows, columns="nothing").columns] == ["account", "mrr", "score"]


def test_links_of_a_table_close_the_drawer_and_keep_the_rest() -> None:
    query = {"mark": ["a:b"], "quiet.open": ["1"], "drawer.sort": ["mrr"], "f.segment": ["SMB"], "movement": ["new"]}
    assert without_drawer(query, "movement") == {"f.segment": ["SMB"]}


class Tags(HTMLParser):
    """The tags and attributes of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]


PLAIN = Tags(str(view(many(60), find="name").rows_html("T", "en")))
TEXTS = st.one_of(st.just(NASTY), st.text(max_size=40).map(lambda text: text + NASTY), st.text(max_size=80))


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_whatever_the_data_hold_stays_text(name: str, key: str, link: str, caption: str) -> None:
    row = {"account_id": key, "account": name, "band": name, "address": link, "score": 3.0, "trend": [1.0, 2.0]}
    table = view([row, {"account_id": "B", "account": "B"}], find="", sort="account")
    for html in (table.rows_html(caption, "en"), table.head_html(caption, name)):
        found_tags = Tags(str(html))
        assert found_tags.tags <= {
            "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "a", "span", "b", "i", "details", "summary",
            "nav", "form", "input", "label", "button", "p", "h2",
        }  # fmt: skip
        assert not [attribute for attribute in found_tags.attributes if attribute.startswith("on")]
        assert all(href.startswith(("?", "./", "http://", "https://", "HTTP")) for href in found_tags.links)


def test_a_value_that_does_not_apply_is_a_dash_with_its_reason() -> None:
    rows = pa.table({"account": ["A", "B"], "lost": pa.array([1.0, None]), "won": pa.array([None, 2.0])})
    columns = (
        Column("account", "Account"),
        Column("lost", "Lost", "money", absent="Not decided yet"),
        Column("won", "Won", "money"),
    )
    shown = Answer("test.q", "T", "S", dt.date(2026, 9, 30), rows=rows, columns=columns, currency="EUR")
    body = TableView.of(shown, TableChoices("", {})).rows_html("T", "en")
    assert body.count('<span class="cs-missing" title="Not decided yet">–</span>') == 1
    assert body.count('<span class="cs-missing">n/a</span>') == 1


def test_a_column_that_shows_nothing_is_left_out() -> None:
    rows: list[dict[str, Any]] = [
        {"account": "A", "mrr": 1.0, "band": "", "trend": [None, 3.0]},
        {"account": "B", "trend": []},
    ]
    assert [column.name for column in offered_columns(answer(rows))] == ["account", "mrr"]
    rows[1] |= {"band": "red", "trend": [1.0, 3.0]}
    assert [column.name for column in offered_columns(answer(rows))] == ["account", "mrr", "band", "trend"]
