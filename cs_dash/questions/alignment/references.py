"""What surveys say of product and customer success, with who says so; never a number without its source."""

from __future__ import annotations

from cs_dash.answer import Note

TSIA = "TSIA, as quoted by Aterra Consulting, “PM and CS collaboration”; year not stated, not verified"
SURVEY_2017 = "a survey of 2017, as told by Niutoushe; not verified"
REFERENCES = (
    f"28 % of companies have an adoption goal that product and customer success share, 33 % have none ({TSIA}).",
    f"About a third of companies have no metric shared by product and customer success ({SURVEY_2017}).",
    "80 % of product and customer-success teams work independently of each other (quoted beside the two figures above;"
    " which of the two surveys it is from is not stated).",
)


def reference_notes() -> tuple[Note, ...]:
    """Return the reference figures as notes."""
    return tuple(Note(f"Benchmark: {text}", "fact") for text in REFERENCES)
