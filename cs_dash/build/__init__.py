"""From files to a published version, in order: keep, read, upsert, match, kinds, rollups, publish.

The one place that knows the order. A load is one transaction: until `publish`, nobody sees anything of it. Afterwards
tickets are read and topics found, beside the version.
"""

from cs_dash.build.afterwards import Ahead, beside, follow, followed
from cs_dash.build.how import How
from cs_dash.build.kinds import mark_of
from cs_dash.build.labelling import Labelled, kind_named, label, label_file, unlabel
from cs_dash.build.loading import Built, check_options, load, prepare, publish_prepared
from cs_dash.build.rebuilding import rebuild
from cs_dash.build.relabelled import Relabelled, relabelled
from cs_dash.build.rematching import rematch
from cs_dash.build.setting import Decided, Line, change, listed
from cs_dash.build.steps import COUNTS
from cs_dash.build.type_decisions import TypeDecided, decide_type, tickets_with
from cs_dash.intake.results.reports import LoadReport, SheetReport

__all__ = [
    "COUNTS", "Ahead", "Built", "Decided", "How", "Labelled", "Line", "LoadReport", "Relabelled", "SheetReport",
    "TypeDecided", "beside", "change", "check_options", "decide_type", "follow", "followed", "kind_named", "label",
    "label_file", "listed", "load", "mark_of", "prepare", "publish_prepared", "rebuild", "relabelled", "rematch",
    "tickets_with", "unlabel",
]  # fmt: skip
