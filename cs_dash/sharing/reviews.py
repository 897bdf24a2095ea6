"""The frozen numbers of a review: made when it is started or renewed, and read within the limits of each reader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from cs_dash import pipeline
from cs_dash.decisions import CurrentDecisions, current_decisions
from cs_dash.decisions.reviews import records
from cs_dash.decisions.reviews.records import Filters, Review, ReviewNumbers
from cs_dash.decisions.reviews.slides import Arrangement, Pin, SlideNumbers, SlideText, arrangement
from cs_dash.errors import NoData
from cs_dash.sharing import copies
from cs_dash.sharing.content import SourceVersion
from cs_dash.sharing.readers import Limits, Reader
from cs_dash.store.acting import Right, require
from cs_dash.store.copies.content import CopyContent
from cs_dash.store.workspace import Workspace

_ACCOUNT_OPTION = "account"


@dataclass(frozen=True)
class ReadableReview:
    """A review as far as a reader may see it.

    Attributes:
        review: the review.
        arrangement: what people decided about its slides.
        workspace: the copy with its frozen numbers, into which nobody writes.
    """

    review: Review
    arrangement: Arrangement
    workspace: Workspace


def start_review(workspace: Workspace, quarter: str, filters: Filters = ()) -> str:
    """Freeze what is shown now, record a review of a quarter that shows it, and return its id.

    `filters`: the accounts that it is about, (dimension, values) pairs, sorted. Raises NotAllowed for who may not
    prepare reviews, NoData where nothing is loaded, and what `records.create` raises.
    """
    require(Right.REVIEW)
    review_id = records.create(workspace, quarter, filters, _numbers_of_now(workspace, quarter))
    copies.clean_up(workspace)
    return review_id


def renew_review(workspace: Workspace, review_id: str) -> None:
    """Let an open review show the numbers of now; what was written on its slides stays.

    Raises what `start_review` and `records.renew` raise.
    """
    require(Right.REVIEW)
    records.review(workspace, review_id)
    records.renew(workspace, review_id, _numbers_of_now(workspace, review_id))


def remove_review(workspace: Workspace, review_id: str) -> None:
    """Remove an open review and its frozen numbers. Raises what `records.remove` raises."""
    records.remove(workspace, review_id)
    copies.clean_up(workspace)


def read_review(
    workspace: Workspace, review_id: str, reader: Reader, *, hide_names: bool = False, hide_money: bool = False
) -> ReadableReview:
    """Return a review as far as a reader may see it.

    `workspace`: the whole one, also where the reader has a copy. `hide_names`, `hide_money`: besides what is hidden
    from the reader anyway. Raises BadInput for an unknown review, NoData where its frozen copy is gone, and what
    `copies.workspace_for` raises.
    """
    review = records.review(workspace, review_id)
    written = arrangement(workspace, review_id)
    if reader.kind == "link":  # what only the speaker sees
        written = replace(written, notes={})
    frozen = copies.frozen_review(workspace, review.numbers.copy)
    limits = Limits(
        reader.limits.filters, reader.limits.hide_names or hide_names, reader.limits.hide_money or hide_money
    )
    if not limits and reader.kind != "nobody":
        return ReadableReview(review, written, frozen)
    narrow = replace(reader, limits=limits, frozen=False)
    copy = copies.workspace_for(frozen, narrow, wait=True, secret_of=workspace)
    version = frozen.current()
    if version is None:  # cannot be: a frozen copy is a copy of a version
        raise NoData("Nothing is loaded", "Could not show anything because nothing is loaded.", "")
    secret = copies.secret_for(workspace, copy.folder)
    content = _content(frozen.file_of(version), current_decisions(frozen), limits, secret)
    return ReadableReview(
        replace(review, filters=_masked_values(review.filters, content)), _masked(written, content), copy
    )


@lru_cache(maxsize=4)
def _content(file: Path, decisions: CurrentDecisions, limits: Limits, secret: bytes) -> CopyContent:
    """Return what the copy of a reader holds, kept for the next slide: to read all names takes a while."""
    return SourceVersion(file, decisions, limits, secret).content


def _masked(written: Arrangement, content: CopyContent) -> Arrangement:
    """Return what people wrote with all that is hidden from a reader replaced."""
    mask = content.mask or (lambda text: text)
    accounts = dict(
        zip(content.accounts["account_id"].to_pylist(), content.accounts["copy_id"].to_pylist(), strict=True)
    )

    def masked_text(text: SlideText) -> SlideText:
        figures = tuple(
            replace(
                figure, label=mask(figure.label),
                value=figure.value * content.factor
                if figure.unit == "money" and figure.value is not None and content.factor is not None else figure.value,
            )
            for figure in text.numbers.figures
        )  # fmt: skip
        return replace(text, text=mask(text.text), numbers=SlideNumbers(mask(text.numbers.title), figures))

    def masked_pin(pin: Pin) -> Pin:
        options = tuple(
            (name, accounts.get(value, "") if name == _ACCOUNT_OPTION else mask(value)) for name, value in pin.options
        )
        return replace(pin, options=options, query=_masked_values(pin.query, content), title=mask(pin.title))

    return replace(
        written,
        titles={slide: masked_text(text) for slide, text in written.titles.items()},
        notes={slide: masked_text(text) for slide, text in written.notes.items()},
        remarks=tuple(replace(remark, written=masked_text(remark.written)) for remark in written.remarks),
        pins=tuple(map(masked_pin, written.pins)),
    )


def _masked_values(pairs: Filters, content: CopyContent) -> Filters:
    mask = content.mask
    return pairs if mask is None else tuple((name, tuple(map(mask, values))) for name, values in pairs)


def _numbers_of_now(workspace: Workspace, name: str) -> ReviewNumbers:
    version = workspace.current()
    if version is None:
        raise NoData(
            "Nothing is loaded", "Could not freeze any numbers because nothing is loaded.", "Load files first."
        )
    pipeline.derive_for_reading(workspace, version)  # else categories or topics would be missing for good
    return ReviewNumbers(version.number, version.created_at, copies.freeze_review(workspace, name), version.newest_day)
