"""Arguments in, one command out; every error as one clear sentence and an exit status.

Exit status: 0 done; 1 nothing wrong but nothing done; 2 could not.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from cs_dash.cli.actions import (
    event_arguments,
    goal_arguments,
    item_arguments,
    link_arguments,
    people_arguments,
    programme_arguments,
    review_arguments,
)  # fmt: skip
from cs_dash.cli.arguments import ALLOWED_HOSTS, MEMORY, TOPIC_ACTIONS, WORKSPACE
from cs_dash.errors import CsDashError
from cs_dash.monitoring.log_lines import write_json_lines

WRITING = (
    "load", "watch", "undo", "redo", "place", "settings", "label", "topic", "item", "event", "goal", "alignment",
    "person", "programme", "link", "rebuild",
)  # fmt: skip
"""The commands that change a workspace, and so record who ran them."""
UNOPENED = ("backup", "restore")
"""The commands that write nothing into the folder as it is: one reads it only, the other requires an empty one."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; docs and tests read the commands and options from it."""
    top = argparse.ArgumentParser(
        prog="python -m cs_dash", description="Customer health, retention and churn from your own files."
    )
    commands_group = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, help_: str, *, workspace: bool = True, as_json: bool = True) -> argparse.ArgumentParser:
        sub_parser = commands_group.add_parser(name, help=help_, description=help_)
        if name in WRITING:
            sub_parser.add_argument(
                "--person",
                metavar="NAME",
                default="",
                help="who makes the change; recorded with it (default: the system user)",
            )
        if workspace:
            sub_parser.add_argument(
                "--workspace",
                metavar="DIR",
                type=Path,
                default=Path(os.environ.get(WORKSPACE, "workspace")),
                help=f"folder with the data (default: ${WORKSPACE}, else ./workspace)",
            )
        if as_json:
            sub_parser.add_argument("--json", action="store_true", help="print one JSON object")
        return sub_parser

    for name, words in (("load", "Load files and publish a new version."), ("check", "Dry run of load.")):
        sub_parser = command(name, words)
        sub_parser.add_argument(
            "files", nargs="+", metavar="FILE", help="a spreadsheet; - reads one from standard input"
        )
        sub_parser.add_argument("--as", dest="as_table", metavar="TABLE", help="load every sheet into this table")
        sub_parser.add_argument("--mapping", metavar="FILE.json", type=Path, help='{"column": "field"}; "" excludes it')
        sub_parser.add_argument(
            "--option", action="append", default=[], metavar="KEY=VALUE", help="how to read the files"
        )

    sub_parser = command("watch", "Load new files from a folder; all new files of one check form one load.")
    sub_parser.add_argument("folder", metavar="DIR", type=Path)
    sub_parser.add_argument(
        "--every", metavar="SECONDS", type=float, default=60.0, help="interval between checks (default: 60)"
    )
    sub_parser.add_argument("--once", action="store_true", help="check once and exit, as for cron")
    sub_parser.add_argument("--option", action="append", default=[], metavar="KEY=VALUE", help="how to read the files")

    sub_parser = command("ask", "Ask a question.")
    sub_parser.add_argument("question", metavar="QUESTION", help="see the command questions")
    sub_parser.add_argument("--from", dest="start", default="", metavar="D", help="first day, 2026-07-01")
    sub_parser.add_argument("--to", dest="end", default="", metavar="D", help="first day after the period, 2026-10-01")
    sub_parser.add_argument(
        "--as-of", default="", metavar="D", help="the as-of date of balances (default: the latest date of the data)"
    )
    sub_parser.add_argument(
        "--where", action="append", default=[], metavar="FIELD=VALUE", help="only accounts with this value"
    )
    sub_parser.add_argument(
        "--option", action="append", default=[], metavar="KEY=VALUE", help="an option of the question"
    )
    sub_parser.add_argument("--csv", action="store_true", help="print the table as CSV")
    sub_parser.add_argument(
        "--reader", default="", metavar="WHO", help="link:ID or person:EMAIL: only what this reader may see"
    )

    command("questions", "List the questions and their options.", workspace=False)
    command("versions", "List the versions.")
    command("undo", "Undo the latest load; its version remains available.")
    command("redo", "Restore the load undone last, unless another load followed.")
    sub_parser = command("place", "Assign a recorded churn reason to a category; without one, undo the assignment.")
    sub_parser.add_argument("reason", metavar="REASON", help="the reason exactly as recorded")
    sub_parser.add_argument(
        "category", metavar="CATEGORY", nargs="?", default="", help="an existing category, or your own"
    )
    sub_parser = command("settings", "List the settings, or change some: NAME=VALUE; NAME= resets one to its default.")
    sub_parser.add_argument("given", nargs="*", metavar="NAME=VALUE", help="without any, all are listed")
    sub_parser = command("label", "Set ticket categories, from a file with columns ticket_id and kind, or by type.")
    sub_parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=Path,
        help="a spreadsheet with ticket categories; an empty category removes the label",
    )
    sub_parser.add_argument(
        "--type",
        nargs="+",
        default=[],
        metavar=("TYPE", "KIND"),
        help="map the help desk's TYPE (or tag) to the category KIND; without KIND, remove the mapping",
    )
    sub_parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="person=NAME; audit=true records audit results",
    )
    sub_parser = command("topic", "Rename, merge, split or ignore a ticket topic, or restore the detected one.")
    sub_parser.add_argument("action", choices=TOPIC_ACTIONS, help="what to do")
    sub_parser.add_argument("topic", metavar="TOPIC", help="its id or its name, as support.topics lists them")
    sub_parser.add_argument(
        "rest", metavar="MORE", nargs="*", default=[], help="the new name, or the topic to merge into"
    )
    item_arguments.add_to(command("item", "Add, score, decide, ship or list roadmap items."))
    event_arguments.add_to(command("event", "Add, remove or list events that charts over time bear."))
    goal_arguments.add_to(command("goal", "Add, change, remove or list the goals that product and CS share."))
    people_arguments.add_to(command("person", "Let people sign in, in a role; change, remove or list them."))
    programme_arguments.add_to(command("programme", "Add, remove or list beta and pilot programmes."))
    link_arguments.add_to(command("link", "Make, list or revoke links that show pages to others."))
    review_arguments.add_to(command("review", "Write the quarterly review, or reviews of single accounts, to a file."))
    review_arguments.add_to_digest(command("digest", "Write the week's changes and early warnings, as for mail."))
    sub_parser = command("alignment", "Record or list the self-assessment of how product and CS work together.")
    sub_parser.add_argument("action", choices=("answer", "list", "statements"), help="what to do")
    sub_parser.add_argument(
        "file", metavar="FILE.csv", nargs="?", type=Path, help="answers: quarter, team, name, statement, stage"
    )
    sub_parser = command("rebuild", "Rebuild the current version from its uploads, with the original mappings.")
    sub_parser.add_argument("--password", default=None, help="password of protected uploads; not stored")
    sub_parser = command("backup", "Write the whole workspace to one file, also while people use it or a load runs.")
    sub_parser.add_argument("file", metavar="FILE.tar.zst", type=Path)
    sub_parser = command("restore", "Make a workspace from a backup, in a new or empty folder.")
    sub_parser.add_argument("file", metavar="FILE.tar.zst", type=Path)
    sub_parser = command("demo", "Write the demo company's files to a folder.", workspace=False)
    sub_parser.add_argument("folder", metavar="DIR", type=Path)
    sub_parser = command(
        "template", "Write a workbook to fill in, with every table and field explained.", workspace=False
    )
    sub_parser.add_argument("file", metavar="FILE.xlsx", type=Path)
    sub_parser = command("serve", "Start the app and print its address.", as_json=False)
    sub_parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    sub_parser.add_argument(
        "--port", type=int, default=8501, help="0 takes any free port (default: 8501, or the next free one)"
    )
    sub_parser.add_argument(
        "--memory",
        default="",
        metavar="SIZE",
        help=f'memory limit of the database, "40 %%" or "4 GB" (default: ${MEMORY}, else half of the machine)',
    )
    sub_parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a name that browsers may open it by, as behind a proxy; IP addresses and localhost need none"
        f" (may be given again; also: ${ALLOWED_HOSTS}, with commas)",
    )
    sub_parser.add_argument(
        "--open", action="store_true", help="let everybody who reaches the address see and change everything"
    )
    sub_parser.add_argument("--no-open", action="store_true", help="do not open a browser")
    sub_parser = command("docs", "Regenerate the generated pages of docs/.", workspace=False)
    sub_parser.add_argument("--folder", metavar="DIR", type=Path, default=Path("docs"))
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    write_json_lines()
    chosen = parser().parse_args(_with_negative_targets(sys.argv[1:] if arguments is None else arguments))
    try:
        status = _run(chosen)
    except CsDashError as error:
        return _could_not(error, as_json=getattr(chosen, "json", False))
    except BrokenPipeError:
        # The reader of our output has seen enough ("| head"); nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from cs_dash.pipeline import fault_in_words

        fault = fault_in_words(error)
        if fault is None:
            raise
        return _could_not(fault, as_json=getattr(chosen, "json", False))
    return status


def _with_negative_targets(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with `--target -30%` as one: argparse takes what begins with a hyphen for an option."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--target":
            joined[-1] += f"={argument}"
        else:
            joined.append(argument)
    return joined


def _could_not(error: CsDashError, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": error.as_dict()}, ensure_ascii=False))
    else:
        print(f"{error.title}. {error.message} {error.hint}".rstrip(), file=sys.stderr)
    return 2


def _run(chosen: argparse.Namespace) -> int:
    # What the commands rest on takes a second to import; the server imports it for itself, and --help needs none of it.
    if chosen.command == "serve":
        from cs_dash.cli.serve import serve

        return serve(
            chosen.workspace,
            chosen.host,
            chosen.port,
            chosen.allow_host,
            open_browser=not chosen.no_open,
            open_to_all=chosen.open,
            memory=chosen.memory,
        )
    from cs_dash import pipeline
    from cs_dash.cli import commands

    command: Callable[[argparse.Namespace], int] = getattr(commands, chosen.command)
    if "workspace" not in chosen or chosen.command in UNOPENED:
        return command(chosen)
    with pipeline.temporary_files_in(chosen.workspace), pipeline.acting_as(_person(chosen)):
        return command(chosen)


def _person(chosen: argparse.Namespace) -> str:
    """Return who runs a command that writes: the name given, else the user of the system; "" where it has none."""
    if chosen.command not in WRITING:
        return ""
    with suppress(OSError, KeyError, ImportError):  # a container may run as a user without a name
        return chosen.person or getpass.getuser()
    return ""
