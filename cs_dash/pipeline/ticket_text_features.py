"""What the texts of a version's tickets tell by themselves, read once and kept beside the version.

A ticket whose text was read for another version is not read again.
"""

from __future__ import annotations

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
from cs_dash.store.artifacts import TEXT_FEATURES
from cs_dash.store.version import Version
from cs_dash.store.workspace import Workspace
from cs_dash.tickets.classifier.lexicon import Phrases
from cs_dash.tickets.classifier.sources import text_features
from cs_dash.tickets.text.cleaning import MAX_SCANNED
from cs_dash.tickets.text.tokens import Tokens, concatenate, from_columns, tokenize

COLUMNS = {
    "ticket_id": pa.string(), "of": pa.uint64(), "read_words": pa.list_(pa.dictionary(pa.int32(), pa.string())),
    "read_head": pa.int32(), "language_code": pa.string(), "kind_suggested": pa.string(), "automatic": pa.bool_(),
}  # fmt: skip
WORDS = ["read_words", "read_head"]
"""Those that say the words, see `tickets.words.kept`."""
AT_ONCE = 25_000
WORKERS = 2
NO_PHRASES_KEY = "0"
"""The key where a workspace has no phrases of its own."""
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


def derive_text_features(
    workspace: Workspace, version: Version, phrases: Mapping[str, Phrases], digest: str, progress: Progress
) -> Path:
    """Return the artifact with the text features of a version's tickets (`COLUMNS`), derived where it is missing.

    Args:
        workspace: whose version it is.
        version: the version.
        phrases: the workspace's own phrases, see `lexicon.workspace_phrases`.
        digest: changes whenever these do.
        progress: called with words and the share of tickets that are read; it may raise, which ends the work.
    """
    key = digest or NO_PHRASES_KEY
    if current := workspace.artifacts.current(TEXT_FEATURES, version.number, key):
        return current
    earlier = workspace.artifacts.newest(TEXT_FEATURES)
    with workspace.artifacts.deriving(TEXT_FEATURES, version.number, key) as target:
        write_text_features(workspace.file_of(version), target, phrases, digest, progress, earlier)
    return workspace.artifacts.path(TEXT_FEATURES, version.number, key)


def write_text_features(
    version: Path,
    target: Path,
    phrases: Mapping[str, Phrases],
    digest: str,
    progress: Progress = no_progress,
    earlier: Path | None = None,
) -> None:
    """Read the tickets of a version's file, and write their text features to the new file `target`.

    Args:
        version: the version's file.
        target: where to.
        phrases: the workspace's own phrases.
        digest: changes whenever these do.
        progress: called with words and the share of tickets that are read.
        earlier: the features of another version; a text that is in it is not read again.
    """
    with pq.ParquetWriter(target, pa.schema(COLUMNS), compression="zstd", compression_level=1) as writer:
        for part in _read(version, earlier, phrases, digest, progress):
            writer.write_table(part)


def _read(
    version: Path, earlier: Path | None, phrases: Mapping[str, Phrases], digest: str, progress: Progress
) -> Iterator[pa.Table]:
    """Yield what is read, part after part."""
    warehouse = open_warehouse(version)
    try:
        count = int(warehouse.query(_COUNTED)["tickets"][0].as_py())
        source: dict[str, Any] = {"before": str(earlier)} if earlier else {}

        def features_from(start: int) -> pa.Table:
            bounds = {"seen": MAX_SCANNED, "phrases": digest, "most": AT_ONCE, "start": start}
            return features_of_part(warehouse.query(_KNOWN if earlier else _NEW, bounds | source), phrases)

        starts = list(range(0, count, AT_ONCE))
        with ThreadPoolExecutor(WORKERS) as workers:
            # Only as many at once as are worked on, so that what is read does not wait in memory.
            for first in range(0, len(starts), WORKERS):
                yield from workers.map(features_from, starts[first : first + WORKERS])
                done = min(count, (first + WORKERS) * AT_ONCE)
                progress(f"Reading tickets: {done:,} of {count:,}", done / count)
    finally:
        warehouse.close()


def features_of_part(part: pa.Table, phrases: Mapping[str, Phrases]) -> pa.Table:
    """Return `COLUMNS` of some tickets; of those that are known, what is known."""
    if "known" not in part.column_names:
        features = text_features(part, phrases)
        return _in_order(features.append_column("ticket_id", part["ticket_id"]).append_column("of", part["of"]))
    unchanged = part.filter(part["known"])
    fresh = part.filter(pc.invert(part["known"])).drop_columns(["known"])
    parts = [_in_order(unchanged), features_of_part(fresh, phrases)]
    # Each part has a list of words of its own; what is written at once has one.
    words = concatenate([from_columns(features_part) for features_part in parts])
    return _with_words(pa.concat_tables([features_part.drop_columns(WORDS) for features_part in parts]), words)


def token_reader(file: Path) -> Callable[[NDArray[np.int64]], Tokens]:
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
