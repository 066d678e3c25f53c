#include <gtest/gtest.h>

#include "syntax/parse.h"

namespace nas::syntax {
namespace {

struct Mistake {
  const char* name;
  const char* text;
  const char* shown;
};

// clang-format off
const Mistake mistakes[] = {
    {"UnclosedRound", R"~(let k = f(1, 2
let m = 3
)~",
     R"~(error[E101]: '(' is never closed
 --> t.nas:1:10
1 | let k = f(1, 2
  |          ^ write ')' where it ends
2 | let m = 3
  | --- a new statement begins here
  = More: nas explain E101
)~"},
    {"UnclosedRoundBeforeBrace", R"~(foreach a in b { show f(1 }
)~",
     R"~(error[E101]: '(' is never closed
 --> t.nas:1:24
1 | foreach a in b { show f(1 }
  |                        ^  - this closes something further out
  |                        write ')' where it ends
  = More: nas explain E101
)~"},
    {"UnclosedSquare", R"~(device host = cpu(threads = [1, 2)
)~",
     R"~(error[E101]: '[' is never closed
 --> t.nas:1:29
1 | device host = cpu(threads = [1, 2)
  |                             ^    - this closes something further out
  |                             write ']' where it ends
  = More: nas explain E101
)~"},
    {"UnclosedBody", R"~(def space tiny() {
  stem = conv(k = 3)
search front = nsga2()
)~",
     R"~(error[E101]: '{' is never closed
 --> t.nas:1:18
1 | def space tiny() {
  |                  ^ write '}' where it ends
3 | search front = nsga2()
  | ------ a new statement begins here
  = More: nas explain E101
)~"},
    {"UnclosedSettings", R"~(search s = a {
  k = 3
search t = b
)~",
     R"~(error[E101]: '{' is never closed
 --> t.nas:1:14
1 | search s = a {
  |              ^ write '}' where it ends
3 | search t = b
  | ------ a new statement begins here
  = More: nas explain E101
)~"},
    {"UnclosedAtTheEnd", R"~(when a { seed 1
)~",
     R"~(error[E101]: '{' is never closed
 --> t.nas:1:8
1 | when a { seed 1
  |        ^ write '}' where it ends
  = More: nas explain E101
)~"},
    {"ClosesNothing", R"~(let k = 3)
)~",
     R"~(error[E101]: ')' closes nothing
 --> t.nas:1:10
1 | let k = 3)
  |          ^ remove it
  = More: nas explain E101
)~"},
    {"BraceClosesNothing", R"~(seed 1
}
)~",
     R"~(error[E101]: '}' closes nothing
 --> t.nas:2:1
2 | }
  | ^ remove it
  = More: nas explain E101
)~"},
    {"OpenText", R"~(let q = "abc
seed 1
)~",
     R"~(error[E102]: the text is not closed
 --> t.nas:1:9
1 | let q = "abc
  |         ^^^^ write " where it ends
  = More: nas explain E102
)~"},
    {"StrayCharacter", R"~(let a = 3 $ 4
)~",
     R"~(error[E103]: '$' is not a character of the language
 --> t.nas:1:11
1 | let a = 3 $ 4
  |           ^ remove it
  = More: nas explain E103
)~"},
    {"Semicolon", R"~(seed 1;
)~",
     R"~(error[E103]: ';' is not a character of the language
 --> t.nas:1:7
1 | seed 1;
  |       ^ statements end with the line
  = More: nas explain E103
)~"},
    {"SingleQuote", R"~(import 'x'
)~",
     R"~(error[E103]: ''' is not a character of the language
 --> t.nas:1:8
1 | import 'x'
  |        ^ texts stand between double quotes
  = More: nas explain E103
error[E103]: ''' is not a character of the language
 --> t.nas:1:10
1 | import 'x'
  |          ^ texts stand between double quotes
  = More: nas explain E103
)~"},
    {"UnknownStage", R"~(serach front = nsga2()
)~",
     R"~(error[E105]: unknown stage 'serach'
 --> t.nas:1:1
1 | serach front = nsga2()
  | ^^^^^^ did you mean 'search'?
  = a statement begins with a stage (space, device, dataset, objective, predictor, profile, train, transfer, tune, search, place, plot, export, report) or with let, param, def, import, seed, show, require, foreach, if, when.  More: nas explain E105
)~"},
    {"UnknownStageFarAway", R"~(banana front = nsga2()
)~",
     R"~(error[E105]: unknown stage 'banana'
 --> t.nas:1:1
1 | banana front = nsga2()
  | ^^^^^^
  = a statement begins with a stage (space, device, dataset, objective, predictor, profile, train, transfer, tune, search, place, plot, export, report) or with let, param, def, import, seed, show, require, foreach, if, when.  More: nas explain E105
)~"},
    {"BareAssignment", R"~(front = nsga2()
)~",
     R"~(error[E105]: nothing says what 'front' is
 --> t.nas:1:1
1 | front = nsga2()
  | ^^^^^ write 'let front = ...', or a stage before it
  = More: nas explain E105
)~"},
    {"ClauseWithoutStage", R"~(of net
)~",
     R"~(error[E104]: the clause 'of' has no stage before it
 --> t.nas:1:1
1 | of net
  | ^^ clauses follow a stage
  = More: nas explain E104
)~"},
    {"LateVersion", R"~(seed 1
nas 1
)~",
     R"~(error[E104]: 'nas' and its version stand in the first line only
 --> t.nas:2:1
2 | nas 1
  | ^^^ move it there
  = More: nas explain E104
)~"},
    {"MissingAssign", R"~(let m 3
)~",
     R"~(error[E106]: '=' is missing after 'm'
 --> t.nas:1:6
1 | let m 3
  |      ^ write '=' and a value here
  = More: nas explain E106
)~"},
    {"MissingAssignAtLineEnd", R"~(let x
)~",
     R"~(error[E106]: '=' is missing after 'x'
 --> t.nas:1:6
1 | let x
  |      ^ write '=' and a value here
  = More: nas explain E106
)~"},
    {"MissingColon", R"~(param c int = 3
)~",
     R"~(error[E106]: ':' is missing after 'c'
 --> t.nas:1:8
1 | param c int = 3
  |        ^ write ':' and a type here
  = More: nas explain E106
)~"},
    {"MissingName", R"~(let = 3
)~",
     R"~(error[E108]: a name is expected after 'let', not '='
 --> t.nas:1:5
1 | let = 3
  |     ^ write a name here
  = More: nas explain E108
)~"},
    {"MissingMember", R"~(let e = a.
)~",
     R"~(error[E108]: a name is missing after '.'
 --> t.nas:1:11
1 | let e = a.
  |           ^ write a name here
  = More: nas explain E108
)~"},
    {"MissingDevice", R"~(let e = latency@ + 1
)~",
     R"~(error[E108]: a name is expected after '@', not '+'
 --> t.nas:1:18
1 | let e = latency@ + 1
  |                  ^ write a name here
  = More: nas explain E108
)~"},
    {"MissingValueAtLineEnd", R"~(seed 1 +
let k = 3
)~",
     R"~(error[E107]: a value is missing after '+'
 --> t.nas:1:9
1 | seed 1 +
  |         ^ write a value here
  = More: nas explain E107
)~"},
    {"MissingValueInCall", R"~(let e = f(a = )
)~",
     R"~(error[E107]: a value is missing after '='
 --> t.nas:1:15
1 | let e = f(a = )
  |               ^ ')' is no value
  = More: nas explain E107
)~"},
    {"MissingItem", R"~(let e = [1,,2]
)~",
     R"~(error[E107]: a value is missing after ','
 --> t.nas:1:12
1 | let e = [1,,2]
  |            ^ ',' is no value
  = More: nas explain E107
)~"},
    {"DoubledAssign", R"~(let e = = 3
)~",
     R"~(error[E107]: a value is missing after '='
 --> t.nas:1:9
1 | let e = = 3
  |         ^ '=' is no value
  = More: nas explain E107
)~"},
    {"TwoValues", R"~(let z = 3 4
)~",
     R"~(error[E104]: '4' cannot follow '3'
 --> t.nas:1:11
1 | let z = 3 4
  |           ^ an operator or a comma is missing before it
  = More: nas explain E104
)~"},
    {"TwoArguments", R"~(let e = f(a b)
)~",
     R"~(error[E104]: 'b' cannot follow 'a'
 --> t.nas:1:13
1 | let e = f(a b)
  |             ^ an operator or a comma is missing before it
  = More: nas explain E104
)~"},
    {"UnknownClause", R"~(search s = nsga2() form net
)~",
     R"~(error[E104]: unknown clause 'form'
 --> t.nas:1:20
1 | search s = nsga2() form net
  |                    ^^^^ did you mean 'from'?
  = clauses begin with on, over, using, with, from, to, of, where, by, until or as.  More: nas explain E104
)~"},
    {"ClauseBehindSettings", R"~(search s = a { k = 3 } of b
)~",
     R"~(error[E104]: 'of' cannot follow the settings
 --> t.nas:1:24
1 | search s = a { k = 3 } of b
  |                        ^^ clauses stand before the settings
  = More: nas explain E104
)~"},
    {"MissingIn", R"~(foreach x 1..3 { seed 1 }
)~",
     R"~(error[E104]: 'in' is missing before '1'
 --> t.nas:1:11
1 | foreach x 1..3 { seed 1 }
  |           ^ write 'name in values'
  = More: nas explain E104
)~"},
    {"MissingBody", R"~(foreach x in 1..3
)~",
     R"~(error[E113]: a body is missing
 --> t.nas:1:18
1 | foreach x in 1..3
  |                  ^ write '{ ... }' here
  = More: nas explain E113
)~"},
    {"MissingThen", R"~(let w = if a 3 else 4
)~",
     R"~(error[E104]: 'then' is missing before '3'
 --> t.nas:1:14
1 | let w = if a 3 else 4
  |              ^ a conditional value is 'if a then b else c'
  = More: nas explain E104
)~"},
    {"MissingElse", R"~(let w = if a then 3
)~",
     R"~(error[E104]: 'else' is missing before the end of the line
 --> t.nas:1:20
1 | let w = if a then 3
  |                    ^ a conditional value is 'if a then b else c'
  = More: nas explain E104
)~"},
    {"AssignInCondition", R"~(if k = 3 { seed 1 }
)~",
     R"~(error[E104]: '=' does not compare
 --> t.nas:1:6
1 | if k = 3 { seed 1 }
  |      ^ write '=='
  = More: nas explain E104
)~"},
    {"ElseAlone", R"~(else { }
)~",
     R"~(error[E104]: 'else' has nothing before it to belong to
 --> t.nas:1:1
1 | else { }
  | ^^^^ remove it
  = More: nas explain E104
)~"},
    {"MissingText", R"~(import hw
)~",
     R"~(error[E107]: a text is missing here
 --> t.nas:1:8
1 | import hw
  |        ^^ write it between double quotes
  = More: nas explain E107
)~"},
    {"MissingParameters", R"~(def f = 3
)~",
     R"~(error[E104]: the parameters of 'f' are missing
 --> t.nas:1:6
1 | def f = 3
  |      ^ write '(...)' here
  = More: nas explain E104
)~"},
    {"ForeachInSpace", R"~(def space s() {
  foreach i in 3 { a }
}
)~",
     R"~(error[E104]: 'foreach' cannot stand in a space
 --> t.nas:2:3
2 |   foreach i in 3 { a }
  |   ^^^^^^^ write 'repeat'
  = a space holds layers, name = value, repeat, if, let, rule, require, spelling and features.  More: nas explain E104
)~"},
    {"StageInSpace", R"~(def space s() {
  train w = a
}
)~",
     R"~(error[E104]: 'train' cannot stand in a space
 --> t.nas:2:3
2 |   train w = a
  |   ^^^^^
  = a space holds layers, name = value, repeat, if, let, rule, require, spelling and features.  More: nas explain E104
)~"},
    {"SettingWithoutAssign", R"~(search s = a { k 3 }
)~",
     R"~(error[E106]: '=' is missing after 'k'
 --> t.nas:1:17
1 | search s = a { k 3 }
  |                 ^ write '=' and a value here
  = More: nas explain E106
)~"},
    {"StepWithoutRange", R"~(let e = 1 step 2
)~",
     R"~(error[E104]: 'step' belongs to a range
 --> t.nas:1:11
1 | let e = 1 step 2
  |           ^^^^ write 'first..last step width'
  = More: nas explain E104
)~"},
    {"BadHole", R"~(let h = "${a +}"
)~",
     R"~(error[E107]: a value is missing after '+'
 --> t.nas:1:15
1 | let h = "${a +}"
  |               ^ write a value here
  = More: nas explain E107
)~"},
    {"EmptyHole", R"~(let h = "${}"
)~",
     R"~(error[E115]: '${}' holds no value
 --> t.nas:1:10
1 | let h = "${}"
  |          ^^^ write a value between the brackets
  = More: nas explain E115
)~"},
    {"OpenHole", R"~(let h = "${a"
)~",
     R"~(error[E101]: '${' is never closed
 --> t.nas:1:10
1 | let h = "${a"
  |          ^^ write '}' where it ends, or \$ for a dollar sign
  = More: nas explain E101
)~"},
    {"BadEscape", R"~(let h = "a\q"
)~",
     R"~(error[E114]: '\q' is no escape
 --> t.nas:1:11
1 | let h = "a\q"
  |           ^^ the escapes are \n \t \" \\ \$
  = More: nas explain E114
)~"},
    {"HoleInPath", R"~(import "${a}"
)~",
     R"~(error[E115]: this text cannot hold a value
 --> t.nas:1:9
1 | import "${a}"
  |         ^^^^ write \$ for a dollar sign
  = More: nas explain E115
)~"},
    {"SeveralInOneFile", R"~(seed 1 +
let x
serach f = a
foreach a in b {
  plot )
  let = 2
}
)~",
     R"~(error[E107]: a value is missing after '+'
 --> t.nas:1:9
1 | seed 1 +
  |         ^ write a value here
  = More: nas explain E107
error[E106]: '=' is missing after 'x'
 --> t.nas:2:6
2 | let x
  |      ^ write '=' and a value here
  = More: nas explain E106
error[E105]: unknown stage 'serach'
 --> t.nas:3:1
3 | serach f = a
  | ^^^^^^ did you mean 'search'?
  = a statement begins with a stage (space, device, dataset, objective, predictor, profile, train, transfer, tune, search, place, plot, export, report) or with let, param, def, import, seed, show, require, foreach, if, when.  More: nas explain E105
error[E101]: ')' closes nothing
 --> t.nas:5:8
5 |   plot )
  |        ^ remove it
  = More: nas explain E101
error[E108]: a name is expected after 'let', not '='
 --> t.nas:6:7
6 |   let = 2
  |       ^ write a name here
  = More: nas explain E108
)~"},
};
// clang-format on

std::string shown(const std::string& text, const ParseLimits& limits = {}) {
  SourceMap sources;
  Diagnostics diagnostics;
  parse(sources, sources.add("t.nas", text), diagnostics, limits);
  diagnostics.sort_and_deduplicate();
  std::string all;
  for (const auto& d : diagnostics.all()) all += render_text(d, sources, false);
  return all;
}

class SyntaxError : public testing::TestWithParam<Mistake> {};

// The whole picture of every syntax error, as a user sees it.
TEST_P(SyntaxError, IsShownInOurWords) { EXPECT_EQ(shown(GetParam().text), GetParam().shown); }

INSTANTIATE_TEST_SUITE_P(Every, SyntaxError, testing::ValuesIn(mistakes), [](const auto& info) { return std::string(info.param.name); });

TEST(SyntaxLimits, NestingNamesItsLimit) {
  EXPECT_EQ(shown("seed ((((1))))\n", {.nesting = 3}),
            "error[E109]: this is nested more than 3 deep\n"
            " --> t.nas:1:9\n"
            "1 | seed ((((1))))\n"
            "  |         ^ the limit is met here\n"
            "  = name the inner parts with let.  More: nas explain E109\n");
}

TEST(SyntaxLimits, TenThousandBracketsAreOneError) {
  const std::string text = "let x = " + std::string(10000, '(') + std::string(10000, ')');
  EXPECT_EQ(shown(text).substr(0, 63), "error[E109]: this is nested more than 200 deep\n --> t.nas:1:209");
  EXPECT_EQ(shown(text).find("error", 5), std::string::npos);
}

TEST(SyntaxLimits, ValuesOfManyPartsNameTheirLimit) {
  std::string text = "let x = 1";
  for (int i = 0; i < 5000; ++i) text += "+1";
  EXPECT_EQ(shown(text).substr(0, 50), "error[E112]: a value has more than 2000 parts\n -->");
}

// Two megabytes of mistakes in one line cost a moment, not a minute.
TEST(SyntaxLimits, ManyMistakesEndTheReading) {
  std::string text;
  for (int i = 0; i < 1000000; ++i) text += ") ";
  const std::string all = shown(text);
  EXPECT_NE(all.find("error[E116]: the script has more than 200 mistakes\n --> t.nas:1:399\n"), std::string::npos);
  EXPECT_LT(all.size(), 200000u);
}

TEST(SyntaxLimits, BigFilesAndBytesThatAreNoText) {
  EXPECT_EQ(shown("seed 1\n", {.file_bytes = 3}),
            "error[E110]: the script has 7 bytes, the limit is 3\n"
            " --> t.nas:1:1\n"
            "1 | seed 1\n"
            "  | ^\n"
            "  = data belongs into tables that the script names.  More: nas explain E110\n");
  EXPECT_EQ(shown("seed \xff\n"),
            "error[E111]: byte 6 of the script is not UTF-8\n"
            " --> t.nas:1:6\n"
            "1 | seed \xEF\xBF\xBD\n"
            "  |      ^\n"
            "  = save the file as UTF-8.  More: nas explain E111\n");
}

}  // namespace
}  // namespace nas::syntax
