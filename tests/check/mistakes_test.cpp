#include "tests/check/mistake.h"

namespace nas::testing {
namespace {

// Every mistake of a script is shown whole, in these words, once, and draws no further messages behind it.
// clang-format off
const Mistake mistakes[] = {
    {"UnknownStage", R"~(serch nsga2()
)~",
     R"~(error[E105]: unknown stage 'serch'
 --> b.nas:1:1
1 | serch nsga2()
  | ^^^^^ did you mean 'search'?
  = a statement begins with a stage (space, device, dataset, objective, predictor, profile, train, transfer, tune, search, place, plot, export, report) or with let, param, def, import, seed, show, require, foreach, if, when.  More: nas explain E105
)~"},
    {"UnknownComponents", R"~(space net = tiny_mobilenett()
search a = nsga9() over net of maximize macs, minimize params
device d = cpuu(threads = 1)
search b = nsga2() with concurent(iter = 3) of minimize macs, minimize params
)~",
     R"~(error[E205]: there is no space component tiny_mobilenett
 --> b.nas:1:13
1 | space net = tiny_mobilenett()
  |             ^^^^^^^^^^^^^^^ did you mean tiny_mobilenet?
  = nas list spaces shows nasbench201, ofa_mobilenetv3, tiny_mobilenet.  More: nas explain E205
error[E205]: there is no search component nsga9
 --> b.nas:2:12
2 | search a = nsga9() over net of maximize macs, minimize params
  |            ^^^^^ did you mean nsga2?
  = nas list searches shows age_moea, bananas, cmaes, ctaea, evolution, exhaustive, ga, local, mo_cmaes, moead, nsga2, nsga3, random, regularized_evolution, rnsga2, sms_emoa, unsga3, weaknas.  More: nas explain E205
error[E205]: there is no device component cpuu
 --> b.nas:3:12
3 | device d = cpuu(threads = 1)
  |            ^^^^ did you mean cpu?
  = nas list devices shows command, cpu, gpu, lut, regression, remote, sim, table.  More: nas explain E205
error[E205]: there is no tactic component concurent
 --> b.nas:4:25
4 | search b = nsga2() with concurent(iter = 3) of minimize macs, minimize params
  |                         ^^^^^^^^^ did you mean concurrent?
  = nas list tactics shows concurrent, direct, full, islands, popdb, warm_start.  More: nas explain E205
)~"},
    {"UnknownComponentSilencesItsName", R"~(device phone = xyz("note10.csv", unit = 1ms)
space net = tiny_mobilenet()
search s = nsga2() of minimize macs, minimize latency@phone
plot pareto(s) to "out/a.svg"
export s.best as json to "out/a.json"
)~",
     R"~(error[E205]: there is no device component xyz
 --> b.nas:1:16
1 | device phone = xyz("note10.csv", unit = 1ms)
  |                ^^^
  = nas list devices shows command, cpu, gpu, lut, regression, remote, sim, table.  More: nas explain E205
)~"},
    {"UnknownComponentByItsWords", R"~(space net = tiny_mobilenet()
search a = random(evaluations = 5) of minimize macs
plot hypervolume(a) to "out/a.svg"
plot the(a) to "out/b.svg"
)~",
     R"~(error[E205]: there is no plot component hypervolume
 --> b.nas:3:6
3 | plot hypervolume(a) to "out/a.svg"
  |      ^^^^^^^^^^^ did you mean convergence? Hypervolume of the front over the networks measured or evaluated so far, as SVG.
  = nas list plots shows attainment, clusters, convergence, genes, heatmap, latency_scatter, learning, network, parallel, pareto, predicted_vs_measured, residuals.  More: nas explain E205
error[E205]: there is no plot component the
 --> b.nas:4:6
4 | plot the(a) to "out/b.svg"
  |      ^^^
  = nas list plots shows attainment, clusters, convergence, genes, heatmap, latency_scatter, learning, network, parallel, pareto, predicted_vs_measured, residuals.  More: nas explain E205
)~"},
    {"UnknownArguments", R"~(device d = cpu(thread = 1)
space net = tiny_mobilenet(clases = 10)
space good = tiny_mobilenet()
search b = nsga2(populaton = 3) over good of minimize macs, minimize params
)~",
     R"~(error[E401]: cpu has no argument thread
 --> b.nas:1:16
1 | device d = cpu(thread = 1)
  |                ^^^^^^ did you mean threads?
  = cpu takes threads, batch, interval, time_cap, precision.  More: nas explain E401
error[E401]: tiny_mobilenet has no argument clases
 --> b.nas:2:28
2 | space net = tiny_mobilenet(clases = 10)
  |                            ^^^^^^ did you mean classes?
  = tiny_mobilenet takes size, channels, classes.  More: nas explain E401
error[E401]: nsga2 has no argument populaton
 --> b.nas:4:18
4 | search b = nsga2(populaton = 3) over good of minimize macs, minimize params
  |                  ^^^^^^^^^ did you mean population?
  = nsga2 takes population, generations, crossover, mutation, crossover_share, mutation_share.  More: nas explain E401
)~"},
    {"MissingArguments", R"~(device phone = table("a.csv", unit = 1ms)
objective maximize accuracy from table()
)~",
     R"~(error[E403]: table needs value
 --> b.nas:1:16
1 | device phone = table("a.csv", unit = 1ms)
  |                ^^^^^^^^^^^^^^^^^^^^^^^^^^ the column with the values
  = More: nas explain E403
error[E403]: table needs file
 --> b.nas:2:34
2 | objective maximize accuracy from table()
  |                                  ^^^^^^^ CSV with a header; the networks are found by the space's spelling
  = More: nas explain E403
)~"},
    {"DoubledArguments", R"~(device d = cpu(threads = 1, threads = 2)
device e = cpu(1, threads = 2)
space net = tiny_mobilenet(classes = 10, classes = 10)
)~",
     R"~(error[E402]: threads of cpu is given twice
 --> b.nas:1:29
1 | device d = cpu(threads = 1, threads = 2)
  |                             ^^^^^^^
  = More: nas explain E402
error[E402]: threads of cpu is given twice
 --> b.nas:2:19
2 | device e = cpu(1, threads = 2)
  |                   ^^^^^^^
  = More: nas explain E402
error[E402]: classes of tiny_mobilenet is given twice
 --> b.nas:3:42
3 | space net = tiny_mobilenet(classes = 10, classes = 10)
  |                                          ^^^^^^^
  = More: nas explain E402
)~"},
    {"TooManyArguments", R"~(device h = cpu(1, 1, 0.1, 1s, bfloat16, 5)
)~",
     R"~(error[E404]: cpu takes at most 5 arguments
 --> b.nas:1:41
1 | device h = cpu(1, 1, 0.1, 1s, bfloat16, 5)
  |                                         ^
  = More: nas explain E404
)~"},
    {"OutOfBounds", R"~(param rounds : int = 30 in 1..20 "rounds"
device d = cpu(threads = 0, time_cap = 700s)
space net = tiny_mobilenet()
search s = nsga2(population = 1, crossover_share = 2) of minimize macs, minimize params
)~",
     R"~(error[E405]: param rounds is 30
 --> b.nas:1:22
1 | param rounds : int = 30 in 1..20 "rounds"
  |                      ^^ it must be between 1 and 20
  = More: nas explain E405
error[E405]: threads of cpu is 0
 --> b.nas:2:26
2 | device d = cpu(threads = 0, time_cap = 700s)
  |                          ^ it must be between 1 and 1024
  = More: nas explain E405
error[E405]: time_cap of cpu is 700 s
 --> b.nas:2:40
2 | device d = cpu(threads = 0, time_cap = 700s)
  |                                        ^^^^ it must be between 10 ms and 600 s
  = More: nas explain E405
error[E405]: population of nsga2 is 1
 --> b.nas:4:31
4 | search s = nsga2(population = 1, crossover_share = 2) of minimize macs, minimize params
  |                               ^ it must be between 4 and 100000
  = More: nas explain E405
error[E405]: crossover_share of nsga2 is 2
 --> b.nas:4:52
4 | search s = nsga2(population = 1, crossover_share = 2) of minimize macs, minimize params
  |                                                    ^ it must be between 0 and 1
  = More: nas explain E405
)~"},
    {"OperatorsThatAreNot", R"~(space net = tiny_mobilenet()
search a = nsga2(crossover = onepoint) of minimize macs, minimize params
search b = nsga2(mutation = block(1.5)) of minimize macs, minimize params
search c = nsga2(mutation = blok(0.1)) of minimize macs, minimize params
search d = nsga2(crossover = 2) of minimize macs, minimize params
)~",
     R"~(error[E405]: crossover of nsga2 cannot be onepoint
 --> b.nas:2:30
2 | search a = nsga2(crossover = onepoint) of minimize macs, minimize params
  |                              ^^^^^^^^ did you mean one_point?
  = it can be uniform, one_point, per_stage.  More: nas explain E405
error[E405]: mutation of nsga2 is block(1.5)
 --> b.nas:3:29
3 | search b = nsga2(mutation = block(1.5)) of minimize macs, minimize params
  |                             ^^^^^^^^^^ the number in brackets is a probability, above 0 and at most 1
  = More: nas explain E405
error[E405]: mutation of nsga2 cannot be blok
 --> b.nas:4:29
4 | search c = nsga2(mutation = blok(0.1)) of minimize macs, minimize params
  |                             ^^^^^^^^^ did you mean block?
  = it can be reset, step, block.  More: nas explain E405
error[E404]: crossover of nsga2 is one of uniform, one_point, per_stage, and this is a plain number
 --> b.nas:5:30
5 | search d = nsga2(crossover = 2) of minimize macs, minimize params
  |                              ^
  = More: nas explain E404
)~"},
    {"ObjectiveCountsThatASearchDoesNotTake", R"~(space net = tiny_mobilenet()
search a = nsga3() of minimize macs
search b = sms_emoa() of minimize macs, minimize params, minimize memory, maximize macs / params
)~",
     R"~(error[E701]: nsga3 takes 2 to 8 objectives, and there is 1
 --> b.nas:2:12
2 | search a = nsga3() of minimize macs
  |            ^^^^^^^ these fit: cmaes, evolution, exhaustive, ga, local, nsga2, random, regularized_evolution, unsga3
  = More: nas explain E701
error[E701]: sms_emoa takes 2 to 3 objectives, and there are 4
 --> b.nas:3:12
3 | search b = sms_emoa() of minimize macs, minimize params, minimize memory, maximize macs / params
  |            ^^^^^^^^^^ these fit: age_moea, ctaea, exhaustive, moead, nsga2, nsga3, random, rnsga2, unsga3
  = More: nas explain E701
)~"},
    {"ArgumentsOfSearchesForOneObjective", R"~(space net = tiny_mobilenet()
search a = evolution(population = 3, parents = 2) of minimize macs
search b = local(restarts = 1.5) of minimize macs
search c = cmaes(sigma = 0, generations = 0) of minimize macs
search d = regularized_evolution(sample = 0) of minimize macs
search e = bananas(acquisition = ei, rounds = 0) of minimize macs
search f = exhaustive(batch = 0) of minimize macs
search g = evolution() of minimize macs, minimize params, minimize memory
search h = evolution(mutation = step(3)) of minimize macs
)~",
     R"~(error[E405]: population of evolution is 3
 --> b.nas:2:35
2 | search a = evolution(population = 3, parents = 2) of minimize macs
  |                                   ^ it must be between 4 and 100000
  = More: nas explain E405
error[E405]: parents of evolution is 2
 --> b.nas:2:48
2 | search a = evolution(population = 3, parents = 2) of minimize macs
  |                                                ^ it must be between 0.01 and 1
  = More: nas explain E405
error[E404]: restarts of local is a whole number, and this is 1.5
 --> b.nas:3:29
3 | search b = local(restarts = 1.5) of minimize macs
  |                             ^^^
  = More: nas explain E404
error[E405]: sigma of cmaes is 0
 --> b.nas:4:26
4 | search c = cmaes(sigma = 0, generations = 0) of minimize macs
  |                          ^ it must be between 0.01 and 2
  = More: nas explain E405
error[E405]: generations of cmaes is 0
 --> b.nas:4:43
4 | search c = cmaes(sigma = 0, generations = 0) of minimize macs
  |                                           ^ it must be between 1 and 1000000
  = More: nas explain E405
error[E405]: sample of regularized_evolution is 0
 --> b.nas:5:43
5 | search d = regularized_evolution(sample = 0) of minimize macs
  |                                           ^ it must be between 1 and 100000
  = More: nas explain E405
error[E405]: acquisition of bananas cannot be ei
 --> b.nas:6:34
6 | search e = bananas(acquisition = ei, rounds = 0) of minimize macs
  |                                  ^^
  = it can be its, ucb, mean.  More: nas explain E405
error[E405]: rounds of bananas is 0
 --> b.nas:6:47
6 | search e = bananas(acquisition = ei, rounds = 0) of minimize macs
  |                                               ^ it must be between 1 and 1000000
  = More: nas explain E405
error[E405]: batch of exhaustive is 0
 --> b.nas:7:31
7 | search f = exhaustive(batch = 0) of minimize macs
  |                               ^ it must be between 1 and 100000
  = More: nas explain E405
error[E701]: evolution takes 1 to 2 objectives, and there are 3
 --> b.nas:8:12
8 | search g = evolution() of minimize macs, minimize params, minimize memory
  |            ^^^^^^^^^^^ these fit: age_moea, ctaea, exhaustive, mo_cmaes, moead, nsga2, nsga3, random, rnsga2, sms_emoa, unsga3
  = More: nas explain E701
error[E405]: mutation of evolution is step(3)
 --> b.nas:9:33
9 | search h = evolution(mutation = step(3)) of minimize macs
  |                                 ^^^^^^^ the number in brackets is a probability, above 0 and at most 1
  = More: nas explain E405
)~"},
    {"PopulationsThatDoNotFit", R"~(space net = tiny_mobilenet()
search e = age_moea(population = 3, generations = 0) of minimize macs, minimize params
search f = mo_cmaes(population = 50, step = 0) of minimize macs, minimize params
search g = moead(neighbours = 1, decomposition = pbj) of minimize macs, minimize params
)~",
     R"~(error[E405]: population of age_moea is 3
 --> b.nas:2:34
2 | search e = age_moea(population = 3, generations = 0) of minimize macs, minimize params
  |                                  ^ it must be between 4 and 100000
  = More: nas explain E405
error[E405]: generations of age_moea is 0
 --> b.nas:2:51
2 | search e = age_moea(population = 3, generations = 0) of minimize macs, minimize params
  |                                                   ^ it must be between 1 and 1000000
  = More: nas explain E405
error[E405]: step of mo_cmaes is 0
 --> b.nas:3:45
3 | search f = mo_cmaes(population = 50, step = 0) of minimize macs, minimize params
  |                                             ^ it must be between 0.001 and 1
  = More: nas explain E405
error[E405]: neighbours of moead is 1
 --> b.nas:4:31
4 | search g = moead(neighbours = 1, decomposition = pbj) of minimize macs, minimize params
  |                               ^ it must be between 2 and 10000
  = More: nas explain E405
error[E405]: decomposition of moead cannot be pbj
 --> b.nas:4:50
4 | search g = moead(neighbours = 1, decomposition = pbj) of minimize macs, minimize params
  |                                                  ^^^ did you mean pbi?
  = it can be tchebycheff, pbi.  More: nas explain E405
)~"},
    {"ReferencePointsThatDoNotFit", R"~(space net = tiny_mobilenet()
search a = rnsga2() of minimize macs, minimize params
search b = rnsga2(reference = [5M]) of minimize macs, minimize params
search c = rnsga2(reference = [5M, 20]) of minimize macs, minimize memory
search d = rnsga2(reference = [5M, 20ms]) of minimize macs, minimize memory
search e = rnsga2([5ms, 20MB]) of minimize macs, minimize memory
search f = rnsga2(reference = 5M) of minimize macs, minimize memory
search g = rnsga2(reference = [5M, 20MB, 6M]) of minimize macs, minimize memory
search h = rnsga2(reference = [5M, 20MB, 6M, 30MB]) of minimize macs, minimize memory
)~",
     R"~(error[E403]: rnsga2 needs reference
 --> b.nas:2:12
2 | search a = rnsga2() of minimize macs, minimize params
  |            ^^^^^^^^ what is wished for: one value per objective, of further points the next values
  = More: nas explain E403
error[E405]: reference of rnsga2 has 1 value, and there are 2 objectives
 --> b.nas:3:12
3 | search b = rnsga2(reference = [5M]) of minimize macs, minimize params
  |            ^^^^^^^^^^^^^^^^^^^^^^^^ give one value each for macs, params
  = More: nas explain E405
error[E302]: value 2 of reference is a plain number, and memory is a memory size
 --> b.nas:4:31
4 | search c = rnsga2(reference = [5M, 20]) of minimize macs, minimize memory
  |                               ^^^^^^^^ write a unit, one of B, KB, MB, GB, KiB, MiB, GiB
  = More: nas explain E302
error[E303]: value 2 of reference is a time, and memory is a memory size
 --> b.nas:5:31
5 | search d = rnsga2(reference = [5M, 20ms]) of minimize macs, minimize memory
  |                               ^^^^^^^^^^ write a unit, one of B, KB, MB, GB, KiB, MiB, GiB
  = More: nas explain E303
error[E303]: value 1 of reference is a time, and macs is a plain number
 --> b.nas:6:19
6 | search e = rnsga2([5ms, 20MB]) of minimize macs, minimize memory
  |                   ^^^^^^^^^^^ write it without a unit
  = More: nas explain E303
error[E404]: reference of rnsga2 is a list of numbers, and this is a plain number
 --> b.nas:7:31
7 | search f = rnsga2(reference = 5M) of minimize macs, minimize memory
  |                               ^^
  = More: nas explain E404
error[E405]: reference of rnsga2 has 3 values, and there are 2 objectives
 --> b.nas:8:12
8 | search g = rnsga2(reference = [5M, 20MB, 6M]) of minimize macs, minimize memory
  |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ give one value each for macs, memory
  = More: nas explain E405
)~"},
    {"WrongTypes", R"~(device f = cpu(threads = 1.5)
device g = cpu(threads = "two")
space net = tiny_mobilenet(classes = "ten")
)~",
     R"~(error[E404]: threads of cpu is a whole number, and this is 1.5
 --> b.nas:1:26
1 | device f = cpu(threads = 1.5)
  |                          ^^^
  = More: nas explain E404
error[E404]: threads of cpu is a whole number, and this is a text
 --> b.nas:2:26
2 | device g = cpu(threads = "two")
  |                          ^^^^^
  = More: nas explain E404
error[E404]: classes of tiny_mobilenet is of type int, and this is a text
 --> b.nas:3:38
3 | space net = tiny_mobilenet(classes = "ten")
  |                                      ^^^^^
  = More: nas explain E404
)~"},
    {"NoSuchLabel", R"~(objective maximize accuracy from table("a.csv", duplicates = "frst")
)~",
     R"~(error[E405]: duplicates of table cannot be frst
 --> b.nas:1:62
1 | objective maximize accuracy from table("a.csv", duplicates = "frst")
  |                                                              ^^^^^^ did you mean first?
  = it can be error, first, mean.  More: nas explain E405
)~"},
    {"ThroughputAgainstAPlainNumber", R"~(device host = cpu(batch = 8)
space net = tiny_mobilenet()
search a = nsga2() of minimize macs, maximize throughput@host where throughput@host > 2000
search b = nsga2() of minimize macs, maximize throughput@host where throughput@host > 2kHz and energy@host < 5mJ
)~",
     R"~(error[E302]: throughput is compared with a plain number
 --> b.nas:3:87
3 | search a = nsga2() of minimize macs, maximize throughput@host where throughput@host > 2000
  |                                                                     ---------------   ^^^^ write a unit, e.g. 2000Hz
  = throughput is a frequency (Hz, kHz, MHz, GHz).  More: nas explain E302
)~"},
    {"WrongUnits", R"~(device d = cpu(time_cap = 8MB)
device e = cpu(time_cap = 8)
let a = 25sec
)~",
     R"~(error[E303]: time_cap of cpu is a time, and this is a memory size
 --> b.nas:1:27
1 | device d = cpu(time_cap = 8MB)
  |                           ^^^ write a unit, one of ns, us, ms, s, min, h
  = More: nas explain E303
error[E302]: time_cap of cpu is a time, and this is a plain number
 --> b.nas:2:27
2 | device e = cpu(time_cap = 8)
  |                           ^ write a unit, one of ns, us, ms, s, min, h
  = More: nas explain E302
error[E305]: sec is not a unit
 --> b.nas:3:9
3 | let a = 25sec
  |         ^^^^^
  = units are ns us ms s min h, B KB MB GB KiB MiB GiB, uJ mJ J, mW W, Hz kHz MHz GHz, k M G, %.  More: nas explain E305
)~"},
    {"NumberAgainstLatency", R"~(nas 1
seed 7
space net = tiny_mobilenet()
device xeon = cpu(threads = 1, batch = 1)
objective maximize accuracy from table("accuracy.csv")
objective minimize latency@xeon
predictor ridge() of accuracy, latency@xeon






search first = nsga2() with concurrent(iter = 5)
  where latency@xeon < 25 and macs < 600M
)~",
     R"~(error[E302]: latency is compared with a plain number
  --> b.nas:15:24
15 |   where latency@xeon < 25 and macs < 600M
   |         ------------   ^^ write a unit, e.g. 25ms
   = latency is a time (ns, us, ms, s).  More: nas explain E302
)~"},
    {"NumberAgainstOtherQuantities", R"~(let b = 3mJ + 3
let c = 3W < 3
space net = tiny_mobilenet()
search s = nsga2() of minimize macs, minimize params where 5 < memory
)~",
     R"~(error[E302]: an energy and a plain number cannot be added
 --> b.nas:1:15
1 | let b = 3mJ + 3
  |         ---   ^ write a unit, e.g. 3mJ
  = an energy is written with a unit (uJ, mJ, J).  More: nas explain E302
error[E302]: a power is compared with a plain number
 --> b.nas:2:14
2 | let c = 3W < 3
  |         --   ^ write a unit, e.g. 3W
  = a power is written with a unit (mW, W).  More: nas explain E302
error[E302]: memory is compared with a plain number
 --> b.nas:4:60
4 | search s = nsga2() of minimize macs, minimize params where 5 < memory
  |                                                            ^   ------
  |                                                            write a unit, e.g. 5MB
  = memory is a memory size (B, KB, MB, GB, KiB, MiB, GiB).  More: nas explain E302
)~"},
    {"MillisecondsAgainstMegabytes", R"~(device xeon = cpu()
space net = tiny_mobilenet()
search a = nsga2() of minimize macs, minimize latency@xeon where latency@xeon < 8MB
let b = 25ms + 8MB
let c = 25ms < 8MB
)~",
     R"~(error[E303]: latency is compared with a memory size
 --> b.nas:3:81
3 | search a = nsga2() of minimize macs, minimize latency@xeon where latency@xeon < 8MB
  |                                                                  ------------   ^^^ this is a memory size
  = latency is a time (ns, us, ms, s).  More: nas explain E303
error[E303]: a time and a memory size cannot be added
 --> b.nas:4:16
4 | let b = 25ms + 8MB
  |         ----   ^^^ this is a memory size
  |         this is a time
  = More: nas explain E303
error[E303]: a time is compared with a memory size
 --> b.nas:5:16
5 | let c = 25ms < 8MB
  |         ----   ^^^ this is a memory size
  = a time is written with a unit (ns, us, ms, s).  More: nas explain E303
)~"},
    {"LatencyPlusMacs", R"~(device host = cpu()
space net = tiny_mobilenet()
search f = nsga2() of minimize latency@host + macs, minimize params
)~",
     R"~(error[E302]: latency and macs cannot be added
 --> b.nas:3:47
3 | search f = nsga2() of minimize latency@host + macs, minimize params
  |                                ------------   ^^^^ this is a plain number
  |                                divide it by a unit, e.g. latency / 1ms
  = latency is a time (ns, us, ms, s).  More: nas explain E302
)~"},
    {"TableWithoutAUnit", R"~(device host = cpu()
objective minimize latency@host from table("a.csv")
objective maximize accuracy from table("a.csv", unit = 1ms)
)~",
     R"~(error[E302]: the table says no unit for latency
 --> b.nas:2:38
2 | objective minimize latency@host from table("a.csv")
  |                                      ^^^^^^^^^^^^^^ add unit = 1ms
  = latency is a time (ns, us, ms, s, min, h).  More: nas explain E302
error[E303]: the unit of the table is a time, and accuracy is a plain number
 --> b.nas:3:34
3 | objective maximize accuracy from table("a.csv", unit = 1ms)
  |                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E303
)~"},
    {"Redefinitions", R"~(let a = 1
let a = 2
space net = tiny_mobilenet()
space net = tiny_mobilenet()
def f(x) = x
def f(x) = x
def space s() { linear(10) }
def space s() { linear(10) }
param a : int = 3
)~",
     R"~(error[E202]: a is declared twice
 --> b.nas:2:5
1 | let a = 1
  |     - first here
2 | let a = 2
  |     ^ the second time here
  = More: nas explain E202
error[E202]: net is declared twice
 --> b.nas:4:7
3 | space net = tiny_mobilenet()
  |       --- first here
4 | space net = tiny_mobilenet()
  |       ^^^ the second time here
  = More: nas explain E202
error[E202]: f is declared twice
 --> b.nas:6:5
5 | def f(x) = x
  |     - first here
6 | def f(x) = x
  |     ^ the second time here
  = More: nas explain E202
error[E202]: space s is defined twice
 --> b.nas:8:11
7 | def space s() { linear(10) }
  |           - first here
8 | def space s() { linear(10) }
  |           ^ the second time here
  = More: nas explain E202
error[E202]: a is declared twice
 --> b.nas:9:7
1 | let a = 1
  |     - first here
9 | param a : int = 3
  |       ^ the second time here
  = More: nas explain E202
)~"},
    {"UsedBeforeItIsDeclared", R"~(let b = a + 1
let a = 1
search s = nsga2() over net of minimize macs, minimize params
space net = tiny_mobilenet()
let c = f(2)
def f(x) = x
space u = t()
def space t() { linear(10) }
)~",
     R"~(error[E203]: a is used before it is declared
 --> b.nas:1:9
1 | let b = a + 1
  |         ^
2 | let a = 1
  |     - declared here
  = More: nas explain E203
error[E203]: net is used before it is declared
 --> b.nas:3:25
3 | search s = nsga2() over net of minimize macs, minimize params
  |                         ^^^
4 | space net = tiny_mobilenet()
  |       --- declared here
  = More: nas explain E203
error[E203]: f is used before it is declared
 --> b.nas:5:9
5 | let c = f(2)
  |         ^
6 | def f(x) = x
  |     - declared here
  = More: nas explain E203
error[E203]: space t is used before it is defined
 --> b.nas:7:11
7 | space u = t()
  |           ^
8 | def space t() { linear(10) }
  |           - defined here
  = More: nas explain E203
)~"},
    {"UnknownNames", R"~(let rounds = 3
let a = round + rouns
let b = nothing
let c = flor(2.5)
show b, c
)~",
     R"~(error[E201]: round is not known here
 --> b.nas:2:9
2 | let a = round + rouns
  |         ^^^^^ did you mean rounds?
  = More: nas explain E201
error[E201]: rouns is not known here
 --> b.nas:2:17
2 | let a = round + rouns
  |                 ^^^^^ did you mean rounds?
  = More: nas explain E201
error[E201]: nothing is not known here
 --> b.nas:3:9
3 | let b = nothing
  |         ^^^^^^^
  = More: nas explain E201
error[E205]: there is no function flor
 --> b.nas:4:9
4 | let c = flor(2.5)
  |         ^^^^ did you mean floor?
  = More: nas explain E205
)~"},
    {"ImportMissing", R"~(import "devices.nas" as hw
show hw.phone
)~",
     R"~(error[E206]: there is no file devices.nas to import
 --> b.nas:1:8
1 | import "devices.nas" as hw
  |        ^^^^^^^^^^^^^ imports are relative to the file that names them
  = More: nas explain E206
)~"},
    {"ImportMissingWithoutAlias", R"~(import "devices.nas"
show phone
search s = nsga2() over net of minimize macs, minimize latency@phone
space a = hardware()
)~",
     R"~(error[E206]: there is no file devices.nas to import
 --> b.nas:1:8
1 | import "devices.nas"
  |        ^^^^^^^^^^^^^ imports are relative to the file that names them
  = More: nas explain E206
)~"},
    {"ImportOfItself", R"~(import "b.nas" as me
show me.a
)~",
     R"~(error[E209]: b.nas imports itself
 --> b.nas:1:8
1 | import "b.nas" as me
  |        ^^^^^^^ through b.nas
  = More: nas explain E209
)~",
     {.files = {{"b.nas", R"~(import "b.nas" as me
show me.a
)~"}}, .params = {}}},
    {"ImportInACircle", R"~(import "other.nas" as other
show other.a
)~",
     R"~(error[E209]: other.nas imports itself
 --> third.nas:1:8
1 | import "other.nas"
  |        ^^^^^^^^^^^ through b.nas -> other.nas -> third.nas
  = More: nas explain E209
)~",
     {.files = {{"other.nas", R"~(import "third.nas"
)~"}, {"third.nas", R"~(import "other.nas"
let a = 1
)~"}}, .params = {}}},
    {"MistakeInAnImport", R"~(import "other.nas" as other
show other.a, other.aa
)~",
     R"~(error[E207]: a module has no part aa
 --> b.nas:2:21
2 | show other.a, other.aa
  |                     ^^ did you mean a?
  = it has a.  More: nas explain E207
error[E307]: division by zero
 --> other.nas:1:13
1 | let a = 1 / 0
  |             ^
  = More: nas explain E307
)~",
     {.files = {{"other.nas", R"~(let a = 1 / 0
)~"}}, .params = {}}},
    {"AmbiguousDevice", R"~(device a = cpu(threads = 1)
device b = cpu(threads = 2)
space net = tiny_mobilenet()
search s = nsga2() of minimize macs, minimize latency
)~",
     R"~(error[E204]: 2 devices are in scope: a, b
 --> b.nas:4:47
4 | search s = nsga2() of minimize macs, minimize latency
  |                                               ^^^^^^^ say which one with latency@device
  = More: nas explain E204
)~"},
    {"AmbiguousSpace", R"~(space a = tiny_mobilenet()
space b = nasbench201()
search s = nsga2() of minimize params, minimize macs
)~",
     R"~(error[E204]: 2 spaces are in scope: a, b
 --> b.nas:3:1
3 | search s = nsga2() of minimize params, minimize macs
  | ^^^^^^ say which one with over
  = More: nas explain E204
)~"},
    {"NothingInScope", R"~(search s = nsga2() of minimize params, minimize macs
train w = supernet()
)~",
     R"~(error[E204]: there is no space in scope
 --> b.nas:1:1
1 | search s = nsga2() of minimize params, minimize macs
  | ^^^^^^ declare one, or name it with over
  = More: nas explain E204
error[E204]: there is no dataset in scope
 --> b.nas:2:1
2 | train w = supernet()
  | ^^^^^ declare one, or name it with using
  = More: nas explain E204
error[E204]: there is no space in scope
 --> b.nas:2:1
2 | train w = supernet()
  | ^^^^^ declare one, or name it with of
  = More: nas explain E204
)~"},
    {"ShapesThatDoNotFit", R"~(def space s() {
  input = image(channels = 3, size = 8)
  repeat stage in 1..2 {
    a = conv(k = 3, out = choice(4, 8))(x)
    b = conv(k = 3, out = 8)(x)
    add(a, b)
  }
  linear(10)
}
space net = s()
search f = nsga2() over net of minimize macs, minimize params
)~",
     R"~(error[E501]: shapes do not fit at stage[1].add: add of 4x8x8 and 8x8x8
 --> b.nas:6:5
6 |     add(a, b)
  |     ^^^^^^^^^ when stage[1].out = 4
  = More: nas explain E501
)~"},
    {"MistakesInASpace", R"~(def space s() {
  conv(k = 3, ot = 4)
  conv(k = 3, out = 4, act = reluu)
  conv(k = 3, out = 0)
  convv(k = 3, out = 4)
  linear(10)
}
space net = s()
)~",
     R"~(error[E401]: conv has no argument ot
 --> b.nas:2:15
2 |   conv(k = 3, ot = 4)
  |               ^^ did you mean out?
  = conv takes kernel, k, out, width, stride, groups, act, norm, bias, order, epsilon.  More: nas explain E401
error[E201]: reluu is not known here
 --> b.nas:3:30
3 |   conv(k = 3, out = 4, act = reluu)
  |                              ^^^^^ did you mean relu?
  = More: nas explain E201
error[E404]: out of conv is 0
 --> b.nas:4:21
4 |   conv(k = 3, out = 0)
  |                     ^ it must be at least 1
  = More: nas explain E404
error[E205]: there is no function convv
 --> b.nas:5:3
5 |   convv(k = 3, out = 4)
  |   ^^^^^ did you mean conv?
  = More: nas explain E205
)~"},
    {"EmptySpaces", R"~(def space s() {
  conv(k = choice(3, 5), out = 4)
  linear(10)
  require macs < 1
}
space a = s()
def space t() {
}
space b = t()
def space v() {
  choice { conv(k = 3, out = 4) if 1 > 2 }
  linear(10)
}
space c = v()
)~",
     R"~(error[E503]: none of the 2 networks of space s meets its `require`
 --> b.nas:4:3
4 |   require macs < 1
  |   ^^^^^^^^^^^^^^^^ loosen the bound, or shrink the layers
  = its smallest network has 110632 MACs and 166 parameters.  More: nas explain E503
error[E503]: space t has no layers
 --> b.nas:7:11
7 | def space t() {
  |           ^
  = More: nas explain E503
error[E502]: no arm of this choice can ever be taken
  --> b.nas:11:3
11 |   choice { conv(k = 3, out = 4) if 1 > 2 }
   |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   = More: nas explain E502
)~"},
    {"ChoiceOutsideASpace", R"~(let n = choice(1, 2)
)~",
     R"~(error[E301]: choices are written inside a space
 --> b.nas:1:9
1 | let n = choice(1, 2)
  |         ^^^^^^
  = put it into a def space.  More: nas explain E301
)~"},
    {"ObjectiveWithoutASource", R"~(space net = tiny_mobilenet()
search f = nsga2() of maximize accuracy, minimize macs
search g = nsga2()
)~",
     R"~(error[E601]: accuracy has no source
 --> b.nas:2:23
2 | search f = nsga2() of maximize accuracy, minimize macs
  |                       ^^^^^^^^^^^^^^^^^ say where it comes from: objective maximize accuracy from weights
  = a source is a trained super-network, a table or a linear model.  More: nas explain E601
error[E601]: the search has no objective
 --> b.nas:3:1
3 | search g = nsga2()
  | ^^^^^^ declare one: objective maximize accuracy from weights
  = or write it here with of maximize accuracy, minimize latency@host.  More: nas explain E601
)~"},
    {"ObjectiveWithAWrongSource", R"~(space net = tiny_mobilenet()
objective maximize accuracy from tabel("a.csv")
search s = nsga2() of maximize accuracy, minimize macs
show s.best
)~",
     R"~(error[E205]: there is no source component tabel
 --> b.nas:2:34
2 | objective maximize accuracy from tabel("a.csv")
  |                                  ^^^^^ did you mean table?
  = nas list sources shows linear_model, perceptron, regression, table.  More: nas explain E205
)~"},
    {"TwoStagesWriteOneFile", R"~(space net = tiny_mobilenet()
search f = nsga2() of minimize params, minimize macs
plot pareto(f) to "out/a.svg"
export f as csv to "out/a.svg"
plot pareto(f) to "./out//a.svg"
)~",
     R"~(error[E602]: two stages write out/a.svg
 --> b.nas:4:20
3 | plot pareto(f) to "out/a.svg"
  | ----------------------------- the first one here
4 | export f as csv to "out/a.svg"
  |                    ^^^^^^^^^^^ the second one here
  = More: nas explain E602
error[E602]: two stages write ./out//a.svg
 --> b.nas:5:19
3 | plot pareto(f) to "out/a.svg"
  | ----------------------------- the first one here
5 | plot pareto(f) to "./out//a.svg"
  |                   ^^^^^^^^^^^^^^ the second one here
  = More: nas explain E602
)~"},
    {"EveryPassWritesOneFile", R"~(space net = tiny_mobilenet()
search f = nsga2() of minimize params, minimize macs
foreach n in [1, 2] { plot pareto(f) to "out/a.svg" }
)~",
     R"~(error[E602]: every pass of foreach writes out/a.svg
 --> b.nas:3:41
3 | foreach n in [1, 2] { plot pareto(f) to "out/a.svg" }
  |                                         ^^^^^^^^^^^ put the pass into the name: "out/${...}.svg"
  = More: nas explain E602
)~"},
    {"ABranchAndTheScriptWriteOneFile", R"~(space net = tiny_mobilenet()
search f = nsga2() of minimize params, minimize macs
when f.hypervolume > 3 { export f as csv to "out/b.csv" }
otherwise { export f as csv to "out/b.csv" }
export f as json to "out/b.csv"
)~",
     R"~(error[E602]: two stages write out/b.csv
 --> b.nas:5:21
3 | when f.hypervolume > 3 { export f as csv to "out/b.csv" }
  |                          ------------------------------ the first one here
5 | export f as json to "out/b.csv"
  |                     ^^^^^^^^^^^ the second one here
  = More: nas explain E602
)~"},
    {"OutsideTheOutputFolder", R"~(space net = tiny_mobilenet()
search f = nsga2() of minimize params, minimize macs
plot pareto(f) to "../a.svg"
export f as csv to "/tmp/a.csv"
report f to "out/../../x.html"
report f to ""
)~",
     R"~(error[E604]: ../a.svg lies outside the output folder
 --> b.nas:3:19
3 | plot pareto(f) to "../a.svg"
  |                   ^^^^^^^^^^ write a path without .. and without a leading /
  = a script writes below its output folder only.  More: nas explain E604
error[E604]: /tmp/a.csv lies outside the output folder
 --> b.nas:4:20
4 | export f as csv to "/tmp/a.csv"
  |                    ^^^^^^^^^^^^ write a path without .. and without a leading /
  = a script writes below its output folder only.  More: nas explain E604
error[E604]: out/../../x.html lies outside the output folder
 --> b.nas:5:13
5 | report f to "out/../../x.html"
  |             ^^^^^^^^^^^^^^^^^^ write a path without .. and without a leading /
  = a script writes below its output folder only.  More: nas explain E604
error[E301]: the file name is empty
 --> b.nas:6:13
6 | report f to ""
  |             ^^
  = More: nas explain E301
)~"},
    {"OutputsOfSomethingElse", R"~(space net = tiny_mobilenet()
search f = nsga2() of minimize params, minimize macs
plot pareto(net) to "out/d.svg"
report net to "out/e.html"
export f as cvs to "out/c.csv"
export f to "out/c.csv"
plot pareto(f)
)~",
     R"~(error[E404]: pareto takes results of searches, and this is a space
 --> b.nas:3:13
3 | plot pareto(net) to "out/d.svg"
  |             ^^^
  = More: nas explain E404
error[E301]: the result of a search is needed here, and this is a space
 --> b.nas:4:8
4 | report net to "out/e.html"
  |        ^^^
  = More: nas explain E301
error[E205]: there is no export component cvs
 --> b.nas:5:13
5 | export f as cvs to "out/c.csv"
  |             ^^^ did you mean csv?
  = nas list exports shows csv, json, lut, nas, onnx, predictor, torch, yaml.  More: nas explain E205
error[E403]: export needs a format
 --> b.nas:6:1
6 | export f to "out/c.csv"
  | ^^^^^^ write as csv, as json, as lut, as nas, as onnx, as predictor, as torch, as yaml
  = More: nas explain E403
error[E403]: plot needs a file
 --> b.nas:7:1
7 | plot pareto(f)
  | ^^^^ write to "out/..."
  = More: nas explain E403
)~"},
    {"MetricsInWrongPlaces", R"~(device host = cpu()
space net = tiny_mobilenet()
search t = nsga2() of minimize latency@net, minimize 3@host
search u = nsga2() of minimize macs@host, minimize energy@host
search v = nsga2() of minimize macs, minimize params where macs
search w = nsga2() of minimize macs, minimize params where macs < 2M or params < 1M
)~",
     R"~(error[E301]: metric@device needs a device behind the @, and this is a space
 --> b.nas:3:40
3 | search t = nsga2() of minimize latency@net, minimize 3@host
  |                                        ^^^
  = More: nas explain E301
error[E301]: metric@device needs a metric before the @, and this is a plain number
 --> b.nas:3:54
3 | search t = nsga2() of minimize latency@net, minimize 3@host
  |                                                      ^
  = More: nas explain E301
error[E703]: macs does not depend on a device
 --> b.nas:4:32
4 | search u = nsga2() of minimize macs@host, minimize energy@host
  |                                ^^^^^^^^^ write macs alone
  = More: nas explain E703
error[E301]: where needs a condition on metrics, and this is a metric
 --> b.nas:5:60
5 | search v = nsga2() of minimize macs, minimize params where macs
  |                                                            ^^^^ e.g. where latency@host < 25ms and macs < 600M
  = More: nas explain E301
error[E304]: conditions on metrics are joined by and, not by or
 --> b.nas:6:70
6 | search w = nsga2() of minimize macs, minimize params where macs < 2M or params < 1M
  |                                                                      ^^
  = a search keeps every condition.  More: nas explain E304
)~"},
    {"MoreObjectivesThanASearchTakes", R"~(space net = tiny_mobilenet()
search a = local() of minimize macs, minimize params
)~",
     R"~(error[E701]: local takes one objective, and there are 2
 --> b.nas:2:12
2 | search a = local() of minimize macs, minimize params
  |            ^^^^^^^ these fit: age_moea, ctaea, evolution, exhaustive, mo_cmaes, moead, nsga2, nsga3, random, rnsga2, sms_emoa, unsga3
  = More: nas explain E701
)~"},
    {"SearchesThatLearnAreProposedWhereSomethingIsMeasured", R"~(space net = tiny_mobilenet()
objective maximize accuracy from table("f.csv")
search a = local() of maximize accuracy, minimize params
)~",
     R"~(error[E701]: local takes one objective, and there are 2
 --> b.nas:3:12
3 | search a = local() of maximize accuracy, minimize params
  |            ^^^^^^^ these fit: age_moea, bananas, ctaea, evolution, exhaustive, mo_cmaes, moead, nsga2, nsga3, random, rnsga2, sms_emoa, unsga3, weaknas
  = More: nas explain E701
)~"},
    {"ConditionsOnMetricsWithoutASource", R"~(space net = tiny_mobilenet()
search a = nsga2() of minimize macs, minimize params where macs < 2M and 70% < accuracy < 80%
)~",
     R"~(error[E601]: accuracy has no source
 --> b.nas:2:60
2 | search a = nsga2() of minimize macs, minimize params where macs < 2M and 70% < accuracy < 80%
  |                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ say where it comes from: objective maximize accuracy from weights
  = a source is a trained super-network, a table or a linear model.  More: nas explain E601
)~"},
    {"GenerationsAndIslandsOfNothing", R"~(space net = tiny_mobilenet()
search a = nsga2(generations = 0) with islands(1) of minimize macs, minimize params
search b = nsga2() with islands(count = 4, migrants = 0, interval = 0, topology = star) of minimize macs, minimize params
search c = nsga2() with concurrent(selection = best, least_gain = 200%, images = 2000, candidates = 1) of minimize macs, minimize params
search d = nsga2() with full(sampling = even) of minimize macs, minimize params
)~",
     R"~(error[E405]: generations of nsga2 is 0
 --> b.nas:2:32
2 | search a = nsga2(generations = 0) with islands(1) of minimize macs, minimize params
  |                                ^ it must be between 1 and 1000000
  = More: nas explain E405
error[E405]: count of islands is 1
 --> b.nas:2:48
2 | search a = nsga2(generations = 0) with islands(1) of minimize macs, minimize params
  |                                                ^ it must be between 2 and 10000
  = More: nas explain E405
error[E405]: migrants of islands is 0
 --> b.nas:3:55
3 | search b = nsga2() with islands(count = 4, migrants = 0, interval = 0, topology = star) of minimize macs, minimize param...
  |                                                       ^ it must be between 1 and 100000
  = More: nas explain E405
error[E405]: interval of islands is 0
 --> b.nas:3:69
3 | ...earch b = nsga2() with islands(count = 4, migrants = 0, interval = 0, topology = star) of minimize macs, minimize params
  |                                                                       ^ it must be between 1 and 1000000
  = More: nas explain E405
error[E405]: topology of islands cannot be star
 --> b.nas:3:83
3 | ...earch b = nsga2() with islands(count = 4, migrants = 0, interval = 0, topology = star) of minimize macs, minimize params
  |                                                                                     ^^^^
  = it can be ring, complete.  More: nas explain E405
error[E405]: selection of concurrent cannot be best
 --> b.nas:4:48
4 | search c = nsga2() with concurrent(selection = best, least_gain = 200%, images = 2000, candidates = 1) of minimize macs,...
  |                                                ^^^^
  = it can be improvement, population.  More: nas explain E405
error[E405]: least_gain of concurrent is 2
 --> b.nas:4:67
4 | ... c = nsga2() with concurrent(selection = best, least_gain = 200%, images = 2000, candidates = 1) of minimize macs, minim...
  |                                                                ^^^^ it must be between 0 and 1
  = More: nas explain E405
error[E405]: images of concurrent is 2000
 --> b.nas:4:82
4 | ...() with concurrent(selection = best, least_gain = 200%, images = 2000, candidates = 1) of minimize macs, minimize params
  |                                                                     ^^^^ it must be between 0 and 1999
  = More: nas explain E405
error[E405]: candidates of concurrent is 1
 --> b.nas:4:101
4 | ...() with concurrent(selection = best, least_gain = 200%, images = 2000, candidates = 1) of minimize macs, minimize params
  |                                                                                        ^ it must be between 2 and 100
  = More: nas explain E405
error[E405]: sampling of full cannot be even
 --> b.nas:5:41
5 | search d = nsga2() with full(sampling = even) of minimize macs, minimize params
  |                                         ^^^^
  = it can be latin_hypercube, uniform, stratified.  More: nas explain E405
)~"},
    {"ClausesThatAreNotThere", R"~(space net = tiny_mobilenet()
search w = nsga2() of minimize macs, minimize params from 3
search v = nsga2() over net of minimize macs, minimize params over net
)~",
     R"~(error[E406]: search has no clause from
 --> b.nas:2:54
2 | search w = nsga2() of minimize macs, minimize params from 3
  |                                                      ^^^^ its clauses are with, of, where, over, until, using
  = More: nas explain E406
error[E402]: the clause over is given twice
 --> b.nas:3:63
3 | search v = nsga2() over net of minimize macs, minimize params over net
  |                                                               ^^^^
  = More: nas explain E402
)~"},
    {"WrongParams", R"~(param a : flot = 3
param b : int = 2.5
param c : quantity = 3ms in 1..5
param d : quantity = 30ms in 1ms..20ms
param e : int = 3 in 5
seed -1
)~",
     R"~(error[E301]: flot is not a type
 --> b.nas:1:11
1 | param a : flot = 3
  |           ^^^^ did you mean float?
  = types are int, float, bool, string, quantity.  More: nas explain E301
error[E404]: param b is of type int, and this is 2.5
 --> b.nas:2:17
2 | param b : int = 2.5
  |                 ^^^
  = More: nas explain E404
error[E303]: param c is a time, and its bounds run from 1 to 5
 --> b.nas:3:29
3 | param c : quantity = 3ms in 1..5
  |                             ^^^^
  = More: nas explain E303
error[E405]: param d is 30 ms
 --> b.nas:4:22
4 | param d : quantity = 30ms in 1ms..20ms
  |                      ^^^^ it must be between 1 ms and 20 ms
  = More: nas explain E405
error[E301]: bounds are a range such as 1..20, and this is a plain number
 --> b.nas:5:22
5 | param e : int = 3 in 5
  |                      ^
  = More: nas explain E301
error[E404]: a seed is a whole number of at least 0, and this is -1
 --> b.nas:6:1
6 | seed -1
  | ^^^^^^^
  = More: nas explain E404
)~"},
    {"WrongParamsOfTheCommand", R"~(param rounds : int = 3 in 1..5
param fast : bool = true
)~",
     R"~(error[E405]: param rounds is 9
 --> -p rounds:1:14
1 | let rounds = 9
  |              ^ it must be between 1 and 5
  = More: nas explain E405
error[E201]: maybe is not known here
 --> -p fast:1:12
1 | let fast = maybe
  |            ^^^^^
  = More: nas explain E201
error[E401]: the script has no param roundz
 --> -p roundz:1:1
1 | roundz=3
  | ^^^^^^ did you mean rounds?
  = its params are rounds, fast.  More: nas explain E401
)~",
     {.files = {}, .params = {{"rounds", "9"}, {"roundz", "3"}, {"fast", "maybe"}}}},
    {"ConditionsThatAreNone", R"~(space net = tiny_mobilenet()
search f = nsga2() of minimize params, minimize macs
if f.hypervolume > 1 { show 1 }
if 3 { show 1 }
when "a" { show 1 }
require 3
foreach n in 5 { show n }
foreach n in 1..100000 { show n }
)~",
     R"~(error[E301]: if is decided before the run, and this value is known after it
 --> b.nas:3:4
3 | if f.hypervolume > 1 { show 1 }
  |    ^^^^^^^^^^^^^^^^^ write when instead of if
  = More: nas explain E301
error[E301]: if needs true or false, and this is a plain number
 --> b.nas:4:4
4 | if 3 { show 1 }
  |    ^
  = More: nas explain E301
error[E301]: when needs true or false, and this is a text
 --> b.nas:5:6
5 | when "a" { show 1 }
  |      ^^^
  = More: nas explain E301
error[E301]: require needs true or false, and this is a plain number
 --> b.nas:6:9
6 | require 3
  |         ^
  = More: nas explain E301
error[E301]: foreach runs over a list or a range, and this is a plain number
 --> b.nas:7:14
7 | foreach n in 5 { show n }
  |              ^
  = More: nas explain E301
error[E208]: foreach would run 100000 times; the limit is 10000
 --> b.nas:8:14
8 | foreach n in 1..100000 { show n }
  |              ^^^^^^^^^
  = More: nas explain E208
)~"},
    {"FunctionsCalledWrongly", R"~(def f(x, y = 2) = x + y
let a = f()
let b = f(1, 2, 3)
let c = f(1, y = 3)
def g(n) = g(n - 1)
let e = g(3)
let h = len(3)
let i = min()
let k = 3(4)
)~",
     R"~(error[E403]: f needs a value for x
 --> b.nas:2:9
2 | let a = f()
  |         ^^^
  = More: nas explain E403
error[E404]: f takes 2 arguments, 3 are given
 --> b.nas:3:9
3 | let b = f(1, 2, 3)
  |         ^^^^^^^^^^
  = More: nas explain E404
error[E401]: arguments of a user function are given in order, without names
 --> b.nas:4:9
4 | let c = f(1, y = 3)
  |         ^^^^^^^^^^^
  = More: nas explain E401
error[E208]: calls are nested more than 200 deep
 --> b.nas:5:12
5 | def g(n) = g(n - 1)
  |            ^^^^^^^^
  = a rule needs an argument that falls with every call.  More: nas explain E208
error[E404]: len needs a list, and this is a plain number
 --> b.nas:7:9
7 | let h = len(3)
  |         ^^^^^^
  = More: nas explain E404
error[E404]: min takes at least 1 argument, 0 are given
 --> b.nas:8:9
8 | let i = min()
  |         ^^^^^
  = More: nas explain E404
error[E301]: a plain number cannot be called
 --> b.nas:9:9
9 | let k = 3(4)
  |         ^
  = More: nas explain E301
)~"},
    {"Arithmetic", R"~(let a = 1 / 0
let b = [1, 2][3]
let c = "a" + 3
let d = 1 < "b"
let e = if 3 then 1 else 2
let f = -"a"
)~",
     R"~(error[E307]: division by zero
 --> b.nas:1:13
1 | let a = 1 / 0
  |             ^
  = More: nas explain E307
error[E306]: the list has 2 items, and item 3 is asked for
 --> b.nas:2:16
2 | let b = [1, 2][3]
  |                ^ the first item is [1], the last one [-1]
  = More: nas explain E306
error[E301]: a text and a plain number cannot be added
 --> b.nas:3:13
3 | let c = "a" + 3
  |             ^ values are put into a text with "... ${value} ..."
  = More: nas explain E301
error[E301]: < orders numbers, and this is a text
 --> b.nas:4:13
4 | let d = 1 < "b"
  |             ^^^
  = More: nas explain E301
error[E301]: if needs true or false, and this is a plain number
 --> b.nas:5:12
5 | let e = if 3 then 1 else 2
  |            ^
  = More: nas explain E301
error[E301]: - needs a number, and this is a text
 --> b.nas:6:10
6 | let f = -"a"
  |          ^^^
  = More: nas explain E301
)~"},
    {"ArchitecturesThatAreNone", R"~(space net = tiny_mobilenet()
let a = net.arch("")
let b = net.arch(depth = 99)
let c = net.arh("1")
show net.smallest.macss
)~",
     R"~(error[E403]: stage[1].depth is not given
 --> b.nas:2:9
2 | let a = net.arch("")
  |         ^^^^^^^^^^^^ it can be 1, 2, 3
  = More: nas explain E403
error[E404]: arch takes a text, or the fields of a spelling by name
 --> b.nas:3:9
3 | let b = net.arch(depth = 99)
  |         ^^^^^^^^^^^^^^^^^^^^ the fields are ks, e, d
  = More: nas explain E404
error[E207]: a space has no part arh
 --> b.nas:4:13
4 | let c = net.arh("1")
  |             ^^^ did you mean arch?
  = it has arch, true_front, smallest, largest, genes, networks, name.  More: nas explain E207
error[E207]: an arch has no part macss
 --> b.nas:5:19
5 | show net.smallest.macss
  |                   ^^^^^ did you mean macs?
  = it has macs, params, memory.  More: nas explain E207
)~"},
    {"NotUtf8", "let a = 1\nlet b = \"\xff\"\n",
     R"~(error[E111]: byte 20 of the script is not UTF-8
 --> b.nas:2:10
2 | let b = "�"
  |          ^
  = save the file as UTF-8.  More: nas explain E111
)~"},
    {"LayersOfASpace", R"~(def space s() {
  conv(k = 3, out = 4, k = 5)
  linear()
  conv(k = "three")
  conv(k = 2.5)
  repeat "a" { skip() }
  y = conv(k = 3)(4)
  skip(1)
  linear(10)
}
space net = s()
)~",
     R"~(error[E402]: kernel of conv is given twice
 --> b.nas:2:24
2 |   conv(k = 3, out = 4, k = 5)
  |                        ^
  = More: nas explain E402
error[E403]: linear needs out
 --> b.nas:3:3
3 |   linear()
  |   ^^^^^^^^ outputs
  = More: nas explain E403
error[E404]: kernel of conv is a whole number, and this is a text
 --> b.nas:4:12
4 |   conv(k = "three")
  |            ^^^^^^^
  = More: nas explain E404
error[E404]: kernel of conv is a whole number, and this is 2.5
 --> b.nas:5:12
5 |   conv(k = 2.5)
  |            ^^^
  = More: nas explain E404
error[E301]: repeat needs a number of passes, a range or a list, and this is a text
 --> b.nas:6:10
6 |   repeat "a" { skip() }
  |          ^^^
  = More: nas explain E301
error[E301]: an operator is applied to tensors, and this is a plain number
 --> b.nas:7:7
7 |   y = conv(k = 3)(4)
  |       ^^^^^^^^^^^^^^
  = More: nas explain E301
error[E404]: skip takes at most 0 arguments
 --> b.nas:8:8
8 |   skip(1)
  |        ^
  = More: nas explain E404
)~"},
    {"ChoicesOfASpace", R"~(def space s() {
  a = choice()
  b = choice(1, 2, labels = ["one"])
  c = choice(1, 2, names = ["one", "two"])
  d = pick(5, of = [1, 2])
  input = image(channels = 0, size = 8)
  linear(10)
}
space net = s()
)~",
     R"~(error[E502]: a choice needs at least one option
 --> b.nas:2:7
2 |   a = choice()
  |       ^^^^^^^^
  = More: nas explain E502
error[E404]: choice has 2 options and 1 label
 --> b.nas:3:7
3 |   b = choice(1, 2, labels = ["one"])
  |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E404
error[E401]: choice has no argument names
 --> b.nas:4:20
4 |   c = choice(1, 2, names = ["one", "two"])
  |                    ^^^^^ its only named argument is labels
  = More: nas explain E401
error[E404]: pick is written pick(2, of = [a, b, c]), with a number between 1 and the length of the list
 --> b.nas:5:7
5 |   d = pick(5, of = [1, 2])
  |       ^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E404
error[E404]: channels is a whole number of at least 1, and this is 0
 --> b.nas:6:11
6 |   input = image(channels = 0, size = 8)
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E404
)~"},
    {"SpellingsOfASpace", R"~(def space s() {
  repeat block in 1..2 { conv(k = choice(3, 5), out = 4) }
  spelling one = "${block[3].kernel}"
  spelling two { ks = block[*].kernl }
  spelling three = 3
  linear(10)
}
space net = s()
)~",
     R"~(error[E201]: the space has no choice block[3].kernel
 --> b.nas:3:21
3 |   spelling one = "${block[3].kernel}"
  |                     ^^^^^^^^^^^^^^^ did you mean block[1].kernel?
  = More: nas explain E201
error[E201]: the space has no choice block[*].kernl
 --> b.nas:4:23
4 |   spelling two { ks = block[*].kernl }
  |                       ^^^^^^^^^^^^^^ did you mean block[1].kernel?
  = More: nas explain E201
error[E301]: a spelling is a text with ${...} parts, or a block of name = values
 --> b.nas:5:20
5 |   spelling three = 3
  |                    ^
  = More: nas explain E301
)~"},
    {"RequirementsOfASpace", R"~(def space s() {
  conv(k = choice(3, 5), out = 4)
  require params
  require "a"
  require macs < 5ms
  require accuracy > 0.9
  require latency < 5ms
  require 1 > 2, "one is not more than two"
  linear(10)
}
space net = s()
)~",
     R"~(error[E301]: require needs true or false, and this is a metric
 --> b.nas:3:11
3 |   require params
  |           ^^^^^^ e.g. require params < 8M
  = More: nas explain E301
error[E301]: require needs true or false, and this is a text
 --> b.nas:4:11
4 |   require "a"
  |           ^^^ e.g. require params < 8M
  = More: nas explain E301
error[E303]: macs is compared with a time
 --> b.nas:5:18
5 |   require macs < 5ms
  |           ----   ^^^ write a plain number
  = macs is a plain number.  More: nas explain E303
error[E301]: accuracy is not known before a network is built and measured
 --> b.nas:6:3
6 |   require accuracy > 0.9
  |   ^^^^^^^^^^^^^^^^^^^^^^ a space can require macs, params and memory
  = bounds on measured metrics belong into the search: where latency@host < 25ms.  More: nas explain E301
error[E301]: latency is not known before a network is built and measured
 --> b.nas:7:3
7 |   require latency < 5ms
  |   ^^^^^^^^^^^^^^^^^^^^^ a space can require macs, params and memory
  = bounds on measured metrics belong into the search: where latency@host < 25ms.  More: nas explain E301
error[E503]: one is not more than two
 --> b.nas:8:3
8 |   require 1 > 2, "one is not more than two"
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E503
)~"},
    {"ConditionsOfASpace", R"~(def space s() {
  k = choice(3, 5)
  if k { skip() }
  if 3 { skip() }
  y = nowhere
  linear(10)
}
space net = s()
)~",
     R"~(error[E301]: if needs true or false, and this is a plain number
 --> b.nas:3:6
3 |   if k { skip() }
  |      ^
  = More: nas explain E301
error[E301]: if needs true or false, and this is a plain number
 --> b.nas:4:6
4 |   if 3 { skip() }
  |      ^
  = More: nas explain E301
error[E201]: nowhere is not known here
 --> b.nas:5:7
5 |   y = nowhere
  |       ^^^^^^^
  = More: nas explain E201
)~"},
    {"ShapesOnThePathOfAChoice", R"~(def space s() {
  input = image(channels = 3, size = 8)
  k = choice(2, 4)
  a = conv(k = 3, out = 8, stride = k)(x)
  b = conv(k = 3, out = choice(8, 16), stride = 2)(x)
  add(a, b)
  linear(10)
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at add: add of 8x4x4 and 16x4x4
 --> b.nas:6:3
6 |   add(a, b)
  |   ^^^^^^^^^ when k = 2, out = 16
  = More: nas explain E501
)~"},
    {"ChannelsThatDoNotDivide", R"~(def space s() {
  conv(k = 3, out = 8)
  conv(k = 3, out = 9, groups = 2)
  linear(10)
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at conv.conv: 8 channels to 9 cannot be divided into 2 groups
 --> b.nas:3:3
3 |   conv(k = 3, out = 9, groups = 2)
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ on every path
  = the space says no input, so an image of 3x32x32 is assumed.  More: nas explain E501
)~"},
    {"RuleWithoutAnEnd", R"~(def space s() {
  rule grow(n) = grow(n + 1)
  conv(k = 3, out = grow(1))
  linear(10)
}
space net = s()
)~",
     R"~(error[E208]: calls are nested more than 200 deep
 --> b.nas:2:18
2 |   rule grow(n) = grow(n + 1)
  |                  ^^^^^^^^^^^
  = a rule needs an argument that falls with every call.  More: nas explain E208
)~"},
    {"SpacesWithoutAnEnd", R"~(def space s() {
  repeat 5000 { conv(k = choice(3, 5), out = 4) }
  linear(10)
}
space a = s()
def space t() {
  repeat 100000 { conv(k = 3, out = 4) }
  linear(10)
}
space b = t()
def space u() {
  conv(k = 3, out = choice(1..300))
  linear(10)
}
space c = u()
)~",
     R"~(error[E505]: the space has more than 4000 choices
 --> b.nas:2:26
2 |   repeat 5000 { conv(k = choice(3, 5), out = 4) }
  |                          ^^^^^^^^^^^^
  = More: nas explain E505
error[E505]: the space unrolls to more than 50000 layers
 --> b.nas:7:3
7 |   repeat 100000 { conv(k = 3, out = 4) }
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E505
error[E505]: a choice has 300 options; the limit is 255
  --> b.nas:12:21
12 |   conv(k = 3, out = choice(1..300))
   |                     ^^^^^^^^^^^^^^
   = More: nas explain E505
)~"},
    {"SpaceCalledWrongly", R"~(def space s(w: int) { linear(w) }
space a = s("a")
space b = s(3, 4)
space c = s()
)~",
     R"~(error[E404]: w of s is of type int, and this is a text
 --> b.nas:2:13
2 | space a = s("a")
  |             ^^^
  = More: nas explain E404
error[E404]: s takes at most 1 argument
 --> b.nas:3:16
3 | space b = s(3, 4)
  |                ^
  = More: nas explain E404
error[E403]: s needs w
 --> b.nas:4:11
4 | space c = s()
  |           ^^^
  = More: nas explain E403
)~"},
    {"ParametersDeclaredTwice", R"~(def f(x, x) = x
def space s(w: int = 8, w: int = 3) {
  linear(10)
}
)~",
     R"~(error[E202]: the parameter x is declared twice
 --> b.nas:1:10
1 | def f(x, x) = x
  |       -  ^ the second time here
  |       first here
  = More: nas explain E202
error[E202]: the parameter w is declared twice
 --> b.nas:2:25
2 | def space s(w: int = 8, w: int = 3) {
  |             -           ^ the second time here
  |             first here
  = More: nas explain E202
)~"},
    {"RangesWithoutAnEnd", R"~(foreach n in 1..3 step 0 { show n }
foreach n in 1ms..3ms step 1 { show n }
let a = 1..3ms
)~",
     R"~(error[E301]: the step of a range is zero
 --> b.nas:1:24
1 | foreach n in 1..3 step 0 { show n }
  |                        ^
  = More: nas explain E301
error[E301]: the step of a range over a time is a plain number
 --> b.nas:2:28
2 | foreach n in 1ms..3ms step 1 { show n }
  |                            ^
  = More: nas explain E301
error[E301]: a range goes from a number to a number, not from a plain number to a time
 --> b.nas:3:9
3 | let a = 1..3ms
  |         ^^^^^^
  = More: nas explain E301
)~"},
};
// clang-format on

TEST_P(Mistaken, IsShownInTheseWords) {
  EXPECT_EQ(check_text(GetParam().text, GetParam().world).text, GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(Every, Mistaken, ::testing::ValuesIn(mistakes), mistake_name);

// The big ones: one message each, within a moment.
TEST(BigScripts, TenThousandBracketsAreOneMessage) {
  const std::string shown = check_text("let a = " + std::string(10000, '(') + "1" + std::string(10000, ')') + "\n").text;
  EXPECT_EQ(shown.substr(0, 63), "error[E109]: this is nested more than 200 deep\n --> b.nas:1:209");
  EXPECT_EQ(shown.find("error[", 1), std::string::npos);
}

TEST(BigScripts, TenMegabytesAreOneMessage) {
  std::string script;
  for (int i = 0; i < 2'500'000; ++i) script += "# x\n";
  EXPECT_EQ(check_text(script).text,
            "error[E110]: the script has 10000000 bytes, the limit is 4194304\n"
            " --> b.nas:1:1\n"
            "1 | # x\n"
            "  | ^\n"
            "  = data belongs into tables that the script names.  More: nas explain E110\n");
}

}  // namespace
}  // namespace nas::testing
