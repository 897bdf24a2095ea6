"""What is shown while tickets are checked, as HTML: the ticket, and the share as far as it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cs_dash.answer import Answer
from cs_dash.look import words
from cs_dash.ui.components.text import escaped, locale

LONGEST = 4_000
"""Letters of a message that are shown; nobody reads more to tell what it is about."""


def ticket_html(row: Mapping[str, Any], place: str) -> str:
    """Return one ticket: its words as they came, never its account, nor the kind that was found for it."""
    facts = [place, words.date(row["created_at"].date(), locale=locale()), row["language"] or ""]
    subject, body = (row["subject"] or "").strip(), (row["body"] or "").strip()
    if len(body) > LONGEST:
        body = f"{body[:LONGEST]} …"
    message = f'<p class="cs-ticket-body">{escaped(body)}</p>' if body and body != subject else ""
    heading = f"<h2>{escaped(subject)}</h2>" if subject else ""
    if not heading and not message:
        message = '<p class="note">This ticket has neither a subject nor a message: skip it.</p>'
    line = " · ".join(escaped(fact) for fact in facts if fact)
    return f'<article class="cs-ticket" aria-live="polite"><p class="note">{line}</p>{heading}{message}</article>'


def share_html(answer: Answer, progress: str, pace: Sequence[float]) -> str:
    """Return the share of `support.audit` with its interval on a scale from 0 to 100 %, beside the plain count.

    Args:
        answer: the answer.
        progress: how far one is, in words.
        pace: when each of the last words was said, in seconds.
    """
    share, plain, kappa = answer.figure("share"), answer.figure("share_uncorrected"), answer.figure("kappa")
    language = locale()
    marks = []
    if share.value is None or share.low is None or share.high is None:
        value, between = words.MISSING, "from ten tickets on"
    else:
        value = words.share(share.value, share.n, language)
        between = f"{words.interval(share.low, share.high, 'share', locale=language)} (95 %)"
        marks.append(f'<i class="cs-band" style="left:{100 * share.low:.2f}%;right:{100 - 100 * share.high:.2f}%"></i>')
        marks.append(f'<i class="cs-mark" style="left:{100 * share.value:.2f}%"></i>')
    unadjusted = ""
    if plain.value is not None:
        marks.append(f'<i class="cs-mark cs-plain" style="left:{100 * plain.value:.2f}%"></i>')
        unadjusted = f"Plain count {words.share(plain.value, plain.n, language)}, dashed"
    lines = [progress, unadjusted]
    if len(pace) > 10:
        lines.append(f"{words.count(pace[-1] - pace[-11], language)} s for the last ten")
    if kappa.value is not None:
        twice = words.plural(kappa.n, "ticket", locale=language)
        lines.append(f"Agreement on {twice} checked twice: kappa {words.number(kappa.value, 2, language)}")
    lines_html = "".join(f'<p class="note">{escaped(line)}</p>' for line in lines if line)
    scale = f"{''.join(marks)}<span>0</span><span>50</span><span>100 %</span>"
    return (
        f'<section class="cs-share"><p class="cs-label">How-to share</p><p><span class="cs-value">{escaped(value)}'
        f'</span> <span class="note">{escaped(between)}</span></p>'
        f'<div class="cs-scale" aria-hidden="true">{scale}</div>{lines_html}</section>'
    )
