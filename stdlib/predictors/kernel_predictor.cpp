#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <unordered_map>

#include "core/network_predictor.h"
#include "core/statistics.h"
#include "core/sum_correction.h"
#include "stdlib/devices/layer_units.h"
#include "stdlib/predictors/kernel_fusion.h"
#include "stdlib/predictors/kernel_shares.h"
#include "stdlib/predictors/nested.h"
#include "stdlib/predictors/predictors.h"
#include "stdlib/predictors/rows.h"

namespace nas {
namespace {

struct KernelArgs {
  int trees = 100;
  int passes = 0;
};

constexpr std::size_t kLeastNetworks = 10;

std::string key_of_kernel(const FusedKernel& kernel) {
  std::string key = kernel.type;
  key.append(reinterpret_cast<const char*>(kernel.numbers.data()), sizeof kernel.numbers);
  return key;
}

class KernelPredictor : public NetworkPredictor {
 public:
  KernelPredictor(const KernelArgs& args, Component forest, Services& services)
      : args_(args), forest_(std::move(forest)), services_(services) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override {
    if (auto good = check_rows("kernel", rows_needed(), features, targets); !good) return good;
    if (auto good = check_times("kernel", targets, !layers()); !good) return good;
    forget();
    std::vector<Network> samples;
    std::vector<double> seconds(targets.begin(), targets.end());
    if (layers()) {
      if (auto alone = measured_alone(samples, seconds); !alone) return alone;
    } else {
      samples = networks(features, targets.size());
    }
    // Every different kernel once.
    std::map<std::string, std::size_t> place;
    std::vector<FusedKernel> kernels;
    std::vector<std::vector<std::size_t>> used;
    std::vector<std::vector<LayerWork>> work;
    for (const Network& network : samples) {
      used.emplace_back();
      work.emplace_back();
      for (FusedKernel& kernel : fused_kernels(network)) {
        work.back().insert(work.back().end(), kernel.work.begin(), kernel.work.end());
        const auto [at, fresh] = place.emplace(key_of_kernel(kernel), kernels.size());
        used.back().push_back(at->second);
        if (fresh) kernels.push_back(std::move(kernel));
      }
    }
    rates_ = fit_roofline(work, seconds);
    if (rates_.per_mac <= 0 && rates_.per_byte <= 0)
      return Failure{"", "the values do not grow with the operations or the bytes of the networks",
                     "kernels cannot be told apart by them"};
    floor_ = 0;
    for (std::size_t i = 0; i < seconds.size(); ++i)
      floor_ += 1e-3 * seconds[i] / static_cast<double>(std::max<std::size_t>(1, used[i].size()) * seconds.size());
    std::vector<std::size_t> type(kernels.size());
    std::vector<double> expected(kernels.size());
    for (std::size_t k = 0; k < kernels.size(); ++k) {
      const auto known = std::find(types_.begin(), types_.end(), kernels[k].type);
      type[k] = static_cast<std::size_t>(known - types_.begin());
      if (known == types_.end()) types_.push_back(kernels[k].type);
      expected[k] = expected_of(kernels[k]);
    }
    const KernelShares shares = share_out(used, seconds, expected, type, args_.passes, stream.split("held out"));
    passes_ = shares.passes;
    held_out_ = shares.held_out;
    alone_ = layers() != nullptr;
    if (auto grown = grow(kernels, type, expected, shares.seconds, stream); !grown) return grown;
    line_ = {};
    std::vector<double> own(targets.size());
    predict(features, targets.size(), own);
    if (layers() && !targets.empty()) {
      line_ = correction_of(own, targets);
      for (double& value : own) value = line_.slope * value + line_.intercept;
    }
    rmse_share_ = targets.empty() ? 0 : rmse_over_mean(own, targets);
    rows_ = targets.size();
    kernels_ = kernels.size();
    return {};
  }

  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    const std::vector<Network> asked = networks(features, n);
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0;
      for (const FusedKernel& kernel : fused_kernels(asked[i])) sum += seconds_of(kernel);
      out[i] = line_.slope * sum + line_.intercept;
    }
  }

  std::string summary() const override {
    std::string text = fmt::format("kernel, {} different kernels of {} types, {} passes", kernels_, types_.size(), passes_);
    if (line_.networks >= kLeastToCorrect)
      text += fmt::format(", times {:.4g} {} {:.4g} in SI units", line_.slope, line_.intercept < 0 ? "-" : "+",
                          std::fabs(line_.intercept));
    if (rows_ > 0) text += fmt::format(", RMSE {:.3g} % of the mean of its {} networks", 100 * rmse_share_, rows_);
    if (held_out_ > 0) text += fmt::format(", {:.3g} % of {} held out", 100 * held_out_, alone_ ? "layers" : "those");
    return text;
  }
  std::size_t rows_needed() const override { return layers() ? 0 : kLeastNetworks; }

  Result<PredictorState> state() const override {
    PredictorState whole{{{"types", types_}}, {}};
    whole.arrays.push_back({"rates", {rates_.per_mac, rates_.per_byte, rates_.per_layer, floor_}});
    whole.arrays.push_back({"line", {line_.slope, line_.intercept, static_cast<double>(line_.networks)}});
    whole.arrays.push_back({"told",
                            {static_cast<double>(rows_), static_cast<double>(kernels_), static_cast<double>(passes_), rmse_share_,
                             held_out_, alone_ ? 1.0 : 0.0}});
    for (std::size_t t = 0; t < types_.size(); ++t) {
      auto part = forests_[t]->state();
      if (!part) return part;
      save_part(whole, types_[t], std::move(*part));
    }
    return whole;
  }
  Result<void> restore(const PredictorState& state) override {
    const auto rates = saved_array(state, "kernel", "rates", 4), line = saved_array(state, "kernel", "line", 3),
               told = saved_array(state, "kernel", "told", 6);
    for (const auto* array : {&rates, &line, &told})
      if (!*array) return array->failure();
    forget();
    rates_ = {(*rates)[0], (*rates)[1], (*rates)[2]};
    floor_ = (*rates)[3];
    line_ = {(*line)[0], (*line)[1], static_cast<std::size_t>((*line)[2])};
    rows_ = static_cast<std::size_t>((*told)[0]);
    kernels_ = static_cast<std::size_t>((*told)[1]);
    passes_ = static_cast<int>((*told)[2]);
    rmse_share_ = (*told)[3];
    held_out_ = (*told)[4];
    alone_ = (*told)[5] != 0;
    const auto types = state.facts.is_object() ? state.facts.value("types", nlohmann::json::array()) : nlohmann::json::array();
    for (const auto& type : types) {
      if (!type.is_string()) return Failure{"", "the saved kernel names a type that is no text", ""};
      types_.push_back(type);
      auto forest = new_forest();
      if (!forest) return forest.failure();
      if (auto read = (*forest)->restore(saved_part(state, types_.back())); !read) return read;
      forests_.push_back(std::move(*forest));
    }
    return {};
  }

 private:
  void forget() {
    types_.clear();
    forests_.clear();
    known_.clear();
  }
  /// The layers of the profile as samples: those whose call can stand alone.
  Result<void> measured_alone(std::vector<Network>& samples, std::vector<double>& seconds) const {
    seconds.clear();
    auto units = units_of_space(*space());
    if (!units) return units.failure();
    std::map<std::string, double> value_of;
    for (const LayerProfile::Row& row : layers()->rows)
      if (!row.interpolated) value_of.emplace(row.layer, row.value);
    for (LayerUnit& unit : *units)
      if (const auto found = value_of.find(unit.key); found != value_of.end() && found->second > 0) {
        samples.push_back(std::move(unit.network));
        seconds.push_back(found->second);
      }
    if (samples.size() >= kLeastNetworks) return {};
    return Failure{
        "", fmt::format("kernel needs at least {} layers that were measured alone, there are {}", kLeastNetworks, samples.size()),
        ""};
  }
  double expected_of(const FusedKernel& kernel) const {
    double sum = floor_;
    for (const LayerWork& layer : kernel.work) sum += rates_.seconds(layer);
    return sum;
  }
  Result<std::shared_ptr<Predictor>> new_forest() const {
    auto built = forest_.build({{"trees", args_.trees}, {"bootstrap", false}}, services_);
    if (!built) return built.failure();
    return std::static_pointer_cast<Predictor>(*built);
  }
  /// A forest for each type learns how many times the roofline's time a kernel takes.
  Result<void> grow(const std::vector<FusedKernel>& kernels, const std::vector<std::size_t>& type,
                    const std::vector<double>& expected, const std::vector<double>& seconds, const Stream& stream) {
    for (std::size_t t = 0; t < types_.size(); ++t) {
      std::vector<float> x;
      std::vector<double> y;
      for (std::size_t k = 0; k < kernels.size(); ++k) {
        if (type[k] != t) continue;
        for (const double number : kernels[k].numbers) x.push_back(static_cast<float>(number));
        y.push_back(seconds[k] / expected[k]);
      }
      if (y.size() == 1) {  // a forest asks for two
        x.insert(x.end(), x.begin(), x.begin() + FusedKernel::kNumbers);
        y.push_back(y[0]);
      }
      auto forest = new_forest();
      if (!forest) return forest.failure();
      if (auto fitted = (*forest)->fit(x, y, stream.split(types_[t])); !fitted) return fitted;
      forests_.push_back(std::move(*forest));
    }
    return {};
  }
  /// Each different kernel is asked of its forest once. A kernel of a type that was never measured takes what the roofline says.
  double seconds_of(const FusedKernel& kernel) const {
    std::string key = key_of_kernel(kernel);
    {
      const std::lock_guard lock(mutex_);
      if (const auto found = known_.find(key); found != known_.end()) return found->second;
    }
    double seconds = expected_of(kernel);
    if (const auto type = std::find(types_.begin(), types_.end(), kernel.type); type != types_.end()) {
      const std::vector<float> row(kernel.numbers.begin(), kernel.numbers.end());
      double times = 1;
      forests_[static_cast<std::size_t>(type - types_.begin())]->predict(row, 1, {&times, 1});
      seconds *= times;
    }
    const std::lock_guard lock(mutex_);
    known_.emplace(std::move(key), seconds);
    return seconds;
  }

  KernelArgs args_;
  Component forest_;
  Services& services_;
  RooflineRates rates_;
  double floor_ = 0;  ///< seconds, so that no kernel begins with nothing
  std::vector<std::string> types_;
  std::vector<std::shared_ptr<Predictor>> forests_;
  SumCorrection line_;
  std::size_t rows_ = 0, kernels_ = 0;
  int passes_ = 0;
  double rmse_share_ = 0, held_out_ = 0;
  bool alone_ = false;  ///< learnt from layers that were measured alone
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, double> known_;
};

}  // namespace

Component kernel_predictor() {
  return Declare<KernelArgs>(ComponentKind::predictor, "kernel",
                             "The sum over fused kernels, a random forest for each type of them.")
      .arg("trees", &KernelArgs::trees, "of each forest", between(1, 100000))
      .arg("passes", &KernelArgs::passes,
           "how often the times of kernels are set right by the networks; 0 = as often as a fifth of them, held out, wants it",
           between(0, 1000000))
      .details(
          "As nn-Meter does, layers are fused to the kernels that a runtime runs as one: convolutions (whole, depthwise, "
          "grouped) "
          "and "
          "linear layers with their norm and activation, an addition with its activation, squeeze and excite as a whole, pools, "
          "attention. "
          "One forest for each type learns from height, width, channels, kernel, stride, activation, operations, parameters and "
          "bytes; a "
          "network takes the sum. nn-Meter measures kernels alone, tens of thousands of them; here their times come from what is "
          "there: a "
          "profile with strategy = per_operator (layer calls alone, and the line that corrects their sums), or whole networks. "
          "Both are "
          "sums of kernels. They are shared out by a roofline first, then by one factor for each type, and then set right in "
          "passes: each kernel's time is "
          "multiplied by the "
          "mean of measured over predicted of the networks that it is part of (the Richardson-Lucy iteration; times stay above "
          "zero). The "
          "forests learn how many times the roofline's time a kernel takes, where nn-Meter's learn the time; a type that no "
          "measured "
          "network has takes the roofline's. It assumes that kernels run one after the other, and that the rules are those of "
          "the runtime.")
      .paper(
          "Zhang et al., nn-Meter, MobiSys 2021, sections 4 and 5; Richardson, Journal of the Optical Society of America 62 "
          "(1972)")
      .gives({"latency", "energy"})
      .example("predictor kernel(trees = 50) of latency")
      .builds([](const KernelArgs& args, Services& services) {
        return std::shared_ptr<void>(
            std::static_pointer_cast<Predictor>(std::make_shared<KernelPredictor>(args, random_forest_predictor(), services)));
      });
}

}  // namespace nas
