"""Clustering of points: small clusters first, then Ward's tree over them, cut where the next merge costs most.

k-means makes the small clusters (at most `CLUSTERS`), so that the tree takes no longer for a million tickets than for
ten thousand. Fixed seed, one thread, 64-bit numbers: the same points in the same order give the same groups, on every
machine.
"""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from cs_dash.tickets.topics.vectors import Vectors, normed

CLUSTERS = 240
LEARNT_FROM = 30_000
"""Points that the small clusters are fitted to; the rest join the nearest."""
WIDTH = 128
"""Principal directions that are used; the rest hardly distinguish anything."""
AT_ONCE = 30_000
DIGITS = 7
FEWEST, MOST = 12, 40
"""Bounds of the number of topics: what a reader can take in."""
Tree = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


def small_clusters(points: Vectors) -> tuple[Places, Vectors]:
    """Return the cluster of each point, shape (points,), and the mean direction of each cluster, (clusters, 512)."""
    count = max(1, min(CLUSTERS, len(points) // 4))
    sample = points
    if len(points) > LEARNT_FROM:
        sample = points[np.sort(np.random.default_rng(0).choice(len(points), LEARNT_FROM, replace=False))]
    # Imported only where topics are found: it takes seconds, and a starting server does not need it.
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    with threadpool_limits(1), warnings.catch_warnings():
        # Many tickets say the same: then there are fewer distinct points than clusters, which is no error.
        warnings.simplefilter("ignore", ConvergenceWarning)
        directions = _principal(sample)
        kmeans = KMeans(count, n_init=1, max_iter=30, random_state=0).fit(sample.astype(np.float64) @ directions)
        cluster_numbers = np.concatenate(
            [
                kmeans.predict(points[start : start + AT_ONCE].astype(np.float64) @ directions)
                for start in range(0, len(points), AT_ONCE)
            ]
        )
    _, places = np.unique(cluster_numbers, return_inverse=True)
    return places, centres(points, places)


def _principal(points: Vectors) -> Tree:
    """Return the principal directions, shape (512, WIDTH): each points to where its largest part is positive.

    They are rounded, since their last digits depend on the processor.
    """
    products = np.zeros((points.shape[1], points.shape[1]))
    for start in range(0, len(points), AT_ONCE):
        part = points[start : start + AT_ONCE].astype(np.float64)
        products += part.T @ part
    _, directions = np.linalg.eigh(products)
    principal: Tree = directions[:, ::-1][:, :WIDTH]
    largest = np.abs(principal).argmax(axis=0)
    signs = np.sign(principal[largest, np.arange(principal.shape[1])])
    rounded: Tree = np.round(principal * signs, DIGITS)
    return rounded


def centres(points: Vectors, places: Places) -> Vectors:
    """Return the mean direction of each group, shape (groups, 512); `places` number the groups from 0 without a gap."""
    count = int(places.max()) + 1
    sums = np.zeros((count, points.shape[1]), np.float32)
    np.add.at(sums, places, points)
    return normed(sums)


def ward(means: Vectors, sizes: Places | None = None) -> Tree:
    """Return Ward's tree over points with `sizes` members each (default: one), in the format of SciPy's `linkage`.

    The merges of the nearest-neighbour chain (Müllner 2011) with the Lance-Williams formula, cheapest first. SciPy's
    own counts every point as one, and then the step from topics to parts of topics hardly shows.
    """
    count = len(means)
    points = means.astype(np.float64)
    node_sizes = (
        np.ones(2 * count - 1) if sizes is None else np.concatenate([sizes, np.zeros(count - 1)]).astype(np.float64)
    )
    with threadpool_limits(1):
        distances = np.maximum(np.add.outer((points**2).sum(1), (points**2).sum(1)) - 2 * points @ points.T, 0.0)
    weights = node_sizes[:count]
    distances *= 2 * np.multiply.outer(weights, weights) / np.add.outer(weights, weights)
    np.fill_diagonal(distances, np.inf)
    alive = np.ones(count, bool)
    joins: list[tuple[float, int, int]] = []
    chain: list[int] = []
    while len(joins) < count - 1:
        if not chain:
            chain.append(int(alive.argmax()))
        last = chain[-1]
        nearest = int(distances[last].argmin())
        if len(chain) > 1 and distances[last, chain[-2]] <= distances[last, nearest]:
            first, second = sorted((chain.pop(), chain.pop()))
            _join(distances, weights, alive, first, second)
            joins.append((float(distances[first, first]), first, second))
            distances[first, first] = np.inf
        else:
            chain.append(nearest)
    return _numbered(joins, count)


def _join(distances: Tree, weights: Tree, alive: npt.NDArray[np.bool_], into: int, joined: int) -> None:
    """Merge two rows of the distances; the cost of the merge is left on the diagonal."""
    cost = distances[into, joined]
    first_weight, second_weight = weights[into], weights[joined]
    with np.errstate(invalid="ignore"):  # infinity minus infinity, in rows already merged
        row = (
            (first_weight + weights) * distances[into] + (second_weight + weights) * distances[joined] - weights * cost
        ) / (first_weight + second_weight + weights)
    alive[joined] = False
    row[~alive] = np.inf
    distances[into], distances[:, into] = row, row
    distances[joined], distances[:, joined] = np.inf, np.inf
    weights[into] = first_weight + second_weight
    distances[into, into] = cost


def _numbered(joins: list[tuple[float, int, int]], count: int) -> Tree:
    """Return merges of rows as merges of nodes, cheapest first: merge number i makes node `count` + i."""
    node = list(range(count))
    linkage = np.zeros((max(count - 1, 0), 4))
    sizes = [1] * (2 * count)
    # A merge never costs less than those inside it, and of equal ones the earlier comes first.
    for at, (cost, first, second) in enumerate(sorted(joins, key=lambda join: join[0])):
        left, right = node[first], node[second]
        sizes[count + at] = sizes[left] + sizes[right]
        linkage[at] = (left, right, cost**0.5, sizes[count + at])
        node[first] = count + at
    return linkage


def number_of_groups(tree: Tree, points: int) -> int:
    """Return the number of groups at which the next merge costs most relative to the one before.

    Searched between 12 and 40 groups, fewer where there are few points.
    """
    leaves = len(tree) + 1
    most = max(1, min(MOST, points // 20, leaves))
    fewest = min(FEWEST, max(2, points // 40), most)
    if most == fewest:
        return most
    heights = tree[:, 2]
    # With k groups the last merge cost heights[-k], the next one costs heights[-(k - 1)].
    steps = {
        k: heights[-(k - 1)] / max(heights[-k], 1e-9)
        for k in range(max(fewest, 2), most + 1)
        if k <= len(heights)
    }  # fmt: skip
    return max(steps, key=lambda k: (steps[k], k)) if steps else most


def cut(tree: Tree, count: int) -> Places:
    """Return the group of each leaf when the tree is cut into `count` groups, shape (leaves,), numbered from 0."""
    leaves = len(tree) + 1
    members: dict[int, list[int]] = {leaf: [leaf] for leaf in range(leaves)}
    for at in range(leaves - max(1, min(count, leaves))):
        left, right = int(tree[at, 0]), int(tree[at, 1])
        members[leaves + at] = members.pop(left) + members.pop(right)
    group_of_leaf = np.empty(leaves, np.int64)
    for group, leaves_of_group in enumerate(sorted(members.values(), key=min)):
        group_of_leaf[leaves_of_group] = group
    return group_of_leaf
