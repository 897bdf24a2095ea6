"""What is done once, before the first visitor comes."""

from __future__ import annotations

import gc
import logging
import threading

from cs_dash.errors import CsDashError
from cs_dash.scope import Scope
from cs_dash.store.state import Version
from cs_dash.ui import session
from cs_dash.ui.ask import ask_for

LOG = logging.getLogger("cs_dash")
FIRST_ASKED = ("overview.summary", "overview.changes", "overview.act_on", "health.bands", "health.accounts")


def warm_up() -> None:
    """Import what pages need, open the current version and keep all of it out of the garbage collector's way.

    A workspace that cannot be opened does not keep the server from starting: the pages say what is wrong. The answers
    of the first page are computed aside, while the server is up already.
    """
    import pandas  # noqa: F401  # Streamlit imports it with the first table

    from cs_dash.ui import page  # noqa: F401

    try:
        shown = session.version()
        if shown:
            session.warehouse(shown)
            threading.Thread(target=_ask_first, args=(shown,), name="warm-up", daemon=True).start()
    except CsDashError as error:
        LOG.warning("%s %s", error.message, error.hint)
    except Exception:
        LOG.exception("The warm-up failed; the pages will say more.")
    gc.collect()
    gc.freeze()


def _ask_first(shown: Version) -> None:
    try:
        for question in FIRST_ASKED:
            ask_for("en", shown, question, Scope())
    except Exception:
        LOG.exception("The warm-up failed; the pages will say more.")
