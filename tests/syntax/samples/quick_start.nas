param rounds : int = 5 in 1..20 "rounds of concurrent search"
seed 1
dataset fashion = fashion_mnist()
space   net     = tiny_mobilenet()
device  host    = cpu(threads = 1, batch = 1)
train   weights = supernet(epochs = 3) of net on host using fashion
objective maximize accuracy from weights
objective minimize latency@host
predictor ridge() of accuracy, latency@host
search  front   = nsga2(population = 40, generations = 200) with concurrent(iter = rounds)
plot    pareto(front) to "out/front.svg"
export  front as csv to "out/front.csv"
report  front to "out/report.html"
