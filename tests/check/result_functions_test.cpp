// Functions of results: what they do not take, in exact words.
#include "tests/check/mistake.h"

namespace nas::testing {
namespace {

std::string with(const std::string& statement) {
  return "space net = tiny_mobilenet()\nsearch a = random() of maximize macs, minimize params { seeds = 1..2 }\n"
         "search b = random() of maximize macs, minimize memory\n" +
         statement + "\n";
}

class ResultFunctions : public Mistaken {};

TEST_P(ResultFunctions, IsSaidOnceInTheseWords) {
  const Checked checked = check_text(GetParam().text);
  EXPECT_EQ(checked.text, GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, ResultFunctions,
    ::testing::ValuesIn(std::vector<Mistake>{
        {"OneResult", with("show recall(a), b"),
         R"~(error[E404]: recall takes the result of a search and the known front
 --> b.nas:4:6
4 | show recall(a), b
  |      ^^^^^^^^^ e.g. recall(front, known)
  = More: nas explain E404
)~"},
        {"NamedArguments", with("show epsilon(known = b, b), a"),
         R"~(error[E404]: epsilon takes the result of a search and the known front
 --> b.nas:4:6
4 | show epsilon(known = b, b), a
  |      ^^^^^^^^^^^^^^^^^^^^^ e.g. epsilon(front, known)
  = More: nas explain E404
)~"},
        {"FourArguments", with("show coverage(a, a, b, b)"),
         R"~(error[E404]: coverage takes the result of a search and the known front, and perhaps how far it may fall short
 --> b.nas:4:6
4 | show coverage(a, a, b, b)
  |      ^^^^^^^^^^^^^^^^^^^^ e.g. coverage(front, known), coverage(front, known, [0.2%, 5%])
  = More: nas explain E404
)~"},
        {"OtherObjectives", with("show recall(a, b)"),
         R"~(error[E705]: a[seed 1] and b have different objectives
 --> b.nas:4:6
4 | show recall(a, b)
  |      ^^^^^^^^^^^^
  = a[seed 1]: maximize macs, minimize params; b: maximize macs, minimize memory.  More: nas explain E705
)~"},
        {"OtherObjectivesInsideAList", with("show igd_plus(b, [b, a[1]])"),
         R"~(error[E705]: b and a[seed 1] have different objectives
 --> b.nas:4:6
4 | show igd_plus(b, [b, a[1]])
  |      ^^^^^^^^^^^^^^^^^^^^^^
  = b: maximize macs, minimize memory; a[seed 1]: maximize macs, minimize params.  More: nas explain E705
)~"},
        {"OneObjectiveOnly", with("search one = random() of minimize macs\nshow coverage(one, a), b"),
         R"~(error[E705]: one and a[seed 1] have different objectives
 --> b.nas:5:6
5 | show coverage(one, a), b
  |      ^^^^^^^^^^^^^^^^
  = one: minimize macs; a[seed 1]: maximize macs, minimize params.  More: nas explain E705
)~"},
        {"ASpaceIsNoFront", with("show recall(a, net), b"),
         R"~(error[E301]: the result of a search is needed here, and this is a space
 --> b.nas:4:16
4 | show recall(a, net), b
  |                ^^^
  = More: nas explain E301
)~"},
        {"ANumberInsideTheList", with("show igd_plus(b, [b, 3]), a"),
         R"~(error[E301]: the result of a search is needed here, and this is a plain number
 --> b.nas:4:18
4 | show igd_plus(b, [b, 3]), a
  |                  ^^^^^^
  = More: nas explain E301
)~"},
        {"AnEmptyKnownFront", with("show recall(a, []), b"),
         R"~(error[E404]: the list is empty: there is no front in it
 --> b.nas:4:16
4 | show recall(a, []), b
  |                ^^ name the result of a search
  = More: nas explain E404
)~"},
        {"APointOfTooFewValues", with("show hypervolume(a, [1M]), b"),
         R"~(error[E405]: the reference point has 1 value, and there are 2 objectives
 --> b.nas:4:21
4 | show hypervolume(a, [1M]), b
  |                     ^^^^ give a list of one value each for macs, params
  = More: nas explain E405
)~"},
        {"APointWithoutItsUnit", with("show hypervolume(b, [1M, 20]), a"),
         R"~(error[E302]: value 2 of the reference point is a plain number, and memory is a memory size
 --> b.nas:4:21
4 | show hypervolume(b, [1M, 20]), a
  |                     ^^^^^^^^ write a unit, one of B, KB, MB, GB, KiB, MiB, GiB
  = More: nas explain E302
)~"},
        {"APointOfAnotherUnit", with("show hypervolume_error(b, [1M, 20ms]), a"),
         R"~(error[E303]: value 2 of the reference point is a time, and memory is a memory size
 --> b.nas:4:27
4 | show hypervolume_error(b, [1M, 20ms]), a
  |                           ^^^^^^^^^^ write a unit, one of B, KB, MB, GB, KiB, MiB, GiB
  = More: nas explain E303
)~"},
        {"AUnitWhereThereIsNone", with("show hypervolume(b, [1MB, 20KB]), a"),
         R"~(error[E303]: value 1 of the reference point is a memory size, and macs is a plain number
 --> b.nas:4:21
4 | show hypervolume(b, [1MB, 20KB]), a
  |                     ^^^^^^^^^^^ write it without a unit
  = More: nas explain E303
)~"},
        {"APointThatIsKnownLater", with("show hypervolume(b, [b.best.macs, 20KB]), a"),
         R"~(error[E301]: value 1 of the reference point is a number that is known before the run, not a value that is known after the run
 --> b.nas:4:21
4 | show hypervolume(b, [b.best.macs, 20KB]), a
  |                     ^^^^^^^^^^^^^^^^^^^
  = More: nas explain E301
)~"},
        {"ASlackOfAnotherUnit", with("show coverage(b, b, [1M, 20ms]), a"),
         R"~(error[E303]: value 2 of the slack is a time, and memory is a memory size
 --> b.nas:4:21
4 | show coverage(b, b, [1M, 20ms]), a
  |                     ^^^^^^^^^^ write a unit, one of B, KB, MB, GB, KiB, MiB, GiB
  = More: nas explain E303
)~"},
        {"ASlackBelowZero", with("show coverage(b, b, [-1M, 5%]), a"),
         R"~(error[E405]: value 1 of the slack is below zero
 --> b.nas:4:21
4 | show coverage(b, b, [-1M, 5%]), a
  |                     ^^^^^^^^^
  = More: nas explain E405
)~"},
        {"AMisspeltFunction", with("show covrage(b, b), a"),
         R"~(error[E205]: there is no function covrage
 --> b.nas:4:6
4 | show covrage(b, b), a
  |      ^^^^^^^ did you mean coverage?
  = More: nas explain E205
)~"},
    }),
    mistake_name);

TEST(Attainment, DrawsTwoObjectives) {
  const std::string many = "search c = random() of maximize macs, minimize params, minimize memory { seeds = 1..2 }\n";
  EXPECT_EQ(check_text(with(many + "plot attainment(a, c) to \"out/a.svg\"\nshow b")).text,
            R"~(error[E709]: plot attainment draws 2 objectives, and c[seed 1] has 3
 --> b.nas:5:6
5 | plot attainment(a, c) to "out/a.svg"
  |      ^^^^^^^^^^^^^^^^ plot parallel draws any number of them
  = More: nas explain E709
)~");
  EXPECT_EQ(check_text(
                with("search one = random() of minimize macs { seeds = 1..2 }\nplot attainment(one) to \"out/a.svg\"\nshow a, b"))
                .text,
            R"~(error[E709]: plot attainment draws 2 objectives, and one[seed 1] has 1
 --> b.nas:5:6
5 | plot attainment(one) to "out/a.svg"
  |      ^^^^^^^^^^^^^^^
  = More: nas explain E709
)~");
  EXPECT_EQ(check_text(with("plot attainment(a, levels = [50%, 120%]) to \"out/a.svg\"\nshow b")).text,
            R"~(error[E405]: levels of attainment is [0.5, 1.2]
 --> b.nas:4:29
4 | plot attainment(a, levels = [50%, 120%]) to "out/a.svg"
  |                             ^^^^^^^^^^^ it must be between 0.001 and 1
  = More: nas explain E405
)~");
}

TEST(Attainment, NeedsSeveralRunsWithTheSameAxes) {
  EXPECT_EQ(check_text(with("plot attainment(a, b) to \"out/a.svg\"")).text,
            R"~(error[E838]: b is one run: a share of its runs attains nothing
 --> b.nas:4:20
4 | plot attainment(a, b) to "out/a.svg"
  |                    ^ give a family of several runs, e.g. { seeds = 1..5 }
  = More: nas explain E838
)~");
  EXPECT_EQ(check_text(with("plot attainment(a, a[1]) to \"out/a.svg\"\nshow b")).text, "") << "it belongs to its family";
  EXPECT_EQ(check_text(with("plot attainment(a[2], levels = [50%]) to \"out/a.svg\"\nshow b")).text,
            R"~(error[E838]: a[seed 2] is one run: a share of its runs attains nothing
 --> b.nas:4:17
4 | plot attainment(a[2], levels = [50%]) to "out/a.svg"
  |                 ^^^^ give a family of several runs, e.g. { seeds = 1..5 }
  = More: nas explain E838
)~");
  EXPECT_EQ(check_text(with("plot attainment(3) to \"out/a.svg\"\nshow a, b")).text,
            R"~(error[E404]: attainment takes families of runs, and this is a plain number
 --> b.nas:4:17
4 | plot attainment(3) to "out/a.svg"
  |                 ^
  = More: nas explain E404
)~");
  const std::string more = "search c = random() of maximize macs, minimize memory { seeds = 1..2 }\n";
  EXPECT_EQ(check_text(with(more + "plot attainment(a, c, levels = [50%]) to \"out/a.svg\"\nshow b")).text,
            R"~(error[E817]: a is drawn as macs over params, c as macs over memory
 --> b.nas:5:20
5 | plot attainment(a, c, levels = [50%]) to "out/a.svg"
  |                    ^ draw them apart
  = More: nas explain E817
)~");
}

TEST(Pareto, DrawsResultsThatShareTheirAxes) {
  EXPECT_EQ(check_text(with("plot pareto(a, b) to \"out/a.svg\"")).text,
            R"~(error[E817]: a is drawn as macs over params, b as macs over memory
 --> b.nas:4:16
4 | plot pareto(a, b) to "out/a.svg"
  |                ^ name what lies on the x axis, e.g. x = "params"
  = More: nas explain E817
)~");
  EXPECT_EQ(
      check_text(with("search c = random() of minimize memory, maximize params\nplot pareto(b, c, a, y = macs) to \"out/a.svg\""))
          .text,
      R"~(error[E817]: b is drawn as macs over memory, a as macs over params
 --> b.nas:5:19
5 | plot pareto(b, c, a, y = macs) to "out/a.svg"
  |                   ^ name what lies on the x axis, e.g. x = "params"
  = More: nas explain E817
)~");
  EXPECT_EQ(
      check_text(with("search c = random() of minimize memory, maximize params\nplot pareto(a, c) to \"out/a.svg\"\nshow b"))
          .text,
      R"~(error[E817]: a is drawn as macs over params, c as params over memory
 --> b.nas:5:16
5 | plot pareto(a, c) to "out/a.svg"
  |                ^ name both axes, e.g. x = "macs", y = "params"
  = More: nas explain E817
)~");
  EXPECT_EQ(check_text(with("plot pareto(a, b) to \"out/a.svg\" { x = memory }")).text, "");
  EXPECT_EQ(check_text(with("plot parallel(a, b) to \"out/a.svg\"")).text, "") << "macs and params are always known";
}

TEST(Pareto, DrawsWhatIsMeasuredOnSeveralDevices) {
  EXPECT_EQ(check_text("space net = tiny_mobilenet()\ndevice one = cpu(threads = 1)\ndevice two = cpu(threads = 2)\n"
                       "search a = random() of minimize latency@one, minimize macs\nsearch b = random() of minimize latency@two, "
                       "minimize macs\nplot pareto(a, b) to \"out/a.svg\"\n")
                .text,
            "");
}

TEST(ResultFunctionsOfTheScript, ComeBeforeThoseOfTheLanguage) {
  EXPECT_EQ(check_text("def recall(x) = 2 * x\nlet epsilon = 3\nshow recall(epsilon)\n").text, "");
}

TEST(ResultFunctionsWait, ForEveryRunThatTheyName) {
  const Checked checked = check_text(with("show mean(recall(a, a[1])), hypervolume(b, [0, 1MB])"));
  ASSERT_EQ(checked.text, "");
  EXPECT_EQ(checked.stage("show")->needs, (std::vector<std::string>{"a[seed 1]", "a[seed 2]", "b"}));
}

}  // namespace
}  // namespace nas::testing
