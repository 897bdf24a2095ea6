"""Twenty readers at one click a second, half by shared links: `python -m benchmarks.readers [SECONDS [PROCESSES]]`.

The floor is the same load on bare pages: the same server with the recorded elements of the same pages and nothing to
compute. Each reader is a websocket session; a click opens another page, or the same in another scope, and its time runs
until the server has sent all of it. Before that one reader of each sort opens every view once, one after the other:
copies are made and answers computed; the times of these first views are printed by themselves. Of the clicks the first
fifth of the time is not counted.
With several processes each reader stays with one of them, as behind a proxy that deals them out.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import sync_playwright

from benchmarks.machine import wait_for_rest, words
from benchmarks.pages import demo, floor, ours, path, record
from benchmarks.prefetch import PAGES, READERS, timed
from cs_dash import pipeline
from cs_dash.decisions.links import ShareLink
from cs_dash.page_registry import home
from cs_dash.sharing.links import create_link
from cs_dash.store.workspace import Workspace
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.websocket_reader import Reader

SECONDS, PACE = 60.0, 1.0
"""How long the readers click, and the seconds from one click of a reader to the next."""
SCOPES = ((), (("period", "6m"),), (("f.segment", "SMB"),), (("compare", "none"),))
NAMES = tuple(page or home().name for page in PAGES)


def main() -> None:
    """Print the median and the 95 % quantile of both sides, and their ratio."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo(folder / "workspace")
        workspace = Workspace(folder / "workspace")
        version = workspace.current()
        assert version is not None
        pipeline.derive_artifacts(workspace, version)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
            record(browser, folder / "workspace", folder, NAMES)
        shared = [
            create_link(workspace, ShareLink(NAMES, hide_names=True, hide_money=True))[0],
            create_link(workspace, ShareLink(NAMES, filters=(("segment", ("SMB",)),)))[0],
        ]
        print(f"{READERS} readers, one click each {PACE:.0f} s, {seconds:.0f} s; {words()}")
        with ExitStack() as servers:
            bases = []
            for process in range(processes):
                (folder / f"server{process}").mkdir()
                bases.append(
                    servers.enter_context(ours(folder / "workspace", folder / f"server{process}", prefetch=True))
                )
            own = _clicks("ours", bases, seconds, [None, shared[0], None, shared[1]])
        wait_for_rest()
        with floor(folder) as base:
            bare = _clicks("floor", [base], seconds, [None])
        for label, at in (("median", 9), ("95 % quantile", 18)):
            first, second = (quantiles(side, n=20)[at] for side in (own, bare))
            print(f"{label}: {first:.0f} ms, floor {second:.0f} ms, ratio {first / second:.2f}")


def _first_views(name: str, bases: list[str], links: list[str | None]) -> None:
    """Open every view on every server once by each link, and print how long that took."""

    async def open_all() -> list[float]:
        times = []
        for base, link in product(bases, dict.fromkeys(links)):
            async with Reader(base) as reader:
                for page, scope in product(NAMES, SCOPES):
                    shared = (("link", link),) if link else ()
                    times.append((await timed(reader.visit(path(page), (*shared, *scope))))[1])
        return times

    times = asyncio.run(open_all())
    print(f"{name}: {len(times)} first views, median {median(times):.0f} ms, slowest {max(times):.0f} ms", flush=True)


def _clicks(name: str, bases: list[str], seconds: float, links: list[str | None]) -> list[float]:
    """Return the milliseconds of every click that counts. Raises RuntimeError for a page that could not be shown."""
    _first_views(name, bases, links)
    begin = time.monotonic()

    async def read(number: int) -> list[float]:
        chance, link, times = random.Random(number), links[number % len(links)], []
        shared = (("link", link),) if link else ()
        async with Reader(bases[number // len(links) % len(bases)]) as reader:
            await asyncio.sleep(PACE * number / READERS)
            while (started := time.monotonic()) < begin + seconds:
                page, scope = path(chance.choice(NAMES)), chance.choice(SCOPES)
                view, milliseconds = await timed(reader.visit(page, (*shared, *scope)))
                for error in view.errors() if name == "ours" else ():
                    raise RuntimeError(f"{page or 'overview'}: {error}")
                if started > begin + seconds / 5:
                    times.append(milliseconds)
                await asyncio.sleep(max(0.0, started + PACE - time.monotonic()))
        return times

    async def all_readers() -> list[float]:
        return [each for times in await asyncio.gather(*map(read, range(READERS))) for each in times]

    times = asyncio.run(all_readers())
    print(f"{name}: {len(times)} clicks, median {median(times):.0f} ms, slowest {max(times):.0f} ms", flush=True)
    return times


if __name__ == "__main__":
    main()
