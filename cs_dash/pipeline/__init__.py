"""From files to a published version, in order: keep, read, upsert, match, kinds, rollups, publish.

The one place that knows the order. A load is one transaction: until `publish`, nobody sees anything of it. Afterwards
tickets are read and topics found, beside the version.
"""

from cs_dash.intake.results.reports import LoadReport, SheetReport
from cs_dash.pipeline.account_matching import rematch
from cs_dash.pipeline.derive import Ahead, beside, follow, followed
from cs_dash.pipeline.label_effects import Relabelled, relabelled
from cs_dash.pipeline.labelling import Labelled, label, label_file, unlabel
from cs_dash.pipeline.load_options import How
from cs_dash.pipeline.loading import Built, check_options, load, prepare, publish_prepared
from cs_dash.pipeline.rebuilding import rebuild
from cs_dash.pipeline.settings import Decided, Line, change, listed
from cs_dash.pipeline.steps import COUNTS
from cs_dash.pipeline.ticket_kinds import mark_of
from cs_dash.pipeline.type_decisions import TypeDecided, decide_type, tickets_with

__all__ = [
    "COUNTS", "Ahead", "Built", "Decided", "How", "Labelled", "Line", "LoadReport", "Relabelled", "SheetReport",
    "TypeDecided", "beside", "change", "check_options", "decide_type", "follow", "followed", "label",
    "label_file", "listed", "load", "mark_of", "prepare", "publish_prepared", "rebuild", "relabelled", "rematch",
    "tickets_with", "unlabel",
]  # fmt: skip
