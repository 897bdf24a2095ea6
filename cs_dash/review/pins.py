"""The slides of the charts and tables that people pinned from pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cs_dash.decisions.reviews.slides import Pin
from cs_dash.errors import CsDashError
from cs_dash.review.arrangement import absent_pin, pin_slide
from cs_dash.review.asking import Ask
from cs_dash.review.deck import Slide
from cs_dash.scope import Scope


def pinned_slides(pins: Iterable[Pin], ask: Ask, newest: dt.date | None) -> dict[str, Slide]:
    """Return the slide of each pin by its id; one whose card the numbers no longer have says so.

    `newest`: the newest day of the data.
    """
    return {pin.pin_id: _pinned(pin, ask, newest) for pin in pins}


def _pinned(pin: Pin, ask: Ask, newest: dt.date | None) -> Slide:
    scope = Scope.from_query({name: list(values) for name, values in pin.query})[0].resolved(newest)
    try:
        answer = ask(pin.question, scope, dict(pin.options))
    except CsDashError as error:
        return absent_pin(pin, error.message)
    return pin_slide(pin, answer, scope) or absent_pin(pin, "The numbers of this review do not have it.")
