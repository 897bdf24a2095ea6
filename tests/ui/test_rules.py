"""What holds for every module of the screens and is seen in no single one of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_dash.look.templates import FOLDER

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "cs_dash" / "ui"
KEYS = UI / "state" / "keys.py"
MODULES = [*sorted(UI.rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]
ROOMS = ("components", "churn", "data", "definitions", "server", "settings", "support", "tickets")
"""The folders of the templates that the screens use."""
PUBLIC = {"streamlit", "streamlit.typing"}
TAG = re.compile(r"</?[a-z][a-z0-9]*(?=[\s>/]|$)")
NAMES_TAGS = {UI / "server" / "index_html.py": "it finds the places in Streamlit's own HTML where ours is put"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path)))


def is_session_state(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "session_state"


@pytest.mark.parametrize("path", [path for path in MODULES if path != KEYS], ids=name_of)
def test_keys_of_the_session_stand_in_one_module(path: Path) -> None:
    for node in nodes(path):
        match node:
            case ast.Constant(value=str(text)):
                assert not text.startswith("cs_dash."), f"line {node.lineno}: {text} belongs into ui/state/keys.py"
            case ast.Subscript(value=value, slice=ast.Constant() | ast.JoinedStr() as key) if is_session_state(value):
                pytest.fail(f"line {key.lineno}: a literal key of the session belongs into ui/state/keys.py")
            case ast.Call(func=ast.Attribute(value=value), args=[ast.Constant() | ast.JoinedStr() as key, *_]) if (
                is_session_state(value)
            ):
                pytest.fail(f"line {key.lineno}: a literal key of the session belongs into ui/state/keys.py")


def test_every_key_of_the_session_is_used_and_has_a_value_of_its_own() -> None:
    tree = ast.parse(KEYS.read_text(encoding="utf-8"))
    constants = [
        (target.id, node.value.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    assert len({value for _, value in constants}) == len(constants)
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES if path != KEYS)
    assert not [name for name, _ in constants if f"keys.{name}" not in code]


@pytest.mark.parametrize("path", [path for path in MODULES if UI / "server" not in path.parents], ids=name_of)
def test_only_the_server_room_reaches_into_streamlit(path: Path) -> None:
    for node in nodes(path):
        match node:
            case ast.Import(names=names):
                modules = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module)):
                modules = [module]
            case ast.Attribute(value=ast.Name(id="st"), attr=attribute):
                assert not attribute.startswith("_"), f"line {node.lineno}: st.{attribute} is not public"
                continue
            case _:
                continue
        inside = [module for module in modules if module.partition(".")[0] == "streamlit" and module not in PUBLIC]
        assert not inside, f"{inside} belongs into ui/server, with a test that notices when it changes"


@pytest.mark.parametrize("path", [path for path in MODULES if path not in NAMES_TAGS], ids=name_of)
def test_html_comes_from_templates(path: Path) -> None:
    """A tag in a string is a place where something could be shown unescaped; docstrings may name tags."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            assert not TAG.search(node.value), f"line {node.lineno}: {node.value[:60]} belongs into look/templates"


def test_every_template_of_the_screens_is_used_and_every_name_is_a_template() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    templates = set(re.findall(r'"(\w+/\w+\.html)"', code))
    files = {file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*/*.html")}
    assert templates == {name for name in files if name in templates or name.partition("/")[0] in ROOMS}


def test_markup_is_made_by_templates_only() -> None:
    """`Markup(text)` is shown as it stands: only our own style sheet is, and what is empty."""
    for path in MODULES:
        for node in nodes(path):
            match node:
                case ast.Call(func=ast.Name(id="Markup"), args=[_, *_]):
                    assert path == UI / "server" / "style.py", f"{name_of(path)}, line {node.lineno}"
