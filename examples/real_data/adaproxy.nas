# AdaProxy's adaptation as a mean over twenty draws of its probe: how well a Pixel 3's predictor orders the networks of other devices once
# it is adapted to n measurements there, with 20 more to choose the penalty. NAS-Bench-201 and FBNet's space, the three forms of the
# adaptation, and the penalty chosen by the order of the 20 networks or by the error on them.
#   nas run adaproxy.nas -p data=FOLDER      FOLDER holds nasbench201.csv.gz and fbnet_latency.csv.gz
param data : string = "data" "folder of the published tables"
param draws : int = 20 in 1..1000 "probes drawn for every device"
seed 1
let cells = "${data}/nasbench201.csv.gz"
let layers = "${data}/fbnet_latency.csv.gz"
def shown(x) = round(1000 * x) / 1000

# Device, n, and the reference means of an independent implementation, 20 draws of its own: multiplicative, with nonnegative weights, and
# additive, by order; then the last two by error.
let references = [["raspi4", 20, 0.934, 0.935, 0.936, 0.937, 0.938],
    ["eyeriss", 20, 0.960, 0.978, 0.941, 0.976, 0.940], ["fpga", 20, 0.955, 0.979, 0.985, 0.982, 0.985],
    ["gold_6226", 40, 0.970, 0.975, 0.972, 0.976, 0.973],
    ["silver_4114", 40, 0.922, 0.924, 0.935, 0.929, 0.935],
    ["1080ti_1", 40, 0.977, 0.977, 0.977, 0.975, 0.979],
    ["titan_rtx_1", 40, 0.945, 0.948, 0.949, 0.951, 0.955],
    ["titan_rtx_256", 40, 0.999, 0.999, 0.999, 0.999, 0.999],
    ["pixel2", 40, 0.811, 0.816, 0.842, 0.819, 0.848], ["samsung_s7", 40, 0.837, 0.854, 0.864, 0.850, 0.867]]
space nb = nasbench201()
device pixel3 = table(cells, value = "lat_pixel3", unit = 1ms)
profile base = latency over nb on pixel3 { samples = 15625 }
predictor proxy = linear() from base
foreach row in references {
  device target = table(cells, value = "lat_${row[1]}", unit = 1ms)
  profile all = latency over nb on target { samples = 15625 }
  profile probe = latency over nb on target { samples = row[2] + 20, seeds = 1..draws }
  let held = 20.5 / (row[2] + 20)
  transfer b = oneproxy(form = multiplicative, select = rank, validation = held) of proxy from probe
  transfer c = oneproxy(form = multiplicative, weights = nonnegative, select = rank, validation = held)
    of proxy from probe
  transfer t = oneproxy(select = rank, validation = held) of proxy from probe
  transfer cm = oneproxy(form = multiplicative, weights = nonnegative, validation = held) of proxy from probe
  transfer tm = oneproxy(validation = held) of proxy from probe
  show "NAS-Bench-201, ${row[1]} by ${row[2]}: multiplicative ${shown(mean(spearman(b, all)))} (${row[3]}, here ${shown(min(spearman(b, all)))} to ${shown(max(spearman(b, all)))}); nonnegative ${shown(mean(spearman(c, all)))} (${row[4]}, here ${shown(min(spearman(c, all)))} to ${shown(max(spearman(c, all)))}); additive ${shown(mean(spearman(t, all)))} (${row[5]}, here ${shown(min(spearman(t, all)))} to ${shown(max(spearman(t, all)))}); by error: nonnegative ${shown(mean(spearman(cm, all)))} (${row[6]}, here ${shown(min(spearman(cm, all)))} to ${shown(max(spearman(cm, all)))}); additive ${shown(mean(spearman(tm, all)))} (${row[7]}, here ${shown(min(spearman(tm, all)))} to ${shown(max(spearman(tm, all)))}); the Pixel's own ${shown(spearman(base, all))}"
}

# The same, by order, of FBNet; the reference drew ten times.
let others = [["raspi4", 40, 0.969, 0.972, 0.966], ["fpga", 30, 0.942, 0.950, 0.918],
    ["eyeriss", 20, 0.979, 0.979, 0.977], ["gold_6226", 80, 0.901, 0.895, 0.833],
    ["titan_rtx_64", 80, 0.745, 0.721, 0.834], ["titan_rtx_1", 80, 0.257, 0.229, 0.641],
    ["samsung_s7", 80, 0.635, 0.623, 0.641]]
space net = fbnet()
device pixel = table(layers, value = "lat_pixel3", unit = 1ms)
profile first = latency over net on pixel { samples = 5000 }
predictor known = linear() from first
foreach row in others {
  device target = table(layers, value = "lat_${row[1]}", unit = 1ms)
  profile all = latency over net on target { samples = 5000 }
  profile probe = latency over net on target { samples = row[2] + 20, seeds = 1..draws }
  let held = 20.5 / (row[2] + 20)
  transfer b = oneproxy(form = multiplicative, select = rank, validation = held) of known from probe
  transfer c = oneproxy(form = multiplicative, weights = nonnegative, select = rank, validation = held)
    of known from probe
  transfer t = oneproxy(select = rank, validation = held) of known from probe
  show "FBNet, ${row[1]} by ${row[2]}: multiplicative ${shown(mean(spearman(b, all)))} (${row[3]}, here ${shown(min(spearman(b, all)))} to ${shown(max(spearman(b, all)))}); nonnegative ${shown(mean(spearman(c, all)))} (${row[4]}, here ${shown(min(spearman(c, all)))} to ${shown(max(spearman(c, all)))}); additive ${shown(mean(spearman(t, all)))} (${row[5]}, here ${shown(min(spearman(t, all)))} to ${shown(max(spearman(t, all)))}); the Pixel's own ${shown(spearman(first, all))}"
}
