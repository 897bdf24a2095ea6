"""Assignment of later tickets: to the topic they are similar to, or to a new one of their own."""

from __future__ import annotations

import numpy as np
from threadpoolctl import threadpool_limits

from cs_dash.tickets.topics.clusters import Places
from cs_dash.tickets.topics.vectors import Vectors

OUTLIER_PERCENT = 2.0
"""Percentage of the tickets that a topic was built from which are further out than a new ticket may be."""
MIN_TICKETS = 8
"""A new topic needs at least this many tickets, and"""
MIN_SHARE = 0.002
"""... this share of all tickets."""
AT_ONCE = 4_000
"""Unassigned tickets that are compared with one another; the rest wait for the next load."""
BLOCK = 16_384


def similarity_limit(points: Vectors, places: Places, means: Vectors) -> float:
    """Return the cosine to their own cluster's mean that all but 2 % of the points reach."""
    near = np.einsum("ij,ij->i", points, means[places], dtype=np.float64)
    return float(np.percentile(near, OUTLIER_PERCENT))


def nearest_clusters(points: Vectors, means: Vectors, limit: float) -> Places:
    """Return the nearest cluster of each point, -1 where none is near enough, shape (points,)."""
    clusters = np.empty(len(points), np.int64)
    directions = means.T.astype(np.float64)  # the last digits of sums in 32 bits depend on the processor
    with threadpool_limits(1):
        for start in range(0, len(points), BLOCK):
            nearness = points[start : start + BLOCK].astype(np.float64) @ directions
            nearest = nearness.argmax(axis=1)
            is_near = nearness[np.arange(len(nearest)), nearest] >= limit
            clusters[start : start + BLOCK] = np.where(is_near, nearest, -1)
    return clusters


def new_groups(points: Vectors, limit: float, tickets: int) -> Places:
    """Return the new topic of each point, numbered from 0, -1 for points without enough similar ones, shape (points,).

    Points form a group when their average similarity is that of a cluster's members: two points at the cosine `limit`
    from their mean are at about its square from each other.
    """
    groups = np.full(len(points), -1, np.int64)
    min_size = max(MIN_TICKETS, round(MIN_SHARE * tickets))
    if len(points) < min_size:
        return groups
    from scipy.cluster.hierarchy import fcluster, linkage

    compared = points[:AT_ONCE].astype(np.float64)
    with threadpool_limits(1):
        tree = linkage(compared, "average", metric="cosine")
    cluster_numbers = fcluster(np.maximum(tree, 0), 1 - limit**2, "distance")
    sizes = np.bincount(cluster_numbers)
    large_clusters = [cluster for cluster in np.argsort(-sizes, kind="stable") if sizes[cluster] >= min_size]
    for number, cluster in enumerate(large_clusters):
        groups[: len(compared)][cluster_numbers == cluster] = number
    return groups
