#include "core/learnt.h"

#include <algorithm>
#include <limits>

#include "core/statistics.h"

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

Judgement judge(const Transfer& transfer, const std::string& name, const TransferTask& task, const std::string& proxy_name,
                const MakePredictor& scratch, const std::string& scratch_name, bool once, Stream stream) {
  constexpr std::size_t kFolds = 5, kLeastSeen = 3;
  const std::size_t n = task.probe.networks.size();
  const std::size_t held = once ? n / kFolds : (n + kFolds - 1) / kFolds;
  if (n < kFolds || n - held < std::max<std::size_t>(transfer.rows_needed(), 2) || (once && held < kLeastSeen)) return {};
  std::vector<double> measured, adapted, alone, as_it_is;
  bool alone_known = scratch != nullptr;
  for (std::size_t fold = 0; fold < (once ? 1 : kFolds); ++fold) {
    // The probe was drawn at random: rows go to the folds in turn.
    TransferTask part{task.proxy, task.space, {task.probe.device, {}, {}}, task.others};
    DeviceRows unseen;
    for (std::size_t i = 0; i < n; ++i) {
      DeviceRows& side = i % kFolds == fold ? unseen : part.probe;
      side.networks.push_back(task.probe.networks[i]);
      side.values.push_back(task.probe.values[i]);
    }
    const Stream own = stream.split(fold);
    const auto made = transfer.adapt(part, own);
    if (!made) return {};
    const std::vector<float> x = features_of(*task.space, unseen.networks);
    const auto say = [&](const Predictor& predictor, std::vector<double>& said) {
      std::vector<double> out(unseen.values.size());
      predictor.predict(x, out.size(), out);
      said.insert(said.end(), out.begin(), out.end());
    };
    say(**made, adapted);
    if (task.proxy) say(*task.proxy->predictor, as_it_is);
    if (alone_known) {
      const auto one = scratch();
      alone_known = static_cast<bool>(one->fit(features_of(*task.space, part.probe.networks), part.probe.values, own));
      if (alone_known) say(*one, alone);
    }
    measured.insert(measured.end(), unseen.values.begin(), unseen.values.end());
  }
  Judgement out;
  out.networks = measured.size();
  out.folds = once ? 1 : static_cast<int>(kFolds);
  const auto add = [&](const std::string& who, const std::vector<double>& said) {
    out.each.push_back({who, spearman(said, measured), rmse_over_mean(said, measured)});
  };
  add(name, adapted);
  constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  if (alone_known && name != "from_scratch")
    add(scratch_name + " from scratch", alone);
  else if (scratch && name != "from_scratch")
    out.each.push_back({scratch_name + " from scratch", kUnknown, kUnknown});
  if (task.proxy) add(proxy_name + " as it is", as_it_is);
  return out;
}

std::shared_ptr<Predictor> frozen(std::shared_ptr<const Predictor> predictor) {
  return std::make_shared<Frozen>(std::move(predictor));
}

}  // namespace nas
