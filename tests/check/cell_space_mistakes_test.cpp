// Spaces made of cells: what the arguments do not allow is said where the space is called, and what an earlier pass has bound is
// asked for by its path.
#include <gtest/gtest.h>

#include "tests/check/check_fixture.h"

using namespace nas;
using namespace nas::testing;

TEST(CellSpaces, BlocksThatConcatsCannotShare) {
  EXPECT_EQ(check_text("space net = colocnas(c = 2, blocks = 5)\nshow net\n").text,
            R"~(error[E503]: blocks is a multiple of c, at least 2: each concat joins as many blocks
 --> b.nas:1:13
1 | space net = colocnas(c = 2, blocks = 5)
  |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E503
)~");
}

TEST(CellSpaces, MoreConcatsThanAreCounted) {
  EXPECT_EQ(check_text("space colocnas(c = 7)\n").text, R"~(error[E503]: a cell has 1 to 6 concats: c is 1 to 6
 --> b.nas:1:7
1 | space colocnas(c = 7)
  |       ^^^^^^^^^^^^^^^
  = More: nas explain E503
)~");
}

TEST(CellSpaces, ImagesThatCannotBeHalved) {
  EXPECT_EQ(check_text("space net = darts_cell(size = 30)\nshow net\n").text,
            R"~(error[E503]: size is a multiple of 4, above 64 of 32: reductions halve the image
 --> b.nas:1:13
1 | space net = darts_cell(size = 30)
  |             ^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E503
)~");
  EXPECT_EQ(check_text(R"~(def space s() {
  input = image(channels = 4, size = 10)
  a = max_pool(kernel = 3, stride = choice(1, 2))
  factorized_reduce(out = 8)
  linear(10)
}
space net = s()
)~")
                .text,
            R"~(error[E501]: shapes do not fit at factorized_reduce: an image of 5x5 cannot be halved evenly
 --> b.nas:4:3
4 |   factorized_reduce(out = 8)
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^ when stride = 2
  = More: nas explain E501
)~");
  EXPECT_EQ(check_text(R"~(def space s() {
  input = image(channels = 5, size = 8)
  factorized_reduce()
  linear(10)
}
space net = s()
)~")
                .text,
            R"~(error[E501]: shapes do not fit at factorized_reduce: 5 channels cannot be made of two halves
 --> b.nas:3:3
3 |   factorized_reduce()
  |   ^^^^^^^^^^^^^^^^^^^ on every path
  = More: nas explain E501
)~");
}

namespace {
std::string with_pass(const std::string& line) {
  return "def space s() {\n  input = image(channels = 4, size = 8)\n  cell = repeat i in 1..3 {\n    wide = conv(k = 3)(x)\n   "
         " " +
         line + "\n  }\n  linear(10)\n}\nspace net = s()\nshow net\n";
}
}  // namespace

TEST(CellSpaces, PassesReadWhatEarlierOnesHaveBound) {
  EXPECT_EQ(check_text(with_pass("sum = add(wide, if i > 1 then cell[i - 1].wide else x)")).text, "");
  EXPECT_EQ(check_text(with_pass("sum = add(wide, if i > 1 then cell[i - 1].wode else x)")).text,
            R"~(error[E201]: no pass has bound cell[1].wode so far
 --> b.nas:5:35
5 |     sum = add(wide, if i > 1 then cell[i - 1].wode else x)
  |                                   ^^^^^^^^^^^^^^^^ did you mean cell[1].wide?
  = More: nas explain E201
)~");
  EXPECT_EQ(check_text(with_pass("sum = add(wide, cell[i - 1].wide)")).text,
            R"~(error[E201]: no pass has bound cell[0].wide so far
 --> b.nas:5:21
5 |     sum = add(wide, cell[i - 1].wide)
  |                     ^^^^^^^^^^^^^^^^ did you mean cell[1].wide?
  = More: nas explain E201
)~");
}

namespace {
/// The features that `predictor knn(...)` of the last stage asks for.
std::string features_of_knn(const std::string& space, const std::string& arguments) {
  const Checked checked = check_text(
      "space net = " + space + "\ndevice host = cpu(threads = 1)\nprofile base = latency over net on host { samples = 20 }\n" +
      "predictor known = knn(" + arguments + ") from base\nshow known\n");
  EXPECT_EQ(checked.text, "");
  return checked.stage("known") ? checked.stage("known")->call.arguments.value("features", "") : "";
}
}  // namespace

TEST(CellSpaces, NearestNeighboursCompareCells) {
  EXPECT_EQ(features_of_knn("colocnas(c = 2)", "k = 5"), "graph");
  EXPECT_EQ(features_of_knn("darts_cell()", "distance = graph_edit"), "graph");
  EXPECT_EQ(features_of_knn("darts_cell()", "distance = hamming"), "");
  EXPECT_EQ(features_of_knn("darts_cell()", "features = lpm_112"), "lpm_112");
  EXPECT_EQ(features_of_knn("tiny_mobilenet()", "k = 5"), "");
  EXPECT_EQ(features_of_knn("nasbench201()", "features = cell, distance = graph_edit"), "cell");
  EXPECT_EQ(check_text(R"~(space net = tiny_mobilenet()
device host = cpu(threads = 1)
profile base = latency over net on host { samples = 20 }
predictor known = knn(distance = graph_edit) from base
show known
)~")
                .text,
            R"~(error[E405]: space tiny_mobilenet has no features graph
 --> b.nas:4:19
4 | predictor known = knn(distance = graph_edit) from base
  |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^
  = it names none; without `features` a predictor sees one column per option of every gene.  More: nas explain E405
)~");
}

TEST(CellSpaces, TheShortFormIsAWholeScript) {
  const Checked checked = check_text("space colocnas(c=4)\nsearch nsga2() with direct() of maximize params, minimize macs\n");
  EXPECT_EQ(checked.text, "");
  ASSERT_TRUE(checked.stage("colocnas"));
  EXPECT_EQ(checked.stage("colocnas")->space->networks().get_str(), "9867244276873744096444416");
}
