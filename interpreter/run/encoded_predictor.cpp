#include "run/encoded_predictor.h"

#include "core/network_predictor.h"

namespace nas {
namespace {

/// Callers hold one-hot genes, which say everything about a canonical genome: it is read back and encoded anew.
class EncodedPredictor : public Predictor {
 public:
  EncodedPredictor(std::shared_ptr<Predictor> inner, std::shared_ptr<const Space> space, std::size_t encoding)
      : inner_(std::move(inner)), space_(std::move(space)), encoding_(encoding) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override {
    return inner_->fit(encode(features, targets.size()), targets, std::move(stream));
  }
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    inner_->predict(encode(features, n), n, out);
  }
  bool predict_with_deviation(std::span<const float> features, std::size_t n, std::span<double> out,
                              std::span<double> deviation) const override {
    return inner_->predict_with_deviation(encode(features, n), n, out, deviation);
  }
  Result<std::shared_ptr<Predictor>> fine_tuned(std::span<const float> features, std::span<const double> targets,
                                                const FineTuning& tuning, Stream stream) const override {
    auto tuned = inner_->fine_tuned(encode(features, targets.size()), targets, tuning, std::move(stream));
    if (!tuned) return tuned.failure();
    return std::shared_ptr<Predictor>(std::make_shared<EncodedPredictor>(std::move(*tuned), space_, encoding_));
  }
  Result<PredictorState> state() const override { return inner_->state(); }
  Result<void> restore(const PredictorState& state) override { return inner_->restore(state); }
  std::string summary() const override { return inner_->summary() + ", features " + space_->encodings()[encoding_].name; }
  std::size_t rows_needed() const override { return inner_->rows_needed(); }

 private:
  std::vector<float> encode(std::span<const float> features, std::size_t n) const {
    std::vector<float> out(n * space_->encodings()[encoding_].columns.size());
    space_->encode(encoding_, genomes_of(*space_, features, n), n, out);
    return out;
  }

  std::shared_ptr<Predictor> inner_;
  std::shared_ptr<const Space> space_;
  std::size_t encoding_;
};

}  // namespace

std::shared_ptr<Predictor> encoded(std::shared_ptr<Predictor> predictor, std::shared_ptr<const Space> space,
                                   std::size_t encoding) {
  return std::make_shared<EncodedPredictor>(std::move(predictor), std::move(space), encoding);
}

}  // namespace nas
