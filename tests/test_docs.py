"""What the docs say is what the code does."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from cs_dash.cli.main import parser
from cs_dash.questions.catalogue import questions
from cs_dash.questions.documents import data_format, exports, metrics

ROOT = Path(__file__).resolve().parent.parent


def commands() -> dict[str, argparse.ArgumentParser]:
    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("no commands")


@pytest.mark.parametrize(
    ("page", "text"), [("metrics.md", metrics), ("data-format.md", data_format), ("exports.md", exports)]
)
def test_generated_pages_are_what_the_code_says(page: str, text: object) -> None:
    assert callable(text)
    assert (ROOT / "docs" / page).read_text(encoding="utf-8") == text(), "run: make docs"


def test_every_command_and_option_is_documented() -> None:
    readme = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    for name, command in commands().items():
        assert f"`{name}" in readme, name
        for action in command._actions:
            for option in action.option_strings:
                if option.startswith("--") and option != "--help":
                    assert option in readme, (name, option)


def test_every_question_is_in_the_metrics_page() -> None:
    text = metrics()
    for name in questions():
        assert f"`{name}`" in text
