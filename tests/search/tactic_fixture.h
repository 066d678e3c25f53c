#pragma once

#include <gtest/gtest.h>

#include <set>

#include "toy.h"

namespace nas::testing {

/// Values of a toy task: error (predicted), cost (predicted), macs (computed). Counts what it is asked.
class CountingMeasurer : public Measurer {
 public:
  explicit CountingMeasurer(const Space& space, std::pair<double, double> (*values)(const Space&, const Arch&) = toy_values)
      : space_(space), values_(values) {}
  Result<void> measure(std::span<const Arch> archs, std::vector<Measurement>& out) override {
    out.clear();
    for (const Arch& arch : archs) {
      EXPECT_TRUE(seen.insert(arch).second) << "measured twice: " << space_.spell(arch);
      const auto [error, cost] = values_(space_, arch);
      for (const double value : {error, cost, static_cast<double>(space_.macs(arch.genes))}) out.push_back({.value = value});
    }
    return {};
  }
  std::size_t missing(std::span<const Arch> archs) const override { return archs.size(); }
  std::set<Arch> seen;

 private:
  const Space& space_;
  std::pair<double, double> (*values_)(const Space&, const Arch&);
};

class Macs : public BatchMetric {
 public:
  explicit Macs(const Space& space) : space_(space) {}
  void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const override {
    for (std::size_t i = 0; i < n; ++i)
      out[i] = static_cast<double>(space_.macs(genomes.subspan(i * space_.gene_count(), space_.gene_count())));
  }

 private:
  const Space& space_;
};

inline MetricExpr metric(int index, const std::string& text) {
  return {{{MetricExpr::Op::metric, index, 0}}, text, ""};
}

inline SearchTask toy_task(const Space& space, std::uint64_t seed = 1) {
  SearchTask task;
  task.space = &space;
  const MakePredictor ridge = [] {
    // The component owns the predictor by shared_ptr; tasks want unique ones.
    struct Owner : Predictor {
      std::shared_ptr<Predictor> inner = component<Predictor>(ComponentKind::predictor, "ridge");
      Result<void> fit(std::span<const float> x, std::span<const double> y, Stream s) override { return inner->fit(x, y, s); }
      void predict(std::span<const float> x, std::size_t n, std::span<double> out) const override { inner->predict(x, n, out); }
      std::optional<LinearForm> linear_form() const override { return inner->linear_form(); }
      std::string summary() const override { return inner->summary(); }
    };
    return std::make_unique<Owner>();
  };
  task.metrics = {{{"loss", ""}, *find_metric("loss"), nullptr, nullptr, ridge},
                  {{"latency", "host"}, *find_metric("latency"), nullptr, nullptr, ridge},
                  {{"macs", ""}, *find_metric("macs"), nullptr, std::make_shared<Macs>(space), {}}};
  task.objectives = {{metric(0, "loss"), false, "loss"}, {metric(1, "latency@host"), false, "latency@host"}};
  task.algorithm = [] {
    struct Owner : SearchAlgorithm {
      std::shared_ptr<SearchAlgorithm> inner =
          component<SearchAlgorithm>(ComponentKind::search, "nsga2", {{"population", 20}, {"generations", 15}});
      Result<void> start(const Space& s, std::size_t m, std::span<const Arch> first, Stream stream) override {
        return inner->start(s, m, first, stream);
      }
      Result<void> ask(Population& out) override { return inner->ask(out); }
      void tell(const Population& p) override { inner->tell(p); }
      const Population& population() const override { return inner->population(); }
      std::size_t batch_size() const override { return inner->batch_size(); }
    };
    return std::make_unique<Owner>();
  };
  task.stream = Stream(seed, "front");
  return task;
}

inline SearchResult run(const std::string& tactic, const nlohmann::json& arguments, const SearchTask& task,
                        CountingMeasurer& measurer) {
  auto result = component<Tactic>(ComponentKind::tactic, tactic, arguments)->run(task, measurer, {});
  EXPECT_TRUE(result) << result.failure().message;
  return *result;
}

}  // namespace nas::testing
