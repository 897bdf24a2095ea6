"""What computing answers ahead is worth: clicks of one reader and of twenty at once, with it and without.

A reader is a websocket session that speaks to the server as the browser does. A click is a new scope in the address of
the same session: another period, or one value of a filter, always one that this server has not answered yet. Its time
runs from the message that asks for it to the server's message that the script has ended; the browser's drawing, which
is the same on both sides, is left out.

Both sides make the same clicks in the same order, each after the time that it takes to read a page. One side follows
the other, page by page with one reader, all pages at once with twenty, and who goes first changes.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from benchmarks.machine import wait_for_rest
from benchmarks.pages import demo, ours
from benchmarks.pairs import Pairs
from cs_dash.demo.accounts import REGIONS, SEGMENTS
from cs_dash.demo.contracts import PLANS
from tests.websocket_reader import Reader, View

PAGES = ("", "accounts", "retention", "churn", "support-demand")
READERS = 20
CLICKS = 6
"""Clicks of each reader on each page (one reader), or in all (twenty)."""
READING = (3.0, 8.0)
"""Seconds that somebody looks at a page before the next click: between these, evenly."""
NEEDED, ALLOWED = 0.30, 0.05
"""A click must gain this share for one reader, and twenty may lose no more than this one."""
PERIODS = ("12m", "6m", "quarter", "3m", "all")
FILTERS = {"f.segment": SEGMENTS, "f.plan": PLANS, "f.region": tuple(dict.fromkeys(REGIONS.values()))}
Say = Callable[[str], None]
Address = tuple[tuple[str, str], ...]
"""The parameters of an address."""


def measure(rounds: int, say: Say) -> Pairs:
    """Return the milliseconds of each click, with answers computed ahead (ours) and without (the floor)."""
    clicks = Pairs("ms")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo(folder / "workspace")
        for turn in range(rounds):
            say(f"Prefetch: one reader, round {turn + 1} of {rounds}.")
            for page, on, off in asyncio.run(_one_reader(folder, turn)):
                clicks.add("one reader", page or "overview", on, off)
            say(f"Prefetch: {READERS} readers, round {turn + 1} of {rounds}.")
            times = {}
            for prefetch in (True, False) if turn % 2 else (False, True):
                wait_for_rest()
                times[prefetch] = asyncio.run(_many_readers(folder, turn, prefetch=prefetch))
            for (page, on), (_, off) in zip(times[True], times[False], strict=True):
                clicks.add(f"{READERS} readers", page or "overview", on, off)
    return clicks


async def _one_reader(folder: Path, turn: int) -> list[tuple[str, float, float]]:
    """Return (page, milliseconds with, milliseconds without) of every click of a reader who visits every page."""
    times = []
    with (
        ours(folder / "workspace", _folder(folder, "on"), prefetch=True) as on,
        ours(folder / "workspace", _folder(folder, "off"), prefetch=False) as off,
    ):
        for number, page in enumerate(PAGES):
            times_by_server = {}
            for base in (on, off) if (turn + number) % 2 else (off, on):
                wait_for_rest()  # what the other server still computes ahead must not slow this one
                times_by_server[base] = await _clicks(base, page, random.Random(f"{turn} {page}"))
            times += [(page, *pair) for pair in zip(times_by_server[on], times_by_server[off], strict=True)]
    return times


async def _clicks(base: str, page: str, chance: random.Random) -> list[float]:
    """Return the milliseconds of each click of somebody who opens a page and looks at it in one scope after another."""
    async with Reader(base) as reader:
        await reader.visit(page)
        times = []
        for address in walk(chance, CLICKS):
            await asyncio.sleep(chance.uniform(*READING))
            view, milliseconds = await timed(reader.visit(page, address))
            for error in view.errors():
                raise RuntimeError(f"Could not time the page {page or 'overview'} because of this: {error}")
            times.append(milliseconds)
        return times


async def timed(visit: Awaitable[View]) -> tuple[View, float]:
    """Return a view, and the milliseconds until all of it had come."""
    start = time.perf_counter()
    return await visit, (time.perf_counter() - start) * 1000


def _folder(folder: Path, name: str) -> Path:
    """Return a new folder for the log of a server."""
    (folder / name).mkdir(exist_ok=True)
    return folder / name


async def _many_readers(folder: Path, turn: int, *, prefetch: bool) -> list[tuple[str, float]]:
    """Return (page, milliseconds) of every click of readers who come one after the other and click when they like."""

    async def one_reader(base: str, number: int) -> list[tuple[str, float]]:
        chance, page = random.Random(f"{turn} {number}"), PAGES[number % len(PAGES)]
        await asyncio.sleep(chance.uniform(0, READING[1]))
        return [(page, milliseconds) for milliseconds in await _clicks(base, page, chance)]

    with ours(folder / "workspace", _folder(folder, f"many-{prefetch}"), prefetch=prefetch) as base:
        by_reader = await asyncio.gather(*(one_reader(base, number) for number in range(READERS)))
    return [click for clicks in by_reader for click in clicks]


def walk(chance: random.Random, clicks: int) -> Iterator[Address]:
    """Yield the addresses of so many clicks, each one click from the last: a period, or a filter set or taken back."""
    parameters: dict[str, str] = {}
    visited = {tuple(parameters.items())}
    while clicks:
        next_parameters = dict(parameters)
        name = chance.choice(("period", *FILTERS))
        if name == "period":
            next_parameters["period"] = chance.choice(PERIODS)
        elif name in next_parameters:
            del next_parameters[name]
        else:
            next_parameters[name] = chance.choice(FILTERS[name])
        address = tuple(sorted(next_parameters.items()))
        if address in visited:
            continue
        visited.add(address)
        parameters, clicks = next_parameters, clicks - 1
        yield address


@dataclass(frozen=True)
class Gain:
    """What computing ahead does for some readers: medians and 95 % quantiles in ms, each with it and without."""

    readers: str
    middle: tuple[float, float]
    slow: tuple[float, float]
    clicks: int


def gains(clicks: Pairs) -> list[Gain]:
    """Return one line for one reader and one for twenty, over all pages."""
    lines = []
    for readers in dict.fromkeys(where for where, _ in clicks.measurements):
        pairs = [pair for (where, _), times in clicks.measurements.items() if where == readers for pair in times]
        sides = [[pair[side] for pair in pairs] for side in (0, 1)]
        middle, slow = [median(side) for side in sides], [quantiles(side, n=20)[-1] for side in sides]
        lines.append(Gain(readers, (middle[0], middle[1]), (slow[0], slow[1]), len(pairs)))
    return lines


def verdict(lines: Sequence[Gain]) -> str:
    """Return whether the rule of this page says to keep it."""
    single, many = lines
    gained = 1 - single.middle[0] / single.middle[1]
    lost = max(with_it / without - 1 for with_it, without in (many.middle, many.slow))
    keep = gained >= NEEDED and lost <= ALLOWED
    return (
        f"A click of one reader gains {gained:.0%} ({NEEDED:.0%} needed), {READERS} readers lose {lost:.0%} at the"
        f" worse of median and 95 % quantile ({ALLOWED:.0%} allowed): {'keep it' if keep else 'remove it'}."
    )
