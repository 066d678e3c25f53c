#include "run/store.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <limits>

namespace nas {
namespace {

/// A prepared statement; values are bound from 1 and read from 0.
class Query {
 public:
  Query(sqlite3* database, const char* sql) { sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr); }
  ~Query() { sqlite3_finalize(statement_); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& bind(int i, const std::string& v) {
    sqlite3_bind_text(statement_, i, v.data(), static_cast<int>(v.size()), SQLITE_TRANSIENT);
    return *this;
  }
  Query& bind(int i, const char* v) { return bind(i, std::string(v)); }
  Query& bind(int i, const std::vector<std::uint8_t>& bytes) {
    sqlite3_bind_blob(statement_, i, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
    return *this;
  }
  Query& bind(int i, double v) {
    sqlite3_bind_double(statement_, i, v);
    return *this;
  }
  Query& bind(int i, std::int64_t v) {
    sqlite3_bind_int64(statement_, i, v);
    return *this;
  }
  Query& bind(int i, bool v) { return bind(i, static_cast<std::int64_t>(v)); }
  int step() { return statement_ ? sqlite3_step(statement_) : SQLITE_ERROR; }
  bool row() { return step() == SQLITE_ROW; }
  std::string text(int i) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, i));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, i))) : "";
  }
  /// SQLite keeps NaN as NULL, and would read NULL as 0.
  double number(int i) const {
    return sqlite3_column_type(statement_, i) == SQLITE_NULL ? std::numeric_limits<double>::quiet_NaN()
                                                             : sqlite3_column_double(statement_, i);
  }
  std::int64_t integer(int i) const { return sqlite3_column_int64(statement_, i); }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

const char* const kSchema =
    "CREATE TABLE IF NOT EXISTS facts(name TEXT PRIMARY KEY, value TEXT);"
    "CREATE TABLE IF NOT EXISTS runs(id TEXT PRIMARY KEY, script_name TEXT, script TEXT, facts TEXT, started TEXT, ended TEXT, "
    "status TEXT);"
    "CREATE TABLE IF NOT EXISTS stages(key TEXT PRIMARY KEY, script_name TEXT, name TEXT, run TEXT, fields TEXT, result BLOB, "
    "seconds REAL, made INTEGER);"
    "CREATE INDEX IF NOT EXISTS stages_by_name ON stages(script_name, name, made);"
    "CREATE TABLE IF NOT EXISTS measurements(source TEXT, space TEXT, genes TEXT, spelled TEXT, metric TEXT, value REAL, spread "
    "REAL, count INTEGER,"
    " capped INTEGER, disturbed INTEGER, seconds REAL, run TEXT, made TEXT, PRIMARY KEY(source, space, genes)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS unmeasured(source TEXT, space TEXT, genes TEXT, reason TEXT, run TEXT, PRIMARY KEY(source, "
    "space, "
    "genes)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS elapsed(stage TEXT, evaluations INTEGER, seconds REAL, PRIMARY KEY(stage, evaluations)) "
    "WITHOUT ROWID;";

/// The change to WAL does not wait by itself when another run opens the same new store: waits up to ten seconds here.
bool executed_patiently(sqlite3* database, const char* sql) {
  for (int tries = 0; tries < 1000; ++tries) {
    const int code = sqlite3_exec(database, sql, nullptr, nullptr, nullptr) & 0xff;
    if (code != SQLITE_BUSY && code != SQLITE_LOCKED) return code == SQLITE_OK;
    sqlite3_sleep(10);
  }
  return false;
}

std::string now_text() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

nlohmann::json parsed(const std::string& text) {
  return nlohmann::json::parse(text, nullptr, false);
}

/// Why the operating system refused the last operation on the database or its log; 0 = it did not. (The connection's own
/// sqlite3_system_errno is overwritten by the rollback.)
int last_errno(sqlite3* database) {
  int reason = 0;
  sqlite3_file_control(database, "main", SQLITE_FCNTL_LAST_ERRNO, &reason);
  sqlite3_file* log = nullptr;
  if (reason == 0 && sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log &&
      log->pMethods)
    log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &reason);
  return reason;
}

/// A stage's record; nothing when what it is made of is damaged.
std::optional<Store::StageRecord> record_of(const Query& query) {
  Store::StageRecord record{
      query.text(0),  query.text(1), query.text(2), parsed(query.text(3)), nlohmann::json::from_cbor(query.text(4), true, false),
      query.number(5)};
  if (!record.fields.is_object() || !record.result.is_object()) return std::nullopt;
  return record;
}

std::string dumped(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Brings the stages of an older store into today's form: search results are found anew from the measurements, everything else
/// was JSON as text.
bool renewed(sqlite3* database) {
  if (!executed_patiently(database, "BEGIN IMMEDIATE") ||
      !executed_patiently(database, "DELETE FROM stages WHERE result LIKE '%\"kind\":\"search\"%'"))
    return false;
  std::vector<std::pair<std::string, std::string>> texts;
  for (Query old(database, "SELECT key, result FROM stages WHERE typeof(result) = 'text'"); old.row();)
    texts.emplace_back(old.text(0), old.text(1));
  for (const auto& [key, text] : texts) {
    Query update(database, "UPDATE stages SET result = ? WHERE key = ?");
    if (update.bind(1, nlohmann::json::to_cbor(parsed(text))).bind(2, key).step() != SQLITE_DONE) return false;
  }
  return executed_patiently(database, "COMMIT");
}

}  // namespace

Failure Store::failure(const std::string& doing) {
  const int code = sqlite3_errcode(database_) & 0xff;
  const std::string file = folder_ + "/store.sqlite";
  const int reason = last_errno(database_);
  const bool no_room = code == SQLITE_FULL || (code == SQLITE_IOERR && (reason == ENOSPC || reason == EFBIG || reason == EDQUOT));
  if (no_room)
    return {"E806", fmt::format("no room on the disk for the run store {}", file),
            "free some space and run again: nothing is lost"};
  if (code == SQLITE_IOERR)
    return {
        "E820",
        fmt::format("{} the run store {} failed: {}", doing, file, reason ? std::strerror(reason) : sqlite3_errmsg(database_)),
        "look at the disk and run again: what was written is not lost"};
  if (code == SQLITE_READONLY || code == SQLITE_PERM || code == SQLITE_CANTOPEN)
    return {"E803", fmt::format("the run store {} cannot be written", file), "choose another folder with --store"};
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
    return {"E822", fmt::format("another run has been writing to {} for a minute", file),
            "wait for it, or choose another folder with --store"};
  return {"E820", fmt::format("{} failed on the run store {}: {}", doing, file, sqlite3_errmsg(database_)),
          "move the folder away to begin a new store"};
}

Result<std::unique_ptr<Store>> Store::open(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return Failure{"E803", fmt::format("the folder {} for the run store cannot be made", folder), error.message()};
  sqlite3* database = nullptr;
  const std::string file = folder + "/store.sqlite";
  const int opened =
      sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr);
  std::unique_ptr<Store> store(new Store(folder, database));
  if (opened != SQLITE_OK) return store->failure("opening");
  sqlite3_busy_timeout(database, 60000);
  std::int64_t version = -1;
  {
    Query known(database, "SELECT name FROM sqlite_master WHERE name = 'facts'");
    const int step = known.step();
    const int code = sqlite3_errcode(database) & 0xff;  // a foreign file already fails while the query is prepared
    if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
      return Failure{"E820", fmt::format("{} is not a run store, or it is damaged", file),
                     "move the folder away to begin a new store"};
    if (step == SQLITE_ROW) {
      Query stored(database, "SELECT value FROM facts WHERE name = 'schema'");
      if (stored.row()) version = std::atoll(stored.text(0).c_str());
    } else if (step != SQLITE_DONE) {
      return store->failure("reading");
    }
  }
  if (version > kSchemaVersion)
    return Failure{
        "E821",
        fmt::format("the run store {} is of version {}, this program knows versions up to {}", file, version, kSchemaVersion),
        "use the newer program, or choose another folder with --store"};
  // A process that ends leaves its log to the next one: to empty it would wait for the disk four times, and a log of 256 pages
  // is read in less than a millisecond. What is in the log is as safe from a kill as the rest.
  sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_wal_autocheckpoint(database, 256);
  if (!executed_patiently(database, "PRAGMA synchronous=NORMAL")) return store->failure("preparing");
  if (version == kSchemaVersion) return store;
  for (const char* sql : {"PRAGMA journal_mode=WAL", kSchema})
    if (!executed_patiently(database, sql)) return store->failure("preparing");
  if (version >= 0 && !renewed(database)) return store->failure("preparing");
  Query insert(database, "INSERT OR REPLACE INTO facts VALUES('schema', ?)");
  if (insert.bind(1, fmt::format("{}", kSchemaVersion)).step() != SQLITE_DONE) return store->failure("preparing");
  return store;
}

Store::~Store() {
  sqlite3_close_v2(database_);
}

Result<std::string> Store::artifact_folder(const std::string& key) {
  const std::string path = folder_ + "/artifacts/" + key;
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return Failure{"E803", fmt::format("the folder {} cannot be made", path), error.message()};
  return path;
}

template <typename... Args>
Result<void> Store::execute(const char* sql, const Args&... args) {
  const std::lock_guard lock(mutex_);
  Query query(database_, sql);
  int i = 0;
  (query.bind(++i, args), ...);
  if (query.step() != SQLITE_DONE) return failure("writing");
  return {};
}

Result<std::string> Store::begin_run(const std::string& script_name, const std::string& script, const nlohmann::json& facts) {
  const std::lock_guard lock(mutex_);
  std::int64_t next = 1;
  {
    // Ended before the insert: a read that turns into a write while another process writes fails without waiting.
    Query last(database_, "SELECT count(*) FROM runs");
    if (last.row()) next = last.integer(0) + 1;
  }
  for (int tries = 0; tries < 1000; ++tries, ++next) {
    const std::string id = fmt::format("r{}", next);
    Query insert(database_, "INSERT OR IGNORE INTO runs VALUES(?, ?, ?, ?, ?, '', 'running')");
    if (insert.bind(1, id).bind(2, script_name).bind(3, script).bind(4, dumped(facts)).bind(5, now_text()).step() != SQLITE_DONE)
      return failure("writing");
    if (sqlite3_changes(database_) == 1) return id;
  }
  return failure("writing");
}

Result<void> Store::end_run(const std::string& run, const std::string& status, const nlohmann::json& facts) {
  return execute("UPDATE runs SET ended = ?, status = ?, facts = ? WHERE id = ?", now_text(), status, dumped(facts), run);
}

std::optional<Store::StageRecord> Store::find_stage(const std::string& key) {
  const std::lock_guard lock(mutex_);
  Query query(database_, "SELECT name, key, run, fields, result, seconds FROM stages WHERE key = ?");
  query.bind(1, key);
  if (!query.row()) return std::nullopt;
  return record_of(query);
}

std::optional<Store::StageRecord> Store::latest_stage(const std::string& script_name, const std::string& name) {
  const std::lock_guard lock(mutex_);
  Query query(database_,
              "SELECT name, key, run, fields, x'a0', seconds FROM stages WHERE script_name = ? AND name = ? ORDER BY made DESC, "
              "rowid DESC LIMIT 1");
  query.bind(1, script_name).bind(2, name);
  if (!query.row()) return std::nullopt;
  return record_of(query);
}

Result<void> Store::save_stage(const std::string& script_name, const StageRecord& r) {
  return execute("INSERT OR REPLACE INTO stages VALUES(?, ?, ?, ?, ?, ?, ?, strftime('%s','now'))", r.key, script_name, r.name,
                 r.run, dumped(r.fields), nlohmann::json::to_cbor(r.result), r.seconds);
}

std::optional<Measurement> Store::find_measurement(const std::string& source, const std::string& space, const std::string& genes,
                                                   const std::string& made_by) {
  const std::lock_guard lock(mutex_);
  Query query(database_,
              "SELECT value, spread, count, capped, disturbed, seconds, run FROM measurements WHERE source = ? AND space = ? AND "
              "genes = ?");
  query.bind(1, source).bind(2, space).bind(3, genes);
  if (!query.row() || (!made_by.empty() && query.text(6) != made_by)) return std::nullopt;
  return Measurement{query.number(0),       query.number(1),       query.integer(2),
                     query.integer(3) != 0, query.integer(4) != 0, query.number(5)};
}

Result<void> Store::save_measurement(const std::string& run, const std::string& source, const std::string& space,
                                     const std::string& genes, const std::string& spelled, const std::string& metric,
                                     const Measurement& m) {
  return execute("INSERT OR REPLACE INTO measurements VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", source, space, genes,
                 spelled, metric, m.value, m.spread, m.count, m.capped, m.disturbed, m.seconds, run, now_text());
}

std::optional<std::string> Store::find_unmeasured(const std::string& source, const std::string& space, const std::string& genes,
                                                  const std::string& made_by) {
  const std::lock_guard lock(mutex_);
  Query query(database_, "SELECT reason, run FROM unmeasured WHERE source = ? AND space = ? AND genes = ?");
  query.bind(1, source).bind(2, space).bind(3, genes);
  if (!query.row() || (!made_by.empty() && query.text(1) != made_by)) return std::nullopt;
  return query.text(0);
}

Result<void> Store::save_unmeasured(const std::string& run, const std::string& source, const std::string& space,
                                    const std::string& genes, const std::string& reason) {
  return execute("INSERT OR REPLACE INTO unmeasured VALUES(?, ?, ?, ?, ?)", source, space, genes, reason, run);
}

std::int64_t Store::measurement_count(const std::string& source, const std::string& space) {
  const std::lock_guard lock(mutex_);
  Query query(database_, "SELECT count(*) FROM measurements WHERE source = ? AND space = ?");
  query.bind(1, source).bind(2, space);
  return query.row() ? query.integer(0) : 0;
}

Result<void> Store::save_elapsed(const std::string& stage_key, std::int64_t evaluations, double seconds) {
  return execute("INSERT OR REPLACE INTO elapsed VALUES(?, ?, ?)", stage_key, evaluations, seconds);
}

std::vector<std::pair<std::int64_t, double>> Store::elapsed(const std::string& stage_key) {
  const std::lock_guard lock(mutex_);
  Query query(database_, "SELECT evaluations, seconds FROM elapsed WHERE stage = ? ORDER BY evaluations");
  query.bind(1, stage_key);
  std::vector<std::pair<std::int64_t, double>> marks;
  while (query.row()) marks.emplace_back(query.integer(0), query.number(1));
  return marks;
}

Result<void> Store::forget_elapsed(const std::string& stage_key) {
  return execute("DELETE FROM elapsed WHERE stage = ?", stage_key);
}

nlohmann::json Store::runs() {
  const std::lock_guard lock(mutex_);
  auto list = nlohmann::json::array();
  Query query(database_, "SELECT id, script_name, started, ended, status FROM runs ORDER BY rowid");
  while (query.row())
    list.push_back({{"run", query.text(0)},
                    {"script", query.text(1)},
                    {"started", query.text(2)},
                    {"ended", query.text(3)},
                    {"status", query.text(4)}});
  return list;
}

std::optional<nlohmann::json> Store::run_record(const std::string& run) {
  const std::lock_guard lock(mutex_);
  Query query(database_, "SELECT id, script_name, script, facts, started, ended, status FROM runs WHERE id = ?");
  query.bind(1, run);
  if (!query.row()) return std::nullopt;
  nlohmann::json record = {{"run", query.text(0)},           {"script", query.text(1)},  {"text", query.text(2)},
                           {"facts", parsed(query.text(3))}, {"started", query.text(4)}, {"ended", query.text(5)},
                           {"status", query.text(6)}};
  Query measured(database_, "SELECT metric, count(*), sum(seconds) FROM measurements WHERE run = ? GROUP BY metric");
  measured.bind(1, run);
  record["measurements"] = nlohmann::json::array();
  while (measured.row())
    record["measurements"].push_back(
        {{"metric", measured.text(0)}, {"count", measured.integer(1)}, {"seconds", measured.number(2)}});
  return record;
}

}  // namespace nas
