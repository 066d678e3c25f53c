#include "tests/check/mistake.h"

namespace nas::testing {
namespace {

// Values, units, params, imports, sources: what a user would write.
// clang-format off
const Mistake mistakes[] = {
    {"DimensionsInAFormula", R"~(device host = cpu()
space net = tiny_mobilenet()
search a = nsga2() of minimize accuracy * latency@host + 1, minimize macs
search b = nsga2() of minimize latency@host + memory, minimize macs
search c = nsga2() of minimize latency@host ^ 2, minimize macs
search d = nsga2() of minimize max(latency@host, 5MB), minimize macs
search e = nsga2() of minimize log(latency@host), minimize macs
)~",
     R"~(error[E302]: accuracy * latency@host and a plain number cannot be added
 --> b.nas:3:58
3 | search a = nsga2() of minimize accuracy * latency@host + 1, minimize macs
  |                                -----------------------   ^ write a unit, e.g. 1ms
  = accuracy * latency@host is a time (ns, us, ms, s).  More: nas explain E302
error[E303]: a time and a memory size cannot be added
 --> b.nas:4:47
4 | search b = nsga2() of minimize latency@host + memory, minimize macs
  |                                ------------   ^^^^^^ this is a memory size
  |                                this is a time
  = More: nas explain E303
error[E301]: ^ has no meaning for metrics
 --> b.nas:5:45
5 | search c = nsga2() of minimize latency@host ^ 2, minimize macs
  |                                             ^
  = More: nas explain E301
error[E404]: max compares values of one kind
 --> b.nas:6:32
6 | search d = nsga2() of minimize max(latency@host, 5MB), minimize macs
  |                                ^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E404
error[E404]: log needs a number, and this is a metric
 --> b.nas:7:32
7 | search e = nsga2() of minimize log(latency@host), minimize macs
  |                                ^^^^^^^^^^^^^^^^^
  = More: nas explain E404
)~"},
    {"UnitsThatDoNotCancel", R"~(device host = cpu()
space net = tiny_mobilenet()
search a = nsga2() of minimize latency@host / 1ms + memory / 1s, minimize macs
search b = nsga2() of minimize macs, minimize params where latency@host / macs < 3ms
search c = nsga2() of minimize macs, minimize params where macs + params < 5MB
)~",
     R"~(error[E303]: memory / 1s and latency@host / 1ms cannot be added
 --> b.nas:3:32
3 | search a = nsga2() of minimize latency@host / 1ms + memory / 1s, minimize macs
  |                                ^^^^^^^^^^^^^^^^^^   ----------- the units of this do not cancel: it is a bandwidth
  |                                this is a plain number
  = More: nas explain E303
error[E303]: macs + params is compared with a memory size
 --> b.nas:5:76
5 | search c = nsga2() of minimize macs, minimize params where macs + params < 5MB
  |                                                            -------------   ^^^ write a plain number
  = macs + params is a plain number.  More: nas explain E303
)~"},
    {"ArityOfADef", R"~(def flops(macs_count, factor) = factor * macs_count
let a = flops(3)
let b = flops(1, 2, 3)
let c = flops
let d = c(1)
show b, d
)~",
     R"~(error[E403]: flops needs a value for factor
 --> b.nas:2:9
2 | let a = flops(3)
  |         ^^^^^^^^
  = More: nas explain E403
error[E404]: flops takes 2 arguments, 3 are given
 --> b.nas:3:9
3 | let b = flops(1, 2, 3)
  |         ^^^^^^^^^^^^^^
  = More: nas explain E404
error[E403]: flops needs a value for factor
 --> b.nas:5:9
5 | let d = c(1)
  |         ^^^^
  = More: nas explain E403
)~"},
    {"RangesGoingNowhere", R"~(space net = tiny_mobilenet()
param p : int = 3 in 20..1
foreach n in 5..1 { show n }
let a = [1, 2, 3][0]
let b = [][1]
let c = 1..2..3
show p, a, b
)~",
     R"~(error[E301]: bounds run from the lower value to the upper one
 --> b.nas:2:22
2 | param p : int = 3 in 20..1
  |                      ^^^^^ write 1..20
  = More: nas explain E301
error[E306]: the list has 3 items, and item 0 is asked for
 --> b.nas:4:19
4 | let a = [1, 2, 3][0]
  |                   ^ the first item is [1], the last one [-1]
  = More: nas explain E306
error[E306]: the list has 0 items, and item 1 is asked for
 --> b.nas:5:12
5 | let b = [][1]
  |            ^ the first item is [1], the last one [-1]
  = More: nas explain E306
error[E301]: a range goes from a number to a number, not from a range to a plain number
 --> b.nas:6:9
6 | let c = 1..2..3
  |         ^^^^^^^
  = More: nas explain E301
)~"},
    {"RequireOnUnknown", R"~(space net = tiny_mobilenet()
search f = nsga2() of minimize params, minimize macs
require f.best.acuracy > 0.9
require g.hypervolume > 3
require f.hypervolum > 3
require net.networks
require f.hypervolume, "a text"
)~",
     R"~(error[E207]: the best network of f has no part acuracy
 --> b.nas:3:16
3 | require f.best.acuracy > 0.9
  |                ^^^^^^^
  = it has architecture, macs, params.  More: nas explain E207
error[E201]: g is not known here
 --> b.nas:4:9
4 | require g.hypervolume > 3
  |         ^
  = More: nas explain E201
error[E207]: a result has no part hypervolum
 --> b.nas:5:11
5 | require f.hypervolum > 3
  |           ^^^^^^^^^^ did you mean hypervolume?
  = it has best, front, archive, space, size, hypervolume, cost, evaluations, name.  More: nas explain E207
error[E301]: require needs true or false, and this is a plain number
 --> b.nas:6:9
6 | require net.networks
  |         ^^^^^^^^^^^^
  = More: nas explain E301
)~"},
    {"AliasesThatClash", R"~(import "other.nas" as net
space net = tiny_mobilenet()
import "other.nas" as size
let size = 3
show net, size
)~",
     R"~(error[E202]: net is declared twice
 --> b.nas:2:7
1 | import "other.nas" as net
  |                       --- first here
2 | space net = tiny_mobilenet()
  |       ^^^ the second time here
  = More: nas explain E202
error[E202]: size is declared twice
 --> b.nas:4:5
3 | import "other.nas" as size
  |                       ---- first here
4 | let size = 3
  |     ^^^^ the second time here
  = More: nas explain E202
)~",
     {.files = {{"other.nas", R"~(let a = 3
)~"}}, .params = {}}},
    {"ForeachOverOtherThings", R"~(space net = tiny_mobilenet()
search f = nsga2() of minimize params, minimize macs
foreach n in net { show n }
foreach n in "abc" { show n }
foreach n in f.front { show n }
foreach n in { show n }
)~",
     R"~(error[E301]: foreach runs over a list or a range, and this is a space
 --> b.nas:3:14
3 | foreach n in net { show n }
  |              ^^^
  = More: nas explain E301
error[E301]: foreach runs over a list or a range, and this is a text
 --> b.nas:4:14
4 | foreach n in "abc" { show n }
  |              ^^^^^
  = More: nas explain E301
error[E301]: foreach runs over a list or a range, and this is a value that is known after the run
 --> b.nas:5:14
5 | foreach n in f.front { show n }
  |              ^^^^^^^
  = More: nas explain E301
error[E107]: a value is missing after 'in'
 --> b.nas:6:14
6 | foreach n in { show n }
  |              ^ '{' is no value
  = More: nas explain E107
)~"},
    {"WhenOnOtherThings", R"~(space net = tiny_mobilenet()
search f = nsga2() of minimize params, minimize macs
when net { show 1 }
when f { show 2 }
when f.best { show 3 }
when accuracy > 0.5 { show 4 }
)~",
     R"~(error[E301]: when needs true or false, and this is a space
 --> b.nas:3:6
3 | when net { show 1 }
  |      ^^^
  = More: nas explain E301
error[E301]: when needs true or false, and this is a result
 --> b.nas:4:6
4 | when f { show 2 }
  |      ^
  = More: nas explain E301
error[E301]: when needs true or false, and this is a condition on metrics
 --> b.nas:6:6
6 | when accuracy > 0.5 { show 4 }
  |      ^^^^^^^^^^^^^^
  = More: nas explain E301
)~"},
    {"ParamsFromTheCommandLine", R"~(param rounds : int = 4 in 1..20
param cap : quantity = 25ms in 1ms..1s
param fast : bool = true
param share : float = 0.5 in 0.0..1.0
show rounds, cap, fast, share
)~",
     R"~(error[E405]: param rounds is 21
 --> -p rounds:1:14
1 | let rounds = 21
  |              ^^ it must be between 1 and 20
  = More: nas explain E405
error[E302]: param cap is a plain number, and its bounds run from 1 ms to 1 s
 --> -p cap:1:11
1 | let cap = 30
  |           ^^ write a unit, one of ns, us, ms, s, min, h
  = More: nas explain E302
error[E201]: yes is not known here
 --> -p fast:1:12
1 | let fast = yes
  |            ^^^
  = More: nas explain E201
error[E405]: param share is 2.5
 --> -p share:1:13
1 | let share = 2.5
  |             ^^^ it must be between 0 and 1
  = More: nas explain E405
error[E401]: the script has no param round
 --> -p round:1:1
1 | round=3
  | ^^^^^ did you mean rounds?
  = its params are rounds, cap, fast, share.  More: nas explain E401
)~",
     {.files = {}, .params = {{"rounds", "21"}, {"cap", "30"}, {"fast", "yes"}, {"share", "2.5"}, {"round", "3"}}}},
    {"ParamsThatAreNoValues", R"~(param rounds : int = 4
param cap : quantity = 25ms
show rounds, cap
)~",
     R"~(error[E104]: '5' cannot follow '4'
 --> -p rounds:1:16
1 | let rounds = 4 5
  |                ^ an operator or a comma is missing before it
  = More: nas explain E104
error[E305]: sec is not a unit
 --> -p cap:1:11
1 | let cap = 25sec
  |           ^^^^^
  = units are ns us ms s min h, B KB MB GB KiB MiB GiB, uJ mJ J, mW W, Hz kHz MHz GHz, k M G, %.  More: nas explain E305
)~",
     {.files = {}, .params = {{"rounds", "4 5"}, {"cap", "25sec"}}}},
    {"ParamsWithoutAValue", R"~(param rounds : int in 1..20
param cap = 25ms
param : int = 3
show rounds
)~",
     R"~(error[E106]: '=' is missing after 'int'
 --> b.nas:1:19
1 | param rounds : int in 1..20
  |                   ^ write '=' and a value here
  = More: nas explain E106
error[E106]: ':' is missing after 'cap'
 --> b.nas:2:10
2 | param cap = 25ms
  |          ^ write ':' and a type here
  = More: nas explain E106
error[E108]: a name is expected after 'param', not ':'
 --> b.nas:3:7
3 | param : int = 3
  |       ^ write a name here
  = More: nas explain E108
)~"},
    {"PoolsOfOtherSpaces", R"~(space net = tiny_mobilenet()
space a = pool(net)
space b = pool(net, "rows.csv")
space c = pool(tble, table("rows.csv", value = "top1", unit = 1%))
space d = pool(3, table("rows.csv", value = "top1", unit = 1%))
space e = pool(net, table("rows.csv", valu = "top1", unit = 1%))
)~",
     R"~(error[E403]: pool needs a space and a table
 --> b.nas:2:11
2 | space a = pool(net)
  |           ^^^^^^^^^ e.g. space small = pool(net, table("f.csv"))
  = More: nas explain E403
error[E301]: pool needs a table, and this is a text
 --> b.nas:3:21
3 | space b = pool(net, "rows.csv")
  |                     ^^^^^^^^^^ e.g. table("f.csv")
  = More: nas explain E301
error[E201]: tble is not known here
 --> b.nas:4:16
4 | space c = pool(tble, table("rows.csv", value = "top1", unit = 1%))
  |                ^^^^
  = More: nas explain E201
error[E301]: pool needs a space, and this is a plain number
 --> b.nas:5:16
5 | space d = pool(3, table("rows.csv", value = "top1", unit = 1%))
  |                ^
  = More: nas explain E301
error[E401]: table has no argument valu
 --> b.nas:6:39
6 | space e = pool(net, table("rows.csv", valu = "top1", unit = 1%))
  |                                       ^^^^ did you mean value?
  = table takes file, value, unit, missing, duplicates.  More: nas explain E401
)~"},
    {"WeightsOfAnotherSpace", R"~(dataset data = fashion_mnist()
space a = tiny_mobilenet()
space b = tiny_mobilenet(size = 14)
train w = supernet() of a using data
objective maximize accuracy from w
search f = nsga2() over b of maximize accuracy, minimize macs
)~",
     R"~(error[E603]: w holds weights of space a, and the search is over b
 --> b.nas:6:30
6 | search f = nsga2() over b of maximize accuracy, minimize macs
  |                              ^^^^^^^^^^^^^^^^^
  = More: nas explain E603
)~"},
    {"ObjectivesThatAreNone", R"~(device host = cpu()
space net = tiny_mobilenet()
search a = nsga2() of maximize 3, minimize "macs"
search b = nsga2() of minimize net, minimize host
search c = nsga2() of accuracy * macs, minimize params
search d = nsga2() of minimize latency@nowhere, minimize host@latency
search e = nsga2() of
)~",
     R"~(error[E301]: an objective is a metric, and this is a plain number
 --> b.nas:3:32
3 | search a = nsga2() of maximize 3, minimize "macs"
  |                                ^ e.g. accuracy, latency@host, macs
  = More: nas explain E301
error[E301]: an objective is a metric, and this is a text
 --> b.nas:3:44
3 | search a = nsga2() of maximize 3, minimize "macs"
  |                                            ^^^^^^ e.g. accuracy, latency@host, macs
  = More: nas explain E301
error[E301]: an objective is a metric, and this is a space
 --> b.nas:4:32
4 | search b = nsga2() of minimize net, minimize host
  |                                ^^^ e.g. accuracy, latency@host, macs
  = More: nas explain E301
error[E301]: an objective is a metric, and this is a device
 --> b.nas:4:46
4 | search b = nsga2() of minimize net, minimize host
  |                                              ^^^^ e.g. accuracy, latency@host, macs
  = More: nas explain E301
error[E403]: say whether this is to be maximized or minimized
 --> b.nas:5:23
5 | search c = nsga2() of accuracy * macs, minimize params
  |                       ^^^^^^^^^^^^^^^ write maximize or minimize before it
  = More: nas explain E403
error[E201]: nowhere is not known here
 --> b.nas:6:40
6 | search d = nsga2() of minimize latency@nowhere, minimize host@latency
  |                                        ^^^^^^^
  = More: nas explain E201
error[E301]: metric@device needs a metric before the @, and this is a device
 --> b.nas:6:58
6 | search d = nsga2() of minimize latency@nowhere, minimize host@latency
  |                                                          ^^^^
  = More: nas explain E301
error[E107]: a value is missing after 'of'
 --> b.nas:7:22
7 | search e = nsga2() of
  |                      ^ write a value here
  = More: nas explain E107
)~"},
    {"ConditionsThatAreNone", R"~(device host = cpu()
space net = tiny_mobilenet()
search a = nsga2() of minimize macs, minimize params where macs != 5
search b = nsga2() of minimize macs, minimize params where not macs < 5M
search c = nsga2() of minimize macs, minimize params where macs < 5M and true and 3
search d = nsga2() of minimize macs, minimize params where "macs" < 5M
search e = nsga2() of minimize macs, minimize params where latency@host < 25 ms
)~",
     R"~(error[E304]: a metric cannot be compared by != with a plain number
 --> b.nas:3:68
3 | search a = nsga2() of minimize macs, minimize params where macs != 5
  |                                                                    ^
  = More: nas explain E304
error[E304]: a condition on metrics cannot be negated
 --> b.nas:4:64
4 | search b = nsga2() of minimize macs, minimize params where not macs < 5M
  |                                                                ^^^^^^^^^ turn its comparison round
  = More: nas explain E304
error[E304]: a condition on metrics cannot be joined with a plain number
 --> b.nas:5:79
5 | search c = nsga2() of minimize macs, minimize params where macs < 5M and true and 3
  |                                                                               ^^^
  = More: nas explain E304
error[E301]: < orders numbers, and this is a text
 --> b.nas:6:60
6 | search d = nsga2() of minimize macs, minimize params where "macs" < 5M
  |                                                            ^^^^^^
  = More: nas explain E301
error[E104]: a unit stands right behind its number
 --> b.nas:7:78
7 | search e = nsga2() of minimize macs, minimize params where latency@host < 25 ms
  |                                                                              ^^ write 25ms
  = More: nas explain E104
)~"},
    {"DevicesWrittenWrongly", R"~(device host = cpu(threads = 1, batch = -1)
device slow = cpu(interval = 5%)
device fast = cpu(time_cap = 1h)
device other = host
device = cpu()
device two three = cpu()
)~",
     R"~(error[E405]: batch of cpu is -1
 --> b.nas:1:40
1 | device host = cpu(threads = 1, batch = -1)
  |                                        ^^ it must be between 1 and 4096
  = More: nas explain E405
error[E405]: time_cap of cpu is 3600 s
 --> b.nas:3:30
3 | device fast = cpu(time_cap = 1h)
  |                              ^^ it must be between 10 ms and 600 s
  = More: nas explain E405
error[E205]: there is no device component host
 --> b.nas:4:16
4 | device other = host
  |                ^^^^
  = nas list devices shows command, cpu, gpu, lut, regression, remote, sim, table.  More: nas explain E205
error[E108]: a name is missing before '='
 --> b.nas:5:8
5 | device = cpu()
  |        ^ write 'device name ='
  = More: nas explain E108
error[E104]: unknown clause 'two'
 --> b.nas:6:8
6 | device two three = cpu()
  |        ^^^ did you mean 'to'?
  = clauses begin with on, over, using, with, from, to, of, where, by, until or as.  More: nas explain E104
)~"},
    {"TrainingWrittenWrongly", R"~(dataset data = fashion_mnist()
space net = tiny_mobilenet()
train a = supernet(epochs = 0) of net using data
train b = supernet(epochs = 3, learning_rate = 15%) of data using net
train c = supernet(epochs = "3") of net
train d = supernet of net on data
)~",
     R"~(error[E405]: epochs of supernet is 0
 --> b.nas:3:29
3 | train a = supernet(epochs = 0) of net using data
  |                             ^ it must be between 0.001 and 10000
  = More: nas explain E405
error[E301]: a space is needed here, and this is a dataset
 --> b.nas:4:56
4 | train b = supernet(epochs = 3, learning_rate = 15%) of data using net
  |                                                        ^^^^
  = More: nas explain E301
error[E301]: a dataset is needed here, and this is a space
 --> b.nas:4:67
4 | train b = supernet(epochs = 3, learning_rate = 15%) of data using net
  |                                                                   ^^^
  = More: nas explain E301
error[E404]: epochs of supernet is a plain number, and this is a text
 --> b.nas:5:29
5 | train c = supernet(epochs = "3") of net
  |                             ^^^
  = More: nas explain E404
error[E301]: a device is needed here, and this is a dataset
 --> b.nas:6:30
6 | train d = supernet of net on data
  |                              ^^^^
  = More: nas explain E301
)~"},
    {"SourcesWrittenWrongly", R"~(space net = tiny_mobilenet()
objective maximize accuracy from net
objective maximize accuracy from "table.csv"
objective maximize accuracy from table(file = table.csv)
objective minimize latency from table("a.csv", unit = 1ms)
objective maximize accuracy from
)~",
     R"~(error[E301]: an objective comes from trained weights or a component, and this is a space
 --> b.nas:2:34
2 | objective maximize accuracy from net
  |                                  ^^^
  = More: nas explain E301
error[E301]: objective ... from names a component, such as linear_model, perceptron, regression, table
 --> b.nas:3:34
3 | objective maximize accuracy from "table.csv"
  |                                  ^^^^^^^^^^^
  = More: nas explain E301
error[E201]: table is not known here
 --> b.nas:4:47
4 | objective maximize accuracy from table(file = table.csv)
  |                                               ^^^^^
  = More: nas explain E201
error[E204]: there is no device in scope
 --> b.nas:5:20
5 | objective minimize latency from table("a.csv", unit = 1ms)
  |                    ^^^^^^^ declare one, or name it with latency@device
  = More: nas explain E204
error[E107]: a value is missing after 'from'
 --> b.nas:6:33
6 | objective maximize accuracy from
  |                                 ^ write a value here
  = More: nas explain E107
)~"},
    {"PartsOfResults", R"~(space net = tiny_mobilenet()
search f = nsga2() of minimize params, minimize macs
show f.best.latncy, f.fornt, f.front.size
show net.arch(ks = [3]), net.smallest.genes, net.size
show nett.largest, f.best.macs.more
)~",
     R"~(error[E207]: the best network of f has no part latncy
 --> b.nas:3:13
3 | show f.best.latncy, f.fornt, f.front.size
  |             ^^^^^^
  = it has architecture, macs, params.  More: nas explain E207
error[E207]: a result has no part fornt
 --> b.nas:3:23
3 | show f.best.latncy, f.fornt, f.front.size
  |                       ^^^^^ did you mean front?
  = it has best, front, archive, space, size, hypervolume, cost, evaluations, name.  More: nas explain E207
error[E403]: arch leaves out e and d: every network needs them all
 --> b.nas:4:6
4 | show net.arch(ks = [3]), net.smallest.genes, net.size
  |      ^^^^^^^^^^^^^^^^^^ the fields are ks, e, d
  = More: nas explain E403
error[E207]: an arch has no part genes
 --> b.nas:4:39
4 | show net.arch(ks = [3]), net.smallest.genes, net.size
  |                                       ^^^^^
  = it has macs, params, memory.  More: nas explain E207
error[E207]: a space has no part size
 --> b.nas:4:50
4 | show net.arch(ks = [3]), net.smallest.genes, net.size
  |                                                  ^^^^
  = it has arch, true_front, smallest, largest, genes, networks, name.  More: nas explain E207
error[E201]: nett is not known here
 --> b.nas:5:6
5 | show nett.largest, f.best.macs.more
  |      ^^^^ did you mean net?
  = More: nas explain E201
)~"},
    {"TextsWithHoles", R"~(space net = tiny_mobilenet()
search f = nsga2() of minimize params, minimize macs
plot pareto(f) to "out/${nme}.svg"
plot pareto(f) to "out/${f.best}.svg"
plot pareto(f) to "out/" + 3 + ".svg"
plot pareto(f) to out/front.svg
)~",
     R"~(error[E201]: nme is not known here
 --> b.nas:3:26
3 | plot pareto(f) to "out/${nme}.svg"
  |                          ^^^
  = More: nas explain E201
error[E301]: a file name is a text, and this is a value that is known after the run
 --> b.nas:4:19
4 | plot pareto(f) to "out/${f.best}.svg"
  |                   ^^^^^^^^^^^^^^^^^^^
  = More: nas explain E301
error[E301]: a text and a plain number cannot be added
 --> b.nas:5:26
5 | plot pareto(f) to "out/" + 3 + ".svg"
  |                          ^ values are put into a text with "... ${value} ..."
  = More: nas explain E301
error[E201]: out is not known here
 --> b.nas:6:19
6 | plot pareto(f) to out/front.svg
  |                   ^^^
  = More: nas explain E201
error[E201]: front is not known here
 --> b.nas:6:23
6 | plot pareto(f) to out/front.svg
  |                       ^^^^^
  = More: nas explain E201
)~"},
    {"ListsOfOtherThings", R"~(let a = [1, 2] + 3
let b = [1, "two"][1] * 2
let c = sum([1ms, 2MB])
let d = min([])
let e = len(5ms)
let g = last([1, 2], "x")
let h = round(5ms)
)~",
     R"~(error[E301]: + needs numbers, and this is a list
 --> b.nas:1:9
1 | let a = [1, 2] + 3
  |         ^^^^^^
  = More: nas explain E301
error[E404]: sum needs numbers of one kind, and this is a memory size
 --> b.nas:3:9
3 | let c = sum([1ms, 2MB])
  |         ^^^^^^^^^^^^^^^
  = More: nas explain E404
error[E404]: min needs at least one number, and this is a list
 --> b.nas:4:9
4 | let d = min([])
  |         ^^^^^^^
  = More: nas explain E404
error[E404]: len needs a list, and this is a time
 --> b.nas:5:9
5 | let e = len(5ms)
  |         ^^^^^^^^
  = More: nas explain E404
error[E404]: last needs a whole number, and this is a text
 --> b.nas:6:9
6 | let g = last([1, 2], "x")
  |         ^^^^^^^^^^^^^^^^^
  = More: nas explain E404
error[E404]: round needs a plain number, and this is a time
 --> b.nas:7:9
7 | let h = round(5ms)
  |         ^^^^^^^^^^
  = More: nas explain E404
)~"},
    {"SeedsThatAreNone", R"~(seed 1.5
seed "one"
seed 5ms
seed
)~",
     R"~(error[E404]: a seed is a whole number of at least 0, and this is 1.5
 --> b.nas:1:1
1 | seed 1.5
  | ^^^^^^^^
  = More: nas explain E404
error[E404]: a seed is a whole number of at least 0, and this is a text
 --> b.nas:2:1
2 | seed "one"
  | ^^^^^^^^^^
  = More: nas explain E404
error[E404]: a seed is a whole number of at least 0, and this is a time
 --> b.nas:3:1
3 | seed 5ms
  | ^^^^^^^^
  = More: nas explain E404
error[E107]: a value is missing after 'seed'
 --> b.nas:4:5
4 | seed
  |     ^ write a value here
  = More: nas explain E107
)~"},
    {"NamesOfTheLanguageAsNames", R"~(let if = 3
let macs = 3
let choice = 4
space accuracy = tiny_mobilenet()
search f = nsga2() over accuracy of minimize macs, minimize params
)~",
     R"~(error[E108]: a name is expected after 'let', not 'if'
 --> b.nas:1:5
1 | let if = 3
  |     ^^ write a name here
  = More: nas explain E108
error[E202]: macs is the name of a metric
 --> b.nas:2:5
2 | let macs = 3
  |     ^^^^ choose another name
  = More: nas explain E202
error[E202]: accuracy is the name of a metric
 --> b.nas:4:7
4 | space accuracy = tiny_mobilenet()
  |       ^^^^^^^^ choose another name
  = More: nas explain E202
error[E301]: an objective is a metric, and this is a plain number
 --> b.nas:5:46
5 | search f = nsga2() over accuracy of minimize macs, minimize params
  |                                              ^^^^ e.g. accuracy, latency@host, macs
  = More: nas explain E301
)~"},
    {"QuantitiesOfTwoKinds", R"~(let a = 3 ms
let b = 5Mb
let c = 10mb
let d = 1e3ms + 2KHz
let e = 25 ms * 2
let f = 5ms * 5ms + 1ms
)~",
     R"~(error[E104]: a unit stands right behind its number
 --> b.nas:1:11
1 | let a = 3 ms
  |           ^^ write 3ms
  = More: nas explain E104
error[E305]: Mb is not a unit
 --> b.nas:2:9
2 | let b = 5Mb
  |         ^^^ did you mean MB?
  = units are ns us ms s min h, B KB MB GB KiB MiB GiB, uJ mJ J, mW W, Hz kHz MHz GHz, k M G, %.  More: nas explain E305
error[E305]: mb is not a unit
 --> b.nas:3:9
3 | let c = 10mb
  |         ^^^^ did you mean MB?
  = units are ns us ms s min h, B KB MB GB KiB MiB GiB, uJ mJ J, mW W, Hz kHz MHz GHz, k M G, %.  More: nas explain E305
error[E305]: KHz is not a unit
 --> b.nas:4:17
4 | let d = 1e3ms + 2KHz
  |                 ^^^^ did you mean kHz?
  = units are ns us ms s min h, B KB MB GB KiB MiB GiB, uJ mJ J, mW W, Hz kHz MHz GHz, k M G, %.  More: nas explain E305
error[E104]: a unit stands right behind its number
 --> b.nas:5:12
5 | let e = 25 ms * 2
  |            ^^ write 25ms
  = More: nas explain E104
error[E303]: a value of dimension time^2 and a time cannot be added
 --> b.nas:6:21
6 | let f = 5ms * 5ms + 1ms
  |         ---------   ^^^ this is a time
  |         this is a value of dimension time^2
  = More: nas explain E303
)~"},
    {"InsideFunctionsThatNothingCalls", R"~(space net = tiny_mobilenet()
def cost(x, w = 2ms) = x + wat * w
def fits(a, b = 3ms) = if b > 2ms then b + 1MB else a
def product(n) = if n == 0 then 1 else n * product(n - 1)
search front = random() of minimize macs, minimize params
)~",
     R"~(error[E201]: wat is not known here
 --> b.nas:2:28
2 | def cost(x, w = 2ms) = x + wat * w
  |                            ^^^
  = More: nas explain E201
error[E303]: a time and a memory size cannot be added
 --> b.nas:3:44
3 | def fits(a, b = 3ms) = if b > 2ms then b + 1MB else a
  |                                        -   ^^^ this is a memory size
  |                                        this is a time
  = More: nas explain E303
)~"},
    {"ChoosingByAResult", R"~(space net = tiny_mobilenet()
search front = random() of minimize macs, minimize params
let word = if front.hypervolume > 3 then "good" else "bad"
)~",
     R"~(error[E301]: if ... then ... else is decided before the run, and this value is known after it
 --> b.nas:3:15
3 | let word = if front.hypervolume > 3 then "good" else "bad"
  |               ^^^^^^^^^^^^^^^^^^^^^ stages can depend on it: when ... { }
  = More: nas explain E301
)~"},
    {"TextsAndUnitsWithoutTheirQuotesAndNumbers", R"~(space net = nasbench201()
device board = table("t.csv", value = latency_ms, unit = ms)
)~",
     R"~(error[E201]: latency_ms is not known here
 --> b.nas:2:39
2 | device board = table("t.csv", value = latency_ms, unit = ms)
  |                                       ^^^^^^^^^^ a text is written in quotes: "latency_ms"
  = More: nas explain E201
error[E201]: ms is not known here
 --> b.nas:2:58
2 | device board = table("t.csv", value = latency_ms, unit = ms)
  |                                                          ^^ a unit is written with its number: 1ms
  = More: nas explain E201
)~"},
    {"PartsOfTheBestNetworkOnSeveralDevices", R"~(space net = tiny_mobilenet()
device host = cpu()
device slow = cpu(threads = 2)
device other = cpu(threads = 3)
search front = nsga2() with concurrent(iter = 2) of minimize latency@host, minimize latency@slow, maximize macs
show front.best.latency@slow, front.best.macs
show front.best.latency
show front.best.latency@other
show front.best.macs@host
)~",
     R"~(error[E204]: the best network of front has several of latency
 --> b.nas:7:17
7 | show front.best.latency
  |                 ^^^^^^^ say which one: latency@host, latency@slow
  = More: nas explain E204
error[E207]: the best network of front has no part latency@other
 --> b.nas:8:17
8 | show front.best.latency@other
  |                 ^^^^^^^^^^^^^
  = it has architecture, latency, latency@host, latency@slow, macs, params.  More: nas explain E207
error[E207]: the best network of front has no part macs@host
 --> b.nas:9:17
9 | show front.best.macs@host
  |                 ^^^^^^^^^
  = it has architecture, latency, latency@host, latency@slow, macs, params.  More: nas explain E207
)~"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Values, Mistaken, ::testing::ValuesIn(mistakes), mistake_name);

}  // namespace
}  // namespace nas::testing
