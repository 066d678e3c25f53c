#include "tests/check/mistake.h"

namespace nas::testing {
namespace {

// Warnings: what is declared and never used.
// clang-format off
const Mistake mistakes[] = {
    {"NamesThatNothingUses", R"~(import "other.nas" as other
param rounds : int = 4 in 1..20 "rounds of search"
let size = 3
def twice(x) = 2 * x
def space mine(classes: int = 10) {
  let widths = [8, 16]
  conv(k = choice(3, 5), out = 8)
  linear(classes)
}
device phone = cpu(threads = 1)
device host = cpu(threads = 2)
dataset data = fashion_mnist()
space net = tiny_mobilenet()
space second = nasbench201()
search f = nsga2() over net of minimize macs, minimize latency@host
)~",
     R"~(warning[W901]: import other is never used
 --> b.nas:1:23
1 | import "other.nas" as other
  |                       ^^^^^
  = called _other it is left alone.  More: nas explain W901
warning[W901]: param rounds is never used
 --> b.nas:2:7
2 | param rounds : int = 4 in 1..20 "rounds of search"
  |       ^^^^^^
  = called _rounds it is left alone.  More: nas explain W901
warning[W901]: let size is never used
 --> b.nas:3:5
3 | let size = 3
  |     ^^^^
  = called _size it is left alone.  More: nas explain W901
warning[W901]: def twice is never used
 --> b.nas:4:5
4 | def twice(x) = 2 * x
  |     ^^^^^
  = called _twice it is left alone.  More: nas explain W901
warning[W901]: def space mine is never used
 --> b.nas:5:11
5 | def space mine(classes: int = 10) {
  |           ^^^^
  = called _mine it is left alone.  More: nas explain W901
warning[W901]: let widths is never used
 --> b.nas:6:7
6 |   let widths = [8, 16]
  |       ^^^^^^
  = called _widths it is left alone.  More: nas explain W901
warning[W901]: device phone is never used
  --> b.nas:10:8
10 | device phone = cpu(threads = 1)
   |        ^^^^^
   = called _phone it is left alone.  More: nas explain W901
warning[W901]: dataset data is never used
  --> b.nas:12:9
12 | dataset data = fashion_mnist()
   |         ^^^^
   = called _data it is left alone.  More: nas explain W901
warning[W901]: space second is never used
  --> b.nas:14:7
14 | space second = nasbench201()
   |       ^^^^^^
   = called _second it is left alone.  More: nas explain W901
)~",
     {.files = {{"other.nas", R"~(let a = 3
)~"}}, .params = {}}},
    {"OptionsListedTwice", R"~(def space s() {
  input = image(channels = 3, size = 8)
  conv(kernel = choice(3, 5, 3), out = choice([8, 8]))
  op = choice(skip(), conv(kernel = 3), conv(kernel = 3))
  linear(10)
}
space net = s()
show net
)~",
     R"~(warning[W904]: the choice lists 3 twice
 --> b.nas:3:17
3 |   conv(kernel = choice(3, 5, 3), out = choice([8, 8]))
  |                 ^^^^^^^^^^^^^^^
  = both count as options, and their equal networks as different ones.  More: nas explain W904
warning[W904]: the choice lists 8 twice
 --> b.nas:3:40
3 |   conv(kernel = choice(3, 5, 3), out = choice([8, 8]))
  |                                        ^^^^^^^^^^^^^^
  = both count as options, and their equal networks as different ones.  More: nas explain W904
)~"},
    {"NamesWithALineAreLeftAlone", R"~(space net = tiny_mobilenet()
let _size = 3
device _phone = cpu()
search f = nsga2() of minimize macs, minimize params
)~",
     R"~()~"},
    {"NamesInsideLoopsAndBranches", R"~(space net = tiny_mobilenet()
foreach n in [1, 2] {
  let size = n
  device board = cpu(threads = n)
  search f = nsga2() of minimize macs, minimize params
}
if 1 > 2 { let big = 3 } else { let small = 4 }
)~",
     R"~(warning[W901]: let size is never used
 --> b.nas:3:7
3 |   let size = n
  |       ^^^^
  = called _size it is left alone.  More: nas explain W901
warning[W901]: device board is never used
 --> b.nas:4:10
4 |   device board = cpu(threads = n)
  |          ^^^^^
  = called _board it is left alone.  More: nas explain W901
warning[W901]: let big is never used
 --> b.nas:7:16
7 | if 1 > 2 { let big = 3 } else { let small = 4 }
  |                ^^^
  = called _big it is left alone.  More: nas explain W901
warning[W901]: let small is never used
 --> b.nas:7:37
7 | if 1 > 2 { let big = 3 } else { let small = 4 }
  |                                     ^^^^^
  = called _small it is left alone.  More: nas explain W901
)~"},
    {"PredictorsThatNobodyAsks", R"~(device host = cpu()
space net = tiny_mobilenet()
search f = nsga2() with concurrent() of minimize latency, minimize macs
predictor ridge() of latency
predictor ridge() of memory
search g = nsga2() of minimize params, minimize macs
)~",
     R"~(warning[W902]: no search asks this predictor
 --> b.nas:4:11
4 | predictor ridge() of latency
  |           ^^^^^^^
  = a search takes the predictors that are declared above it.  More: nas explain W902
warning[W902]: memory is computed from the network and never predicted
 --> b.nas:5:22
5 | predictor ridge() of memory
  |                      ^^^^^^
  = More: nas explain W902
)~"},
    {"ChoicesThatMakeNoDifference", R"~(def space s() {
  kernel = choice(3, 5, 7)
  width = 8
  repeat stage in 1..2 {
    choice { conv(k = 3, out = 8), conv(k = 5, out = 8), skip() if stage > 2 }
  }
  linear(10)
}
space net = s()
show net
)~",
     R"~(warning[W901]: the choice kernel is never used
 --> b.nas:2:3
2 |   kernel = choice(3, 5, 7)
  |   ^^^^^^ its options make no difference
  = More: nas explain W901
warning[W901]: the value width is never used
 --> b.nas:3:3
3 |   width = 8
  |   ^^^^^
  = More: nas explain W901
warning[W903]: no network takes this arm: its condition is false everywhere
 --> b.nas:5:68
5 |     choice { conv(k = 3, out = 8), conv(k = 5, out = 8), skip() if stage > 2 }
  |                                                                    ^^^^^^^^^
  = More: nas explain W903
)~"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Warnings, Mistaken, ::testing::ValuesIn(mistakes), mistake_name);

}  // namespace
}  // namespace nas::testing
