"""What the search of the rail finds: pages, accounts, topics and metrics, the best matches of each first."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from cs_dash import page_registry as registry
from cs_dash.metrics import Warehouse, definition_files, read_definition, subject_of
from cs_dash.questions.lineage import questions_of
from cs_dash.sharing import LOCAL, Reader
from cs_dash.ui.pages.definitions.page_metrics import page_metrics

MOST = 12
LONGEST = 100
"""Letters of a search that count; the rest of a longer one is left out."""
SHARES = {"account": 6, "topic": 4, "metric": 4, "page": 4}
"""How many matches of a kind come at most while there are others."""


@dataclass(frozen=True)
class Match:
    """One line below the search field.

    Attributes:
        kind: account, topic, page or metric.
        title: what it is called.
        hint: what tells it from others of that name.
        href: where it leads, without the scope.
    """

    kind: str
    title: str
    hint: str
    href: str


@dataclass(frozen=True)
class Metric:
    """A definition that a question of a page rests on, and the page that shows it."""

    name: str
    title: str
    page: registry.Page


def matches(text: str, warehouse: Warehouse | None, reader: Reader = LOCAL) -> list[Match]:
    """Return at most `MOST` matches of a text, best kind first; without a text the pages, without data no accounts.

    Raises WorkspaceBroken when the version cannot be read.
    """
    text = " ".join(text.split())[:LONGEST]
    loaded = _loaded_tables(warehouse)
    pages = [Match("page", page.title, "", registry.href(page)) for page in _pages(text, loaded, reader)]
    if not text:
        return pages[:MOST]
    metrics = [
        Match("metric", metric.title, metric.page.title, registry.href(metric.page))
        for metric in _metrics(text)
        if reader.may_open(metric.page)
    ]
    groups = [pages, _accounts(text, warehouse), _topics(text, warehouse) if "tickets" in loaded else [], metrics]
    # A page is found by a name that one knows, and there are few of them: an exact one never hides below accounts.
    short = [match for group in groups for match in group[: SHARES[group[0].kind] if group else 0]]
    more = [match for group in groups for match in group if match not in short]
    chosen = (short + more)[:MOST]
    return [match for group in groups for match in group if match in chosen]


def _loaded_tables(warehouse: Warehouse | None) -> frozenset[str]:
    if warehouse is None:
        return frozenset()
    return frozenset(warehouse("filled_tables")["table_name"].to_pylist())


def _pages(text: str, loaded: frozenset[str], reader: Reader) -> list[registry.Page]:
    open_pages = (page for page in registry.pages() if reader.may_open(page))
    listed = [page for page in open_pages if page.in_rail and page.needs_table in {"", *loaded}]
    ranks = {page.name: min(_rank(name, text) for name in (page.title, *page.old_addresses)) for page in listed}
    return sorted((page for page in listed if ranks[page.name] < 9), key=lambda page: ranks[page.name])


def _accounts(text: str, warehouse: Warehouse | None) -> list[Match]:
    if warehouse is None:
        return []
    rows = warehouse("account_matches", text_in=text, rows_at_most=MOST).to_pylist()
    return [
        Match("account", row["account"], row["segment"] or "", f"./account?{urlencode({'account': row['account_id']})}")
        for row in rows
    ]


def _topics(text: str, warehouse: Warehouse | None) -> list[Match]:
    if warehouse is None:
        return []
    rows = warehouse("topic_matches", text_in=text, rows_at_most=MOST).to_pylist()
    return [Match("topic", row["label"], "", f"./topics?{urlencode({'topic': row['topic']})}") for row in rows]


def _metrics(text: str) -> list[Metric]:
    ranked = [(_rank(metric.title, text), metric.title, metric) for metric in metrics()]
    return [metric for rank, _, metric in sorted(ranked, key=lambda entry: entry[:2]) if rank < 9]


@cache
def metrics() -> tuple[Metric, ...]:
    """Return the metrics of the Definitions page, each with the first page of its subject that shows it."""
    by_question = registry.pages_by_question()
    listed = {name for names in page_metrics().values() for name in names}
    entries = []
    for file in definition_files():
        definition, subject = read_definition(file), subject_of(file)
        if definition.name not in listed:
            continue
        asked_by = sorted(questions_of()[definition.name], key=lambda name: name.split(".")[0] != subject)
        pages = {name: [page for page in by_question.get(name, ()) if page.in_rail] for name in asked_by}
        own = [page for name in asked_by if name.split(".")[0] == subject for page in pages[name]]
        any_subject = [page for name in asked_by for page in pages[name]]
        entries.append(Metric(definition.name, definition.title, min(own or any_subject, key=_depth)))
    return tuple(entries)


def _depth(page: registry.Page) -> tuple[bool, int]:
    """Return how late a page comes as the place of a metric: the one that sums up all others last."""
    return page == registry.home(), registry.pages().index(page)


def _rank(name: str, text: str) -> int:
    """Return how well a text fits a name: 0 is the name itself, 9 does not fit."""
    name, text = _plain(name), _plain(text)
    words = re.findall(r"\w+", name)
    if name == text:
        return 0
    if name.startswith(text):
        return 1
    if all(any(word.startswith(part) for word in words) for part in text.split()):
        return 2
    return 3 if text in name else 9


def _plain(text: str) -> str:
    """Return a text in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
