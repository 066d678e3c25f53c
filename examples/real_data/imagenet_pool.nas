# 1,819 measured networks of once-for-all's MobileNetV3 as the only ones there are: how many must be looked up to find the front?
#   nas run imagenet_pool.nas -p data=FOLDER      FOLDER holds ofa_mobilenetv3_w10_accuracy.csv.gz
param data : string = "data" "folder of the published tables"
param seeds : int = 5 in 1..20 "runs of every search"
let file = "${data}/ofa_mobilenetv3_w10_accuracy.csv.gz"
space ofa = ofa_mobilenetv3(width = 1.0)
space measured = pool(ofa, table(file, duplicates = mean))
objective maximize accuracy from table(file, value = "top1", unit = 1%, duplicates = mean)
objective minimize macs
search truth = exhaustive() over measured
search blind = random(evaluations = 400) over measured { seeds = 1..seeds }
search genetic = nsga2(population = 50) with direct() over measured
  until evaluations >= 400 { seeds = 1..seeds }

# From here on accuracy is predicted: 50 networks at the start, then rounds of 50 that the predictions choose.
predictor ridge() of accuracy
search learning = weaknas(initial = 50, evaluate = 50, rounds = 7) over measured { seeds = 1..seeds }
search rounds = nsga2(population = 50, generations = 40) with concurrent(iter = 7, evaluate = 50)
  over measured { seeds = 1..seeds }
plot convergence(blind, genetic, learning, rounds) to "out/imagenet_pool.svg"
show compare(genetic, blind), compare(learning, genetic), compare(rounds, learning)
