"""How fast tickets get their kinds: `python -m benchmarks.ticket_kinds [FILE.csv] [--rows N] [--follow N] [--label N]`.

FILE.csv: tickets with columns title (or subject) and body; without one, those of the demo company. They are repeated to
N rows, with ids of their own. Four things are measured:

- telling, one core, processor time: snapshot, language and lexicon, then words and model; the floor is scikit-learn's
  TfidfVectorizer and LogisticRegression, taught by the same examples and asked of the same texts;
- `--follow N`: what follows a load of N tickets, without topics: a tenth has a type, the model tells the others;
- `--label N`: what follows thirty labels among N tickets;
- `--hostile`: messages written to make a reader slow, beside ordinary ones of the same length; and the kinds that types
  and tags of a million tickets name, beside listing the different types.

Loading them is not measured here. Memory is the greatest of the process above what it held before.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.one_load import megabytes
from cs_dash import pipeline
from cs_dash.store.warehouse import Warehouse
from cs_dash.store.workspace import Workspace
from cs_dash.tickets.classifier import model
from cs_dash.tickets.classifier.column_kinds import kinds_from_columns
from cs_dash.tickets.classifier.sources import text_features
from cs_dash.tickets.text.cleaning import readable_texts
from cs_dash.tickets.text.tokens import from_columns
from tests.browser.server import ROOT

AT_ONCE = 25_000
EXAMPLES = 3_000
LABELS = 30
MESSAGES = 600
HOSTILE = (
    "On " + "a " * 5_000 + "wrote", "thanks " * 3_000, "<" * 20_000, "a@" * 10_000, "\n" * 20_000, "-" * 20_000,
)  # fmt: skip
"""Messages on which patterns that backtrack take minutes."""


def tickets(file: Path | None, rows: int) -> pa.Table:
    """Return subject, body and type of `rows` tickets (0: as many as there are)."""
    if file is None:
        sheet = fastexcel.read_excel(ROOT / "data" / "tickets.xlsx").load_sheet(0, dtypes="string").to_arrow()
        exported = pa.table({"subject": sheet["Subject"], "body": sheet["Description"], "type": sheet["Type"]})
    else:
        csv_rows = pa_csv.read_csv(file, parse_options=pa_csv.ParseOptions(newlines_in_values=True))
        title, kind = ("title", "label") if "title" in csv_rows.column_names else ("subject", "type")
        exported = pa.table({"subject": csv_rows[title], "body": csv_rows["body"], "type": csv_rows[kind]})
    # Strings of a million tickets are longer than what one array of them can hold.
    large = exported.cast(pa.schema([(name, pa.large_string()) for name in exported.column_names]))
    return large.take(pa.array(np.arange(rows or len(exported)) % len(exported)))


def tell(rows: pa.Table) -> None:
    """Time the kinds of tickets on one core, beside the floor."""
    text_features(rows.slice(0, 10))  # what is read from disk once per process
    took = {"snapshot, language, lexicon": 0.0, "words, model": 0.0, "floor": 0.0}
    between = pa.scalar("\n", pa.large_string())
    texts = pc.binary_join_element_wise(rows["subject"], pc.fill_null(rows["body"], ""), between).to_pylist()
    first = text_features(rows.slice(0, EXAMPLES))
    truth = ["how-to" if at % 2 else "defect" for at in range(len(first))]
    learnt = model.train(from_columns(first), truth)
    if learnt is None:
        raise SystemExit("Could not measure because there are too few tickets.")
    bare = TfidfVectorizer(ngram_range=(1, 2), min_df=2)
    fitted = LogisticRegression(max_iter=300).fit(bare.fit_transform(texts[: len(truth)]), truth)
    for start in range(0, len(rows), AT_ONCE):
        batch_start = time.process_time()
        part = text_features(rows.slice(start, AT_ONCE))
        described_at = time.process_time()
        model.predict(learnt, from_columns(part), part["kind_suggested"].combine_chunks())
        modelled = time.process_time()
        fitted.predict(bare.transform(texts[start : start + AT_ONCE]))
        for name, seconds in zip(
            took, (described_at - batch_start, modelled - described_at, time.process_time() - modelled), strict=True
        ):
            took[name] += seconds
    floor = took.pop("floor")
    took["all"] = sum(took.values())
    for name, seconds in (took | {"scikit-learn": floor}).items():
        print(
            f"{name:<28} {seconds:8.1f} s {len(rows) / seconds:10,.0f} tickets/s {seconds / floor:6.2f} x scikit-learn"
        )


def compare(rounds: int = 3) -> None:
    """Time hostile messages against ordinary ones, and a million types against listing them, in turn."""
    plain = [("We cannot open the report of last month. " * 500)[: len(text)] for text in HOSTILE]
    none = pa.nulls(MESSAGES, pa.string())
    hostile, ordinary = (pa.array([*texts] * (MESSAGES // len(HOSTILE))) for texts in (HOSTILE, plain))
    types = pa.array(["Question", "Bug", "Zebra", None]).take(pa.array(np.arange(1_000_000) % 4))
    many = pa.table({"ticket_id": pa.array(np.arange(len(types))).cast(pa.string()), "type": types})
    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "hostile messages against ordinary ones": (
            lambda: readable_texts(none, hostile), lambda: readable_texts(none, ordinary),
        ),
        "a million types against listing them": (
            lambda: kinds_from_columns(many), lambda: many["type"].combine_chunks().dictionary_encode(),
        ),
    }  # fmt: skip
    for title, sides in pairs.items():
        times = [[_seconds(side) for side in (sides if turn % 2 else sides[::-1])] for turn in range(rounds)]
        took = np.median([pair if turn % 2 else pair[::-1] for turn, pair in enumerate(times)], axis=0)
        print(f"{title}: {took[0]:.3f} s against {took[1]:.3f} s, {took[0] / took[1]:.1f} x")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def load(file: Path | None, rows: int, folder: str) -> None:
    """Load tickets into a new workspace; one in ten keeps its type, and none its language."""
    exported = tickets(file, rows)
    at = np.arange(rows)
    exported = exported.append_column("ticket id", pa.array([f"T-{number:07d}" for number in at]))
    exported = exported.append_column("account id", pa.array([f"ACC-{1000 + number % 400}" for number in at]))
    day = np.datetime64("2026-01-01") + (at % 300).astype("timedelta64[D]")
    exported = exported.append_column("created at", pa.array(day.astype("datetime64[s]")))
    bare = pc.if_else(pa.array(at % 10 == 0), exported["type"], pa.scalar(None, pa.string()))
    file = Path(folder) / "tickets.csv"
    pa_csv.write_csv(exported.set_column(exported.column_names.index("type"), "type", bare), file)
    workspace = Workspace(Path(folder) / "workspace")
    for upload in (ROOT / "data" / "accounts.csv", file):
        with upload.open("rb") as stream:
            pipeline.load(workspace, [(upload.name, stream)])


def follow(file: Path | None, rows: int, *, labels: int = 0) -> None:
    """Time what follows a load, or what follows labels."""
    with tempfile.TemporaryDirectory() as folder:
        loading = get_context("spawn").Process(target=load, args=(file, rows, folder))
        loading.start()
        loading.join()
        workspace = Workspace(Path(folder) / "workspace")
        version = workspace.current()
        if loading.exitcode or version is None:
            raise SystemExit("Could not measure because the tickets did not load.")
        if labels:
            pipeline.derive_artifacts(workspace, version, topics=False)
        idle, start, worked = megabytes(), time.perf_counter(), time.process_time()
        if labels:
            pipeline.label(workspace, [(f"T-{at:07d}", "how-to") for at in range(1, 10 * labels, 10)])
        else:
            pipeline.derive_artifacts(workspace, version, topics=False)
        took, worked = time.perf_counter() - start, time.process_time() - worked
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        warehouse = Warehouse(workspace.file_of(version), artifacts=pipeline.derived_artifacts(workspace, version))
        sources = warehouse.query(
            "select kind_source, count(*) as n from tickets group by all order by n desc"
        ).to_pylist()
        warehouse.close()
        title = f"{labels} labels among {rows:,} tickets" if labels else f"kinds of {rows:,} tickets"
        source_counts = ", ".join(f"{source['n']:,} {source['kind_source'] or 'none'}" for source in sources)
        print(f"{title}: {took:.1f} s, {worked:.1f} s of work, {most - idle:,.0f} MB above idle ({source_counts})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--rows", type=int, default=0, help="how many tickets are classified on one core")
    parser.add_argument("--follow", type=int, metavar="N", help="time what follows a load of N tickets instead")
    parser.add_argument("--label", type=int, metavar="N", help="time what follows labels among N tickets instead")
    parser.add_argument("--hostile", action="store_true", help="time hostile messages and a million types instead")
    arguments = parser.parse_args()
    if arguments.hostile:
        compare()
    if arguments.follow:
        follow(arguments.file, arguments.follow)
    if arguments.label:
        follow(arguments.file, arguments.label, labels=LABELS)
    if not (arguments.follow or arguments.label or arguments.hostile):
        tell(tickets(arguments.file, arguments.rows))


if __name__ == "__main__":
    main()
