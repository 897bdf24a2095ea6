"""What stands beside every answer about topics: what they are made from, what moved, and what cannot be told."""

from __future__ import annotations

from typing import Any

from cs_dash.answer import Note
from cs_dash.look.words import count, plural, share
from cs_dash.questions.request import QuestionRequest
from cs_dash.questions.support.period import in_words


def state_notes(state: dict[str, Any], request: QuestionRequest, number: int | None) -> tuple[Note, ...]:
    """Return what became of the topics at the last load, and which tickets are in none."""
    notes: list[Note] = []
    if state["topics"]:
        notes += _moved(state)
    if number is not None and state["topics"]:
        text = (
            f"Cut into {plural(state['topics'], 'topic')} as asked for; merged, split and ignored topics do not count."
        )
        notes.append(Note(text, "assumption"))
    if state["ignored_topics"] and number is None:
        topics = plural(state["ignored_topics"], "topic")
        text = f"{topics} with {plural(state['ignored_tickets'], 'ticket')} left out: somebody said to ignore them."
        notes.append(Note(text, "assumption", ("tickets",)))
    lacking = state["wanted_tickets"] - state["placed_tickets"]
    if state["topics"] and lacking:
        text = f"{count(lacking)} of {plural(state['wanted_tickets'], 'ticket')} of the period are in no topic"
        silent = f": {count(state['silent'])} have no text, the others are like no topic." if state["silent"] else "."
        notes.append(Note(text + silent, "doubt", ("tickets",)))
    if state["unknown_kinds"] and state["topics"]:
        text = "Most tickets have no kind, so those without one are among the topics; some may be no how-to."
        notes.append(Note(text, "doubt", ("tickets",)))
    if state["looked"] and not state["topics"]:
        text = "A column with the subject or the first message of the tickets brings topics."
        notes.append(Note(text, "missing", table="tickets"))
    return tuple(notes)


def _moved(state: dict[str, Any]) -> list[Note]:
    """Return what the last load did to the topics; nothing where they were made for the first time."""
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


def untold(state: dict[str, Any], request: QuestionRequest) -> str:
    """Return what can be told where there is no topic, and what cannot."""
    wanted = state["wanted_tickets"]
    if not wanted:
        return f"No how-to ticket and no feature request came in, {in_words(request.scope)}."
    tickets = plural(wanted, "ticket")
    if not state["looked"]:
        return f"**{tickets}** came in, {in_words(request.scope)}; what they are about is being found."
    if state["silent"] == wanted:
        return (
            f"**{tickets}** came in, {in_words(request.scope)}, and none has a text: how many they are, when they came"
            " and who wrote can be told, what they are about cannot."
        )
    if state["silent"]:
        return f"{tickets} came in; {share(state['silent'] / wanted, wanted)} have no text: too few to find topics in."
    return f"{tickets} came in, {in_words(request.scope)}: too few with a text to find topics in."
