# A real search on this machine: real images, real training, real latencies. About a minute on two cores.
param rounds : int = 4 in 1..20 "rounds of concurrent search"
param epochs : float = 3.0 in 0.01..100.0 "passes over 20,000 training images"
seed 1
dataset fashion = fashion_mnist()
space   net     = tiny_mobilenet()
device  host    = cpu(threads = 1, batch = 1)
train   weights = supernet(epochs = epochs) of net on host using fashion
objective maximize accuracy from weights
objective minimize latency@host
predictor ridge() of accuracy, latency@host
search  front   = nsga2(population = 40, generations = 200) with concurrent(iter = rounds, evaluate = 25)
plot    pareto(front) to "out/front.svg"
plot    convergence(front) to "out/convergence.svg"
export  front as csv to "out/front.csv"
export  front.best as nas to "out/best.nas"
report  front to "out/report.html"
