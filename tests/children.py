"""Child processes for tests, which have imported the product already: forked, where the system can, from one that has.

A process of its own imports for a second before it does anything.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib
import io
import multiprocessing
import os
from collections.abc import Callable, Sequence
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from cs_dash.cli.main import main
from cs_dash.pipeline import load
from cs_dash.store.version import Version
from cs_dash.store.workspace import Workspace

KILLED = 9


def _context() -> ForkServerContext | SpawnContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.children", "cs_dash.cli.commands"])
    return context


CONTEXT = _context()


def started(target: Callable[..., None], *arguments: Any) -> BaseProcess:
    """Return a child that calls a function of a module."""
    child = CONTEXT.Process(target=target, args=arguments, daemon=True)
    child.start()
    return child


def command_that_ends(moment: str, place: str, arguments: Sequence[str], folder: Path, errors: Path) -> None:
    """Run a command in a folder; the process ends at once, "before" or "after" it does something.

    `place`: what it does, as "module:Class.method". `errors`: the file for what it says.
    """
    module, _, owner_and_name = place.partition(":")
    owner_name, _, name = owner_and_name.partition(".")
    owner = getattr(importlib.import_module(module), owner_name)
    real = getattr(owner, name)

    def last(*given: Any, **named: Any) -> None:
        if moment == "after":
            real(*given, **named)
        os._exit(KILLED)

    setattr(owner, name, last)
    os.chdir(folder)
    with errors.open("w", encoding="utf-8") as said, contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(list(arguments))
        said.write(f"It ended with {status}.")


def load_file(folder: Path, file: Path, today: dt.date, begun: Event) -> None:
    """Load a file into a workspace; `begun` is set first."""
    begun.set()
    load(Workspace(folder), [(file.name, io.BytesIO(file.read_bytes()))], today=today)


def load_that_waits(folder: Path, file: Path, reached: Event, go_on: Event) -> None:
    """Load a file into a workspace, and wait where all is built and nothing published: `reached`, until `go_on`."""
    publish = Workspace.publish

    def waiting(*given: Any, **named: Any) -> Version:
        reached.set()
        go_on.wait()
        return publish(*given, **named)

    setattr(Workspace, "publish", waiting)  # noqa: B010
    load(Workspace(folder), [(file.name, io.BytesIO(file.read_bytes()))])
