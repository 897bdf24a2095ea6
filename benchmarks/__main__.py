"""`python -m benchmarks`: measure, print, and with `--write` put the figures into the README. See the README."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks import loads, machine, macros, pages, prefetch, report, soak
from benchmarks.pairs import Pairs
from benchmarks.recording import Recorded

PARTS = ("pages", "loads", "macros", "prefetch")
SOAK = "soak"
"""Measured only where it is named: it compares nothing, and takes as long as one says."""
WAYS = {"as it is": True, "nothing computed ahead": False}


def main() -> int:
    """Measure what was asked for; the exit status says only that it could be measured, never how fast it was."""
    arguments = _arguments()
    start = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - start:5.0f} s] {text}", file=sys.stderr, flush=True)

    busy = machine.load_average()
    paragraphs = [f"Taken on {machine.words()}"]
    if busy is not None and busy > 0.7:
        paragraphs.append(
            f"**Other programs were running** (load {busy:.1f} before the start): read the ratios only, with care."
        )
    pairs_by_part: dict[str, Pairs] = {}
    if "pages" in arguments.part:

        def show(way: str, pairs: Pairs, recorded: Mapping[str, Recorded]) -> None:
            say(f"{way}\n{report.plain(next(iter(report.page_tables(pairs, recorded).values())))}")

        ways = {name: ahead for name, ahead in WAYS.items() if arguments.way in (None, name)}
        measured, recorded = pages.measure(
            arguments.rounds, say, tuple(arguments.page), ways=ways, patience_s=arguments.patience, show=show
        )
        pairs_by_part |= measured
        for name in ways:
            tables = report.page_tables(pairs_by_part[name], recorded)
            for title, table in tables.items():
                _show(f"{title}: {name}", table, paragraphs)
            print(f"\n{report.verdict(pairs_by_part[name])}")
            paragraphs.append(report.verdict(pairs_by_part[name]))
    if "loads" in arguments.part:
        pairs_by_part["loads"], pairs_by_part["memory"] = loads.measure(arguments.rounds, say)
        _show("Loads", report.load_table(pairs_by_part["loads"], pairs_by_part["memory"]), paragraphs)
    if "macros" in arguments.part:
        pairs_by_part["macros"] = macros.measure(arguments.rounds, say)
        _show("Retention macros", report.macro_table(pairs_by_part["macros"]), paragraphs)
    if "prefetch" in arguments.part:
        pairs_by_part["prefetch"] = prefetch.measure(arguments.rounds, say)
        _show("Answers computed ahead", report.prefetch_table(prefetch.gains(pairs_by_part["prefetch"])), paragraphs)
        paragraphs.append(prefetch.verdict(prefetch.gains(pairs_by_part["prefetch"])))
        print(f"\n{paragraphs[-1]}")
    if SOAK in arguments.part:
        print(soak.measure(arguments.minutes, say))
    if arguments.json:
        text = json.dumps({"machine": machine.words(), "load": busy} | report.as_dict(pairs_by_part), indent=1)
        arguments.json.write_text(text, encoding="utf-8")
    if arguments.write:
        report.write(paragraphs)
    return 0


def _show(title: str, table: report.Table, paragraphs: list[str]) -> None:
    print(f"\n{title}\n\n{report.plain(table)}")
    paragraphs += [f"### {title}", report.markdown(table)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure against the floor.")
    parser.add_argument(
        "part", nargs="*", help=f"what to measure: {', '.join(PARTS)} (default: all of these), or {SOAK}"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured (default 5)")
    parser.add_argument("--minutes", type=float, default=10, help=f"how long {SOAK} takes (default 10)")
    parser.add_argument("--page", action="append", default=[], help="only this page (may be given again)")
    parser.add_argument("--way", choices=list(WAYS), help="measure the pages in this way only (default: both)")
    parser.add_argument(
        "--patience", type=float, default=30, metavar="SECONDS", help="how long a turn waits for the machine's rest"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures, each measurement too, to FILE")
    parser.add_argument("--write", action="store_true", help="put the figures into benchmarks/README.md")
    arguments = parser.parse_args()
    arguments.part = arguments.part or list(PARTS)
    if unknown := [*(set(arguments.part) - {*PARTS, SOAK}), *(set(arguments.page) - set(pages.PAGES))]:
        parser.error(f"Could not measure {', '.join(unknown)} because there is no such part or page.")
    if arguments.rounds < 1:
        parser.error("Could not measure because there must be at least one round.")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
