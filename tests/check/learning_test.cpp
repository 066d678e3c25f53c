// Profiles, predictors that learn from them, transfers: what they do not take, in exact words.
#include "tests/check/mistake.h"

namespace nas::testing {
namespace {

class Learning : public Mistaken {};

TEST_P(Learning, IsSaidOnceInTheseWords) {
  const Checked checked = check_text(GetParam().text);
  EXPECT_EQ(checked.text, GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, Learning,
    ::testing::ValuesIn(std::vector<Mistake>{
        {"GraphsOfASpaceWithoutThem", behind_a_profile("predictor g = gcn() from base"),
         R"~(error[E405]: space tiny_mobilenet has no features graph
 --> b.nas:7:15
7 | predictor g = gcn() from base
  |               ^^^^^
  = it names none; without `features` a predictor sees one column per option of every gene.  More: nas explain E405
)~"},
        {"GraphsThatAreNotNamedSo", behind_a_profile("profile nb = latency over other on host\npredictor g = gcn() from nb"),
         R"~(error[E405]: space nasbench201 has no features graph
 --> b.nas:8:15
8 | predictor g = gcn() from nb
  |               ^^^^^
  = it has path_84, cell.  More: nas explain E405
)~"},
        {"MembersThatTakeGraphsOfASpaceWithoutThem", behind_a_profile("predictor g = ensemble(of = gcn) from base"),
         R"~(error[E405]: space tiny_mobilenet has no features graph
 --> b.nas:7:15
7 | predictor g = ensemble(of = gcn) from base
  |               ^^^^^^^^^^^^^^^^^^
  = it names none; without `features` a predictor sees one column per option of every gene.  More: nas explain E405
)~"},
        {"MembersThatAreNotThose", behind_a_profile("predictor g = ensemble(of = gnc) from base"),
         R"~(error[E405]: of of ensemble cannot be gnc
 --> b.nas:7:29
7 | predictor g = ensemble(of = gnc) from base
  |                             ^^^ did you mean gcn?
  = it can be gbdt, gcn, gp, knn, lasso, linear, lpm, mlp, random_forest, ridge, svr.  More: nas explain E405
)~"},
        {"OneOfTheMembersThatIsNotThose", behind_a_profile("predictor g = ensemble(of = [ridge, gbt]) from base"),
         R"~(error[E405]: of of ensemble cannot be gbt
 --> b.nas:7:29
7 | predictor g = ensemble(of = [ridge, gbt]) from base
  |                             ^^^^^^^^^^^^ did you mean gbdt?
  = it can be gbdt, gcn, gp, knn, lasso, linear, lpm, mlp, random_forest, ridge, svr.  More: nas explain E405
)~"},
        {"NoMembers", behind_a_profile("predictor g = ensemble(of = []) from base"),
         R"~(error[E405]: of of ensemble names nothing
 --> b.nas:7:29
7 | predictor g = ensemble(of = []) from base
  |                             ^^ name one or more of gbdt, gcn, gp, knn, lasso, linear, lpm, mlp, random_forest, ridge, svr
  = More: nas explain E405
)~"},
        {"MembersThatAreNoNames", behind_a_profile("predictor g = ensemble(of = 3) from base"),
         R"~(error[E404]: of of ensemble is one of gbdt, gcn, gp, knn, lasso, linear, lpm, mlp, random_forest, ridge, svr, or a list of them, and this is a plain number
 --> b.nas:7:29
7 | predictor g = ensemble(of = 3) from base
  |                             ^
  = More: nas explain E404
)~"},
        {"MembersThatSeeOtherFeatures", behind_a_profile("predictor g = ensemble(of = [ridge, gcn]) from base"),
         R"~(error[E405]: gcn reads graphs, ridge columns: no features serve both
 --> b.nas:7:15
7 | predictor g = ensemble(of = [ridge, gcn]) from base
  |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ the members of an ensemble see the same features
  = More: nas explain E405
)~"},
        {"TunedMembersThatSeeOtherFeatures",
         behind_a_profile("tune best = ensemble(of = choice(ridge, [ridge, gcn])) from base by grid()"),
         R"~(error[E405]: gcn reads graphs, ridge columns: no features serve both
 --> b.nas:7:13
7 | tune best = ensemble(of = choice(ridge, [ridge, gcn])) from base by grid()
  |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the members of an ensemble see the same features
  = More: nas explain E405
)~"},
        {"GraphsWithLayersOutOfBounds", behind_a_profile("predictor g = gcn(layers = 0) from base"),
         R"~(error[E405]: layers of gcn is 0
 --> b.nas:7:28
7 | predictor g = gcn(layers = 0) from base
  |                            ^ it must be between 1 and 16
  = More: nas explain E405
)~"},
        {"GraphsReadOutSomewhereElse", behind_a_profile("predictor g = gcn(readout = globl) from base"),
         R"~(error[E405]: readout of gcn cannot be globl
 --> b.nas:7:29
7 | predictor g = gcn(readout = globl) from base
  |                             ^^^^^ did you mean global?
  = it can be global, mean.  More: nas explain E405
)~"},
        {"ProfileOfNothing", behind_a_profile("profile p over net"),
         R"~(error[E201]: p is not known here
 --> b.nas:7:9
7 | profile p over net
  |         ^
  = More: nas explain E201
)~"},
        {"ProfileOfTwoMetrics", behind_a_profile("profile p = latency@host, latency@both over net"),
         R"~(error[E404]: profile takes one metric, and there are 2
 --> b.nas:7:27
7 | profile p = latency@host, latency@both over net
  |                           ^^^^^^^^^^^^ write a statement for each
  = More: nas explain E404
)~"},
        {"ProfileOfANumber", behind_a_profile("profile p = 3 over net"),
         R"~(error[E301]: a metric is needed here, and this is a plain number
 --> b.nas:7:13
7 | profile p = 3 over net
  |             ^
  = More: nas explain E301
)~"},
        {"ProfileOfWhichSpace", behind_a_profile("profile p = latency on host"),
         R"~(error[E204]: 2 spaces are in scope: net, other
 --> b.nas:7:1
7 | profile p = latency on host
  | ^^^^^^^ say which one with over
  = More: nas explain E204
)~"},
        {"ProfileOfWhichDevice", behind_a_profile("profile p = latency over net"),
         R"~(error[E204]: 2 devices are in scope: host, both
 --> b.nas:7:13
7 | profile p = latency over net
  |             ^^^^^^^ say which one with latency@device
  = More: nas explain E204
)~"},
        {"ProfileOnASpace", behind_a_profile("profile p = latency over net on other"),
         R"~(error[E301]: a device is needed here, and this is a space
 --> b.nas:7:33
7 | profile p = latency over net on other
  |                                 ^^^^^
  = More: nas explain E301
)~"},
        {"ProfileOfWhatNeedsNoDevice", behind_a_profile("profile p = accuracy over net on host"),
         R"~(error[E703]: accuracy does not depend on a device
 --> b.nas:7:31
7 | profile p = accuracy over net on host
  |                               ^^ leave the clause out
  = More: nas explain E703
)~"},
        {"ProfileOfMemoryOnADeviceThatCannot",
         "space net = tiny_mobilenet()\ndevice board = sim(peak = 1GHz, bandwidth = 1GB / 1s)\nprofile p = memory over net on "
         "board\nshow "
         "p\n",
         R"~(error[E703]: board (sim) cannot give memory
 --> b.nas:3:13
3 | profile p = memory over net on board
  |             ^^^^^^ it gives latency, throughput
  = More: nas explain E703
)~"},
        {"ProfileOfMemoryInAUnitOfTime",
         "space net = tiny_mobilenet()\ndevice board = command(\"./board\", unit = 1ms)\nprofile p = memory over net on "
         "board\nshow p\n",
         R"~(error[E303]: the unit of command is a time, and memory is a memory size
 --> b.nas:3:13
3 | profile p = memory over net on board
  |             ^^^^^^ write unit = 1MB
  = More: nas explain E303
)~"},
        {"ProfileOfMemoryWithoutADevice", behind_a_profile("profile p = memory over net\nshow p, other, both"),
         R"~(warning[W902]: memory is computed from the network and needs no profile
 --> b.nas:7:13
7 | profile p = memory over net
  |             ^^^^^^
  = More: nas explain W902
)~"},
        {"LayersOfWhatDoesNotAddUp",
         behind_a_profile("profile p = memory over net on host { strategy = per_operator }\nshow p, other, both"),
         R"~(error[E703]: memory of layers does not add up to that of a network
 --> b.nas:7:50
7 | profile p = memory over net on host { strategy = per_operator }
  |                                                  ^^^^^^^^^^^^ leave the strategy out: whole networks are measured
  = More: nas explain E703
)~"},
        {"WidthsOfNetworks", behind_a_profile("profile p = latency over net on host { widths = 3 }\nshow p, other, both"),
         R"~(error[E405]: widths are those of single layers, and this profile measures networks
 --> b.nas:7:49
7 | profile p = latency over net on host { widths = 3 }
  |                                                 ^ add strategy = per_operator
  = More: nas explain E405
)~"},
        {"OneWidth",
         behind_a_profile("profile p = latency over net on host { strategy = per_operator, widths = 1 }\nshow p, other, both"),
         R"~(error[E405]: widths of profile is 1
 --> b.nas:7:74
7 | profile p = latency over net on host { strategy = per_operator, widths = 1 }
  |                                                                          ^ nothing lies between one width: take at least 2, or 0 for every width
  = More: nas explain E405
)~"},
        {"WidthsBelowZero",
         behind_a_profile("profile p = latency over net on host { strategy = per_operator, widths = -2 }\nshow other, both"),
         R"~(error[E405]: widths of profile is -2
 --> b.nas:7:74
7 | profile p = latency over net on host { strategy = per_operator, widths = -2 }
  |                                                                          ^^ it must be between 0 and 10000
  = More: nas explain E405
)~"},
        {"ProfileWithoutASource", behind_a_profile("profile p = accuracy over net"),
         R"~(error[E601]: accuracy has no source
 --> b.nas:7:13
7 | profile p = accuracy over net
  |             ^^^^^^^^ say where it comes from: objective maximize accuracy from weights
  = a source is a trained super-network, a table or a linear model.  More: nas explain E601
)~"},
        {"ProfileOfWhatTheDeviceCannotGive", behind_a_profile("profile p = accuracy@host over net"),
         R"~(error[E703]: accuracy does not depend on a device
 --> b.nas:7:13
7 | profile p = accuracy@host over net
  |             ^^^^^^^^^^^^^ write accuracy alone
  = More: nas explain E703
)~"},
        {"ProfileOfSomethingExact", behind_a_profile("profile p = macs over net\nshow p, other, both"),
         R"~(warning[W902]: macs is computed from the network and needs no profile
 --> b.nas:7:13
7 | profile p = macs over net
  |             ^^^^
  = More: nas explain W902
)~"},
        {"ProfileOfNoNetworks", behind_a_profile("profile p = latency over net on host { samples = 0 }"),
         R"~(error[E405]: samples of profile is 0
 --> b.nas:7:50
7 | profile p = latency over net on host { samples = 0 }
  |                                                  ^ it must be between 1 and 10000000
  = More: nas explain E405
)~"},
        {"ProfileWithAnUnknownStrategy", behind_a_profile("profile p = latency over net on host { strategy = sobol }"),
         R"~(error[E405]: strategy of profile cannot be sobol
 --> b.nas:7:51
7 | profile p = latency over net on host { strategy = sobol }
  |                                                   ^^^^^
  = it can be latin_hypercube, uniform, stratified, per_operator, adaptive.  More: nas explain E405
)~"},
        {"ProfileWithAnUnknownSetting", behind_a_profile("profile p = latency over net on host { sample = 3 }"),
         R"~(error[E401]: profile has no argument sample
 --> b.nas:7:40
7 | profile p = latency over net on host { sample = 3 }
  |                                        ^^^^^^ did you mean samples?
  = profile takes samples, strategy, widths, like.  More: nas explain E401
)~"},
        {"ProfileWithAWrongClause", behind_a_profile("profile p = latency over net using base"),
         R"~(error[E204]: 2 devices are in scope: host, both
 --> b.nas:7:13
7 | profile p = latency over net using base
  |             ^^^^^^^ say which one with latency@device
  = More: nas explain E204
error[E406]: profile has no clause using
 --> b.nas:7:30
7 | profile p = latency over net using base
  |                              ^^^^^ its clauses are over, on
  = More: nas explain E406
)~"},
        {"PredictorFromASpace", behind_a_profile("predictor p = ridge() from net"),
         R"~(error[E301]: a profile is needed here, and this is a space
 --> b.nas:7:28
7 | predictor p = ridge() from net
  |                            ^^^
  = More: nas explain E301
)~"},
        {"PredictorOfAnotherMetric", behind_a_profile("predictor p = ridge() of latency@both from base"),
         R"~(error[E607]: base holds latency@host, and not latency@both
 --> b.nas:7:26
7 | predictor p = ridge() of latency@both from base
  |                          ^^^^^^^^^^^^
  = More: nas explain E607
)~"},
        {"PredictorOfTwoMetrics", behind_a_profile("predictor p = ridge() of latency@host, latency@both from base"),
         R"~(error[E404]: base holds one metric, and there are 2
 --> b.nas:7:40
7 | predictor p = ridge() of latency@host, latency@both from base
  |                                        ^^^^^^^^^^^^ write a statement for each
  = More: nas explain E404
)~"},
        {"PredictorWithUnknownFeatures", behind_a_profile("predictor p = ridge(features = \"lpm\") from base"),
         R"~(error[E405]: space tiny_mobilenet has no features lpm
 --> b.nas:7:15
7 | predictor p = ridge(features = "lpm") from base
  |               ^^^^^^^^^^^^^^^^^^^^^^^
  = it names none; without `features` a predictor sees one column per option of every gene.  More: nas explain E405
)~"},
        {"TransferOfNothing",
         behind_a_profile("profile probe = latency over net on both\ntransfer t = scale() from probe on both"),
         R"~(error[E403]: transfer needs a predictor
 --> b.nas:8:1
8 | transfer t = scale() from probe on both
  | ^^^^^^^^ say which one with of
  = More: nas explain E403
)~"},
        {"TransferToNothing", behind_a_profile("transfer t = scale() of lin"),
         R"~(error[E403]: transfer needs a device
 --> b.nas:7:1
7 | transfer t = scale() of lin
  | ^^^^^^^^ say which one with on
  = More: nas explain E403
)~"},
        {"TransferOfAProfile", behind_a_profile("transfer t = scale() of base on both"),
         R"~(error[E301]: a predictor is needed here, and this is a profile
 --> b.nas:7:25
7 | transfer t = scale() of base on both
  |                         ^^^^
  = More: nas explain E301
)~"},
        {"TransferFromAnotherDevicesProfile", behind_a_profile("transfer t = scale() of lin from base on both"),
         R"~(error[E607]: base holds latency@host, and t is to become a predictor of latency@both
 --> b.nas:7:34
7 | transfer t = scale() of lin from base on both
  |                                  ^^^^
  = More: nas explain E607
)~"},
        {"TransferFromAnotherSpacesProfile",
         behind_a_profile("profile probe = latency over other on both\ntransfer t = scale() of lin from probe on both"),
         R"~(error[E603]: probe holds networks of other, and lin has learnt those of net
 --> b.nas:8:34
8 | transfer t = scale() of lin from probe on both
  |                                  ^^^^^
  = More: nas explain E603
)~"},
        {"TransferOfAPredictorInsideSearches",
         behind_a_profile(
             "predictor inside = ridge() of latency@both\ntransfer t = reuse(inside) on both\nsearch f = nsga2() over net of "
             "minimize latency@both, minimize macs"),
         R"~(error[E608]: inside learns inside the searches that ask it
 --> b.nas:8:20
8 | transfer t = reuse(inside) on both
  |                    ^^^^^^ say what it learns from here: predictor ... from PROFILE
  = More: nas explain E608
)~"},
        {"UnknownTransfer", behind_a_profile("transfer t = adaproxy() of lin on both"),
         R"~(error[E205]: there is no transfer component adaproxy
 --> b.nas:7:14
7 | transfer t = adaproxy() of lin on both
  |              ^^^^^^^^ did you mean oneproxy? AdaProxy: a proxy's linear predictor, adapted to another device by a few measurements there.
  = nas list transfers shows finetune, from_scratch, hardware_features, oneproxy, residual, reuse, scale.  More: nas explain E205
)~"},
        {"TransferWithAWrongArgument", behind_a_profile("transfer t = oneproxy(validation = 0.9) of lin on both"),
         R"~(error[E405]: validation of oneproxy is 0.9
 --> b.nas:7:36
7 | transfer t = oneproxy(validation = 0.9) of lin on both
  |                                    ^^^ it must be between 0.1 and 0.6
  = More: nas explain E405
)~"},
        {"TransferWithAnUnknownForm", behind_a_profile("transfer t = oneproxy(form = additiv) of lin on both"),
         R"~(error[E405]: form of oneproxy cannot be additiv
 --> b.nas:7:30
7 | transfer t = oneproxy(form = additiv) of lin on both
  |                              ^^^^^^^ did you mean additive?
  = it can be multiplicative, additive.  More: nas explain E405
)~"},
        {"SearchUsingASpace", behind_a_profile("search f = nsga2() over net using net of minimize latency@host, minimize macs"),
         R"~(error[E301]: a predictor is needed here, and this is a space
 --> b.nas:7:35
7 | search f = nsga2() over net using net of minimize latency@host, minimize macs
  |                                   ^^^
  = More: nas explain E301
)~"},
        {"SearchUsingTwoOfOneMetric",
         behind_a_profile(
             "predictor two = ridge() from base\nsearch f = nsga2() over net using lin, two of minimize latency@host, minimize "
             "macs"),
         R"~(error[E402]: latency@host is predicted twice
 --> b.nas:8:40
8 | search f = nsga2() over net using lin, two of minimize latency@host, minimize macs
  |                                        ^^^
  = More: nas explain E402
)~"},
        {"SearchUsingAPredictorOfAnotherSpace",
         behind_a_profile("search f = nsga2() over other using lin of minimize latency@host, minimize macs"),
         R"~(error[E603]: lin has learnt networks of net, and the search is over other
 --> b.nas:7:37
7 | search f = nsga2() over other using lin of minimize latency@host, minimize macs
  |                                     ^^^
  = More: nas explain E603
)~"},
        {"AgreementWithNetworksOfAnotherSpace",
         behind_a_profile("profile nb = latency over other on host\nshow spearman(lin, nb)"),
         R"~(error[E603]: lin has learnt networks of net, and nb holds those of other
 --> b.nas:8:20
8 | show spearman(lin, nb)
  |                    ^^
  = More: nas explain E603
)~"},
        {"PlotOfAPredictorOverAnotherSpace",
         behind_a_profile("profile nb = latency over other on host\nplot residuals(lin, nb) to \"r.svg\""),
         R"~(error[E603]: lin has learnt networks of net, and nb holds those of other
 --> b.nas:8:6
8 | plot residuals(lin, nb) to "r.svg"
  |      ^^^^^^^^^^^^^^^^^^
  = More: nas explain E603
)~"},
        {"PlotOfWhatAPredictorHasLearntFrom",
         behind_a_profile("profile nb = latency over other on both\nshow nb\nplot residuals(lin, base) to \"r.svg\""),
         R"~(warning[W905]: lin has learnt from base: a picture of the two says little
 --> b.nas:9:6
9 | plot residuals(lin, base) to "r.svg"
  |      ^^^^^^^^^^^^^^^^^^^^ draw it over a profile of other networks
  = More: nas explain W905
)~"},
        {"AgreementOfOne", behind_a_profile("show spearman(lin)"),
         R"~(error[E404]: spearman takes a predictor or a profile, and the profile that it is compared with, or profiles of several devices
 --> b.nas:7:6
7 | show spearman(lin)
  |      ^^^^^^^^^^^^^ e.g. spearman(fit, probe)
  = More: nas explain E404
)~"},
        {"AgreementWithANumber", behind_a_profile("show kendall(3, base)"),
         R"~(error[E301]: a predictor or a profile is needed here, and this is a plain number
 --> b.nas:7:14
7 | show kendall(3, base)
  |              ^
  = More: nas explain E301
)~"},
        {"AgreementWithAPredictor", behind_a_profile("show mape(base, lin)"),
         R"~(error[E301]: a profile is needed here, and this is a predictor
 --> b.nas:7:17
7 | show mape(base, lin)
  |                 ^^^
  = More: nas explain E301
)~"},
        {"AgreementOfAPredictorInsideSearches",
         behind_a_profile(
             "predictor inside = ridge() of latency@host\nsearch f = nsga2() over net of minimize latency@host, minimize "
             "macs\nshow rmse_share(inside, base)"),
         R"~(error[E608]: inside learns inside the searches that ask it
 --> b.nas:9:17
9 | show rmse_share(inside, base)
  |                 ^^^^^^ say what it learns from here: predictor ... from PROFILE
  = More: nas explain E608
)~"},
        {"RecallOfAProfile", behind_a_profile("show recall(base, base)"),
         R"~(error[E301]: the result of a search is needed here, and this is a profile
 --> b.nas:7:13
7 | show recall(base, base)
  |             ^^^^
  = More: nas explain E301
)~"},
        {"PlotOfAProfile", behind_a_profile("plot pareto(base) to \"out/a.svg\""),
         R"~(error[E404]: pareto takes results of searches, and this is a profile
 --> b.nas:7:13
7 | plot pareto(base) to "out/a.svg"
  |             ^^^^
  = More: nas explain E404
)~"},
        {"ProfileOnNoDevice", behind_a_profile("profile p = latency over net on [host, 3]"),
         R"~(error[E301]: a list of devices is needed here, and one of them is a plain number
 --> b.nas:7:33
7 | profile p = latency over net on [host, 3]
  |                                 ^^^^^^^^^
  = More: nas explain E301
)~"},
        {"ProfileTwiceOnADevice", behind_a_profile("profile p = latency over net on [host, host]"),
         R"~(error[E402]: device host is given twice
 --> b.nas:7:33
7 | profile p = latency over net on [host, host]
  |                                 ^^^^^^^^^^^^
  = More: nas explain E402
)~"},
        {"ProfileOnAnEmptyList", behind_a_profile("profile p = latency over net on []"),
         R"~(error[E404]: the list is empty: there is no device in it
 --> b.nas:7:33
7 | profile p = latency over net on []
  |                                 ^^
  = More: nas explain E404
)~"},
        {"ProfileOnAnUnknownDevice", behind_a_profile("profile p = latency over net on hots"),
         R"~(error[E201]: hots is not known here
 --> b.nas:7:33
7 | profile p = latency over net on hots
  |                                 ^^^^ did you mean host?
  = More: nas explain E201
)~"},
        {"AgreementOfADevice", behind_a_profile("show spearman(host, base)"),
         R"~(error[E301]: spearman compares what was measured, and this is a device
 --> b.nas:7:15
7 | show spearman(host, base)
  |               ^^^^ profile it: profile base = latency over net on [...], then name the profile
  = More: nas explain E301
)~"},
        {"AgreementOfOneProfile", behind_a_profile("show kendall(base)"),
         R"~(error[E404]: kendall takes a predictor or a profile, and the profile that it is compared with, or profiles of several devices
 --> b.nas:7:6
7 | show kendall(base)
  |      ^^^^^^^^^^^^^ e.g. kendall(fit, probe)
  = More: nas explain E404
)~"},
        {"ErrorsOfThree", behind_a_profile("show mape(base, base, base)"),
         R"~(error[E301]: the floor of mape is a time above zero, and this is a profile
 --> b.nas:7:23
7 | show mape(base, base, base)
  |                       ^^^^ smaller measured values count as large as it
  = More: nas explain E301
)~"},
        {"MatrixWithANumber", behind_a_profile("show spearman([base, 3])"),
         R"~(error[E301]: a profile is needed here, and this is a plain number
 --> b.nas:7:15
7 | show spearman([base, 3])
  |               ^^^^^^^^^
  = More: nas explain E301
)~"},
        {"HeatMapOfAPredictor", behind_a_profile("plot heatmap(lin) to \"out/a.svg\""),
         R"~(error[E404]: heatmap takes profiles, and this is a predictor
 --> b.nas:7:14
7 | plot heatmap(lin) to "out/a.svg"
  |              ^^^
  = More: nas explain E404
)~"},
        {"ScatterOfOne", behind_a_profile("plot latency_scatter(base) to \"out/a.svg\""),
         R"~(error[E403]: latency_scatter needs second
 --> b.nas:7:6
7 | plot latency_scatter(base) to "out/a.svg"
  |      ^^^^^^^^^^^^^^^^^^^^^ profile on the y axis
  = More: nas explain E403
)~"},
        {"PredictionsOfAProfile", behind_a_profile("plot predicted_vs_measured(base, base) to \"out/a.svg\""),
         R"~(error[E404]: predicted_vs_measured takes a predictor, and this is a profile
 --> b.nas:7:28
7 | plot predicted_vs_measured(base, base) to "out/a.svg"
  |                            ^^^^
  = More: nas explain E404
)~"},
        {"PredictionsOfAPredictorInsideSearches",
         behind_a_profile(
             "predictor inside = ridge() of latency@host\nplot predicted_vs_measured(inside, base) to \"out/a.svg\""),
         R"~(error[E608]: inside learns inside the searches that ask it
 --> b.nas:8:28
8 | plot predicted_vs_measured(inside, base) to "out/a.svg"
  |                            ^^^^^^ say what it learns from here: predictor ... from PROFILE
  = More: nas explain E608
)~"},
        {"AdaptingWhatLearntFromTwoProfiles",
         behind_a_profile(
             "profile p = latency over net on [host, both]\npredictor q = ridge() from p\ntransfer t = reuse() of q on both"),
         R"~(error[E301]: a predictor is needed here, and this is a list
 --> b.nas:9:25
9 | transfer t = reuse() of q on both
  |                         ^
  = More: nas explain E301
)~"},
        {"LearningFromNoProfiles", behind_a_profile("predictor q = ridge() from []"),
         R"~(error[E404]: the list is empty: there is no profile in it
 --> b.nas:7:28
7 | predictor q = ridge() from []
  |                            ^^
  = More: nas explain E404
)~"},
        {"LearningFromOneProfileTwice", behind_a_profile("predictor q = ridge() from [base, base]"),
         R"~(error[E402]: profile base is given twice
 --> b.nas:7:28
7 | predictor q = ridge() from [base, base]
  |                            ^^^^^^^^^^^^
  = More: nas explain E402
)~"},
        {"LearningFromProfilesAndAPredictor", behind_a_profile("predictor q = ridge() from [base, lin]"),
         R"~(error[E301]: a list of profiles is needed here, and one of them is a predictor
 --> b.nas:7:28
7 | predictor q = ridge() from [base, lin]
  |                            ^^^^^^^^^^^
  = More: nas explain E301
)~"},
        {"AMistakeInEachOfSeveralPredictors",
         behind_a_profile("profile p = latency over net on host { seeds = 1..3 }\npredictor q = ridge(alhpa = 1) from p"),
         R"~(error[E401]: ridge has no argument alhpa
 --> b.nas:8:21
8 | predictor q = ridge(alhpa = 1) from p
  |                     ^^^^^ did you mean alpha?
  = ridge takes alpha, folds, features.  More: nas explain E401
)~"},
        {"AgreementOfSeveralWithSeveral",
         behind_a_profile(
             "profile p = latency over net on host { seeds = 1..3 }\npredictor q = ridge() from p\nshow kendall(q, p)"),
         R"~(error[E404]: kendall takes a predictor or a profile, and the profile that it is compared with, or profiles of several devices
 --> b.nas:9:6
9 | show kendall(q, p)
  |      ^^^^^^^^^^^^^ e.g. kendall(fit, probe)
  = More: nas explain E404
)~"},
        {"SeedsOfATransfer", behind_a_profile("transfer t = scale() of lin from base { seeds = 1..3 }"),
         R"~(error[E704]: transfer does not depend on a seed
 --> b.nas:7:41
7 | transfer t = scale() of lin from base { seeds = 1..3 }
  |                                         ^^^^^
  = train, search, profile and tune take seeds.  More: nas explain E704
)~"},
        {"ReportOfAPredictorInsideSearches",
         behind_a_profile("predictor inside = ridge() of latency@both\nreport inside to \"out/a.html\""),
         R"~(error[E608]: inside learns inside the searches that ask it
 --> b.nas:8:8
8 | report inside to "out/a.html"
  |        ^^^^^^ say what it learns from here: predictor ... from PROFILE
  = More: nas explain E608
)~"},
        {"ExportOfTwoProfiles",
         behind_a_profile("profile p = latency over net on [host, both]\nexport p as csv to \"out/a.csv\""),
         R"~(error[E404]: export takes one profile, and there are 2
 --> b.nas:8:8
8 | export p as csv to "out/a.csv"
  |        ^ write a statement for each, e.g. export p[1]
  = More: nas explain E404
)~"},
    }),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace nas::testing
