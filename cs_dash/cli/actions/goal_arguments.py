"""The actions of the command `goal`, and what each takes."""

from __future__ import annotations

import argparse

from cs_dash.cli.actions.sub_actions import actions_of

TEAMS = ("product", "cs")
METRICS = (
    "howto_share", "contact_rate", "activation", "feature_adoption", "feature_weekly", "wau", "nrr", "grr",
    "logo_retention", "churn_share", "churned_accounts", "nps",
)  # fmt: skip
"""As `decisions.choices.owners` and `decisions.choices` have them, which take long to import; a test compares them."""


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give the command `goal` its actions; docs and tests read them from it."""
    action = actions_of(parser, "goal", "G-1, G-2 ...")
    _properties(action("add", "Add a goal and print its id.", takes_id=False), required=True)
    _properties(action("set", "Change what is given of a goal; the rest stays."), required=False)
    action("remove", "Remove a goal; its history stays.")
    action("list", "List the goals.", takes_id=False)


def _properties(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--metric", required=required, default=None, metavar="METRIC", help=", ".join(METRICS))
    parser.add_argument("--target", required=required, default=None, metavar="VALUE", help="the value to reach: 33%%")
    parser.add_argument("--due", required=required, default=None, metavar="D", help="by when")
    parser.add_argument("--owner", required=required, default=None, metavar="NAME", help="the one accountable person")
    parser.add_argument("--team", required=required, default=None, choices=TEAMS, help="the owner's team")
    parser.add_argument(
        "--teams", nargs="+", default=None, choices=TEAMS, metavar="TEAM", help="who contributes (default: both)"
    )
    parser.add_argument(
        "--where", action="append", default=None, metavar="FIELD=VALUE", help="only accounts with this value"
    )
    parser.add_argument("--title", default=None, metavar="TEXT", help="what it is called (default: metric and target)")
    parser.add_argument("--feature", default=None, metavar="NAME", help="of feature_adoption and feature_weekly")
    parser.add_argument(
        "--features", type=int, default=None, metavar="N", help="core features of activation (default: 1)"
    )
    parser.add_argument(
        "--window", type=int, default=None, metavar="MONTHS", help="12, 6, 3 or 1 (default: the period of the view)"
    )
    parser.add_argument("--start", default=None, metavar="VALUE", help="the value it starts from (default: from data)")
    parser.add_argument("--since", default=None, metavar="D", help="the day progress counts from (default: today)")
