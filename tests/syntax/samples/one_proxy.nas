import "devices/hwnasbench.nas" as hw
param monotone : float = 0.9 in 0.0..1.0 "rank correlation at which the proxy is good enough"
space nb = nasbench201()
profile base = latency over nb on hw.pixel3 { samples = 900 }
predictor lin = linear() of latency@hw.pixel3 from base
foreach target in [hw.raspi4, hw.edgegpu, hw.fpga, hw.eyeriss] {
  profile probe = latency over nb on target { samples = 60 }
  when spearman(lin, probe) >= monotone { transfer fit = reuse(lin) on target }
  otherwise                             { transfer fit = oneproxy() of lin from probe on target }
  search front = evolution(population = 100, generations = 60) using fit
    of maximize accuracy, minimize latency@target
  plot pareto(front, nb.true_front(target)) to "out/${target.name}.svg"
}
plot heatmap(spearman(hw.all)) to "out/monotonicity.svg"
