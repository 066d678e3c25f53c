"""MO-CMA-ES of DEAP on two linear surrogates over the 45 genes of OFA-MobileNetV3, numbers clipped to [0, 2] and rounded.

usage: deap_mo_cmaes.py WEIGHTS POPULATION GENERATIONS SEEDS [START]
WEIGHTS as pymoo_search.py reads them. Prints one line per seed: seconds hypervolume.
"""
import sys
import time

import numpy as np
from deap import base, cma, creator
from deap.tools._hypervolume import hv


def main():
    path, population, generations, seeds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    accuracy, latency = np.zeros((45, 3)), np.zeros((45, 3))
    for gene, option, a, b in (line.split() for line in open(path)):
        accuracy[int(gene), int(option)], latency[int(gene), int(option)] = float(a), float(b)
    columns = np.arange(45)

    def evaluate(individual):
        x = np.clip(np.rint(individual), 0, 2).astype(int)
        on = np.ones(45, dtype=bool)
        for stage in range(5):
            for block in range(2, 4):
                if x[stage * 9] + 2 <= block:
                    on[stage * 9 + 1 + 2 * block] = on[stage * 9 + 2 + 2 * block] = False
        return -(accuracy[columns, x] * on).sum(), (latency[columns, x] * on).sum()

    creator.create("Fitness", base.Fitness, weights=(-1.0, -1.0))
    creator.create("Individual", list, fitness=creator.Fitness)
    start = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    for seed in range(start, start + seeds):
        np.random.seed(seed)
        began = time.perf_counter()
        parents = [creator.Individual(x) for x in np.random.randint(0, 3, (population, 45)).astype(float)]
        for individual in parents:
            individual.fitness.values = evaluate(individual)
        strategy = cma.StrategyMultiObjective(parents, sigma=0.6, mu=population, lambda_=population)
        for _ in range(generations - 1):
            children = strategy.generate(creator.Individual)
            for individual in children:
                individual.fitness.values = evaluate(individual)
            strategy.update(children)
        seconds = time.perf_counter() - began
        points = np.array([individual.fitness.values for individual in strategy.parents])
        points = points[(points < [-70, 85]).all(axis=1)]
        print(seconds, hv.hypervolume(points, np.array([-70.0, 85.0])) if len(points) else 0.0, flush=True)


main()
