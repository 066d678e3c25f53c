# One proxy device on FBNet's space: the latencies of a Pixel 3 serve seven other devices with a few measurements there. Where the Pixel orders
# networks as a device does, its predictor is reused, else adapted; the front of operations against latency among the 5,000 measured networks is
# then searched with what serves, its networks are measured, and it is compared with the true one.
#   nas run fbnet_proxy.nas -p data=FOLDER      FOLDER holds fbnet_latency.csv.gz
param data : string = "data" "folder of the published tables"
param monotone : float = 0.9 in 0.0..1.0 "rank correlation at which the proxy is good enough"
let file = "${data}/fbnet_latency.csv.gz"
let targets = ["raspi4", "fpga", "eyeriss", "gold_6226", "titan_rtx_64", "titan_rtx_1", "samsung_s7"]
let probes = [60, 50, 40, 100, 100, 100, 100]
seed 1
space net = fbnet()
space known = pool(net, table(file, value = "lat_pixel3", unit = 1ms))
device pixel3 = table(file, value = "lat_pixel3", unit = 1ms)
profile base = latency over net on pixel3 { samples = 5000 }
predictor proxy = ridge() from base
foreach k in 1..7 {
  device target = table(file, value = "lat_${targets[k]}", unit = 1ms)
  profile probe = latency over net on target { samples = probes[k] }
  profile all = latency over net on target { samples = 5000 }
  transfer alone = from_scratch() of proxy from probe on target
  when spearman(proxy, probe) >= monotone { transfer fit = reuse(proxy) on target }
  otherwise { transfer fit = oneproxy() of proxy from probe on target }
  search front = nsga2(population = 100, generations = 100) with full(samples = 0, validate = 60)
    over known using fit
    of maximize macs, minimize latency@target
  search truth = exhaustive() over known
    of maximize macs, minimize latency@target
  show "${targets[k]}: Spearman ${spearman(base, all)} of the Pixel, ${spearman(fit, all)} of what serves, ${spearman(alone, all)} from scratch; coverage ${coverage(front, truth, [5%, 5%])}"
}
