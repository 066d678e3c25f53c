# A proxy's predictor and a Gaussian process of what it leaves unexplained, as a mean over draws of the probe, beside the best of the
# reference's forms of adaptation with as many measurements (n, and 20 more that chose its penalty). Proxies: a Pixel 3 for all of
# NAS-Bench-201 and for 1,999 of its networks, a Myriad VPU for these, a Pixel 3 for FBNet's space.
#   nas run residual.nas -p data=FOLDER      FOLDER holds nasbench201.csv.gz, nasbench201_subset18.csv.gz and fbnet_latency.csv.gz
param data : string = "data" "folder of the published tables"
param draws : int = 10 in 1..1000 "probes drawn for every device"
seed 1
def shown(x) = round(1000 * x) / 1000
space nb = nasbench201()

# Device, n, the best column of the reference.
let cells = "${data}/nasbench201.csv.gz"
let phones = [["raspi4", 20, 0.938], ["eyeriss", 20, 0.978], ["fpga", 20, 0.985], ["gold_6226", 40, 0.976],
    ["silver_4114", 40, 0.935], ["1080ti_1", 40, 0.979], ["titan_rtx_1", 40, 0.955],
    ["titan_rtx_256", 40, 0.999], ["pixel2", 40, 0.848], ["samsung_s7", 40, 0.867]]
device pixel3 = table(cells, value = "lat_pixel3", unit = 1ms)
profile base = latency over nb on pixel3 { samples = 15625 }
predictor known = linear() from base
foreach row in phones {
  device target = table(cells, value = "lat_${row[1]}", unit = 1ms)
  profile all = latency over nb on target { samples = 15625 }
  profile probe = latency over nb on target { samples = row[2] + 20, seeds = 1..draws }
  transfer fit = residual() of known from probe
  show "NAS-Bench-201, Pixel 3, ${row[1]} by ${row[2]}: ${shown(mean(spearman(fit, all)))} (${row[3]})"
}

# The edge TPU, for which a part of these networks did not compile, is left out.
let part = "${data}/nasbench201_subset18.csv.gz"
let few = [["Pixel 3", "hwnas_pixel3", "hwnas_edgegpu", 40, 0.922],
    ["Pixel 3", "hwnas_pixel3", "hwnas_eyeriss", 20, 0.964],
    ["Pixel 3", "hwnas_pixel3", "hwnas_fpga", 20, 0.982],
    ["Pixel 3", "hwnas_pixel3", "hwnas_raspi4", 20, 0.951],
    ["VPU", "nnmeter_vpu", "hwnas_edgegpu", 30, 0.901], ["VPU", "nnmeter_vpu", "hwnas_eyeriss", 30, 0.985],
    ["VPU", "nnmeter_vpu", "hwnas_fpga", 30, 0.993], ["VPU", "nnmeter_vpu", "hwnas_raspi4", 30, 0.914],
    ["VPU", "nnmeter_vpu", "nnmeter_630", 30, 0.918], ["VPU", "nnmeter_vpu", "nnmeter_640", 30, 0.917],
    ["VPU", "nnmeter_vpu", "nnmeter_a76", 30, 0.918], ["VPU", "nnmeter_vpu", "eagle_cpu_855", 30, 0.932],
    ["VPU", "nnmeter_vpu", "eagle_gpu_855", 30, 0.908], ["VPU", "nnmeter_vpu", "eagle_dsp_855", 50, 0.912],
    ["VPU", "nnmeter_vpu", "hwnas_pixel3", 55, 0.891], ["VPU", "nnmeter_vpu", "eagle_jetson", 55, 0.924],
    ["VPU", "nnmeter_vpu", "eagle_gtx", 60, 0.883], ["VPU", "nnmeter_vpu", "eagle_i7", 60, 0.883],
    ["VPU", "nnmeter_vpu", "eagle_jetson_16", 90, 0.883]]
space small = pool(nb, table(part, value = "lat_hwnas_pixel3", unit = 1ms))
foreach row in few {
  device first = table(part, value = "lat_${row[2]}", unit = 1ms)
  profile there = latency over small on first { samples = 1999 }
  predictor proxy = linear() from there
  device target = table(part, value = "lat_${row[3]}", unit = 1ms)
  profile all = latency over small on target { samples = 1999 }
  profile probe = latency over small on target { samples = row[4] + 20, seeds = 1..draws }
  transfer fit = residual() of proxy from probe
  show "1,999 networks, ${row[1]}, ${row[3]} by ${row[4]}: ${shown(mean(spearman(fit, all)))} (${row[5]})"
}

let layers = "${data}/fbnet_latency.csv.gz"
let others = [["raspi4", 40, 0.972], ["fpga", 30, 0.950], ["eyeriss", 20, 0.979], ["gold_6226", 80, 0.901],
    ["titan_rtx_64", 80, 0.834], ["titan_rtx_1", 80, 0.641], ["samsung_s7", 80, 0.655]]
space net = fbnet()
device phone = table(layers, value = "lat_pixel3", unit = 1ms)
profile blocks = latency over net on phone { samples = 5000 }
predictor summed = linear() from blocks
foreach row in others {
  device target = table(layers, value = "lat_${row[1]}", unit = 1ms)
  profile all = latency over net on target { samples = 5000 }
  profile probe = latency over net on target { samples = row[2] + 20, seeds = 1..draws }
  transfer fit = residual() of summed from probe
  show "FBNet, Pixel 3, ${row[1]} by ${row[2]}: ${shown(mean(spearman(fit, all)))} (${row[3]})"
}
