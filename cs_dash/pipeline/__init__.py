"""From files to a published version, in order: keep, read, upsert, match, kinds, rollups, publish.

The one place that knows the order. A load is one transaction: until `publish`, nobody sees anything of it. Afterwards
tickets are read and topics found: artifacts of the version.
"""

from cs_dash.intake.results.reports import LoadReport, SheetReport
from cs_dash.pipeline.account_matching import rematch
from cs_dash.pipeline.bookkeeping import (
    Backup,
    Restored,
    acting,
    acting_as,
    back_up,
    identify_by,
    loaded_digests,
    memory_environment,
    record_loaded,
    redo,
    redoable,
    restore,
    store_upload,
    undo,
    versions,
)
from cs_dash.pipeline.demo_roadmap import record_demo_roadmap, with_demo_roadmap
from cs_dash.pipeline.derive import (
    PreparedArtifacts,
    derive_artifacts,
    derive_for_reading,
    derived_artifacts,
    give_back_memory,
    is_derived,
)
from cs_dash.pipeline.item_states import ItemProblem, ItemStates, TrackedItem, import_states
from cs_dash.pipeline.label_effects import LabelEffects, label_effects_of
from cs_dash.pipeline.labelling import Labelled, label, label_file, unlabel
from cs_dash.pipeline.load_options import LoadOptions
from cs_dash.pipeline.loading import Built, check_options, load, prepare, publish_prepared
from cs_dash.pipeline.rebuilding import rebuild
from cs_dash.pipeline.settings import Decided, SettingLine, change, listed
from cs_dash.pipeline.steps import COUNTS
from cs_dash.pipeline.ticket_kinds import cache_key
from cs_dash.pipeline.topics import tickets_of_topic
from cs_dash.pipeline.type_decisions import TypeDecided, decide_type, tickets_with
from cs_dash.store.faults import in_words as fault_in_words
from cs_dash.store.owned_folder import temporary_files_in
from cs_dash.store.tables import PLAIN
from cs_dash.store.version import Version
from cs_dash.store.workspace import Upload, Workspace

__all__ = [
    "COUNTS",
    "PLAIN",
    "Backup",
    "Built",
    "Decided",
    "ItemProblem",
    "ItemStates",
    "LabelEffects",
    "Labelled",
    "LoadOptions",
    "LoadReport",
    "PreparedArtifacts",
    "Restored",
    "SettingLine",
    "SheetReport",
    "TrackedItem",
    "TypeDecided",
    "Upload",
    "Version",
    "Workspace",
    "acting",
    "acting_as",
    "back_up",
    "cache_key",
    "change",
    "check_options",
    "decide_type",
    "derive_artifacts",
    "derive_for_reading",
    "derived_artifacts",
    "fault_in_words",
    "give_back_memory",
    "identify_by",
    "import_states",
    "is_derived",
    "label",
    "label_effects_of",
    "label_file",
    "listed",
    "load",
    "loaded_digests",
    "memory_environment",
    "prepare",
    "publish_prepared",
    "rebuild",
    "record_demo_roadmap",
    "record_loaded",
    "redo",
    "redoable",
    "rematch",
    "restore",
    "store_upload",
    "temporary_files_in",
    "tickets_of_topic",
    "tickets_with",
    "undo",
    "unlabel",
    "versions",
    "with_demo_roadmap",
]  # fmt: skip
