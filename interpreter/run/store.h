#pragma once

#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/metric.h"
#include "core/result.h"

struct sqlite3;

namespace nas {

/// The run store: SQLite in WAL mode below a folder, with artifacts beside it. Every measurement is committed as it is made,
/// so a process may die at any moment. What a stage made is kept as CBOR (RFC 8949). Functions may be called from several
/// threads.
class Store {
 public:
  static constexpr int kSchemaVersion = 3;

  /// E820 unreadable or not a store, E821 of a newer version, E803 read-only, E806 full disk.
  static Result<std::unique_ptr<Store>> open(const std::string& folder);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  const std::string& folder() const { return folder_; }
  /// Folder for the artifacts of one stage key, made on demand.
  Result<std::string> artifact_folder(const std::string& key);

  Result<std::string> begin_run(const std::string& script_name, const std::string& script, const nlohmann::json& facts);
  Result<void> end_run(const std::string& run, const std::string& status, const nlohmann::json& facts);

  struct StageRecord {
    std::string name, key, run;
    nlohmann::json fields, result;
    double seconds = 0;
  };
  std::optional<StageRecord> find_stage(const std::string& key);
  /// The newest record of a stage of that name in a script of that name, without its result: to say why it cannot be reused.
  std::optional<StageRecord> latest_stage(const std::string& script_name, const std::string& name);
  Result<void> save_stage(const std::string& script_name, const StageRecord& record);

  /// `made_by`: only what this run measured; empty = what any run measured.
  std::optional<Measurement> find_measurement(const std::string& source, const std::string& space, const std::string& genes,
                                              const std::string& made_by = {});
  Result<void> save_measurement(const std::string& run, const std::string& source, const std::string& space,
                                const std::string& genes, const std::string& spelled, const std::string& metric,
                                const Measurement& m);
  /// Why a network has no value of a source; nothing where it was never asked for, or has one.
  std::optional<std::string> find_unmeasured(const std::string& source, const std::string& space, const std::string& genes,
                                             const std::string& made_by = "");
  Result<void> save_unmeasured(const std::string& run, const std::string& source, const std::string& space,
                               const std::string& genes, const std::string& reason);
  std::int64_t measurement_count(const std::string& source, const std::string& space);

  /// Seconds that a running search had taken when it had made so many evaluations: what a run that continues it counts from.
  Result<void> save_elapsed(const std::string& stage_key, std::int64_t evaluations, double seconds);
  std::vector<std::pair<std::int64_t, double>> elapsed(const std::string& stage_key);  ///< ascending
  Result<void> forget_elapsed(const std::string& stage_key);

  nlohmann::json runs();
  std::optional<nlohmann::json> run_record(const std::string& run);

 private:
  Store(std::string folder, sqlite3* database) : folder_(std::move(folder)), database_(database) {}
  Failure failure(const std::string& doing);
  template <typename... Args>
  Result<void> execute(const char* sql, const Args&... args);

  std::string folder_;
  sqlite3* database_;
  std::recursive_mutex mutex_;
};

}  // namespace nas
