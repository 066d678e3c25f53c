#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "check/script_checker.h"
#include "core/comparison.h"

namespace nas {
namespace {

std::string component_name(const syntax::Expr& expr) {
  const auto* call = std::get_if<syntax::Call>(&expr.node);
  const auto* name = std::get_if<syntax::NameRef>(call ? &call->callee->node : &expr.node);
  return name ? name->name : "";
}

}  // namespace

void ScriptChecker::family(const syntax::Stage& stage, const syntax::Setting& setting, Span span, Scope& scope) {
  const Value seeds = evaluate(*setting.value, scope);
  const std::string name = stage_name(stage, component_name(*stage.operands[0].value));
  auto give_up = [&] {
    if (stage.name) scope.set(stage.name->text, Poison{}, stage.name->span);
  };
  if (seeds.poisoned()) return give_up();
  const auto items = items_of(seeds, setting.value->span, "seeds");
  if (!items) return give_up();
  List runs;
  std::set<std::int64_t> seen;
  for (const Value& seed : *items) {
    if (!seed.integer() || *seed.integer() < 0) {
      diagnostics_.error("E404", setting.value->span,
                         fmt::format("a seed is a whole number of at least 0, and this is {}", described(seed, "int")));
      return give_up();
    }
    if (!seen.insert(*seed.integer()).second) {
      diagnostics_.error("E402", setting.value->span, fmt::format("seed {} is given twice", *seed.integer()));
      return give_up();
    }
    auto inner = std::make_shared<Scope>(&scope);
    scopes_.push_back(inner);
    member_ = Member{name, static_cast<std::uint64_t>(*seed.integer())};
    const std::size_t before = script_.stages.size();
    execute_one(stage, span, *inner);
    member_.reset();
    if (script_.stages.size() == before) return give_up();
    runs.push_back(handle_value<StageHandle>(script_.stages.back().name, stage.word.text == "train" ? "Weights" : "Result"));
  }
  if (runs.empty()) {
    diagnostics_.error("E404", setting.value->span, "seeds is empty: there would be no run");
    return give_up();
  }
  if (stage.name)
    define(*stage.name, Value(std::move(runs)), scope);
  else
    scope.set(name, Value(std::move(runs)), stage.word.span);
}

Value ScriptChecker::compare_call(const syntax::Call& call, Span span, const Scope& scope) {
  if (call.arguments.size() != 2 || call.arguments[0].name || call.arguments[1].name) {
    diagnostics_.error("E404", span, "compare takes two results of searches, or two families of them",
                       "e.g. compare(first, second)");
    return Poison{};
  }
  std::array<std::vector<std::string>, 2> runs;
  std::array<std::string, 2> names;
  for (std::size_t side = 0; side < 2; ++side) {
    const Span at = call.arguments[side].value->span;
    const Value value = evaluate(*call.arguments[side].value, scope);
    if (value.poisoned()) return Poison{};
    names[side] = text_of(at);
    const List items = value.list() ? *value.list() : List{value};
    for (const Value& item : items) {
      const auto* handle = dynamic_cast<const StageHandle*>(item.handle());
      if (!handle || handle->type_name() != "Result") {
        diagnostics_.error("E301", at, fmt::format("the result of a search is needed here, and this is {}", item.kind()));
        return Poison{};
      }
      runs[side].push_back(handle->stage());
    }
  }
  const auto objectives = [&](const std::string& name) {
    std::vector<std::string> labels;
    for (const CheckedStage& stage : script_.stages)
      if (stage.name == name && stage.search)
        for (const Objective& o : stage.search->objectives) labels.push_back((o.maximise ? "maximize " : "minimize ") + o.label);
    return fmt::format("{}", fmt::join(labels, ", "));
  };
  for (const auto& side : runs)
    for (const std::string& run : side)
      if (objectives(run) != objectives(runs[0][0])) {
        diagnostics_.error("E705", span, fmt::format("{} and {} have different objectives", runs[0][0], run), "",
                           fmt::format("{}: {}; {}: {}.", runs[0][0], objectives(runs[0][0]), run, objectives(run)));
        return Poison{};
      }
  Later later;
  for (const auto& side : runs) later.stages.insert(later.stages.end(), side.begin(), side.end());
  later.now = [runs, names](const FindResult& find) -> Result<Value> {
    std::array<std::vector<std::shared_ptr<const Handle>>, 2> found;
    std::array<std::vector<const SearchResult*>, 2> results;
    for (std::size_t side = 0; side < 2; ++side)
      for (const std::string& run : runs[side]) {
        found[side].push_back(find(run));
        const auto* handle = dynamic_cast<const ResultHandle*>(found[side].back().get());
        if (!handle) return Failure{"", fmt::format("{} has no result", run), ""};
        results[side].push_back(&handle->result());
      }
    return Value(comparison_handle(compare(results[0], results[1]), names[0], names[1]));
  };
  return later;
}

}  // namespace nas
