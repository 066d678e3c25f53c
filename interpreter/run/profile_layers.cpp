#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "core/check.h"
#include "core/network_source.h"
#include "core/rng.h"
#include "core/sum_correction.h"
#include "run/engine.h"
#include "stdlib/devices/layer_units.h"
#include "stdlib/devices/lut.h"
#include "stdlib/devices/width_interpolation.h"

namespace nas {
namespace {

constexpr const char* kLayers = "layers";  // their place among the spaces of the store

/// What is said of layers that were not measured.
std::string widths_text(const WidthPlan::Values& widths) {
  if (widths.interpolated == 0) return ", none interpolated over width";
  std::string text = fmt::format(", {} interpolated over width", widths.interpolated);
  if (widths.held_out == 0) return text + ", with an error that is not known";
  return text + fmt::format("; error of that over {} measured layers held out {:.1f} % in the mean, {:.1f} % at most",
                            widths.held_out, 100 * widths.mean_error, 100 * widths.largest_error);
}

}  // namespace

bool Engine::profiles_layers(const CheckedStage& stage) {
  return stage.word == "profile" && stage.search && stage.search->tactics[0].arguments.value("strategy", "") == "per_operator";
}

Result<std::shared_ptr<LayerProfile>> Engine::measure_layers(const CheckedStage& stage, const SearchTask& task,
                                                             const Cancelled& cancelled, std::vector<std::string>& notes) {
  const SearchMetric& metric = task.metrics[0];
  const auto* source = dynamic_cast<const NetworkSource*>(metric.source.get());
  if (!source)
    return Failure{"E703", fmt::format("{} cannot measure single layers", metric.id.device),
                   "devices that can: cpu, remote, command"};
  auto units = units_of_space(*task.space);
  if (!units) return units.failure();
  auto profile = std::make_shared<LayerProfile>();
  profile->unit = metric.kind.unit;
  profile->scale = metric.kind.scale;
  std::optional<WidthPlan> plan;
  if (const int widths = stage.search->tactics[0].arguments.value("widths", 0); widths > 0)
    plan.emplace(*units, widths, Stream(seed_of(stage), stage.stream).split("held out layers"));
  const std::string key = metric.source->key();
  const auto key_of_layer = [](const LayerUnit& unit) { return digest_of(unit.key); };
  std::vector<const LayerUnit*> missing;
  std::map<std::string, Measurement> known;
  std::size_t several_inputs = 0, without_value = 0;
  for (std::size_t i = 0; i < units->size(); ++i) {
    const LayerUnit& unit = (*units)[i];
    if (unit.network.layers.empty()) {
      ++several_inputs;
      continue;
    }
    if (plan && !plan->measures(i)) continue;
    if (auto before = store_->find_measurement(key, kLayers, key_of_layer(unit), options_.fresh ? run_id_ : ""))
      known.emplace(unit.key, *before);
    else
      missing.push_back(&unit);
  }
  // In an order of chance, so that a machine that grows slower does not make one kind of layer look slow.
  Stream order = Stream(seed_of(stage), stage.stream).split("layers");
  for (std::size_t i = missing.size(); i > 1; --i) std::swap(missing[i - 1], missing[order.below(static_cast<std::uint32_t>(i))]);
  std::vector<Network> networks;
  for (const LayerUnit* unit : missing) networks.push_back(unit->network);
  std::optional<Failure> broken;
  MeasureContext context;
  context.threads = options_.threads;
  context.cancelled = [&] { return cancelled() || broken.has_value(); };
  const std::string label = "layers for " + metric.id.label();
  std::size_t done = 0;
  std::string last_reason;
  auto measured = source->measure_networks(
      networks, task.space->network(task.space->smallest()), context, [&](std::size_t i, const Result<Measurement>& value) {
        if (value) {
          known.emplace(missing[i]->key, *value);
          auto saved = store_->save_measurement(run_id_, key, kLayers, key_of_layer(*missing[i]), missing[i]->key, label, *value);
          if (!saved) broken = saved.failure();
        } else {
          ++without_value;
          last_reason = value.failure().message;
        }
        progress_.step(stage.name, "measuring " + label, static_cast<double>(++done), static_cast<double>(missing.size()), "");
      });
  if (broken) return *broken;
  if (!measured) return measured.failure();
  if (known.empty()) return Failure{"E843", fmt::format("none of {} layers has a value: {}", units->size(), last_reason), ""};
  WidthPlan::Values widths;
  if (plan) {
    std::vector<double> values;
    for (const LayerUnit& unit : *units) values.push_back(known.count(unit.key) ? known.at(unit.key).value : std::nan(""));
    widths = plan->interpolated(values);
  }
  for (std::size_t i = 0; i < units->size(); ++i) {
    const std::string& layer = (*units)[i].key;
    if (const auto value = known.find(layer); value != known.end())
      profile->rows.push_back({layer, value->second.value, value->second.spread, value->second.count});
    else if (plan && std::isfinite(widths.values[i]))
      profile->rows.push_back({layer, widths.values[i], 0, 0, true});
  }
  notes.push_back(fmt::format("{} different layers measured", known.size()));
  if (plan) notes.back() += widths_text(widths);
  if (several_inputs > 0)
    notes.push_back(
        several_inputs == 1
            ? std::string("1 layer takes tensors of several shapes, cannot stand alone, and counts as free")
            : fmt::format("{} layers take tensors of several shapes, cannot stand alone, and count as free", several_inputs));
  if (without_value > 0)
    notes.push_back(fmt::format("{} layers have no value and count as free: {}", without_value, last_reason));
  return profile;
}

std::string Engine::check_layers(const Space& space, const SearchResult& whole, LayerProfile& profile) {
  const auto table = LayerTable::of(profile);
  std::vector<double> sums, measured;
  for (const SearchRow& row : whole.rows) {
    sums.push_back(table->of_units(space.network(row.arch)));
    measured.push_back(row.measured[0].value);
  }
  const SumCorrection line = correction_of(sums, measured);
  profile.slope = line.slope;
  profile.intercept = line.intercept;
  profile.networks = line.networks;
  profile.error_before = line.error_before;
  profile.error_after = line.error_after;
  if (sums.size() < kLeastToCorrect)
    return fmt::format("the sum of layers is compared with {} networks: too few for a correction, give samples = 20",
                       sums.size());
  return fmt::format(
      "whole networks take {:.4g} times the sum of their layers {} {:.4g} {}; error over {} networks {:.1f} % before this "
      "correction, {:.1f} % after",
      profile.slope, profile.intercept < 0 ? "-" : "+", std::fabs(profile.intercept) / profile.scale, profile.unit, sums.size(),
      100 * profile.error_before, 100 * profile.error_after);
}

nlohmann::json layer_profile_json(const LayerProfile& profile) {
  nlohmann::json json = {{"unit", profile.unit},           {"scale", profile.scale},         {"slope", profile.slope},
                         {"intercept", profile.intercept}, {"networks", profile.networks},   {"before", profile.error_before},
                         {"after", profile.error_after},   {"rows", nlohmann::json::array()}};
  for (const LayerProfile::Row& row : profile.rows) {
    json["rows"].push_back({row.layer, row.value, row.spread, row.count});
    if (row.interpolated) json["rows"].back().push_back(true);
  }
  return json;
}

LayerProfile layer_profile_from(const nlohmann::json& json) {
  LayerProfile profile;
  profile.unit = json.at("unit");
  profile.scale = json.at("scale");
  profile.slope = json.at("slope");
  profile.intercept = json.at("intercept");
  profile.networks = json.at("networks");
  profile.error_before = json.at("before");
  profile.error_after = json.at("after");
  for (const auto& row : json.at("rows")) profile.rows.push_back({row.at(0), row.at(1), row.at(2), row.at(3), row.size() > 4});
  return profile;
}

}  // namespace nas
