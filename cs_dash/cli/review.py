"""`review`: the quarterly review, or reviews of single accounts, as files."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from pathlib import Path
from typing import Any

from cs_dash.cli import text
from cs_dash.cli.files import write_whole
from cs_dash.cli.numbers import accounts_named, filters_within, hidden_limits, only_account, opened, readable, reader_of
from cs_dash.decisions.reviews import records
from cs_dash.decisions.reviews.records import Filters, Review
from cs_dash.errors import BadInput, NoData, UnknownOption
from cs_dash.look import words
from cs_dash.pipeline import Workspace
from cs_dash.review.arrangement import arranged
from cs_dash.review.contents import Quarter, account_deck, review_deck
from cs_dash.review.deck import Deck
from cs_dash.review.exports import ExportFormat, export_format, zipped
from cs_dash.review.pins import pinned_slides
from cs_dash.scope import ONE_DAY, scope_from_options
from cs_dash.sharing import Limits
from cs_dash.sharing.links import ADDRESS
from cs_dash.sharing.reviews import read_review

LAST = "last"
ZIP = ".zip"
_UNSAFE = re.compile(r"[^\w.-]+")


def make(chosen: Namespace) -> tuple[dict[str, Any], str]:
    """Write the file, and return what was written for JSON and in words.

    Raises:
        NoData: nothing is loaded, or the data end before the quarter.
        BadInput: no quarter, an unknown account, a template that cannot be read.
        UnknownOption: an unknown kind of file, filter or thing to hide.
        NotAllowed: the reader may not see reviews.
    """
    workspace = Workspace(chosen.workspace)
    quarter = _quarter(chosen.quarter, workspace)
    is_zip = chosen.out.suffix.lower() == ZIP
    export = export_format(chosen.format if is_zip else chosen.out.suffix)
    template = _template(chosen.template, export)
    if is_zip and not chosen.account:
        raise BadInput(
            "Which accounts?", "Could not write a .zip because it holds account reviews.", "Add --account ID, or all."
        )
    if len(chosen.account) > 1 and not is_zip:
        raise BadInput(
            "Several accounts", f"Could not write several reviews to {chosen.out}.", "Name a .zip file with --out."
        )
    filters = scope_from_options("", "", "", chosen.where).filters
    if chosen.account:
        return _accounts(chosen, workspace, quarter, export, template)
    deck, review_id = _quarterly(chosen, workspace, quarter, filters)
    write_whole(chosen.out, export.writer(deck, template))
    text.progress("", 1.0)
    facts = {"file": str(chosen.out), "quarter": str(quarter), "review": review_id, "slides": len(deck.shown)}
    return facts, f"Wrote {chosen.out}: {words.plural(len(deck.shown), 'slide')}, {deck.scope_text}, {deck.data_text}."


def _quarter(text_or_last: str, workspace: Workspace) -> Quarter:
    """Return the quarter that is named; "last": the latest one that is over in the data."""
    if text_or_last != LAST:
        return Quarter.of(text_or_last)
    version = workspace.current()
    if version is None or version.newest_day is None:
        raise NoData("No dates", "Could not find the last quarter because the data have no dates.", "Load files.")
    return Quarter.containing(version.newest_day + ONE_DAY).previous()


def _quarterly(chosen: Namespace, workspace: Workspace, quarter: Quarter, filters: Filters) -> tuple[Deck, str | None]:
    """Return the deck of the quarter, and the id of the recorded review that it is, if any."""
    reader = reader_of(chosen, workspace)
    hidden = hidden_limits(chosen, reader)
    address = os.environ.get(ADDRESS, "")
    review = None if chosen.current or reader.frozen else _recorded(workspace, quarter, filters)
    if review is not None:
        whole = read_review(
            workspace, review.review_id, reader, hide_names=hidden.hide_names, hide_money=hidden.hide_money
        )
        with opened(whole.workspace, whole.review.numbers, Limits(), workspace) as numbers:
            text.progress("Asking", 0.3)
            deck = review_deck(
                numbers.ask, quarter, numbers=numbers.facts, filters=whole.review.filters, address=address
            )
            pins = pinned_slides(whole.arrangement.pins, numbers.ask, numbers.facts.as_of)
            return arranged(deck, whole.arrangement, pins), review.review_id
    source, facts = readable(workspace, reader)
    with opened(source, facts, hidden, workspace) as numbers:
        text.progress("Asking", 0.3)
        within = filters_within(filters, reader, numbers.warehouse)
        return review_deck(numbers.ask, quarter, numbers=facts, filters=within, address=address), None


def _recorded(workspace: Workspace, quarter: Quarter, filters: Filters) -> Review | None:
    """Return the review of a quarter that was started last for the same accounts; None where none was."""
    same = [one for one in records.reviews(workspace) if (one.quarter, one.filters) == (str(quarter), filters)]
    return same[-1] if same else None


def _accounts(
    chosen: Namespace, workspace: Workspace, quarter: Quarter, export: ExportFormat, template: bytes | None
) -> tuple[dict[str, Any], str]:
    """Write one review for each account: each is made from a copy that holds nothing of the others."""
    reader = reader_of(chosen, workspace)
    hidden = hidden_limits(chosen, reader)
    source, facts = readable(workspace, reader)
    with opened(source, facts, Limits(), workspace) as numbers:
        scope = quarter.scope(facts.as_of, scope_from_options("", "", "", chosen.where).filters)
        account_ids = accounts_named(numbers.warehouse, chosen.account, scope)
    files: dict[str, bytes] = {}
    for done, account_id in enumerate(account_ids):
        text.progress(f"Account {done + 1} of {len(account_ids)}", done / len(account_ids))
        limits = Limits((("account_id", (account_id,)),), hidden.hide_names, hidden.hide_money)
        with opened(source, facts, limits, workspace) as numbers:
            deck = account_deck(numbers.ask, only_account(numbers.warehouse), quarter, numbers=facts)
        files[f"account-review-{quarter}-{_UNSAFE.sub('_', account_id)}.{export.suffix}"] = export.writer(
            deck, template
        )
    is_zip = chosen.out.suffix.lower() == ZIP
    write_whole(chosen.out, zipped(files.items()) if is_zip else next(iter(files.values())))
    text.progress("", 1.0)
    counted = words.plural(len(files), "account review")
    facts_of_files = {"file": str(chosen.out), "quarter": str(quarter), "accounts": account_ids, "files": list(files)}
    return facts_of_files, f"Wrote {chosen.out}: {counted} of {quarter.title}."


def _template(file: Path | None, export: ExportFormat) -> bytes | None:
    if file is None:
        return None
    if export.suffix != "pptx":
        raise UnknownOption(
            "No template here", f"Could not use {file} because only PowerPoint has templates.", "Leave --template out."
        )
    try:
        return file.read_bytes()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise BadInput("Cannot open the template", f"Could not open {file}: {why}.", "Check its name.") from None
