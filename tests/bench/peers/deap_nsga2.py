"""NSGA-II of DEAP on two linear surrogates over the 45 genes of OFA-MobileNetV3.

usage: deap_nsga2.py WEIGHTS POPULATION GENERATIONS SEEDS [START]
WEIGHTS as pymoo_search.py reads them. Prints one line per seed: seconds hypervolume. Operators of DEAP for whole numbers: uniform crossover
(0.9, every gene with 0.5), every gene drawn anew with 1/45; its fastest sort (nd="log"); one array of objectives a generation.
"""
import random
import sys
import time

import numpy as np
from deap import base, creator, tools
from deap.tools._hypervolume import hv


def main():
    path, population, generations, seeds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    accuracy, latency = np.zeros((45, 3)), np.zeros((45, 3))
    for gene, option, a, b in (line.split() for line in open(path)):
        accuracy[int(gene), int(option)], latency[int(gene), int(option)] = float(a), float(b)
    columns = np.arange(45)

    def evaluate(individuals):
        x = np.array(individuals)
        on = np.ones_like(x, dtype=bool)
        for stage in range(5):
            for block in range(2, 4):
                gone = x[:, stage * 9] + 2 <= block
                on[gone, stage * 9 + 1 + 2 * block] = on[gone, stage * 9 + 2 + 2 * block] = False
        values = np.column_stack([-(accuracy[columns, x] * on).sum(1), (latency[columns, x] * on).sum(1)])
        for individual, row in zip(individuals, values):
            individual.fitness.values = tuple(row)

    creator.create("Fitness", base.Fitness, weights=(-1.0, -1.0))
    creator.create("Individual", list, fitness=creator.Fitness)
    toolbox = base.Toolbox()
    start = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    for seed in range(start, start + seeds):
        random.seed(seed)
        began = time.perf_counter()
        parents = [creator.Individual(random.choices((0, 1, 2), k=45)) for _ in range(population)]
        evaluate(parents)
        parents = tools.selNSGA2(parents, population, nd="log")
        for _ in range(generations - 1):
            chosen = tools.selTournamentDCD(parents, population // 4 * 4) + random.sample(parents, population % 4)
            children = [toolbox.clone(parent) for parent in chosen]
            for a, b in zip(children[::2], children[1::2]):
                if random.random() < 0.9:
                    tools.cxUniform(a, b, 0.5)
                tools.mutUniformInt(a, 0, 2, 1 / 45)
                tools.mutUniformInt(b, 0, 2, 1 / 45)
            evaluate(children)
            parents = tools.selNSGA2(parents + children, population, nd="log")
        seconds = time.perf_counter() - began
        points = np.array([individual.fitness.values for individual in parents])
        points = points[(points < [-70, 85]).all(axis=1)]
        print(seconds, hv.hypervolume(points, np.array([-70.0, 85.0])) if len(points) else 0.0, flush=True)


main()
