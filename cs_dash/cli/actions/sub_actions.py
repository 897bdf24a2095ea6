"""Commands that have actions of their own: `item add`, `goal list`, `event remove`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

SubAction = Callable[..., argparse.ArgumentParser]


def actions_of(parser: argparse.ArgumentParser, subject: str, ids: str) -> SubAction:
    """Return what adds an action to a command: its name, its help, and whether it takes the id of a subject first.

    `subject`: what the id is called; `ids`: examples, for the help. The options that every command has can also stand
    behind the action.
    """
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, help_: str, *, takes_id: bool = True) -> argparse.ArgumentParser:
        sub_parser = actions.add_parser(name, help=help_, description=help_)
        if takes_id:
            sub_parser.add_argument(subject, metavar="ID", help=ids)
        for option, metavar in (("--workspace", "DIR"), ("--person", "NAME")):
            sub_parser.add_argument(
                option, metavar=metavar, type=Path if option == "--workspace" else str, default=argparse.SUPPRESS,
                help=argparse.SUPPRESS,
            )  # fmt: skip
        sub_parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        return sub_parser

    return action
