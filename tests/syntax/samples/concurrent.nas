seed 7
space  net  = ofa_mobilenetv3(width = 1.2)
device xeon = cpu(threads = 1, batch = 1)
device phone = lut("note10_lut.csv", unit = 1ms)
objective maximize accuracy from table("accuracy.csv")
predictor ridge() of accuracy, latency@xeon
search first = nsga2(population = 50, generations = 200) with concurrent(iter = 5, evaluate = 50)
  of    maximize accuracy, minimize latency@xeon
  where latency@xeon < 25ms and macs < 600M
search second = nsga2(population = 50, generations = 200) with concurrent(iter = 2), warm_start(first.front)
  of    maximize accuracy, minimize latency@phone
plot pareto(first, second) to "out/fronts.svg"
