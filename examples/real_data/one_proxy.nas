# One-Proxy's algorithm on NAS-Bench-201: latencies of one phone serve other devices. Where a few measurements show that a device orders
# networks as the phone does, the phone's predictor is reused; else it is adapted to them. The search asks the predictor only; what it
# finds is then measured, and the front holds measured networks.
#   nas run one_proxy.nas -p data=FOLDER      FOLDER holds nasbench201.csv.gz
param data : string = "data" "folder of the published tables"
param monotone : float = 0.9 in 0.0..1.0 "rank correlation at which the proxy is good enough"
param probes : int = 60 in 10..1000 "networks measured on every other device"
let file = "${data}/nasbench201.csv.gz"
seed 1
space nb = nasbench201()
device pixel3 = table(file, value = "lat_pixel3", unit = 1ms)
objective maximize accuracy from table(file, value = "acc_cifar10", unit = 1%)
profile base = latency over nb on pixel3 { samples = 900 }
predictor proxy = linear() of latency@pixel3 from base
foreach name in ["raspi4", "eyeriss", "fpga", "gold_6226", "titan_rtx_1", "titan_rtx_256"] {
  device target = table(file, value = "lat_${name}", unit = 1ms)
  profile probe = latency over nb on target { samples = probes }
  when spearman(proxy, probe) >= monotone { transfer fit = reuse(proxy) on target }
  otherwise { transfer fit = oneproxy() of proxy from probe on target }
  search front = nsga2(population = 100, generations = 60) with full(samples = 0, validate = 60)
    using fit
    of maximize accuracy, minimize latency@target
  search known = exhaustive() of maximize accuracy, minimize latency@target
  profile all = latency over nb on target { samples = 15625 }
  show "${name}: Spearman ${spearman(proxy, all)} of the proxy, ${spearman(fit, all)} of what serves; coverage ${coverage(front, known, [0.2%, 5%])}"
}
