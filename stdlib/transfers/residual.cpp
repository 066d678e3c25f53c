#include <fmt/format.h>

#include <cmath>

#include "backends/eigen/gaussian_process.h"
#include "stdlib/transfers/transfers.h"

namespace nas {
namespace {

struct ResidualArgs {
  bool line = true;
  double length = 0;
  double noise = 0;
};

/// A predictor, and a Gaussian process of what it leaves.
class Corrected : public Adapted {
 public:
  Corrected(std::shared_ptr<const Predictor> base, GaussianProcess left, std::string summary)
      : Adapted(std::move(summary)), base_(std::move(base)), left_(std::move(left)) {}
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    std::vector<double> left(n);
    base_->predict(features, n, out);
    left_.predict(features, n, left);
    for (std::size_t i = 0; i < n; ++i) out[i] += left[i];
  }
  bool predict_with_deviation(std::span<const float> features, std::size_t n, std::span<double> out,
                              std::span<double> deviation) const override {
    std::vector<double> left(n);
    base_->predict(features, n, out);
    left_.predict(features, n, left, deviation);
    for (std::size_t i = 0; i < n; ++i) out[i] += left[i];
    return true;
  }

 private:
  std::shared_ptr<const Predictor> base_;
  GaussianProcess left_;
};

class Residual : public Transfer {
 public:
  explicit Residual(const ResidualArgs& args) : args_(args) {}
  std::size_t rows_needed() const override { return 10; }
  Result<std::shared_ptr<const Predictor>> adapt(const TransferTask& task, Stream stream) const override {
    constexpr std::size_t kMostRows = 10'000, kChoiceRows = 500;
    if (task.probe.values.size() > kMostRows)
      return Failure{
          "",
          fmt::format("residual inverts the kernel of at most {} networks, there are {}", kMostRows, task.probe.values.size()),
          "take finetune or from_scratch"};
    std::shared_ptr<const Predictor> base = task.proxy->predictor;
    std::string words = "the proxy";
    if (args_.line) {
      auto scaled = scaled_to(*task.proxy, task.probe);
      if (!scaled) return scaled.failure();
      words = fmt::format("{:.3g} times the proxy", (*scaled)->factor());
      base = std::move(*scaled);
    }
    const std::vector<float> x = features_of(*task.space, task.probe.networks);
    std::vector<double> left(task.probe.values.size());
    base->predict(x, left.size(), left);
    for (std::size_t i = 0; i < left.size(); ++i) left[i] = task.probe.values[i] - left[i];
    const std::size_t d = task.space->feature_count();
    GaussianProcess process = args_.length > 0 ? GaussianProcess(x, left, d, {args_.length, args_.noise})
                                               : GaussianProcess(x, left, d, kChoiceRows, std::move(stream));
    if (!process.valid())
      return Failure{"",
                     fmt::format("residual cannot invert its kernel with length {:.3g} and noise {:.3g}", process.shape().length,
                                 process.shape().noise),
                     "a larger noise helps"};
    const auto& shape = process.shape();
    std::string summary =
        fmt::format("residual, {} and a Gaussian process of what is left (length {:.3g}, noise {:.2g} of the variance)", words,
                    shape.length, shape.noise / (1 + shape.noise));
    return std::shared_ptr<const Predictor>(std::make_shared<Corrected>(std::move(base), std::move(process), std::move(summary)));
  }

 private:
  ResidualArgs args_;
};

}  // namespace

Component residual_transfer() {
  return Declare<ResidualArgs>(ComponentKind::transfer, "residual",
                               "The proxy's values, and a Gaussian process of what they leave unexplained.")
      .arg("line", &ResidualArgs::line, "the proxy's values on a line first, as scale does")
      .arg("length", &ResidualArgs::length,
           "over which distance of features residuals resemble each other; 0 = chosen, and the noise with it", at_least(0))
      .arg("noise", &ResidualArgs::noise,
           "variance of the noise as a share of that of the function; counts where length is given", at_least(0))
      .details(
          "Of any predictor. Far from the probe's networks the correction fades and the line through the proxy is left. Its "
          "predictions have a deviation.")
      .paper("Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, section 2.7")
      .example("transfer fit = residual() of known from probe on phone")
      .builds([](const ResidualArgs& a, Services&) { return as_transfer(std::make_shared<Residual>(a)); });
}

}  // namespace nas
