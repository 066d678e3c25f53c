# A space of your own, searched on what is computed exactly: capacity against compute, within a memory budget.
param classes : int = 10 in 2..1000 "outputs of the network"
seed 1
def space pocket(width: int = 16, classes: int = 10) {
  input = image(channels = 3, size = 32)
  stem = conv(kernel = 3, out = width, stride = 2)
  repeat stage in 1..3 {
    kernel = choice(3, 5, 7)  # one kernel per stage
    repeat block in choice(1, 2, 3) {  # depth decided per stage
      choice {
        mbconv(kernel = kernel, expand = choice(2, 4), out = width * stage)
        fused(kernel = kernel, out = width * stage) if stage == 1
      }
    }
  }
  head = linear(classes)
  require params < 200k
}
space net = pocket(classes = classes)
show net, net.smallest.macs, net.largest.macs
search front = nsga2(population = 40, generations = 40) with direct()
  of maximize params, minimize macs
  where memory < 150KB
plot pareto(front) to "out/pocket.svg"
export front as csv to "out/pocket.csv"
