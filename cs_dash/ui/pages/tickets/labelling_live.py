"""The HTML of labelling in progress: the model's guess for a ticket, and the effect of labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cs_dash.answer import Figure
from cs_dash.look import words
from cs_dash.look.templates import Markup, render
from cs_dash.questions.support.tickets.labelling_queue import FEW_EXAMPLES, UNKNOWN_WORDS, UNSURE
from cs_dash.tickets.classifier.sources import LEXICON, MODEL
from cs_dash.ui.components.text import locale


def why_words(row: Mapping[str, Any]) -> str:
    """Return why a row of `support.to_label` is offered, in words."""
    return {
        UNSURE: "The model is least confident here",
        FEW_EXAMPLES: f"The model has too few examples of {row['kind']}",
        UNKNOWN_WORDS: "The text has words unknown to the model",
    }.get(row["why"], "Not categorised")


def guess_html(row: Mapping[str, Any], keys: Mapping[str, str]) -> Markup:
    """Return what was found for a ticket and the words that decided; `keys`: kind -> its key.

    It may be shown here: labels correct, they do not measure, and whoever sees the guess decides faster.
    """
    probability = words.share(row["probability"], locale=locale())
    sources = {MODEL: f"Model ({probability} confidence):", LEXICON: "Suggested by word lists:"}
    return render(
        "tickets/guess.html",
        kind=row["kind"],
        key=keys.get(row["kind"], ""),
        source=sources.get(row["source"], "Category:"),
        because=row["because"],
    )


def learnt_html(current: Figure, began: Figure, lines: Sequence[str]) -> Markup:
    """Return the how-to share now and when one began, on a scale from 0 to 100 %.

    Args:
        current: the share of `support.howto`.
        began: the same when this person began.
        lines: what else is said, a line each; empty ones are left out.
    """
    language = locale()
    interval, between = None, current.caveat
    if current.low is not None and current.high is not None:
        interval = (current.low, current.high)
        between = f"95 % CI {words.interval(current.low, current.high, 'share', locale=language)}"
    before = "Not available when you started"
    if began.value is not None:
        before = f"When you started {words.share(began.value, began.n, language)}, dashed"
    return render(
        "tickets/share.html",
        label="How-to share now",
        value=words.MISSING if current.value is None else words.share(current.value, current.n, language),
        between=between,
        interval=interval,
        mark=current.value,
        dashed_mark=began.value,
        lines=(*lines, before),
    )
