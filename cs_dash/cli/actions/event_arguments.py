"""The actions of the command `event`, and what each takes."""

from __future__ import annotations

import argparse

from cs_dash.cli.actions.sub_actions import actions_of

KINDS = ("release", "price change", "bot or portal", "other")
"""As `decisions.portfolio_events` has them, which takes long to import; a test compares them."""


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give the command `event` its actions; docs and tests read them from it."""
    action = actions_of(parser, "event", "E-1, E-2 ...")
    add = action("add", "Add an event and print its id.", takes_id=False)
    add.add_argument("--on", required=True, metavar="D", help="the day")
    add.add_argument("--title", required=True, metavar="TEXT", help="what happened, in a few words")
    add.add_argument("--kind", default="other", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    action("remove", "Remove an event that was added.")
    action("list", "List the events that were added.", takes_id=False)
