#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/metric.h"
#include "core/predictor.h"
#include "core/result.h"
#include "core/rng.h"
#include "core/space.h"

namespace nas {

/// Rows of canonical genomes with their objectives (all minimised) and constraint violation (0 = feasible).
/// Structure of arrays: genomes n x genes, objectives n x m.
struct Population {
  std::size_t genes = 0;
  std::size_t objectives_per_row = 0;
  std::vector<std::uint8_t> genomes;
  std::vector<double> objectives;
  std::vector<double> violations;

  std::size_t size() const { return genes == 0 ? 0 : genomes.size() / genes; }
  std::span<const std::uint8_t> genome(std::size_t i) const { return {genomes.data() + i * genes, genes}; }
  std::span<std::uint8_t> genome(std::size_t i) { return {genomes.data() + i * genes, genes}; }
  std::span<const double> objective(std::size_t i) const {
    return {objectives.data() + i * objectives_per_row, objectives_per_row};
  }
  Arch arch(std::size_t i) const { return Arch{{genome(i).begin(), genome(i).end()}}; }
};

/// Gives networks that were not measured their values: computed metrics are computed, the others predicted.
class Estimator {
 public:
  virtual ~Estimator() = default;
  /// Fills in objectives and violations.
  virtual void estimate(Population& networks) = 0;
};

/// What a tactic lends to searches that learn from measured values.
class Learner {
 public:
  virtual ~Learner() = default;
  /// The script's predictors, having learnt from every network that was measured so far; with `resample` from as many rows drawn
  /// with replacement. Fails where a metric has no predictor, or it cannot learn from these rows.
  virtual Result<std::shared_ptr<Estimator>> learn(Stream stream, bool resample) = 0;
};

/// A search algorithm, asked for candidates and told their values; it never measures, prints, or reads a clock.
/// Every value it sees is to be minimised. Genomes that it gives are canonical and valid for the space.
/// Equal networks are never asked twice in one run.
class SearchAlgorithm {
 public:
  virtual ~SearchAlgorithm() = default;
  /// What can be known before anything runs: whether it can search this space for so many objectives. Fails as `start` would,
  /// with E707.
  virtual Result<void> suits(const Space& space, std::size_t objectives) const { return {}; }
  /// What searches learn with that learn from measured values (`Component::learns`); comes before `start`.
  virtual void lend(Learner& learner) {}
  /// Called once. `objectives` is the number of values per row; `first` are networks to start from (may be empty, then sampled).
  virtual Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) = 0;
  /// Fills `out.genomes` with the next batch (sizes the other arrays); leaves it empty when the algorithm has ended.
  virtual Result<void> ask(Population& out) = 0;
  /// The batch of the last `ask` with `objectives` and `violations` filled in. The last batch of a search that `until` ends may
  /// be cut to its first rows; nothing is asked after it.
  virtual void tell(const Population& evaluated) = 0;
  /// Networks that it did not ask for, with their values: the best of another population. It takes them up as if it had found
  /// them; those that it asked for itself are passed over. Comes between `tell` and `ask`.
  virtual void welcome(const Population& migrants) {}
  /// Whether it looks at the objectives of networks that miss a bound. Where only how far they miss it counts, `tell` need not
  /// bring them: they are worse than any number that is.
  virtual bool compares_infeasible() const { return true; }
  /// Its current best set: the surviving population.
  virtual const Population& population() const = 0;
  /// Candidates that one generation asks for.
  virtual std::size_t batch_size() const = 0;
  /// Candidates that all of its batches ask for at most; 0 = unknown.
  virtual std::size_t evaluations() const { return 0; }
};

using MakeAlgorithm = std::function<std::shared_ptr<SearchAlgorithm>()>;
/// Searches of the same kind that share the population (and the evaluations) of one. Fails with E707 where it cannot be shared
/// so.
using SplitAlgorithm = std::function<Result<std::vector<MakeAlgorithm>>(int parts)>;

struct Objective {
  MetricExpr expression;
  bool maximise = false;
  std::string label;  ///< "accuracy", "latency@host"
};
/// lower <= expression <= upper; an open side is an infinity.
struct Constraint {
  MetricExpr expression;
  double lower;
  double upper;
  std::string label;  ///< as written: "latency@xeon < 25ms"
};

/// When a search ends, besides its own length: the first condition that holds. 0 = not asked for.
struct Until {
  std::int64_t evaluations = 0;  ///< networks that were measured, looked up or computed; each counts once
  int stalled = 0;               ///< batches (rounds of a tactic that predicts) in a row that brought nothing better
  double elapsed = 0;            ///< seconds, those of interrupted runs of the same search included

  bool any() const { return evaluations > 0 || stalled > 0 || elapsed > 0; }
};

/// Measures networks with a journal behind it: what was measured once (in this run or before) is not measured again.
class Measurer {
 public:
  virtual ~Measurer() = default;
  /// Values of every metric of the task for each network, row-major n x metrics; `out` is resized.
  /// Known rows come from the journal. Stops with a Failure (code "cancelled") when the run is cancelled.
  virtual Result<void> measure(std::span<const Arch> archs, std::vector<Measurement>& out) = 0;
  /// The same on so many images for metrics that are evaluated on images; the values of all others are NaN.
  virtual Result<void> measure_on(std::int64_t images, std::span<const Arch> archs, std::vector<Measurement>& out) {
    return Failure{"E707", "nothing here is evaluated on images", ""};
  }
  /// How many of these networks would need a new measurement.
  virtual std::size_t missing(std::span<const Arch> archs) const = 0;
};

/// One metric of a search: where its values come from and how it is predicted.
struct SearchMetric {
  MetricId id;
  MetricKind kind;
  std::shared_ptr<const MetricSource> source;
  std::shared_ptr<const BatchMetric> batch;  ///< set where inner loops can compute it exactly: then it is never predicted
  MakePredictor predictor;                   ///< empty where no predictor was declared for it
  bool on_images = false;                    ///< evaluated on images: fewer of them give a coarser value for less time
};

/// Everything that a `search` statement asks for.
struct SearchTask {
  const Space* space = nullptr;
  std::shared_ptr<const Space> reduced;  ///< keeps `space` alive where a preparation made it
  std::vector<SearchMetric> metrics;
  std::vector<Objective> objectives;
  std::vector<Constraint> constraints;
  MakeAlgorithm algorithm;
  SplitAlgorithm split;
  Until until;
  std::vector<Arch> first;  ///< warm start
  Stream stream{0, ""};
  int threads = 1;
};

/// A network that a search looked at. Values are per metric of the task, SI units.
struct SearchRow {
  Arch arch;
  std::vector<Measurement> measured;  ///< empty where the network was only predicted
  std::vector<double> predicted;      ///< empty where no predictor had seen it; NaN for metrics that are computed
  int round = 0;                      ///< 0 = first random networks
  bool feasible = true;
  std::int64_t order = 0;  ///< how many networks had been evaluated with it; see SearchResult::rows
};
/// How good the predictors were on networks that they had not seen, one entry per round and predicted metric.
struct RoundReport {
  int round = 0;
  std::string metric;
  std::string predictor;   ///< Predictor::summary()
  std::size_t rows = 0;    ///< how many were compared
  double mape = 0;         ///< share, not percent
  double kendall_tau = 0;  ///< tau-b
  double hypervolume = 0;  ///< of the measured front after the round, against the result's reference point
};
struct SearchResult {
  std::vector<MetricId> metrics;
  std::vector<bool> from_model;  ///< per metric: a model gave its values, so they are shown as predicted; empty = none
  std::vector<Objective> objectives;
  std::vector<Constraint> constraints;
  /// Every network that was measured, in order. Where all values are computed or looked up in batches: those that entered the
  /// front when they were evaluated, then what else is in the last population, with the last `order`.
  std::vector<SearchRow> rows;
  std::int64_t evaluations = 0;         ///< networks whose values were measured, looked up or computed, each once
  std::vector<std::size_t> front;       ///< indices into rows: feasible, measured, non-dominated, ordered by the first objective
  std::vector<double> reference_point;  ///< minimised objective values; see hypervolume
  std::vector<double> hypervolume;      ///< after each row
  std::vector<RoundReport> rounds;
  std::int64_t predicted_evaluations = 0;
  std::vector<std::string> without;  ///< options that a reduced space lacks, as `Space::without` takes them
  std::vector<std::string> notes;    ///< what a tactic has to say, in plain sentences

  bool predicts(std::size_t metric) const { return metric < from_model.size() && from_model[metric]; }
  /// Whether the rows are all that was evaluated, and no model gave a value.
  bool measured_throughout() const {
    return evaluations <= static_cast<std::int64_t>(rows.size()) &&
           std::none_of(from_model.begin(), from_model.end(), [](bool model) { return model; });
  }
};

/// How measurements, predictors and a search algorithm are combined: `with full(...)`, `with concurrent(...)`.
class Tactic {
 public:
  virtual ~Tactic() = default;
  struct Progress {
    std::function<void(const std::string& what, double done, double total)> step = [](const std::string&, double, double) {};
    std::function<bool()> cancelled = [] { return false; };
    /// Seconds that the search has taken up to this number of evaluations; the same for a run that continues an interrupted one.
    std::function<double(std::int64_t evaluations)> elapsed = [](std::int64_t) { return 0.0; };
  };
  virtual Result<SearchResult> run(const SearchTask& task, Measurer& measurer, const Progress& progress) const = 0;
  /// What can be known before anything runs: whether it can do what it is asked for with this task. Fails with E707.
  virtual Result<void> suits(const SearchTask& task) const { return {}; }
  /// True where every batch of the algorithm is measured: an `until` clause then takes the place of the algorithm's length.
  virtual bool measures_batches() const { return false; }
  /// How many networks it will measure at most, for `nas plan`; the task's `until` is applied by the caller.
  virtual std::size_t measurements(const SearchTask& task) const = 0;
};

/// A tactic beside the one that runs the search: it changes what the search starts from. `with concurrent(), warm_start(a)`.
class Preparation {
 public:
  virtual ~Preparation() = default;
  /// A hash of what it reads besides its arguments (a file): part of the search's key. Fails where that cannot be read.
  virtual Result<std::string> content(const Space& space) const { return std::string(); }
  /// What can be known before anything runs. Fails with E707.
  virtual Result<void> suits(const SearchTask& task) const { return {}; }
  /// What it did and what it could not do goes into `notes`.
  virtual Result<void> prepare(SearchTask& task, std::vector<std::string>& notes) const = 0;
};

}  // namespace nas
