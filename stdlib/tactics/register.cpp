#include "stdlib/register.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/component.h"
#include "core/services.h"
#include "stdlib/tactics/improvements.h"
#include "stdlib/tactics/islands.h"
#include "stdlib/tactics/popdb.h"
#include "stdlib/tactics/rounds.h"
#include "stdlib/tactics/search_state.h"
#include "stdlib/tactics/stop_rule.h"
#include "stdlib/tactics/warm_start.h"

namespace nas {
namespace {

struct FullArgs {
  int samples = 200;
  int validate = 50;
  Sampling sampling = Sampling::latin_hypercube;
};
struct ConcurrentArgs {
  int iter = 5;
  int evaluate = 50;
  Selection selection = Selection::improvement;
  double least_gain = 0;
  int images = 0;
  int candidates = 3;
};

class Full : public Tactic {
 public:
  explicit Full(const FullArgs& args) : args_(args) {}
  Result<SearchResult> run(const SearchTask& task, Measurer& measurer, const Progress& progress) const override {
    Rounds rounds(task, measurer, progress);
    if (auto first = rounds.first(static_cast<std::size_t>(args_.samples), args_.sampling); !first) return first.failure();
    if (auto round = rounds.next(1, static_cast<std::size_t>(args_.validate)); !round) return round.failure();
    return rounds.finish();
  }
  Result<void> suits(const SearchTask& task) const override {
    for (const SearchMetric& metric : task.metrics) {
      if (metric.batch || !metric.predictor) continue;
      const std::size_t needed = metric.predictor()->rows_needed();
      if (static_cast<std::size_t>(args_.samples) < needed)
        return Failure{"E707",
                       fmt::format("the predictor of {} needs {} networks to learn from, and full measures {}", metric.id.label(),
                                   needed, args_.samples),
                       fmt::format("give at least samples = {}", needed)};
    }
    return {};
  }
  std::size_t measurements(const SearchTask&) const override { return static_cast<std::size_t>(args_.samples + args_.validate); }

 private:
  FullArgs args_;
};

class Concurrent : public Tactic {
 public:
  explicit Concurrent(const ConcurrentArgs& args) : args_(args) {}
  Result<void> suits(const SearchTask& task) const override {
    const bool any = std::any_of(task.metrics.begin(), task.metrics.end(), [](const SearchMetric& m) { return m.on_images; });
    if (args_.images == 0 || any) return {};
    return Failure{"E707", "concurrent looks at few images first, and nothing in this search is evaluated on images",
                   "leave images out; accuracy from trained weights is evaluated on images"};
  }
  Result<SearchResult> run(const SearchTask& task, Measurer& measurer, const Progress& progress) const override {
    const auto count = static_cast<std::size_t>(args_.evaluate);
    Rounds rounds(task, measurer, progress, args_.selection);
    if (args_.images > 0) rounds.look_first(args_.images, args_.candidates);
    if (auto first = rounds.first(count); !first) return first.failure();
    for (int round = 1; round <= args_.iter && !rounds.reached(); ++round) {
      const std::size_t before = rounds.measured();
      const double volume = rounds.hypervolume();
      if (auto done = rounds.next(round, count); !done) return done.failure();
      if (rounds.measured() == before) break;  // nothing new is left
      const double gain = volume > 0 ? rounds.hypervolume() / volume - 1 : 0;
      if (volume <= 0 || gain >= args_.least_gain || round == args_.iter) continue;
      rounds.note(fmt::format("concurrent: ended after round {} of {}, which enlarged the hypervolume by {:.2g} %", round,
                              args_.iter, 100 * gain));
      break;
    }
    return rounds.finish();
  }
  std::size_t measurements(const SearchTask&) const override {
    return static_cast<std::size_t>(args_.evaluate) * (static_cast<std::size_t>(args_.iter) + 1);
  }

 private:
  ConcurrentArgs args_;
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
        evaluator.evaluate(batch, algorithm->compares_infeasible());
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
      if (auto kept = keep(state, std::move(improvements), algorithm->population(), measurer); !kept) return kept.failure();
    }
    return state.finish();
  }
  bool measures_batches() const override { return true; }
  std::size_t measurements(const SearchTask& task) const override { return task.algorithm ? task.algorithm()->evaluations() : 0; }

 private:
  /// What improved the front, and the last population: where nothing is feasible it is all there is to show.
  static Result<void> keep(SearchState& state, Improvements improvements, const Population& last, Measurer& measurer) {
    std::vector<Arch> archs = improvements.take_networks();
    std::vector<std::int64_t> orders = improvements.orders();
    SeenGenomes kept;
    kept.expect_many(archs.size() + last.size());
    for (const Arch& arch : archs) kept.insert(arch.genes);
    for (std::size_t i = 0; i < last.size(); ++i)
      if (kept.insert(last.genome(i))) {
        archs.push_back(last.arch(i));
        orders.push_back(improvements.evaluations());
      }
    state.result().evaluations = improvements.evaluations();
    return state.keep(std::move(archs), orders, improvements.reference(), measurer);
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
          .arg("samples", &FullArgs::samples,
               "random networks measured to learn from; 0 where the predictors have learnt before (`using`)", between(0, 1000000))
          .arg("validate", &FullArgs::validate, "networks of the predicted front measured at the end", between(1, 1000000))
          .arg(
              "sampling", &FullArgs::sampling,
              "latin_hypercube: every option of every gene equally often; uniform: every network alike; stratified: equally many "
              "from twenty equal ranges of MACs")
          .details("The smallest and the largest network are always among the samples. Uniform draws meet mostly large networks, "
                   "of which a space has most; the other two do not.")
          .paper("Cummings et al., A Hardware-Aware Framework for Accelerating NAS Across Modalities, arXiv:2205.10358; McKay, "
                 "Beckman and Conover, Technometrics 21 (1979), doi:10.2307/1268522")
          .example("search front = nsga2() with full(samples = 100, validate = 30)")
          .builds([](const FullArgs& a, Services&) { return tactic(std::make_shared<Full>(a)); }));
  registry.add(
      Declare<ConcurrentArgs>(ComponentKind::tactic, "concurrent",
                              "Rounds of learning, searching on predictions and measuring the best new networks.")
          .arg("iter", &ConcurrentArgs::iter, "rounds after the first random networks", between(1, 10000))
          .length()
          .arg("evaluate", &ConcurrentArgs::evaluate, "networks measured at the start and in every round", between(10, 1000000))
          .arg(
              "selection", &ConcurrentArgs::selection,
              "improvement: new networks of the predicted fronts, far from one another; population: the last population as it is")
          .arg("least_gain", &ConcurrentArgs::least_gain,
               "ends after a round that enlarges the measured hypervolume by a smaller share; 0 = goes through all rounds",
               between(0, 1))
          .arg("images", &ConcurrentArgs::images,
               "images of a first look at more candidates than are measured; 0 = no first look",
               between(0, static_cast<double>(NetworkRunner::EvaluateOptions{}.images - 1)))
          .arg("candidates", &ConcurrentArgs::candidates, "networks of a first look, as a multiple of evaluate", between(2, 100))
          .details("Every round learns from all measurements. Metrics that can be computed are computed. Nothing is measured "
                   "twice, and the final front holds measured networks only. selection = population is the published rule: each "
                   "round's search begins at random and its last population is measured, without what is known already. A first "
                   "look evaluates candidates on few images; what it shows and what was predicted are averaged, each weighted by "
                   "how right it was so far, and the best are measured on all images. First looks do not count as evaluations.")
          .paper(
              "Cummings et al., arXiv:2205.10358, section 3.3 (LINAS); first looks: Jamieson and Talwalkar, AISTATS 2016, PMLR "
              "51:240-248, and the factor 3 of Li et al., Hyperband, JMLR 18 (2018)")
          .example("search front = nsga2() with concurrent(iter = 5)")
          .example("search front = nsga2() with concurrent(iter = 20, least_gain = 0.5%)")
          .builds([](const ConcurrentArgs& a, Services&) { return tactic(std::make_shared<Concurrent>(a)); }));
  registry.add(Declare<DirectArgs>(ComponentKind::tactic, "direct",
                                   "Every network that the search asks for is measured, looked up or computed.")
                   .example("search front = nsga2() with direct()")
                   .builds([](const DirectArgs&, Services&) { return tactic(std::make_shared<Direct>()); }));
  add_warm_start(registry);
  add_popdb(registry);
  add_islands(registry);
}

}  // namespace nas
