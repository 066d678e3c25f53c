# Once-for-all's MobileNetV3 on six GPU settings (two cards, batches of 1, 32 and 64), 5,000 measured networks each: a perceptron for each that
# learns from 4,000 of them, and what the one of `source` is worth on the others with 700 measurements: fine-tuned, from scratch, and, of a sum
# over the genes, by oneproxy. All errors are on networks that have not been learnt from.
#   nas run ofa_gpus.nas -p data=FOLDER      FOLDER holds ofa_mobilenetv3_latency.csv.gz
param data : string = "data" "folder of the published tables"
param epochs : int = 60 in 1..1000 "passes of the perceptrons over their rows"
param source : string = "titan_rtx_64" "the GPU that is transferred from"
let file = "${data}/ofa_mobilenetv3_latency.csv.gz"
seed 1
space net = ofa_mobilenetv3(resolution = 128..224 step 4)
device first = table(file, value = "lat_${source}", unit = 1ms)
profile measured = latency over net on first { samples = 4000 }
predictor known = mlp(layers = [128, 128], epochs = epochs) from measured
predictor sums = ridge() from measured
foreach name in ["titan_rtx_1", "titan_rtx_32", "titan_rtx_64", "titan_xp_1", "titan_xp_32", "titan_xp_64"] {
  device target = table(file, value = "lat_${name}", unit = 1ms)
  profile all = latency over net on target { samples = 5000 }
  profile most = latency over net on target { samples = 4000 }
  predictor own = mlp(layers = [128, 128], epochs = epochs) from most
  show "${name}: RMSE ${rmse_share(own, all)} of the mean, within 5 %: ${within(own, all, 5%)}"
  if name != source {
    profile probe = latency over net on target { samples = 700 }
    transfer tuned = finetune(epochs = epochs) of known from probe on target
    transfer alone = from_scratch() of known from probe on target
    transfer adapted = oneproxy() of sums from probe on target
    show "${name} from 700: RMSE ${rmse_share(tuned, all)} fine-tuned, ${rmse_share(alone, all)} from scratch, ${rmse_share(adapted, all)} by oneproxy"
  }
}
