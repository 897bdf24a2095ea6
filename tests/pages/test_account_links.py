"""Every account's name on every page leads to the account's page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from cs_dash.store.warehouse import Warehouse
from cs_dash.ui.state import session
from tests.pages.conftest import PAGES, Open

VIEWS: dict[str, tuple[dict[str, str], ...]] = {
    "overview": ({"open": "ACC-1034"}, {"mark": "bands:2026-03-01:red"}),
    "accounts": ({"open": "ACC-1034"}, {"mark": "nps:2026-07-01"}),
    "retention": ({"movement": "churn"}, {"dimension": "segment"}, {"mark": "retention:2026-03-31:NRR"}),
    "cohorts": ({"mark": "cohort_compare:3:SMB"},),
    "churn": ({"mark": "path:-3:Retained"}, {"mark": "reasons:Price"}),
    "topics": ({"topic": "t-faf23121", "behind": "accounts"},),
    "tickets": ({"ticket": "107481"},),
    "account": ({"account": "ACC-1003"}, {"account": "ACC-1015", "timeline": "all"}),
    "data-quality": ({"tab": "unmatched"}, {"tab": "conflicts"}),
}
"""Page -> what else its address may open: a row, a mark, another tab."""
ALTERNATIVE = "cs-unseen"
"""The class of the text that a drawing has for those who cannot see it."""
EXPECTED_NAMES: list[tuple[str, dict[str, str]]] = [
    ("overview", {}),
    ("accounts", {}),
    ("renewals", {}),
    ("ticket-spikes", {}),
    ("churn", {}),
    ("why", {}),
]
"""Views that would show no difference if names were not looked for."""
VIEWED: list[tuple[str, dict[str, str]]] = [(page, {}) for page in PAGES] + [
    (page, query) for page, queries in VIEWS.items() for query in queries
]


class Names(HTMLParser):
    """Where names of accounts stand: in which element, and in a link to which account."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        super().__init__()
        self.pattern = pattern
        self.stack: list[tuple[str, dict[str, str]]] = []
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "img", "input", "hr", "meta", "link", "wbr"):
            self.stack.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(tag in ("style", "script") or ALTERNATIVE in attrs.get("class", "") for tag, attrs in self.stack):
            return
        link = next((attrs.get("href", "") for tag, attrs in self.stack if tag == "a"), "")
        parts = urlsplit(link)
        leads = parts.path == "./account" or data.startswith("All tickets from ")
        account = parse_qs(parts.query).get("account", [""])[-1] if leads else ""
        path = " ".join(f"{tag}.{attrs.get('class', '')}" for tag, attrs in self.stack[-4:])
        self.found += [
            (match.group(), account, f"{path}: {data.strip()[:120]}") for match in self.pattern.finditer(data)
        ]


@pytest.fixture(scope="module")
def warehouse(demo: Path) -> Iterator[Warehouse]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(session.FOLDER, str(demo))
        version = session.current_version()
        assert version is not None
        yield session.Snapshot.of(version).warehouse


@pytest.fixture(scope="module")
def ids(warehouse: Warehouse) -> dict[str, str]:
    return {row["account"]: row["account_id"] for row in warehouse("account_names").to_pylist()}


@pytest.mark.parametrize(
    ("page", "query"), VIEWED, ids=lambda value: value if isinstance(value, str) else "-".join(value)
)
def test_every_name_leads_to_its_account(
    page: str, query: dict[str, str], demo: Path, open_page: Open, ids: dict[str, str]
) -> None:
    pattern = re.compile("|".join(re.escape(name) for name in sorted(ids, key=len, reverse=True)))
    app = open_page(demo, page, **query)
    names = Names(pattern)
    for element in app.html:
        names.feed(element.proto.body)
    own = query.get("account", "")
    lost = [where for name, account, where in names.found if account != ids[name] and ids[name] != own]
    assert lost == []
    if (page, query) in EXPECTED_NAMES:
        assert names.found
