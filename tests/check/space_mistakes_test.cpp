// Mistakes in spaces, each with its whole text: shapes along a path of choices, arms and spaces that nothing reaches.
#include <gtest/gtest.h>

#include "tests/check/check_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

struct Mistake {
  const char* name;
  const char* script;
  const char* text;
};

const Mistake mistakes[] = {
    {"ResidualOfAnotherWidthInAnArm", R"~(def space s() {
  input = image(channels = 4, size = 8)
  repeat stage in 1..2 {
    wide = conv(k = 3, out = 8)
    repeat block in choice(1, 2) {
      same = conv(k = 3, out = 8)
      other = conv(k = 3, out = 12)
      op = choice { same, other, skip() }
      sum = add(op, skip())
    }
  }
  linear(10)
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at stage[1].block[1].sum.add: add of 12x8x8 and 8x8x8
 --> b.nas:9:7
9 |       sum = add(op, skip())
  |       ^^^^^^^^^^^^^^^^^^^^^ when stage[1].block[1].op = conv(out=12)
  = More: nas explain E501
)~"},
    {"ConcatOfDifferentSizes", R"~(def space s() {
  input = image(channels = 4, size = 8)
  a = conv(k = 3, out = 8)(x)
  b = max_pool(k = 2, stride = choice(1, 2))(x)
  concat(a, b)
  linear(10)
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at concat: concat of 8x8x8 and 4x7x7
 --> b.nas:5:3
5 |   concat(a, b)
  |   ^^^^^^^^^^^^ when stride = 1
  = More: nas explain E501
)~"},
    {"ConcatOfSequencesOfDifferentWidth", R"~(def space s() {
  source = tokens(length = 10, width = 16)
  a = linear(16)(x)
  b = linear(choice(16, 24))(x)
  concat(a, b)
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at concat: concat of 16x10x1 and 24x10x1
 --> b.nas:5:3
5 |   concat(a, b)
  |   ^^^^^^^^^^^^ when out = 24
  = More: nas explain E501
)~"},
    {"ImagesWhereTokensAreNeeded", R"~(def space s() {
  input = image(channels = 8, size = 8)
  attention(heads = 4, qkv = 32)
  linear(10)
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at attention.attention: attention is over tokens, and this is an image of 8x8
 --> b.nas:3:3
3 |   attention(heads = 4, qkv = 32)
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ on every path
  = More: nas explain E501
)~"},
    {"ImageLayersAfterTheHead", R"~(def space s() {
  input = image(channels = 8, size = 8)
  linear(10)
  max_pool(k = 2, stride = 2)
  fused(k = 3)
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at max_pool: a 2x2 pool does not fit on 1x1
 --> b.nas:4:3
4 |   max_pool(k = 2, stride = 2)
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ on every path
  = More: nas explain E501
)~"},
    {"HeadsThatDoNotDivide", R"~(def space s() {
  source = tokens(length = 10, width = 16)
  repeat layer in choice(1, 2) {
    attention(heads = choice(4, 6), qkv = 32)
  }
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at layer[1].attention.attention: width 32 cannot be divided into 6 heads
 --> b.nas:4:5
4 |     attention(heads = choice(4, 6), qkv = 32)
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ when layer[1].heads = 6
  = More: nas explain E501
)~"},
    {"PoolingBeyondTheImage", R"~(def space s() {
  input = image(channels = 4, size = 8)
  repeat stage in 1..4 {
    down = max_pool(k = 2, stride = 2)
  }
  linear(10)
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at stage[4].down.max_pool: a 2x2 pool does not fit on 1x1
 --> b.nas:4:5
4 |     down = max_pool(k = 2, stride = 2)
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ on every path
  = More: nas explain E501
)~"},
    {"GatesOfAnotherWidth", R"~(def space s() {
  input = image(channels = 4, size = 8)
  gate = conv(k = 1, out = choice(4, 8))
  multiply(skip(), gate)
  linear(10)
}
space net = s()
)~",
     R"~(error[E501]: shapes do not fit at multiply: multiply of 4x8x8 and 8x8x8
 --> b.nas:4:3
4 |   multiply(skip(), gate)
  |   ^^^^^^^^^^^^^^^^^^^^^^ when out = 8
  = More: nas explain E501
)~"},
    {"ArmsThatCannotBeReached", R"~(def space s(stages: int = 2) {
  input = image(channels = 4, size = 8)
  repeat stage in stages {
    choice { mbconv(k = 3) if stage > 2, fused(k = 3) if stage > 3 }
  }
  linear(10)
}
space net = s()
)~",
     R"~(error[E502]: no arm of this choice can ever be taken
 --> b.nas:4:5
4 |     choice { mbconv(k = 3) if stage > 2, fused(k = 3) if stage > 3 }
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E502
)~"},
    {"ChoicesWhoseConditionsCannotAllHold", R"~(def space s() {
  input = image(channels = 4, size = 8)
  k = choice(3, 5)
  a = choice { conv(k = k) if k == 3, mbconv(k = k) if k == 3 }
  b = choice { fused(k = k) if k == 5, depthwise(k = k) if k == 5 }
  linear(10)
}
space net = s()
)~",
     R"~(error[E503]: space s is empty: the conditions of its choices cannot all hold
 --> b.nas:1:11
1 | def space s() {
  |           ^ look at the `if` parts of its choices and at its `require`
  = More: nas explain E503
)~"},
    {"RequirementsThatContradict", R"~(def space s() {
  input = image(channels = 4, size = 8)
  repeat block in choice(1, 2, 3) { conv(k = choice(3, 5), out = 8) }
  linear(10)
  require macs < 50k and params > 1M
}
space net = s()
)~",
     R"~(error[E503]: none of the 14 networks of space s meets its `require`
 --> b.nas:5:3
5 |   require macs < 50k and params > 1M
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ loosen the bound, or shrink the layers
  = its smallest network has 18512 MACs and 394 parameters.  More: nas explain E503
)~"},
    {"RequirementsOfChoicesThatContradict", R"~(def space s() {
  input = image(channels = 4, size = 8)
  k = choice(3, 5)
  conv(k = k)
  require k == 3, "small kernels only"
  require k == 5, "large kernels only"
  linear(10)
}
space net = s()
)~",
     R"~(error[E503]: space s is empty: the conditions of its choices cannot all hold
 --> b.nas:1:11
1 | def space s() {
  |           ^ look at the `if` parts of its choices and at its `require`
  = More: nas explain E503
)~"},
};

class SpaceMistakes : public ::testing::TestWithParam<Mistake> {};

}  // namespace

TEST_P(SpaceMistakes, AreReportedWithTheirPath) {
  EXPECT_EQ(check_text(GetParam().script).text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(All, SpaceMistakes, ::testing::ValuesIn(mistakes),
                         [](const auto& info) { return std::string(info.param.name); });
