"""Bytes onto the disk: counted and digested while they are written, and asked to stay there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO

CHUNK = 1 << 20
TOLD = 32 << 20


def copy_digested(content: IO[bytes], target: Path, progress: Callable[[int], None]) -> tuple[str, int]:
    """Write the bytes out while they are counted and their digest is made; return the id and the size."""
    digest, size = hashlib.blake2b(digest_size=8), 0
    with target.open("wb") as out, ThreadPoolExecutor(1) as pool:
        digested: Future[None] | None = None
        while piece := content.read(CHUNK):
            if digested is not None:
                digested.result()  # never more than one piece behind
            if len(piece) == CHUNK:
                digested = pool.submit(digest.update, piece)
            else:  # mostly the last one, or a short file: not worth a thread
                digest.update(piece)
            size += len(piece)
            out.write(piece)
            if size % TOLD < CHUNK:
                progress(size)
        if digested is not None:
            digested.result()
    return digest.hexdigest(), size


def flush(path: Path) -> None:
    """Ask the system to write `path` to the disk; folders cannot be flushed on Windows."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
