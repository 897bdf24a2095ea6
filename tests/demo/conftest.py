"""The demo company, simulated and written once for all its tests."""

from pathlib import Path

import pytest

from cs_dash.demo.company import Company, simulate, write
from cs_dash.demo.truth import Truth, truth


@pytest.fixture(scope="session")
def company() -> Company:
    return simulate()


@pytest.fixture(scope="session")
def company_truth() -> Truth:
    return truth()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo")
    write(path)
    return path
