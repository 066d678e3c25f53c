# Predictors that know what layers do, beside ridge regression on the choices: latency tables of a Pixel 3 (FBNet) and of a Galaxy Note 10
# (once-for-all's MobileNetV3), which are sums over blocks, and measurements of a Titan RTX with batches of 64, all from whole networks. Errors
# are root mean squares over the mean, of networks that have not been learnt from.
#   nas run kernels.nas -p data=FOLDER      FOLDER holds fbnet_lut.csv, note10_lut_w12.csv.gz, ofa_mobilenetv3_latency.csv.gz
param data : string = "data" "folder of the published tables"
param rows : int = 100 in 10..3000 "networks that are learnt from"
seed 1
space fb = fbnet()
space phone_net = ofa_mobilenetv3(width = 1.2)
space gpu_net = ofa_mobilenetv3(resolution = 128..224 step 4)
device pixel = lut("${data}/fbnet_lut.csv", value = "ms", unit = 1ms, device = "pixel3")
device phone = lut("${data}/note10_lut_w12.csv.gz", unit = 1ms)
device gpu = table("${data}/ofa_mobilenetv3_latency.csv.gz", value = "lat_titan_rtx_64", unit = 1ms)
foreach each in [[fb, pixel], [phone_net, phone], [gpu_net, gpu]] {
  profile base = latency over each[1] on each[2] { samples = rows }
  profile unseen = latency over each[1] on each[2] { samples = 1000 }
  predictor sums = ridge() from base
  predictor roof = roofline() from base
  predictor kernels = kernel() from base
  show roof, kernels
  show each[2].name, rows, rmse_share(sums, unseen), rmse_share(roof, unseen), rmse_share(kernels, unseen)
  show spearman(sums, unseen), spearman(roof, unseen), spearman(kernels, unseen)
}
