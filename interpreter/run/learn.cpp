#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/check.h"
#include "core/statistics.h"
#include "run/encoded_predictor.h"
#include "run/engine.h"

namespace nas {

nlohmann::json Engine::profile_json(const CheckedStage& stage, const SearchResult& profile) const {
  const MetricKind& kind = *find_metric(profile.metrics[0].name);
  std::vector<double> values;
  for (const SearchRow& row : profile.rows) values.push_back(row.measured[0].value / kind.scale);
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const std::string unit = kind.unit.empty() ? "" : " " + std::string(kind.unit);
  std::string text = fmt::format("{} of {} networks: {:.4g} to {:.4g}{}, median {:.4g}{}", profile.metrics[0].label(),
                                 values.size(), *low, *high, unit, median(values), unit);
  for (const std::string& note : profile.notes) text += "\n  " + note;
  return {{"kind", "profile"},
          {"space", spaces_.at(stage.search->space)->name()},
          {"metric", profile.metrics[0].label()},
          {"unit", kind.unit},
          {"networks", values.size()},
          {"least", *low},
          {"median", median(values)},
          {"most", *high},
          {"notes", profile.notes},
          {"text", std::move(text)}};
}

Result<void> Engine::enough_to_adapt(const CheckedStage& stage, const Transfer& transfer, std::size_t networks) {
  if (networks >= transfer.rows_needed()) return {};
  return Failure{"E840",
                 fmt::format("{} needs at least {} networks that were measured on {}, there are {}", stage.call.component->name,
                             transfer.rows_needed(), stage.learning->metric.device, networks),
                 stage.learning->probe.empty() ? "say which profile they are in with from" : "give the profile more samples"};
}

Result<void> Engine::learn(const CheckedStage& stage) {
  const CheckedLearning& learning = *stage.learning;
  const auto space = spaces_.at(learning.space);
  auto made = std::make_shared<Learnt>();
  made->metric = learning.metric;
  made->space = space;
  const Stream stream = Stream(seed_of(stage), stage.stream).split("learn");
  std::vector<Arch> networks;
  std::vector<double> values;
  if (!learning.probe.empty()) {
    const auto profile = results_.find(learning.probe);
    NAS_CHECK(profile);
    for (const SearchRow& row : profile->rows) {
      networks.push_back(row.arch);
      values.push_back(row.measured[0].value);
    }
  }
  made->rows = networks.size();
  auto built = stage.call.component->build(stage.call.arguments, *this);
  if (!built) return built.failure();
  if (learning.proxy.empty()) {
    auto predictor = std::static_pointer_cast<Predictor>(*built);
    if (const auto encoding = space->find_encoding(stage.call.arguments.value("features", "")))
      predictor = encoded(std::move(predictor), space, *encoding);
    if (auto fitted = predictor->fit(features_of(*space, networks), values, stream); !fitted)
      return Failure{"E840", fmt::format("{} cannot learn from {}: {}", stage.name, learning.probe, fitted.failure().message),
                     fitted.failure().hint};
    made->predictor = std::move(predictor);
  } else {
    const auto proxy = learnt_.find(learning.proxy);
    NAS_CHECK(proxy);
    const auto transfer = std::static_pointer_cast<Transfer>(*built);
    if (auto enough = enough_to_adapt(stage, *transfer, networks.size()); !enough) return enough;
    auto adapted = transfer->adapt(*proxy, {networks, values}, stream);
    if (!adapted)
      return Failure{"E840", fmt::format("{} cannot be adapted: {}", learning.proxy, adapted.failure().message),
                     adapted.failure().hint};
    made->predictor = std::move(*adapted);
  }
  made->summary = made->predictor->summary();
  learnt_.set(stage.name, std::move(made));
  return {};
}

}  // namespace nas
