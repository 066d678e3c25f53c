#include "embed/serve.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>

#include "core/network_source.h"
#include "core/services.h"
#include "run/torch_module.h"
#include "stdlib/devices/network_json.h"
#include "stdlib/register.h"

namespace nas {
namespace {

/// Networks are measured, and nothing else is there.
class MeasuringOnly : public Services {
 public:
  explicit MeasuringOnly(const Options& options) : options_(options) {
    if (!options.open_runner) identity_ = torch_module_identity(options.module_folders);
  }
  Result<std::string> read_file(const std::string& path) override { return missing(path); }
  Result<std::string> input_path(const std::string& path) override { return missing(path); }
  Result<NetworkRunner*> runner() override {
    if (!runner_) {
      auto opened = options_.open_runner ? options_.open_runner() : open_torch_module(options_.module_folders);
      if (!opened) return opened.failure();
      runner_ = std::move(*opened);
    }
    return runner_.get();
  }
  nlohmann::json module_identity() const override { return identity_; }
  int threads() const override { return 1; }

 private:
  static Failure missing(const std::string& path) { return {"E801", fmt::format("{} is not read here", path), ""}; }

  const Options& options_;
  nlohmann::json identity_;
  std::unique_ptr<NetworkRunner> runner_;
};

/// The sources of one device by metric, and the network that stands beside every series.
class Server {
 public:
  Server(std::shared_ptr<Device> device) : device_(std::move(device)) {}

  /// A failure without a code is this network's own.
  Result<Measurement> answer(const nlohmann::json& request) {
    if (!request.is_object() || !request.contains("id"))
      return Failure{"", "this is no request: an object with an id is needed", ""};
    auto source = source_of(request.value("metric", nlohmann::json()));
    if (!source) return Failure{"", source.failure().message, ""};
    auto network = network_from(request.value("layers", nlohmann::json()));
    if (!network) return Failure{"", network.failure().message, ""};
    if (request.contains("reference")) {
      auto reference = network_from(request["reference"]);
      if (!reference) return Failure{"", "the reference: " + reference.failure().message, ""};
      reference_ = std::move(*reference);
    }
    std::optional<Result<Measurement>> value;
    auto measured = (*source)->measure_networks(std::span(&*network, 1), reference_ ? *reference_ : *network, {},
                                                [&](std::size_t, const Result<Measurement>& made) { value = made; });
    if (!measured) return measured.failure();
    return value ? *value : Result<Measurement>(Failure{"", "nothing was measured", ""});
  }

 private:
  Result<const NetworkSource*> source_of(const nlohmann::json& metric) {
    const MetricKind* kind = metric.is_string() ? find_metric(metric.get<std::string>()) : nullptr;
    if (!kind) return Failure{"E703", "there is no metric " + shown(metric), ""};
    auto& known = sources_[std::string(kind->name)];
    if (!known) {
      auto made = device_->source(*kind);
      if (!made) return made.failure();
      known = *made;
    }
    return dynamic_cast<const NetworkSource*>(known.get());
  }
  static std::string shown(const nlohmann::json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).substr(0, 40);
  }

  std::shared_ptr<Device> device_;
  std::map<std::string, std::shared_ptr<const MetricSource>> sources_;
  std::optional<Network> reference_;
};

}  // namespace

Result<void> serve(const Options& options, const ServeOptions& serving, std::istream& in, std::ostream& out) {
  MeasuringOnly services(options);
  auto device = cpu_device("/sys/class/powercap").build({{"threads", serving.threads}, {"batch", serving.batch}}, services);
  if (!device) return device.failure();
  if (auto runner = services.runner(); !runner) return runner.failure();
  Server server(std::static_pointer_cast<Device>(*device));
  for (std::string line; std::getline(in, line);) {
    const auto request = nlohmann::json::parse(line, nullptr, false);
    nlohmann::json answer = {{"id", request.is_object() ? request.value("id", nlohmann::json()) : nlohmann::json()}};
    const auto value = server.answer(request);
    if (value)
      answer.update({{"value", value->value},
                     {"spread", value->spread},
                     {"count", value->count},
                     {"capped", value->capped},
                     {"disturbed", value->disturbed}});
    else
      answer["error"] = value.failure().message;
    out << answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n' << std::flush;
    if (!out) break;  // nobody listens any more
  }
  return {};
}

}  // namespace nas
