"""NSGA-II of pymoo on two linear surrogates over the 45 genes of OFA-MobileNetV3.

usage: pymoo_nsga2.py WEIGHTS POPULATION GENERATIONS SEEDS [START]
WEIGHTS: one row per gene and option, "gene option accuracy latency", written by bench_search.
Prints one line per seed: seconds hypervolume. Operators as DyNAS-T sets them (SBX .9 eta 15, PM .02 eta 20, rounding repair).
"""
import sys
import time

import numpy as np
from pymoo.algorithms.moo.nsga2 import NSGA2
from pymoo.core.problem import Problem
from pymoo.indicators.hv import HV
from pymoo.operators.crossover.sbx import SBX
from pymoo.operators.mutation.pm import PM
from pymoo.operators.repair.rounding import RoundingRepair
from pymoo.operators.sampling.rnd import IntegerRandomSampling
from pymoo.optimize import minimize

STAGES, BLOCKS = 5, 4


def main():
    path, population, generations, seeds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    rows = [line.split() for line in open(path)]
    accuracy, latency = np.zeros((45, 3)), np.zeros((45, 3))
    for gene, option, a, b in rows:
        accuracy[int(gene), int(option)], latency[int(gene), int(option)] = float(a), float(b)

    class Ofa(Problem):
        """Genes per stage: depth, then kernel and expansion of four blocks; blocks beyond the depth cost nothing."""

        def __init__(self):
            super().__init__(n_var=45, n_obj=2, xl=0, xu=2, vtype=int)

        def _evaluate(self, x, out, *args, **kwargs):
            x = x.astype(int)
            on = np.ones_like(x, dtype=bool)
            for stage in range(STAGES):
                for block in range(2, BLOCKS):
                    gone = x[:, stage * 9] + 2 <= block
                    on[gone, stage * 9 + 1 + 2 * block] = on[gone, stage * 9 + 2 + 2 * block] = False
            columns = np.arange(45)
            out["F"] = np.column_stack([-(accuracy[columns, x] * on).sum(1), (latency[columns, x] * on).sum(1)])

    reference = HV(ref_point=np.array([-70.0, 85.0]))
    start = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    for seed in range(start, start + seeds):
        algorithm = NSGA2(
            pop_size=population,
            sampling=IntegerRandomSampling(),
            crossover=SBX(prob=0.9, eta=15, vtype=float, repair=RoundingRepair()),
            mutation=PM(prob=0.02, eta=20, vtype=float, repair=RoundingRepair()),
            eliminate_duplicates=True,
        )
        began = time.perf_counter()
        result = minimize(Ofa(), algorithm, ("n_gen", generations), seed=seed, verbose=False)
        print(time.perf_counter() - began, reference(result.F), flush=True)


main()
