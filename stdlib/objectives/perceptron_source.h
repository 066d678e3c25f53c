#pragma once

#include <memory>
#include <string>

#include "backends/eigen/perceptron.h"
#include "core/component.h"
#include "core/metric.h"
#include "core/services.h"

namespace nas {

/// Arguments of `perceptron(...)`; `unit` is the SI value of one unit of the output.
struct PerceptronArgs {
  std::string file;
  std::string features;
  std::string weights;
  double unit = 1;
};

/// Values of a perceptron that was trained elsewhere: a manifest in JSON and raw numbers beside it.
class PerceptronSource : public BatchSource {
 public:
  /// E801 for the files, E833 for what is in them.
  static Result<std::shared_ptr<PerceptronSource>> open(const PerceptronArgs& args, Services& services);

  std::string key() const override { return key_; }
  std::string provenance() const override { return "predicted by the perceptron " + args_.file; }
  Cost cost() const override { return Cost::looked_up; }
  bool predicts() const override { return true; }
  Result<std::shared_ptr<const BatchMetric>> batch(std::shared_ptr<const Space> space) const override;
  /// E833 where the space has no such features, or not as many columns as the perceptron has inputs.
  Result<void> ready(const Space& space, const MetricKind& metric) const override;

 private:
  PerceptronSource(PerceptronArgs args, std::string key) : args_(std::move(args)), key_(std::move(key)) {}
  Result<std::size_t> encoding(const Space& space) const;
  void values(const Space& space, std::size_t encoding, std::span<const std::uint8_t> genomes, std::size_t n,
              std::span<double> out) const;

  PerceptronArgs args_;
  std::string key_;
  Perceptron net_;
};

Component perceptron_source();

}  // namespace nas
