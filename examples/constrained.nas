# Conditions: the largest MobileNetV3 that stays within a budget of operations and memory, at three budgets.
seed 1
space net = ofa_mobilenetv3(width = 1.0)
foreach budget in [200M, 300M, 400M] {
  search largest = nsga2(population = 40, generations = 40) with direct()
    of maximize params
    where macs < budget and memory < 8MB
  show largest
}
