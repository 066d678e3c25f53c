# How close do a thousand look-ups come to NAS-Bench-201's true fronts? Ten seeds of NSGA-II, random search beside it.
#   nas run nasbench201_search.nas -p data=FOLDER      FOLDER holds nasbench201.csv.gz
param data : string = "data" "folder of the published tables"
param queries : int = 1000 in 10..15625 "networks that a search may look up"
let file = "${data}/nasbench201.csv.gz"
space net = nasbench201()
foreach pair in [["cifar10", "pixel3"], ["cifar100", "pixel3"], ["cifar10", "fpga"], ["cifar100", "fpga"],
    ["cifar10", "titan_rtx_1"]] {
  device board = table(file, value = "lat_${pair[2]}", unit = 1ms)
  objective maximize accuracy from table(file, value = "acc_${pair[1]}", unit = 1%)
  objective minimize latency@board
  search genetic = nsga2(population = 30, crossover_share = 0.4)
    until evaluations >= queries { seeds = 1..10 }
  search blind = random(evaluations = queries) { seeds = 1..10 }
  show compare(genetic, blind)
}
