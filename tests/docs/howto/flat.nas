# A plain convolutional network with a chosen width, depth and kernel.
def space flat(size: int = 28, channels: int = 1, classes: int = 10) {
  input = image(channels = channels, size = size)
  width = choice(8, 16, 24)
  stem = conv(kernel = 3, out = width, stride = 2)
  depth = choice(1, 2, 3)
  repeat block in depth {
    conv(kernel = choice(3, 5), out = width * 2, stride = if block == 1 then 2 else 1)
  }
  head = linear(classes)
  require macs > 100k
  spelling flat {
    w = width
    d = depth
    ks = block[*].kernel
  }
}

space net = flat()
let largest = net.arch(w = 24, d = 3, ks = [5, 5, 5])
require largest.params == net.largest.params
show net, largest.macs
search front = nsga2(population = 20, generations = 10) with direct()
  of maximize params, minimize macs
