"""What a page does when something goes wrong: one calm sentence, never a stack trace."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from cs_dash.errors import CsDashError, WorkspaceBroken
from cs_dash.look.templates import render
from cs_dash.pipeline import fault_in_words
from cs_dash.ui.components.html import html
from cs_dash.ui.components.navigation import page_link

LOG = logging.getLogger("cs_dash")


@contextmanager
def guarded() -> Iterator[None]:
    """Show what can be understood as a sentence with a hint; log what cannot, and show its reference number.

    What can be understood is every CsDashError, and what the machine could not do.
    """
    try:
        yield
    except Exception as error:
        problem = error if isinstance(error, CsDashError) else fault_in_words(error)
        if problem is not None:
            complain(problem.title, problem.message, problem.hint)
            if isinstance(problem, WorkspaceBroken):
                page_link("loads", "Loads and undo")
            return
        reference = secrets.token_hex(3)
        LOG.exception("reference %s", reference, extra={"reference": reference})
        complain(
            "Something went wrong here",
            f"This is a fault in the program, not in your data; nothing was changed. Reference {reference}.",
            "Try again, or send the reference to whoever hosts this page.",
        )


def complain(title: str, message: str, hint: str = "") -> None:
    """Show a sentence about what could not be done, and what to do."""
    html(render("components/complaint.html", title=title, message=message, hint=hint))
