#pragma once

#include <functional>
#include <map>
#include <set>

#include "../predictor/nasbench_table.h"
#include "drive.h"

namespace nas::testing {

/// The toy's error, and its cost where there is a second objective; networks that cost more than `limit` are infeasible.
inline Values toy_of(const Space& space, double scale = 1, double limit = 1e300) {
  return [&space, scale, limit](const Arch& arch, std::span<double> out, double& violation) {
    const auto [error, cost] = toy_values(space, arch);
    out[0] = error * scale;
    if (out.size() > 1) out[1] = cost * scale;
    violation = std::max(0.0, cost - limit);
  };
}

/// The smallest error of the toy among networks that cost no more than `limit`.
inline double best_error(const Space& space, double limit = 1e300) {
  double best = 1e300;
  for (const Arch& arch : all_networks(space))
    if (toy_values(space, arch).second <= limit) best = std::min(best, toy_values(space, arch).first);
  return best;
}

/// The cost that `count` networks of the toy do not exceed.
inline double cost_of_the_cheapest(const Space& space, std::size_t count) {
  std::vector<double> costs;
  for (const Arch& arch : all_networks(space)) costs.push_back(toy_values(space, arch).second);
  std::sort(costs.begin(), costs.end());
  return costs.at(count - 1);
}

/// NAS-Bench-201 as an oracle: minus accuracy in percent, latency in ms, infeasible above `limit` ms.
class Oracle {
 public:
  explicit Oracle(const NasBenchTable& table, const std::string& latency = "lat_pixel3", double limit = 1e300)
      : table_(table), accuracy_(table.columns.at("acc_cifar10")), latency_(table.columns.at(latency)), limit_(limit) {
    for (std::size_t i = 0; i < table.archs.size(); ++i) row_of_[table.archs[i]] = i;
  }
  Values values() const {
    return [this](const Arch& arch, std::span<double> out, double& violation) {
      const std::size_t i = row_of_.at(arch);
      out[0] = -accuracy_[i];
      if (out.size() > 1) out[1] = latency_[i];
      violation = std::max(0.0, latency_[i] - limit_) / limit_;
    };
  }
  std::size_t row(const Arch& arch) const { return row_of_.at(arch); }
  double accuracy(const Arch& arch) const { return accuracy_[row(arch)]; }
  /// Best accuracy of the feasible networks among these; of all rows without an argument.
  double best(std::span<const Arch> archs) const {
    double best = 0;
    for (const Arch& arch : archs)
      if (latency_[row(arch)] <= limit_) best = std::max(best, accuracy_[row(arch)]);
    return best;
  }
  double best() const { return best(table_.archs); }
  /// Hypervolume ratio of accuracy against latency: reference point (0 %, the slowest latency).
  double volume_ratio(std::span<const Arch> archs) const {
    auto volume = [&](std::span<const Arch> list) {
      std::vector<double> points;
      for (const Arch& arch : list) points.insert(points.end(), {-accuracy_[row(arch)], latency_[row(arch)]});
      return hypervolume(points, 2, std::vector<double>{0, *std::max_element(latency_.begin(), latency_.end())});
    };
    if (whole_ == 0) whole_ = volume(table_.archs);
    return volume(archs) / whole_;
  }
  double recall(std::span<const Arch> archs) const {
    std::vector<double> points;
    for (std::size_t i = 0; i < accuracy_.size(); ++i) points.insert(points.end(), {-accuracy_[i], latency_[i]});
    std::set<std::size_t> seen;
    for (const Arch& arch : archs) seen.insert(row(arch));
    const auto front = non_dominated(points, 2);
    return static_cast<double>(std::count_if(front.begin(), front.end(), [&](auto i) { return seen.count(i) > 0; })) /
           static_cast<double>(front.size());
  }

 private:
  const NasBenchTable& table_;
  const std::vector<double>&accuracy_, &latency_;
  double limit_;
  std::map<Arch, std::size_t> row_of_;
  mutable double whole_ = 0;
};

/// A learner over what a driver told: ridge-like predictions are not needed, so the test brings its own estimate.
class FakeLearner : public Learner {
 public:
  using Estimate = std::function<void(const Arch&, std::span<double>, double& violation, std::size_t model)>;
  explicit FakeLearner(Estimate estimate) : estimate_(std::move(estimate)) {}
  Result<std::shared_ptr<Estimator>> learn(Stream, bool resample) override {
    resampled += resample;
    return std::shared_ptr<Estimator>(std::make_shared<Model>(estimate_, learnt++));
  }
  std::size_t learnt = 0, resampled = 0;

 private:
  class Model : public Estimator {
   public:
    Model(const Estimate& estimate, std::size_t index) : estimate_(estimate), index_(index) {}
    void estimate(Population& networks) override {
      const std::size_t m = networks.objectives_per_row;
      for (std::size_t i = 0; i < networks.size(); ++i)
        estimate_(networks.arch(i), std::span(networks.objectives).subspan(i * m, m), networks.violations[i], index_);
    }

   private:
    const Estimate& estimate_;
    std::size_t index_;
  };
  Estimate estimate_;
};

}  // namespace nas::testing
