#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/check.h"
#include "core/network_predictor.h"
#include "core/saved_predictor.h"
#include "core/statistics.h"
#include "run/encoded_predictor.h"
#include "run/engine.h"

namespace nas {

nlohmann::json Engine::profile_json(const CheckedStage& stage, const SearchResult& profile) const {
  const MetricKind& kind = *find_metric(profile.metrics[0]);
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

DeviceRows Engine::profiled(const std::string& name) const {
  const auto profile = results_.find(name);
  NAS_CHECK(profile);
  return rows_of(*profile);
}

DeviceRows Engine::rows_of(const SearchResult& profile) {
  DeviceRows rows{profile.metrics[0].device, {}, {}};
  for (const SearchRow& row : profile.rows) {
    rows.networks.push_back(row.arch);
    rows.values.push_back(row.measured[0].value);
  }
  return rows;
}

MakePredictor Engine::predictor_maker(const Component& component, const nlohmann::json& arguments,
                                      std::shared_ptr<const Space> space, std::shared_ptr<const LayerProfile> layers) {
  return [this, &component, arguments, space, layers] {
    auto predictor = std::static_pointer_cast<Predictor>(*component.build(arguments, *this));
    if (auto* of_networks = dynamic_cast<NetworkPredictor*>(predictor.get())) of_networks->over(space, layers);
    const auto encoding = space->find_encoding(arguments.value("features", ""));
    return encoding ? encoded(std::move(predictor), space, *encoding) : predictor;
  };
}

Result<void> Engine::learn(const CheckedStage& stage, const Cancelled& cancelled) {
  const CheckedLearning& learning = *stage.learning;
  auto made = std::make_shared<Learnt>();
  made->metric = learning.metric;
  made->made_by = nlohmann::json::object();
  made->space = spaces_.at(learning.space);
  const Stream stream = Stream(seed_of(stage), stage.stream).split("learn");
  DeviceRows probe{learning.metric.device, {}, {}};
  if (!learning.probe.empty()) probe = profiled(learning.probe);
  made->rows = probe.networks.size();
  if (stage.word == "predictor" && reads_back(stage)) return read_back(stage, made);
  if (stage.word == "transfer") {
    auto built = stage.call.component->build(stage.call.arguments, *this);
    if (!built) return built.failure();
    if (auto adapted = adapt(stage, std::static_pointer_cast<Transfer>(*built), std::move(probe), stream, *made); !adapted)
      return adapted;
  } else {
    made->from = std::move(probe);
    made->make = predictor_maker(*stage.call.component, stage.call.arguments, made->space, layer_profiles_.find(learning.probe));
    made->made_by = {{"component", stage.call.component->name}, {"arguments", stage.call.arguments}};
    if (stage.tuning)
      if (auto tuned = tune(stage, cancelled, *made); !tuned) return tuned;
    const auto predictor = made->make();
    if (auto fitted = predictor->fit(features_of(*made->space, made->from.networks), made->from.values, stream); !fitted)
      return Failure{"E840",
                     fmt::format("{} cannot learn from {}: {}", stage.name,
                                 learning.probe.empty() ? file_of(stage) : learning.probe, fitted.failure().message),
                     fitted.failure().hint};
    made->predictor = predictor;
    if (!made->from.networks.empty())
      made->relearn = [make = made->make, space = made->space](const DeviceRows& rows,
                                                               Stream own) -> Result<std::shared_ptr<const Predictor>> {
        auto one = make();
        if (auto fitted = one->fit(features_of(*space, rows.networks), rows.values, std::move(own)); !fitted)
          return fitted.failure();
        return std::shared_ptr<const Predictor>(std::move(one));
      };
  }
  if (made->saved_as.is_null()) made->saved_as = made->made_by;
  // Whatever gave the weights, the sum is what predicts.
  if (made->predictor->linear_form() && !made->predictor->state())
    made->saved_as = {{"component", "linear"}, {"arguments", nlohmann::json::object()}};
  made->summary = made->predictor->summary();
  learnt_.set(stage.name, std::move(made));
  return {};
}

Result<MakePredictor> Engine::maker_of_saved(const nlohmann::json& made_by, std::shared_ptr<const Space> space) {
  const std::string name = made_by.at("component");
  const auto of = made_by.find("of");
  const ComponentKind kind = of == made_by.end() ? ComponentKind::predictor : ComponentKind::transfer;
  const Component* component = options_.registry->find(kind, name);
  const Failure unknown{"", fmt::format("a {} {}, which is not known here", component_kind_name(kind), name), ""};
  if (!component || !made_by.at("arguments").is_object()) return unknown;
  if (kind == ComponentKind::predictor) return predictor_maker(*component, made_by.at("arguments"), std::move(space));
  MakePredictor proxy;
  if (!of->is_null()) {
    auto made = maker_of_saved(*of, std::move(space));
    if (!made) return made;
    proxy = std::move(*made);
  }
  auto built = component->build(made_by.at("arguments"), *this);
  if (!built) return built.failure();
  const auto transfer = std::static_pointer_cast<Transfer>(*built);
  if (!transfer->unlearnt(proxy)) return unknown;
  return MakePredictor([transfer, proxy] { return transfer->unlearnt(proxy); });
}

Result<void> Engine::read_back(const CheckedStage& stage, std::shared_ptr<Learnt> made) {
  const auto file = file_of(stage);
  auto bytes = read_file(file);
  if (!bytes) return bytes.failure();
  auto saved = saved_predictor_from(*bytes, file);
  if (!saved) return saved.failure();
  if (saved->metric != made->metric.name)
    return Failure{"E849", fmt::format("{} predicts {}, and not {}", file, saved->metric, made->metric.name), ""};
  if (saved->space != made->space->key())
    return Failure{"E849",
                   fmt::format("{} has learnt networks of a space {}, and {} is another one", file, saved->space_name,
                               stage.learning->space),
                   "the arguments of the space count too"};
  const auto cannot = [&](const std::string& why) {
    return Failure{"E849", fmt::format("{} cannot be read back: {}", file, why), ""};
  };
  try {
    const auto make = maker_of_saved(saved->made_by, made->space);
    if (!make) return Failure{"E849", fmt::format("{} holds {}", file, make.failure().message), "a plug-in may have made it"};
    auto predictor = (*make)();
    if (auto restored = predictor->restore(saved->state); !restored) return cannot(restored.failure().message);
    made->predictor = std::move(predictor);
    // What learns anew is the predictor that the transfers, one of the other, started from.
    nlohmann::json first = saved->made_by;
    while (first.contains("of")) first = nlohmann::json(first["of"]);
    if (!first.is_null()) {
      made->make = *maker_of_saved(first, made->space);
      made->made_by = std::move(first);
    }
  } catch (const std::exception&) {  // arguments and facts in a file are not those of a checked script
    return cannot("its first line has a value that does not fit");
  }
  made->saved_as = std::move(saved->made_by);
  made->rows = saved->rows;
  made->summary = made->predictor->summary();
  learnt_.set(stage.name, std::move(made));
  return {};
}

Result<void> Engine::adapt(const CheckedStage& stage, std::shared_ptr<const Transfer> transfer, DeviceRows probe,
                           const Stream& stream, Learnt& made) {
  const CheckedLearning& learning = *stage.learning;
  if (auto enough = enough_to_adapt(stage, *transfer, probe.networks.size()); !enough) return enough;
  const auto proxy = learning.proxy.empty() ? nullptr : learnt_.find(learning.proxy);
  NAS_CHECK(proxy || learning.proxy.empty());
  TransferTask task{proxy.get(), made.space, std::move(probe), {}};
  for (const std::string& other : learning.others)
    if (results_.find(other)) task.others.push_back(profiled(other));
  auto adapted = transfer->adapt(task, stream);
  if (!adapted && !adapted.failure().code.empty()) return adapted.failure();
  if (!adapted)
    return Failure{"E840",
                   fmt::format("{} cannot be adapted: {}", proxy ? learning.proxy : stage.name, adapted.failure().message),
                   adapted.failure().hint};
  made.predictor = std::move(*adapted);
  // Sums are cheap to learn again and again; of others a fifth of the rows is held out once.
  const bool sums = made.predictor->linear_form() && (!proxy || proxy->predictor->linear_form());
  MakePredictor scratch;
  std::string scratch_name = "ridge";
  if (proxy) {
    made.make = proxy->make;
    made.made_by = proxy->made_by;
  }
  if (transfer->unlearnt(nullptr)) {
    nlohmann::json arguments = stage.call.arguments;
    for (const ArgSpec& spec : stage.call.component->args)
      if (spec.type == ArgType::stage) arguments.erase(spec.name);  // of this script
    made.saved_as = {{"component", stage.call.component->name},
                     {"arguments", std::move(arguments)},
                     {"of", proxy ? proxy->saved_as : nlohmann::json()}};
  } else if (proxy && made.predictor == proxy->predictor) {
    made.saved_as = proxy->saved_as;
  }
  if (proxy && !sums && proxy->make) {
    scratch = proxy->make;
    scratch_name = proxy->made_by.value("component", "");
  } else if (const Component* ridge = options_.registry->find(ComponentKind::predictor, "ridge")) {
    scratch = predictor_maker(*ridge, nlohmann::json::object(), made.space);
  }
  // Of the probe and not of the stage: whatever is learnt from it, the same baseline stands beside it.
  const Stream judged = Stream(seed_of(stage), "judged").split(learning.probe);
  made.judgement = judge(*transfer, stage.call.component->name, task, learning.proxy, scratch, scratch_name, !sums, judged);
  made.from = task.probe;
  made.relearn = [transfer, proxy, task](const DeviceRows& rows, Stream own) {
    TransferTask part = task;
    part.probe = rows;
    return transfer->adapt(part, std::move(own));
  };
  return {};
}

nlohmann::json Engine::learnt_json(const Learnt& learnt) {
  nlohmann::json json = {{"kind", "predictor"}, {"metric", learnt.metric.label()}, {"networks", learnt.rows}};
  std::string text = learnt.summary;
  if (!learnt.tuned.is_null()) {
    json["trials"] = learnt.tuned;
    text = learnt.tuned.value("chosen", "") + ":\n  " + text + "\n  " + learnt.tuned.value("selection", "");
  }
  const Judgement& compared = learnt.judgement;
  if (!compared.each.empty()) {
    std::size_t width = 0;
    for (const Judged& one : compared.each) width = std::max(width, one.name.size());
    text += compared.folds > 1
                ? fmt::format("\n  on {} networks, each unseen in one of {} folds:", compared.networks, compared.folds)
                : fmt::format("\n  learnt without {} of the networks, on these:", compared.networks);
    for (const Judged& one : compared.each) {
      text += fmt::format("\n    {:<{}}  ", one.name, width);
      const std::string rank = std::isnan(one.spearman) ? "undefined" : fmt::format("{:.3f}", one.spearman);
      text += std::isnan(one.rmse_share) ? "cannot learn from so few"
                                         : fmt::format("Spearman {}  RMSE {:.1f} % of the mean", rank, 100 * one.rmse_share);
      json["compared"].push_back({{"name", one.name}, {"spearman", one.spearman}, {"rmse_share", one.rmse_share}});
    }
  }
  if (compared.each.empty() && learnt.relearn && !learnt.from.networks.empty())
    text += fmt::format("\n  {} networks are too few to hold some of them out: nothing tells how good it is",
                        learnt.from.networks.size());
  json["text"] = std::move(text);
  return json;
}

}  // namespace nas
