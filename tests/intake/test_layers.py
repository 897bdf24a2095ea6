"""The modules of intake form few floors without a circle: a reader who opens one has little below it to learn."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import cs_dash

ROOT = Path(cs_dash.__file__).parent.parent
MAX_FLOORS = 9


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in (ROOT / "cs_dash" / "intake").rglob("*.py")}


def imports(module: str) -> set[str]:
    """Return the modules of intake that a module imports, wherever in it."""
    imported: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            submodules = {f"{node.module}.{alias.name}" for alias in node.names} & MODULES.keys()
            imported |= submodules or {node.module}
    return (imported & MODULES.keys()) - {module}


def longest_chain(graph: dict[str, set[str]]) -> tuple[str, ...]:
    """Return the longest chain of imports. Raises CycleError where there is a circle."""
    chains: dict[str, tuple[str, ...]] = {}
    for module in TopologicalSorter(graph).static_order():
        chains[module] = (module, *max((chains[lower] for lower in graph[module]), key=len, default=()))
    return max(chains.values(), key=len)


def test_few_floors_and_no_circle() -> None:
    chain = longest_chain({module: imports(module) for module in MODULES})
    assert chain[0] == "cs_dash.intake.ingest"
    assert len(chain) <= MAX_FLOORS, " -> ".join(chain)
