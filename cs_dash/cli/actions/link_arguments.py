"""The actions of the command `link`, and what each takes."""

from __future__ import annotations

import argparse

from cs_dash.cli.actions.sub_actions import actions_of
from cs_dash.scope import PERIODS


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give the command `link` its actions; docs and tests read them from it."""
    action = actions_of(parser, "link", "its id, or the name that link list shows")
    create = action("create", "Make a link and print its id and address, which are shown only once.", takes_id=False)
    create.add_argument(
        "--page", action="append", default=[], required=True, metavar="PAGE", help="a page it opens: retention"
    )
    create.add_argument(
        "--where", action="append", default=[], metavar="FIELD=VALUE", help="only accounts with this value"
    )
    periods = ", ".join(name for name in PERIODS if name != "custom")
    create.add_argument("--period", default="", metavar="PERIOD", help=f"the period it opens with: {periods}")
    create.add_argument("--frozen", action="store_true", help="the figures stay those of today")
    create.add_argument("--allow-live", action="store_true", help="readers of a frozen link may see today's figures")
    create.add_argument("--hide", default="", metavar="WHAT", help="names, money, or names,money")
    create.add_argument("--expires", default="", metavar="TIME", help="30d, 12w, or a date (default: 90d)")
    create.add_argument("--note", default="", metavar="TEXT", help="a note to the readers")
    action("list", "List the links with who made them and how often they were opened.", takes_id=False)
    action("revoke", "Revoke a link; it opens nothing any more.")
