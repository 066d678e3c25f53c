# Predictors on NAS-Bench-201 beside one another: what each makes of the same few networks, by Kendall's tau on all the others, for an accuracy
# and for the latency of a device.
#   nas run predictors.nas -p data=FOLDER -p samples=500 --seed 2      FOLDER holds nasbench201.csv.gz
param data : string = "data" "folder of the published tables"
param classes : string = "cifar10" "which accuracy: cifar10, cifar100, in16_120"
param board : string = "pixel3" "which device's latency"
param samples : int = 200 in 20..10000 "networks that are learnt from"
let file = "${data}/nasbench201.csv.gz"
space nb = nasbench201()
device phone = table(file, value = "lat_${board}", unit = 1ms)
objective maximize accuracy from table(file, value = "acc_${classes}", unit = 1%)
profile few_acc = accuracy over nb { samples = samples }
profile all_acc = accuracy over nb { samples = 15625 }
profile few_ms = latency over nb on phone { samples = samples }
profile all_ms = latency over nb on phone { samples = 15625 }
foreach pass in [[few_acc, all_acc], [few_ms, all_ms]] {
  let few = pass[1]
  let all = pass[2]
  predictor sums = ridge(alpha = 1) from few
  predictor vectors = svr() from few
  predictor near = knn() from few
  predictor forest = random_forest() from few
  predictor boosted = gbdt() from few
  predictor neural = mlp() from few
  predictor process = gp() from few
  predictor best = auto() from few
  show "${few.name}: ridge ${kendall(sums, all)}, svr ${kendall(vectors, all)}, knn ${kendall(near, all)}, random_forest ${kendall(forest, all)}, gbdt ${kendall(boosted, all)}, mlp ${kendall(neural, all)}, gp ${kendall(process, all)}; auto ${kendall(best, all)}"
  show best
}
