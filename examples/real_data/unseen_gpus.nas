# A device like none of those measured before: a predictor over five of once-for-all's six GPU settings is told what the sixth is like by a few
# reference networks, and stands beside ridge regression on these alone and beside one of the five as it is.
#   nas run unseen_gpus.nas -p data=FOLDER      FOLDER holds ofa_mobilenetv3_latency.csv.gz
param data : string = "data" "folder of the published tables"
param references : int = 20 in 10..1000 "networks measured on the sixth"
let file = "${data}/ofa_mobilenetv3_latency.csv.gz"
seed 1
space net = ofa_mobilenetv3(resolution = 128..224 step 4)
device rtx_1 = table(file, value = "lat_titan_rtx_1", unit = 1ms)
device rtx_32 = table(file, value = "lat_titan_rtx_32", unit = 1ms)
device rtx_64 = table(file, value = "lat_titan_rtx_64", unit = 1ms)
device xp_1 = table(file, value = "lat_titan_xp_1", unit = 1ms)
device xp_32 = table(file, value = "lat_titan_xp_32", unit = 1ms)
device xp_64 = table(file, value = "lat_titan_xp_64", unit = 1ms)
let gpus = [rtx_1, rtx_32, rtx_64, xp_1, xp_32, xp_64]
profile all = latency over net on gpus { samples = 5000 }
foreach k in 1..6 {
  let next = all[k % 6 + 1]
  profile probe = latency over net on gpus[k] { samples = references, like = next }
  transfer fit = hardware_features(next, all[(k + 1) % 6 + 1], all[(k + 2) % 6 + 1], all[(k + 3) % 6 + 1],
      all[(k + 4) % 6 + 1]) from probe on gpus[k]
  predictor alone = ridge() from probe
  show "${gpus[k].name}: Spearman ${spearman(fit, all[k])}, ${spearman(alone, all[k])} from scratch, ${spearman(next, all[k])} of ${gpus[k % 6 + 1].name}; RMSE ${rmse_share(fit, all[k])}, ${rmse_share(alone, all[k])} from scratch"
}
