"""Words reach Streamlit through `ui/components/controls.py` only, which shows them as they are, whatever they hold."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from cs_dash.ui.components import controls
from cs_dash.ui.components.text import plain_markdown
from tests.ui.test_rules import MODULES, UI, name_of

CONTROLS = UI / "components" / "controls.py"
HTML = UI / "components" / "html.py"
WORDLESS = {
    *("columns", "container", "data_editor", "dataframe", "empty", "form", "vega_lite_chart"),
    *("App", "context", "fragment", "get_option", "query_params", "rerun", "session_state", "stop", "switch_page"),
}
"""What shows no words of its own, so that every page may use it; the columns of a grid are made by `controls`."""
FRAME = {"Page", "navigation", "set_page_config"}
"""What shows the names of pages, which are literals in their declarations."""
ELSEWHERE = {
    UI / "server" / "main.py": FRAME,
    UI / "components" / "navigation.py": FRAME,
    HTML: {"html"},
    UI / "server" / "index_html.py": {"__file__"},
}
MACHINERY = {"config", "logger", "runtime"}
"""What the server room may use besides."""
ELEMENTS = {name for name in dir(DeltaGenerator) if not name.startswith("_")} - WORDLESS
FIELDS = {"exception", "help", "progress", "table", "text", "title"}
"""What values of ours have too: only a call is seen as an element."""
OTHERS = {"LOG", "MEASUREMENTS", "done"}
"""What has methods of the same names and is no place on a page; so have modules."""
MARKDOWN = {"label", "help", "body", "text", "caption", "captions"}
HOSTILE = "![p](http://evil.example/p)"
PLAIN_OPTIONS = {"Selectbox", "MultiSelect"}
"""The options of these are no Markdown."""


def past_controls(code: str, allowed: set[str]) -> Iterator[str]:
    """Yield each place in `code` from which words could reach Streamlit unescaped."""
    tree = ast.parse(code)
    modules = {
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    streamlit = {"st", "streamlit"} & modules
    read_from = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (f"line {node.lineno}: {alias.asname}" for alias in names if _renamed(alias))
            case ast.ImportFrom(module="streamlit", names=names):
                yield from (f"line {node.lineno}: {alias.name}" for alias in names if alias.name not in allowed)
            case ast.Name(id=name) if name in streamlit and id(node) not in read_from:
                yield f"line {node.lineno}: {name} itself"
            case ast.Attribute(value=ast.Name(id=name), attr=element) if name in streamlit:
                if element not in allowed:
                    yield f"line {node.lineno}: {name}.{element}"
            case ast.Attribute(value=ast.Name(id=name)) if name in modules | OTHERS:
                pass
            case ast.Attribute(attr=element) if element in ELEMENTS and (id(node) in called or element not in FIELDS):
                yield f"line {node.lineno}: .{element}"


def _renamed(alias: ast.alias) -> bool:
    return alias.name.partition(".")[0] == "streamlit" and alias.asname not in {"st", None}


@pytest.mark.parametrize("path", [path for path in MODULES if path != CONTROLS], ids=name_of)
def test_words_go_through_controls(path: Path) -> None:
    allowed = WORDLESS | ELSEWHERE.get(path, set()) | (MACHINERY if UI / "server" in path.parents else set())
    places = list(past_controls(path.read_text(encoding="utf-8"), allowed))
    assert not places, f"{places}: use cs_dash.ui.components.controls, which shows words as they are"


@pytest.mark.parametrize(
    "code",
    [
        'import streamlit as st\nst.button(f"Category of {reason}")',
        'import streamlit as st\nst.column_config.TextColumn("Name", help=account)',
        "import streamlit as st\nshow = st.toast\nshow(account)",
        "import streamlit as st\ngetattr(st, 'error')(account)",
        "import streamlit as st\nst.sidebar.write(account)",
        "import streamlit as st\nst.empty().markdown(account)",
        "import streamlit as st\nfor column in st.columns(2):\n    column.metric(account, 1)",
        "import streamlit as web\nweb.button(account)",
        "import streamlit\nstreamlit.info(account)",
        "from streamlit import caption\ncaption(account)",
    ],
)
def test_ways_past_controls_are_seen(code: str) -> None:
    assert list(past_controls(code, WORDLESS))


def test_what_every_page_may_use_shows_no_words() -> None:
    for name in WORDLESS & set(dir(DeltaGenerator)):
        assert not MARKDOWN & set(inspect.signature(getattr(DeltaGenerator, name)).parameters), name


def every_control() -> None:
    import inspect

    import streamlit as st

    from cs_dash.ui.components import controls
    from tests.ui.test_controls import HOSTILE, MARKDOWN

    filled = {"options": [HOSTILE], "data": "", "page": "https://own.example", "value": None, "help": HOSTILE}
    with st.form("form"):
        controls.form_submit_button(label=HOSTILE, help=HOSTILE)
    for name, control in vars(controls).items():
        if not hasattr(control, "__wrapped__") or not hasattr(st, name) or name == "form_submit_button":
            continue
        parameters = inspect.signature(getattr(st, name)).parameters
        given = dict.fromkeys(MARKDOWN & set(parameters), HOSTILE)
        required = {name for name, parameter in parameters.items() if parameter.default is inspect.Parameter.empty}
        control(**{name: filled[name] for name in required - set(given)}, **given)
    controls.progress(HOSTILE)(0.5, HOSTILE)


def test_controls_show_all_words_as_they_are() -> None:
    app = AppTest.from_function(every_control, default_timeout=30).run()
    assert not app.exception
    protos = [node.proto for node in app.main if node.proto is not None]
    shown = {type(proto).__name__: [text for text in texts(proto) if "evil.example" in text] for proto in protos}
    assert len(shown) >= 12, shown
    for name, hostile in shown.items():
        expected = {plain_markdown(HOSTILE), HOSTILE} if name in PLAIN_OPTIONS else {plain_markdown(HOSTILE)}
        assert set(hostile) <= expected, name


def texts(proto: Any) -> Iterator[str]:
    """Yield every text in a message, however deep."""
    for field, value in proto.ListFields():
        for part in value if field.is_repeated else (value,):
            if isinstance(part, str):
                yield part
            elif hasattr(part, "ListFields"):
                yield from texts(part)


@pytest.mark.parametrize("name", [name for name in vars(controls) if name.endswith("Column")])
def test_the_help_of_a_column_is_shown_as_it_is(name: str) -> None:
    column = vars(controls)[name]("Head", help=HOSTILE)
    assert column["help"] == plain_markdown(HOSTILE)
