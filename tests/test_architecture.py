"""The house rules that a reader of one file cannot see: who may import whom, how long a file is, what never gets in."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted((ROOT / "cs_dash").rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
SCREENS = [path for path in (ROOT / "app.py", *PAGES) if path.exists()]
EVERY_MODULE = [*SCREENS, *CODE, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "benchmarks").rglob("*.py"))]
LONGEST_PAGE = 40
LONGEST_MODULE = 300
LARGEST_DATA = 8_000_000


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[str]:
    """Yield the full name of every module that the file imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def files_of_the_project() -> Iterator[Path]:
    """Yield what git holds, or would hold; without git, what lies here and is no folder of a tool."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        listed = subprocess.run(
            [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode()
        yield from (ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())
        return
    for path in ROOT.rglob("*"):
        if path.is_file() and not any(
            re.match(r"\.\w|__pycache__", part) for part in path.relative_to(ROOT).parts[:-1]
        ):
            yield path


def test_the_import_contracts_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("errors.py", "import cs_dash.scope"),
        ("scope.py", "import cs_dash.store"),
        ("stats/survival.py", "import cs_dash.questions.churn"),
        ("intake/ingest.py", "import cs_dash.pipeline"),
        ("intake/cells/dates.py", "import cs_dash.intake.formats.registry"),
        ("intake/shelf.py", "import cs_dash.errors"),
        ("questions/churn.py", "import cs_dash.questions.support"),
        ("questions/churn.py", "import cs_dash.cli"),
        ("questions/churn.py", "import cs_dash.pipeline"),
        ("pipeline.py", "import cs_dash.questions.churn"),
        ("cli.py", "import cs_dash.ui"),
        ("cli.py", "import cs_dash.store.warehouse"),
        ("ui/main.py", "import cs_dash.store.warehouse"),
        ("look/theme.py", "import streamlit"),
        ("questions/churn.py", "import duckdb"),
        ("questions/churn.py", "import altair"),
        ("ui/main.py", "import jinja2"),
        ("charts.py", "import cs_dash.answer"),
        ("store/warehouse.py", "import sqlite3"),
        ("shelf.py", "import cs_dash.errors"),
    ],
)
def test_the_import_contracts_notice(module: str, line: str, miniature: Path, tmp_path: Path) -> None:
    """Each contract is broken once in a miniature of the house; a contract that notices nothing keeps nothing."""
    house = Path(shutil.copytree(miniature, tmp_path / "house"))
    (house / "cs_dash" / module).write_text(line + "\n")
    status, output = linted(house)
    assert status == 1, output
    assert "BROKEN" in output


@pytest.fixture(scope="module")
def miniature(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with a few empty modules, which keeps every contract."""
    house = (
        "errors.py scope.py answer.py charts.py cli.py pipeline.py store/warehouse.py stats/survival.py look/theme.py "
        "intake/ingest.py intake/cells/dates.py intake/formats/registry.py questions/churn.py questions/support.py "
        "ui/main.py"
    )
    folder = tmp_path_factory.mktemp("miniature")
    for name in house.split():
        path = folder / "cs_dash" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for package in (folder / "cs_dash", path.parent):
            (package / "__init__.py").touch()
        path.touch()
    shutil.copy(ROOT / "pyproject.toml", folder)
    status, output = linted(folder)
    assert status == 0, output
    return folder


def linted(folder: Path) -> tuple[int, str]:
    """Return what the import contracts say of a house, and the status with which they end."""
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


WRITERS = {"keep", "looking", "publish", "redo", "start_building", "state", "undo", "writing"}
"""What a workspace has to write with, its state among it."""


def uses_of_writers(path: Path) -> list[str]:
    """Where a file reaches for what a workspace writes with."""
    nodes = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and node.attr in WRITERS)
    uses = [ast.unparse(node) for node in nodes if re.search(r"workspace\b(\(.*\))?$", ast.unparse(node.value), re.I)]
    return sorted(uses)


@pytest.mark.parametrize("path", [p for p in CODE if "cli" in p.parts or "ui" in p.parts], ids=name_of)
def test_screens_and_command_line_write_through_decisions_and_pipeline_only(path: Path) -> None:
    assert uses_of_writers(path) == []


def test_a_write_past_decisions_and_pipeline_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("session.workspace().state.undo(3)\nself.workspace.keep(x)\npipeline.undo(w)\n")
    (tmp_path / "b.py").write_text("Workspace(chosen.folder).undo()\n")
    assert uses_of_writers(tmp_path / "a.py") == ["self.workspace.keep", "session.workspace().state"]
    assert uses_of_writers(tmp_path / "b.py") == ["Workspace(chosen.folder).undo"]


def test_a_label_is_written_on_one_path() -> None:
    """Every label goes through `pipeline.label`: only there is it recorded, and what follows from it is derived."""
    adding = re.compile(r"\blabels\.add\(")
    assert [name_of(p) for p in CODE if adding.search(p.read_text(encoding="utf-8"))] == [
        "cs_dash/pipeline/labelling.py"
    ]


def test_without_the_screens_nothing_imports_streamlit() -> None:
    """The command line starts fast and runs where no Streamlit is: a fact of run time, not only of what is written."""
    modules = [
        name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in CODE
        if "ui" not in path.relative_to(ROOT).parts and path.name != "__main__.py"
    ]
    program = (
        f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\n"
        "raise SystemExit('streamlit' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_folder_of_pages_lies_beside_the_main_script() -> None:
    """On a fresh server Streamlit serves the files of such a folder by name, until the navigation has run once."""
    (script,) = (ROOT / "cs_dash" / "ui").rglob("main.py")
    assert "st.navigation" in script.read_text(encoding="utf-8")
    assert not (script.parent / "pages").exists()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_is_short_and_only_asks_and_shows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_PAGE
    nodes = list(ast.walk(tree(path)))
    assert not [node.lineno for node in nodes if isinstance(node, ast.Try | ast.TryStar)], "a page has no try"
    strings = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    sql = re.compile(r"^\s*(select|from|with)\s+\w+[\s(]|\bselect\b.+\bfrom\b", re.IGNORECASE | re.DOTALL)
    assert not [string for string in strings[1:] if sql.search(string)], "a page has no SQL"


@pytest.mark.parametrize("path", SCREENS, ids=name_of)
def test_a_page_imports_the_screens_and_little_else(path: Path) -> None:
    foreign = {name.partition(".")[0] for name in imported(path)} - {"cs_dash", "streamlit", "starlette"}
    assert foreign <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_no_module_imports_a_page(path: Path) -> None:
    assert not {name.partition(".")[0] for name in imported(path)} & {"app", "pages", "tests", "benchmarks"}


@pytest.mark.parametrize("path", EVERY_MODULE, ids=name_of)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_module_says_what_it_is(path: Path) -> None:
    assert (ast.get_docstring(tree(path)) or "").strip()


def test_the_demo_company_stays_small() -> None:
    assert sum(path.stat().st_size for path in (ROOT / "data").rglob("*") if path.is_file()) < LARGEST_DATA


CLOCKS = {"monotonic", "perf_counter", "process_time", "thread_time", "time"}
PICKS_A_MOMENT = ("tests/pipeline/test_load_stopped.py",)
"""Measures how long a whole load takes, to end another one at a share of that; it asserts nothing about it."""


def is_clock(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in {f"time.{name}" for name in CLOCKS} | (
        CLOCKS - {"time"}
    )


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("*.py")), ids=name_of)
def test_no_test_measures_time(path: Path) -> None:
    """How fast something is depends on the machine: `benchmarks` measure it. A deadline for what hangs may stay."""
    measures = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and any(map(is_clock, (node.left, node.right)))
    ]
    assert not measures or name_of(path) in PICKS_A_MOMENT


def test_no_trace_of_one_persons_machine() -> None:
    """No path of somebody's disk, no host that packages were fetched from: they say nothing on another machine."""
    homes = [r"/home/\w+/", r"/Users/\w+/", r"[A-Z]:\\Users\\\w+", r"(?<![\w.])/" + r"(?:root|work)/", r"/tmp" + r"/\w"]
    hosts = ["py" + r"pi\.", "python" + r"hosted\.", "npm" + r"js\.", "artifact" + "ory", "jfr" + r"og\."]
    trace = re.compile("|".join([*homes, *hosts]))
    traces = []
    for path in files_of_the_project():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), 1):
            traces += [f"{name_of(path)}:{number}: {hit.group()}" for hit in trace.finditer(line)]
    assert not traces


def test_a_server_starts_without_what_only_learning_needs() -> None:
    """Importing scikit-learn takes seconds; topics and models need it, a first page does not."""
    modules = "cs_dash.cli.commands, cs_dash.ui.server.warm_up"
    program = f"import sys, {modules}; print({{'sklearn', 'scipy.stats'}} & {{*sys.modules}})"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
