"""Non-dominated sorting and hypervolume of moocore on generated points, which it leaves in a file for others.

usage: moocore_fronts.py FILE N OBJECTIVES cloud|late|sphere
Writes N x OBJECTIVES doubles. Prints the best of seven times of ranks and of the hypervolume up to 1.1, that volume, and the number of fronts.
"""
import sys
import time

import moocore
import numpy as np


def best(work):
    times = []
    for _ in range(7):
        began = time.process_time()
        result = work()
        times.append(time.process_time() - began)
    return min(times), result


def main():
    path, n, m, kind = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    random = np.random.default_rng(1)
    if kind == "cloud":
        points = random.random((n, m))
    else:
        points = np.abs(random.standard_normal((n, m)))
        points = 1 - points / np.linalg.norm(points, axis=1, keepdims=True)
        if kind == "late":
            points += 0.02 * random.random((n, m))
    points.tofile(path)
    ranks, fronts = best(lambda: moocore.pareto_rank(points))
    volume, value = best(lambda: moocore.hypervolume(points, ref=np.full(m, 1.1)))
    print(ranks, volume, repr(float(value)), int(fronts.max()) - int(fronts.min()) + 1)


main()
