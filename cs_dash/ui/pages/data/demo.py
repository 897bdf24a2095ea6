"""The demo company: one click away, and made ready before anybody clicks.

Reading its ten files takes some seconds. On an empty workspace that is done aside while the server comes up, by the
same steps as any load, and the first page's answers with it; the click then only publishes what is there.
"""

from __future__ import annotations

import contextlib
import logging
import tempfile
import time
import uuid
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from cs_dash import pipeline
from cs_dash.errors import CsDashError, NoData
from cs_dash.page_registry import warm_up_questions
from cs_dash.pipeline import Workspace
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.ui.jobs.progress import progress_bar
from cs_dash.ui.state import session
from cs_dash.ui.state.answers import AnswerKey, cached_answer, first_grain

LOG = logging.getLogger("cs_dash")
DEMO = Path(__file__).resolve().parents[4] / "data"
TABULAR = (".csv", ".xlsx")
THREAD = ThreadPoolExecutor(1, thread_name_prefix="demo")
READY: dict[Path, Future[pipeline.Built]] = {}


def prepare(workspace: Workspace) -> None:
    """Begin to make the demo company ready for an empty workspace; returns at once."""
    if workspace.folder not in READY and demo_files():
        READY[workspace.folder] = THREAD.submit(_prepared, workspace)


def _prepared(workspace: Workspace) -> pipeline.Built:
    folder = Path(tempfile.mkdtemp(prefix="demo-"))  # in the workspace, and gone with the server
    with ExitStack() as stack:
        files = [(file.name, stack.enter_context(file.open("rb"))) for file in demo_files()]
        built = pipeline.prepare(workspace, files, folder / f"{uuid.uuid4().hex}.duckdb")
    THREAD.submit(_derived, built)
    return built


def _derived(built: pipeline.Built) -> None:
    """Do what follows the load, and answer what the first pages ask, as long as nobody wants the demo company yet."""
    artifacts, version_file = pipeline.PreparedArtifacts(built.file), session.VersionFile.at
    try:
        artifacts.derive_kinds()
        decisions = pipeline.with_demo_roadmap(session.decided())
        answer_first_pages(session.Snapshot(version_file(built.file), decisions, version_file(artifacts.kinds)))
        artifacts.derive_topics()
    except Exception as error:
        if built.file.exists():
            LOG.warning("What the demo company's pages ask could not be found ahead: %s", error, exc_info=True)
    finally:
        pipeline.give_back_memory()


def answer_first_pages(snapshot: session.Snapshot) -> None:
    """Compute the answers of the pages as they open, so that they are cached when somebody comes.

    What cannot be answered is passed over: its page says why.
    """
    for question, options in warm_up_options(snapshot).items():
        with contextlib.suppress(CsDashError):
            cached_answer(AnswerKey.of("en", snapshot, question, Scope(), options))


def warm_up_options(snapshot: session.Snapshot) -> dict[str, dict[str, str]]:
    """Return what the pages ask when they are opened, with the options that the data suggest."""
    grain = first_grain(snapshot)[0]
    catalog = catalogue.questions()
    return {name: {"by": grain} if grain in catalog[name].options.get("by", ()) else {} for name in warm_up_questions()}


def load_demo() -> None:
    """Load the demo company with a progress bar. Raises NoData when its files are missing."""
    workspace = session.workspace()
    if not demo_files():
        raise NoData(
            "No demo company",
            "Could not load the demo company because its files are not there.",
            "Make them with: python -m cs_dash demo data",
        )
    with progress_bar("Opening the files") as progress:
        ready = READY.pop(workspace.folder, None)
        if ready is not None:
            while not ready.done():
                progress("Reading the files", 0.5)
                time.sleep(0.1)
            with contextlib.suppress(Exception):  # then it is loaded like any other files, with their error messages
                if pipeline.publish_prepared(workspace, ready.result()):
                    _record_roadmap(workspace)
                    return
        with ExitStack() as stack:
            files = [(file.name, stack.enter_context(file.open("rb"))) for file in demo_files()]
            pipeline.load(workspace, files, progress=progress)
        _record_roadmap(workspace)


def _record_roadmap(workspace: Workspace) -> None:
    version = workspace.current()
    if version is not None:
        pipeline.record_demo_roadmap(workspace, version)


def demo_files() -> list[Path]:
    """Return the demo company's files; none where they were not made."""
    return sorted(file for file in DEMO.iterdir() if file.suffix in TABULAR) if DEMO.is_dir() else []
