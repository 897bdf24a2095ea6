"""The actions of the command `item`, and what each takes."""

from __future__ import annotations

import argparse
from pathlib import Path

from cs_dash.cli.actions.sub_actions import actions_of

FIXES = ("documentation", "in-product guidance", "usability", "missing capability", "training")
VERDICTS = ("accepted", "deferred", "declined")
TEAMS = ("product", "cs")
OUTCOMES = ("kept", "missed")
FORMS = ("jira", "linear", "productboard", "csv", "markdown")
"""As `decisions.roadmap`, `decisions.item_reviews` and `look.tracker_files` have them, which take long to import.

A test compares them.
"""


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give the command `item` its actions; docs and tests read them from it."""
    action = actions_of(parser, "item", "R-1, R-2 ...")
    add = action("add", "Add an item and print its id.", takes_id=False)
    add.add_argument("--title", default="", metavar="TEXT", help="what to build, in a few words")
    add.add_argument("--fix", default="", choices=("", *FIXES), metavar="FIX", help=", ".join(FIXES))
    add.add_argument("--topic", action="append", default=[], metavar="ID", help="a topic of support.topics")
    add.add_argument("--request", action="append", default=[], metavar="TITLE", help="the title of a feature request")
    add.add_argument("--reason", action="append", default=[], metavar="TEXT", help="a churn reason as recorded")
    add.add_argument(
        "--release", default="", metavar="ID", help="a release of roadmap.releases: its title, topics, day"
    )
    changed = action("set", "Set impact, confidence, effort, title or fix: impact=2 confidence=80% effort=1.5.")
    changed.add_argument("given", nargs="+", metavar="NAME=VALUE")
    decided = action("decide", "Record a decision, by exactly one accountable owner.")
    decided.add_argument("decision", choices=VERDICTS)
    decided.add_argument("--owner", required=True, metavar="NAME", help="the one person who is accountable")
    decided.add_argument("--team", required=True, choices=TEAMS)
    decided.add_argument("--reason", default="", metavar="TEXT")
    decided.add_argument("--target", default="", metavar="CHANGE", help='expected change of its tickets: "-30%%"')
    decided.add_argument("--due", default="", metavar="D", help="by when")
    decided.add_argument("--on", default="", metavar="D", help="day of the decision (default: today)")
    shipped = action("ship", "Record the day an item shipped.")
    shipped.add_argument("--on", required=True, metavar="D")
    shipped.add_argument(
        "--accounts", type=Path, metavar="FILE.csv", help="account_id and, where they differ, shipped_on"
    )
    told = action("told", "Record which accounts were told that an item shipped.")
    told.add_argument("accounts", nargs="+", metavar="ACCOUNT", help="account ids")
    reviewed = action("review", "Record whether the decision on an item was kept.")
    reviewed.add_argument("outcome", choices=(*OUTCOMES, "open"), help="open takes a review back")
    reviewed.add_argument("--note", default="", metavar="TEXT", help="why")
    reviewed.add_argument("--on", default="", metavar="D", help="day of the review (default: today)")
    message = action("message", "Print the message to the accounts that asked, by CSM.")
    message.add_argument("--csm", default="", metavar="NAME", help="only the accounts of this CSM")
    action("remove", "Take an item off the roadmap.")
    action("list", "List the items.", takes_id=False)
    export = action("export", "Write the items as a file that another tool imports.", takes_id=False)
    export.add_argument("file", metavar="FILE", type=Path)
    export.add_argument("--for", dest="form", required=True, choices=FORMS, help="the tool that takes it")
    export.add_argument(
        "--address", default="", metavar="URL", help="where the app is opened: https://cs.example.com; for links back"
    )
    export.add_argument("--item", action="append", default=[], metavar="ID", help="only this one (may be given again)")
    export.add_argument("--all", action="store_true", help="also those that shipped or were declined")
    imported = action("import", "Take in states and release days from the other tool's export.", takes_id=False)
    imported.add_argument("file", metavar="FILE", type=Path, help="CSV or XLSX with status, labels and release date")
