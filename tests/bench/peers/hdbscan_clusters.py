"""HDBSCAN of rows of bits by the package hdbscan, and the weight of scipy's exact spanning tree.

usage: hdbscan_clusters.py FILE COLUMNS fit|tree
FILE: one byte per bit, row-major. min_cluster_size = 50, min_samples = 10 (neighbours besides the row itself).
fit prints: seconds, peak resident MB, clusters, share of noise. tree prints: the weight of the minimum spanning tree of the mutual-reachability
distances, from all pairs.
"""
import resource
import sys
import time

import numpy as np


def main():
    path, columns, what = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    rows = np.fromfile(path, dtype=np.uint8).reshape(-1, columns).astype(float)
    if what == "tree":
        from scipy.sparse.csgraph import minimum_spanning_tree
        from scipy.spatial.distance import cdist

        distances = cdist(rows, rows)
        core = np.sort(distances, axis=1)[:, 10]
        reach = np.maximum(distances, np.maximum(core[:, None], core[None, :]))
        # Zero weights are no edges to scipy: equal rows are moved a hair apart, and their share is taken off again.
        hair = 1e-7
        tree = minimum_spanning_tree(reach + hair)
        print(repr(float(tree.sum()) - hair * (len(rows) - 1)))
        return
    import hdbscan

    began = time.perf_counter()
    found = hdbscan.HDBSCAN(min_cluster_size=50, min_samples=10, core_dist_n_jobs=1).fit(rows)
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, memory, found.labels_.max() + 1, float((found.labels_ < 0).mean()))


main()
