seed 1
space net = tiny_mobilenet()
search best = climb(steps = 50) with direct()
  of maximize params
  where macs < 3M
