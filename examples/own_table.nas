# Values from a table of your own. The numbers in data/board.csv are made up; the spelling finds each network's row.
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
device board = table("data/board.csv", value = "latency_ms", unit = 1ms)
objective maximize accuracy from table("data/board.csv", value = "top1", unit = 1%)
objective minimize latency@board
search front = random(evaluations = 18) with direct()
plot pareto(front) to "out/board.svg"
export front as csv to "out/board.csv"
