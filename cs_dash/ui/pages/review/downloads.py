"""The deck as a file, and reviews of single accounts: made when somebody asks for one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from cs_dash.review.deck import Deck
from cs_dash.review.exports import EXPORTS, ExportFormat, zipped
from cs_dash.sharing import Limits, Reader
from cs_dash.ui.components import controls
from cs_dash.ui.components.html import note
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.review.own_template import own_template
from cs_dash.ui.state.reader import reader
from cs_dash.ui.state.review_decks import ReviewDeck, account_review, in_language, review_deck_for

Paper = Literal["a4", "letter"]
PAPERS: dict[Paper, str] = {"a4": "A4", "letter": "Letter"}
MOST_ACCOUNTS = 25
_UNSAFE = re.compile(r"[^\w.-]+")


def downloads(shown: ReviewDeck) -> None:
    """Offer the files, without names or amounts if wished, and PowerPoint in the reader's own template."""
    hidden = _hidden("review")
    template = own_template(shown.deck)
    paper: Paper = controls.segmented_control(
        "PDF paper", list(PAPERS), default="a4", format_func=PAPERS.__getitem__, required=True, key="review_paper"
    )
    who, language, review_id = reader(), locale(), shown.review.review_id

    def deck() -> Deck:
        return review_deck_for(
            review_id, who, language, hide_names=hidden.hide_names, hide_money=hidden.hide_money
        ).deck

    for export in EXPORTS.values():
        controls.download_button(
            export.title,
            partial(_file, deck, export, template, paper, language),
            f"review-{review_id}.{export.suffix}",
            export.media_type,
            key=f"review_{export.suffix}",
            on_click="ignore",
            width="stretch",
        )
    note("Hidden slides are in no file. A file takes some seconds.")


def account_reviews(shown: ReviewDeck) -> None:
    """Offer the same for single accounts, each without anything about others: one file each, in a zip."""
    rows = shown.snapshot.warehouse("account_names").to_pylist()
    names = {row["account_id"]: row["account"] or row["account_id"] for row in rows}
    chosen = controls.multiselect(
        "Accounts", sorted(names, key=lambda account: str(names[account]).casefold()), max_selections=MOST_ACCOUNTS,
        format_func=lambda account: str(names.get(account, account)), key="review_accounts",
        placeholder=f"Choose up to {MOST_ACCOUNTS}",
    )  # fmt: skip
    suffix = controls.segmented_control(
        "File", list(EXPORTS), default="pptx", format_func=lambda name: EXPORTS[name].title, required=True,
        key="review_account_file",
    )  # fmt: skip
    hidden = _hidden("account_review")
    if not chosen:
        note("Value reached, use, tickets and answers, roadmap items, goals and renewal of one customer.")
        return
    controls.download_button(
        "Download zip",
        partial(_zip, shown, list(chosen), EXPORTS[suffix], hidden, reader(), locale()),
        f"account-reviews-{shown.review.quarter}.zip",
        "application/zip",
        key="review_account_zip",
        on_click="ignore",
    )
    note("Each is made from a copy that holds nothing of other accounts, which takes some seconds per account.")


def _hidden(key: str) -> Limits:
    hide_names = controls.checkbox("Hide customer names", key=f"{key}_hide_names")
    hide_money = controls.checkbox("Hide amounts: show them as an index", key=f"{key}_hide_money")
    return Limits(hide_names=hide_names, hide_money=hide_money)


def _file(deck: Callable[[], Deck], export: ExportFormat, template: bytes | None, paper: Paper, language: str) -> bytes:
    with in_language(language):
        if export.suffix == "pdf":
            from cs_dash.review.pdf import pdf_bytes  # its library is large, and few pages need it

            return pdf_bytes(deck(), paper=paper)
        return export.writer(deck(), template)


def _zip(
    shown: ReviewDeck, accounts: Sequence[str], export: ExportFormat, hidden: Limits, who: Reader, language: str
) -> bytes:
    with in_language(language):
        decks = ((account, account_review(shown, account, who, language, hidden)) for account in accounts)
        return zipped(
            (f"account-review-{shown.review.quarter}-{_UNSAFE.sub('_', account)}.{export.suffix}",
             export.writer(deck, None))
            for account, deck in decks
        )  # fmt: skip
