# Once-for-all's MobileNetV3 (width 1.2) on a Galaxy Note 10: accuracy from its published predictor, latency from its published table
# of layers. Best networks under four bounds, then ways to need fewer evaluations: learning in rounds or at once, a start from the
# front at one resolution, and a space without the options that the clusters of an earlier search do not use.
#   nas run ofa_phone.nas -p data=FOLDER      FOLDER holds note10_lut_w12.csv.gz and ofa_mobilenetv3_w12_accuracy_mlp.{json,f32}
param data : string = "data" "folder of the published tables"
param seeds : int = 3 in 1..20 "runs of every search"
space net = ofa_mobilenetv3(width = 1.2, resolution = [160, 176, 192, 208, 224])
space low = ofa_mobilenetv3(width = 1.2, resolution = 160)
device note10 = lut("${data}/note10_lut_w12.csv.gz", unit = 1ms)
objective maximize accuracy
  from perceptron("${data}/ofa_mobilenetv3_w12_accuracy_mlp.json", features = "ofa_128", unit = 1)
objective minimize latency@note10
foreach bound in [15ms, 20ms, 25ms, 30ms] {
  search best = ga(population = 200, generations = 250) with direct() over net
    of maximize accuracy
    where latency@note10 <= bound { seeds = 1..seeds }
  show "within ${bound}: accuracy ${max(best.best.accuracy)}"
}

# The front at 160 pixels, and the front of accuracy against operations: both by looking at every value. What follows is learnt, and
# every look at a value counts.
search at160 = nsga2(population = 100, generations = 60) with direct() over low
search by_macs = nsga2(population = 1000, generations = 40) with direct() over net
  of maximize accuracy, minimize macs
predictor ridge() of accuracy, latency@note10
search once = nsga2() with full(samples = 250, validate = 50) over net { seeds = 1..seeds }
search rounds = nsga2() with concurrent(iter = 5, evaluate = 50) over net { seeds = 1..seeds }
search warm = nsga2() with concurrent(iter = 5, evaluate = 50), warm_start(at160)
  over net { seeds = 1..seeds }
search reduced = nsga2() with concurrent(iter = 5, evaluate = 50), popdb(by_macs)
  over net { seeds = 1..seeds }
plot convergence(once, rounds, warm, reduced) to "out/ofa_phone.svg"
show compare(rounds, once), compare(warm, rounds), compare(reduced, rounds)
