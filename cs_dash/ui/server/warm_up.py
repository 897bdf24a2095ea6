"""What is done once, before the first visitor comes."""

from __future__ import annotations

import gc
import importlib
import logging
import os
import pkgutil
import threading

from cs_dash.errors import CsDashError
from cs_dash.look.templates import compile_templates
from cs_dash.pipeline import Version
from cs_dash.ui import components, pages
from cs_dash.ui.jobs.derivation_worker import DERIVATIONS
from cs_dash.ui.jobs.prefetch import PREFETCH
from cs_dash.ui.pages.data import demo
from cs_dash.ui.state import session

LOG = logging.getLogger("cs_dash")
COMPUTE_AHEAD = "CS_DASH_AHEAD"


def warm_up() -> None:
    """Import what pages need, open the current version and keep all of it out of the garbage collector's way.

    A workspace that cannot be opened does not keep the server from starting: the pages say what is wrong. The answers
    of the first page are computed aside, while the server is up already; where nothing is loaded, the demo company is
    made ready instead.
    """
    import pandas  # noqa: F401  # Streamlit imports it with the first table

    import_pages()
    compile_templates()
    compute_ahead = os.environ.get(COMPUTE_AHEAD, "on") != "off"
    try:
        version = session.current_version()
        DERIVATIONS.start()
        if version:
            DERIVATIONS.request(session.workspace(), version)
            session.warehouse(version)
            if compute_ahead:
                threading.Thread(target=_answer_first_pages, args=(version,), name="warm-up", daemon=True).start()
        elif compute_ahead:
            demo.prepare(session.workspace())
    except CsDashError as error:
        LOG.warning("%s %s", error.message, error.hint)
    except Exception:
        LOG.exception("The warm-up failed; the pages will say more.")
    if compute_ahead:
        PREFETCH.start()
    gc.collect()
    gc.freeze()


def import_pages() -> None:
    """Import all that pages are made of: sessions that do so side by side can wait for each other, an error."""
    for package in (components, pages):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def _answer_first_pages(version: Version) -> None:
    try:
        demo.answer_first_pages(session.Snapshot.of(version))
        session.warehouse(version).define()
    except Exception:
        LOG.exception("The warm-up failed; the pages will say more.")
