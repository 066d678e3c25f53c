#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/comparison.h"
#include "core/parallel.h"
#include "core/search.h"
#include "stdlib/searches/variation.h"
#include "stdlib/tactics/sampling.h"

namespace nas {

/// Values of all metrics of a task for batches of genomes, predicted or computed, as objectives and violations.
/// Linear predictors become one table per gene; nothing is allocated once the buffers have grown. Batches that are worth it are
/// shared out among the task's threads: the values are the same.
class BatchEvaluator : public Estimator {
 public:
  /// `predictors[j]` is fitted for every metric without a batch form.
  BatchEvaluator(const SearchTask& task, std::vector<std::shared_ptr<Predictor>> predictors);
  /// Metric values, row-major n x metrics.
  void metrics(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out);
  /// Fills objectives and violations of a population. Without `infeasible_too` the conditions come first, and networks that miss
  /// one are not asked for the metrics that no condition names.
  void evaluate(Population& population, bool infeasible_too = true);
  void estimate(Population& networks) override { evaluate(networks); }
  const Predictor* predictor(std::size_t metric) const { return predictors_[metric].get(); }

 private:
  const SearchTask& task_;
  std::vector<std::shared_ptr<Predictor>> predictors_;
  struct GeneTables {
    double intercept = 0;
    std::vector<double> values;  ///< by feature column, then a zero
  };
  std::vector<GeneTables> tables_;
  std::vector<bool> linear_;
  std::vector<bool> bounded_;  ///< metrics that a condition names
  std::vector<std::uint32_t> first_column_;
  std::vector<double> metrics_;
  Population met_;  ///< the networks that meet the conditions
  std::size_t rows_per_thread_;
  /// What one thread works in.
  struct Buffers {
    std::vector<std::uint32_t> columns;
    std::vector<double> column;
    std::vector<float> features;
    std::vector<std::uint8_t> mask;
  };
  ThreadPool threads_;
  std::vector<Buffers> buffers_;

  /// Those of `wanted` metrics; the others stay as they are.
  void metrics(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out, const std::vector<bool>& wanted);
  void metrics(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out, const std::vector<bool>& wanted,
               Buffers& buffers) const;
};

/// Objectives (minimised) and summed relative violation of every row of metric values; as many rows as violations.
void judge(const SearchTask& task, std::span<const double> metrics, std::span<double> objectives, std::span<double> violations);

/// The reference point that bounds a hypervolume: the worst value of each objective among the first networks of a search, a tenth
/// of their range further out.
class WorstValues {
 public:
  /// Values that are no numbers, or stand for one that is none, do not count.
  void take(std::span<const double> objectives);
  std::vector<double> reference() const;

 private:
  std::vector<double> low_, high_;
};

/// The measured networks of a running search and what follows from them.
class SearchState {
 public:
  explicit SearchState(const SearchTask& task);
  /// Measures new networks and appends them as rows. `predicted` is empty or one row of metrics per network.
  Result<void> measure(std::span<const Arch> archs, int round, Measurer& measurer,
                       const std::vector<std::vector<double>>& predicted, const Tactic::Progress& progress);
  /// The rows of a search whose values are computed in batches: network i was evaluated as number `orders[i]`. There are no
  /// others.
  Result<void> keep(std::vector<Arch> archs, std::span<const std::int64_t> orders, std::vector<double> reference,
                    Measurer& measurer);
  bool knows(const Arch& arch) const { return known_.contains(arch.genes); }
  /// Genomes, objectives and violations of the measured rows from `first` on.
  Population measured(std::size_t first) const;
  /// Predictors fitted on every measured row; fails with the metric's name where one is missing or cannot learn.
  /// With `resample` they learn from as many rows drawn with replacement.
  Result<std::unique_ptr<BatchEvaluator>> fit(Stream stream, bool resample = false) const;
  /// Runs the task's algorithm on predictions; the surviving population.
  /// It starts from the measured front where `seeded`.
  Result<Population> search(BatchEvaluator& evaluator, int round, const Tactic::Progress& progress, std::int64_t& evaluations,
                            bool seeded = true) const;
  /// At most `count` networks of the population that were never measured: best fronts first, spread evenly in the objectives.
  std::vector<Arch> choose(const Population& population, std::size_t count) const;
  /// The first `count` networks of the population that were never measured.
  std::vector<Arch> unmeasured(const Population& population, std::size_t count) const;
  /// Distinct networks that were never measured and are not `taken`; fewer when the space has no more.
  Result<std::vector<Arch>> draw(std::size_t count, Stream stream, std::span<const Arch> taken = {},
                                 Sampling sampling = Sampling::latin_hypercube) const;
  /// Rows that are feasible and not dominated, ordered by the first objective.
  std::vector<std::size_t> measured_front() const;
  /// Front, reference point, hypervolume curve.
  SearchResult finish();
  SearchResult& result() { return result_; }
  /// Compares this round's predictions with its measurements.
  void report_round(int round, const BatchEvaluator& evaluator);

 private:
  void append(std::vector<Arch> archs, std::span<const Measurement> values, int round,
              const std::vector<std::vector<double>>& predicted);
  void update_hypervolume();

  const SearchTask& task_;
  SearchResult result_;
  std::optional<HypervolumeCurve> curve_;
  SeenGenomes known_;
};

/// Lends a task's predictors to its algorithm; they learn from what the search has measured.
class MeasuredLearner : public Learner {
 public:
  explicit MeasuredLearner(const SearchState& state) : state_(state) {}
  Result<std::shared_ptr<Estimator>> learn(Stream stream, bool resample) override {
    auto fitted = state_.fit(stream, resample);
    if (!fitted) return fitted.failure();
    return std::shared_ptr<Estimator>(std::move(*fitted));
  }

 private:
  const SearchState& state_;
};

}  // namespace nas
