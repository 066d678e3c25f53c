# NAS-Bench-201: all of its 15,625 cells are within reach of a search on exact counts.
seed 1
space net = nasbench201()
let resnet = net.arch("|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|")
show net, resnet.macs, resnet.params
search front = nsga2(population = 50, generations = 60) with direct()
  of maximize params, minimize macs
require front.evaluations >= 10, "too few networks were looked at"
plot pareto(front) to "out/nasbench201.svg"
export front as json to "out/nasbench201.json"
