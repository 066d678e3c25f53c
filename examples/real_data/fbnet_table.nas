# FBNet's space, 9^22 networks, on four devices of HW-NAS-Bench: their table of operators gives the latency of every network. The most
# operations within bounds of latency, and the front of both.
#   nas run fbnet_table.nas -p data=FOLDER      FOLDER holds fbnet_lut.csv
param data : string = "data" "folder of the published tables"
seed 1
space net = fbnet()
foreach name in ["pixel3", "raspi4", "fpga", "eyeriss"] {
  device board = lut("${data}/fbnet_lut.csv", value = "ms", unit = 1ms, device = name)
  search front = nsga2(population = 100, generations = 100)
    of maximize macs, minimize latency@board
  export front as csv to "out/fbnet_${name}.csv"
}
device pixel3 = lut("${data}/fbnet_lut.csv", value = "ms", unit = 1ms, device = "pixel3")
foreach bound in [8ms, 12ms, 16ms] {
  search best = ga(population = 200, generations = 150)
    of maximize macs
    where latency@pixel3 <= bound
  show "pixel3 within ${bound}: ${best.best.macs} operations in ${best.best.latency}"
}
