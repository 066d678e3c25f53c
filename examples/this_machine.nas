# This machine as two devices, one thread and two: every different layer of a space measured alone and its sum checked against whole
# networks, then what was learnt on one thread adapted to two with 30 measurements.
#   nas run this_machine.nas
param samples : int = 60 in 20..1000 "networks measured on one thread"
seed 1
space net = tiny_mobilenet()
device one = cpu(threads = 1)
device two = cpu(threads = 2)

# A table of layers for each. `export ... as lut` writes it for scripts that come after: lut("out/layers_one.csv", unit = 1ms).
profile layers_one = latency over net on one { samples = 20, strategy = per_operator }
profile layers_two = latency over net on two { samples = 20, strategy = per_operator }
show layers_one
show layers_two
export layers_one as lut to "out/layers_one.csv"
export layers_two as lut to "out/layers_two.csv"

# How alike are the two? A predictor of one thread, adapted to two threads.
profile base  = latency over net on one { samples = samples, strategy = adaptive }
profile probe = latency over net on two { samples = 30, strategy = adaptive }
profile test  = latency over net on two { samples = 40 }
predictor known = ridge() from base
transfer fit = oneproxy() of known from probe on two
predictor scratch = ridge() from probe
show "as it is: Spearman ${spearman(known, test)}, error ${mape(known, test)}"
show "adapted: Spearman ${spearman(fit, test)}, error ${mape(fit, test)}"
show "from scratch: Spearman ${spearman(scratch, test)}, error ${mape(scratch, test)}"
