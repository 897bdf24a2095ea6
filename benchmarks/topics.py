"""How long 100,000 short tickets take to become topics, in how much memory: `python -m benchmarks.topics [N]`."""

from __future__ import annotations

import resource
import sys
import time

import numpy as np
import pyarrow as pa

from benchmarks.one_load import megabytes
from cs_dash.demo.phrases import LANGUAGES, phrases
from cs_dash.tickets.topics import discover_topics

TICKETS = 100_000


def tickets(count: int) -> pa.Table:
    """Return tickets that all say something else: a sentence of the demo company with words of another put in."""
    numbers = np.random.default_rng(0)
    subjects = [
        (language, sentence)
        for language in LANGUAGES
        for issue in phrases(language).issues
        for sentence in issue.subjects
    ]
    words = [word for _, sentence in subjects for word in sentence.split() if word.isalpha()]
    rows = [subjects[at] for at in numbers.integers(len(subjects), size=count)]
    added = numbers.integers(len(words), size=(count, 2))
    return pa.table(
        {
            "ticket_id": [f"{at:07d}" for at in range(count)],
            "subject": [
                f"{row[1]} {words[first_word]} {words[second_word]}"
                for row, (first_word, second_word) in zip(rows, added, strict=True)
            ],
            "body": pa.nulls(count, pa.string()),
            "language": [row[0] for row in rows],
        }
    )


def main() -> None:
    """Time it once, telling progress as a load does."""
    rows = tickets(int(sys.argv[1]) if len(sys.argv) > 1 else TICKETS)
    idle, started, worked = megabytes(), time.monotonic(), time.process_time()
    last = [0.0]

    def progress(words: str, share: float) -> None:
        if share >= last[0] + 0.1:
            last[0] = share
            print(f"{time.monotonic() - started:6.1f} s  {words}", flush=True)

    result = discover_topics(rows, progress=progress)
    seconds, worked = time.monotonic() - started, time.process_time() - worked
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - idle
    summary_text = f"{len(rows):,} tickets, {result.changes.topics} topics"
    print(f"{summary_text}: {seconds:.0f} s, {worked:.0f} s of work, {most:,.0f} MB above idle")


if __name__ == "__main__":
    main()
