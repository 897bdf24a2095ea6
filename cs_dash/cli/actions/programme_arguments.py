"""The actions of the command `programme`, and what each takes."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give the command `programme` its actions; docs and tests read them from it."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, help_: str) -> argparse.ArgumentParser:
        sub_parser = actions.add_parser(name, help=help_, description=help_)
        for option, metavar in (("--workspace", "DIR"), ("--person", "NAME")):
            sub_parser.add_argument(
                option, metavar=metavar, type=Path if option == "--workspace" else str, default=argparse.SUPPRESS,
                help=argparse.SUPPRESS,
            )  # fmt: skip
        sub_parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        return sub_parser

    add = action("add", "Add a programme and print its id.")
    add.add_argument("--title", required=True, metavar="TEXT", help="what is tried out")
    add.add_argument("--since", required=True, metavar="D", help="its first day")
    add.add_argument("--until", default="", metavar="D", help="its last day (default: it runs)")
    add.add_argument("--account", nargs="+", required=True, metavar="ID", help="the ids of its accounts")
    action("remove", "Remove a programme.").add_argument("programme", metavar="ID", help="P-1, P-2 ...")
    action("list", "List the programmes.")
