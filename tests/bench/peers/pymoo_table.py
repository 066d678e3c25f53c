# A search of pymoo on NAS-Bench-201's table, for bench_real: prints its seconds and the hypervolume (percent times ms) of all networks that
# it looked at, each counted once. usage: pymoo_table.py ALGORITHM TABLE EVALUATIONS SLOWEST SEED
import csv
import gzip
import importlib
import re
import sys
import time

import numpy as np
from pymoo.core.problem import Problem
from pymoo.indicators.hv import HV
from pymoo.operators.crossover.sbx import SBX
from pymoo.operators.mutation.pm import PM
from pymoo.operators.repair.rounding import RoundingRepair
from pymoo.operators.sampling.rnd import IntegerRandomSampling
from pymoo.optimize import minimize

name, table, evaluations, slowest, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])
ops = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]
values = np.zeros((5**6, 2))
with gzip.open(table, "rt") as file:
    for row in csv.DictReader(file):
        index = 0
        for op in re.findall(r"\|?([a-z_0-9]+)~", row["arch"]):
            index = 5 * index + ops.index(op)
        values[index] = -float(row["acc_cifar10"]), float(row["lat_pixel3"])
weights = 5 ** np.arange(5, -1, -1)


class Table(Problem):
    def __init__(self):
        super().__init__(n_var=6, n_obj=2, xl=0, xu=4, vtype=int)
        self.seen = {}

    def _evaluate(self, x, out, *args, **kwargs):
        rows = x.astype(int) @ weights
        out["F"] = values[rows]
        for row in rows:
            if len(self.seen) < evaluations:
                self.seen.setdefault(int(row), None)


modules = {"NSGA2": "nsga2", "AGEMOEA": "age", "SMSEMOA": "sms"}
make = getattr(importlib.import_module("pymoo.algorithms.moo." + modules[name]), name)
algorithm = make(
    pop_size=50,
    sampling=IntegerRandomSampling(),
    crossover=SBX(prob=0.9, eta=3.0, vtype=float, repair=RoundingRepair()),
    mutation=PM(prob=1.0, eta=3.0, vtype=float, repair=RoundingRepair()),
    eliminate_duplicates=True,
)
problem = Table()
began = time.perf_counter()
algorithm.setup(problem, termination=("n_gen", 1000), seed=seed)
while algorithm.has_next() and len(problem.seen) < evaluations:
    algorithm.next()
seconds = time.perf_counter() - began
print(seconds, HV(ref_point=np.array([0.0, slowest]))(values[list(problem.seen)]))
