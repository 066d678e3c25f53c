// Transfers, agreements, predictions, saved predictors and their pictures: what they do not take, in exact words.
#include "tests/check/mistake.h"

namespace nas::testing {
namespace {

class Transferring : public Mistaken {};

TEST_P(Transferring, IsSaidOnceInTheseWords) {
  const Checked checked = check_text(GetParam().text);
  EXPECT_EQ(checked.text, GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, Transferring,
    ::testing::ValuesIn(std::vector<Mistake>{
        {"AnUnknownLabelInItsPlace", behind_a_profile("predictor p = ensemble(gbt) from base"),
         R"~(error[E405]: of of ensemble cannot be gbt
 --> b.nas:7:24
7 | predictor p = ensemble(gbt) from base
  |                        ^^^ did you mean gbdt?
  = it can be gbdt, gcn, gp, knn, lasso, linear, lpm, mlp, random_forest, ridge, svr.  More: nas explain E405
)~"},
        {"AnUnknownStageInItsPlace",
         behind_a_profile("search s = nsga2() over net with direct(), warm_start(frst)\n  of minimize macs, maximize params"),
         R"~(error[E201]: frst is not known here
 --> b.nas:7:55
7 | search s = nsga2() over net with direct(), warm_start(frst)
  |                                                       ^^^^
  = More: nas explain E201
)~"},
        {"HardwareFeaturesOfAPredictor",
         behind_a_profile(
             "profile probe = latency over net on both\ntransfer t = hardware_features(base) of lin from probe on both"),
         R"~(error[E406]: hardware_features takes no predictor
 --> b.nas:8:38
8 | transfer t = hardware_features(base) of lin from probe on both
  |                                      ^^ it learns from the profiles among its arguments
  = More: nas explain E406
)~"},
        {"HardwareFeaturesWithoutAProbe", behind_a_profile("transfer t = hardware_features(base) on both"),
         R"~(error[E403]: transfer needs a profile of the device
 --> b.nas:7:1
7 | transfer t = hardware_features(base) on both
  | ^^^^^^^^ say which one with from
  = More: nas explain E403
)~"},
        {"HardwareFeaturesOfNothing",
         behind_a_profile("profile probe = latency over net on both\ntransfer t = hardware_features() from probe on both"),
         R"~(error[E403]: hardware_features needs profiles
 --> b.nas:8:14
8 | transfer t = hardware_features() from probe on both
  |              ^^^^^^^^^^^^^^^^^^^ profiles of the devices that it learns from, of the same networks
  = More: nas explain E403
)~"},
        {"HardwareFeaturesOfTheDeviceItself",
         behind_a_profile("profile probe = latency over net on both\nprofile more = latency over net on both\ntransfer t = "
                          "hardware_features(base, more) from probe on both"),
         R"~(error[E607]: more holds latency@both too: what is to be predicted is learnt from
 --> b.nas:9:14
9 | transfer t = hardware_features(base, more) from probe on both
  |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leave it out
  = More: nas explain E607
)~"},
        {"HardwareFeaturesOfAnotherMetric",
         behind_a_profile("profile probe = latency over net on both\nprofile power = energy over net on host\ntransfer t = "
                          "hardware_features(power) from probe on both"),
         R"~(error[E607]: power holds energy@host, and probe holds latency@both
 --> b.nas:9:14
9 | transfer t = hardware_features(power) from probe on both
  |              ^^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E607
)~"},
        {"HardwareFeaturesOfAnotherSpace",
         behind_a_profile("profile probe = latency over net on both\nprofile cells = latency over other on host\ntransfer t = "
                          "hardware_features(cells) from probe on both"),
         R"~(error[E603]: cells holds networks of other, and probe those of net
 --> b.nas:9:14
9 | transfer t = hardware_features(cells) from probe on both
  |              ^^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E603
)~"},
        {"HardwareFeaturesWithAnUnknownPredictor",
         behind_a_profile(
             "profile probe = latency over net on both\ntransfer t = hardware_features(base, predictor = rigde) from probe on "
             "both"),
         R"~(error[E405]: predictor of hardware_features cannot be rigde
 --> b.nas:8:50
8 | transfer t = hardware_features(base, predictor = rigde) from probe on both
  |                                                  ^^^^^ did you mean ridge?
  = it can be auto, ensemble, gbdt, gp, knn, lasso, linear, lpm, mlp, random_forest, ridge, svr.  More: nas explain E405
)~"},
        {"HardwareFeaturesOfAPredictorAsProfile",
         behind_a_profile("profile probe = latency over net on both\ntransfer t = hardware_features(lin) from probe on both"),
         R"~(error[E404]: hardware_features takes profiles, and this is a predictor
 --> b.nas:8:32
8 | transfer t = hardware_features(lin) from probe on both
  |                                ^^^
  = More: nas explain E404
)~"},
        {"FineTuningWithNoEpochs",
         behind_a_profile("profile probe = latency over net on both\ntransfer t = finetune(epochs = 0) of lin from probe"),
         R"~(error[E405]: epochs of finetune is 0
 --> b.nas:8:32
8 | transfer t = finetune(epochs = 0) of lin from probe
  |                                ^ it must be between 1 and 1000000
  = More: nas explain E405
)~"},
        {"FineTuningHoldsTooMuchOut",
         behind_a_profile("profile probe = latency over net on both\ntransfer t = finetune(validation = 0.9) of lin from probe"),
         R"~(error[E405]: validation of finetune is 0.9
 --> b.nas:8:36
8 | transfer t = finetune(validation = 0.9) of lin from probe
  |                                    ^^^ it must be between 0 and 0.6
  = More: nas explain E405
)~"},
        {"FromScratchOfNothing",
         behind_a_profile("profile probe = latency over net on both\ntransfer t = from_scratch() from probe"),
         R"~(error[E403]: transfer needs a predictor
 --> b.nas:8:1
8 | transfer t = from_scratch() from probe
  | ^^^^^^^^ say which one with of
  = More: nas explain E403
)~"},
        {"ResidualWithANegativeLength",
         behind_a_profile("profile probe = latency over net on both\ntransfer t = residual(length = -1) of lin from probe"),
         R"~(error[E405]: length of residual is -1
 --> b.nas:8:32
8 | transfer t = residual(length = -1) of lin from probe
  |                                ^^ it must be at least 0
  = More: nas explain E405
)~"},
        {"ProfileLikeAPredictor", behind_a_profile("profile p = latency over net on both { like = lin }"),
         R"~(error[E404]: profile takes a profile, and this is a predictor
 --> b.nas:7:47
7 | profile p = latency over net on both { like = lin }
  |                                               ^^^
  = More: nas explain E404
)~"},
        {"ProfileLikeOneOfAnotherSpace", behind_a_profile("profile p = latency over other on both { like = base }"),
         R"~(error[E603]: base holds networks of net, and this profile is over other
 --> b.nas:7:49
7 | profile p = latency over other on both { like = base }
  |                                                 ^^^^
  = More: nas explain E603
)~"},
        {"SharesWithoutAShare", behind_a_profile("profile probe = latency over net on both\nshow within(lin, probe)"),
         R"~(error[E404]: within takes a predictor or a profile, and the profile that it is compared with, and a share
 --> b.nas:8:6
8 | show within(lin, probe)
  |      ^^^^^^^^^^^^^^^^^^ e.g. within(fit, probe, 5%)
  = More: nas explain E404
)~"},
        {"SharesOfANumber", behind_a_profile("profile probe = latency over net on both\nshow within(lin, probe, 5)"),
         R"~(error[E405]: within takes a share between 0 and 1
 --> b.nas:8:25
8 | show within(lin, probe, 5)
  |                         ^ e.g. 5%
  = More: nas explain E405
)~"},
        {"SharesOfATime", behind_a_profile("profile probe = latency over net on both\nshow within(lin, probe, 5ms)"),
         R"~(error[E405]: within takes a share between 0 and 1
 --> b.nas:8:25
8 | show within(lin, probe, 5ms)
  |                         ^^^ e.g. 5%
  = More: nas explain E405
)~"},
        {"RecallOfHalfANetwork", behind_a_profile("profile probe = latency over net on both\nshow top_recall(lin, probe, 2.5)"),
         R"~(error[E405]: top_recall takes a whole number of networks, at least 1
 --> b.nas:8:29
8 | show top_recall(lin, probe, 2.5)
  |                             ^^^ e.g. 10
  = More: nas explain E405
)~"},
        {"RecallOfNone", behind_a_profile("profile probe = latency over net on both\nshow top_recall(lin, probe, 0)"),
         R"~(error[E405]: top_recall takes a whole number of networks, at least 1
 --> b.nas:8:29
8 | show top_recall(lin, probe, 0)
  |                             ^ e.g. 10
  = More: nas explain E405
)~"},
        {"FloorWithoutAUnit", behind_a_profile("profile probe = latency over net on both\nshow mape(lin, probe, 0.1)"),
         R"~(error[E301]: the floor of mape is a time above zero, and this is a plain number
 --> b.nas:8:23
8 | show mape(lin, probe, 0.1)
  |                       ^^^ smaller measured values count as large as it
  = More: nas explain E301
)~"},
        {"FloorOfZero", behind_a_profile("profile probe = latency over net on both\nshow mape(lin, probe, 0ms)"),
         R"~(error[E301]: the floor of mape is a time above zero, and this is not
 --> b.nas:8:23
8 | show mape(lin, probe, 0ms)
  |                       ^^^ smaller measured values count as large as it
  = More: nas explain E301
)~"},
        {"SpearmanWithAShare", behind_a_profile("profile probe = latency over net on both\nshow spearman(lin, probe, 5%)"),
         R"~(error[E301]: a profile is needed here, and this is a plain number
 --> b.nas:8:27
8 | show spearman(lin, probe, 5%)
  |                           ^^
  = More: nas explain E301
)~"},
        {"AgreementWithWhatWasLearnt", behind_a_profile("show mape(lin, base), lin, other, both"),
         R"~(warning[W905]: lin has learnt from base: how well it agrees with it says little
 --> b.nas:7:16
7 | show mape(lin, base), lin, other, both
  |                ^^^^ compare it with a profile of other networks
  = More: nas explain W905
)~"},
        {"PredictedOfNothing", behind_a_profile("show lin.predicted()"),
         R"~(error[E404]: predicted takes one architecture
 --> b.nas:7:6
7 | show lin.predicted()
  |      ^^^^^^^^^^^^^^^ e.g. lin.predicted(net.largest)
  = More: nas explain E404
)~"},
        {"PredictedOfASpace", behind_a_profile("show lin.predicted(net)"),
         R"~(error[E404]: predicted takes one architecture
 --> b.nas:7:6
7 | show lin.predicted(net)
  |      ^^^^^^^^^^^^^^^^^^ e.g. lin.predicted(net.largest)
  = More: nas explain E404
)~"},
        {"PredictedOfAnotherSpacesNetwork", behind_a_profile("show lin.predicted(other.largest)"),
         R"~(error[E603]: lin has learnt networks of tiny_mobilenet, and this is one of nasbench201
 --> b.nas:7:20
7 | show lin.predicted(other.largest)
  |                    ^^^^^^^^^^^^^
  = More: nas explain E603
)~"},
        {"PredictedByAProfile", behind_a_profile("show base.predicted(net.largest)"),
         R"~(error[E207]: a profile has no part predicted
 --> b.nas:7:11
7 | show base.predicted(net.largest)
  |           ^^^^^^^^^
  = it has name.  More: nas explain E207
)~"},
        {"PredictedInsideSearches",
         behind_a_profile("predictor inside = ridge() of latency@both\nshow inside.predicted(net.largest)"),
         R"~(error[E608]: inside learns inside the searches that ask it
 --> b.nas:8:6
8 | show inside.predicted(net.largest)
  |      ^^^^^^ say what it learns from here: predictor ... from PROFILE
  = More: nas explain E608
)~"},
        {"LearningCurveOfAProfile", behind_a_profile("plot learning(base) to \"out/a.svg\""),
         R"~(error[E404]: learning takes a predictor, and this is a profile
 --> b.nas:7:15
7 | plot learning(base) to "out/a.svg"
  |               ^^^^
  = More: nas explain E404
)~"},
        {"LearningCurveInsideSearches",
         behind_a_profile("predictor inside = ridge() of latency@both\nplot learning(inside) to \"out/a.svg\""),
         R"~(error[E608]: inside learns inside the searches that ask it
 --> b.nas:8:15
8 | plot learning(inside) to "out/a.svg"
  |               ^^^^^^ say what it learns from here: predictor ... from PROFILE
  = More: nas explain E608
)~"},
        {"LearningCurveOfNoNetworks", behind_a_profile("plot learning(lin, sizes = [0]) to \"out/a.svg\""),
         R"~(error[E405]: sizes of learning is [0]
 --> b.nas:7:28
7 | plot learning(lin, sizes = [0]) to "out/a.svg"
  |                            ^^^ it must be between 1 and 10000000
  = More: nas explain E405
)~"},
        {"ResidualsWithoutAProfile", behind_a_profile("plot residuals(lin) to \"out/a.svg\""),
         R"~(error[E403]: residuals needs profile
 --> b.nas:7:6
7 | plot residuals(lin) to "out/a.svg"
  |      ^^^^^^^^^^^^^^ profile of networks that it has not learnt from
  = More: nas explain E403
)~"},
        {"PredictorAsCsv", behind_a_profile("export lin as csv to \"out/a.csv\""),
         R"~(error[E301]: as csv exports networks of a result, and this is a predictor
 --> b.nas:7:8
7 | export lin as csv to "out/a.csv"
  |        ^^^ write as predictor
  = More: nas explain E301
)~"},
        {"ProfileAsPredictor", behind_a_profile("export base as predictor to \"out/a.predictor\""),
         R"~(error[E301]: as predictor exports a predictor, and this is a profile
 --> b.nas:7:8
7 | export base as predictor to "out/a.predictor"
  |        ^^^^
  = More: nas explain E301
)~"},
        {"PredictorInsideSearchesExported",
         behind_a_profile("predictor inside = ridge() of latency@both\nexport inside as predictor to \"out/a.predictor\""),
         R"~(error[E608]: inside learns inside the searches that ask it
 --> b.nas:8:8
8 | export inside as predictor to "out/a.predictor"
  |        ^^^^^^ say what it learns from here: predictor ... from PROFILE
  = More: nas explain E608
)~"},
        {"SavedWithoutAMetric", behind_a_profile("predictor p = saved(\"a.predictor\") over net"),
         R"~(error[E403]: saved needs a metric
 --> b.nas:7:1
7 | predictor p = saved("a.predictor") over net
  | ^^^^^^^^^ say which one it predicts here with of
  = More: nas explain E403
)~"},
        {"SavedWithoutAFile", behind_a_profile("predictor p = saved() of latency@host over net"),
         R"~(error[E403]: saved needs file
 --> b.nas:7:15
7 | predictor p = saved() of latency@host over net
  |               ^^^^^^^ what `export known as predictor` has written
  = More: nas explain E403
)~"},
        {"SavedOfWhichSpace", behind_a_profile("predictor p = saved(\"a.predictor\") of latency@host"),
         R"~(error[E204]: 2 spaces are in scope: net, other
 --> b.nas:7:1
7 | predictor p = saved("a.predictor") of latency@host
  | ^^^^^^^^^ say which one with over
  = More: nas explain E204
)~"},
        {"SavedFromAProfile", behind_a_profile("predictor p = saved(\"a.predictor\") of latency@host over net from base"),
         R"~(error[E406]: predictor has no clause from
 --> b.nas:7:61
7 | predictor p = saved("a.predictor") of latency@host over net from base
  |                                                             ^^^^ its clauses are of, over
  = More: nas explain E406
)~"},
    }),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace nas::testing
