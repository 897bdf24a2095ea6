"""What is shown while tickets are labelled one by one, as HTML: what was found for a ticket, and what labels did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cs_dash.answer import Figure
from cs_dash.look import words
from cs_dash.questions.support.tickets.labelling_queue import FEW_EXAMPLES, UNKNOWN_WORDS, UNSURE
from cs_dash.tickets.classifier.sources import LEXICON, MODEL
from cs_dash.ui.components.text import escaped, locale


def why_words(row: Mapping[str, Any]) -> str:
    """Return why a row of `support.to_label` is offered, in words."""
    return {
        UNSURE: "The model is least sure of it",
        FEW_EXAMPLES: f"The model has too few examples of {row['kind']}",
        UNKNOWN_WORDS: "The model does not know its words",
    }.get(row["why"], "Nobody has told its kind")


def guess_html(row: Mapping[str, Any], keys: Mapping[str, str]) -> str:
    """Return what was found for a ticket and the words that decided; `keys`: kind -> its key.

    It may be shown here: labels correct, they do not measure, and whoever sees the guess decides faster.
    """
    kind, guess = row["kind"], "Nobody knows its kind yet."
    if kind:
        probability = words.share(row["probability"], locale=locale())
        sources = {MODEL: f"The model is {probability} sure of", LEXICON: "The word lists suggest"}
        guess = f"{sources.get(row['source'], 'It was told to be')} <b>{escaped(kind)}</b>, key {keys[kind]}."
    because = f" <span>Words that decided: {escaped(row['because'])}</span>" if row["because"] else ""
    return f'<p class="cs-guess" aria-live="polite">{guess}{because}</p>'


def learnt_html(current: Figure, began: Figure, lines: Sequence[str]) -> str:
    """Return the how-to share now and when one began, on a scale from 0 to 100 %.

    Args:
        current: the share of `support.howto`.
        began: the same when this person began.
        lines: what else is said, a line each; empty ones are left out.
    """
    language = locale()
    marks, between = [], current.caveat
    if current.low is not None and current.high is not None:
        between = f"{words.interval(current.low, current.high, 'share', locale=language)} (95 %)"
        marks.append(
            f'<i class="cs-band" style="left:{100 * current.low:.2f}%;right:{100 - 100 * current.high:.2f}%"></i>'
        )
    if current.value is not None:
        marks.append(f'<i class="cs-mark" style="left:{100 * current.value:.2f}%"></i>')
    before = "When you began nobody could tell"
    if began.value is not None:
        marks.append(f'<i class="cs-mark cs-plain" style="left:{100 * began.value:.2f}%"></i>')
        before = f"When you began {words.share(began.value, began.n, language)}, dashed"
    value = words.MISSING if current.value is None else words.share(current.value, current.n, language)
    lines_html = "".join(f'<p class="note">{escaped(line)}</p>' for line in (*lines, before) if line)
    scale = f"{''.join(marks)}<span>0</span><span>50</span><span>100 %</span>"
    return (
        f'<section class="cs-share"><p class="cs-label">How-to share now</p><p><span class="cs-value">{escaped(value)}'
        f'</span> <span class="note">{escaped(between)}</span></p>'
        f'<div class="cs-scale" aria-hidden="true">{scale}</div>{lines_html}</section>'
    )
