"""Arguments in, one command out; every error as one clear sentence and an exit status.

Exit status: 0 done; 1 nothing wrong but nothing done; 2 could not.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from cs_dash.cli import commands
from cs_dash.cli.topics import ACTIONS
from cs_dash.errors import CsDashError

WORKSPACE = "CS_DASH_WORKSPACE"
MEMORY = "CS_DASH_MEMORY"


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; docs and tests read the commands and options from it."""
    top = argparse.ArgumentParser(prog="python -m cs_dash", description="Answers from a customer-success team's files.")
    found = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, help_: str, *, workspace: bool = True, as_json: bool = True) -> argparse.ArgumentParser:
        made = found.add_parser(name, help=help_, description=help_)
        if workspace:
            made.add_argument(
                "--workspace",
                metavar="DIR",
                type=Path,
                default=Path(os.environ.get(WORKSPACE, "workspace")),
                help=f"folder with the data (default: ${WORKSPACE}, else ./workspace)",
            )
        if as_json:
            made.add_argument("--json", action="store_true", help="print one JSON object")
        made.set_defaults(run=getattr(commands, name))
        return made

    for name, words in (("load", "Load files and publish a new version."), ("check", "Dry run of load.")):
        made = command(name, words)
        made.add_argument("files", nargs="+", metavar="FILE", help="a spreadsheet; - reads one from standard input")
        made.add_argument("--as", dest="as_table", metavar="TABLE", help="feed every sheet to this table")
        made.add_argument("--mapping", metavar="FILE.json", type=Path, help='{"column": "field"}; "" leaves it out')
        made.add_argument("--option", action="append", default=[], metavar="KEY=VALUE", help="how to read the files")

    made = command("watch", "Load whatever appears in a folder; one load for all the new files of a look.")
    made.add_argument("folder", metavar="DIR", type=Path)
    made.add_argument("--every", metavar="SECONDS", type=float, default=60.0, help="between two looks (default: 60)")
    made.add_argument("--once", action="store_true", help="look once and end, as from cron")
    made.add_argument("--option", action="append", default=[], metavar="KEY=VALUE", help="how to read the files")

    made = command("ask", "Ask a question.")
    made.add_argument("question", metavar="QUESTION", help="see the command questions")
    made.add_argument("--from", dest="start", default="", metavar="D", help="first day, 2026-07-01")
    made.add_argument("--to", dest="end", default="", metavar="D", help="first day after the period, 2026-10-01")
    made.add_argument("--as-of", default="", metavar="D", help="the day balances are looked at (default: the newest)")
    made.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE", help="only accounts like this")
    made.add_argument("--option", action="append", default=[], metavar="KEY=VALUE", help="an option of the question")
    made.add_argument("--csv", action="store_true", help="print the table as CSV")

    command("questions", "List the questions and their options.", workspace=False)
    command("versions", "List the versions.")
    command("undo", "Take the newest version back.")
    made = command("place", "Place a recorded churn reason in a category; without one, take the choice back.")
    made.add_argument("reason", metavar="REASON", help="the reason exactly as recorded")
    made.add_argument("category", metavar="CATEGORY", nargs="?", default="", help="one of the taxonomy, or your own")
    made = command("settings", "List the settings, or change some: NAME=VALUE; NAME= gives one back to its default.")
    made.add_argument("given", nargs="*", metavar="NAME=VALUE", help="without any, all are listed")
    made = command("label", "Say of which kind tickets are, from a file with columns ticket_id and kind, or by type.")
    made.add_argument("file", metavar="FILE", nargs="?", type=Path, help="a spreadsheet; no kind takes a label back")
    made.add_argument(
        "--type",
        nargs="+",
        default=[],
        metavar=("TYPE", "KIND"),
        help="count all tickets of the help desk's own TYPE (or tag) as KIND; without KIND, take the choice back",
    )
    made.add_argument(
        "--option", action="append", default=[], metavar="KEY=VALUE", help="person=NAME; audit=true answers an audit"
    )
    made = command("topic", "Rename, merge, split or ignore a topic of tickets, or restore what was found.")
    made.add_argument("action", choices=ACTIONS, help="what to do")
    made.add_argument("topic", metavar="TOPIC", help="its id or its name, as support.topics lists them")
    made.add_argument("rest", metavar="MORE", nargs="*", default=[], help="the new name, or the topic to merge into")
    made = command("rebuild", "Make the shown version again from its uploads, as they were loaded then.")
    made.add_argument("--password", default=None, help="of locked files among the uploads; it is kept nowhere")
    made = command("demo", "Write the demo company's files to a folder.", workspace=False)
    made.add_argument("folder", metavar="DIR", type=Path)
    made = command("template", "Write a workbook to fill in, with every table and field explained.", workspace=False)
    made.add_argument("file", metavar="FILE.xlsx", type=Path)
    made = command("serve", "Start the app and print its address.", as_json=False)
    made.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    made.add_argument("--port", type=int, default=8501, help="0 takes a free one (default: 8501, or the next free)")
    made.add_argument(
        "--memory",
        default="",
        metavar="SIZE",
        help=f'what the database may take, "40 %%" or "4 GB" (default: ${MEMORY}, else half of the machine)',
    )
    made.add_argument("--no-open", action="store_true", help="do not open a browser")
    made = command("docs", "Write the generated pages of docs/ anew.", workspace=False)
    made.add_argument("--folder", metavar="DIR", type=Path, default=Path("docs"))
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    chosen = parser().parse_args(arguments)
    try:
        status: int = chosen.run(chosen)
    except CsDashError as error:
        if getattr(chosen, "json", False):
            print(json.dumps({"error": error.as_dict()}, ensure_ascii=False))
        else:
            print(f"{error.title}. {error.message} {error.hint}".rstrip(), file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output has seen enough ("| head"); nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status
