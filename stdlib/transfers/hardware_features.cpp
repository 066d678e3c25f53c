#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "backends/eigen/product_ridge.h"
#include "backends/eigen/ridge.h"
#include "core/csv.h"
#include "core/services.h"
#include "core/statistics.h"
#include "stdlib/predictors/nested.h"
#include "stdlib/predictors/rows.h"
#include "stdlib/transfers/transfers.h"

namespace nas {
namespace {

enum class DeviceForm { product, concatenated };

}  // namespace

template <>
struct Labels<DeviceForm> {
  static constexpr std::string_view names[] = {"product", "concatenated"};
};

namespace {

struct HardwareArgs {
  std::vector<StageRef> profiles;
  DeviceForm form = DeviceForm::product;
  std::string predictor = "mlp";
  std::string description;
};

/// What stands for each device in a file: its columns of numbers, by the device's name.
using Descriptions = std::map<std::string, std::vector<double>>;

/// A standardised device: what its reference networks take, in deviations from their mean, and its description.
struct DeviceVector {
  double mean = 0, deviation = 0;
  std::vector<double> values;
};

class OverDevices : public Transfer {
 public:
  OverDevices(HardwareArgs args, MakePredictor make, Services& services)
      : args_(std::move(args)), make_(std::move(make)), services_(services) {}
  std::size_t rows_needed() const override { return 3; }
  Result<void> ready() const override {
    if (auto described = read_descriptions(args_.description, services_); !described) return described.failure();
    return {};
  }

  Result<std::shared_ptr<const Predictor>> adapt(const TransferTask& task, Stream stream) const override {
    const std::size_t devices = task.others.size();
    if (devices < kLeastDevices)
      return Failure{"",
                     fmt::format("hardware_features learns from at least {} devices, there {} {}", kLeastDevices,
                                 devices == 1 ? "is" : "are", devices),
                     "name profiles of more devices"};
    const Shared shared = shared_rows(task);
    if (shared.references.size() < rows_needed())
      return Failure{
          "",
          fmt::format("hardware_features needs at least {} networks that the probe and all profiles hold, there are {}",
                      rows_needed(), shared.references.size()),
          "measure the same ones: profile probe = ... { like = PROFILE }"};
    const auto described = read_descriptions(args_.description, services_);
    if (!described) return described.failure();
    std::vector<DeviceVector> all;
    for (std::size_t j = 0; j <= devices; ++j) {
      auto vector = vector_of(shared, *described, j, j < devices ? task.others[j].device : task.probe.device, task);
      if (!vector) return vector.failure();
      all.push_back(std::move(*vector));
    }
    standardise_descriptions(all, shared.references.size());
    return concatenated() ? side_by_side(task, shared, all, std::move(stream)) : by_products(task, shared, all);
  }
  std::shared_ptr<Predictor> unlearnt(const MakePredictor&) const override {
    return concatenated() ? std::make_shared<SideBySide>(make_(), DeviceVector(), "") : nullptr;
  }

 private:
  static constexpr std::size_t kLeastDevices = 3;

  bool concatenated() const { return args_.form == DeviceForm::concatenated; }

  struct Shared {
    std::vector<Arch> networks;               ///< that all profiles hold
    std::vector<std::vector<double>> values;  ///< by device
    std::vector<std::size_t> references;      ///< those that the probe holds too
    std::vector<double> probed;               ///< what they take there
  };

  static Shared shared_rows(const TransferTask& task) {
    std::vector<std::map<Arch, double>> known;
    for (const DeviceRows& rows : task.others) {
      auto& values = known.emplace_back();
      for (std::size_t i = 0; i < rows.networks.size(); ++i) values[rows.networks[i]] = rows.values[i];
    }
    std::map<Arch, double> probed;
    for (std::size_t i = 0; i < task.probe.networks.size(); ++i) probed[task.probe.networks[i]] = task.probe.values[i];
    Shared shared;
    shared.values.resize(task.others.size());
    for (const Arch& network : task.others[0].networks) {
      if (!std::all_of(known.begin(), known.end(), [&](const auto& values) { return values.count(network); })) continue;
      if (const auto it = probed.find(network); it != probed.end()) {
        shared.references.push_back(shared.networks.size());
        shared.probed.push_back(it->second);
      }
      shared.networks.push_back(network);
      for (std::size_t j = 0; j < known.size(); ++j) shared.values[j].push_back(known[j][network]);
    }
    return shared;
  }

  static Result<DeviceVector> vector_of(const Shared& shared, const Descriptions& described, std::size_t j,
                                        const std::string& device, const TransferTask& task) {
    DeviceVector out;
    for (std::size_t r = 0; r < shared.references.size(); ++r)
      out.values.push_back(j < shared.values.size() ? shared.values[j][shared.references[r]] : shared.probed[r]);
    out.mean = mean(out.values);
    double squares = 0;
    for (const double v : out.values) squares += (v - out.mean) * (v - out.mean);
    out.deviation = std::sqrt(squares / static_cast<double>(out.values.size()));
    if (out.deviation <= 1e-12 * std::fabs(out.mean))
      return Failure{"",
                     fmt::format("the {} networks that tell what a device is like all take the same on {}", out.values.size(),
                                 j < task.others.size() ? device : task.probe.device),
                     "probe more networks"};
    // As one vector they count as much as the constant does.
    const double scale = out.deviation * std::sqrt(static_cast<double>(out.values.size()));
    for (double& v : out.values) v = (v - out.mean) / scale;
    if (described.empty()) return out;
    const auto row = described.find(device);
    if (row == described.end())
      return Failure{"", fmt::format("the description has no row for {}", device),
                     "its column device names the devices of the script"};
    out.values.insert(out.values.end(), row->second.begin(), row->second.end());
    return out;
  }

  /// Behind the `references` values: to mean 0 and deviation 1 over the devices that are learnt from.
  static void standardise_descriptions(std::vector<DeviceVector>& all, std::size_t references) {
    const std::size_t columns = all[0].values.size() - references;
    for (std::size_t c = references; c < all[0].values.size(); ++c) {
      double sum = 0, squares = 0;
      const auto count = static_cast<double>(all.size() - 1);
      for (std::size_t j = 0; j + 1 < all.size(); ++j) sum += all[j].values[c] / count;
      for (std::size_t j = 0; j + 1 < all.size(); ++j) squares += std::pow(all[j].values[c] - sum, 2) / count;
      const double deviation = std::sqrt(squares);
      for (DeviceVector& device : all)
        device.values[c] = deviation > 1e-12 * std::fabs(sum)
                               ? (device.values[c] - sum) / (deviation * std::sqrt(static_cast<double>(columns)))
                               : 0;
    }
  }

  static Result<std::shared_ptr<const Predictor>> by_products(const TransferTask& task, const Shared& shared,
                                                              std::vector<DeviceVector>& all) {
    const std::size_t n = shared.networks.size(), d = task.space->feature_count(), devices = task.others.size();
    const std::vector<float> x = features_of(*task.space, shared.networks);
    std::vector<double> a, h, z(n * devices);
    for (std::size_t i = 0; i < n; ++i) {
      a.insert(a.end(), x.begin() + static_cast<std::ptrdiff_t>(i * d), x.begin() + static_cast<std::ptrdiff_t>((i + 1) * d));
      a.push_back(1);
      for (std::size_t j = 0; j < devices; ++j) z[i * devices + j] = (shared.values[j][i] - all[j].mean) / all[j].deviation;
    }
    for (DeviceVector& device : all) device.values.push_back(1);
    for (std::size_t j = 0; j < devices; ++j) h.insert(h.end(), all[j].values.begin(), all[j].values.end());
    const ProductRidge ridge(a, d + 1, h, all[0].values.size(), z);
    double best = std::numeric_limits<double>::infinity(), alpha = 1;
    for (const double candidate : ridge_penalties())
      if (const double error = ridge.error_without_each(candidate); error < best) {
        best = error;
        alpha = candidate;
      }
    const DeviceVector& target = all.back();
    LinearForm form{0, ridge.weights(alpha, target.values)};
    for (double& w : form.weights) w *= target.deviation;
    form.intercept = form.weights.back() + target.mean;
    form.weights.pop_back();
    return std::shared_ptr<const Predictor>(std::make_shared<AdaptedForm>(
        std::move(form), fmt::format("hardware_features, {} devices x {} networks, {} reference networks, alpha {:.3g}", devices,
                                     n, shared.references.size(), alpha)));
  }

  /// A predictor of one-hot genes with the device's vector behind them.
  class SideBySide : public Adapted {
   public:
    SideBySide(std::shared_ptr<Predictor> inner, DeviceVector device, std::string summary)
        : Adapted(std::move(summary)), inner_(std::move(inner)), device_(std::move(device)) {}
    void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
      if (n == 0) return;
      std::vector<float> both;
      const std::size_t d = features.size() / n;
      for (std::size_t i = 0; i < n; ++i) append(both, features.subspan(i * d, d), device_);
      inner_->predict(both, n, out);
      for (double& v : out.first(n)) v = device_.mean + device_.deviation * v;
    }
    static void append(std::vector<float>& rows, std::span<const float> genes, const DeviceVector& device) {
      rows.insert(rows.end(), genes.begin(), genes.end());
      for (const double v : device.values) rows.push_back(static_cast<float>(v));
    }
    Result<PredictorState> state() const override {
      auto whole = state_with(inner_->state());
      if (!whole) return whole;
      whole->arrays.push_back({"scale", {device_.mean, device_.deviation}});
      whole->arrays.push_back({"device", device_.values});
      return whole;
    }
    Result<void> restore(const PredictorState& state) override {
      const auto scale = saved_array(state, "hardware_features", "scale", 2);
      if (!scale) return scale.failure();
      auto device = saved_array(state, "hardware_features", "device");
      if (!device) return device.failure();
      if (auto read = restore_with([this] { return inner_; }, state, "hardware_features"); !read) return read.failure();
      device_ = {(*scale)[0], (*scale)[1], std::move(*device)};
      return {};
    }

   private:
    std::shared_ptr<Predictor> inner_;
    DeviceVector device_;
  };

  Result<std::shared_ptr<const Predictor>> side_by_side(const TransferTask& task, const Shared& shared,
                                                        const std::vector<DeviceVector>& all, Stream stream) const {
    const std::size_t n = shared.networks.size(), d = task.space->feature_count(), devices = task.others.size();
    const std::vector<float> x = features_of(*task.space, shared.networks);
    std::vector<float> rows;
    std::vector<double> targets;
    for (std::size_t j = 0; j < devices; ++j)
      for (std::size_t i = 0; i < n; ++i) {
        SideBySide::append(rows, std::span(x).subspan(i * d, d), all[j]);
        targets.push_back((shared.values[j][i] - all[j].mean) / all[j].deviation);
      }
    const auto made = make_();
    if (auto learnt = made->fit(rows, targets, std::move(stream)); !learnt) return learnt.failure();
    std::string summary = fmt::format("hardware_features, {} devices x {} networks, {} reference networks, {}", devices, n,
                                      shared.references.size(), made->summary());
    return std::shared_ptr<const Predictor>(std::make_shared<SideBySide>(made, all.back(), std::move(summary)));
  }

  /// By the path that the script has written; "" = none.
  static Result<Descriptions> read_descriptions(const std::string& path, Services& services) {
    Descriptions described;
    if (path.empty()) return described;
    auto bytes = services.read_file(path);
    if (!bytes) return bytes.failure();
    const auto table = Csv::parse(path, std::move(*bytes));
    if (!table) return table.failure();
    const auto names = table->column("device");
    if (!names) return names.failure();
    for (std::size_t row = 0; row < table->rows(); ++row) {
      std::vector<double>& values = described[std::string(table->at(row, *names))];
      values.clear();
      for (std::size_t c = 0; c < table->columns().size(); ++c) {
        if (c == *names) continue;
        const auto number = table->number(row, c);
        if (!number) return number.failure();
        values.push_back(*number);
      }
    }
    return described;
  }

  HardwareArgs args_;
  MakePredictor make_;
  Services& services_;
};

}  // namespace

Component hardware_features_transfer(const std::vector<Component>& kinds) {
  Component component =
      Declare<HardwareArgs>(ComponentKind::transfer, "hardware_features",
                            "One predictor over many devices, told what a new one is like by a few reference networks.")
          .arg("profiles", &HardwareArgs::profiles, "profiles of the devices that it learns from, of the same networks")
          .refers_to("Profile")
          .required()
          .arg("form", &HardwareArgs::form,
               "product: ridge regression on every product of a network's and a device's features; concatenated: a predictor "
               "of both side by side")
          .arg("predictor", &HardwareArgs::predictor, "of the concatenated form, with its default arguments")
          .arg("description", &HardwareArgs::description,
               "a CSV with a column device and columns of numbers, which go to the device's features; \"\" = none")
          .details(
              "The features of a device are what the networks of the probe take on it, in deviations from their mean: reference "
              "networks, which every profile has to hold (`{ like = PROFILE }` measures the same ones). Mean and deviation are "
              "put back in the end. The penalty of the product form is the best one for each device as predicted by the others; "
              "two small decompositions give all of them. The result is a sum over the genes, as fast as any linear predictor.")
          .paper("device features: Lee, Lee, Chong and Hwang, HELP, NeurIPS 2021, section 3.2")
          .example("transfer fit = hardware_features(base) from probe on phone")
          .builds([kinds](const HardwareArgs& args, Services& services) -> Result<std::shared_ptr<void>> {
            auto make = [kinds, name = args.predictor, &services] { return *make_named(kinds, name, services); };
            return as_transfer(std::make_shared<OverDevices>(args, std::move(make), services));
          });
  takes_names(component, "predictor", kinds);
  return component;
}

}  // namespace nas
