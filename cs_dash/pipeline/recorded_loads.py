"""What is told of a load to who runs the program: how it ended, how many rows and seconds; nothing of the rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from cs_dash.intake.results.reports import LoadReport
from cs_dash.monitoring import LOAD, recorded

P = ParamSpec("P")
R = TypeVar("R", bound=LoadReport | None)


def recorded_load(command: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return what makes a function that loads tell of it; `command` says what it is."""

    def decorated(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def recording(*arguments: P.args, **options: P.kwargs) -> R:
            with recorded(LOAD, command=command) as facts:
                report = function(*arguments, **options)
                files = report.files if report is not None else ()
                version = report.version if report is not None else None
                facts["outcome"] = "checked" if options.get("dry_run") else "published" if version else "unchanged"
                facts["version"] = version or 0
                facts["files"] = len({sheet.file for sheet in files})
                facts["rows"] = sum(sheet.read for sheet in files)
                return report

        return recording

    return decorated
