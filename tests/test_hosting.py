"""The files for hosting name what there is: variables, commands, options, paths."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from cs_dash.cli.main import parser

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = re.compile(r"\bCS_DASH_[A-Z_]+\b")
PAGE = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
FILES = [
    ROOT / "compose.yaml",
    ROOT / "Dockerfile",
    *sorted(path for path in (ROOT / "hosting").iterdir() if path.is_file()),
]
OF_THE_FILES = {"CS_DASH_NAME", "CS_DASH_APP", "CS_DASH_OIDC_"}
"""What the files for hosting hand on to each other, and how some variables begin."""
INTERNAL = {"CS_DASH_BROWSER", "CS_DASH_SHARED_DATA"}
"""What one command hands on to the next, and what only tests read."""


def variables_of_the_program() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "cs_dash").rglob("*.py")]
    names = {name for text in texts for name in VARIABLE.findall(text)} - INTERNAL
    return names | {f"{name}_FILE" for name in names if name.endswith("_SECRET")}


def test_every_variable_is_documented_and_no_other() -> None:
    table = set(re.findall(r"^\| (.*?) \|", PAGE, flags=re.MULTILINE))
    listed = {name for cell in table for name in VARIABLE.findall(cell)}
    assert listed == variables_of_the_program()


@pytest.mark.parametrize("file", FILES, ids=lambda path: str(path.name))
def test_a_file_sets_variables_that_the_program_reads(file: Path) -> None:
    named = set(VARIABLE.findall(file.read_text(encoding="utf-8")))
    assert named <= variables_of_the_program() | OF_THE_FILES


def commands() -> list[str]:
    texts = [PAGE, *(file.read_text(encoding="utf-8") for file in FILES)]
    lines = [line for text in texts for line in re.findall(r"python -m cs_dash ([^`\n|&]+)", text)]
    return sorted({re.sub(r"\$\(.*?\)", "NAME", line).strip() for line in lines})


@pytest.mark.parametrize("line", commands())
def test_a_command_exists_with_its_options(line: str) -> None:
    arguments = shlex.split(line)
    assert parser().parse_args(arguments).command == arguments[0]


def test_paths_of_the_project_exist() -> None:
    named = {path for text in (PAGE, *(file.read_text("utf-8") for file in FILES)) for path in
             re.findall(r"(?<![\w/])\.?/?(hosting/[\w.-]+)", text)}  # fmt: skip
    assert {path for path in named if not path.startswith("hosting/secrets") and not (ROOT / path).exists()} == set()
    assert len(named) > 5


def test_secrets_are_kept_out_of_the_project_and_of_the_image() -> None:
    for name in (".gitignore", ".dockerignore"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        assert any(line.strip("/") == ".env" for line in lines), name
        assert any(line.strip("/") in ("hosting", "hosting/secrets") for line in lines), name
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert not re.search(r"_SECRET:", compose)  # only files
