#include "core/learnt.h"

namespace nas {
namespace {

class Frozen : public Predictor {
 public:
  explicit Frozen(std::shared_ptr<const Predictor> inner) : inner_(std::move(inner)) {}
  Result<void> fit(std::span<const float>, std::span<const double>, Stream) override { return {}; }
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    inner_->predict(features, n, out);
  }
  std::optional<LinearForm> linear_form() const override { return inner_->linear_form(); }
  std::string summary() const override { return inner_->summary(); }
  std::size_t rows_needed() const override { return 0; }

 private:
  std::shared_ptr<const Predictor> inner_;
};

class LearntSource : public BatchSource {
 public:
  LearntSource(std::shared_ptr<const Learnt> learnt, std::string key) : learnt_(std::move(learnt)), key_(std::move(key)) {}
  std::string key() const override { return key_; }
  std::string provenance() const override { return "predicted by " + learnt_->summary; }
  Cost cost() const override { return Cost::computed; }
  bool predicts() const override { return true; }
  Result<std::shared_ptr<const BatchMetric>> batch(std::shared_ptr<const Space> space) const override {
    return std::shared_ptr<const BatchMetric>(std::make_shared<Batch>(std::move(space), learnt_->predictor));
  }

 private:
  class Batch : public BatchMetric {
   public:
    Batch(std::shared_ptr<const Space> space, std::shared_ptr<const Predictor> predictor)
        : space_(std::move(space)), predictor_(std::move(predictor)) {}
    void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const override {
      std::vector<float> features(n * space_->feature_count());
      space_->features(genomes, n, features);
      predictor_->predict(features, n, out);
    }
    std::size_t rows_per_thread() const override { return predictor_->linear_form() ? 2048 : 128; }

   private:
    std::shared_ptr<const Space> space_;
    std::shared_ptr<const Predictor> predictor_;
  };

  std::shared_ptr<const Learnt> learnt_;
  std::string key_;
};

}  // namespace

std::vector<float> features_of(const Space& space, std::span<const Arch> networks) {
  std::vector<std::uint8_t> genomes;
  for (const Arch& arch : networks) genomes.insert(genomes.end(), arch.genes.begin(), arch.genes.end());
  std::vector<float> features(networks.size() * space.feature_count());
  space.features(genomes, networks.size(), features);
  return features;
}

std::vector<double> Learnt::predict(std::span<const Arch> networks) const {
  std::vector<double> out(networks.size());
  predictor->predict(features_of(*space, networks), networks.size(), out);
  return out;
}

std::shared_ptr<const MetricSource> learnt_source(std::shared_ptr<const Learnt> learnt, std::string key) {
  return std::make_shared<LearntSource>(std::move(learnt), std::move(key));
}

std::shared_ptr<Predictor> frozen(std::shared_ptr<const Predictor> predictor) {
  return std::make_shared<Frozen>(std::move(predictor));
}

}  // namespace nas
