"""once-for-all's own tutorial (the package `ofa`): its EvolutionFinder, accuracy predictor and latency table, fed with the published
perceptron and the published Note 10 table of width 1.2. usage: ofa_finder.py DATA MILLISECONDS SEED; prints seconds, the best accuracy
in percent, its ms, and how many networks it evaluated. One thread. Needs torch, numpy, tqdm and `pip install --no-deps ofa`.
"""
import csv
import gzip
import importlib.util
import json
import os
import random
import sys
import time
import types

import numpy as np
import torch


def tutorial(name):
    """A file of ofa/tutorial alone: the package itself imports what trains on ImageNet."""
    folder = importlib.util.find_spec("ofa").submodule_search_locations[0]
    spec = importlib.util.spec_from_file_location("ofa_" + name, os.path.join(folder, "tutorial", name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


folder, bound, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
sys.modules["ofa.utils"] = types.ModuleType("ofa.utils")
sys.modules["ofa.utils"].download_url = None  # the tables come from DATA
finder, predictor, table = tutorial("evolution_finder"), tutorial("accuracy_predictor"), tutorial("latency_table")
torch.set_num_threads(1)

name = folder + "/ofa_mobilenetv3_w12_accuracy_mlp"
raw, tensors = np.fromfile(name + ".f32", dtype="<f4"), json.load(open(name + ".json"))["tensors"]
accuracy = predictor.AccuracyPredictor(pretrained=False, device="cpu")
accuracy.model.load_state_dict({key: torch.from_numpy(raw[t["offset_floats"]:][:int(np.prod(t["shape"]))].reshape(t["shape"]).copy())
                                for key, t in zip(accuracy.model.state_dict(), tensors)})



class Table(table.LatencyTable):
    def __init__(self):
        self.latency_tables = {}
        with gzip.open(folder + "/note10_lut_w12.csv.gz", "rt") as file:
            for row in csv.DictReader(file):
                estimator = self.latency_tables.setdefault(int(row["resolution"]), table.LatencyEstimator.__new__(table.LatencyEstimator))
                vars(estimator).setdefault("lut", {})[self.key(row)] = {"mean": float(row["mean_ms"])}

    @staticmethod
    def key(row):
        def shape(side):
            return "x".join(row[f"{side}_{part}"] for part in "hwc" if row[f"{side}_{part}"])

        words = [row["op"], "input:" + shape("in"), "output:" + (row["out_c"] if row["op"] == "Logits" else shape("out"))]
        if row["op"] == "expanded_conv":
            columns = {"expand": "mid", "kernel": "kernel", "stride": "stride", "idskip": "idskip", "se": "se", "hs": "hswish"}
            words += [f"{word}:{row[column]}" for word, column in columns.items()]
        return "-".join(words)


random.seed(seed)
np.random.seed(seed)
latency, evaluated = Table(), 0
predict = accuracy.predict_accuracy


def counted(nets):
    global evaluated
    evaluated += len(nets)
    return predict(nets)


accuracy.predict_accuracy = counted
search = finder.EvolutionFinder("note10", bound, latency, accuracy)
with open(os.devnull, "w") as sys.stderr:  # its bar
    began = time.perf_counter()
    _, (best, _, ms) = search.run_evolution_search()
    seconds = time.perf_counter() - began
print(f"{seconds} {100 * best} {ms} {evaluated}")
