"""`digest`: the changes of the last days and the early warnings, as text for mail."""

from __future__ import annotations

import os
from argparse import Namespace
from typing import Any

from cs_dash.cli.files import write_whole
from cs_dash.cli.numbers import filters_within, hidden_limits, opened, readable, reader_of
from cs_dash.errors import UnknownOption
from cs_dash.look import words
from cs_dash.pipeline import Workspace
from cs_dash.review.contents.digest import digest_deck
from cs_dash.review.mail import mail_html, markdown
from cs_dash.scope import scope_from_options
from cs_dash.sharing.links import ADDRESS

KINDS = {".md": markdown, ".html": mail_html}
MOST_DAYS = 366


def make(chosen: Namespace) -> tuple[dict[str, Any], str]:
    """Write the digest to a file, or return it to be printed, as Markdown.

    Raises:
        NoData: nothing is loaded, or nothing with dates.
        UnknownOption: an unknown kind of file, filter or thing to hide, or no number of days.
        NotAllowed: the reader may not see reviews.
    """
    if chosen.out is not None and chosen.out.suffix.lower() not in KINDS:
        raise UnknownOption(
            "Unknown kind of file",
            f"Could not write a digest to {chosen.out}.",
            "Its name ends in .md or .html.",
        )
    if not 1 <= chosen.days <= MOST_DAYS:
        raise UnknownOption("Not a number of days", f"Could not look back {chosen.days} days.", "Give 1 to 366.")
    workspace = Workspace(chosen.workspace)
    reader = reader_of(chosen, workspace)
    filters = scope_from_options("", "", "", chosen.where).filters
    source, facts = readable(workspace, reader)
    with opened(source, facts, hidden_limits(chosen, reader), workspace) as numbers:
        deck = digest_deck(
            numbers.ask, chosen.days, numbers=facts, filters=filters_within(filters, reader, numbers.warehouse),
            address=os.environ.get(ADDRESS, ""),
        )  # fmt: skip
    if chosen.out is None:
        text = markdown(deck)
        return {"digest": text, "sections": len(deck.slides)}, text.rstrip()
    write_whole(chosen.out, KINDS[chosen.out.suffix.lower()](deck).encode())
    facts_of_file = {"file": str(chosen.out), "sections": len(deck.slides)}
    return facts_of_file, f"Wrote {chosen.out}: {words.plural(len(deck.slides), 'section')}, {deck.scope_text}."
