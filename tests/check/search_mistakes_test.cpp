#include "tests/check/mistake.h"

namespace nas::testing {
namespace {

// Searches, stages, outputs: what a user would write.
// clang-format off
const Mistake mistakes[] = {
    {"TheClausesOfAWrongComponentAreStillRead", R"~(space net = tiny_mobilenet()
device host = cpu(thread = 1)
search a = nsga2(populaton = 5) with concurent() of minimize macss, minimize latency@host where macs < 5ms
search b = nsga9() over nett of minimize macs, minimize parms where macs < 5ms
train w = supernet(epoch = 3) of nett using fashion
predictor rigde() of latncy
plot paretto(a) to "/tmp/a.svg"
)~",
     R"~(error[E401]: cpu has no argument thread
 --> b.nas:2:19
2 | device host = cpu(thread = 1)
  |                   ^^^^^^ did you mean threads?
  = cpu takes threads, batch, interval, time_cap, precision.  More: nas explain E401
error[E401]: nsga2 has no argument populaton
 --> b.nas:3:18
3 | search a = nsga2(populaton = 5) with concurent() of minimize macss, minimize latency@host where macs < 5ms
  |                  ^^^^^^^^^ did you mean population?
  = nsga2 takes population, generations, crossover, mutation, crossover_share, mutation_share.  More: nas explain E401
error[E205]: there is no tactic component concurent
 --> b.nas:3:38
3 | search a = nsga2(populaton = 5) with concurent() of minimize macss, minimize latency@host where macs < 5ms
  |                                      ^^^^^^^^^ did you mean concurrent?
  = nas list tactics shows concurrent, direct, full, islands, popdb, warm_start.  More: nas explain E205
error[E201]: macss is not known here
 --> b.nas:3:62
3 | search a = nsga2(populaton = 5) with concurent() of minimize macss, minimize latency@host where macs < 5ms
  |                                                              ^^^^^ did you mean macs?
  = More: nas explain E201
error[E303]: macs is compared with a time
 --> b.nas:3:104
3 | search a = nsga2(populaton = 5) with concurent() of minimize macss, minimize latency@host where macs < 5ms
  |                                                                                                 ----   ^^^ write a plain number
  = macs is a plain number.  More: nas explain E303
error[E205]: there is no search component nsga9
 --> b.nas:4:12
4 | search b = nsga9() over nett of minimize macs, minimize parms where macs < 5ms
  |            ^^^^^ did you mean nsga2?
  = nas list searches shows age_moea, bananas, cmaes, ctaea, evolution, exhaustive, ga, local, mo_cmaes, moead, nsga2, nsga3, random, regularized_evolution, rnsga2, sms_emoa, unsga3, weaknas.  More: nas explain E205
error[E201]: nett is not known here
 --> b.nas:4:25
4 | search b = nsga9() over nett of minimize macs, minimize parms where macs < 5ms
  |                         ^^^^ did you mean net?
  = More: nas explain E201
error[E201]: parms is not known here
 --> b.nas:4:57
4 | search b = nsga9() over nett of minimize macs, minimize parms where macs < 5ms
  |                                                         ^^^^^ did you mean params?
  = More: nas explain E201
error[E303]: macs is compared with a time
 --> b.nas:4:76
4 | search b = nsga9() over nett of minimize macs, minimize parms where macs < 5ms
  |                                                                     ----   ^^^ write a plain number
  = macs is a plain number.  More: nas explain E303
error[E401]: supernet has no argument epoch
 --> b.nas:5:20
5 | train w = supernet(epoch = 3) of nett using fashion
  |                    ^^^^^ did you mean epochs?
  = supernet takes epochs, images, batch, learning_rate, momentum, weight_decay, label_smoothing, random_networks.  More: nas explain E401
error[E201]: nett is not known here
 --> b.nas:5:34
5 | train w = supernet(epoch = 3) of nett using fashion
  |                                  ^^^^ did you mean net?
  = More: nas explain E201
error[E201]: fashion is not known here
 --> b.nas:5:45
5 | train w = supernet(epoch = 3) of nett using fashion
  |                                             ^^^^^^^
  = More: nas explain E201
error[E205]: there is no predictor component rigde
 --> b.nas:6:11
6 | predictor rigde() of latncy
  |           ^^^^^ did you mean ridge?
  = nas list predictors shows auto, ensemble, gbdt, gcn, gp, kernel, knn, lasso, linear, lpm, lut, mlp, random_forest, ridge, roofline, saved, svr.  More: nas explain E205
error[E201]: latncy is not known here
 --> b.nas:6:22
6 | predictor rigde() of latncy
  |                      ^^^^^^ did you mean latency?
  = More: nas explain E201
error[E205]: there is no plot component paretto
 --> b.nas:7:6
7 | plot paretto(a) to "/tmp/a.svg"
  |      ^^^^^^^ did you mean pareto?
  = nas list plots shows attainment, clusters, convergence, genes, heatmap, latency_scatter, learning, network, parallel, pareto, predicted_vs_measured, residuals.  More: nas explain E205
error[E604]: /tmp/a.svg lies outside the output folder
 --> b.nas:7:20
7 | plot paretto(a) to "/tmp/a.svg"
  |                    ^^^^^^^^^^^^ write a path without .. and without a leading /
  = a script writes below its output folder only.  More: nas explain E604
)~"},
    {"TheBodyOfAWrongLoopIsStillRead", R"~(space net = tiny_mobilenet()
foreach n in nowhere {
  search f = nsga2(population = n, generatons = 3) of minimize macs, minimize params
}
if bigg { device d = cpu(thread = 1) } else { device d = cpu(batches = 2) }
)~",
     R"~(error[E201]: nowhere is not known here
 --> b.nas:2:14
2 | foreach n in nowhere {
  |              ^^^^^^^
  = More: nas explain E201
error[E401]: nsga2 has no argument generatons
 --> b.nas:3:36
3 |   search f = nsga2(population = n, generatons = 3) of minimize macs, minimize params
  |                                    ^^^^^^^^^^ did you mean generations?
  = nsga2 takes population, generations, crossover, mutation, crossover_share, mutation_share.  More: nas explain E401
error[E201]: bigg is not known here
 --> b.nas:5:4
5 | if bigg { device d = cpu(thread = 1) } else { device d = cpu(batches = 2) }
  |    ^^^^
  = More: nas explain E201
error[E401]: cpu has no argument thread
 --> b.nas:5:26
5 | if bigg { device d = cpu(thread = 1) } else { device d = cpu(batches = 2) }
  |                          ^^^^^^ did you mean threads?
  = cpu takes threads, batch, interval, time_cap, precision.  More: nas explain E401
error[E401]: cpu has no argument batches
 --> b.nas:5:62
5 | if bigg { device d = cpu(thread = 1) } else { device d = cpu(batches = 2) }
  |                                                              ^^^^^^^ did you mean batch?
  = cpu takes threads, batch, interval, time_cap, precision.  More: nas explain E401
)~"},
    {"ABrokenDeviceIsNotMissed", R"~(device host = cpu(thread = 1)
space net = tiny_mobilenet()
search a = nsga2() of minimize macs, minimize latency
)~",
     R"~(error[E401]: cpu has no argument thread
 --> b.nas:1:19
1 | device host = cpu(thread = 1)
  |                   ^^^^^^ did you mean threads?
  = cpu takes threads, batch, interval, time_cap, precision.  More: nas explain E401
)~"},
    {"SeveralValuesWhereOneBelongs", R"~(device a = cpu(), cpu()
space net = tiny_mobilenet()
space other = nasbench201()
search s = nsga2() over net, other of minimize macs, minimize params
export s, s as csv to "out/a.csv"
)~",
     R"~(error[E404]: device takes one component, and there are 2
 --> b.nas:1:19
1 | device a = cpu(), cpu()
  |                   ^^^^^ write a statement for each
  = More: nas explain E404
error[E404]: over takes one value here, and there are 2
 --> b.nas:4:30
4 | search s = nsga2() over net, other of minimize macs, minimize params
  |                              ^^^^^
  = More: nas explain E404
error[E404]: export takes one result, and there are 2
 --> b.nas:5:11
5 | export s, s as csv to "out/a.csv"
  |           ^ write a statement for each
  = More: nas explain E404
)~"},
    {"ClausesOfStagesThatHaveNone", R"~(device host = cpu() on board
dataset data = fashion_mnist() using host
space net = tiny_mobilenet() of data
objective minimize macs using net
)~",
     R"~(error[E406]: device has no clause on
 --> b.nas:1:21
1 | device host = cpu() on board
  |                     ^^ it has no clauses
  = More: nas explain E406
error[E406]: dataset has no clause using
 --> b.nas:2:32
2 | dataset data = fashion_mnist() using host
  |                                ^^^^^ it has no clauses
  = More: nas explain E406
error[E406]: space has no clause of
 --> b.nas:3:30
3 | space net = tiny_mobilenet() of data
  |                              ^^ it has no clauses
  = More: nas explain E406
error[E406]: objective has no clause using
 --> b.nas:4:25
4 | objective minimize macs using net
  |                         ^^^^^ its only clause is from
  = More: nas explain E406
)~"},
    {"DirectionsInWrongPlaces", R"~(space net = tiny_mobilenet()
search s = nsga2() over minimize net of minimize macs, minimize params where maximize macs < 5M
plot maximize pareto(s) to "out/a.svg"
)~",
     R"~(error[E301]: minimize stands before objectives only
 --> b.nas:2:25
2 | search s = nsga2() over minimize net of minimize macs, minimize params where maximize macs < 5M
  |                         ^^^^^^^^^^^^
  = More: nas explain E301
error[E301]: maximize stands before objectives only
 --> b.nas:2:78
2 | search s = nsga2() over minimize net of minimize macs, minimize params where maximize macs < 5M
  |                                                                              ^^^^^^^^^^^^^^^^^^
  = More: nas explain E301
error[E301]: maximize stands before objectives only
 --> b.nas:3:6
3 | plot maximize pareto(s) to "out/a.svg"
  |      ^^^^^^^^^^^^^^^^^^
  = More: nas explain E301
)~"},
    {"OneObjectiveTwice", R"~(space net = tiny_mobilenet()
objective minimize macs
objective minimize macs
search s = nsga2() of minimize params, maximize params
)~",
     R"~(error[E402]: macs is an objective twice
 --> b.nas:3:11
3 | objective minimize macs
  |           ^^^^^^^^^^^^^
  = More: nas explain E402
error[E402]: params is an objective twice
 --> b.nas:4:40
4 | search s = nsga2() of minimize params, maximize params
  |                                        ^^^^^^^^^^^^^^^
  = More: nas explain E402
)~"},
    {"SettingsThatAreNotThere", R"~(space net = tiny_mobilenet()
search f = nsga2() of minimize params, minimize macs
plot pareto(f) to "out/a.svg" { titel = "A" }
export f as csv to "out/a.csv" { part = bst }
export f as csv to "out/b.csv" { part = "bst" }
report f to "out/a.html" { tilte = "A" }
space other = tiny_mobilenet() { clases = 10 }
objective minimize macs { weight = 3 }
)~",
     R"~(error[E401]: pareto has no argument titel
 --> b.nas:3:33
3 | plot pareto(f) to "out/a.svg" { titel = "A" }
  |                                 ^^^^^
  = pareto takes results, x, y.  More: nas explain E401
error[E405]: part of csv cannot be bst
 --> b.nas:4:41
4 | export f as csv to "out/a.csv" { part = bst }
  |                                         ^^^ did you mean best?
  = it can be front, best, archive.  More: nas explain E405
error[E405]: part of csv cannot be bst
 --> b.nas:5:41
5 | export f as csv to "out/b.csv" { part = "bst" }
  |                                         ^^^^^ did you mean best?
  = it can be front, best, archive.  More: nas explain E405
error[E401]: report takes no settings
 --> b.nas:6:28
6 | report f to "out/a.html" { tilte = "A" }
  |                            ^^^^^
  = More: nas explain E401
error[E401]: tiny_mobilenet has no argument clases
 --> b.nas:7:34
7 | space other = tiny_mobilenet() { clases = 10 }
  |                                  ^^^^^^ did you mean classes?
  = tiny_mobilenet takes size, channels, classes.  More: nas explain E401
error[E401]: objective takes no settings
 --> b.nas:8:27
8 | objective minimize macs { weight = 3 }
  |                           ^^^^^^
  = More: nas explain E401
)~"},
    {"AxesThatAResultDoesNotHave", R"~(device host = cpu()
space net = tiny_mobilenet()
search f = nsga2() of minimize latency@host, minimize macs
plot pareto(f) to "out/a.svg" { x = latncy }
plot pareto(f, x = "latncy") to "out/b.svg"
plot pareto(f) to "out/c.svg" { y = accuracy }
plot pareto(f) to "out/d.svg" { x = "latency@hsot", y = "paramz" }
plot pareto(f) to "out/e.svg" { x = 3 }
)~",
     R"~(error[E201]: latncy is not known here
 --> b.nas:4:37
4 | plot pareto(f) to "out/a.svg" { x = latncy }
  |                                     ^^^^^^ did you mean latency?
  = More: nas explain E201
error[E703]: f has no latncy
 --> b.nas:5:20
5 | plot pareto(f, x = "latncy") to "out/b.svg"
  |                    ^^^^^^^^ did you mean latency?
  = it has latency@host, macs, params, memory.  More: nas explain E703
error[E703]: f has no accuracy
 --> b.nas:6:37
6 | plot pareto(f) to "out/c.svg" { y = accuracy }
  |                                     ^^^^^^^^
  = it has latency@host, macs, params, memory.  More: nas explain E703
error[E703]: f has no latency@hsot
 --> b.nas:7:37
7 | plot pareto(f) to "out/d.svg" { x = "latency@hsot", y = "paramz" }
  |                                     ^^^^^^^^^^^^^^ did you mean latency@host?
  = it has latency@host, macs, params, memory.  More: nas explain E703
error[E703]: f has no paramz
 --> b.nas:7:57
7 | plot pareto(f) to "out/d.svg" { x = "latency@hsot", y = "paramz" }
  |                                                         ^^^^^^^^ did you mean params?
  = it has latency@host, macs, params, memory.  More: nas explain E703
error[E404]: x of pareto is a metric, and this is a plain number
 --> b.nas:8:37
8 | plot pareto(f) to "out/e.svg" { x = 3 }
  |                                     ^
  = More: nas explain E404
)~"},
    {"ExportOfNothing", R"~(space net = tiny_mobilenet()
search f = nsga2() of minimize params, minimize macs
export as csv to "out/a.csv"
report to "out/a.html"
)~",
     R"~(error[E104]: 'csv' cannot follow 'as'
 --> b.nas:3:11
3 | export as csv to "out/a.csv"
  |           ^^^ an operator or a comma is missing before it
  = clauses begin with on, over, using, with, from, to, of, where, by, until or as.  More: nas explain E104
error[E104]: '"out/a.html"' cannot follow 'to'
 --> b.nas:4:11
4 | report to "out/a.html"
  |           ^^^^^^^^^^^^ an operator or a comma is missing before it
  = clauses begin with on, over, using, with, from, to, of, where, by, until or as.  More: nas explain E104
)~"},
    {"ConditionsThatContradictEachOther", R"~(space net = tiny_mobilenet()
device host = cpu()
search a = nsga2() of minimize macs, maximize params where params > 60M and macs < 5M and params < 55M
search b = nsga2() of minimize macs, maximize params where 300k < params < 100k
search c = nsga2() of minimize macs, maximize latency where latency < 5ms, latency@host > 6ms
search d = nsga2() of minimize macs, maximize params where 2 * macs + params > 3M and 2 * macs + params < 2M and macs > 1k and macs > 2k
)~",
     R"~(error[E609]: params > 60M and params < 55M are never both true
 --> b.nas:3:60
3 | search a = nsga2() of minimize macs, maximize params where params > 60M and macs < 5M and params < 55M
  |                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ change one of the bounds
  = More: nas explain E609
error[E609]: 300000 < params and params < 100000 are never both true
 --> b.nas:4:60
4 | search b = nsga2() of minimize macs, maximize params where 300k < params < 100k
  |                                                            ^^^^^^^^^^^^^^^^^^^^ change one of the bounds
  = More: nas explain E609
error[E609]: latency < 5ms and latency@host > 6ms are never both true
 --> b.nas:5:61
5 | search c = nsga2() of minimize macs, maximize latency where latency < 5ms, latency@host > 6ms
  |                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ change one of the bounds
  = More: nas explain E609
error[E609]: (2 * macs) + params > 3M and (2 * macs) + params < 2M are never both true
 --> b.nas:6:60
6 | search d = nsga2() of minimize macs, maximize params where 2 * macs + params > 3M and 2 * macs + params < 2M and macs > ...
  |                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ change one of the bounds
  = More: nas explain E609
)~"},
    {"WeightsThatNobodyTrained", R"~(space net = tiny_mobilenet()
search front = random(evaluations = 5) of maximize macs, minimize params
export front.best as onnx to "out/best.onnx"
export front.archive as torch to "out/all.pt"
export front.space as onnx to "out/s.onnx"
export net as torch to "out/n.pt"
)~",
     R"~(error[E710]: front.best has no weights for onnx
 --> b.nas:3:8
3 | export front.best as onnx to "out/best.onnx"
  |        ^^^^^^^^^^ train a super-network and search with its accuracy
  = e.g. train weights = supernet() of net using data, objective maximize accuracy from weights.  More: nas explain E710
error[E405]: torch cannot write the archive
 --> b.nas:4:8
4 | export front.archive as torch to "out/all.pt"
  |        ^^^^^^^^^^^^^ it writes best
  = More: nas explain E405
error[E405]: onnx cannot write the space
 --> b.nas:5:8
5 | export front.space as onnx to "out/s.onnx"
  |        ^^^^^^^^^^^ write as nas
  = More: nas explain E405
error[E301]: the result of a search is needed here, and this is a space
 --> b.nas:6:8
6 | export net as torch to "out/n.pt"
  |        ^^^
  = More: nas explain E301
)~"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Searches, Mistaken, ::testing::ValuesIn(mistakes), mistake_name);

}  // namespace
}  // namespace nas::testing
