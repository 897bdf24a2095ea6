"""The registry of pages: what each file in `pages/` declares about itself, read once and in one place.

Navigation, addresses, warm-up, "Shown on" and the page lists of the tests derive from it: a new page is one new file.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "pages"
SECTIONS = ("Monitor", "Understand", "Act", "Data")
"""The sections of the rail, in order; one without pages is not shown."""
DECLARATION = "PAGE"
PRODUCT = "CS Dash"
"""What the product is called in the shell and in the browser's tab."""


@dataclass(frozen=True)
class Page:
    """One page, as its file declares it.

    The declaration is read without running the file, so every value but `file` is a literal.

    Attributes:
        file: path of the page's file; its stem, with hyphens, is the page's name and address.
        title: what it is called in the rail, in links, as its heading and in the browser's tab: a noun.
        section: one of SECTIONS.
        position: where it stands in its section.
        questions: what it asks whenever it is opened on loaded data.
        more_questions: what it asks only after a choice or a click of the reader.
        warm_up: whether the answers are computed before the first visitor comes; not where they depend on choices.
        old_addresses: where it was before; they lead to it, with their query.
        in_rail: whether the rail lists it; a page that only links lead to is not listed.
        part_of: name of the page that the rail marks while this one is open, where the rail does not list it.
        right: name of the right without which nobody may open it, such as "LOAD"; "" for everybody who may read.
        needs_table: the canonical table without which the rail does not list it; "" for none.
    """

    file: str
    title: str
    section: str
    position: int
    questions: tuple[str, ...] = ()
    more_questions: tuple[str, ...] = ()
    warm_up: bool = True
    old_addresses: tuple[str, ...] = ()
    in_rail: bool = True
    part_of: str = ""
    needs_table: str = ""
    right: str = ""

    @property
    def name(self) -> str:
        """The page's name and address."""
        return Path(self.file).stem.replace("_", "-")


@cache
def pages() -> tuple[Page, ...]:
    """Return every page in the order of the navigation. Raises ValueError where a file does not declare one."""
    declared = (read_page(file) for file in FOLDER.glob("*.py"))
    return tuple(sorted(declared, key=lambda page: (SECTIONS.index(page.section), page.position)))


@cache
def by_name() -> Mapping[str, Page]:
    """Return {name: page}."""
    return {page.name: page for page in pages()}


def home() -> Page:
    """Return the page at the root of the address."""
    return pages()[0]


@cache
def by_old_address() -> Mapping[str, Page]:
    """Return {address that a page had before: the page}."""
    return {address: page for page in pages() for address in page.old_addresses}


def href(page: Page) -> str:
    """Return where a page is, seen from any page; the first one is at the root."""
    return "./" if page == home() else f"./{page.name}"


def tab_title(title: str) -> str:
    """Return what the browser's tab is called while `title` is shown."""
    return f"{title} \u2013 {PRODUCT}"


def by_section() -> dict[str, list[Page]]:
    """Return {section: its pages}, both in the order of the navigation."""
    return {section: [page for page in pages() if page.section == section] for section in SECTIONS}


@cache
def pages_by_question() -> Mapping[str, tuple[Page, ...]]:
    """Return {question: the pages that ask it}, in the order of the navigation; what no page asks is absent."""
    asking: dict[str, tuple[Page, ...]] = {}
    for page in pages():
        for question in (*page.questions, *page.more_questions):
            asking[question] = (*asking.get(question, ()), page)
    return asking


def warm_up_questions() -> tuple[str, ...]:
    """Return what the pages ask when they are opened, once each, without the pages that are not warmed up."""
    return tuple(dict.fromkeys(question for page in pages() if page.warm_up for question in page.questions))


def read_page(file: Path) -> Page:
    """Return what a page's file declares as `PAGE = Page(__file__, ...)`. Raises ValueError where it does not."""
    for node in ast.parse(file.read_text(encoding="utf-8"), filename=str(file)).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=ast.Call(keywords=keywords)) if target == DECLARATION:
                return Page(str(file), **{keyword.arg or "": ast.literal_eval(keyword.value) for keyword in keywords})
    raise ValueError(f"Could not find {DECLARATION} = Page(__file__, ...) in {file}.")
