// A predictor: the mean of the k nearest measured networks.
#include <algorithm>
#include <numeric>

#include "core/component.h"
#include "core/predictor.h"

namespace nas {

struct NearestArgs {
  int k = 5;
};

/// Distance is the number of one-hot columns that differ (twice the number of genes, on canonical genomes).
class Nearest : public Predictor {
 public:
  explicit Nearest(const NearestArgs& args) : args_(args) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream) override {
    if (targets.size() < rows_needed()) return Failure{"", "nearest needs at least k measured networks", "measure more"};
    features_.assign(features.begin(), features.end());
    targets_.assign(targets.begin(), targets.end());
    return {};
  }

  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    const std::size_t d = features.size() / n, k = static_cast<std::size_t>(args_.k);
    std::vector<std::size_t> order(targets_.size());
    std::vector<int> distance(targets_.size());
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t row = 0; row < targets_.size(); ++row) {
        distance[row] = 0;
        for (std::size_t j = 0; j < d; ++j) distance[row] += features[i * d + j] != features_[row * d + j];
      }
      std::iota(order.begin(), order.end(), std::size_t{0});
      std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return distance[a] < distance[b]; });
      out[i] = 0;
      for (std::size_t r = 0; r < k; ++r) out[i] += targets_[order[r]] / static_cast<double>(k);
    }
  }

  std::string summary() const override { return "nearest, k " + std::to_string(args_.k); }
  std::size_t rows_needed() const override { return static_cast<std::size_t>(args_.k); }

 private:
  NearestArgs args_;
  std::vector<float> features_;
  std::vector<double> targets_;
};

Component nearest() {
  return Declare<NearestArgs>(ComponentKind::predictor, "nearest", "Mean of the k nearest measured networks.")
      .arg("k", &NearestArgs::k, "how many neighbours vote", between(1, 1000))
      .paper("Cover and Hart, IEEE Transactions on Information Theory 13 (1967)")
      .example("predictor nearest(k = 3) of accuracy")
      .builds([](const NearestArgs& a, Services&) {
        return std::shared_ptr<void>(std::static_pointer_cast<Predictor>(std::make_shared<Nearest>(a)));
      });
}

}  // namespace nas
