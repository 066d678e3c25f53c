#include "run/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/check.h"
#include "core/comparison.h"
#include "core/layer_times.h"
#include "core/text_table.h"

namespace nas {
namespace {

enum class Exact { macs, params, memory };

class ExactBatch : public BatchMetric {
 public:
  ExactBatch(std::shared_ptr<const Space> space, Exact metric) : space_(std::move(space)), metric_(metric) {}
  void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const override {
    if (metric_ == Exact::macs) return space_->macs(genomes, n, out);
    if (metric_ == Exact::params) return space_->params(genomes, n, out);
    const auto length = static_cast<std::ptrdiff_t>(space_->gene_count());
    for (std::size_t i = 0; i < n; ++i) {
      const auto genome = genomes.begin() + static_cast<std::ptrdiff_t>(i) * length;
      out[i] = static_cast<double>(space_->peak_memory_bytes(Arch{{genome, genome + length}}));
    }
  }
  bool values_of_both(const BatchMetric& other, std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out,
                      std::span<double> other_out) const override {
    const auto* exact = dynamic_cast<const ExactBatch*>(&other);
    if (!exact || exact->space_ != space_) return false;
    if (metric_ == Exact::macs && exact->metric_ == Exact::params)
      space_->costs(genomes, n, out, other_out);
    else if (metric_ == Exact::params && exact->metric_ == Exact::macs)
      space_->costs(genomes, n, other_out, out);
    else
      return false;
    return true;
  }

 private:
  std::shared_ptr<const Space> space_;
  Exact metric_;
};

class ComputedSource : public BatchSource {
 public:
  ComputedSource(std::string name, Exact metric) : name_(std::move(name)), metric_(metric) {}
  std::string key() const override { return "computed " + name_; }
  std::string provenance() const override { return "computed from the network"; }
  Cost cost() const override { return Cost::computed; }
  Result<std::shared_ptr<const BatchMetric>> batch(std::shared_ptr<const Space> space) const override {
    return std::shared_ptr<const BatchMetric>(std::make_shared<ExactBatch>(std::move(space), metric_));
  }

 private:
  std::string name_;
  Exact metric_;
};

class WeightsSource : public MetricSource {
 public:
  WeightsSource(std::shared_ptr<const Weights> weights, std::string metric, Split split, Services& services)
      : weights_(std::move(weights)), metric_(std::move(metric)), split_(split), services_(services) {
    if (split == Split::test) options_.images = 0;
    options_.split = split;
  }
  std::string key() const override {
    return fmt::format("{} {} {} {} of {}", metric_, split_ == Split::test ? "test" : "validation", options_.images,
                       options_.recalibration_images, weights_->key);
  }
  std::string provenance() const override {
    return fmt::format("measured on {} {} images with the super-network's weights",
                       options_.images ? fmt::format("{}", options_.images) : "all",
                       split_ == Split::test ? "test" : "validation");
  }
  Cost cost() const override { return Cost::measured; }
  std::shared_ptr<const MetricSource> on_images(std::int64_t images) const override {
    auto coarse = std::make_shared<WeightsSource>(*this);
    coarse->options_.images = images;
    return coarse;
  }
  Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                       const std::function<void(std::size_t, const Measurement&)>& done) const override {
    auto runner = services_.runner();
    if (!runner) return runner.failure();
    std::vector<Network> networks;
    for (const Arch& arch : archs) networks.push_back(space.network(arch));
    NetworkRunner::EvaluateOptions options = options_;
    options.threads = context.threads;
    return (*runner)->evaluate(*weights_, space.weight_slots(), networks, options, context.cancelled,
                               [&](std::size_t i, const NetworkRunner::Score& score) {
                                 Measurement m;
                                 m.value = metric_ == "accuracy" ? score.accuracy : score.loss;
                                 m.seconds = score.seconds;
                                 done(i, m);
                               });
  }

 private:
  std::shared_ptr<const Weights> weights_;
  std::string metric_;
  Split split_;
  Services& services_;
  NetworkRunner::EvaluateOptions options_;
};

class LookedUp : public BatchMetric {
 public:
  LookedUp(std::shared_ptr<const MetricSource> source, std::shared_ptr<const Space> space)
      : source_(std::move(source)), space_(std::move(space)) {}
  void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const override {
    const auto length = static_cast<std::ptrdiff_t>(space_->gene_count());
    for (std::size_t i = 0; i < n; ++i) {
      const auto row = genomes.begin() + static_cast<std::ptrdiff_t>(i) * length;
      const Arch arch{{row, row + length}};
      out[i] = std::numeric_limits<double>::quiet_NaN();
      // A failure leaves it so.
      (void)source_->measure(*space_, {&arch, 1}, {}, [&](std::size_t, const Measurement& m) { out[i] = m.value; });
    }
  }

 private:
  std::shared_ptr<const MetricSource> source_;
  std::shared_ptr<const Space> space_;
};

/// A JSON value whose members are its keys; those that are called like a metric have its dimension.
template <typename Base>
class JsonHandle : public Base {
 public:
  explicit JsonHandle(nlohmann::json json, std::vector<MetricId> metrics = {})
      : json_(std::move(json)), metrics_(std::move(metrics)) {}
  std::string type_name() const override { return json_.is_object() ? json_.value("kind", std::string("object")) : "value"; }
  std::optional<Value> member(const std::string& name) const override {
    if (!json_.is_object()) return std::nullopt;
    if (json_.contains("front") && (name == "front" || name == "archive")) return Value(json_handle(json_, metrics_));
    if (json_.contains("front") && name == "size")
      return Value(static_cast<std::int64_t>(json_["front"].at(0).at("values").size()));
    if (!json_.contains(name)) return std::nullopt;
    const auto& v = json_[name];
    if (v.is_number_integer()) return Value(v.template get<std::int64_t>());
    if (v.is_number()) {
      const std::string metric = name.substr(0, name.find('@'));
      const auto own = std::find_if(metrics_.begin(), metrics_.end(), [&](const MetricId& id) { return id.name == metric; });
      const MetricKind* kind = own == metrics_.end() ? find_metric(metric) : find_metric(*own);
      return Value(Quantity{v.template get<double>(), kind ? dimension_named(kind->dimension) : Dimension{}});
    }
    if (v.is_boolean()) return Value(v.template get<bool>());
    if (v.is_string()) return Value(v.template get<std::string>());
    return Value(json_handle(v, metrics_));
  }
  std::vector<std::string> members() const override {
    std::vector<std::string> names;
    for (const auto& [name, value] : json_.items()) names.push_back(name);
    return names;
  }
  std::string print() const override {
    if (json_.is_object() && json_.contains("text")) return json_["text"].template get<std::string>();
    if (json_.is_object() && json_.contains("architecture")) return json_["architecture"].template get<std::string>();
    if (!json_.is_object() || !json_.contains("front")) return json_.dump();
    return front_table(json_.value("name", ""), json_) + fmt::format("  {} networks evaluated, hypervolume {:.4g}",
                                                                     json_.value("evaluations", 0),
                                                                     json_.value("hypervolume", 0.0));
  }

 private:
  nlohmann::json json_;
  std::vector<MetricId> metrics_;  ///< of the search, where it is of one
};

class SearchResultHandle : public JsonHandle<ResultHandle> {
 public:
  SearchResultHandle(nlohmann::json json, std::shared_ptr<const SearchResult> result)
      : JsonHandle(std::move(json), result->metrics), result_(std::move(result)) {}
  const SearchResult& result() const override { return *result_; }

 private:
  std::shared_ptr<const SearchResult> result_;
};

class LearntJsonHandle : public JsonHandle<LearntHandle> {
 public:
  LearntJsonHandle(nlohmann::json json, std::shared_ptr<const Learnt> learnt)
      : JsonHandle(std::move(json)), learnt_(std::move(learnt)) {}
  const Learnt& learnt() const override { return *learnt_; }

 private:
  std::shared_ptr<const Learnt> learnt_;
};

class LayerTimesOfDevice : public LayerTimesHandle {
 public:
  explicit LayerTimesOfDevice(std::shared_ptr<const Device> device) : device_(std::move(device)) {}
  const LayerTimes& times() const override { return dynamic_cast<const LayerTimes&>(*device_); }
  std::string type_name() const override { return "Device"; }
  std::string print() const override { return times().provenance(); }
  std::optional<Value> member(const std::string&) const override { return std::nullopt; }
  std::vector<std::string> members() const override { return {}; }

 private:
  std::shared_ptr<const Device> device_;
};

}  // namespace

Result<std::shared_ptr<const MetricSource>> computed_source(const std::string& metric) {
  const Exact which = metric == "macs" ? Exact::macs : metric == "params" ? Exact::params : Exact::memory;
  NAS_CHECK(find_metric(metric) && find_metric(metric)->exact);
  return std::shared_ptr<const MetricSource>(std::make_shared<ComputedSource>(metric, which));
}

std::shared_ptr<const MetricSource> weights_source(std::shared_ptr<const Weights> weights, const std::string& metric, Split split,
                                                   Services& services) {
  return std::make_shared<WeightsSource>(std::move(weights), metric, split, services);
}

std::shared_ptr<const BatchMetric> looked_up(std::shared_ptr<const MetricSource> source, std::shared_ptr<const Space> space) {
  return std::make_shared<LookedUp>(std::move(source), std::move(space));
}
std::shared_ptr<const Handle> json_handle(nlohmann::json json, std::vector<MetricId> metrics) {
  return std::make_shared<JsonHandle<Handle>>(std::move(json), std::move(metrics));
}
std::shared_ptr<const Handle> result_handle(nlohmann::json json, std::shared_ptr<const SearchResult> result) {
  return std::make_shared<SearchResultHandle>(std::move(json), std::move(result));
}
std::shared_ptr<const Handle> layer_times_handle(std::shared_ptr<const Device> device) {
  return dynamic_cast<const LayerTimes*>(device.get()) ? std::make_shared<LayerTimesOfDevice>(std::move(device)) : nullptr;
}
std::shared_ptr<const Handle> learnt_handle(nlohmann::json json, std::shared_ptr<const Learnt> learnt) {
  return std::make_shared<LearntJsonHandle>(std::move(json), std::move(learnt));
}

}  // namespace nas
