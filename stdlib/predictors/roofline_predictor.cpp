#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "backends/eigen/roofline_rates.h"
#include "core/network_predictor.h"
#include "core/statistics.h"
#include "core/units.h"
#include "stdlib/devices/roofline.h"
#include "stdlib/predictors/predictors.h"
#include "stdlib/predictors/rows.h"

namespace nas {
namespace {

struct RooflineArgs {
  double word = 4;
  int batch = 1;
};

/// The simulated device whose rates are learnt: `sim` and this predictor are one model.
class RooflinePredictor : public NetworkPredictor {
 public:
  explicit RooflinePredictor(const RooflineArgs& args) : args_(args) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream) override {
    if (auto good = check_rows("roofline", rows_needed(), features, targets); !good) return good;
    if (auto good = check_times("roofline", targets); !good) return good;
    std::vector<std::vector<LayerWork>> work;
    for (const Network& network : networks(features, targets.size())) {
      work.emplace_back();
      for (const LayerTime& layer : roofline(network, {.word = args_.word, .batch = args_.batch}))
        work.back().push_back({static_cast<double>(layer.macs), layer.bytes});
    }
    rates_ = fit_roofline(work, targets);
    if (rates_.per_mac <= 0 && rates_.per_byte <= 0)
      return Failure{"", "the values do not grow with the operations or the bytes of the networks",
                     "a roofline cannot tell them"};
    std::vector<double> own(targets.size());
    predict(features, targets.size(), own);
    rmse_share_ = rmse_over_mean(own, targets);
    rows_ = targets.size();
    return {};
  }

  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    const SimArgs args = device();
    const std::vector<Network> asked = networks(features, n);
    for (std::size_t i = 0; i < n; ++i) {
      out[i] = 0;
      for (const LayerTime& layer : roofline(asked[i], args)) out[i] += layer.seconds;
    }
  }

  std::string summary() const override {
    const SimArgs args = device();
    const auto rate = [](bool seen, double value, const char* dimension) {
      return std::isinf(value) ? "unlimited" : (seen ? "" : "at least ") + format_quantity(value, dimension_named(dimension));
    };
    return fmt::format("roofline, peak {}, bandwidth {}, launch {}, RMSE {:.3g} % of the mean of its {} networks",
                       rate(rates_.compute_seen, args.peak, "frequency"), rate(rates_.memory_seen, args.bandwidth, "bandwidth"),
                       format_quantity(args.launch, dimension_named("time")), 100 * rmse_share_, rows_);
  }
  std::size_t rows_needed() const override { return 4; }

  Result<PredictorState> state() const override {
    return PredictorState{
        {{"peak", device().peak}, {"bandwidth", device().bandwidth}, {"launch", rates_.per_layer}},
        {{"rates",
          {rates_.per_mac, rates_.per_byte, rates_.per_layer, rates_.compute_seen ? 1.0 : 0.0, rates_.memory_seen ? 1.0 : 0.0}},
         {"rows_and_error", {static_cast<double>(rows_), rmse_share_}}}};
  }
  Result<void> restore(const PredictorState& state) override {
    auto rates = saved_array(state, "roofline", "rates", 5);
    if (!rates) return rates.failure();
    auto told = saved_array(state, "roofline", "rows_and_error", 2);
    if (!told) return told.failure();
    if (!(std::min({(*rates)[0], (*rates)[1], (*rates)[2]}) >= 0))
      return Failure{"", "a rate of the saved roofline is negative", ""};
    rates_ = {(*rates)[0], (*rates)[1], (*rates)[2], (*rates)[3] != 0, (*rates)[4] != 0};
    rows_ = static_cast<std::size_t>((*told)[0]);
    rmse_share_ = (*told)[1];
    return {};
  }

 private:
  SimArgs device() const { return {1 / rates_.per_mac, 1 / rates_.per_byte, rates_.per_layer, args_.word, args_.batch}; }

  RooflineArgs args_;
  RooflineRates rates_;
  double rmse_share_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace

Component roofline_predictor() {
  return Declare<RooflineArgs>(ComponentKind::predictor, "roofline",
                               "The peak rate, the bandwidth and the launch of a device, found from whole networks.")
      .arg("word", &RooflineArgs::word, "of one value on the device: 4B for single precision, 1B for eight bits",
           between(0.125, 16))
      .unit("memory")
      .arg("batch", &RooflineArgs::batch, "images per forward pass of the measurements", between(1, 65536))
      .details(
          "A network takes the sum of its layers, and a layer the longer of its operations over the peak and its bytes over the "
          "bandwidth, and the launch: what the device sim(...) computes, with its three numbers found by least squares, none of "
          "them negative. The fit is exact: of all ways to share layers out between the two bounds the best is taken. It assumes "
          "that "
          "layers run one after the other, read their inputs and weights and write their output once, and that all kinds of "
          "layers reach "
          "the same rates; a rate that bounds no layer is told as \"at least\", one that explains nothing as unlimited. Three "
          "numbers need few networks, and say what a "
          "device "
          "that is measured as a whole is made of: where its error is large, layers differ in how well they use the device, and "
          "kernel() knows more.")
      .paper("Williams, Waterman, Patterson, Roofline, CACM 52(4), 2009, doi 10.1145/1498765.1498785")
      .gives({"latency"})
      .example("predictor roofline() of latency")
      .builds(makes_predictor<RooflinePredictor>());
}

}  // namespace nas
