"""`ask`: one question to the current version, as one reader may ask it."""

from __future__ import annotations

from argparse import Namespace

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.cli import audits, text, topics
from cs_dash.cli.arguments import option_pairs
from cs_dash.decisions import current_decisions
from cs_dash.decisions.audits import audits as audits_of
from cs_dash.errors import NoData
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import Workspace
from cs_dash.questions import catalogue
from cs_dash.scope import scope_from_options
from cs_dash.sharing import copies, links


def answered(chosen: Namespace) -> Answer:
    """Return the answer to what the command line asks.

    Raises NoData where nothing is loaded, and what a question raises for options and filters that make no sense.
    """
    scope = scope_from_options(chosen.start, chosen.end, chosen.as_of, chosen.where)
    options = option_pairs(chosen.option)
    if chosen.question not in catalogue.questions():
        catalogue.refuse(chosen.question)
    workspace = Workspace(chosen.workspace)
    version = workspace.current()
    if version is None:
        raise NoData(
            "Nothing is loaded",
            f"Could not ask {chosen.question} because the workspace {chosen.workspace} is empty.",
            "Load files first: python -m cs_dash load FILE...",
        )
    if chosen.reader:
        reader = links.reader_named(workspace, chosen.reader)
        links.require_question(reader, chosen.question)
        if not reader.frozen:
            pipeline.derive_for_reading(workspace, version, text.progress)
        workspace = copies.workspace_for(workspace, reader, wait=True)
        version = workspace.current() or version
    artifacts = topics.derived(workspace, version, chosen.question, options)
    warehouse = open_warehouse(workspace.file_of(version), current_decisions(workspace), artifacts)
    try:
        if chosen.question == audits.SAMPLE:
            audits.draw_sample(workspace, warehouse, scope, options)
        return catalogue.ask(warehouse, chosen.question, scope, options, audits_of(workspace))
    finally:
        warehouse.close()
