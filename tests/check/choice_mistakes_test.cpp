#include "tests/check/mistake.h"

namespace nas::testing {
namespace {

// Choices, operators, shapes, spellings: what a user would write.
// clang-format off
const Mistake mistakes[] = {
    {"OperatorsChosenAndNotApplied", R"~(def space s() {
  input = image(channels = 3, size = 8)
  pick(2, of = [conv(k = 3, out = 8), skip(), conv(k = 5, out = 8)])
  linear(10)
}
space net = s()
)~",
     R"~(error[E301]: a list of operators stands alone here
 --> b.nas:3:3
3 |   pick(2, of = [conv(k = 3, out = 8), skip(), conv(k = 5, out = 8)])
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ say how their results are joined, e.g. add(pick(...))
  = More: nas explain E301
)~"},
    {"OperatorsChosenThatDoNotFit", R"~(def space s() {
  input = image(channels = 3, size = 8)
  add(pick(2, of = [conv(k = 3, out = 8), conv(k = 5, out = 8), conv(k = 5, out = 16)]))
  linear(10)
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at add: add of 8x8x8 and 16x8x8
 --> b.nas:3:3
3 |   add(pick(2, of = [conv(k = 3, out = 8), conv(k = 5, out = 8), conv(k = 5, out = 16)]))
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ when op = 1+3
  = More: nas explain E501
)~"},
    {"MistakesInAListOfOperators", R"~(def space s() {
  input = image(channels = 3, size = 8)
  add(pick(2, of = [conv(kk = 3, out = 8), skip(), conv(k = 5, oot = 8)]))
  linear(10)
}
space net = s()
)~",
     R"~(error[E401]: conv has no argument kk
 --> b.nas:3:26
3 |   add(pick(2, of = [conv(kk = 3, out = 8), skip(), conv(k = 5, oot = 8)]))
  |                          ^^ did you mean k?
  = conv takes kernel, k, out, width, stride, groups, act, norm, bias, order, epsilon.  More: nas explain E401
error[E401]: conv has no argument oot
 --> b.nas:3:64
3 |   add(pick(2, of = [conv(kk = 3, out = 8), skip(), conv(k = 5, oot = 8)]))
  |                                                                ^^^ did you mean out?
  = conv takes kernel, k, out, width, stride, groups, act, norm, bias, order, epsilon.  More: nas explain E401
)~"},
    {"ShapesInsideAnArmInsideARepeat", R"~(def space s() {
  input = image(channels = 3, size = 16)
  conv(k = 3, out = 8)
  repeat stage in 1..2 {
    depth = choice(1, 2)
    repeat block in depth {
      op = choice { conv(k = 3, out = 8), conv(k = 3, out = 16, stride = 2), skip() }
      y = op(x)
      add(x, y)
    }
  }
  linear(10)
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at stage[1].block[1].add: add of 8x16x16 and 16x8x8
 --> b.nas:9:7
9 |       add(x, y)
  |       ^^^^^^^^^ when stage[1].block[1].op = conv(out=16,stride=2)
  = More: nas explain E501
)~"},
    {"ShapesBehindAChoiceOfStride", R"~(def space s() {
  input = image(channels = 3, size = 16)
  repeat stage in 1..2 {
    body = choice { conv(k = 3, out = 8, stride = choice(1, 2)), conv(k = 5, out = 8) }
    y = body(x)
    z = conv(k = 1, out = choice(8, 16))(x)
    concat(y, z)
  }
  linear(10)
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at stage[1].concat: concat of 8x8x8 and 8x16x16
 --> b.nas:7:5
7 |     concat(y, z)
  |     ^^^^^^^^^^^^ when stage[1].body = conv(kernel=3), stage[1].stride = 2, stage[1].out = 8
  = More: nas explain E501
)~"},
    {"WordsThatAnArgumentCannotBe", R"~(def space s() {
  conv(k = 3, out = 8, act = choice(relu, gelo), order = relu_conv_bm)
  conv(k = 3, out = 8, act = choice("relu", "gelo"))
  linear(10)
}
space net = s()
)~",
     R"~(error[E201]: gelo is not known here
 --> b.nas:2:43
2 |   conv(k = 3, out = 8, act = choice(relu, gelo), order = relu_conv_bm)
  |                                           ^^^^ did you mean gelu?
  = More: nas explain E201
error[E201]: relu_conv_bm is not known here
 --> b.nas:2:58
2 |   conv(k = 3, out = 8, act = choice(relu, gelo), order = relu_conv_bm)
  |                                                          ^^^^^^^^^^^^ did you mean relu_conv_bn?
  = More: nas explain E201
error[E404]: act of conv cannot be gelo
 --> b.nas:3:30
3 |   conv(k = 3, out = 8, act = choice("relu", "gelo"))
  |                              ^^^^^^^^^^^^^^^^^^^^^^ did you mean gelu?
  = it can be none, relu, relu6, h_swish, h_sigmoid, swish, sigmoid, gelu, tanh.  More: nas explain E404
)~"},
    {"ASpaceThatNothingUsesIsStillChecked", R"~(def space s(width: int = 8) {
  conv(k = 3, oot = width)
  linear(10)
}
space net = tiny_mobilenet()
show net
)~",
     R"~(error[E401]: conv has no argument oot
 --> b.nas:2:15
2 |   conv(k = 3, oot = width)
  |               ^^^ did you mean out?
  = conv takes kernel, k, out, width, stride, groups, act, norm, bias, order, epsilon.  More: nas explain E401
)~"},
    {"ParametersOfOtherTypes", R"~(def space s(width: itn = 8) { linear(width) }
def space t(width: int = "eight") { linear(10) }
def double(x: int) = 2 * x
def faster(d: Device, m: Metrik) = m
let a = double(2.5)
device host = cpu()
space u = t()
show faster(3, macs), double(host)
)~",
     R"~(error[E301]: itn is not a type
 --> b.nas:1:20
1 | def space s(width: itn = 8) { linear(width) }
  |                    ^^^ did you mean int?
  = types are int, float, bool, string, quantity, range, list, Metric, Space, Arch, Device, Dataset, Weights, Result.  More: nas explain E301
error[E404]: width of t is of type int, and this is a text
 --> b.nas:2:26
2 | def space t(width: int = "eight") { linear(10) }
  |                          ^^^^^^^
  = More: nas explain E404
error[E301]: Metrik is not a type
 --> b.nas:4:26
4 | def faster(d: Device, m: Metrik) = m
  |                          ^^^^^^ did you mean Metric?
  = types are int, float, bool, string, quantity, range, list, Metric, Space, Arch, Device, Dataset, Weights, Result.  More: nas explain E301
error[E404]: x of double is of type int, and this is 2.5
 --> b.nas:5:9
5 | let a = double(2.5)
  |         ^^^^^^^^^^^
  = More: nas explain E404
error[E404]: d of faster is of type Device, and this is a plain number
 --> b.nas:8:6
8 | show faster(3, macs), double(host)
  |      ^^^^^^^^^^^^^^^
  = More: nas explain E404
error[E404]: x of double is of type int, and this is a device
 --> b.nas:8:23
8 | show faster(3, macs), double(host)
  |                       ^^^^^^^^^^^^
  = More: nas explain E404
)~"},
    {"LayersThatAreTooLarge", R"~(def space s() {
  input = image(channels = 3, size = 8)
  conv(kernel = 3, out = choice(8, 2000000000))
  mbconv(kernel = 3, expand = 1000000)
  linear(10)
}
space net = s()
show net
)~",
     R"~(error[E501]: shapes do not fit at conv.conv: a layer that makes 2000000000x8x8 is too large
 --> b.nas:3:3
3 |   conv(kernel = 3, out = choice(8, 2000000000))
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ when out = 2000000000
  = More: nas explain E501
error[E501]: shapes do not fit at mbconv.depthwise: a layer that makes 3000000x8x8 is too large
 --> b.nas:4:3
4 |   mbconv(kernel = 3, expand = 1000000)
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ on every path
  = More: nas explain E501
)~"},
    {"LabelsGivenTwice", R"~(def space s() {
  input = image(channels = 3, size = 8)
  op = choice(skip(), conv(kernel = 3), conv(kernel = 5), labels = ["skip", "conv", "conv"])
  linear(10)
}
space net = s()
show net
)~",
     R"~(error[E404]: two options are called conv
 --> b.nas:3:68
3 |   op = choice(skip(), conv(kernel = 3), conv(kernel = 5), labels = ["skip", "conv", "conv"])
  |                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^ every option has a label of its own
  = More: nas explain E404
)~"},
    {"ChoicesWithoutOptions", R"~(def space s() {
  a = choice([])
  b = choice(5..1)
  c = choice { }
  d = choice { 3 if 1 > 2, 5 if 2 > 3 }
  repeat choice(0, -1) { skip() }
  linear(10)
}
space net = s()
)~",
     R"~(error[E502]: a choice needs at least one option
 --> b.nas:2:7
2 |   a = choice([])
  |       ^^^^^^^^^^
  = More: nas explain E502
error[E502]: a choice needs at least one option
 --> b.nas:3:7
3 |   b = choice(5..1)
  |       ^^^^^^^^^^^^
  = More: nas explain E502
error[E502]: no arm of this choice can ever be taken
 --> b.nas:4:7
4 |   c = choice { }
  |       ^^^^^^^^^^
  = More: nas explain E502
error[E502]: no arm of this choice can ever be taken
 --> b.nas:5:7
5 |   d = choice { 3 if 1 > 2, 5 if 2 > 3 }
  |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E502
error[E301]: repeat needs a number of passes, a range or a list, and this is -1
 --> b.nas:6:10
6 |   repeat choice(0, -1) { skip() }
  |          ^^^^^^^^^^^^^
  = More: nas explain E301
)~"},
    {"ArchitecturesOutsideTheSpace", R"~(space nb = nasbench201()
let a = nb.arch("|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|")
let b = nb.arch("|nor_conv_7x7~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|")
space ofa = ofa_mobilenetv3()
let c = ofa.arch(ks = [3, 3, 3], e = [3, 3, 3], d = [2, 2, 2, 2, 2])
let d = ofa.arch(ks = "9-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3", e = "3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3", d = [2, 2, 2, 2, 2])
let e = ofa.arch(kernel = 3)
let g = ofa.arch()
let h = ofa.arch(ks = [3])
show a, b, c, d, e, g, h
)~",
     R"~(error[E405]: "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|" is not a network of space nasbench201
 --> b.nas:2:9
2 | let a = nb.arch("|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|")
  |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the largest one is written |nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|
  = More: nas explain E405
error[E405]: "|nor_conv_7x7~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|" is not a network of space nasbench201
 --> b.nas:3:9
3 | let b = nb.arch("|nor_conv_7x7~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|")
  |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the largest one is written |nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|
  = More: nas explain E405
error[E405]: ks needs 20 values, 3 are given
 --> b.nas:5:9
5 | let c = ofa.arch(ks = [3, 3, 3], e = [3, 3, 3], d = [2, 2, 2, 2, 2])
  |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the network uses 10 of them
  = More: nas explain E405
error[E405]: 9 is not a value of ks[1]
 --> b.nas:6:9
6 | let d = ofa.arch(ks = "9-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3", e = "3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3", d = [2, ...
  |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ it can be 3, 5, 7
  = More: nas explain E405
error[E404]: arch takes a text, or the fields of a spelling by name
 --> b.nas:7:9
7 | let e = ofa.arch(kernel = 3)
  |         ^^^^^^^^^^^^^^^^^^^^ the fields are ks, e, d, r
  = More: nas explain E404
error[E404]: arch takes a text, or the fields of a spelling by name
 --> b.nas:8:9
8 | let g = ofa.arch()
  |         ^^^^^^^^^^ the fields are ks, e, d, r
  = More: nas explain E404
error[E403]: arch leaves out e and d: every network needs them all
 --> b.nas:9:9
9 | let h = ofa.arch(ks = [3])
  |         ^^^^^^^^^^^^^^^^^^ the fields are ks, e, d, r
  = More: nas explain E403
)~"},
    {"ShapesInAnArmOfARepeat", R"~(def space s(width: int = 8) {
  input = image(channels = 3, size = 16)
  conv(k = 3, out = width)
  repeat stage in 1..3 {
    repeat block in choice(1, 2) {
      y = choice { conv(k = 3, out = width), conv(k = 3, out = width, stride = 2) if stage == 3 }
      add(x, y(x))
    }
  }
  linear(10)
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at stage[3].block[1].add: add of 8x16x16 and 8x8x8
 --> b.nas:7:7
7 |       add(x, y(x))
  |       ^^^^^^^^^^^^ when stage[3].block[1].y = conv(stride=2)
  = More: nas explain E501
)~"},
    {"AttentionOverAnImage", R"~(def space s() {
  input = image(channels = 3, size = 8)
  attention(heads = choice(2, 4), qkv = 16)
  linear(10)
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at attention.attention: attention is over tokens, and this is an image of 8x8
 --> b.nas:3:3
3 |   attention(heads = choice(2, 4), qkv = 16)
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ when heads = 2
  = More: nas explain E501
)~"},
    {"KernelsThatDoNotFit", R"~(def space s() {
  input = image(channels = 3, size = 4)
  avg_pool(k = 8, stride = 8)
  linear(10)
}
def space t() {
  input = image(channels = 3, size = 8)
  conv(k = 3, out = 8, groups = 2)
  linear(10)
}
space a = s()
space b = t()
)~",
     R"~(error[E501]: shapes do not fit at avg_pool: a 8x8 pool does not fit on 4x4
 --> b.nas:3:3
3 |   avg_pool(k = 8, stride = 8)
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ on every path
  = More: nas explain E501
error[E501]: shapes do not fit at conv.conv: 3 channels to 8 cannot be divided into 2 groups
 --> b.nas:8:3
8 |   conv(k = 3, out = 8, groups = 2)
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ on every path
  = More: nas explain E501
)~"},
    {"StatementsOfTheScriptInsideASpace", R"~(def space s() {
  conv(k = 3, out = 8)
  device host = cpu()
  seed 3
  show 3
  linear(10)
}
space net = s()
)~",
     R"~(error[E104]: 'device' cannot stand in a space
 --> b.nas:3:3
3 |   device host = cpu()
  |   ^^^^^^
  = a space holds layers, name = value, repeat, if, let, rule, require, spelling and features.  More: nas explain E104
error[E104]: 'seed' cannot stand in a space
 --> b.nas:4:3
4 |   seed 3
  |   ^^^^
  = a space holds layers, name = value, repeat, if, let, rule, require, spelling and features.  More: nas explain E104
error[E104]: 'show' cannot stand in a space
 --> b.nas:5:3
5 |   show 3
  |   ^^^^
  = a space holds layers, name = value, repeat, if, let, rule, require, spelling and features.  More: nas explain E104
)~"},
    {"StatementsOfASpaceInTheScript", R"~(stem = conv(k = 3, out = 8)
repeat 3 { skip() }
conv(k = 3, out = 8)
rule f(n) = n
spelling a = "x"
)~",
     R"~(error[E105]: nothing says what 'stem' is
 --> b.nas:1:1
1 | stem = conv(k = 3, out = 8)
  | ^^^^ write 'let stem = ...', or a stage before it
  = More: nas explain E105
error[E104]: no statement begins with 'repeat'
 --> b.nas:2:1
2 | repeat 3 { skip() }
  | ^^^^^^
  = More: nas explain E104
error[E105]: unknown stage 'conv'
 --> b.nas:3:1
3 | conv(k = 3, out = 8)
  | ^^^^
  = a statement begins with a stage (space, device, dataset, objective, predictor, profile, train, transfer, tune, search, place, plot, export, report) or with let, param, def, import, seed, show, require, foreach, if, when.  More: nas explain E105
error[E105]: unknown stage 'rule'
 --> b.nas:4:1
4 | rule f(n) = n
  | ^^^^
  = a statement begins with a stage (space, device, dataset, objective, predictor, profile, train, transfer, tune, search, place, plot, export, report) or with let, param, def, import, seed, show, require, foreach, if, when.  More: nas explain E105
error[E105]: unknown stage 'spelling'
 --> b.nas:5:1
5 | spelling a = "x"
  | ^^^^^^^^
  = a statement begins with a stage (space, device, dataset, objective, predictor, profile, train, transfer, tune, search, place, plot, export, report) or with let, param, def, import, seed, show, require, foreach, if, when.  More: nas explain E105
)~"},
    {"RepeatsWrittenWrongly", R"~(def space s() {
  repeat -1 { skip() }
  repeat 2.5 { skip() }
  repeat stage on 1..3 { skip() }
  linear(10)
}
space net = s()
)~",
     R"~(error[E301]: repeat needs a number of passes, a range or a list, and this is -1
 --> b.nas:2:10
2 |   repeat -1 { skip() }
  |          ^^
  = More: nas explain E301
error[E301]: repeat needs a number of passes, a range or a list, and this is 2.5
 --> b.nas:3:10
3 |   repeat 2.5 { skip() }
  |          ^^^
  = More: nas explain E301
error[E104]: 'on' cannot follow 'stage'
 --> b.nas:4:16
4 |   repeat stage on 1..3 { skip() }
  |                ^^ an operator or a comma is missing before it
  = More: nas explain E104
)~"},
    {"TensorsInWrongPlaces", R"~(def space s() {
  input = image(channels = 3, size = 8)
  y = conv(k = 3, out = 8)(x)
  add(y)
  add(y, 3)
  conv(k = y, out = 8)
  y(x)
  linear(10)
}
space net = s()
)~",
     R"~(error[E404]: kernel of conv is a whole number, and this is a tensor
 --> b.nas:6:12
6 |   conv(k = y, out = 8)
  |            ^
  = More: nas explain E404
error[E301]: a tensor cannot be called
 --> b.nas:7:3
7 |   y(x)
  |   ^
  = More: nas explain E301
)~"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(ChoicesAndShapes, Mistaken, ::testing::ValuesIn(mistakes), mistake_name);

}  // namespace
}  // namespace nas::testing
