"""From files to a published version, in order: keep, read, upsert, match, kinds, rollups, publish.

The one place that knows the order. A load is one transaction: until `publish`, nobody sees anything of it.
"""

from cs_dash.build.how import How
from cs_dash.build.loading import Built, check_options, load, prepare, publish_prepared
from cs_dash.build.rebuilding import rebuild
from cs_dash.build.rematching import rematch
from cs_dash.build.setting import Decided, Line, change, listed
from cs_dash.build.steps import COUNTS
from cs_dash.intake.reports import LoadReport, SheetReport

__all__ = [
    "COUNTS", "Built", "Decided", "How", "Line", "LoadReport", "SheetReport", "change", "check_options", "listed",
    "load", "prepare", "publish_prepared", "rebuild", "rematch",
]  # fmt: skip
