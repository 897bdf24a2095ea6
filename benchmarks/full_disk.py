"""Runs every command on a disk that is almost full: `python -m benchmarks.full_disk FOLDER`, FOLDER on a small disk.

For instance `mount -t tmpfs -o size=128m tmpfs FOLDER`. At each of 20 levels the disk has a little more room, from none
to what the command takes. A command must end with 0 and what it makes, or with 2, one sentence, and what was there
before or, where the sentence says so, the decision; asking must work throughout.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections import Counter
from pathlib import Path

from benchmarks import faulty
from cs_dash.store import faults as faults_in_words

LEVELS = 20
MORE = {
    "check": ("check", "more"),
    "ask": ("ask", "retention.summary"),
    "ask of tickets": ("ask", "support.kinds"),
    "versions": ("versions",),
}


def fill(disk: Path, left: int) -> None:
    """Fill a disk until `left` bytes are free."""
    ballast = disk / "ballast"
    ballast.unlink(missing_ok=True)
    with ballast.open("wb") as out:
        os.posix_fallocate(out.fileno(), 0, max(shutil.disk_usage(disk).free - left, 1))


def space_needed(disk: Path, base: Path, command: faulty.Command) -> tuple[int, str, str]:
    """Return how many bytes a command takes at most about, and what the workspace holds before and after it."""
    workspace = faulty.fresh(base, disk / "workspace")
    old, before = faulty.contents(workspace), shutil.disk_usage(disk).free
    least = before
    process = faulty.started(lambda: faulty.run(workspace, command.arguments))
    while os.waitpid(process, os.WNOHANG) == (0, 0):
        least = min(least, shutil.disk_usage(disk).free)
    return before - least, old, faulty.contents(workspace)


def main() -> int:
    """Run the commands, and print what came of it; 1 where one did not end as it must."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.full_disk", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder on a small disk of its own")
    parser.add_argument("--levels", type=int, default=LEVELS)
    parser.add_argument("--only", nargs="*", help="the commands, such as label; all of them by default")
    chosen = parser.parse_args()
    disk: Path = chosen.folder
    faults: list[str] = []
    with faulty.temporary_folder() as folder:
        paths = faulty.files(folder)
        bases = faulty.bases(folder, paths)
        commands = faulty.commands(paths) | {
            name: faulty.Command("two", tuple(paths.get(word, word) for word in words)) for name, words in MORE.items()
        }
        for name in chosen.only or commands:
            command = commands[name]
            needed, old, new = space_needed(disk, bases[command.base], command)
            statuses: Counter[str] = Counter()
            sentences: Counter[str] = Counter()
            for level in range(chosen.levels):
                workspace = faulty.fresh(bases[command.base], disk / "workspace")
                fill(disk, int(needed * 2 * level / (chosen.levels - 1)))
                messages = folder / "told"
                status = faulty.in_a_process(lambda: faulty.run(workspace, command.arguments), messages)  # noqa: B023
                held_full = faulty.contents(workspace)
                (disk / "ballast").unlink()
                held, words = faulty.contents(workspace), messages.read_text()
                statuses[f"{status} {'new' if held == new != old else 'old' if held == old else held}"] += 1
                where = f"{name}, level {level} of {needed:,} bytes"
                decided = faults_in_words.DECIDED in words  # the label is kept, and what follows from it is not
                if held != (new if status == 0 or decided else old):
                    faults.append(f"{where}: status {status}, holds {held}")
                if held_full != held:
                    faults.append(f"{where}: while the disk is full it cannot be read: {held_full}")
                if "Traceback" in words or status not in (0, 2) or (status == 2 and "disk" not in words):
                    faults.append(f"{where}: status {status}: {words[-600:]}")
                if status == 2:
                    sentences[words.strip()] += 1
            print(f"{name}, {needed:,} bytes: {dict(statuses)}", flush=True)
            for words, count in sentences.items():
                print(f"    {count} x {words[:300]}")
            shutil.rmtree(disk / "workspace")
    print(f"{len(faults)} faults")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
