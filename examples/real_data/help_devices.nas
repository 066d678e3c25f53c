# HELP's split of NAS-Bench-201's devices: a predictor over eleven of them, 900 networks each, knows six others by ten reference networks.
#   nas run help_devices.nas -p data=FOLDER      FOLDER holds nasbench201.csv.gz
param data : string = "data" "folder of the published tables"
param references : int = 10 in 3..900 "networks measured on a new device"
let file = "${data}/nasbench201.csv.gz"
seed 1
space nb = nasbench201()
device gtx_1 = table(file, value = "lat_1080ti_1", unit = 1ms)
device gtx_32 = table(file, value = "lat_1080ti_32", unit = 1ms)
device gtx_256 = table(file, value = "lat_1080ti_256", unit = 1ms)
device xp_1 = table(file, value = "lat_titanxp_1", unit = 1ms)
device xp_32 = table(file, value = "lat_titanxp_32", unit = 1ms)
device xp_256 = table(file, value = "lat_titanxp_256", unit = 1ms)
device rtx_1 = table(file, value = "lat_titan_rtx_1", unit = 1ms)
device rtx_32 = table(file, value = "lat_titan_rtx_32", unit = 1ms)
device silver = table(file, value = "lat_silver_4114", unit = 1ms)
device pixel3 = table(file, value = "lat_pixel3", unit = 1ms)
device samsung = table(file, value = "lat_samsung_s7", unit = 1ms)
profile known = latency over nb
  on [gtx_1, gtx_32, gtx_256, xp_1, xp_32, xp_256, rtx_1, rtx_32, silver, pixel3, samsung] {
  samples = 900
}
foreach name in ["titan_rtx_256", "gold_6226", "pixel2", "raspi4", "eyeriss", "fpga"] {
  device target = table(file, value = "lat_${name}", unit = 1ms)
  profile probe = latency over nb on target { samples = references, like = known[1] }
  profile all = latency over nb on target { samples = 15625 }
  transfer fit = hardware_features(known) from probe on target
  show "${name}: Spearman ${spearman(fit, all)}"
}
