param c : int = 4 in 1..8 "concatenation nodes per cell, one per device"
seed 42
device quad = multi(sim("k80"), sim("k80"), sim("k80"), sim("k80"), link = "pcie3")
dataset train = cifar10("data/cifar-10-batches-bin")
space  colocnas(c, blocks = 4, cells = 8)
profile lut = latency over colocnas on quad { samples = 10000, placement = expert }
predictor fast = knn(k = 5, distance = graph_edit) of latency@quad from lut
search found = darts(order = 2, epochs = 50, relax = gumbel) using fast
  of   maximize accuracy, minimize latency@quad
  with latency_loss(weight = 0.2)
place  placed = reinforce(episodes = 300) of found.best on quad
train  final  = from_scratch(epochs = 600) of placed.arch using train
require placed.latency < found.best.latency, "placement made it slower"
plot   timeline(placed) to "out/placement.svg"
export placed.arch as onnx to "out/model.onnx"
