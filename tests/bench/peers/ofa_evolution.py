"""once-for-all's evolution as its notebook does it: rejection sampling under a bound, 100 networks, 500 generations.

usage: ofa_evolution.py WEIGHTS BOUND SEED; prints seconds and the best value.
"""
import random
import sys
import time

import numpy as np

BLOCKS, STAGES, HIDDEN, INPUTS = 20, 5, 400, 128
POPULATION, GENERATIONS, PARENTS, MUTANTS, RATE = 100, 500, 0.25, 0.5, 0.1

raw = np.fromfile(sys.argv[1], dtype=np.float32)
bound, seed = float(sys.argv[2]), int(sys.argv[3])
shapes = [(INPUTS, HIDDEN), (HIDDEN,), (HIDDEN, HIDDEN), (HIDDEN,), (HIDDEN, HIDDEN), (HIDDEN,), (HIDDEN,), (BLOCKS, 3), (BLOCKS, 3)]
parts, at = [], 0
for shape in shapes:
    size = int(np.prod(shape))
    parts.append(raw[at:at + size].reshape(shape))
    at += size
w1, b1, w2, b2, w3, b3, w4, kernel_ms, expand_ms = parts
kernel_ms, expand_ms = kernel_ms.tolist(), expand_ms.tolist()
draw = random.Random(seed)


def latency(net):
    total = 0.0
    for block in range(BLOCKS):
        if block % 4 < net["d"][block // 4] + 2:
            total += kernel_ms[block][net["ks"][block]] + expand_ms[block][net["e"][block]]
    return total


def accuracy(nets):
    x = np.zeros((len(nets), INPUTS), dtype=np.float32)
    for i, net in enumerate(nets):
        for block in range(BLOCKS):
            if block % 4 < net["d"][block // 4] + 2:
                x[i, 3 * block + net["ks"][block]] = 1
                x[i, 60 + 3 * block + net["e"][block]] = 1
        x[i, 127] = 1
    h = np.maximum(x @ w1 + b1, 0)
    h = np.maximum(h @ w2 + b2, 0)
    h = np.maximum(h @ w3 + b3, 0)
    return (h @ w4).tolist()


def until_it_fits(make):
    while True:
        net = make()
        if latency(net) <= bound:
            return net


def sample():
    return {"ks": [draw.randrange(3) for _ in range(BLOCKS)], "e": [draw.randrange(3) for _ in range(BLOCKS)],
            "d": [draw.randrange(3) for _ in range(STAGES)]}


def mutant(parent):
    net = {key: list(value) for key, value in parent.items()}
    for block in range(BLOCKS):
        if draw.random() < RATE:
            net["ks"][block] = draw.randrange(3)
            net["e"][block] = draw.randrange(3)
    for stage in range(STAGES):
        if draw.random() < RATE:
            net["d"][stage] = draw.randrange(3)
    return net


def child(a, b):
    return {key: [draw.choice(pair) for pair in zip(a[key], b[key])] for key in a}


start = time.perf_counter()
nets = [until_it_fits(sample) for _ in range(POPULATION)]
rows = list(zip(accuracy(nets), range(POPULATION), nets))
for _ in range(GENERATIONS):
    rows = sorted(rows, key=lambda row: -row[0])[:int(PARENTS * POPULATION)]
    parents = [row[2] for row in rows]
    nets = [until_it_fits(lambda: mutant(draw.choice(parents))) for _ in range(int(MUTANTS * POPULATION))]
    nets += [until_it_fits(lambda: child(draw.choice(parents), draw.choice(parents))) for _ in range(POPULATION - len(nets))]
    rows += list(zip(accuracy(nets), range(len(nets)), nets))
print(time.perf_counter() - start, max(row[0] for row in rows))
