#include "stdlib/predictors/kernel_shares.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "backends/eigen/folds.h"
#include "core/statistics.h"

namespace nas {
namespace {

constexpr int kMostPasses = 3000;
constexpr double kStepOfPasses = 1.5;  // between two numbers of passes that are tried
constexpr std::size_t kLeastToHoldOut = 20;
constexpr int kPassesOfTypes = 200;
constexpr int kPassesOfFew = 30;  // where too few samples are there to hold some out

class Parts {
 public:
  Parts(const std::vector<std::vector<std::size_t>>& used, std::span<const double> seconds,
        const std::vector<std::size_t>& samples, std::vector<double> expected)
      : used_(used), measured_(seconds), samples_(samples), seconds_(std::move(expected)), times_(seconds_.size(), 0) {
    for (const std::size_t i : samples_)
      for (const std::size_t part : used_[i]) ++times_[part];
  }
  double sum(std::size_t i) const {
    double sum = 0;
    for (const std::size_t part : used_[i]) sum += seconds_[part];
    return sum;
  }
  /// Sets right what all parts of a type take, by one factor.
  void pass_of_types(const std::vector<std::size_t>& type, std::size_t types) {
    std::vector<double> ratio(types, 0), taken(types, 0);
    for (const std::size_t i : samples_) {
      const double predicted = sum(i);
      for (const std::size_t part : used_[i]) {
        ratio[type[part]] += seconds_[part] * measured_[i] / predicted;
        taken[type[part]] += seconds_[part];
      }
    }
    for (std::size_t part = 0; part < seconds_.size(); ++part)
      if (taken[type[part]] > 0) seconds_[part] *= ratio[type[part]] / taken[type[part]];
  }
  void pass() {
    std::vector<double> ratio(seconds_.size(), 0);
    for (const std::size_t i : samples_) {
      const double predicted = sum(i);
      for (const std::size_t part : used_[i]) ratio[part] += measured_[i] / predicted;
    }
    for (std::size_t part = 0; part < seconds_.size(); ++part)
      if (times_[part] > 0) seconds_[part] *= ratio[part] / times_[part];
  }
  /// What no sample has, by what the others of its type take.
  void fill(const std::vector<double>& expected, const std::vector<std::size_t>& type) {
    std::vector<double> taken, wanted;
    for (std::size_t part = 0; part < seconds_.size(); ++part) {
      taken.resize(std::max(taken.size(), type[part] + 1));
      wanted.resize(taken.size());
      if (times_[part] == 0) continue;
      taken[type[part]] += seconds_[part];
      wanted[type[part]] += expected[part];
    }
    for (std::size_t part = 0; part < seconds_.size(); ++part)
      if (times_[part] == 0 && wanted[type[part]] > 0) seconds_[part] = expected[part] * taken[type[part]] / wanted[type[part]];
  }
  const std::vector<double>& seconds() const { return seconds_; }

 private:
  const std::vector<std::vector<std::size_t>>& used_;
  std::span<const double> measured_;
  const std::vector<std::size_t>& samples_;
  std::vector<double> seconds_, times_;
};

}  // namespace

KernelShares share_out(const std::vector<std::vector<std::size_t>>& used, std::span<const double> seconds,
                       const std::vector<double>& expected, const std::vector<std::size_t>& type, int passes, Stream stream) {
  const std::size_t n = seconds.size();
  const std::vector<std::size_t> order = shuffled_rows(n, stream);
  const std::size_t types = type.empty() ? 0 : 1 + *std::max_element(type.begin(), type.end());
  KernelShares shares;
  shares.passes = passes > 0 ? passes : kPassesOfFew;
  if (passes == 0 && n >= kLeastToHoldOut) {
    const std::size_t held = n / 5;
    const std::vector<std::size_t> unseen(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(held));
    const std::vector<std::size_t> seen(order.begin() + static_cast<std::ptrdiff_t>(held), order.end());
    Parts parts(used, seconds, seen, expected);
    for (int done = 0; done < kPassesOfTypes; ++done) parts.pass_of_types(type, types);
    std::vector<double> predicted(held), measured(held);
    for (std::size_t i = 0; i < held; ++i) measured[i] = seconds[unseen[i]];
    double best = std::numeric_limits<double>::infinity();
    for (int done = 0, next = 0; next <= kMostPasses; next = std::max(next + 1, static_cast<int>(next * kStepOfPasses))) {
      for (; done < next; ++done) parts.pass();
      Parts filled = parts;
      filled.fill(expected, type);
      for (std::size_t i = 0; i < held; ++i) predicted[i] = filled.sum(unseen[i]);
      const double error = rmse_over_mean(predicted, measured);
      if (error < best) {
        best = error;
        shares.passes = next;
      }
    }
    shares.held_out = best;
  }
  Parts parts(used, seconds, order, expected);
  for (int done = 0; done < kPassesOfTypes; ++done) parts.pass_of_types(type, types);
  for (int done = 0; done < shares.passes; ++done) parts.pass();
  shares.seconds = parts.seconds();
  return shares;
}

}  // namespace nas
