"""After a load the server reads the tickets and finds their topics, while everybody goes on working.

One thread does it for all visitors, with what time they leave it; pages show what there is, and say how far it is.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field

import streamlit as st

from cs_dash import pipeline
from cs_dash.errors import Cancelled
from cs_dash.look.templates import render
from cs_dash.pipeline import Version, Workspace
from cs_dash.ui.components.html import html, one_place
from cs_dash.ui.jobs.background import give_way

LOG = logging.getLogger("cs_dash")
REFRESH_SECONDS = 1.0
"""Seconds between two looks at how far it is."""
PAUSE, LONGEST = 3.0, 30.0
"""Seconds without a new label before derivation starts, and the most seconds it may be postponed."""


@dataclass
class DerivationWorker:
    """Derives artifacts after loads: one job at a time, for the newest version that somebody opened."""

    started: bool = False
    target: tuple[Workspace, Version] | None = None
    progress: tuple[str, float] = ("Reading tickets", 0.0)
    failed_keys: set[tuple[object, ...]] = field(default_factory=set)
    wake_up: threading.Event = field(default_factory=threading.Event)
    not_before: float = 0.0
    at_latest: float = 0.0

    def start(self) -> None:
        """Begin to work. Only a server does; a page that is tried out by itself does not."""
        if not self.started:
            self.started = True
            threading.Thread(target=self._work, name="following", daemon=True).start()

    def request(self, workspace: Workspace, version: Version) -> bool:
        """Do what follows the load of a version, and return whether something is still to be done."""
        if not self.started or self._is_done(workspace, version):
            return False
        self.target = (workspace, version)
        self.wake_up.set()
        return True

    def pause(self) -> None:
        """Postpone the next job: while somebody labels ticket after ticket, each label would start it again."""
        time_now = time.monotonic()
        if time_now > self.at_latest:
            self.at_latest = time_now + LONGEST
        self.not_before = min(time_now + PAUSE, self.at_latest)

    def _is_done(self, workspace: Workspace, version: Version) -> bool:
        return pipeline.is_derived(workspace, version) or _key(workspace, version) in self.failed_keys

    def _work(self) -> None:
        give_way()
        while True:
            self.wake_up.wait()
            self.wake_up.clear()
            while (left := self.not_before - time.monotonic()) > 0:
                time.sleep(min(left, PAUSE))
            if self.target is not None and not self._is_done(*self.target):
                self._derive(*self.target)

    def _derive(self, workspace: Workspace, version: Version) -> None:
        key = _key(workspace, version)

        def tell(words: str, share: float) -> None:
            self.progress = (words, share)
            if self.target is not None and self.target[1] != version:
                raise Cancelled(
                    "Not wanted", "Could not continue because another version is current.", "Nothing is lost."
                )

        try:
            pipeline.derive_artifacts(workspace, version, tell)
        except Cancelled:
            LOG.debug("Another version is current now.")
        except Exception:  # the pages show what there is; it is tried again when people say more, or the server starts
            LOG.exception("The tickets of version %s could not be read.", version.number)
            self.failed_keys.add(key)
        finally:
            pipeline.give_back_memory()


def _key(workspace: Workspace, version: Version) -> tuple[object, ...]:
    return workspace.folder, version.number, pipeline.cache_key(workspace)


DERIVATIONS = DerivationWorker()


def derive_in_background(workspace: Workspace, version: Version) -> None:
    """Request the derivation for the version on screen; while it runs, the page shows its progress."""
    with one_place():
        if DERIVATIONS.request(workspace, version):
            _progress_line(workspace, version)


@st.fragment(run_every=REFRESH_SECONDS)
def _progress_line(workspace: Workspace, version: Version) -> None:
    if not DERIVATIONS.request(workspace, version):
        st.rerun()
    words, share = DERIVATIONS.progress
    text = f"{words} · {share:.0%}" if words else "Reading tickets"
    html(render("components/progress.html", text=text))
