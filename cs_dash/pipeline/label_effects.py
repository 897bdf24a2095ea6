"""What labels changed: which other tickets have another kind since, because the model learnt from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cs_dash.pipeline.derive import derived_artifacts
from cs_dash.store.workspace import Workspace
from cs_dash.tickets.classifier.sources import LABEL, MODEL

_COLUMNS = ["ticket_id", "kind", "kind_source"]
_NO_KINDS = pa.table({name: pa.array([], pa.string()) for name in _COLUMNS})


@dataclass(frozen=True)
class LabelEffects:
    """What labels, or undoing them, changed.

    Attributes:
        labels: how many labels were given or undone.
        changed_tickets: tickets without a label whose kind is another one now, also from none or to none.
        kinds: how many of these have which kind now; None: none any more.
        modelled: how many tickets have their kind from a model now.
    """

    labels: int
    changed_tickets: int
    kinds: Mapping[str | None, int]
    modelled: int


def label_effects_of(workspace: Workspace, give: Callable[[], int]) -> LabelEffects:
    """Call what gives labels or undoes them (`label`, `unlabel`), and return what that changed.

    `give` returns how many labels it were. What tickets had before is what the newest artifact of kinds says.
    """
    before = _kinds(workspace)
    labels = give()
    after = _kinds(workspace)
    modelled = pc.sum(pc.equal(after["kind_source"], MODEL)).as_py() or 0
    both = before.join(after, "ticket_id", join_type="full outer", right_suffix="_now", coalesce_keys=True)
    labelled = [pc.fill_null(pc.equal(both[name], LABEL), False) for name in ("kind_source", "kind_source_now")]
    same = pc.equal(pc.fill_null(both["kind"], ""), pc.fill_null(both["kind_now"], ""))
    changed_kinds = both.filter(pc.invert(pc.or_(same, pc.or_(*labelled))))["kind_now"].to_pylist()
    return LabelEffects(labels, len(changed_kinds), dict(Counter(changed_kinds).most_common()), modelled)


def _kinds(workspace: Workspace) -> pa.Table:
    """Return ticket_id, kind and kind_source of the shown version's tickets that were read."""
    version = workspace.current()
    file = derived_artifacts(workspace, version).kinds if version else None
    return pq.read_table(file, columns=_COLUMNS) if file else _NO_KINDS
