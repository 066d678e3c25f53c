# NAS-Bench-201 as published tables: exact fronts of all 15,625 networks, and the best network under a latency bound.
#   nas run nasbench201_fronts.nas -p data=FOLDER      FOLDER holds nasbench201.csv.gz and nasbench201_subset18.csv.gz
param data : string = "data" "folder of the published tables"
seed 1
let file = "${data}/nasbench201.csv.gz"
let subset = "${data}/nasbench201_subset18.csv.gz"
space net = nasbench201()
foreach set in ["cifar10", "cifar100", "in16_120"] {
  foreach name in ["pixel3", "raspi4", "eyeriss", "fpga", "gold_6226", "titan_rtx_1", "titan_rtx_256"] {
    device board = table(file, value = "lat_${name}", unit = 1ms)
    objective maximize accuracy from table(file, value = "acc_${set}", unit = 1%)
    objective minimize latency@board
    search front = exhaustive() over net
    export front as csv to "out/${set}_${name}.csv"
  }
}

# A table of 1,999 of the networks, one device of which could not compile all of them: -1 stands for those.
foreach set in ["cifar10", "cifar100"] {
  foreach name in ["edgegpu", "edgetpu"] {
    device board = table(subset, value = "lat_hwnas_${name}", unit = 1ms, missing = -1)
    space known = pool(net, table(subset, value = "lat_hwnas_${name}", unit = 1ms, missing = -1))
    objective maximize accuracy from table(subset, value = "acc_${set}", unit = 1%)
    objective minimize latency@board
    search front = exhaustive() over known
    export front as csv to "out/${set}_${name}.csv"
  }
}

# The most accurate network that is fast enough.
foreach wanted in [["pixel3", 5ms], ["pixel3", 10ms], ["pixel3", 15ms], ["fpga", 4ms], ["fpga", 6ms],
    ["eyeriss", 5ms], ["raspi4", 25ms]] {
  device board = table(file, value = "lat_${wanted[1]}", unit = 1ms)
  foreach set in ["cifar10", "cifar100"] {
    objective maximize accuracy from table(file, value = "acc_${set}", unit = 1%)
    search best = exhaustive() over net
      where latency@board <= wanted[2]
    show "${set}, ${wanted[1]} within ${wanted[2]}: ${best.best}"
  }
}
