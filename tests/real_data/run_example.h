#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../docs/pages.h"
#include "../space/csv_rows.h"
#include "core/files.h"
#include "core/pareto.h"
#include "core/services.h"
#include "embed/interpreter.h"

namespace nas::testing {

/// Files by their path, and nothing else.
class FilesByPath : public Services {
 public:
  Result<std::string> read_file(const std::string& path) override { return read_whole_file(path); }
  Result<std::string> input_path(const std::string& path) override { return path; }
  Result<NetworkRunner*> runner() override { return Failure{"E804", "not here", ""}; }
  int threads() const override { return 1; }
};

/// One run of a script of examples/real_data on the real tables, in a folder of its own.
struct ExampleRun {
  Status status = Status::bad_usage;
  std::string text;     ///< what went wrong
  std::string printed;  ///< what `show` printed
  std::map<std::string, Front> fronts;
  std::map<std::string, nlohmann::json> results;  ///< of every search, by its name

  /// A column of a front in the units of its table; `name` may be followed by `@` and a device.
  const std::vector<double>& numbers(const std::string& search, const std::string& name) const {
    for (const FrontColumn& column : fronts.at(search).columns)
      if (column.name == name || column.name.rfind(name + "@", 0) == 0) return column.numbers;
    throw std::out_of_range(search + " has no " + name);
  }
};

inline ExampleRun run_example(const std::string& script, std::vector<std::pair<std::string, std::string>> params,
                              const std::filesystem::path& folder, std::optional<std::uint64_t> seed = std::nullopt) {
  Options options;
  options.stdlib_folders = {(source_folder() / "stdlib").string()};
  options.module_folders = {std::string(NAS_BINARY_DIR) + "/lib/nas"};
  options.store_folder = (folder / "store").string();
  options.output_folder = folder.string();
  options.params = std::move(params);
  options.seed = seed;
  ExampleRun run;
  Callbacks callbacks;
  callbacks.print = [&](const std::string& text) { run.printed += text + "\n"; };
  Interpreter interpreter(options, callbacks);
  if (!interpreter.load_file((source_folder() / "examples" / script).string())) return run;
  run.status = interpreter.run();
  run.text = interpreter.render_diagnostics(false) + interpreter.failure_text();
  for (const std::string& name : interpreter.result_names()) {
    run.results[name] = interpreter.result_json(name);
    if (auto front = interpreter.front(name)) run.fronts[name] = std::move(*front);
  }
  return run;
}

/// Points of a trade of accuracy (percent, maximised) against latency (ms).
using Trade = std::vector<std::pair<double, double>>;

/// By the definition of the published tables: in order of latency, every strict gain of accuracy.
inline Trade front_of(Trade points) {
  std::sort(points.begin(), points.end(),
            [](const auto& a, const auto& b) { return std::pair(a.second, -a.first) < std::pair(b.second, -b.first); });
  Trade front;
  for (const auto& point : points)
    if (front.empty() || point.first > front.back().first) front.push_back(point);
  return front;
}

/// Percent times ms between the points and (0 %, `slowest`), by summing strips.
inline double volume_of(const Trade& points, double slowest) {
  const Trade front = front_of(points);
  double volume = 0;
  for (std::size_t i = 0; i < front.size(); ++i)
    volume += front[i].first * ((i + 1 < front.size() ? front[i + 1].second : slowest) - front[i].second);
  return volume;
}

inline Trade trade_of(const ExampleRun& run, const std::string& search) {
  const auto &accuracy = run.numbers(search, "accuracy"), &ms = run.numbers(search, "latency");
  Trade points;
  for (std::size_t i = 0; i < accuracy.size(); ++i) points.emplace_back(accuracy[i], ms[i]);
  return points;
}

}  // namespace nas::testing
