"""One name, one value on the screen: what pages show of one scope, in cards, tables of figures and titles of charts."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import ExitStack
from html.parser import HTMLParser
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cs_dash import pipeline
from cs_dash.store.workspace import Workspace
from tests.pages.conftest import PAGES, Open

SCOPES: tuple[dict[str, str], ...] = ({}, {"period": "3m"}, {"f.segment": "SMB"})
NAMED_IN_TITLES = {
    "NRR": "Net revenue retention", "GRR": "Gross revenue retention", "how-to share": "How-to share",
    "renewal rate": "Renewal rate in the period", "contact rate": "Contact rate",
}  # fmt: skip
"""What a sentence calls a figure -> the name on its card."""


class Cards(HTMLParser):
    """The figures of a page, {name: value as shown}, and the titles and headlines."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: list[tuple[str, str, str]] = []
        self.sentences: list[str] = []
        self._open: list[str] = []
        self._card = ""
        self._label = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "data-figure" in values:
            self._card = values["data-figure"]
        classes = values.get("class", "").split()
        self._open.append(
            next((name for name in ("cs-label", "cs-value", "cs-says", "chart-title") if name in classes), "")
        )
        if self._open[-1] in ("cs-says", "chart-title"):
            self.sentences.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        kinds = [name for name in self._open if name]
        if not kinds:
            return
        if kinds[0] == "cs-label":
            self._label = data.strip()
        elif kinds[0] == "cs-value":
            self.figures.append((self._card, self._label, data.strip()))
        else:
            self.sentences[-1] += data


def cards_of(app: AppTest) -> Cards:
    cards = Cards()
    for element in app.html:
        cards.feed(element.proto.body)
    return cards


def two_values(shown: dict[str, dict[str, list[str]]]) -> dict[str, dict[str, list[str]]]:
    """Return the names that are shown with more than one value, with the pages that show each."""
    return {name: values for name, values in shown.items() if len(values) > 1}


@pytest.fixture(scope="module")
def ravenstack(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ravenstack") / "workspace"
    with ExitStack() as stack:
        files = sorted((shared_data / "ravenstack").glob("*.csv"))
        pipeline.load(Workspace(folder), [(file.name, stack.enter_context(file.open("rb"))) for file in files])
    return folder


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_no_name_is_shown_with_two_values(scope: dict[str, str], demo: Path, open_page: Open) -> None:
    assert cards_and_sentences_agree(demo, open_page, scope) > 30


def test_nor_on_ravenstack(ravenstack: Path, open_page: Open) -> None:
    assert cards_and_sentences_agree(ravenstack, open_page, {}) > 30


def cards_and_sentences_agree(folder: Path, open_page: Open, scope: dict[str, str]) -> int:
    """Hold that no name is shown with two values, and return how many figures were compared."""
    shown: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    sentences: list[tuple[str, str]] = []
    for page in PAGES:
        cards = cards_of(open_page(folder, page, **scope))
        for _, label, value in cards.figures:
            shown[label][value].append(page)
        sentences += [(page, sentence) for sentence in cards.sentences]
    assert not two_values(shown)
    named = 0
    for page, sentence in sentences:
        for short, label in NAMED_IN_TITLES.items():
            for said in re.findall(
                rf"\b{short}(?: of tickets| over [^.]{{4,40}}| in the period)? is ([\d.]+(?:\u202f%)?)", sentence
            ):
                assert said in shown[label], (page, sentence)
                named += 1
    assert named
    return sum(len(pages) for values in shown.values() for pages in values.values())


def test_a_second_value_is_noticed() -> None:
    assert two_values({"NRR": {"103 %": ["overview"], "104 %": ["retention"]}, "GRR": {"91 %": ["overview"]}}) == {
        "NRR": {"103 %": ["overview"], "104 %": ["retention"]}
    }
