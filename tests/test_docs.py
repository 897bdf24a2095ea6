"""The docs match the code."""

from __future__ import annotations

import argparse
import ast
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_dash.cli.main import parser
from cs_dash.questions.catalogue import questions
from cs_dash.questions.documents import data_format, exports, metrics

ROOT = Path(__file__).resolve().parent.parent
WRITTEN_BY_HAND = ("docs/architecture.md", "docs/contributing.md", "docs/security.md", "README.md")
ROOTS = ("benchmarks", "cs_dash", "data", "docs", "hosting", "pages", "tests")
OF_A_WORKSPACE = {"building/", "spill/", "temporary/", "uploads/", "versions/"}
"""Folders that the pages name and that belong to a workspace, not to the project."""


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


def paths_named(page: str) -> Iterator[str]:
    """Yield the paths that a page names in backticks or links to, but for those that a recipe tells to write."""
    yield from paths_in((ROOT / page).read_text(encoding="utf-8"), Path(page).parent)


def paths_in(text: str, folder: Path) -> Iterator[str]:
    """Yield the paths that a text names; links are relative to the folder."""
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    text = re.sub(r"Write `[^`]+`", "", text)
    for token in re.findall(r"`([\w./-]+)`", text):
        is_file = re.search(r"\w\.(css|html|json|md|py|sql|svg|toml|txt)$", token)
        if is_file or (token.endswith("/") and token not in OF_A_WORKSPACE) or token.startswith("cs_dash/"):
            yield token
    for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", text):
        yield (folder / target).as_posix()


@pytest.fixture(scope="module")
def project_paths() -> set[str]:
    """Every file and folder of the project, folders with a slash at the end."""
    files = [file for root in ROOTS for file in (ROOT / root).rglob("*")]
    files += [ROOT / root for root in ROOTS] + list(ROOT.iterdir())
    return {
        file.relative_to(ROOT).as_posix() + "/" * file.is_dir() for file in files if "__pycache__" not in file.parts
    }


@pytest.mark.parametrize("page", WRITTEN_BY_HAND)
def test_the_paths_that_a_page_names_exist(page: str, project_paths: set[str]) -> None:
    """A path may be named from any folder on: `steps.py` where the folder was just named."""
    endings = {
        path.removesuffix("/")[start:]
        for path in project_paths
        for start in [0, *(slash.end() for slash in re.finditer("/", path.removesuffix("/")))]
    }
    assert [path for path in paths_named(page) if path.removesuffix("/") not in endings] == []


def test_paths_are_told_from_other_words() -> None:
    text = "`cs_dash/gone.py`, `steps.py` and `cs_dash/ui/`, but neither `versions/` nor `x.y`; [here](images/a.png#b)."
    text += " Write `cs_dash/new.py`.\n```\n`cs_dash/example.py`\n```\n"
    assert list(paths_in(text, Path("docs"))) == ["cs_dash/gone.py", "steps.py", "cs_dash/ui/", "docs/images/a.png"]
    assert len([path for page in WRITTEN_BY_HAND for path in paths_named(page)]) > 100


def test_the_names_that_the_architecture_page_uses_are_in_the_code(project_paths: set[str]) -> None:
    """Each word of `View.ask` or `in_scope` is one of the code: a renamed one is noticed. Libraries have a table."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    text = page.partition("## Written by hand")[0]
    files = [ROOT / path for path in project_paths if path.startswith("cs_dash/") and path.endswith((".py", ".sql"))]
    words = {word for file in [*files, ROOT / "pyproject.toml"] for word in re.findall(r"\w+", file.read_text("utf-8"))}
    names = {part for name in re.findall(r"`([A-Za-z_][\w.]*)`", text) for part in name.split(".")}
    assert names - words - {path.split(".")[0] for path in project_paths} == set()


def test_the_code_in_the_recipes_is_python() -> None:
    text = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert len(blocks) >= 8
    for block in blocks:
        code = textwrap.dedent(block)
        ast.parse(f"{{{code}}}" if code.startswith('"') and not code.startswith('"""') else code)


def test_the_picture_and_the_page_show_every_room() -> None:
    packages = {path.parent.name for path in (ROOT / "cs_dash").glob("*/__init__.py")}
    rooms = packages | {path.stem for path in (ROOT / "cs_dash").glob("[a-z]*.py")}
    picture = (ROOT / "docs" / "images" / "rooms.svg").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert {room for room in rooms if f">{room}<" not in picture} == set()
    assert {room for room in rooms if f"`cs_dash/{room}" not in page} == set()
