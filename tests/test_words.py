"""Words that readers see: the field's terms, counts that agree with their nouns, no sentences about nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_dash.answer import Answer
from cs_dash.metrics import definition_files
from cs_dash.questions.catalogue import questions
from cs_dash.settings import SETTINGS
from cs_dash.store.definitions import read_definition

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("cs_dash/ui", "cs_dash/questions", "cs_dash/cli", "cs_dash/settings", "cs_dash/intake", "pages")
GUIDES = ("README.md", "docs/architecture.md", "docs/command-line.md", "docs/contributing.md", "docs/data-format.md",
          "docs/exports.md", "docs/hosting.md", "docs/security.md")  # fmt: skip
TEMPLATES = sorted((ROOT / "cs_dash/look/templates").rglob("*.html"))
FORBIDDEN = re.compile(
    r"\b(?:more|less) than chance\b|by chance would|stands? out from chance|\bcould be chance\b"
    r"|\bwho (?:is well|stays|leaves|left)\b|\bfell silent\b|\bwhat became of\b|\bbecame of\b"
    r"|\bnobody (?:knows|paid|has|asks|could|can|said|drew)\b|\bsomebody (?:said|chose|set)\b"
    r"|\b(?:is|was|are) (?:told|said of)\b|\bcannot be told\b|\bits (?:own )?past\b|\bwould bring\b"
    r"|\bworth a line\b|\bleft over\b|\bplain count\b|\bstands? behind\b|\bas they stand\b"
    r"|\bkinds? of tickets?\b|\b(?:a|no|any|another|its|their|the) kind\b(?! of)|\bwithout a kind\b|\bwith a kind\b"
    r"|\baccounts? kept\b|\bby hand\b(?=.*rule says)|\btake it back\b|\btaken back\b|\bmade again\b"
    r"|\bwhat others report\b|\bworks? on nights\b|\bclock runs\b|\blay open\b|\blies? open\b"
    r"|\bfirst answer\b|\bcosts (?:most|next most)\b|\bMRR behind\b|\bin spite of\b|\bsay it your way\b"
    r"|\bfalls? silent\b|\bbelongs? to nobody\b|\bas you said\b|\byou said so\b|\bsays? so\b|\btells? of\b"
    r"|\b(?:is|are) no tables?\b"
    r"|\b(?:is|are) not told\b|\bas they stand\b|\bwithout a word\b|\bis no (?:number|field|choice|month|kind)\b"
    r"|\bpromised but not there\b|\b(?:all|read) the same\b(?! (?:number|text|way))|\bturned into (?:EUR|USD|\{)"
    r"|\bleave it\b(?! out| to)|\blook from the day\b|\b95 % (?:interval|confidence)\b|\(95 %\)",
    re.IGNORECASE,
)
"""What no reader sees: words of before, and phrases that read like a translation."""
VALUES = {
    "could be chance": "a verdict on the command line; pages write it as not significant",
    "more than chance": "a verdict on the command line; pages write it as significant",
    "went silent": "a warning on the command line; pages write it as gone quiet",
    "without a kind": "a category on the command line; pages write it as no category",
    "nobody paid at the start": "a verdict on the command line; pages write it as no paying accounts",
    "says nothing of the kind": "the choice of a type on the command line: it names no category",
}
"""Values of rows that other programs read, each with how pages write it."""
NOUNS = (
    "account", "ticket", "event", "row", "file", "month", "day", "line", "renewal", "topic", "question", "response",
    "cohort", "point", "column", "label", "reason", "type", "source", "contract line", "setting",
)  # fmt: skip
DISAGREEMENT = re.compile(
    rf"(?<![\d.,–−-])1 (?:{'|'.join(f'{noun}s' for noun in NOUNS)})\b"
    rf"|(?<![\dQ.,])(?!(?:19|20)\d\d )(?:[2-9]|\d\d+) (?:{'|'.join(NOUNS)})\b(?!-)"
    r"|\b0 of (?:them|these)\b|\b1 (?:have|are)\b",
)
"""Counts that do not agree with their nouns, and sentences about nothing."""


def literals(file: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of every string of a module but its docstrings, placeholders as "{}"."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    bodies = (getattr(node, "body", None) for node in ast.walk(tree))
    statements = (statement for body in bodies if isinstance(body, list) for statement in body)
    skipped = {id(statement.value) for statement in statements if isinstance(statement, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in node.values}
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def texts(answer: Answer) -> Iterator[str]:
    """Yield every text of an answer that is no data of the company."""
    yield from (answer.title, answer.headline)
    for figure in answer.figures:
        yield from (figure.label, figure.caveat, figure.n_label, figure.previous_label, figure.benchmark)
    for column in answer.columns:
        yield from (column.label, column.help)
    for chart in answer.charts:
        yield from (chart.title, chart.subtitle, chart.axis)
    yield from (note.text for note in answer.notes)


def test_the_rule_notices() -> None:
    assert FORBIDDEN.search("Who stays, and for how long?")
    assert FORBIDDEN.search("12 tickets without a kind")
    assert DISAGREEMENT.search("There are 1 accounts")
    assert DISAGREEMENT.search("for 12 account it is so")
    assert DISAGREEMENT.search("For 0 of them there is one")
    assert not DISAGREEMENT.search("21 accounts, 1 ticket and 3.1 points over a 12-month window")


@pytest.mark.parametrize("room", ROOMS)
def test_no_text_of_the_code_is_of_before(room: str) -> None:
    offending = [
        f"{file.relative_to(ROOT)}:{line}: {text}"
        for file in sorted((ROOT / room).rglob("*.py"))
        for line, text in literals(file)
        if " " in text and text not in VALUES and not text.startswith(("select", "\n")) and FORBIDDEN.search(text)
    ]
    assert offending == []


@pytest.mark.parametrize("guide", GUIDES)
def test_no_guide_is_of_before(guide: str) -> None:
    lines = (ROOT / guide).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if FORBIDDEN.search(line) and "first answer minutes" not in line] == []


def test_no_template_is_of_before() -> None:
    assert [file.name for file in TEMPLATES if FORBIDDEN.search(file.read_text(encoding="utf-8"))] == []


def test_definitions_settings_and_titles_use_the_terms_of_the_field() -> None:
    definitions = [read_definition(file) for file in definition_files()]
    sentences = [text for entry in definitions for text in (entry.title, entry.explanation)]
    sentences += [text for setting in SETTINGS.values() for text in (setting.title, setting.description)]
    sentences += [question.title for question in questions().values()]
    assert [text for text in sentences if FORBIDDEN.search(text)] == []
    assert [question.title for question in questions().values() if question.title.endswith("?")] == []
