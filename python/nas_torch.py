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
        return nn.Linear(inner, outer, bias=layer["bias"])
    if kind == "batch_norm":
        return nn.BatchNorm2d(outer, eps=layer["epsilon"])
    if kind == "layer_norm":
        return nn.LayerNorm(outer, eps=layer["epsilon"])
    if kind == "learned":
        return nn.Embedding(layer["kernel"], outer)
    return nn.Identity()


def _tokens(x):
    """N x channels x height x width as N x tokens x channels; between layers a sequence is an image of width 1."""
    return x.flatten(2).transpose(1, 2)


def _sequence(tokens):
    """The other way."""
    return tokens.transpose(1, 2).unsqueeze(3)


def _attention(layer, query, key, value):
    """Scaled dot products of each head (Vaswani et al. 2017, equation 1); N x tokens x channels each."""
    query, key, value = (x.unflatten(2, (layer["heads"], -1)).transpose(1, 2) for x in (query, key, value))
    scores = query @ key.transpose(2, 3) / query.shape[3] ** 0.5
    if layer["causal"]:
        scores = scores.masked_fill(torch.ones_like(scores[0, 0], dtype=torch.bool).triu(1), -torch.inf)
    return (scores.softmax(3) @ value).transpose(1, 2).flatten(2)


class Network(nn.Module):
    """A network as its file describes it. Input: float32, N x channels x height x width; output: N x classes, or, of a network that
    ends in a sequence, N x tokens x channels."""

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
        _, height, width = layers[-1]["out"]
        return _tokens(values[-1]) if height > 1 and width == 1 else values[-1].flatten(1)

    @staticmethod
    def _value(layer, child, x, images):
        kind = layer["kind"]
        if kind == "input":
            return images
        if kind == "conv":
            skipped = max(-layer["pad"], 0)
            return child(x[0][:, :, skipped:, skipped:])
        if kind in ("linear", "layer_norm"):
            return child(x[0].movedim(1, 3)).movedim(3, 1)
        if kind == "batch_norm":
            return child(x[0])
        if kind == "attention":
            return _sequence(_attention(layer, *map(_tokens, x)))
        if kind == "learned":
            rows = torch.arange(layer["out"][1], device=images.device)
            return _sequence(child(rows).expand(images.shape[0], -1, -1))
        if kind == "first_rows":
            return x[0][:, :, : layer["out"][1]]
        if kind == "flatten":
            return _sequence(_tokens(x[0]))
        if kind == "concat_length":
            return torch.cat(x, 2)
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
