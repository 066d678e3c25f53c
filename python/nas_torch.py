"""Networks that `export ... as torch` wrote, as PyTorch modules.

    import nas_torch
    net = nas_torch.load("out/best.pt")      # an nn.Module in eval mode
    logits = net(nas_torch.normalised(net, pixels))  # pixels: uint8, N x channels x height x width

The module has one child per layer (`net.layers[i]`), so it can be trained on, pruned or quantised as any other. Needs PyTorch 1.8 or
newer and nothing else; the file itself is a plain torch.save file.
"""

import json

import torch
from torch import nn
from torch.nn import functional

__all__ = ["Network", "load", "normalised"]

_ACTIVATIONS = {
    "none": lambda x: x,
    "relu": functional.relu,
    "relu6": functional.relu6,
    "h_swish": functional.hardswish,
    "h_sigmoid": functional.hardsigmoid,
    "swish": functional.silu,
    "sigmoid": torch.sigmoid,
    "gelu": functional.gelu,
    "tanh": torch.tanh,
}


def _module(layer):
    """The child of a layer: the one with its weights, else an empty one."""
    kind, inner, outer = layer["kind"], layer["in"][0], layer["out"][0]
    if kind == "conv":
        pad, kernel = layer["pad"], layer["kernel"]
        dilation = pad // (kernel // 2) if kernel > 1 and pad > 0 else 1
        return nn.Conv2d(inner, outer, kernel, layer["stride"], max(pad, 0), dilation, layer["groups"], bias=layer["bias"])
    if kind == "linear":
        return nn.Linear(inner * layer["in"][1] * layer["in"][2], outer, bias=layer["bias"])
    if kind == "batch_norm":
        return nn.BatchNorm2d(outer, eps=layer["epsilon"])
    return nn.Identity()


class Network(nn.Module):
    """A network as its file describes it. Input: float32, N x channels x height x width; output: N x classes."""

    def __init__(self, description):
        super().__init__()
        if description.get("format") != 1:
            raise ValueError("written by a newer version of nas: format %r" % description.get("format"))
        self.description = description
        self.layers = nn.ModuleList(_module(layer) for layer in description["layers"])

    def forward(self, images):
        layers = self.description["layers"]
        left = [0] * len(layers)
        for layer in layers:
            for i in layer["inputs"]:
                left[i] += 1
        values = [None] * len(layers)
        for i, (layer, child) in enumerate(zip(layers, self.layers)):
            values[i] = self._value(layer, child, [values[j] for j in layer["inputs"]], images)
            for j in layer["inputs"]:
                left[j] -= 1
                if left[j] == 0:
                    values[j] = None
        return values[-1].flatten(1)

    @staticmethod
    def _value(layer, child, x, images):
        kind = layer["kind"]
        if kind == "input":
            return images
        if kind == "conv":
            skipped = max(-layer["pad"], 0)
            return child(x[0][:, :, skipped:, skipped:])
        if kind == "linear":
            return child(x[0].flatten(1))[:, :, None, None]
        if kind == "batch_norm":
            return child(x[0])
        if kind == "activation":
            return _ACTIVATIONS[layer["act"]](x[0])
        window = (layer["kernel"], layer["stride"], layer["pad"])
        if kind == "max_pool":
            return functional.max_pool2d(x[0], *window, ceil_mode=layer["partial_window"])
        if kind == "avg_pool":
            return functional.avg_pool2d(x[0], *window, ceil_mode=layer["partial_window"], count_include_pad=False)
        if kind == "global_avg_pool":
            return x[0].mean((2, 3), keepdim=True)
        if kind == "add":
            return sum(x[1:], x[0])
        if kind == "multiply":
            product = x[0]
            for other in x[1:]:
                product = product * other
            return product
        if kind == "concat":
            return torch.cat(x, 1)
        if kind == "zero":
            return images.new_zeros((images.shape[0], *layer["out"]))
        raise ValueError("this version has no layer %s (%s)" % (kind, layer["path"]))


def load(path):
    """The module in a file of `export ... as torch`, in eval mode, on the CPU."""
    file = torch.load(path, map_location="cpu")
    if not isinstance(file, dict) or not {"network", "state_dict"} <= file.keys():
        raise ValueError("%s was not written by `export ... as torch`" % path)
    network = Network(json.loads(file["network"]))
    missing, unexpected = network.load_state_dict(file["state_dict"], strict=False)
    missing = [name for name in missing if not name.endswith("num_batches_tracked")]
    if missing or unexpected:
        raise ValueError("%s is damaged: missing %s, unexpected %s" % (path, missing, unexpected))
    return network.eval()


def normalised(network, pixels):
    """Bytes of images (uint8, N x channels x height x width) as the inputs that the network was trained on."""
    description = network.description
    return (pixels.float() / 255 - description["image_mean"]) / description["image_deviation"]
