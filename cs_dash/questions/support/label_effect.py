"""The effect of people's labels: how many there are, what the model learnt from them, and how accurate it is."""

from __future__ import annotations

from cs_dash.answer import Note
from cs_dash.look.words import count, interval, plural, share
from cs_dash.questions.request import SMALL_BASE, QuestionRequest
from cs_dash.stats.intervals import wilson


def label_notes(request: QuestionRequest) -> tuple[Note, ...]:
    """Return the effect of people's labels as one note; none if nobody labelled a ticket."""
    row = request.single_row("label_effect")
    if not row["labelled"]:
        return ()
    text = f"People said the kind of {plural(row['labelled'], 'ticket')}"
    if not row["modelled"]:
        return (Note(f"{text}; no model tells the others yet.", "fact", ("share",)),)
    text += f"; the model learnt from {count(row['learnt'])} of them and told {count(row['modelled'])} others"
    if row["checked"] < SMALL_BASE:
        more = f"with {SMALL_BASE} labels that it can be checked on, the page says how right it is"
        return (Note(f"{text}; {more}.", "fact", ("share",)),)
    low, high = wilson(row["agreed"], row["checked"]) or (0.0, 1.0)
    accuracy = share(row["agreed"] / row["checked"], row["checked"])
    text += f". Cross-validated on {count(row['checked'])} labels, it is right about how-to or not in {accuracy}"
    return (Note(f"{text} (95 % interval {interval(low, high)}).", "fact", ("share",)),)
