from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TOPICS = """
import hashlib, sys
from cs_dash.tickets.topics.clusters import small_clusters
from cs_dash.tickets.topics.vectors import encoded
from tests.tickets.topics.texts import SENTENCES
points = encoded(SENTENCES)
places, means = small_clusters(points)
print(hashlib.sha256(points.tobytes()).hexdigest(), hashlib.sha256(places.tobytes()).hexdigest())
"""
KERNELS = ("Prescott", "Nehalem", "Haswell", "SkylakeX")
"""Ways in which the library that multiplies matrices adds up; a processor that lacks one takes another."""


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="these kernels are of x86 processors")
def test_vectors_and_clusters_do_not_depend_on_the_processor() -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", TOPICS],
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_CORETYPE": kernel, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for kernel in KERNELS
    ]
    results = {child.communicate(timeout=120)[0] for child in children}
    assert len(results) == 1
    assert len(results.pop().split()) == 2
