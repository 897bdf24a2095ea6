"""What is done before the first visitor comes."""

from __future__ import annotations

import subprocess
import sys

from tests.browser.server import ROOT

PROGRAM = """
import ast, pathlib, sys
from cs_dash.ui.server.warm_up import import_pages
import_pages()
for file in pathlib.Path("pages").glob("*.py"):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("cs_dash") and node.module not in sys.modules:
            print(file.name, node.module)
"""


def test_no_session_imports_what_another_one_imports_too() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == ""
