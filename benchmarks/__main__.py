"""`python -m benchmarks`: measure, print, and with `--write` put the figures into the README. See the README."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from benchmarks import loads, machine, macros, pages, prefetch, report
from benchmarks.pairs import Pairs

PARTS = ("pages", "loads", "macros", "prefetch")
WAYS = {"as it is": True, "nothing computed ahead": False}


def main() -> int:
    """Measure what was asked for; the exit status says only that it could be measured, never how fast it was."""
    asked = _arguments()
    start = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - start:5.0f} s] {text}", file=sys.stderr, flush=True)

    busy = machine.others()
    told = [f"Taken on {machine.words()}"]
    if busy is not None and busy > 0.7:
        told.append(
            f"**Other programs were running** (load {busy:.1f} before the start): read the ratios only, with care."
        )
    found: dict[str, Pairs] = {}
    if "pages" in asked.part:
        for name, ahead in WAYS.items():
            found[name], recorded = pages.measure(asked.rounds, say, tuple(asked.page), ahead=ahead)
            tables = report.page_tables(found[name], recorded)
            for title, table in tables.items():
                _show(f"{title}: {name}", table, told)
            print(f"\n{report.verdict(found[name])}")
            told.append(report.verdict(found[name]))
    if "loads" in asked.part:
        found["loads"], found["memory"] = loads.measure(asked.rounds, say)
        _show("Loads", report.load_table(found["loads"], found["memory"]), told)
    if "macros" in asked.part:
        found["macros"] = macros.measure(asked.rounds, say)
        _show("Retention macros", report.macro_table(found["macros"]), told)
    if "prefetch" in asked.part:
        found["prefetch"] = prefetch.measure(asked.rounds, say)
        _show("Answers computed ahead", report.prefetch_table(prefetch.gains(found["prefetch"])), told)
        told.append(prefetch.verdict(prefetch.gains(found["prefetch"])))
        print(f"\n{told[-1]}")
    if asked.json:
        text = json.dumps({"machine": machine.words(), "load": busy} | report.as_dict(found), indent=1)
        asked.json.write_text(text, encoding="utf-8")
    if asked.write:
        report.write(told)
    return 0


def _show(title: str, table: report.Table, told: list[str]) -> None:
    print(f"\n{title}\n\n{report.plain(table)}")
    told += [f"### {title}", report.markdown(table)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure against the floor.")
    parser.add_argument("part", nargs="*", help=f"what to measure: {', '.join(PARTS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured (default 5)")
    parser.add_argument("--page", action="append", default=[], help="only this page (may be given again)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures, each measurement too, to FILE")
    parser.add_argument("--write", action="store_true", help="put the figures into benchmarks/README.md")
    asked = parser.parse_args()
    asked.part = asked.part or list(PARTS)
    if unknown := [*(set(asked.part) - set(PARTS)), *(set(asked.page) - set(pages.PAGES))]:
        parser.error(f"Could not measure {', '.join(unknown)} because there is no such part or page.")
    if asked.rounds < 1:
        parser.error("Could not measure because there must be at least one round.")
    return asked


if __name__ == "__main__":
    sys.exit(main())
