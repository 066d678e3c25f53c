#include "stdlib/tactics/search_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_set>

#include "core/pareto.h"
#include "core/statistics.h"

namespace nas {
namespace {

constexpr std::size_t kRowsPerThread = 2048, kPredictedRowsPerThread = 128;

/// The rows whose target is a number; takes the other targets out.
std::vector<float> known_rows(const std::vector<float>& features, std::vector<double>& targets) {
  const std::size_t columns = features.size() / targets.size();
  std::vector<float> known;
  for (std::size_t i = 0; i < targets.size(); ++i)
    if (!std::isnan(targets[i]))
      known.insert(known.end(), features.begin() + static_cast<std::ptrdiff_t>(i * columns),
                   features.begin() + static_cast<std::ptrdiff_t>((i + 1) * columns));
  std::erase_if(targets, [](double value) { return std::isnan(value); });
  return known;
}

}  // namespace

BatchEvaluator::BatchEvaluator(const SearchTask& task, std::vector<std::shared_ptr<Predictor>> predictors)
    : task_(task),
      predictors_(std::move(predictors)),
      tables_(task.metrics.size()),
      linear_(task.metrics.size(), false),
      bounded_(task.metrics.size(), false),
      threads_(static_cast<std::size_t>(std::max(1, task.threads))),
      buffers_(threads_.size()) {
  predictors_.resize(task.metrics.size());
  for (const Constraint& constraint : task.constraints)
    for (const MetricExpr::Step& step : constraint.expression.steps)
      if (step.op == MetricExpr::Op::metric) bounded_[static_cast<std::size_t>(step.metric)] = true;
  first_column_.push_back(0);
  for (const Gene& gene : task.space->genes())
    first_column_.push_back(first_column_.back() + static_cast<std::uint32_t>(gene.options.size()));
  for (std::size_t j = 0; j < predictors_.size(); ++j)
    if (predictors_[j])
      if (auto form = predictors_[j]->linear_form()) {
        linear_[j] = true;
        tables_[j] = {form->intercept, std::move(form->weights)};
        tables_[j].values.push_back(0);
      }
  rows_per_thread_ = kRowsPerThread;
  for (std::size_t j = 0; j < predictors_.size(); ++j)
    if (const auto& batch = task.metrics[j].batch)
      rows_per_thread_ = std::min(rows_per_thread_, batch->rows_per_thread());
    else if (!linear_[j])
      rows_per_thread_ = std::min(rows_per_thread_, kPredictedRowsPerThread);
}

void BatchEvaluator::metrics(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) {
  metrics(genomes, n, out, std::vector<bool>(task_.metrics.size(), true));
}

void BatchEvaluator::metrics(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out,
                             const std::vector<bool>& wanted) {
  const std::size_t m = task_.metrics.size(), length = task_.space->gene_count();
  threads_.in_parts(n, n / rows_per_thread_, [&](std::size_t part, std::size_t begin, std::size_t end) {
    metrics(genomes.subspan(begin * length, (end - begin) * length), end - begin, out.subspan(begin * m, (end - begin) * m),
            wanted, buffers_[part]);
  });
}

void BatchEvaluator::metrics(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out,
                             const std::vector<bool>& wanted, Buffers& buffers) const {
  const std::size_t m = task_.metrics.size(), length = task_.space->gene_count();
  bool need_mask = false, need_features = false;
  for (std::size_t j = 0; j < m; ++j)
    if (wanted[j] && !task_.metrics[j].batch) (linear_[j] ? need_mask : need_features) = true;
  if (need_features) {
    buffers.features.resize(n * task_.space->feature_count());
    task_.space->features(genomes, n, buffers.features);
  }
  if (need_mask) {
    auto& [columns, column, features, mask] = buffers;
    mask.resize(length);
    columns.resize(length);
    for (std::size_t i = 0; i < n; ++i) {
      const auto genome = genomes.subspan(i * length, length);
      task_.space->active(genome, mask);
      // Inactive genes read the zero behind each table.
      const std::uint32_t zero = first_column_.back();
      for (std::size_t gene = 0; gene < length; ++gene) columns[gene] = mask[gene] ? first_column_[gene] + genome[gene] : zero;
      for (std::size_t j = 0; j < m; ++j) {
        if (!linear_[j] || !wanted[j]) continue;
        const double* table = tables_[j].values.data();
        // Four chains of additions in a fixed order: one alone would wait for each addition to finish.
        std::array<double, 4> sum{};
        std::size_t gene = 0;
        for (; gene + 4 <= length; gene += 4)
          for (std::size_t k = 0; k < 4; ++k) sum[k] += table[columns[gene + k]];
        for (; gene < length; ++gene) sum[0] += table[columns[gene]];
        out[i * m + j] = tables_[j].intercept + ((sum[0] + sum[1]) + (sum[2] + sum[3]));
      }
    }
  }
  buffers.column.resize(2 * n);
  const std::span<double> column = std::span(buffers.column).first(n), second = std::span(buffers.column).last(n);
  auto place = [&](std::span<const double> values, std::size_t j) {
    for (std::size_t i = 0; i < n; ++i) out[i * m + j] = values[i];
  };
  for (std::size_t j = 0; j < m; ++j) {
    if (linear_[j] || !wanted[j]) continue;
    const BatchMetric* batch = task_.metrics[j].batch.get();
    const BatchMetric* next = j + 1 < m && wanted[j + 1] ? task_.metrics[j + 1].batch.get() : nullptr;
    if (batch && next && batch->values_of_both(*next, genomes, n, column, second)) {
      place(column, j);
      place(second, ++j);
      continue;
    }
    if (batch)
      batch->values(genomes, n, column);
    else
      predictors_[j]->predict(buffers.features, n, column);
    place(column, j);
  }
}

namespace {
/// Stands for an objective that is not a number, or not known; finite, so that ranges and distances stay numbers.
constexpr double kWorst = 1e300;

/// Adds by how much of itself each row misses each bound, and 1 where that is not a number.
void add_violations(const SearchTask& task, std::span<const double> metrics, std::span<double> violations) {
  const std::size_t n = violations.size(), m = task.metrics.size();
  thread_local std::vector<double> column;
  column.resize(n);
  for (const Constraint& constraint : task.constraints) {
    constraint.expression.evaluate(metrics, m, column);
    auto scale = [](double bound) { return std::max(std::fabs(bound), 1e-12); };
    for (std::size_t i = 0; i < n; ++i) {
      const double value = column[i];
      if (value > constraint.upper) violations[i] += (value - constraint.upper) / scale(constraint.upper);
      if (value < constraint.lower) violations[i] += (constraint.lower - value) / scale(constraint.lower);
      if (std::isnan(value)) violations[i] += 1;
    }
  }
}

}  // namespace

void judge(const SearchTask& task, std::span<const double> metrics, std::span<double> objectives, std::span<double> violations) {
  const std::size_t n = violations.size(), m = task.metrics.size(), k = task.objectives.size();
  thread_local std::vector<double> column;
  column.resize(n);
  std::fill(violations.begin(), violations.end(), 0.0);
  for (std::size_t j = 0; j < k; ++j) {
    task.objectives[j].expression.evaluate(metrics, m, column);
    // A value that is not a number has no place in a ranking: such a network counts as infeasible.
    for (std::size_t i = 0; i < n; ++i) {
      const bool number = !std::isnan(column[i]);
      objectives[i * k + j] = number ? (task.objectives[j].maximise ? -column[i] : column[i]) : kWorst;
      if (!number) violations[i] += 1;
    }
  }
  add_violations(task, metrics, violations);
}

void BatchEvaluator::evaluate(Population& population, bool infeasible_too) {
  const std::size_t n = population.size(), m = task_.metrics.size(), k = task_.objectives.size();
  metrics_.resize(n * m);
  if (infeasible_too || task_.constraints.empty() || std::find(bounded_.begin(), bounded_.end(), false) == bounded_.end()) {
    metrics(population.genomes, n, metrics_);
    judge(task_, metrics_, population.objectives, population.violations);
    return;
  }
  metrics(population.genomes, n, metrics_, bounded_);
  std::fill(population.violations.begin(), population.violations.end(), 0.0);
  add_violations(task_, metrics_, population.violations);
  std::fill(population.objectives.begin(), population.objectives.end(), kWorst);
  clear(met_, population.genes, k);
  for (std::size_t i = 0; i < n; ++i) {
    if (population.violations[i] > 0) continue;
    std::copy_n(metrics_.begin() + static_cast<std::ptrdiff_t>(i * m), m,
                metrics_.begin() + static_cast<std::ptrdiff_t>(met_.size() * m));
    append(met_, population, i);
  }
  if (met_.size() == 0) return;
  std::vector<bool> others = bounded_;
  others.flip();
  metrics(met_.genomes, met_.size(), metrics_, others);
  judge(task_, std::span(metrics_).first(met_.size() * m), met_.objectives, met_.violations);
  for (std::size_t i = 0, from = 0; i < n; ++i) {
    if (population.violations[i] > 0) continue;
    population.violations[i] = met_.violations[from];
    std::copy_n(met_.objectives.begin() + static_cast<std::ptrdiff_t>(from * k), k,
                population.objectives.begin() + static_cast<std::ptrdiff_t>(i * k));
    ++from;
  }
}

SearchState::SearchState(const SearchTask& task) : task_(task) {
  for (const SearchMetric& metric : task.metrics) {
    result_.metrics.push_back(metric.id);
    result_.from_model.push_back(metric.source && metric.source->predicts());
  }
  result_.objectives = task.objectives;
  result_.constraints = task.constraints;
}

Result<void> SearchState::measure(std::span<const Arch> archs, int round, Measurer& measurer,
                                  const std::vector<std::vector<double>>& predicted, const Tactic::Progress& progress) {
  std::vector<Measurement> values;
  progress.step(fmt::format("round {}: measuring {} networks", round, archs.size()), 0, static_cast<double>(archs.size()));
  if (auto measured = measurer.measure(archs, values); !measured) return measured;
  append({archs.begin(), archs.end()}, values, round, predicted);
  for (const Arch& arch : archs) known_.insert(arch.genes);
  update_hypervolume();
  return {};
}

Result<void> SearchState::keep(std::vector<Arch> archs, std::span<const std::int64_t> orders, std::vector<double> reference,
                               Measurer& measurer) {
  std::vector<Measurement> values;
  if (auto measured = measurer.measure(archs, values); !measured) return measured;
  result_.rows.reserve(archs.size());
  append(std::move(archs), values, 0, {});
  for (std::size_t i = 0; i < orders.size(); ++i) result_.rows[i].order = orders[i];
  result_.reference_point = std::move(reference);
  result_.hypervolume = hypervolume_curve(result_, result_.reference_point);
  return {};
}

void SearchState::append(std::vector<Arch> archs, std::span<const Measurement> values, int round,
                         const std::vector<std::vector<double>>& predicted) {
  const std::size_t m = task_.metrics.size();
  std::vector<double> metrics, objectives(task_.objectives.size());
  for (std::size_t i = 0; i < archs.size(); ++i) {
    SearchRow row;
    row.arch = std::move(archs[i]);
    row.measured.assign(values.begin() + static_cast<std::ptrdiff_t>(i * m),
                        values.begin() + static_cast<std::ptrdiff_t>((i + 1) * m));
    if (i < predicted.size()) row.predicted = predicted[i];
    row.round = round;
    row.order = static_cast<std::int64_t>(result_.rows.size()) + 1;
    metrics.clear();
    for (const Measurement& value : row.measured) metrics.push_back(value.value);
    double violation = 0;
    judge(task_, metrics, objectives, {&violation, 1});
    row.feasible = violation <= 0;
    result_.rows.push_back(std::move(row));
  }
}

Population SearchState::measured(std::size_t first) const {
  Population rows;
  rows.genes = task_.space->gene_count();
  rows.objectives_per_row = task_.objectives.size();
  std::vector<double> metrics, objectives(task_.objectives.size());
  for (std::size_t i = first; i < result_.rows.size(); ++i) {
    const SearchRow& row = result_.rows[i];
    metrics.clear();
    for (const Measurement& value : row.measured) metrics.push_back(value.value);
    double violation = 0;
    judge(task_, metrics, objectives, {&violation, 1});
    rows.genomes.insert(rows.genomes.end(), row.arch.genes.begin(), row.arch.genes.end());
    rows.objectives.insert(rows.objectives.end(), objectives.begin(), objectives.end());
    rows.violations.push_back(violation);
  }
  return rows;
}

Result<std::unique_ptr<BatchEvaluator>> SearchState::fit(Stream stream, bool resample) const {
  std::vector<std::shared_ptr<Predictor>> predictors(task_.metrics.size());
  const std::size_t n = result_.rows.size();
  std::vector<std::size_t> rows(n);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  if (resample) {
    Stream draws = stream.split("rows");
    for (std::size_t& row : rows) row = draws.below(static_cast<std::uint32_t>(n));
  }
  std::vector<std::uint8_t> genomes;
  for (const std::size_t row : rows) {
    const auto& genes = result_.rows[row].arch.genes;
    genomes.insert(genomes.end(), genes.begin(), genes.end());
  }
  std::vector<float> features(n * task_.space->feature_count());
  task_.space->features(genomes, n, features);
  for (std::size_t j = 0; j < task_.metrics.size(); ++j) {
    if (task_.metrics[j].batch) continue;
    if (!task_.metrics[j].predictor)
      return Failure{"E602", fmt::format("{} has no predictor", task_.metrics[j].id.label()),
                     fmt::format("write predictor ridge() of {}", task_.metrics[j].id.label())};
    predictors[j] = task_.metrics[j].predictor();
    std::vector<double> targets;
    for (const std::size_t row : rows) targets.push_back(result_.rows[row].measured[j].value);
    // A network that a device had no value for teaches nothing.
    const bool whole = std::none_of(targets.begin(), targets.end(), [](double value) { return std::isnan(value); });
    const std::vector<float> of_known = whole ? std::vector<float>() : known_rows(features, targets);
    if (auto fitted = predictors[j]->fit(whole ? features : of_known, targets, stream.split(j)); !fitted)
      return Failure{"",
                     fmt::format("the predictor of {} cannot learn: {}", task_.metrics[j].id.label(), fitted.failure().message),
                     fitted.failure().hint};
  }
  return std::make_unique<BatchEvaluator>(task_, std::move(predictors));
}

Result<Population> SearchState::search(BatchEvaluator& evaluator, int round, const Tactic::Progress& progress,
                                       std::int64_t& evaluations, bool seeded) const {
  auto algorithm = task_.algorithm();
  // The measured front seeds the search, so that it never has to find again what is known.
  std::vector<Arch> first = task_.first;
  if (seeded)
    for (const std::size_t row : measured_front())
      if (first.size() < algorithm->batch_size() / 2) first.push_back(result_.rows[row].arch);
  if (auto started = algorithm->start(*task_.space, task_.objectives.size(), first,
                                      task_.stream.split("search").split(static_cast<std::uint64_t>(round)));
      !started)
    return started.failure();
  Population batch;
  while (true) {
    if (progress.cancelled()) return Failure{"cancelled", "interrupted", "run again to continue"};
    if (auto asked = algorithm->ask(batch); !asked) return asked.failure();
    if (batch.size() == 0) break;
    evaluator.evaluate(batch, algorithm->compares_infeasible());
    algorithm->tell(batch);
    evaluations += static_cast<std::int64_t>(batch.size());
  }
  return algorithm->population();
}

std::vector<Arch> SearchState::choose(const Population& population, std::size_t count) const {
  const std::size_t m = population.objectives_per_row, n = population.size();
  std::vector<std::size_t> candidates;
  for (std::size_t i = 0; i < n; ++i)
    if (!known_.contains(population.genome(i))) candidates.push_back(i);
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](auto a, auto b) { return population.violations[a] < population.violations[b]; });
  std::vector<Arch> chosen;
  std::vector<std::size_t> taken;
  std::vector<double> low(m, std::numeric_limits<double>::infinity()), high(m, -std::numeric_limits<double>::infinity());
  for (const auto i : candidates)
    for (std::size_t j = 0; j < m; ++j) {
      low[j] = std::min(low[j], population.objective(i)[j]);
      high[j] = std::max(high[j], population.objective(i)[j]);
    }
  // Front by front; inside a front the network farthest from those already taken comes next (ends of the front first).
  while (chosen.size() < count && !candidates.empty()) {
    std::vector<std::size_t> feasible;
    for (const auto i : candidates)
      if (population.violations[i] <= 0) feasible.push_back(i);
    std::vector<std::size_t> front;
    if (feasible.empty()) {
      front.push_back(candidates.front());
    } else {
      std::vector<double> points;
      for (const auto i : feasible) points.insert(points.end(), population.objective(i).begin(), population.objective(i).end());
      for (const auto k : non_dominated(points, m)) front.push_back(feasible[k]);
    }
    while (chosen.size() < count && !front.empty()) {
      std::size_t best = 0;
      double best_gap = -1;
      for (std::size_t f = 0; f < front.size(); ++f) {
        double gap = std::numeric_limits<double>::infinity();
        for (const auto t : taken) {
          double squared = 0;
          for (std::size_t j = 0; j < m; ++j) {
            const double width = high[j] > low[j] ? high[j] - low[j] : 1;
            const double d = (population.objective(front[f])[j] - population.objective(t)[j]) / width;
            squared += d * d;
          }
          gap = std::min(gap, squared);
        }
        if (taken.size() == 1 && f + 1 == front.size() && gap > 0) gap = std::numeric_limits<double>::infinity();
        if (gap > best_gap) {
          best_gap = gap;
          best = f;
        }
      }
      taken.push_back(front[best]);
      chosen.push_back(population.arch(front[best]));
      candidates.erase(std::find(candidates.begin(), candidates.end(), front[best]));
      front.erase(front.begin() + static_cast<std::ptrdiff_t>(best));
    }
  }
  return chosen;
}

std::vector<Arch> SearchState::unmeasured(const Population& population, std::size_t count) const {
  std::vector<Arch> fresh;
  for (std::size_t i = 0; i < population.size() && fresh.size() < count; ++i)
    if (Arch arch = population.arch(i); !knows(arch)) fresh.push_back(std::move(arch));
  return fresh;
}

Result<std::vector<Arch>> SearchState::draw(std::size_t count, Stream stream, std::span<const Arch> taken,
                                            Sampling sampling) const {
  std::vector<Arch> drawn;
  std::unordered_set<std::uint64_t> seen;
  for (const Arch& arch : taken) seen.insert(arch.hash());
  const std::size_t length = task_.space->gene_count();
  std::vector<std::uint8_t> rows;
  for (std::size_t tries = 0; drawn.size() < count && tries < 100 * count;) {
    const std::size_t missing = count - drawn.size();
    rows.resize(missing * length);
    if (auto sampled = draw_rows(*task_.space, sampling, stream, missing, rows); !sampled) return sampled.failure();
    for (std::size_t i = 0; i < missing; ++i) {
      Arch arch{
          {rows.begin() + static_cast<std::ptrdiff_t>(i * length), rows.begin() + static_cast<std::ptrdiff_t>((i + 1) * length)}};
      if (!knows(arch) && seen.insert(arch.hash()).second) drawn.push_back(std::move(arch));
    }
    tries += missing;
  }
  return drawn;
}

void WorstValues::take(std::span<const double> objectives) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  low_.resize(objectives.size(), kInfinity);
  high_.resize(objectives.size(), -kInfinity);
  for (std::size_t j = 0; j < objectives.size(); ++j) {
    if (std::isnan(objectives[j]) || objectives[j] == kWorst) continue;
    low_[j] = std::min(low_[j], objectives[j]);
    high_[j] = std::max(high_[j], objectives[j]);
  }
}

std::vector<double> WorstValues::reference() const {
  std::vector<double> point;
  for (std::size_t j = 0; j < low_.size(); ++j) point.push_back(high_[j] + 0.1 * (high_[j] - low_[j]));
  return point;
}

void SearchState::update_hypervolume() {
  const std::size_t first = curve_ ? curve_->values().size() : 0, m = task_.objectives.size();
  const std::vector<double> objectives = objectives_of(result_, first);
  const auto of = [&](std::size_t row) { return std::span(objectives).subspan((row - first) * m, m); };
  if (!curve_) {
    WorstValues worst;
    for (std::size_t i = 0; i < result_.rows.size(); ++i) worst.take(of(i));
    result_.reference_point = worst.reference();
    curve_.emplace(result_.reference_point);
  }
  for (std::size_t i = first; i < result_.rows.size(); ++i) curve_->add(of(i), result_.rows[i].feasible);
  result_.hypervolume = curve_->values();
}

void SearchState::report_round(int round, const BatchEvaluator& evaluator) {
  for (std::size_t j = 0; j < task_.metrics.size(); ++j) {
    if (!evaluator.predictor(j)) continue;
    std::vector<double> predicted, measured;
    for (const SearchRow& row : result_.rows)
      if (row.round == round && !row.predicted.empty() && !std::isnan(row.measured[j].value)) {
        predicted.push_back(row.predicted[j]);
        measured.push_back(row.measured[j].value);
      }
    if (predicted.size() < 2) continue;
    result_.rounds.push_back({round, task_.metrics[j].id.label(), evaluator.predictor(j)->summary(), predicted.size(),
                              mape(predicted, measured), kendall_tau(predicted, measured),
                              result_.hypervolume.empty() ? 0 : result_.hypervolume.back()});
  }
}

std::vector<std::size_t> SearchState::measured_front() const {
  const std::size_t m = task_.objectives.size();
  const std::vector<double> objectives = objectives_of(result_);
  std::vector<double> points;
  std::vector<std::size_t> rows, front;
  for (std::size_t i = 0; i < result_.rows.size(); ++i) {
    if (!result_.rows[i].feasible) continue;
    const auto point = std::span(objectives).subspan(i * m, m);
    points.insert(points.end(), point.begin(), point.end());
    rows.push_back(i);
  }
  if (rows.empty()) return front;
  for (const auto k : non_dominated(points, m)) front.push_back(rows[k]);
  return front;
}

SearchResult SearchState::finish() {
  result_.front = measured_front();
  result_.evaluations = std::max(result_.evaluations, static_cast<std::int64_t>(result_.rows.size()));
  return std::move(result_);
}

}  // namespace nas
