from __future__ import annotations

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage

from cs_dash.tickets.topics.clusters import cut, number_of_groups, small_clusters, ward
from cs_dash.tickets.topics.tree import tree_of
from cs_dash.tickets.topics.vectors import Vectors, normed


def blobs(groups: int, centre: int, spread: float = 0.02, seed: int = 1) -> Vectors:
    """Return points around `groups` directions, group after group."""
    numbers = np.random.default_rng(seed)
    middles = numbers.normal(size=(groups, 512))
    points = np.repeat(middles, centre, axis=0) + spread * 22 * numbers.normal(size=(groups * centre, 512))
    return normed(points.astype(np.float32))


def test_ward_is_that_of_scipy_where_every_point_counts_one() -> None:
    points = np.random.default_rng(3).normal(size=(80, 12)).astype(np.float32)
    ours, theirs = ward(points), linkage(points.astype(np.float64), "ward")
    assert ours[:, 2] == pytest.approx(theirs[:, 2], rel=1e-5)
    assert ours[:, 3].tolist() == theirs[:, 3].tolist()
    for groups in (2, 7, 31):
        mine, other = cut(ours, groups), fcluster(theirs, groups, "maxclust")
        assert len(set(zip(mine.tolist(), other.tolist(), strict=True))) == groups


def test_a_point_of_weight_n_counts_as_n_points() -> None:
    points = np.random.default_rng(5).normal(size=(30, 8)).astype(np.float32)
    sizes = np.arange(1, 31) % 4 + 1
    repeated = ward(np.repeat(points, sizes, axis=0))
    joined = ward(points, sizes)
    assert joined[-29:, 2] == pytest.approx(repeated[-29:, 2], rel=1e-4)


def test_the_rule_finds_as_many_groups_as_there_are() -> None:
    points = blobs(17, 60)
    places, means = small_clusters(points)
    tree = ward(means, np.bincount(places))
    assert number_of_groups(tree, len(points)) == 17
    groups = cut(tree, 17)[places].reshape(17, 60)
    assert all(len(set(row.tolist())) == 1 for row in groups)


def test_few_points_make_few_groups() -> None:
    points = blobs(4, 10)
    places, means = small_clusters(points)
    assert 1 <= number_of_groups(ward(means, np.bincount(places)), len(points)) <= 2


def test_one_point_and_equal_points_are_no_trouble() -> None:
    places, means = small_clusters(normed(np.ones((40, 512), np.float32)))
    assert set(places.tolist()) == {0}
    assert number_of_groups(ward(means), 40) == 1
    assert cut(ward(means), 5).tolist() == [0]


def test_at_every_number_the_tree_holds_each_cluster_once() -> None:
    means = blobs(6, 5)
    topics = [f"t{at // 5}" for at in range(30)]
    nodes = tree_of([f"c{at}" for at in range(30)], topics, means)
    for number in range(1, 31):
        nodes_shown = [node for node in nodes if node.first <= number <= node.last]
        assert len(nodes_shown) == number
        assert sorted(at for node in nodes_shown for at in node.clusters) == list(range(30))
    assert {node.id for node in nodes if node.first <= 6 <= node.last} == {f"t{at}" for at in range(6)}
    by_id = {node.id: node for node in nodes}
    assert len(by_id) == len(nodes)
    assert all(set(node.clusters) <= set(by_id[node.parent].clusters) for node in nodes if node.parent)
