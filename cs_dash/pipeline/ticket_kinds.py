"""The kinds of tickets, as the newest words of people have them, kept beside the version.

A version holds the kinds that its columns tell. What people said, what a model learnt from them and what the lexicon
suggests is read after the load, and again whenever somebody says more; none of it makes a version of its own.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from cs_dash.decisions import labels, lexicon, ticket_types
from cs_dash.intake.results.pace import Progress, no_progress
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline.ticket_texts import kept_texts, texts_file
from cs_dash.store.artifacts import KINDS
from cs_dash.store.state import Version
from cs_dash.store.workspace import Workspace
from cs_dash.tickets.classifier.lexicon import workspace_phrases
from cs_dash.tickets.classifier.sources import classify

FOLDER = "kinds"
KEPT = 3
"""Under so many marks, the kinds and the topics of a version are kept."""
UNSAID = "0-0"
"""The mark of a workspace where nobody said anything."""
_ASKED = """
select t.ticket_id, t.type, t.tags, t.status, t.kind is not null as told, r.kind_suggested, r.automatic,
  r.language_code, case when len(r.read_words) > 0 then r.file_row_number end as place
from tickets t left join read_parquet($texts, file_row_number = true) r on r.ticket_id = t.ticket_id
order by place
"""


@dataclass(frozen=True)
class Said:
    """What people decided that bears on the kinds of tickets.

    Attributes:
        labels: {ticket id: kind} said to correct; what is said in an audit is not among it and nothing learns from it.
        lexicon: the workspace's own phrases, by language and kind.
        digest: changes whenever these phrases do; "" where there are none.
        types: what was decided of the raw values of types and tags.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    lexicon: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    digest: str = ""
    types: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace) -> Said:
        """Return what people have said so far."""
        phrases = workspace_phrases(lexicon.decided(workspace))
        return cls(labels.kinds_of_tickets(workspace), phrases, _digest(phrases), ticket_types.decided(workspace))


def mark_of(workspace: Workspace) -> str:
    """Return a mark that changes whenever people say more that bears on kinds."""
    digests = (_digest(workspace_phrases(lexicon.decided(workspace))), _digest(ticket_types.decided(workspace), "t"))
    return "-".join([labels.revision(workspace), *(digest for digest in digests if digest)])


def _digest(said: Mapping[str, object], before: str = "") -> str:
    if not said:
        return ""
    return before + hashlib.blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=6).hexdigest()


def kinds_file(workspace: Workspace, version: Version) -> Path | None:
    """Return the file of the kinds of a version's tickets: as of now, else as of earlier words, else None."""
    file = place_of(workspace, version)
    return file if file.exists() else newest(file)


def newest(file: Path) -> Path | None:
    """Return the newest file of the same version, under whatever mark; None where there is none."""
    return next(reversed(_of_version(file)), None)


def let_go(file: Path) -> None:
    """Remove the files of the same version under other marks, but the newest.

    A page may be about to open the one before; and what somebody takes back is there again at once.
    """
    for old in _of_version(file)[:-KEPT]:
        if old != file:
            old.unlink(missing_ok=True)


def _of_version(file: Path) -> list[Path]:
    """Return the files of the same version under all marks, the newest last."""
    made: dict[Path, int] = {}
    for each in file.parent.glob(f"{file.name.partition('-')[0]}-*{file.suffix}"):
        with suppress(FileNotFoundError):  # somebody else let go of it
            made[each] = each.stat().st_mtime_ns
    return sorted(made, key=made.__getitem__)


def read(workspace: Workspace, version: Version) -> bool:
    """Return whether the kinds of a version's tickets are as of now."""
    return place_of(workspace, version).exists()


def read_kinds(workspace: Workspace, version: Version, told: Progress = no_progress) -> Path:
    """Return the file of the kinds of a version's tickets as of now, made where it is not there.

    `told`: told in words what is being done, with the share that is done; what it raises ends the work.
    """
    file = place_of(workspace, version)
    if not file.exists():
        said = Said.of(workspace)
        texts = texts_file(workspace, version, said.lexicon, said.digest, lambda words, share: told(words, 0.9 * share))
        told("Telling kinds", 0.9)
        make_kinds(workspace.file_of(version), texts, file, said.labels, said.types)
        let_go(file)
    return file


def place_of(workspace: Workspace, version: Version) -> Path:
    """Return where that file of a version is, as of now, whether it is there or not."""
    return workspace.folder / FOLDER / f"{version.number:06d}-{mark_of(workspace)}.parquet"


def make_kinds(
    version: Path, texts: Path, file: Path, labels: Mapping[str, str], types: Mapping[str, str] | None = None
) -> None:
    """Write the kinds of a version's tickets, given what was read of them, to `file`; it is there once it is whole.

    `labels`, `types`: what people said, see `Said`.
    """
    warehouse = open_warehouse(version)
    try:
        asked = warehouse.query(_ASKED, {"texts": str(texts)})
        found = classify(asked, kept_texts(texts), labels, types)
    finally:
        warehouse.close()
    found = found.append_column("language_code", asked["language_code"])
    found = found.append_column("ticket_id", asked["ticket_id"]).select(["ticket_id", *KINDS])
    told = [pc.is_valid(found[name]) for name in ("kind", "howto_score", "language_code")]
    # People may have said that a type says nothing which names a kind in the version itself.
    told.append(asked["told"])
    file.parent.mkdir(exist_ok=True)
    aside = file.parent / f".{uuid.uuid4().hex}"
    pq.write_table(found.filter(reduce(pc.or_, told)), aside)
    aside.replace(file)
