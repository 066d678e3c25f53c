# HAT's translation transformers on a Raspberry Pi: latency learnt from 2,000 published measurements, a front of parameters against
# latency under seven seconds, and where the 22 published networks lie beside it.
#   nas run hat_translation.nas -p data=FOLDER      FOLDER holds hat_subtransformers.csv and hat_latency/
param data : string = "data" "folder of the published tables"
seed 1
let measured = "${data}/hat_latency/wmt14ende_cpu_raspberrypi.csv.gz"
space hat = hat_transformer()
space wide = hat_transformer(wide = true)
space published = pool(wide, table("${data}/hat_subtransformers.csv"))
device encoder = regression(measured, value = "latency_mean_encoder", unit = 1ms)
device decoder = regression(measured, value = "latency_mean_decoder", unit = 1ms)
objective maximize params
objective minimize latency@encoder + latency@decoder
search front = nsga2(population = 100, generations = 100) with direct() over hat
  where latency@encoder + latency@decoder <= 7s
search known = exhaustive() over published
plot pareto(front, known) to "out/hat.svg"
export front as csv to "out/hat_front.csv"
export known.archive as csv to "out/hat_published.csv"
