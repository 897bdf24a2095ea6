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
    text = f"{plural(row['labelled'], 'ticket')} labelled by people"
    if not row["modelled"]:
        return (Note(f"{text}; no model trained yet.", "fact", ("share",)),)
    text += f"; the model trained on {count(row['learnt'])} of them and classified {count(row['modelled'])} others"
    if row["checked"] < SMALL_BASE:
        more = f"Its accuracy needs {SMALL_BASE} labels to check against"
        return (Note(f"{text}. {more}.", "fact", ("share",)),)
    low, high = wilson(row["agreed"], row["checked"]) or (0.0, 1.0)
    accuracy = share(row["agreed"] / row["checked"], row["checked"])
    text += f". Cross-validated accuracy on how-to vs other is {accuracy} on {count(row['checked'])} labels"
    return (Note(f"{text} (95 % CI {interval(low, high)}).", "fact", ("share",)),)
