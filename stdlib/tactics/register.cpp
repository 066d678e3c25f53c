#include "stdlib/register.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <unordered_set>

#include "core/component.h"
#include "stdlib/tactics/improvements.h"
#include "stdlib/tactics/popdb.h"
#include "stdlib/tactics/search_state.h"
#include "stdlib/tactics/stop_rule.h"
#include "stdlib/tactics/warm_start.h"

namespace nas {
namespace {

struct FullArgs {
  int samples = 200;
  int validate = 50;
};
struct ConcurrentArgs {
  int iter = 5;
  int evaluate = 50;
};

/// One round: learn from everything measured, search on predictions, measure the most promising new networks.
/// At the end of it `rule` knows what was measured.
Result<void> predicted_round(SearchState& state, const SearchTask& task, Measurer& measurer, int round, std::size_t count,
                             StopRule& rule, const Tactic::Progress& progress) {
  count = rule.room(count);
  if (count == 0) return {};
  progress.step(fmt::format("round {}: searching on predictions", round), 0, 0);
  auto evaluator = state.fit(task.stream.split("fit").split(static_cast<std::uint64_t>(round)));
  if (!evaluator) return evaluator.failure();
  auto found = state.search(**evaluator, round, progress, state.result().predicted_evaluations);
  if (!found) return found.failure();
  std::vector<Arch> chosen = state.choose(*found, count);
  if (chosen.size() < count) {
    auto more = state.draw(count - chosen.size(), task.stream.split("fill").split(static_cast<std::uint64_t>(round)), chosen);
    if (!more) return more.failure();
    std::move(more->begin(), more->end(), std::back_inserter(chosen));
  }
  if (chosen.empty()) return {};
  std::vector<std::uint8_t> genomes;
  for (const Arch& arch : chosen) genomes.insert(genomes.end(), arch.genes.begin(), arch.genes.end());
  const std::size_t m = task.metrics.size();
  std::vector<double> values(chosen.size() * m);
  (*evaluator)->metrics(genomes, chosen.size(), values);
  std::vector<std::vector<double>> predicted;
  for (std::size_t j = 0; j < m; ++j)  // computed metrics are not predictions
    if (!(*evaluator)->predictor(j))
      for (std::size_t i = 0; i < chosen.size(); ++i) values[i * m + j] = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < chosen.size(); ++i)
    predicted.emplace_back(values.begin() + static_cast<std::ptrdiff_t>(i * m),
                           values.begin() + static_cast<std::ptrdiff_t>((i + 1) * m));
  if (auto measured = state.measure(chosen, round, measurer, predicted, progress); !measured) return measured;
  state.report_round(round, **evaluator);
  rule.seen(state.measured(state.result().rows.size() - chosen.size()));
  return {};
}

Result<void> first_round(SearchState& state, const SearchTask& task, Measurer& measurer, std::size_t count, StopRule& rule,
                         const Tactic::Progress& progress) {
  auto first = state.draw(rule.room(count), task.stream.split("first"));
  if (!first) return first.failure();
  // Networks to start from take the places of random ones, at most half of them. The ends of the space are always among them:
  // what lies between is learnt better than what lies beyond.
  std::vector<Arch> start{task.space->smallest(), task.space->largest()};
  start.insert(start.end(), task.first.begin(), task.first.end());
  std::size_t replaced = 0;
  for (const Arch& arch : start)
    if (replaced < first->size() / 2 && std::find(first->begin(), first->end(), arch) == first->end())
      (*first)[replaced++] = arch;
  if (auto measured = state.measure(*first, 0, measurer, {}, progress); !measured) return measured;
  rule.seen(state.measured(0));
  return {};
}

class Full : public Tactic {
 public:
  explicit Full(const FullArgs& args) : args_(args) {}
  Result<SearchResult> run(const SearchTask& task, Measurer& measurer, const Progress& progress) const override {
    SearchState state(task);
    StopRule rule(task, progress);
    if (auto first = first_round(state, task, measurer, static_cast<std::size_t>(args_.samples), rule, progress); !first)
      return first.failure();
    if (auto round = predicted_round(state, task, measurer, 1, static_cast<std::size_t>(args_.validate), rule, progress); !round)
      return round.failure();
    return state.finish();
  }
  std::size_t measurements(const SearchTask&) const override { return static_cast<std::size_t>(args_.samples + args_.validate); }

 private:
  FullArgs args_;
};

class Concurrent : public Tactic {
 public:
  explicit Concurrent(const ConcurrentArgs& args) : args_(args) {}
  Result<SearchResult> run(const SearchTask& task, Measurer& measurer, const Progress& progress) const override {
    SearchState state(task);
    StopRule rule(task, progress);
    if (auto first = first_round(state, task, measurer, static_cast<std::size_t>(args_.evaluate), rule, progress); !first)
      return first.failure();
    for (int round = 1; round <= args_.iter && !rule.reached(); ++round) {
      const std::size_t before = state.result().rows.size();
      if (auto done = predicted_round(state, task, measurer, round, static_cast<std::size_t>(args_.evaluate), rule, progress);
          !done)
        return done.failure();
      if (state.result().rows.size() == before) break;  // the space has no more networks
    }
    return state.finish();
  }
  std::size_t measurements(const SearchTask&) const override {
    return static_cast<std::size_t>(args_.evaluate) * (static_cast<std::size_t>(args_.iter) + 1);
  }

 private:
  ConcurrentArgs args_;
};

/// Lends the task's predictors, which learn from what a search has measured.
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

struct DirectArgs {};

/// Every generation of the algorithm is measured: for tables and computed metrics.
class Direct : public Tactic {
 public:
  Result<SearchResult> run(const SearchTask& task, Measurer& measurer, const Progress& progress) const override {
    SearchState state(task);
    auto algorithm = task.algorithm();
    MeasuredLearner learner(state);
    algorithm->lend(learner);
    if (auto started = algorithm->start(*task.space, task.objectives.size(), task.first, task.stream.split("search")); !started)
      return started.failure();
    const bool computed =
        std::all_of(task.metrics.begin(), task.metrics.end(), [](const SearchMetric& m) { return m.batch != nullptr; });
    BatchEvaluator evaluator(task, {});
    StopRule rule(task, progress);
    Improvements improvements;
    Population batch;
    for (int generation = 0; !rule.reached(); ++generation) {
      if (progress.cancelled()) return Failure{"cancelled", "interrupted", "run again to continue"};
      if (auto asked = algorithm->ask(batch); !asked) return asked.failure();
      if (batch.size() == 0) break;
      cut(batch, rule.room(batch.size()));
      if (computed) {
        // Nothing to journal: values are looked up or computed in batches, and only what improved the front is kept.
        evaluator.evaluate(batch);
        improvements.add(batch);
      } else {
        std::vector<Arch> archs;
        for (std::size_t i = 0; i < batch.size(); ++i) archs.push_back(batch.arch(i));
        if (auto measured = state.measure(archs, generation, measurer, {}, progress); !measured) return measured.failure();
        batch = state.measured(state.result().rows.size() - archs.size());
      }
      algorithm->tell(batch);
      rule.seen(batch);
    }
    if (computed) {
      if (auto kept = keep(state, improvements, algorithm->population(), measurer); !kept) return kept.failure();
    }
    return state.finish();
  }
  bool measures_batches() const override { return true; }
  std::size_t measurements(const SearchTask& task) const override { return task.algorithm ? task.algorithm()->evaluations() : 0; }

 private:
  /// What improved the front, and the last population: where nothing is feasible it is all there is to show.
  static Result<void> keep(SearchState& state, const Improvements& improvements, const Population& last, Measurer& measurer) {
    std::vector<Arch> archs = improvements.networks();
    std::vector<std::int64_t> orders = improvements.orders();
    std::unordered_set<std::uint64_t> kept;
    for (const Arch& arch : archs) kept.insert(arch.hash());
    for (std::size_t i = 0; i < last.size(); ++i)
      if (Arch arch = last.arch(i); kept.insert(arch.hash()).second) {
        archs.push_back(std::move(arch));
        orders.push_back(improvements.evaluations());
      }
    state.result().evaluations = improvements.evaluations();
    return state.keep(archs, orders, improvements.reference(), measurer);
  }
  static void cut(Population& batch, std::size_t rows) {
    batch.genomes.resize(rows * batch.genes);
    batch.objectives.resize(rows * batch.objectives_per_row);
    batch.violations.resize(rows);
  }
};

template <typename T>
std::shared_ptr<void> tactic(std::shared_ptr<T> made) {
  return std::static_pointer_cast<Tactic>(std::move(made));
}

}  // namespace

void add_tactics(Registry& registry) {
  registry.add(
      Declare<FullArgs>(
          ComponentKind::tactic, "full",
          "Predictors learn once from random measurements, the search runs on them, its front is validated by measurement.")
          .arg("samples", &FullArgs::samples, "random networks measured to learn from", between(10, 1000000))
          .arg("validate", &FullArgs::validate, "networks of the predicted front measured at the end", between(1, 1000000))
          .paper("Cummings et al., A Hardware-Aware Framework for Accelerating NAS Across Modalities, arXiv:2205.10358")
          .example("search front = nsga2() with full(samples = 100, validate = 30)")
          .builds([](const FullArgs& a, Services&) { return tactic(std::make_shared<Full>(a)); }));
  registry.add(
      Declare<ConcurrentArgs>(ComponentKind::tactic, "concurrent",
                              "Rounds of learning, searching on predictions and measuring the best new networks.")
          .arg("iter", &ConcurrentArgs::iter, "rounds after the first random networks", between(1, 10000))
          .length()
          .arg("evaluate", &ConcurrentArgs::evaluate, "networks measured at the start and in every round", between(10, 1000000))
          .details("Every round learns from all measurements. Metrics that can be computed are computed. Nothing is measured "
                   "twice, and the final front holds measured networks only.")
          .paper("Cummings et al., arXiv:2205.10358, section 3.3 (LINAS)")
          .example("search front = nsga2() with concurrent(iter = 5)")
          .builds([](const ConcurrentArgs& a, Services&) { return tactic(std::make_shared<Concurrent>(a)); }));
  registry.add(Declare<DirectArgs>(ComponentKind::tactic, "direct",
                                   "Every network that the search asks for is measured, looked up or computed.")
                   .example("search front = nsga2() with direct()")
                   .builds([](const DirectArgs&, Services&) { return tactic(std::make_shared<Direct>()); }));
  add_warm_start(registry);
  add_popdb(registry);
}

}  // namespace nas
