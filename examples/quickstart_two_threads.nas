# After the quick start: which networks for two threads? Its training and its search are reused where they were run; the new search
# starts from its front, and a search from nothing shows what that saves.
param rounds : int = 4 in 1..20 "rounds of the quick start's search, and of the one from nothing"
param epochs : float = 3.0 in 0.01..100.0 "passes over 20,000 training images"
seed 1
dataset fashion = fashion_mnist()
space   net     = tiny_mobilenet()
device  host    = cpu(threads = 1, batch = 1)
device  both    = cpu(threads = 2, batch = 1)
train   weights = supernet(epochs = epochs) of net on host using fashion
objective maximize accuracy from weights
predictor ridge() of accuracy, latency@host, latency@both
search front = nsga2(population = 40, generations = 200) with concurrent(iter = rounds, evaluate = 25)
  of maximize accuracy, minimize latency@host
search warm = nsga2(population = 40, generations = 200) with concurrent(iter = 1, evaluate = 25),
    warm_start(front)
  of maximize accuracy, minimize latency@both
search cold = nsga2(population = 40, generations = 200) with concurrent(iter = rounds, evaluate = 25)
  of maximize accuracy, minimize latency@both
let saved = compare(warm, cold)
show "to the same hypervolume: ${saved.first_needs} networks from the quick start's front, ${saved.second_needs} from nothing"
show saved
plot convergence(warm, cold) to "out/two_threads.svg"
