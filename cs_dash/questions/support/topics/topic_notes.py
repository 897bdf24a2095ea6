"""Notes that all answers about topics share: how the topics came about, what changed, and what is unknown."""

from __future__ import annotations

from typing import Any

from cs_dash.answer import Note
from cs_dash.look.words import count, plural, share
from cs_dash.questions.request import QuestionRequest
from cs_dash.questions.support.period import in_words


def state_notes(state: dict[str, Any], request: QuestionRequest, number: int | None) -> tuple[Note, ...]:
    """Return notes on the changes to topics at the last load, and on the tickets in no topic."""
    notes: list[Note] = []
    if state["topics"]:
        notes += _change_notes(state)
    if number is not None and state["topics"]:
        text = (
            f"Grouped into {plural(state['topics'], 'topic')} as requested; merged, split and ignored topics are not"
            " applied."
        )
        notes.append(Note(text, "assumption"))
    if state["ignored_topics"] and number is None:
        topics = plural(state["ignored_topics"], "topic")
        text = f"Excludes {topics} set to ignore ({plural(state['ignored_tickets'], 'ticket')})."
        notes.append(Note(text, "assumption", ("tickets",)))
    without_topic = state["wanted_tickets"] - state["placed_tickets"]
    if state["topics"] and without_topic:
        verb = "has" if without_topic == 1 else "have"
        text = f"{count(without_topic)} of {plural(state['wanted_tickets'], 'ticket')} in the period {verb} no topic"
        textless = "."
        if state["textless"]:
            textless = f", {count(state['textless'])} for lack of text."
        notes.append(Note(text + textless, "doubt", ("tickets",)))
    if state["unknown_kinds"] and state["topics"]:
        text = "Most tickets have no category, so topics include uncategorised tickets; some may not be how-to."
        notes.append(Note(text, "doubt", ("tickets",)))
    if state["looked"] and not state["topics"] and state["textless"] == state["wanted_tickets"]:
        text = "Topics need a column with the ticket subject or first message."
        notes.append(Note(text, "missing", table="tickets"))
    return tuple(notes)


def _change_notes(state: dict[str, Any]) -> list[Note]:
    """Return the changes that the last load made to the topics; none when they are new."""
    if state["anew"] and (state["moved"] or state["gone"]):
        moved = plural(state["moved"], "ticket")
        text = f"The last load rebuilt the topics from all tickets: {moved} changed topic"
        text += f", {plural(state['gone'], 'topic')} no longer {'exists' if state['gone'] == 1 else 'exist'}"
        return [Note(f"{text}.", "assumption", ("topic",))]
    if state["anew"] or not (state["placed"] or state["founded"] or state["loose"]):
        return []
    parts = [f"{plural(state['placed'], 'new ticket')} joined existing topics"] if state["placed"] else []
    if state["founded"]:
        parts.append(f"{plural(state['founded'], 'new topic')} {'was' if state['founded'] == 1 else 'were'} created")
    if not parts:
        return []
    text = f"At the last load, {' and '.join(parts)}; existing tickets kept their topics."
    return [Note(text, "fact", ("topic",))]


def empty_headline(state: dict[str, Any], request: QuestionRequest) -> str:
    """Return the headline for an answer without topics: what is known, and what is not."""
    ticket_count = state["wanted_tickets"]
    if not ticket_count:
        return f"No how-to tickets or feature requests, {in_words(request.scope)}."
    tickets = plural(ticket_count, "ticket")
    if not state["looked"]:
        return f"**{tickets}**, {in_words(request.scope)}; topics are being computed."
    if state["textless"] == ticket_count:
        claim = request.lacks("none has a text", "no text was loaded", "tickets.subject", "tickets.body")
        return f"**{tickets}**, {in_words(request.scope)}, but {claim}, so there are no topics."
    if state["textless"]:
        textless_share = share(state["textless"] / ticket_count, ticket_count)
        return f"{tickets}, {in_words(request.scope)}; {textless_share} have no text: too few left for topics."
    return f"{tickets}, {in_words(request.scope)}: too few, or with too little text, for topics."
