"""What the texts of a version's tickets tell by themselves, read once and kept beside the version.

A ticket whose text was read for another version is not read again.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from cs_dash.intake.results.pace import Progress, no_progress
from cs_dash.metrics import open_warehouse
from cs_dash.store.state import Version
from cs_dash.store.workspace import Workspace
from cs_dash.tickets.classifier.lexicon import Phrases
from cs_dash.tickets.classifier.sources import text_features
from cs_dash.tickets.text.cleaning import MAX_SCANNED
from cs_dash.tickets.text.tokens import Tokens, concatenate, from_columns, tokenize

FOLDER = "words"
COLUMNS = {
    "ticket_id": pa.string(), "of": pa.uint64(), "read_words": pa.list_(pa.dictionary(pa.int32(), pa.string())),
    "read_head": pa.int32(), "language_code": pa.string(), "kind_suggested": pa.string(), "automatic": pa.bool_(),
}  # fmt: skip
WORDS = ["read_words", "read_head"]
"""Those that say the words, see `tickets.words.kept`."""
AT_ONCE = 25_000
WORKERS = 2
KEPT = 2
"""Files of so many versions are kept: what an undo goes back to is read from the others' in no time."""
_COUNTED = "select count(*) as tickets from tickets"
_NEW = """
with part as (
  select ticket_id, subject, left(body, $seen) as body, language,
    hash(subject, left(body, $seen), language, cast($phrases as varchar)) as of
  from (from tickets limit $most offset $start)
)
from part
where subject is not null or body is not null or language is not null
"""
_KNOWN = """
with part as (
  select ticket_id, subject, left(body, $seen) as body, language,
    hash(subject, left(body, $seen), language, cast($phrases as varchar)) as of
  from (from tickets limit $most offset $start)
)
select part.*, b.of is not null as known, b.read_words, b.read_head, b.language_code, b.kind_suggested, b.automatic
from part left join read_parquet($before) b on b.ticket_id = part.ticket_id and b.of = part.of
where subject is not null or body is not null or language is not null
"""


def texts_file(
    workspace: Workspace, version: Version, phrases: Mapping[str, Phrases], digest: str, told: Progress
) -> Path:
    """Return the Parquet file of what is read of a version's tickets (`COLUMNS`), made where it is not there.

    Args:
        workspace: whose version it is.
        version: the version.
        phrases: the workspace's own phrases, see `lexicon.chosen`.
        digest: changes whenever these do.
        told: told in words how many tickets are read, with the share; it may raise, which ends the work.
    """
    file = place_of(workspace, version, digest)
    if not file.exists():
        before = next(reversed(_files(file.parent)), None)
        make_texts(workspace.file_of(version), file, phrases, digest, told, before)
        for old in _files(file.parent)[:-KEPT]:
            if old != file:
                old.unlink(missing_ok=True)
    return file


def place_of(workspace: Workspace, version: Version, digest: str) -> Path:
    """Return where that file of a version is, as of now, whether it is there or not."""
    return workspace.folder / FOLDER / f"{version.number:06d}-{digest or 0}.parquet"


def make_texts(
    version: Path,
    file: Path,
    phrases: Mapping[str, Phrases],
    digest: str,
    told: Progress = no_progress,
    before: Path | None = None,
) -> None:
    """Read the tickets of a version's file, and write what they tell to `file`; nothing is there before it is whole.

    Args:
        version: the version's file.
        file: where to.
        phrases: the workspace's own phrases.
        digest: changes whenever these do.
        told: told in words how many tickets are read, with the share.
        before: what was read for another version; a text that is in it is not read again.
    """
    file.parent.mkdir(exist_ok=True)
    aside = file.parent / f".{uuid.uuid4().hex}"
    try:
        with pq.ParquetWriter(aside, pa.schema(COLUMNS), compression="zstd", compression_level=1) as writer:
            for part in _read(version, before, phrases, digest, told):
                writer.write_table(part)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)


def _read(
    version: Path, before: Path | None, phrases: Mapping[str, Phrases], digest: str, told: Progress
) -> Iterator[pa.Table]:
    """Yield what is read, part after part."""
    warehouse = open_warehouse(version)
    try:
        every = int(warehouse.query(_COUNTED)["tickets"][0].as_py())
        known: dict[str, Any] = {"before": str(before)} if before else {}

        def asked(start: int) -> pa.Table:
            named = {"seen": MAX_SCANNED, "phrases": digest, "most": AT_ONCE, "start": start} | known
            return described_part(warehouse.query(_KNOWN if before else _NEW, named), phrases)

        starts = list(range(0, every, AT_ONCE))
        with ThreadPoolExecutor(WORKERS) as workers:
            # Only as many at once as are worked on, so that what is read does not wait in memory.
            for first in range(0, len(starts), WORKERS):
                yield from workers.map(asked, starts[first : first + WORKERS])
                done = min(every, (first + WORKERS) * AT_ONCE)
                told(f"Reading tickets: {done:,} of {every:,}", done / every)
    finally:
        warehouse.close()


def described_part(part: pa.Table, phrases: Mapping[str, Phrases]) -> pa.Table:
    """Return `COLUMNS` of some tickets; of those that are known, what is known."""
    if "known" not in part.column_names:
        found = text_features(part, phrases)
        return _in_order(found.append_column("ticket_id", part["ticket_id"]).append_column("of", part["of"]))
    known = part.filter(part["known"])
    fresh = part.filter(pc.invert(part["known"])).drop_columns(["known"])
    parts = [_in_order(known), described_part(fresh, phrases)]
    # Each part has a list of words of its own; what is written at once has one.
    words = concatenate([from_columns(each) for each in parts])
    return _with_words(pa.concat_tables([each.drop_columns(WORDS) for each in parts]), words)


def kept_texts(file: Path) -> Callable[[NDArray[np.int64]], Tokens]:
    """Return what gives the words of texts of such a file, of the rows asked for and in their order."""
    parquet = pq.ParquetFile(file)
    ends = np.cumsum([parquet.metadata.row_group(group).num_rows for group in range(parquet.num_row_groups)])
    reading = Lock()

    def words_of(rows: NDArray[np.int64]) -> Tokens:
        order = np.argsort(rows, kind="stable")
        groups = np.searchsorted(ends, rows[order], side="right")
        parts = [tokenize(pa.array([], pa.string()))]
        for group in np.unique(groups).tolist():
            with reading:
                read = from_columns(parquet.read_row_group(group, WORDS))
            parts.append(read.take(rows[order][groups == group] - (ends[group - 1] if group else 0)))
        return concatenate(parts).take(np.argsort(order))

    return words_of


def _in_order(rows: pa.Table) -> pa.Table:
    return _with_words(rows.drop_columns(WORDS), from_columns(rows))


def _with_words(rows: pa.Table, words: Tokens) -> pa.Table:
    for name, column in words.to_columns().items():
        rows = rows.append_column(name, column)
    return rows.select(list(COLUMNS)).cast(pa.schema(COLUMNS))


def _files(folder: Path) -> list[Path]:
    """Return the whole files, oldest version first."""
    return sorted(folder.glob("[0-9]*.parquet"))
