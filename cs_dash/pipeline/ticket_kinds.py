"""The kinds of tickets for what people have decided so far: an artifact of the version.

A version holds the kinds that its columns tell. What people decided, what a model learnt from it and what the lexicon
suggests is derived after the load, and again after every decision; none of it makes a version of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from cs_dash.decisions import labels, lexicon, ticket_types
from cs_dash.intake.results.pace import Progress, no_progress
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline.ticket_text_features import derive_text_features, token_reader
from cs_dash.store.artifacts import TICKET_KINDS
from cs_dash.store.derived_tables import KINDS
from cs_dash.store.version import Version
from cs_dash.store.workspace import Workspace
from cs_dash.tickets.classifier.lexicon import workspace_phrases
from cs_dash.tickets.classifier.sources import classify

NOTHING_DECIDED_KEY = "0-0"
"""The key of a workspace where nobody decided anything."""
_ASKED = """
select t.ticket_id, t.type, t.tags, t.status, t.kind is not null as told, r.kind_suggested, r.automatic,
  r.language_code, case when len(r.read_words) > 0 then r.file_row_number end as place
from tickets t left join read_parquet($texts, file_row_number = true) r on r.ticket_id = t.ticket_id
order by place
"""


@dataclass(frozen=True)
class KindDecisions:
    """What people decided that bears on the kinds of tickets.

    Attributes:
        labels: {ticket id: kind} of corrections; answers to audits are not among them and nothing learns from those.
        lexicon: the workspace's own phrases, by language and kind.
        digest: changes whenever these phrases do; "" where there are none.
        types: what was decided of the raw values of types and tags.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    lexicon: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    digest: str = ""
    types: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace) -> KindDecisions:
        """Return what holds in a workspace now."""
        phrases = workspace_phrases(lexicon.decided(workspace))
        return cls(labels.kinds_of_tickets(workspace), phrases, _digest(phrases), ticket_types.decided(workspace))


def cache_key(workspace: Workspace) -> str:
    """Return the key of what is derived from tickets: it changes whenever people decide what bears on kinds."""
    digests = (_digest(workspace_phrases(lexicon.decided(workspace))), _digest(ticket_types.decided(workspace), "t"))
    return "-".join([labels.revision(workspace), *(digest for digest in digests if digest)])


def _digest(decided: Mapping[str, object], prefix: str = "") -> str:
    if not decided:
        return ""
    return prefix + hashlib.blake2b(json.dumps(decided, sort_keys=True).encode(), digest_size=6).hexdigest()


def derive_kinds(workspace: Workspace, version: Version, progress: Progress = no_progress) -> Path:
    """Return the artifact with the kinds of a version's tickets for what is decided now, derived where it is missing.

    `progress`: called with words and the share that is done; what it raises ends the work.
    """
    key = cache_key(workspace)
    if current := workspace.artifacts.current(TICKET_KINDS, version.number, key):
        return current
    decided = KindDecisions.of(workspace)
    features = derive_text_features(
        workspace, version, decided.lexicon, decided.digest, lambda words, share: progress(words, 0.9 * share)
    )
    progress("Categorising tickets", 0.9)
    with workspace.artifacts.deriving(TICKET_KINDS, version.number, key) as target:
        write_kinds(workspace.file_of(version), features, target, decided.labels, decided.types)
    return workspace.artifacts.path(TICKET_KINDS, version.number, key)


def write_kinds(
    version: Path, features: Path, target: Path, labels: Mapping[str, str], types: Mapping[str, str] | None = None
) -> None:
    """Write the kinds of the tickets of a version's file, given their text features, to the new file `target`.

    `labels`, `types`: what people decided, see `KindDecisions`.
    """
    warehouse = open_warehouse(version)
    try:
        tickets = warehouse.query(_ASKED, {"texts": str(features)})
        kinds = classify(tickets, token_reader(features), labels, types)
    finally:
        warehouse.close()
    kinds = kinds.append_column("language_code", tickets["language_code"])
    kinds = kinds.append_column("ticket_id", tickets["ticket_id"]).select(["ticket_id", *KINDS])
    relevant = [pc.is_valid(kinds[name]) for name in ("kind", "howto_score", "language_code")]
    # People may have decided that a type says nothing which names a kind in the version itself.
    relevant.append(tickets["told"])
    pq.write_table(kinds.filter(reduce(pc.or_, relevant)), target)
