#include "stdlib/devices/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "core/files.h"
#include "core/network_source.h"
#include "core/partial_source.h"
#include "core/permissions.h"
#include "core/rng.h"
#include "core/services.h"
#include "stdlib/devices/asked_program.h"
#include "stdlib/devices/network_json.h"

namespace nas {
namespace {

constexpr std::uintmax_t kLargestScript = 1 << 20;

/// What a program or another machine is asked about one network.
nlohmann::json request_for(const std::string& metric, const Space& space, const Arch& arch) {
  const Network network = space.network(arch);
  nlohmann::json genes = nlohmann::json::object();
  for (const auto& [gene, option] : space.gene_values(arch)) genes[gene] = option;
  return {{"metric", metric},       {"space", space.name()},      {"architecture", space.spell(arch)}, {"genes", genes},
          {"macs", network.macs()}, {"params", network.params()}, {"layers", layers_json(network)}};
}

class AskedSource : public PartialSource, public NetworkSource {
 public:
  AskedSource(std::string metric, std::string key, std::string patience, std::string provenance, bool reference,
              std::shared_ptr<AskedProgram> program)
      : metric_(std::move(metric)),
        key_(std::move(key)),
        patience_(std::move(patience)),
        provenance_(std::move(provenance)),
        reference_(reference),
        program_(std::move(program)) {}
  std::string key() const override { return key_; }
  std::string patience() const override { return patience_; }
  std::string provenance() const override { return provenance_; }
  Cost cost() const override { return Cost::measured; }
  std::vector<std::string> remarks() const override { return program_->remarks(); }
  Result<void> measure_each(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                            const std::function<void(std::size_t, const Result<Measurement>&)>& done) const override {
    return ask(
        archs.size(), [&](std::size_t i) { return request_for(metric_, space, archs[i]); }, space.network(space.smallest()),
        context, done);
  }
  Result<void> measure_networks(std::span<const Network> networks, const Network& reference, const MeasureContext& context,
                                const std::function<void(std::size_t, const Result<Measurement>&)>& done) const override {
    return ask(
        networks.size(),
        [&](std::size_t i) {
          return nlohmann::json{{"metric", metric_},
                                {"macs", networks[i].macs()},
                                {"params", networks[i].params()},
                                {"layers", layers_json(networks[i])}};
        },
        reference, context, done);
  }

 private:
  Result<void> ask(std::size_t networks, const std::function<nlohmann::json(std::size_t)>& request, const Network& reference,
                   const MeasureContext& context,
                   const std::function<void(std::size_t, const Result<Measurement>&)>& done) const {
    nlohmann::json on_start;
    if (reference_) on_start["reference"] = layers_json(reference);
    for (std::size_t i = 0; i < networks; ++i) {
      if (context.cancelled()) {
        program_->stop();
        return Failure{"cancelled", "interrupted", "run again to continue"};
      }
      auto value = program_->ask(request(i), on_start, context.cancelled);
      if (!value && !value.failure().code.empty()) return value.failure();
      done(i, value);
    }
    return {};
  }

  std::string metric_, key_, patience_, provenance_;
  bool reference_;
  std::shared_ptr<AskedProgram> program_;
};

/// A device behind another program.
class AskedDevice : public Device {
 public:
  AskedDevice(nlohmann::json identity, std::string provenance, std::vector<std::string> metrics, bool reference,
              AskedProgram::Options options)
      : identity_(std::move(identity)),
        patience_(fmt::format("{} s, {} retries", options.time_out, options.retries)),
        provenance_(std::move(provenance)),
        metrics_(std::move(metrics)),
        reference_(reference),
        program_(std::make_shared<AskedProgram>(std::move(options))) {}
  nlohmann::json identity() const override {
    nlohmann::json identity = identity_;
    identity["patience"] = patience_;
    return identity;
  }
  Result<std::shared_ptr<const MetricSource>> source(const MetricKind& metric) const override {
    if (std::find(metrics_.begin(), metrics_.end(), metric.name) == metrics_.end())
      return Failure{"E703", fmt::format("another program cannot give {}", metric.name), ""};
    return std::shared_ptr<const MetricSource>(std::make_shared<AskedSource>(std::string(metric.name),
                                                                             fmt::format("{} {}", metric.name, identity_.dump()),
                                                                             patience_, provenance_, reference_, program_));
  }

 private:
  nlohmann::json identity_;
  std::string patience_, provenance_;
  std::vector<std::string> metrics_;
  bool reference_;
  std::shared_ptr<AskedProgram> program_;
};

Result<void> allowed(const std::string& shown, Services& services) {
  const auto* permissions = dynamic_cast<const Permissions*>(&services);
  if (permissions && permissions->may_start_programs()) return {};
  return Failure{"E842", fmt::format("this script would start a program: {}", shown),
                 "if that is what you want, allow it: nas run --allow-run"};
}

/// `started` is what a script must be allowed to start.
Result<std::shared_ptr<void>> device_of(nlohmann::json identity, std::string provenance, std::vector<std::string> metrics,
                                        bool reference, const std::string& started, AskedProgram::Options options,
                                        Services& services) {
  if (auto may = allowed(started, services); !may) return may.failure();
  auto folder = services.input_path(".");
  if (!folder) return folder.failure();
  options.folder = *folder;
  if (!program_present(options.words.front(), options.folder))
    return Failure{"E819", fmt::format("there is no program {}", options.words.front()),
                   "a name is looked for in PATH; a path is relative to the script"};
  return std::shared_ptr<void>(std::static_pointer_cast<Device>(std::make_shared<AskedDevice>(
      std::move(identity), std::move(provenance), std::move(metrics), reference, std::move(options))));
}

Result<std::shared_ptr<void>> command_of(const CommandArgs& args, Services& services) {
  AskedProgram::Options options;
  options.shown = shortened(args.command);
  options.unit = args.unit;
  options.time_out = args.time_out;
  options.retries = args.retries;
  options.failures = args.failures;
  nlohmann::json identity = {{"command", args.command}, {"unit", args.unit}};
  if (args.shell) {
    identity["shell"] = true;
    options.words = {"/bin/sh", "-c", args.command};
  } else {
    auto words = words_of(args.command);
    if (!words) return words.failure();
    options.words = std::move(*words);
    // A changed script gives other values.
    for (const std::string& word : options.words) {
      const auto path = services.input_path(word);
      std::error_code error;
      if (!path || !std::filesystem::is_regular_file(*path, error) || std::filesystem::file_size(*path, error) > kLargestScript)
        continue;
      if (auto bytes = read_whole_file(*path)) identity["files"][word] = digest_of(*bytes);
    }
  }
  return device_of(std::move(identity), "measured by " + shortened(args.command), {"latency", "energy", "memory"}, false,
                   shortened(args.command), std::move(options), services);
}

Result<std::shared_ptr<void>> remote_of(const RemoteArgs& args, Services& services) {
  AskedProgram::Options options;
  options.shown = args.host;
  options.time_out = args.time_out;
  options.retries = args.retries;
  options.failures = args.failures;
  auto words = words_of(args.via);
  if (!words) return words.failure();
  options.words = std::move(*words);
  for (const std::string& word : {args.host, args.program, std::string("serve"), std::string("--threads"),
                                  fmt::format("{}", args.threads), std::string("--batch"), fmt::format("{}", args.batch)})
    options.words.push_back(word);
  if (args.host.empty() || args.host.front() == '-')
    return Failure{"E844", fmt::format("\"{}\" is no name of a host", shortened(args.host)), "e.g. remote(\"board.local\")"};
  return device_of(
      {{"host", args.host}, {"via", args.via}, {"threads", args.threads}, {"batch", args.batch}},
      fmt::format("measured on {} thread{} of {}, batch {}", args.threads, args.threads == 1 ? "" : "s", args.host, args.batch),
      {"latency", "throughput", "energy", "memory"}, true, fmt::format("{} {}", args.via, args.host), std::move(options),
      services);
}

}  // namespace

Component command_device() {
  return Declare<CommandArgs>(ComponentKind::device, "command",
                              "A device behind a program of your own, which measures one network after the other.")
      .arg("command", &CommandArgs::command, "the program and its arguments; it starts in the script's folder")
      .required()
      .arg("unit", &CommandArgs::unit, "one unit of its values, e.g. 1ms")
      .unit("any")
      .arg("time_out", &CommandArgs::time_out, "longest wait for one value, the start of the program included",
           between(0.01, 86400))
      .unit("time")
      .arg("retries", &CommandArgs::retries, "how often a network without a value is asked for again, of a program started anew",
           between(0, 100))
      .arg("failures", &CommandArgs::failures, "networks in a row without a value that end the stage", between(1, 1000000))
      .arg("shell", &CommandArgs::shell, "the command is for a shell: pipes, variables, wildcards")
      .details(
          "The program reads one line of JSON for each network (an id, the architecture, its layers) and answers each with one "
          "line: {\"id\": 1, \"value\": 12.5}, or {\"id\": 1, \"error\": \"why not\"}; docs/devices.md has an example. A program "
          "that ends, "
          "hangs or answers with something else is started again; a network that has no value in the end counts as one that "
          "meets no condition, and the reason is told. Values are measured ones. Scripts start programs only with "
          "nas run --allow-run. The content of files that the command names is part of the reuse key.")
      .gives({"latency", "energy", "memory"})
      .example("device board = command(\"python3 board.py --port 5\", unit = 1ms)")
      .builds(command_of);
}

Component remote_device() {
  return Declare<RemoteArgs>(ComponentKind::device, "remote",
                             "The processor of another machine, reached through ssh; networks are run and timed there.")
      .arg("host", &RemoteArgs::host, "its name, as ssh takes it: \"board.local\", \"me@10.0.0.7\"")
      .required()
      .arg("threads", &RemoteArgs::threads, "threads of one forward pass there", between(1, 1024))
      .arg("batch", &RemoteArgs::batch, "images per forward pass", between(1, 4096))
      .arg("program", &RemoteArgs::program, "this tool's name or path there")
      .arg("via", &RemoteArgs::via,
           "the command that starts a program on a host: it is followed by the host, the program and its arguments")
      .arg("time_out", &RemoteArgs::time_out, "longest wait for one value, the connection included", between(0.01, 86400))
      .unit("time")
      .arg("retries", &RemoteArgs::retries, "how often a network without a value is asked for again, over a connection made anew",
           between(0, 100))
      .arg("failures", &RemoteArgs::failures, "networks in a row without a value that end the stage", between(1, 1000000))
      .details(
          "The other machine needs this tool with its LibTorch module, and an ssh login without a password. It is asked in the "
          "language of `command` (docs/devices.md) and measures as its cpu(threads, batch) does. A connection that breaks is "
          "made "
          "again. Scripts start programs, ssh among them, only with nas run --allow-run.")
      .gives({"latency", "throughput", "energy", "memory"})
      .example("device board = remote(\"board.local\", threads = 4)")
      .builds(remote_of);
}

}  // namespace nas
