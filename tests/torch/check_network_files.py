"""Runs exported networks in PyTorch and in ONNX Runtime; driven by network_files_test.cpp.

check_network_files.py FOLDER images IMAGES LABELS FIRST COUNT LOSS   the mean cross entropy of net.pt and net.onnx is LOSS
check_network_files.py FOLDER compare                                 NAME.pt and NAME.onnx give the same outputs
check_network_files.py FOLDER step IMAGES LABELS COUNT RATE            after.pt is before.pt after one step down PyTorch's gradient
check_network_files.py FOLDER load FILE                               what the loader says
"""

import pathlib
import struct
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "python"))
import nas_torch  # noqa: E402

try:
    import onnx
    import onnxruntime
except ImportError:
    onnx = None


def idx(path):
    content = pathlib.Path(path).read_bytes()
    dimensions = content[3]
    sides = struct.unpack(">" + "I" * dimensions, content[4 : 4 + 4 * dimensions])
    return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(sides)


def onnx_outputs(path, inputs):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    assert [o.version for o in model.opset_import] == [17], model.opset_import
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return session.run(["logits"], {"images": inputs.numpy()})[0], {p.key: p.value for p in model.metadata_props}


def images(folder, pixels, labels, first, count, loss):
    network = nas_torch.load(folder / "net.pt")
    pixels = torch.from_numpy(idx(pixels)[first : first + count].copy())[:, None]
    labels = torch.from_numpy(idx(labels)[first : first + count].astype(np.int64))
    inputs = nas_torch.normalised(network, pixels)

    def verdict(logits):
        found = torch.nn.functional.cross_entropy(torch.as_tensor(logits), labels).item()
        return "same loss" if abs(found - loss) <= 1e-5 * max(1, abs(loss)) else "loss %r, not %r" % (found, loss)

    with torch.no_grad():
        mine = network(inputs)
    print("torch:", verdict(mine))
    if onnx is None:
        print("onnx: no ONNX Runtime here")
        return
    theirs, facts = onnx_outputs(folder / "net.onnx", inputs)
    assert abs(float(facts.pop("image_mean")) - network.description["image_mean"]) < 1e-6
    assert abs(float(facts.pop("image_deviation")) - network.description["image_deviation"]) < 1e-6
    worst = float(np.abs(theirs - mine.numpy()).max())
    assert worst <= 1e-4, worst
    print("onnx: clean, %s, facts %s" % (verdict(theirs), " ".join(sorted(facts))))


def compare(folder):
    if onnx is None:
        print("no ONNX Runtime here")
        return
    count = 0
    for path in sorted(folder.glob("*.onnx")):
        network = nas_torch.load(path.with_suffix(".pt"))
        torch.manual_seed(1)
        inputs = torch.randn(2, *network.description["layers"][0]["out"])
        with torch.no_grad():
            mine = network(inputs).numpy()
        theirs, _ = onnx_outputs(path, inputs)
        worst, size = float(np.abs(theirs - mine).max()), float(np.abs(mine).max())
        if mine.shape != theirs.shape or not worst <= 1e-4 * max(1.0, size) or size < 1e-3:
            print("%s: %g apart at a size of %g" % (path.stem, worst, size))
        count += 1
    print("%d networks: same outputs" % count)


def step(folder, pixels, labels, count, rate):
    before, after = (nas_torch.load(folder / name) for name in ("before.pt", "after.pt"))
    inputs = nas_torch.normalised(before, torch.from_numpy(idx(pixels)[:count].copy())[:, None])
    wanted = torch.from_numpy(idx(labels)[:count].astype(np.int64))
    torch.nn.functional.cross_entropy(before.train()(inputs), wanted).backward()
    parameters = dict(after.named_parameters())
    gradients = {name: torch.zeros_like(p) if p.grad is None else p.grad for name, p in before.named_parameters()}
    largest = max(g.abs().max().item() for g in gradients.values())
    apart = {}
    for name, p in before.named_parameters():
        walked = (p.detach() - parameters[name].detach()) / rate
        apart[name] = (walked - gradients[name]).abs().max().item() / largest
    # A value that lies on the other side of a kink (relu6, a pool's tie) by rounding moves a gradient by a thousandth or two.
    worst = max(apart, key=apart.get)
    print("%d gradients, %s" % (len(apart), "equal" if apart[worst] <= 1e-2 else "%s %g apart" % (worst, apart[worst])))


def main():
    folder, what = pathlib.Path(sys.argv[1]), sys.argv[2]
    if what == "images":
        images(folder, sys.argv[3], sys.argv[4], int(sys.argv[5]), int(sys.argv[6]), float(sys.argv[7]))
    elif what == "step":
        step(folder, sys.argv[3], sys.argv[4], int(sys.argv[5]), float(sys.argv[6]))
    elif what == "compare":
        compare(folder)
    else:
        try:
            facts = nas_torch.load(folder / sys.argv[3]).description["facts"]
            print(facts["space"], facts["architecture"])
        except ValueError as error:
            print(error)


main()
