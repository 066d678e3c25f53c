"""A super-network trained by the sandwich rule in eager PyTorch: the peer of our training.

usage: supernet_eager.py PLAN THREADS [channels_last]
PLAN: JSON of bench_training: data files, options, weight slots, the networks of every step as lists of primitive layers.
Answers each line "FIRST COUNT" on stdin, with the steps to train, by a line "seconds processor_seconds loss".
Written as the published code writes it: slices of shared weights, one network after the other, backward passes that add up.
"""
import gzip
import json
import math
import resource
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F


LAYOUT = torch.channels_last if "channels_last" in sys.argv else torch.contiguous_format


def idx(path, header):
    with (gzip.open if path.endswith(".gz") else open)(path) as file:
        return np.frombuffer(file.read(), dtype=np.uint8, offset=header)


def sliced(weight, out, into, kernel):
    margin = (weight.shape[2] - kernel) // 2
    return weight[:out, :into, margin : margin + kernel, margin : margin + kernel]


def initial(slot):
    out, into, kernel = slot["out"], 1 if slot["depthwise"] else slot["in"], slot["kernel"]
    if slot["kind"] == "conv":
        fan_out = kernel * kernel * (1 if slot["depthwise"] else out)
        entry = [torch.randn(out, into, kernel, kernel) * math.sqrt(2 / fan_out)]
    elif slot["kind"] == "linear":
        entry = [(torch.rand(out, slot["in"]) * 2 - 1) / math.sqrt(slot["in"])]
    else:
        return [torch.ones(out), torch.zeros(out)]
    return entry + ([torch.zeros(out)] if slot["bias"] else [])


def forward(layers, bank, images):
    value = []
    for layer in layers:
        x = [value[i] for i in layer["inputs"]]
        kind, out = layer["kind"], layer["out"]
        weights = bank[layer["slot"]] if layer["slot"] >= 0 else None
        if kind == "input":
            y = images
        elif kind == "conv":
            weight = sliced(weights[0], out, layer["in"] // layer["groups"], layer["kernel"])
            bias = weights[1][:out] if len(weights) > 1 else None
            y = F.conv2d(x[0], weight, bias, layer["stride"], layer["pad"], 1, layer["groups"]).contiguous(memory_format=LAYOUT)
        elif kind == "batch_norm":
            y = F.batch_norm(x[0], None, None, weights[0][:out], weights[1][:out], True, 0, layer["epsilon"])
        elif kind == "activation":
            y = {"relu": F.relu, "relu6": F.relu6, "h_swish": F.hardswish}[layer["act"]](x[0])
        elif kind == "global_avg_pool":
            y = x[0].mean((2, 3), keepdim=True)
        elif kind == "linear":
            y = F.linear(x[0].flatten(1), weights[0][:out, : layer["in"]], weights[1][:out])
        elif kind == "add":
            y = sum(x[1:], x[0])
        else:
            raise ValueError(kind)
        value.append(y)
    return value[-1].flatten(1)


def main():
    plan = json.load(open(sys.argv[1]))
    torch.set_num_threads(int(sys.argv[2]))
    torch.manual_seed(1)
    size = plan["size"]
    pixels = torch.from_numpy(idx(plan["images"], 16).reshape(-1, 1, size, size)[: plan["count"]].copy())
    labels = torch.from_numpy(idx(plan["labels"], 8)[: plan["count"]].astype(np.int64))
    table = (torch.arange(256) / 255.0 - plan["mean"]) / plan["deviation"]
    bank = [initial(slot) for slot in plan["slots"]]
    parameters = [p.requires_grad_(True) for entry in bank for p in entry]
    decayed = {"params": [p for p in parameters if p.dim() > 1], "weight_decay": plan["weight_decay"]}
    others = {"params": [p for p in parameters if p.dim() == 1], "weight_decay": 0.0}
    optimizer = torch.optim.SGD([decayed, others], lr=plan["learning_rate"], momentum=plan["momentum"], nesterov=True)
    order = torch.randperm(plan["count"])
    batch, steps = plan["batch"], plan["steps"]
    for line in sys.stdin:
        first, count = (int(word) for word in line.split())
        began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
        for step in range(first, first + count):
            rows = order[torch.arange(step * batch, (step + 1) * batch) % plan["count"]]
            images, wanted = table[pixels[rows].long()], labels[rows]
            for group in optimizer.param_groups:
                group["lr"] = 0.5 * plan["learning_rate"] * (1 + math.cos(math.pi * step / steps))
            optimizer.zero_grad(set_to_none=True)
            losses = []
            for layers in [plan["largest"], plan["smallest"]] + plan["random"][step]:
                loss = F.cross_entropy(forward(layers, bank, images), wanted, label_smoothing=plan["label_smoothing"])
                loss.backward()
                losses.append(loss.item())
            optimizer.step()
        now = resource.getrusage(resource.RUSAGE_SELF)
        processor = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
        print(time.perf_counter() - began, processor, losses[0], flush=True)


main()
