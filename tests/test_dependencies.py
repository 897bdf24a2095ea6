"""What is installed: pinned, hashed, used, and free to use."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions

from tests.test_architecture import CODE, ROOT, SCREENS, imported

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

BY_STREAMLIT = ("authlib", "httpx")
"""What Streamlit imports for its sign-in, and does not bring along itself."""


def pins(requirements: Iterable[str]) -> dict[str, str]:
    """Return {name: version} of lines like "name==1.2 ; marker", the names in small letters with hyphens."""
    matches = (re.match(r"([\w.-]+)==([\w.]+)", line) for line in requirements)
    return {match[1].lower().replace("_", "-"): match[2] for match in matches if match}


def locked(name: str) -> dict[str, str]:
    return pins((ROOT / name).read_text(encoding="utf-8").splitlines())


def test_the_pins_are_those_asked_for() -> None:
    direct = pins(PROJECT["project"]["dependencies"])
    assert len(direct) == len(PROJECT["project"]["dependencies"]), "every direct dependency has an exact version"
    assert direct.items() <= locked("requirements.txt").items()
    tools = pins(PROJECT["dependency-groups"]["dev"])
    assert (tools | locked("requirements.txt")).items() <= locked("requirements-dev.txt").items()


def test_every_pin_has_its_hashes() -> None:
    """Else a package could come as something other than what was tested."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = re.sub(r"\\\n", "", (ROOT / name).read_text(encoding="utf-8")).splitlines()
        requirements = [line for line in lines if line and not line.lstrip().startswith("#")]
        assert len(requirements) == len(locked(name))
        assert not [line for line in requirements if "--hash=sha256:" not in line]


def test_what_is_installed_may_be_used_in_any_company() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|\n").split("|")]
        for line in (ROOT / "docs" / "licences.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    listed = {name.lower().replace("_", "-"): version for name, version, _ in rows[1:]}
    assert listed == locked("requirements.txt"), "run: make pins"
    permissive = re.compile(r"MIT|BSD|Apache|PSF|MPL 2\.0|0BSD")
    for name, _, licences in rows[1:]:
        assert all(permissive.search(choice) for choice in licences.split(" OR ")), name
        assert not re.search(r"\bA?L?GPL|Commons Clause|SSPL|Business Source", licences), name


def test_every_dependency_is_imported_and_every_import_is_a_dependency() -> None:
    declared = {name.replace("-", "_") for name in pins(PROJECT["project"]["dependencies"])}
    used = {name.partition(".")[0] for path in [*SCREENS, *CODE] for name in imported(path)}
    # Starlette is Streamlit's own server: routes cannot be written without it, and its version is Streamlit's choice.
    used -= {"cs_dash", "starlette", *sys.stdlib_module_names}
    brought_by = packages_distributions()
    used = {brought_by[name][0].replace("-", "_").casefold() if name in brought_by else name for name in used}
    assert sorted({*used, *BY_STREAMLIT}) == sorted(declared)
