"""What labels changed: which other tickets have another kind since they were said, because the model learnt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cs_dash.pipeline.ticket_kinds import kinds_file
from cs_dash.store.workspace import Workspace
from cs_dash.tickets.classifier.sources import LABEL, MODEL

_WANTED = ["ticket_id", "kind", "kind_source"]
_NOTHING = pa.table({name: pa.array([], pa.string()) for name in _WANTED})


@dataclass(frozen=True)
class Relabelled:
    """What became of labels that were said, or taken back.

    Attributes:
        labels: how many they were.
        others: tickets without a label whose kind is another one now, one where there was none, or none any more.
        kinds: how many of these have which kind now; None: none any more.
        modelled: how many tickets a model tells the kind of now.
    """

    labels: int
    others: int
    kinds: Mapping[str | None, int]
    modelled: int


def relabelled(workspace: Workspace, say: Callable[[], int]) -> Relabelled:
    """Do what says labels or takes them back (`label`, `unlabel`), and return what that changed.

    `say` returns how many labels it were. What tickets had before is what the newest reading of them told.
    """
    before = _kinds(workspace)
    labels = say()
    after = _kinds(workspace)
    modelled = pc.sum(pc.equal(after["kind_source"], MODEL)).as_py() or 0
    both = before.join(after, "ticket_id", join_type="full outer", right_suffix="_now", coalesce_keys=True)
    labelled = [pc.fill_null(pc.equal(both[name], LABEL), False) for name in ("kind_source", "kind_source_now")]
    same = pc.equal(pc.fill_null(both["kind"], ""), pc.fill_null(both["kind_now"], ""))
    other = both.filter(pc.invert(pc.or_(same, pc.or_(*labelled))))["kind_now"].to_pylist()
    return Relabelled(labels, len(other), dict(Counter(other).most_common()), modelled)


def _kinds(workspace: Workspace) -> pa.Table:
    """Return ticket_id, kind and kind_source of the shown version's tickets that something was read of."""
    version = workspace.current()
    file = kinds_file(workspace, version) if version else None
    return pq.read_table(file, columns=_WANTED) if file else _NOTHING
