"""Accuracy and Note 10 latency of OFA-MobileNetV3 of width 1.2 in numpy, from the published perceptron and the published table of layers.

A network is 46 indices: 20 kernels of (3, 5, 7), 20 expansions of (3, 4, 6), 5 depths of (2, 3, 4), a resolution of 160, 176, .., 224.
usage: ofa_note10.py DATA NETWORKS; prints how many networks the file has and how far these values lie from its columns predicted_acc
(a share) and note10_lut_ms at most, one network at a time and all at once (two pairs).
"""
import csv
import gzip
import json
import sys

import numpy as np

KERNELS, EXPANSIONS, DEPTHS, RESOLUTIONS = (3, 5, 7), (3, 4, 6), (2, 3, 4), (160, 176, 192, 208, 224)
OPTIONS = np.array([3] * 45 + [5])
FIRST, WIDTHS, STRIDES = 24, (32, 48, 96, 136, 192), (2, 2, 2, 1, 2)


class Ofa:
    def __init__(self, folder):
        name = folder + "/ofa_mobilenetv3_w12_accuracy_mlp"
        raw, tensors = np.fromfile(name + ".f32", dtype="<f4"), json.load(open(name + ".json"))["tensors"]
        parts = [raw[t["offset_floats"]:][:int(np.prod(t["shape"]))].reshape(t["shape"]) for t in tensors]
        self.layers = [(np.ascontiguousarray(weight.T), bias) for weight, bias in zip(parts[0::2], parts[1::2])]
        self.fixed, self.blocks = np.zeros(5), {}
        with gzip.open(folder + "/note10_lut_w12.csv.gz", "rt") as file:
            for row in csv.DictReader(file):
                resolution, mean = int(row["resolution"]), float(row["mean_ms"])
                key = tuple(int(row[part] or 0) for part in ("in_h", "in_c", "out_c", "mid", "kernel", "stride"))
                if row["op"] == "expanded_conv" and key[3] > FIRST:
                    self.blocks[resolution, key] = mean
                elif resolution in RESOLUTIONS:
                    self.fixed[RESOLUTIONS.index(resolution)] += mean
        # The same as arrays: resolution, block, expansion, kernel.
        self.table = np.array([[[[self.blocks[self.key(r, block, e, k)] for k in range(3)] for e in range(3)] for block in range(20)] for r in range(5)])

    def key(self, resolution, block, expansion, kernel):
        size = (RESOLUTIONS[resolution] + 1) // 2
        for stride in STRIDES[:block // 4 + (block % 4 > 0)]:
            size = (size - 1) // stride + 1
        stage = block // 4
        inward = WIDTHS[stage] if block % 4 else (FIRST, *WIDTHS)[stage]
        return RESOLUTIONS[resolution], (size, inward, WIDTHS[stage], inward * EXPANSIONS[expansion], KERNELS[kernel], 1 if block % 4 else STRIDES[stage])

    def perceptron(self, x):
        for weight, bias in self.layers[:-1]:
            x = np.maximum(x @ weight + bias, 0)
        weight, bias = self.layers[-1]
        return (x @ weight + bias)[:, 0]

    def one(self, net):
        """Accuracy as a share and ms of one network, block by block."""
        resolution, features, ms = int(net[45]), np.zeros((1, 128), dtype=np.float32), self.fixed[net[45]]
        for block in range(20):
            if block % 4 < DEPTHS[net[40 + block // 4]]:
                features[0, 3 * block + net[block]] = features[0, 60 + 3 * block + net[20 + block]] = 1
                ms += self.blocks[self.key(resolution, block, net[20 + block], net[block])]
        features[0, 120 + (RESOLUTIONS[resolution] - 112) // 16] = 1
        return float(self.perceptron(features)[0]), ms

    def active(self, nets):
        """Which of the 20 blocks each network has."""
        return np.tile(np.arange(4), 5) < np.repeat(nets[:, 40:45], 4, axis=1) + 2

    def many(self, nets):
        """The same of all rows at once."""
        rows, on, blocks = np.arange(len(nets))[:, None], self.active(nets), np.arange(20)
        features = np.zeros((len(nets), 128), dtype=np.float32)
        features[rows, 3 * blocks + nets[:, :20]] = on
        features[rows, 60 + 3 * blocks + nets[:, 20:40]] = on
        features[rows[:, 0], 123 + nets[:, 45]] = 1
        ms = (self.table[nets[:, 45:46], blocks, nets[:, 20:40], nets[:, :20]] * on).sum(1) + self.fixed[nets[:, 45]]
        return self.perceptron(features).astype(float), ms

    def distinct(self, nets):
        """One key for every network, whatever stands in blocks that it does not have."""
        on = self.active(nets)
        masked = nets.copy()
        masked[:, :40] = np.where(np.tile(on, 2), nets[:, :40], 3)
        return [row.tobytes() for row in masked.astype(np.int8)]


def options(text, values):
    """Indices of values; of blocks that the network lacks, which may stand as a blank or 0, the first."""
    return [values.index(int(part)) if part in map(str, values) else 0 for part in text.split(" ")]


def read(path):
    with open(path) as file:
        rows = list(csv.DictReader(file))
    nets = [options(r["ks"], KERNELS) + options(r["e"], EXPANSIONS) + options(r["d"], DEPTHS) + options(r["resolution"], RESOLUTIONS) for r in rows]
    return np.array(nets), np.array([[float(r["predicted_acc"]), float(r["note10_lut_ms"])] for r in rows])


if __name__ == "__main__":
    ofa, (nets, values) = Ofa(sys.argv[1]), read(sys.argv[2])
    alone, together = np.array([ofa.one(net) for net in nets]), np.column_stack(ofa.many(nets))
    print(len(nets), *np.abs(alone - values).max(0), *np.abs(together - values).max(0))
