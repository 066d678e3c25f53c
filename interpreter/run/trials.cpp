#include "run/trials.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "backends/eigen/folds.h"
#include "core/parallel.h"
#include "core/statistics.h"
#include "run/reuse.h"

namespace nas {
namespace {

constexpr std::size_t kLeastHeld = 3;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double number_in(const nlohmann::json& record, const char* name) {
  return record.contains(name) && record[name].is_number() ? record[name].get<double>() : kNaN;
}

}  // namespace

std::size_t TrialRunner::held_rows(std::size_t n, const TrialRules& rules) {
  const auto share = static_cast<std::size_t>(std::ceil(rules.held_out * static_cast<double>(n)));
  const std::size_t held = std::max(kLeastHeld, share);
  return n >= held + 2 * static_cast<std::size_t>(rules.folds) ? held : 0;
}

std::size_t TrialRunner::least_rows(const TrialRules& rules) {
  std::size_t n = 1;
  while (held_rows(n, rules) == 0) ++n;
  return n;
}

TrialRunner::TrialRunner(Store& store, const CheckedTuning& tuning, const CheckedCall& predictor, const Space& space,
                         DeviceRows rows, const TrialRules& rules, Make make, Options options)
    : store_(store),
      tuning_(tuning),
      predictor_(predictor),
      rows_(std::move(rows)),
      rules_(rules),
      make_(std::move(make)),
      options_(std::move(options)),
      features_(features_of(space, rows_.networks)),
      columns_(space.feature_count()) {
  std::string bytes = space.key();
  for (const Encoding& encoding : space.encodings())
    bytes += " " + space.encoding_key(static_cast<std::size_t>(&encoding - space.encodings().data()));
  for (std::size_t i = 0; i < rows_.networks.size(); ++i)
    bytes += fmt::format("\n{} {:a}", genes_text(rows_.networks[i]), rows_.values[i]);
  data_ = digest_of(bytes);
  Stream shuffle = options_.stream.split("rows");
  auto order = shuffled_rows(rows_.networks.size(), shuffle);
  const auto held = static_cast<std::ptrdiff_t>(held_rows(order.size(), rules_));
  held_.assign(order.begin(), order.begin() + held);
  chosen_.assign(order.begin() + held, order.end());
}

nlohmann::json TrialRunner::arguments_of(const Trial& trial) const {
  nlohmann::json arguments = tuning_.arguments(predictor_, trial.configuration);
  if (trial.budget > 0 && predictor_.component->find_arg("epochs")) arguments["epochs"] = trial.budget;
  return arguments;
}

void TrialRunner::gather(std::span<const std::size_t> rows, std::vector<float>& x, std::vector<double>& y) const {
  x.clear();
  y.clear();
  for (const std::size_t row : rows) {
    const auto begin = features_.begin() + static_cast<std::ptrdiff_t>(row * columns_);
    x.insert(x.end(), begin, begin + static_cast<std::ptrdiff_t>(columns_));
    y.push_back(rows_.values[row]);
  }
}

nlohmann::json TrialRunner::judge(const nlohmann::json& arguments, std::size_t rows) const {
  std::vector<double> said, measured, y;
  std::vector<float> x;
  for (int fold = 0; fold < rules_.folds; ++fold) {
    if (options_.cancelled()) return nullptr;
    auto [learnt, unseen] = fold_of(chosen_, fold, rules_.folds);
    if (rows > 0 && learnt.size() > rows) learnt.resize(rows);
    gather(learnt, x, y);
    const auto predictor = make_(arguments);
    // Every configuration draws the same numbers: they differ by what they are, not by their luck.
    const Stream own = options_.stream.split("fold").split(static_cast<std::uint64_t>(fold));
    if (const auto fitted = predictor->fit(x, y, own); !fitted) return {{"failure", fitted.failure().message}};
    gather(unseen, x, y);
    std::vector<double> out(unseen.size());
    predictor->predict(x, out.size(), out);
    said.insert(said.end(), out.begin(), out.end());
    measured.insert(measured.end(), y.begin(), y.end());
  }
  return {{"rmse", rmse(said, measured)}, {"share", rmse_over_mean(said, measured)}, {"kendall", kendall_tau(said, measured)}};
}

std::size_t TrialRunner::rows_of(const Trial& trial) const {
  return predictor_.component->find_arg("epochs") ? 0 : static_cast<std::size_t>(trial.budget);
}

nlohmann::json TrialRunner::fields_of(const Trial& trial) const {
  const Component& component = *predictor_.component;
  return {{"trial of", component.name},
          {"version", component.schema_version},
          {"arguments", arguments_of(trial)},
          {"rows", rows_of(trial)},
          {"folds", rules_.folds},
          {"held out", rules_.held_out},
          {"data", data_},
          {"made by", options_.made_by}};
}

bool TrialRunner::recall(Trial& trial) {
  const auto known = store_.find_stage(key_of(fields_of(trial)));
  if (!known || (options_.only_this_run && known->run != options_.run)) return false;
  take(known->result, trial);
  return true;
}

Result<void> TrialRunner::run_one(Trial& trial) {
  if (recall(trial)) return {};
  const nlohmann::json fields = fields_of(trial);
  const auto start = std::chrono::steady_clock::now();
  const nlohmann::json record = judge(arguments_of(trial), rows_of(trial));
  if (record.is_null()) return Failure{"cancelled", "interrupted", "run again to continue"};
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (auto saved = store_.save_stage(options_.script_name,
                                     {options_.stage + " trial", key_of(fields), options_.run, fields, record, seconds});
      !saved)
    return saved;
  take(record, trial);
  const std::scoped_lock lock(mutex_);
  options_.progress(done_);
  return {};
}

void TrialRunner::take(const nlohmann::json& record, Trial& trial) {
  trial.rmse_share = number_in(record, "share");
  trial.kendall = number_in(record, "kendall");
  const double score = rules_.criterion == TuneBy::rank ? -trial.kendall : number_in(record, "rmse");
  if (std::isfinite(score)) trial.score = score;
  const std::scoped_lock lock(mutex_);
  if (record.contains("failure")) reason_ = record["failure"].get<std::string>();
  ++done_;
}

Result<void> TrialRunner::run(std::span<Trial> trials) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stop{false};
  std::optional<Failure> failed;
  ThreadPool threads(std::min(static_cast<std::size_t>(std::max(1, options_.threads)), trials.size()));
  threads.in_parts(threads.size(), threads.size(), [&](std::size_t, std::size_t, std::size_t) {
    for (std::size_t i = next++; i < trials.size() && !stop; i = next++)
      if (auto done = run_one(trials[i]); !done) {
        stop = true;
        const std::scoped_lock lock(mutex_);
        failed = done.failure();
      }
  });
  if (failed) return *failed;
  return {};
}

Judged TrialRunner::judged(const nlohmann::json& arguments, const std::string& name, const Stream& stream) const {
  std::vector<float> x;
  std::vector<double> y;
  gather(chosen_, x, y);
  const auto predictor = make_(arguments);
  if (!predictor->fit(x, y, stream)) return {name, kNaN, kNaN};
  gather(held_, x, y);
  std::vector<double> said(held_.size());
  predictor->predict(x, said.size(), said);
  return {name, spearman(said, y), rmse_over_mean(said, y)};
}

std::string TrialRunner::reason() const {
  const std::scoped_lock lock(mutex_);
  return reason_;
}

}  // namespace nas
