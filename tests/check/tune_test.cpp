// `tune`: what it does not take, in exact words.
#include "tests/check/mistake.h"

namespace nas::testing {
namespace {

class TuneMistakes : public Mistaken {};

TEST_P(TuneMistakes, IsSaidOnceInTheseWords) {
  const Checked checked = check_text(GetParam().text);
  EXPECT_EQ(checked.text, GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, TuneMistakes,
    ::testing::ValuesIn(std::vector<Mistake>{
        {"TuneWithoutAChoice", behind_a_profile("tune best = ridge(alpha = 1) from base by grid()"),
         R"~(error[E403]: ridge has no choice: there is one configuration, and nothing to tune
 --> b.nas:7:13
7 | tune best = ridge(alpha = 1) from base by grid()
  |             ^^^^^^^^^^^^^^^^ write a choice, e.g. alpha = choice(...)
  = More: nas explain E403
)~"},
        {"TuneWithoutAChoiceAndANumber", behind_a_profile("tune best = linear() from base by grid()"),
         R"~(error[E403]: linear has no choice: there is one configuration, and nothing to tune
 --> b.nas:7:13
7 | tune best = linear() from base by grid()
  |             ^^^^^^^^ write a choice, e.g. features = choice(...)
  = More: nas explain E403
)~"},
        {"TuneOfNothing", behind_a_profile("tune from base by grid()"),
         R"~(error[E104]: 'base' cannot follow 'from'
 --> b.nas:7:11
7 | tune from base by grid()
  |           ^^^^ an operator or a comma is missing before it
  = clauses begin with on, over, using, with, from, to, of, where, by, until or as.  More: nas explain E104
)~"},
        {"TuneOfTwo", behind_a_profile("tune best = ridge(alpha = choice(1, 2)), lasso() from base by grid()"),
         R"~(error[E404]: tune takes one component, and there are 2
 --> b.nas:7:42
7 | tune best = ridge(alpha = choice(1, 2)), lasso() from base by grid()
  |                                          ^^^^^^^ write a statement for each
  = More: nas explain E404
)~"},
        {"TuneOfAnUnknownPredictor", behind_a_profile("tune best = rigde(alpha = choice(1, 2)) from base by grid()"),
         R"~(error[E205]: there is no predictor component rigde
 --> b.nas:7:13
7 | tune best = rigde(alpha = choice(1, 2)) from base by grid()
  |             ^^^^^ did you mean ridge?
  = nas list predictors shows auto, ensemble, gbdt, gcn, gp, kernel, knn, lasso, linear, lpm, lut, mlp, random_forest, ridge, roofline, saved, svr.  More: nas explain E205
)~"},
        {"TuneOfWhatLearnsNothing", behind_a_profile("tune best = saved(choice(\"a\", \"b\")) from base by grid()"),
         R"~(error[E404]: saved learns nothing: there is nothing to choose
 --> b.nas:7:13
7 | tune best = saved(choice("a", "b")) from base by grid()
  |             ^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E404
)~"},
        {"TuneWithAValueOutOfBounds", behind_a_profile("tune best = mlp(rate = choice(0.1, 20, 0.01)) from base by grid()"),
         R"~(error[E405]: rate of mlp is 20
 --> b.nas:7:36
7 | tune best = mlp(rate = choice(0.1, 20, 0.01)) from base by grid()
  |                                    ^^ it must be between 1e-09 and 10
  = More: nas explain E405
)~"},
        {"TuneWithAFirstValueOutOfBounds", behind_a_profile("tune best = mlp(rate = choice(20, 0.1)) from base by grid()"),
         R"~(error[E405]: rate of mlp is 20
 --> b.nas:7:31
7 | tune best = mlp(rate = choice(20, 0.1)) from base by grid()
  |                               ^^ it must be between 1e-09 and 10
  = More: nas explain E405
)~"},
        {"TuneWithTwoValuesOutOfBounds",
         behind_a_profile("tune best = mlp(rate = choice(20, 0.1, 30), epochs = choice(10, 0)) from base by grid()"),
         R"~(error[E405]: rate of mlp is 20
 --> b.nas:7:31
7 | tune best = mlp(rate = choice(20, 0.1, 30), epochs = choice(10, 0)) from base by grid()
  |                               ^^ it must be between 1e-09 and 10
  = More: nas explain E405
error[E405]: rate of mlp is 30
 --> b.nas:7:40
7 | tune best = mlp(rate = choice(20, 0.1, 30), epochs = choice(10, 0)) from base by grid()
  |                                        ^^ it must be between 1e-09 and 10
  = More: nas explain E405
error[E405]: epochs of mlp is 0
 --> b.nas:7:65
7 | tune best = mlp(rate = choice(20, 0.1, 30), epochs = choice(10, 0)) from base by grid()
  |                                                                 ^ it must be between 1 and 1000000
  = More: nas explain E405
)~"},
        {"TuneWithAValueOfTheWrongType",
         behind_a_profile("tune best = mlp(layers = choice([64], 2, [8, 8])) from base by grid()"),
         R"~(error[E404]: layers of mlp is a list of whole numbers, and this is a plain number
 --> b.nas:7:39
7 | tune best = mlp(layers = choice([64], 2, [8, 8])) from base by grid()
  |                                       ^
  = More: nas explain E404
)~"},
        {"TuneWithAUnitThatIsNone", behind_a_profile("tune best = mlp(rate = choice(0.1, 2ms)) from base by grid()"),
         R"~(error[E404]: rate of mlp is a plain number, and this is a time
 --> b.nas:7:36
7 | tune best = mlp(rate = choice(0.1, 2ms)) from base by grid()
  |                                    ^^^
  = More: nas explain E404
)~"},
        {"TuneWithAnUnknownLabel", behind_a_profile("tune best = knn(distance = choice(hamming, hammong)) from base by grid()"),
         R"~(error[E405]: distance of knn cannot be hammong
 --> b.nas:7:44
7 | tune best = knn(distance = choice(hamming, hammong)) from base by grid()
  |                                            ^^^^^^^ did you mean hamming?
  = it can be auto, euclidean, hamming, graph_edit.  More: nas explain E405
)~"},
        {"TuneWithAnUnknownArgument", behind_a_profile("tune best = mlp(rat = choice(0.1, 0.2)) from base by grid()"),
         R"~(error[E401]: mlp has no argument rat
 --> b.nas:7:17
7 | tune best = mlp(rat = choice(0.1, 0.2)) from base by grid()
  |                 ^^^ did you mean rate?
  = mlp takes layers, epochs, batch, rate, weight_decay, features.  More: nas explain E401
)~"},
        {"TuneWithAnArgumentTwice", behind_a_profile("tune best = mlp(rate = choice(0.1, 0.2), rate = 0.3) from base by grid()"),
         R"~(error[E402]: rate of mlp is given twice
 --> b.nas:7:42
7 | tune best = mlp(rate = choice(0.1, 0.2), rate = 0.3) from base by grid()
  |                                          ^^^^
  = More: nas explain E402
)~"},
        {"TuneWithAnEmptyChoice", behind_a_profile("tune best = mlp(rate = choice()) from base by grid()"),
         R"~(error[E502]: a choice needs at least one option
 --> b.nas:7:24
7 | tune best = mlp(rate = choice()) from base by grid()
  |                        ^^^^^^^^
  = More: nas explain E502
)~"},
        {"TuneWithAnEmptyList", behind_a_profile("tune best = mlp(rate = choice([])) from base by grid()"),
         R"~(error[E502]: a choice needs at least one option
 --> b.nas:7:24
7 | tune best = mlp(rate = choice([])) from base by grid()
  |                        ^^^^^^^^^^
  = More: nas explain E502
)~"},
        {"TuneWithAValueTwice",
         behind_a_profile("tune best = mlp(rate = choice(0.1, 0.2, 0.1)) from base by grid()\nshow best, other, both, lin"),
         R"~(warning[W904]: the choice lists 0.1 twice
 --> b.nas:7:41
7 | tune best = mlp(rate = choice(0.1, 0.2, 0.1)) from base by grid()
  |                                         ^^^
  = it is tried once.  More: nas explain W904
)~"},
        {"TuneWithACondition", behind_a_profile("tune best = mlp(rate = choice { 0.1, 0.2 if 1 < 2 }) from base by grid()"),
         R"~(error[E301]: options of a predictor's argument have no conditions
 --> b.nas:7:45
7 | tune best = mlp(rate = choice { 0.1, 0.2 if 1 < 2 }) from base by grid()
  |                                             ^^^^^
  = More: nas explain E301
)~"},
        {"TuneWithAnUnknownName", behind_a_profile("tune best = mlp(rate = choice(0.1, fast)) from base by grid()"),
         R"~(error[E201]: fast is not known here
 --> b.nas:7:36
7 | tune best = mlp(rate = choice(0.1, fast)) from base by grid()
  |                                    ^^^^ did you mean last?
  = More: nas explain E201
)~"},
        {"TuneWithTooManyConfigurations",
         behind_a_profile("tune best = gbdt(trees = choice(1..2000), leaf = choice(1..2000)) from base by grid()"),
         R"~(error[E405]: the choices have more than 1000000 configurations
 --> b.nas:7:13
7 | tune best = gbdt(trees = choice(1..2000), leaf = choice(1..2000)) from base by grid()
  |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leave some out
  = More: nas explain E405
)~"},
        {"TuneWithFeaturesThatAreNone",
         behind_a_profile("tune best = ridge(alpha = choice(1, 2), features = choice(ofa_128, ofa_129)) from base by grid()"),
         R"~(error[E405]: space tiny_mobilenet has no features ofa_128
 --> b.nas:7:13
7 | tune best = ridge(alpha = choice(1, 2), features = choice(ofa_128, ofa_129)) from base by grid()
  |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = it names none; without `features` a predictor sees one column per option of every gene.  More: nas explain E405
)~"},
        {"TuneWithMembersThatTakeGraphs", behind_a_profile("tune best = ensemble(of = choice(ridge, gcn)) from base by grid()"),
         R"~(error[E405]: space tiny_mobilenet has no features graph
 --> b.nas:7:13
7 | tune best = ensemble(of = choice(ridge, gcn)) from base by grid()
  |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = it names none; without `features` a predictor sees one column per option of every gene.  More: nas explain E405
)~"},
        {"TuneWithGraphsThatAreNone",
         behind_a_profile("tune best = knn(distance = choice(hamming, graph_edit)) from base by grid()"),
         R"~(error[E405]: space tiny_mobilenet has no features graph
 --> b.nas:7:13
7 | tune best = knn(distance = choice(hamming, graph_edit)) from base by grid()
  |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = it names none; without `features` a predictor sees one column per option of every gene.  More: nas explain E405
)~"},
        {"TuneWithoutAProfile", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) by grid()"),
         R"~(error[E403]: tune needs a profile
 --> b.nas:7:1
7 | tune best = ridge(alpha = choice(1, 2)) by grid()
  | ^^^^ say which one with from, e.g. from base
  = More: nas explain E403
)~"},
        {"TuneFromAPredictor", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from lin by grid()"),
         R"~(error[E301]: a profile is needed here, and this is a predictor
 --> b.nas:7:46
7 | tune best = ridge(alpha = choice(1, 2)) from lin by grid()
  |                                              ^^^
  = More: nas explain E301
)~"},
        {"TuneOfAnotherMetric", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) of latency@both from base by grid()"),
         R"~(error[E607]: base holds latency@host, and not latency@both
 --> b.nas:7:44
7 | tune best = ridge(alpha = choice(1, 2)) of latency@both from base by grid()
  |                                            ^^^^^^^^^^^^
  = More: nas explain E607
)~"},
        {"TuneOfTwoMetrics",
         behind_a_profile("tune best = ridge(alpha = choice(1, 2)) of latency@host, latency@both from base by grid()"),
         R"~(error[E404]: base holds one metric, and there are 2
 --> b.nas:7:58
7 | tune best = ridge(alpha = choice(1, 2)) of latency@host, latency@both from base by grid()
  |                                                          ^^^^^^^^^^^^ write a statement for each
  = More: nas explain E404
)~"},
        {"TuneWithoutAMethod", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base"),
         R"~(error[E403]: tune needs a method
 --> b.nas:7:1
7 | tune best = ridge(alpha = choice(1, 2)) from base
  | ^^^^ say which one with by, e.g. by grid()
  = More: nas explain E403
)~"},
        {"TuneByAnUnknownMethod", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by ahsa()"),
         R"~(error[E205]: there is no tuning component ahsa
 --> b.nas:7:54
7 | tune best = ridge(alpha = choice(1, 2)) from base by ahsa()
  |                                                      ^^^^ did you mean asha?
  = nas list tunings shows asha, grid, random.  More: nas explain E205
)~"},
        {"TuneByASearch", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by nsga2()"),
         R"~(error[E205]: there is no tuning component nsga2
 --> b.nas:7:54
7 | tune best = ridge(alpha = choice(1, 2)) from base by nsga2()
  |                                                      ^^^^^
  = nas list tunings shows asha, grid, random.  More: nas explain E205
)~"},
        {"TuneByANumber", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by 3"),
         R"~(error[E301]: tune ... by names a component, such as asha, grid, random
 --> b.nas:7:54
7 | tune best = ridge(alpha = choice(1, 2)) from base by 3
  |                                                      ^
  = More: nas explain E301
)~"},
        {"TuneByTwoMethods", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by grid(), random()"),
         R"~(error[E404]: by takes one value here, and there are 2
 --> b.nas:7:62
7 | tune best = ridge(alpha = choice(1, 2)) from base by grid(), random()
  |                                                              ^^^^^^^^
  = More: nas explain E404
)~"},
        {"TuneByTwice", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by grid() by random()"),
         R"~(error[E402]: the clause by is given twice
 --> b.nas:7:61
7 | tune best = ridge(alpha = choice(1, 2)) from base by grid() by random()
  |                                                             ^^
  = More: nas explain E402
)~"},
        {"TuneWithEtaBelowTwo", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by asha(eta = 1)"),
         R"~(error[E405]: eta of asha is 1
 --> b.nas:7:65
7 | tune best = ridge(alpha = choice(1, 2)) from base by asha(eta = 1)
  |                                                                 ^ it must be between 2 and 100
  = More: nas explain E405
)~"},
        {"TuneWithAFractionOfEta", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by asha(eta = 2.5)"),
         R"~(error[E404]: eta of asha is a whole number, and this is 2.5
 --> b.nas:7:65
7 | tune best = ridge(alpha = choice(1, 2)) from base by asha(eta = 2.5)
  |                                                                 ^^^
  = More: nas explain E404
)~"},
        {"TuneWithABudgetBelowItsLeast",
         behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by asha(budget = 20, min_budget = 30)"),
         R"~(error[E405]: budget of asha is 20, below its min_budget of 30
 --> b.nas:7:54
7 | tune best = ridge(alpha = choice(1, 2)) from base by asha(budget = 20, min_budget = 30)
  |                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E405
)~"},
        {"TuneWithANegativeBudget", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by asha(budget = -1)"),
         R"~(error[E405]: budget of asha is -1
 --> b.nas:7:68
7 | tune best = ridge(alpha = choice(1, 2)) from base by asha(budget = -1)
  |                                                                    ^^ it must be between 0 and 1000000
  = More: nas explain E405
)~"},
        {"TuneWithMoreTrialsThanThereAre",
         behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by random(trials = 3)"),
         R"~(error[E405]: trials of random is 3, and the choices of ridge have 2 configurations
 --> b.nas:7:54
7 | tune best = ridge(alpha = choice(1, 2)) from base by random(trials = 3)
  |                                                      ^^^^^^^^^^^^^^^^^^ it must be at most 2
  = More: nas explain E405
)~"},
        {"TuneWithMoreFirstTrialsThanThereAre",
         behind_a_profile(
             "tune best = mlp(rate = choice(0.1, 0.2), batch = choice(10, 20)) from base by asha(budget = 9, trials = 5)"),
         R"~(error[E405]: trials of asha is 5, and the choices of mlp have 4 configurations
 --> b.nas:7:79
7 | tune best = mlp(rate = choice(0.1, 0.2), batch = choice(10, 20)) from base by asha(budget = 9, trials = 5)
  |                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ it must be at most 4
  = More: nas explain E405
)~"},
        {"TuneWithEpochsThatAreSharedOut",
         behind_a_profile("tune best = mlp(rate = choice(0.1, 0.2), epochs = 50) from base by asha()"),
         R"~(error[E404]: epochs of mlp are what asha shares out
 --> b.nas:7:68
7 | tune best = mlp(rate = choice(0.1, 0.2), epochs = 50) from base by asha()
  |                                                                    ^^^^^^ leave epochs out, and say how many with budget
  = More: nas explain E404
)~"},
        {"TuneWithOneOption", behind_a_profile("tune best = mlp(layers = choice([64, 64])) from base by grid()"),
         R"~(error[E403]: mlp has no choice: there is one configuration, and nothing to tune
 --> b.nas:7:13
7 | tune best = mlp(layers = choice([64, 64])) from base by grid()
  |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ write a choice, e.g. layers = choice(...)
  = More: nas explain E403
)~"},
        {"TuneWithAChoiceOfEpochsThatAreSharedOut",
         behind_a_profile("tune best = mlp(epochs = choice(50, 100)) from base by asha(budget = 100)"),
         R"~(error[E404]: epochs of mlp are what asha shares out
 --> b.nas:7:56
7 | tune best = mlp(epochs = choice(50, 100)) from base by asha(budget = 100)
  |                                                        ^^^^^^^^^^^^^^^^^^ leave epochs out, and say how many with budget
  = More: nas explain E404
)~"},
        {"TuneWithOneFold", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by grid(folds = 1)"),
         R"~(error[E405]: folds of grid is 1
 --> b.nas:7:67
7 | tune best = ridge(alpha = choice(1, 2)) from base by grid(folds = 1)
  |                                                                   ^ it must be between 2 and 20
  = More: nas explain E405
)~"},
        {"TuneWithNothingHeldOut", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by grid(held_out = 0)"),
         R"~(error[E405]: held_out of grid is 0
 --> b.nas:7:70
7 | tune best = ridge(alpha = choice(1, 2)) from base by grid(held_out = 0)
  |                                                                      ^ it must be between 0.05 and 0.5
  = More: nas explain E405
)~"},
        {"TuneByAnUnknownCriterion",
         behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by grid(criterion = rnak)"),
         R"~(error[E405]: criterion of grid cannot be rnak
 --> b.nas:7:71
7 | tune best = ridge(alpha = choice(1, 2)) from base by grid(criterion = rnak)
  |                                                                       ^^^^ did you mean rank?
  = it can be error, rank.  More: nas explain E405
)~"},
        {"TuneWithAnUnknownArgumentOfItsMethod",
         behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by grid(trials = 2)"),
         R"~(error[E401]: grid has no argument trials
 --> b.nas:7:59
7 | tune best = ridge(alpha = choice(1, 2)) from base by grid(trials = 2)
  |                                                           ^^^^^^
  = grid takes folds, criterion, held_out.  More: nas explain E401
)~"},
        {"TuneWithASeedTwice", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by grid() { seeds = [3, 3] }"),
         R"~(error[E402]: seed 3 is given twice
 --> b.nas:7:71
7 | tune best = ridge(alpha = choice(1, 2)) from base by grid() { seeds = [3, 3] }
  |                                                                       ^^^^^^
  = More: nas explain E402
)~"},
        {"TuneWithSeedsAndSettings",
         behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by grid() { seeds = 1..3, folds = 3 }"),
         R"~(error[E401]: tune has no settings
 --> b.nas:7:77
7 | tune best = ridge(alpha = choice(1, 2)) from base by grid() { seeds = 1..3, folds = 3 }
  |                                                                             ^^^^^
  = arguments of ridge stand in its brackets.  More: nas explain E401
)~"},
        {"TuneOfNothingWithSeeds", behind_a_profile("tune { seeds = 1..3 }"), R"~(error[E403]: tune needs a method
 --> b.nas:7:1
7 | tune { seeds = 1..3 }
  | ^^^^ say which one with by, e.g. by grid()
  = More: nas explain E403
error[E403]: tune needs a predictor
 --> b.nas:7:1
7 | tune { seeds = 1..3 }
  | ^^^^ e.g. ridge(alpha = choice(0.1, 1, 10))
  = More: nas explain E403
error[E403]: tune needs a profile
 --> b.nas:7:1
7 | tune { seeds = 1..3 }
  | ^^^^ say which one with from, e.g. from base
  = More: nas explain E403
)~"},
        {"OneOfSeveralTunesIsAsked",
         behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by grid() { seeds = 1..3 }\n"
                          "search s = nsga2() over net using best\n  of minimize latency@host, maximize params"),
         R"~(error[E301]: a predictor is needed here, and this is a list
 --> b.nas:8:35
8 | search s = nsga2() over net using best
  |                                   ^^^^
  = More: nas explain E301
)~"},
        {"TuneWithSettings", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by grid() { folds = 3 }"),
         R"~(error[E401]: tune has no settings
 --> b.nas:7:63
7 | tune best = ridge(alpha = choice(1, 2)) from base by grid() { folds = 3 }
  |                                                               ^^^^^
  = arguments of ridge stand in its brackets.  More: nas explain E401
)~"},
        {"TuneWithAWrongClause", behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by grid() over net"),
         R"~(error[E406]: tune has no clause over
 --> b.nas:7:61
7 | tune best = ridge(alpha = choice(1, 2)) from base by grid() over net
  |                                                             ^^^^ its clauses are of, from, by
  = More: nas explain E406
)~"},
        {"TuneWithADirection",
         behind_a_profile("tune best = ridge(alpha = choice(1, 2)) of minimize latency@host from base by grid()"),
         R"~(error[E301]: minimize stands before objectives only
 --> b.nas:7:44
7 | tune best = ridge(alpha = choice(1, 2)) of minimize latency@host from base by grid()
  |                                            ^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E301
)~"},
        {"ByInASearch", behind_a_profile("search s = nsga2() over net by grid()\n  of minimize macs, maximize params"),
         R"~(error[E406]: search has no clause by
 --> b.nas:7:29
7 | search s = nsga2() over net by grid()
  |                             ^^ its clauses are with, of, where, over, until, using
  = More: nas explain E406
)~"},
        {"ChoiceOutsideTune", behind_a_profile("predictor p = ridge(alpha = choice(1, 2)) from base"),
         R"~(error[E301]: choices are written inside a space
 --> b.nas:7:29
7 | predictor p = ridge(alpha = choice(1, 2)) from base
  |                             ^^^^^^
  = put it into a def space.  More: nas explain E301
)~"},
        {"TrialsOfAPlainPredictor", behind_a_profile("show lin.trials"),
         R"~(error[E207]: a predictor has no part trials
 --> b.nas:7:10
7 | show lin.trials
  |          ^^^^^^
  = it has name.  More: nas explain E207
)~"},
        {"AnUnknownPartOfATune",
         behind_a_profile("tune best = ridge(alpha = choice(1, 2)) from base by grid()\nshow best.trails"),
         R"~(error[E207]: a predictor has no part trails
 --> b.nas:8:11
8 | show best.trails
  |           ^^^^^^ did you mean trials?
  = it has trials, name.  More: nas explain E207
)~"},
    }),
    mistake_name);

}  // namespace
}  // namespace nas::testing
