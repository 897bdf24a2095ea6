"""The actions of the command `person`, and what each takes."""

from __future__ import annotations

import argparse

from cs_dash.cli.actions.sub_actions import actions_of


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give the command `person` its actions; docs and tests read them from it."""
    action = actions_of(parser, "email", "the e-mail address by which the person signs in")
    for name, help_ in (("add", "Let somebody sign in, in a role."), ("change", "Replace somebody's role and limits.")):
        sub_parser = action(name, help_)
        sub_parser.add_argument("--role", required=True, metavar="ROLE", help="admin, leader, csm, pm or viewer")
        sub_parser.add_argument("--csm", default="", metavar="NAME", help="csm: whose accounts the person sees")
        sub_parser.add_argument("--hide", default="", metavar="WHAT", help="pm, viewer: names, money or names,money")
        sub_parser.add_argument(
            "--where", action="append", default=[], metavar="FIELD=VALUE", help="pm, viewer: only these accounts"
        )
    action("remove", "Let somebody sign in no longer.")
    action("list", "List who may sign in.", takes_id=False)
