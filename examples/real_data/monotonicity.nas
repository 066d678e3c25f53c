# Which devices order networks alike? Latencies of 17 devices for all networks of NAS-Bench-201: where two devices agree, one can stand
# for the other (One-Proxy's monotonicity).
#   nas run monotonicity.nas -p data=FOLDER      FOLDER holds nasbench201.csv.gz
param data : string = "data" "folder of the published tables"
let file = "${data}/nasbench201.csv.gz"
space nb = nasbench201()
device pixel2 = table(file, value = "lat_pixel2", unit = 1ms)
device pixel3 = table(file, value = "lat_pixel3", unit = 1ms)
device samsung_s7 = table(file, value = "lat_samsung_s7", unit = 1ms)
device raspi4 = table(file, value = "lat_raspi4", unit = 1ms)
device eyeriss = table(file, value = "lat_eyeriss", unit = 1ms)
device fpga = table(file, value = "lat_fpga", unit = 1ms)
device gold_6226 = table(file, value = "lat_gold_6226", unit = 1ms)
device silver_4114 = table(file, value = "lat_silver_4114", unit = 1ms)
device gtx_1080ti_1 = table(file, value = "lat_1080ti_1", unit = 1ms)
device gtx_1080ti_32 = table(file, value = "lat_1080ti_32", unit = 1ms)
device gtx_1080ti_256 = table(file, value = "lat_1080ti_256", unit = 1ms)
device titan_rtx_1 = table(file, value = "lat_titan_rtx_1", unit = 1ms)
device titan_rtx_32 = table(file, value = "lat_titan_rtx_32", unit = 1ms)
device titan_rtx_256 = table(file, value = "lat_titan_rtx_256", unit = 1ms)
device titanxp_1 = table(file, value = "lat_titanxp_1", unit = 1ms)
device titanxp_32 = table(file, value = "lat_titanxp_32", unit = 1ms)
device titanxp_256 = table(file, value = "lat_titanxp_256", unit = 1ms)
let mobile = [pixel2, pixel3, samsung_s7, raspi4]
let chips = [eyeriss, fpga, gold_6226, silver_4114]
let gpus = [gtx_1080ti_1, gtx_1080ti_32, gtx_1080ti_256, titan_rtx_1, titan_rtx_32, titan_rtx_256, titanxp_1,
    titanxp_32, titanxp_256]
profile all = latency over nb on mobile + chips + gpus { samples = 15625 }
show spearman(all)
plot heatmap(all) to "out/monotonicity.svg"
plot latency_scatter(all[2], all[12]) to "out/pixel3_titan_rtx_1.svg"
