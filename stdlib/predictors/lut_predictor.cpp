#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/network_predictor.h"
#include "core/sum_correction.h"
#include "stdlib/devices/lut.h"
#include "stdlib/predictors/predictors.h"
#include "stdlib/predictors/rows.h"

namespace nas {
namespace {

struct LutPredictorArgs {
  std::string file;
  std::string value = LutArgs{}.value;
  double unit = 1;
  std::string device;
  bool corrected = true;
};

/// The table of a `lut` device, or that of a profile of layers, and the line that profiles of layers print.
class LutPredictor : public NetworkPredictor {
 public:
  LutPredictor(LutPredictorArgs args, Services& services) : args_(std::move(args)), services_(services) {}

  Result<void> ready() const override {
    if (args_.file.empty()) return {};
    auto opened = open();
    if (!opened) return opened.failure();
    return {};
  }

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream) override {
    if (auto good = check_rows("lut", 0, features, targets); !good) return good;
    if (auto good = check_times("lut", targets, false); !good) return good;
    if (auto opened = take_table(); !opened) return opened;
    line_ = {};
    if (!args_.corrected || targets.empty()) return {};
    std::vector<double> sums(targets.size());
    predict(features, targets.size(), sums);
    line_ = correction_of(sums, targets);
    return {};
  }

  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    sums_->values(genomes_of(*space(), features, n), n, out);
    if (line_.slope == 1 && line_.intercept == 0) return;
    for (std::size_t i = 0; i < n; ++i) out[i] = line_.slope * out[i] + line_.intercept;
  }

  std::string summary() const override {
    std::string text = args_.file.empty() ? fmt::format("lut, the sum over {} different layers", layers_.size())
                                          : fmt::format("lut, the sum over the layers of {}", args_.file);
    const auto interpolated = std::count_if(layers_.begin(), layers_.end(), [](const auto& row) { return row.interpolated; });
    if (interpolated > 0) text += fmt::format(", {} of them interpolated over width", interpolated);
    if (line_.networks == 0) return text;
    if (line_.networks < kLeastToCorrect) return text + fmt::format(", {} networks are too few for a correction", line_.networks);
    return text +
           fmt::format(", times {:.4g} {} {:.4g} in SI units; error over {} networks {:.1f} % before this line, {:.1f} % after",
                       line_.slope, line_.intercept < 0 ? "-" : "+", std::fabs(line_.intercept), line_.networks,
                       100 * line_.error_before, 100 * line_.error_after);
  }
  std::size_t rows_needed() const override { return 0; }

  Result<PredictorState> state() const override {
    PredictorState state{
        nlohmann::json::object(),
        {{"line", {line_.slope, line_.intercept, static_cast<double>(line_.networks), line_.error_before, line_.error_after}}}};
    if (!args_.file.empty()) {
      state.facts["table"] = key_;
      return state;
    }
    std::vector<double> seconds;
    for (const LayerProfile::Row& row : layers_) {
      state.facts["layers"].push_back(row.layer);
      seconds.push_back(row.value);
      if (row.interpolated) state.facts["interpolated"].push_back(seconds.size() - 1);
    }
    state.arrays.emplace_back("seconds", std::move(seconds));
    return state;
  }
  Result<void> restore(const PredictorState& state) override {
    const auto line = saved_array(state, "lut", "line", 5);
    if (!line) return line.failure();
    if (!args_.file.empty()) {
      if (auto opened = take_table(); !opened) return opened;
      if (!state.facts.is_object() || state.facts.value("table", "") != key_)
        return Failure{"", fmt::format("{} is not the table that the saved lut was made of", args_.file), ""};
    } else {
      const auto names = state.facts.is_object() ? state.facts.value("layers", nlohmann::json::array()) : nlohmann::json::array();
      const auto seconds = saved_array(state, "lut", "seconds", names.size());
      if (!seconds) return seconds.failure();
      LayerProfile profile;
      for (std::size_t i = 0; i < names.size(); ++i) {
        if (!names[i].is_string()) return Failure{"", "the saved lut names a layer that is no text", ""};
        profile.rows.push_back({names[i], (*seconds)[i]});
      }
      if (state.facts.contains("interpolated"))
        for (const auto& row : state.facts["interpolated"])
          if (row.is_number_unsigned() && row < profile.rows.size()) profile.rows[row.get<std::size_t>()].interpolated = true;
      if (auto taken = take(profile); !taken) return taken;
    }
    line_ = {(*line)[0], (*line)[1], static_cast<std::size_t>((*line)[2]), (*line)[3], (*line)[4]};
    return {};
  }

 private:
  /// The file's table, if it has every layer of the space.
  Result<std::shared_ptr<MetricSource>> open() const {
    LutArgs args;
    args.file = args_.file;
    args.value = args_.value;
    args.unit = args_.unit;
    args.device = args_.device;
    auto source = open_lut(args, services_);
    if (!source) return source;
    if (auto good = (*source)->ready(*space(), *find_metric("latency")); !good) return good.failure();
    return source;
  }
  Result<void> take(const LayerProfile& profile) {
    const auto table = LayerTable::of(profile);
    if (auto good = table->ready(*space(), *find_metric("latency")); !good) return good;
    layers_ = profile.rows;
    auto sums = table->batch(space());
    if (!sums) return sums.failure();
    sums_ = *sums;
    return {};
  }
  Result<void> take_table() {
    if (args_.file.empty() && layers()) return take(*layers());
    if (args_.file.empty())
      return Failure{"", "it holds no single layers", "profile it with strategy = per_operator, or name the file of a table"};
    auto source = open();
    if (!source) return source.failure();
    key_ = (*source)->key();
    auto sums = (*source)->batch(space());
    if (!sums) return sums.failure();
    sums_ = *sums;
    return {};
  }

  LutPredictorArgs args_;
  Services& services_;
  std::string key_;
  std::vector<LayerProfile::Row> layers_;  ///< of a profile
  std::shared_ptr<const BatchMetric> sums_;
  SumCorrection line_;
};

}  // namespace

Component lut_predictor() {
  return Declare<LutPredictorArgs>(ComponentKind::predictor, "lut", "The sum of a table of layers, corrected by whole networks.")
      .arg("file", &LutPredictorArgs::file, "a table as the device lut(...) reads it; left out: the layers of the profile")
      .arg("value", &LutPredictorArgs::value, "the column of the file with the values")
      .arg("unit", &LutPredictorArgs::unit, "one unit of the column, e.g. 1ms")
      .unit("any")
      .arg("device", &LutPredictorArgs::device, "of a table of operators with several devices: the one that counts")
      .arg("corrected", &LutPredictorArgs::corrected,
           "values are those of the line through the sums and the networks of the profile; else the sums")
      .details(
          "From a profile with strategy = per_operator it takes the layers that were measured alone, and the line that the "
          "profile "
          "prints; with a file it takes the file's layers, and the line through the networks of any profile, or no line where "
          "there is "
          "none: predictor known = lut(\"layers.csv\", unit = 1ms) of latency@phone. It assumes that layers run one after the "
          "other and "
          "take what they take alone, up to that line. Before anything runs, a file is compared with every layer that a network "
          "of the "
          "space can have (E832). Fewer than three networks give no line. Saved, the layers of a profile go along; of a file its "
          "digest "
          "does, and it has to be there again.")
      .paper("Cai et al., Once-for-All, ICLR 2020, appendix B (latency look-up tables)")
      .gives({"latency", "energy"})
      .example("predictor known = lut(\"note10_lut.csv\", unit = 1ms) of latency@host over net")
      .builds([](const LutPredictorArgs& args, Services& services) {
        return std::shared_ptr<void>(std::static_pointer_cast<Predictor>(std::make_shared<LutPredictor>(args, services)));
      });
}

}  // namespace nas
