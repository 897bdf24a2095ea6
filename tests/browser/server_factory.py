"""Fresh servers at once: a process that has imported what a server imports, and forks for each that is wanted.

    python -m tests.browser.server_factory

takes a line of JSON for each server on standard input, {"arguments": of `cs_dash`, "environment": ..., "log": a file},
and answers with its process id on standard output. A server does what `python -m cs_dash serve` does; importing, which
takes five seconds of a processor, has been done for all of them.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import cs_dash

MAIN_SCRIPT = "cs_dash.ui.server.main"


def import_everything() -> None:
    """Import whatever a server imports sooner or later but the script that Streamlit runs."""
    importlib.import_module("streamlit.web.bootstrap")
    for module in pkgutil.walk_packages(cs_dash.__path__, "cs_dash."):
        if module.name not in (MAIN_SCRIPT, "cs_dash.__main__"):
            importlib.import_module(module.name)


def become_server(arguments: Sequence[str], environment: Mapping[str, str], log: str) -> NoReturn:
    """Be the server that `python -m cs_dash` with these arguments starts, and end as it does."""
    from cs_dash.cli import main

    def in_this_process(_: str, command: Sequence[str], variables: Mapping[str, str]) -> NoReturn:
        from streamlit.web import cli

        os.environ.clear()
        os.environ.update(variables)
        sys.argv = ["streamlit", *command[command.index("run") :]]
        cli.main()
        os._exit(0)

    os.setsid()
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(output, stream.fileno())
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    os.environ.update(environment)
    vars(os)["execve"] = in_this_process
    os._exit(main(list(arguments)))


def run() -> None:
    """Fork a server for every line, until there are no more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a server that has ended leaves nothing to wait for
    for line in sys.stdin:
        wanted = json.loads(line)
        process = os.fork()
        if process == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            become_server(wanted["arguments"], wanted["environment"], str(Path(wanted["log"])))
        sys.stdout.write(f"{process}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    import_everything()
    gc.collect()
    gc.freeze()  # a server's collector would otherwise touch, and so copy, all that was imported
    run()
