#include "embed/ask_tell.h"

#include <fmt/format.h>

#include <cmath>

#include "embed/interpreter_state.h"
#include "run/search_json.h"
#include "stdlib/tactics/search_state.h"
#include "stdlib/tactics/stop_rule.h"

namespace nas {

struct AskTell::State {
  /// Gives a search the values that it was told; what is computed comes from its own source.
  class Told : public Measurer {
   public:
    explicit Told(const SearchTask& task) : task_(task) {}
    std::span<const double> values;  ///< networks x metrics, of the networks that are measured next

    Result<void> measure(std::span<const Arch> archs, std::vector<Measurement>& out) override {
      const std::size_t m = task_.metrics.size();
      out.assign(archs.size() * m, {});
      for (std::size_t k = 0; k < out.size(); ++k) out[k].value = values[k];
      std::vector<std::uint8_t> genomes;
      for (const Arch& arch : archs) genomes.insert(genomes.end(), arch.genes.begin(), arch.genes.end());
      std::vector<double> column(archs.size());
      for (std::size_t j = 0; j < m; ++j) {
        if (!task_.metrics[j].batch) continue;
        task_.metrics[j].batch->values(genomes, archs.size(), column);
        for (std::size_t i = 0; i < archs.size(); ++i) out[i * m + j].value = column[i];
      }
      return {};
    }
    std::size_t missing(std::span<const Arch> archs) const override { return archs.size(); }

   private:
    const SearchTask& task_;
  };

  std::unique_ptr<Interpreter> interpreter;  ///< the task points into it
  std::string stage;
  std::shared_ptr<const Space> space;
  SearchTask task;
  std::vector<Metric> metrics;
  Tactic::Progress progress;
  std::optional<SearchState> found;
  std::optional<Told> told;
  std::optional<MeasuredLearner> learner;
  std::optional<StopRule> rule;
  std::shared_ptr<SearchAlgorithm> algorithm;
  std::vector<Arch> asked;
  bool waits = false;  ///< for the values of `asked`
  bool ended = false;
  int generation = 0;
};

AskTell::AskTell(std::unique_ptr<State> state) : state_(std::move(state)) {}
AskTell::~AskTell() = default;

Result<std::unique_ptr<AskTell>> AskTell::open(const Interpreter& from, const std::string& stage) {
  const Interpreter::State& source = *from.state_;
  if (!source.source) return Failure{"", "no script is loaded", ""};
  auto s = std::make_unique<State>();
  Options options = source.options;
  options.cancelled = nullptr;
  s->interpreter = std::make_unique<Interpreter>(std::move(options));
  for (const HostMetric& metric : source.host_metrics)
    if (auto added = s->interpreter->add(metric); !added) return added.failure();
  Interpreter::State& own = *s->interpreter->state_;
  s->interpreter->load_text(std::string(source.sources.name(*source.source)), std::string(source.sources.text(*source.source)));
  own.folder = source.folder;
  if (s->interpreter->plan() != Status::ok) {
    for (const Diagnostic& d : own.diagnostics.all())
      if (d.severity == Severity::error) return Failure{d.code, one_line(d, own.sources), d.label};
    return Failure{"", s->interpreter->failure_text(), ""};
  }
  const CheckedStage* checked = own.find_stage(stage);
  if (!checked || !checked->search || checked->word != "search")
    return Failure{"", fmt::format("there is no search {}", stage), "its name stands before the = of a search statement"};
  auto task = own.engine->open_search(stage);
  if (!task) return task.failure();
  for (const CheckedCall& call : checked->search->tactics)
    if (call.component->name != "direct")
      return Failure{"E707",
                     fmt::format("{} runs with {}, and a search that is asked and told runs alone", stage, call.component->name),
                     "leave the tactic out"};
  s->task = std::move(*task);
  s->stage = stage;
  s->space = std::make_shared<Space>(*s->task.space);  // outlives the task
  s->task.until.elapsed = 0;                           // how long the values take is not known here
  for (const SearchMetric& metric : s->task.metrics)
    s->metrics.push_back({metric.id.label(), std::string(metric.kind.dimension), metric.batch != nullptr});
  s->found.emplace(s->task);
  s->told.emplace(s->task);
  s->learner.emplace(*s->found);
  s->rule.emplace(s->task, s->progress);
  s->algorithm = s->task.algorithm();
  s->algorithm->lend(*s->learner);
  if (auto started =
          s->algorithm->start(*s->task.space, s->task.objectives.size(), s->task.first, s->task.stream.split("search"));
      !started)
    return started.failure();
  return std::unique_ptr<AskTell>(new AskTell(std::move(s)));
}

const std::shared_ptr<const Space>& AskTell::space() const {
  return state_->space;
}
const std::vector<AskTell::Metric>& AskTell::metrics() const {
  return state_->metrics;
}

Result<std::span<const Arch>> AskTell::ask() {
  State& s = *state_;
  if (s.waits) return std::span<const Arch>(s.asked);
  s.asked.clear();
  if (s.ended || s.rule->reached()) return std::span<const Arch>();
  Population batch;
  if (auto asked = s.algorithm->ask(batch); !asked) return asked.failure();
  const std::size_t rows = s.rule->room(batch.size());
  for (std::size_t i = 0; i < rows; ++i) s.asked.push_back(batch.arch(i));
  s.waits = rows > 0;
  s.ended = rows == 0;
  return std::span<const Arch>(s.asked);
}

Result<void> AskTell::tell(std::span<const double> values) {
  State& s = *state_;
  const std::size_t m = s.metrics.size();
  if (!s.waits) return Failure{"", "values are told of networks that were asked for, and none were", "call ask first"};
  if (values.size() != s.asked.size() * m)
    return Failure{"",
                   fmt::format("{} values were told, and {} networks with {} metrics need {}", values.size(), s.asked.size(), m,
                               s.asked.size() * m),
                   "one row of metrics for each network"};
  for (std::size_t k = 0; k < values.size(); ++k)
    if (!s.metrics[k % m].computed && !std::isfinite(values[k]))
      return Failure{"", fmt::format("{} of {} is no finite number", s.metrics[k % m].label, s.space->spell(s.asked[k / m])), ""};
  s.told->values = values;
  if (auto measured = s.found->measure(s.asked, s.generation++, *s.told, {}, s.progress); !measured) return measured;
  const Population batch = s.found->measured(s.found->result().rows.size() - s.asked.size());
  s.algorithm->tell(batch);
  s.rule->seen(batch);
  s.waits = false;
  return {};
}

nlohmann::json AskTell::result_json() const {
  // A search that goes on is finished on a copy.
  SearchState copy = *state_->found;
  nlohmann::json json = result_for_users(copy.finish(), *state_->space, {});
  json["name"] = state_->stage;
  return json;
}

}  // namespace nas
