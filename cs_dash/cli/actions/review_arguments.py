"""What the commands `review` and `digest` take."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give the command `review` its options; docs and tests read them from it."""
    parser.add_argument("--quarter", required=True, metavar="QUARTER", help="what is reviewed: 2026Q3, or last")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FILE",
        help="the file to write: .pptx, .pdf, .xlsx or .html; .zip holds one file for each account",
    )  # fmt: skip
    parser.add_argument(
        "--account", action="append", default=[], metavar="ID",
        help="an account review of this customer instead; all: of each paying one (may be given again)",
    )  # fmt: skip
    parser.add_argument(
        "--format", default="pptx", metavar="KIND", help="the kind of the files in a .zip (default: pptx)"
    )
    parser.add_argument("--template", type=Path, metavar="FILE.pptx", help="your own PowerPoint template")
    parser.add_argument("--current", action="store_true", help="today's figures, also where a review was started")
    _add_limits(parser)


def add_to_digest(parser: argparse.ArgumentParser) -> None:
    """Give the command `digest` its options."""
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="the file to write: .md or .html (default: Markdown, printed)"
    )
    parser.add_argument("--days", type=int, default=7, metavar="N", help="how many days it looks back (default: 7)")
    _add_limits(parser)


def _add_limits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--where", action="append", default=[], metavar="FIELD=VALUE", help="only accounts with this value"
    )
    parser.add_argument("--hide", default="", metavar="WHAT", help="names, money, or names,money")
    parser.add_argument(
        "--reader", default="", metavar="WHO", help="link:ID or person:EMAIL: only what this reader may see"
    )
