"""NSGA-II, R-NSGA-II and AGE-MOEA of pymoo on two linear surrogates over the 45 genes of OFA-MobileNetV3.

usage: pymoo_search.py ALGORITHM WEIGHTS POPULATION GENERATIONS SEEDS [START]
WEIGHTS: one row per gene and option, "gene option accuracy latency", written by bench_search.
ALGORITHM nsga2_rows: NSGA-II with one call of scikit-learn's predict for every network and objective, as DyNAS-T makes them.
Prints one line per seed: seconds hypervolume, or for rnsga2 seconds and the mean normalised distance of the ten different rows nearest to its point. Operators as DyNAS-T sets them (SBX .9 eta 15, PM .02 eta 20, rounding repair).
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
    name, path, population, generations, seeds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
    rows = [line.split() for line in open(path)]
    accuracy, latency = np.zeros((45, 3)), np.zeros((45, 3))
    for gene, option, a, b in rows:
        accuracy[int(gene), int(option)], latency[int(gene), int(option)] = float(a), float(b)

    predictors = []
    if name == "nsga2_rows":
        from sklearn.linear_model import LinearRegression

        for weights in (-accuracy, latency):
            model = LinearRegression()
            model.coef_, model.intercept_ = weights.ravel(), 0.0
            predictors.append(model)

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
            if predictors:
                features = ((x[:, :, None] == np.arange(3)) & on[:, :, None]).reshape(len(x), -1).astype(float)
                out["F"] = np.array([[model.predict(row.reshape(1, -1))[0] for model in predictors] for row in features])
                return
            columns = np.arange(45)
            out["F"] = np.column_stack([-(accuracy[columns, x] * on).sum(1), (latency[columns, x] * on).sum(1)])

    reference = HV(ref_point=np.array([-70.0, 85.0]))
    start = int(sys.argv[6]) if len(sys.argv) > 6 else 1
    wish = np.array([-85.0, 30.0])
    for seed in range(start, start + seeds):
        operators = dict(
            pop_size=population,
            sampling=IntegerRandomSampling(),
            crossover=SBX(prob=0.9, eta=15, vtype=float, repair=RoundingRepair()),
            mutation=PM(prob=0.02, eta=20, vtype=float, repair=RoundingRepair()),
            eliminate_duplicates=True,
        )
        # Only what is asked for is imported: AGE-MOEA needs numba.
        if name == "rnsga2":
            from pymoo.algorithms.moo.rnsga2 import RNSGA2

            algorithm = RNSGA2(ref_points=wish[None, :], epsilon=0.01, **operators)
        elif name == "age_moea":
            from pymoo.algorithms.moo.age import AGEMOEA

            # numba compiles on first use; that is not part of the search.
            minimize(Ofa(), AGEMOEA(**{**operators, "pop_size": 20}), ("n_gen", 3), seed=seed, verbose=False)
            algorithm = AGEMOEA(**operators)
        else:
            algorithm = NSGA2(**operators)
        began = time.perf_counter()
        result = minimize(Ofa(), algorithm, ("n_gen", generations), seed=seed, verbose=False)
        seconds = time.perf_counter() - began
        if name == "rnsga2":
            # The same scale for every program: the front's lengths, 40 points of accuracy and 38 ms.
            rows = np.unique(np.round(result.pop.get("F"), 9), axis=0)
            quality = np.sort(np.hypot(*((rows - wish) / np.array([40.0, 38.0])).T))[:10].mean()
        else:
            quality = reference(result.F)
        print(seconds, quality, flush=True)


main()
