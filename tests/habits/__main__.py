"""`python -m tests.habits`: many companies in random combinations of habits, and how many numbers came out right."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections import Counter, defaultdict
from pathlib import Path

from tests.habits.check import Outcome, check, files
from tests.habits.choices import draw
from tests.habits.files import content

ORDER = ("right", "asked", "missing", "wrong", "fault")


def _keep(folder: Path, seed: int, lines: list[str]) -> None:
    target = folder / str(seed)
    target.mkdir(parents=True, exist_ok=True)
    for name, sheet in files(seed, draw(seed)).items():
        (target / name).write_bytes(content(sheet, draw(seed)))
    (target / "outcome.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _worst(outcomes: list[Outcome]) -> str:
    return max((outcome.verdict for outcome in outcomes), key=ORDER.index)


def main() -> int:
    """Print the shares by number and by habit; 1 where a number is silently wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.habits", description=__doc__)
    parser.add_argument("--companies", type=int, default=50, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--keep", type=Path, help="folder for the files of companies with a wrong number")
    parser.add_argument("--asked", action="store_true", help="show also the numbers that are asked about")
    chosen = parser.parse_args()
    write = sys.stdout.write
    by_number: dict[str, Counter[str]] = defaultdict(Counter)
    by_habit: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    companies: Counter[str] = Counter()
    for seed in range(chosen.first, chosen.first + chosen.companies):
        habits = draw(seed)
        try:
            outcomes = check(seed)
        except Exception:
            outcomes = [Outcome("load", "fault", traceback.format_exc().splitlines()[-1], "")]
        worst = _worst(outcomes)
        companies[worst] += 1
        for outcome in outcomes:
            by_number[outcome.name][outcome.verdict] += 1
        for pair in habits.chosen().items():
            by_habit[pair][worst] += 1
        shown = [o for o in outcomes if o.verdict in ("wrong", "fault") or (chosen.asked and o.verdict != "right")]
        if shown:
            lines = [f"seed {seed}: {', '.join(f'{k}={v}' for k, v in habits.changed().items())}"]
            lines += [f"  {o.name} {o.verdict}: {o.value}, not {o.expected} {' | '.join(o.because)}" for o in shown]
            write("\n".join(lines) + "\n")
            sys.stdout.flush()
            if chosen.keep:
                _keep(chosen.keep, seed, lines)
    write("\nnumber              " + "".join(f"{verdict:>9}" for verdict in ORDER) + "\n")
    for name, counts in by_number.items():
        write(f"{name:<20}" + "".join(f"{counts[verdict]:>9}" for verdict in ORDER) + "\n")
    write(f"{'companies':<20}" + "".join(f"{companies[verdict]:>9}" for verdict in ORDER) + "\n\nby habit\n")
    for (name, value), counts in sorted(by_habit.items()):
        write(f"{name + '=' + value:<30}" + "".join(f"{counts[verdict]:>9}" for verdict in ORDER) + "\n")
    return 1 if companies["wrong"] or companies["fault"] else 0


if __name__ == "__main__":
    sys.exit(main())
