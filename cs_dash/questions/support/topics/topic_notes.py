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
            f"Cut into {plural(state['topics'], 'topic')} as asked for; merged, split and ignored topics do not count."
        )
        notes.append(Note(text, "assumption"))
    if state["ignored_topics"] and number is None:
        topics = plural(state["ignored_topics"], "topic")
        text = f"{topics} with {plural(state['ignored_tickets'], 'ticket')} left out: somebody said to ignore them."
        notes.append(Note(text, "assumption", ("tickets",)))
    without_topic = state["wanted_tickets"] - state["placed_tickets"]
    if state["topics"] and without_topic:
        text = f"{count(without_topic)} of {plural(state['wanted_tickets'], 'ticket')} of the period are in no topic"
        textless = "."
        if state["textless"]:
            textless = f": {count(state['textless'])} have no text, the others are like no topic."
        notes.append(Note(text + textless, "doubt", ("tickets",)))
    if state["unknown_kinds"] and state["topics"]:
        text = "Most tickets have no kind, so those without one are among the topics; some may be no how-to."
        notes.append(Note(text, "doubt", ("tickets",)))
    if state["looked"] and not state["topics"] and state["textless"] == state["wanted_tickets"]:
        text = "A column with the subject or the first message of the tickets brings topics."
        notes.append(Note(text, "missing", table="tickets"))
    return tuple(notes)


def _change_notes(state: dict[str, Any]) -> list[Note]:
    """Return the changes that the last load made to the topics; none when they are new."""
    if state["anew"] and (state["moved"] or state["gone"]):
        text = f"The topics were made anew from all tickets: {plural(state['moved'], 'ticket')} moved to another topic"
        return [Note(f"{text}, {plural(state['gone'], 'topic')} are no more.", "assumption", ("topic",))]
    if state["anew"] or not (state["placed"] or state["founded"] or state["loose"]):
        return []
    text = f"At the last load, {plural(state['placed'], 'new ticket')} joined topics that were there"
    if state["founded"]:
        text += f", and {plural(state['founded'], 'topic')} began"
    text += "; no ticket moved."
    return [Note(text, "fact", ("topic",))]


def empty_headline(state: dict[str, Any], request: QuestionRequest) -> str:
    """Return the headline for an answer without topics: what is known, and what is not."""
    ticket_count = state["wanted_tickets"]
    if not ticket_count:
        return f"No how-to ticket and no feature request came in, {in_words(request.scope)}."
    tickets = plural(ticket_count, "ticket")
    if not state["looked"]:
        return f"**{tickets}** came in, {in_words(request.scope)}; what they are about is being found."
    if state["textless"] == ticket_count:
        claim = request.lacks("none has a text", "no text was read of any", "tickets.subject", "tickets.body")
        return (
            f"**{tickets}** came in, {in_words(request.scope)}, and {claim}: how many they are, when they came"
            " and who wrote can be told, what they are about cannot."
        )
    if state["textless"]:
        textless_share = share(state["textless"] / ticket_count, ticket_count)
        return f"{tickets} came in; {textless_share} have no text: too few to find topics in."
    return f"{tickets} came in, {in_words(request.scope)}: too few, or with too little text, to find topics in."
