seed 1
def space board_net() {
  input = image(channels = 1, size = 28)
  stem = conv(kernel = 3, out = 8, stride = 2)
  k = choice(3, 5, 7)
  e = choice(2, 3, 4)
  d = choice(1, 2)
  repeat block in d { mbconv(kernel = k, expand = e, out = 16) }
  head = linear(10)
  spelling board {
    k = k
    e = e
    d = d
  }
}
space net = board_net()
objective maximize accuracy from table("board.csv", value = "top1", unit = 1%)
objective minimize macs
predictor nearest(k = 3) of accuracy
search front = nsga2(population = 8, generations = 10) with full(samples = 10, validate = 4)
