"""A search of pymoo on one of bench_real's problems: prints the seconds of the search, the hypervolume (percent times ms or million MACs) of
all networks that it looked at, each counted once, and how many these are. It ends after so many different networks, or
after 1,000 looks at those that it knows.

usage: pymoo_real.py PROBLEM ALGORITHM DATA EVALUATIONS ACCURACY COST SEED   (accuracy and cost: the reference point)
  nasbench201  6 operations, values from a table of all networks
  ofa          46 genes, accuracy perceptron and table of layers, a population at once
  ofa_rows     the same, one network at a time, as DyNAS-T calls its predictors
  pool         45 genes; a repair replaces every network by the nearest of the measured rows (fewest different genes of blocks that exist); begins
               with 50 different rows
Operators: SBX and polynomial mutation with rounding, as pymoo's guide sets them for integers; duplicates are eliminated.
"""
import csv
import gzip
import importlib
import re
import sys
import time

import numpy as np
from pymoo.core.problem import Problem
from pymoo.core.repair import Repair
from pymoo.indicators.hv import HV
from pymoo.operators.crossover.sbx import SBX
from pymoo.operators.mutation.pm import PM
from pymoo.operators.repair.rounding import RoundingRepair
from pymoo.operators.sampling.rnd import IntegerRandomSampling

MODULES = {"NSGA2": "nsga2", "NSGA3": "nsga3", "UNSGA3": "unsga3", "AGEMOEA": "age", "MOEAD": "moead", "CTAEA": "ctaea", "SMSEMOA": "sms"}


def table(folder, name):
    with gzip.open(folder + "/" + name, "rt") as file:
        yield from csv.DictReader(file)


class NasBench201:
    upper = np.full(6, 4)

    def __init__(self, folder):
        operations = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]
        self.values, self.weights = np.zeros((5**6, 2)), 5 ** np.arange(5, -1, -1)
        for row in table(folder, "nasbench201.csv.gz"):
            cell = [operations.index(name) for name in re.findall(r"\|?([a-z_0-9]+)~", row["arch"])]
            self.values[cell @ self.weights] = float(row["acc_cifar10"]), float(row["lat_pixel3"])

    def look(self, nets):
        rows = nets @ self.weights
        return self.values[rows], rows.tolist()


class Note10:
    def __init__(self, folder, at_once):
        from ofa_note10 import OPTIONS, Ofa

        self.upper, self.ofa, self.at_once = OPTIONS - 1, Ofa(folder), at_once

    def look(self, nets):
        values = np.column_stack(self.ofa.many(nets)) if self.at_once else np.array([self.ofa.one(net) for net in nets])
        return values * (100, 1), self.ofa.distinct(nets)


class Pool(Repair):
    upper = np.full(45, 2)

    def __init__(self, folder):
        super().__init__()
        rows = {}
        for row in table(folder, "ofa_mobilenetv3_w10_accuracy.csv.gz"):
            net = [(3, 5, 7).index(int(row[f"ks{b}"])) for b in range(20)] + [(3, 4, 6).index(int(row[f"e{b}"])) for b in range(20)]
            net = self.masked(np.array([net + [int(row[f"d{s}"]) - 2 for s in range(5)]]))[0]
            rows.setdefault(net.tobytes(), (net, float(row["macs"]) / 1e6, []))[2].append(float(row["top1"]))
        self.nets = np.array([net for net, _, _ in rows.values()])
        self.hot = self.one_hot(self.nets)
        self.values = np.array([(np.mean(top1), macs) for _, macs, top1 in rows.values()])

    def masked(self, nets):
        """Blocks that a network does not have read as their first option."""
        on = np.tile(np.arange(4), 5) < np.repeat(nets[:, 40:45], 4, axis=1) + 2
        return np.hstack([nets[:, :40] * np.tile(on, 2), nets[:, 40:]])

    def one_hot(self, nets):
        return (nets[:, :, None] == np.arange(3)).reshape(len(nets), -1).astype(np.float32)

    def nearest(self, nets):
        return (self.one_hot(self.masked(nets)) @ self.hot.T).argmax(1)

    def _do(self, problem, x, **kwargs):
        return self.nets[self.nearest(np.rint(x).astype(int))]

    def look(self, nets):
        rows = self.nearest(nets)
        return self.values[rows], rows.tolist()


class Looked(Problem):
    """Keeps the values of the first so many different networks."""

    def __init__(self, source, evaluations):
        super().__init__(n_var=len(source.upper), n_obj=2, xl=np.zeros(len(source.upper), dtype=int), xu=source.upper, vtype=int)
        self.source, self.evaluations, self.seen, self.vain = source, evaluations, {}, 0

    def _evaluate(self, x, out, *args, **kwargs):
        values, keys = self.source.look(np.atleast_2d(x).astype(int))
        out["F"] = values * (-1, 1)
        for key, row in zip(keys, out["F"]):
            self.vain = self.vain + 1 if key in self.seen else 0
            if len(self.seen) < self.evaluations:
                self.seen.setdefault(key, row)


def search(name, source, evaluations, seed):
    make = getattr(importlib.import_module("pymoo.algorithms.moo." + MODULES[name]), name)
    settings = dict(
        sampling=IntegerRandomSampling(),
        crossover=SBX(prob=0.9, eta=3.0, vtype=float, repair=RoundingRepair()),
        mutation=PM(prob=1.0, eta=3.0, vtype=float, repair=RoundingRepair()),
    )
    if name in ("NSGA3", "UNSGA3", "MOEAD", "CTAEA"):
        settings["ref_dirs"] = np.column_stack([np.linspace(0, 1, 50), np.linspace(1, 0, 50)])
    if name not in ("MOEAD", "CTAEA"):
        settings["pop_size"] = 50
    if name != "MOEAD":
        settings["eliminate_duplicates"] = True
    if isinstance(source, Repair):
        settings["repair"] = source
        settings["sampling"] = source.nets[np.random.default_rng(seed).permutation(len(source.nets))[:50]]
    algorithm, problem = make(**settings), Looked(source, evaluations)
    algorithm.setup(problem, termination=("n_gen", 1000), seed=seed)
    while algorithm.has_next() and len(problem.seen) < evaluations and problem.vain < 1000:
        algorithm.next()
    return problem.seen


def main():
    kind, name, folder, evaluations, seed = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[7])
    makers = {"nasbench201": NasBench201, "ofa": lambda data: Note10(data, True), "ofa_rows": lambda data: Note10(data, False), "pool": Pool}
    source = makers[kind](folder)
    if name == "AGEMOEA":  # numba compiles on first use; that is not part of the search
        search(name, source, 200, seed)
    began = time.perf_counter()
    seen = search(name, source, evaluations, seed)
    seconds = time.perf_counter() - began
    print(seconds, HV(ref_point=np.array([-float(sys.argv[5]), float(sys.argv[6])]))(np.array(list(seen.values()))), len(seen))


main()
