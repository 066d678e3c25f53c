#include <fmt/format.h>

#include "check/script_checker.h"

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
  std::vector<Member> runs;
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
    runs.push_back({name, static_cast<std::uint64_t>(*seed.integer())});
  }
  if (runs.empty()) {
    diagnostics_.error("E404", setting.value->span, "seeds is empty: there would be no run");
    return give_up();
  }
  const char* type = stage.word.text == "train" ? "Weights" : "Result";
  if (!each_member(stage, runs, type, scope, [&](Scope& inner) { execute_one(stage, span, inner); })) give_up();
}

bool ScriptChecker::each_member(const syntax::Stage& stage, const std::vector<Member>& members, const char* type, Scope& scope,
                                const std::function<void(Scope&)>& check) {
  List made;
  for (const Member& member : members) {
    auto inner = std::make_shared<Scope>(&scope);
    scopes_.push_back(inner);
    member_ = member;
    const std::size_t before = script_.stages.size();
    check(*inner);
    member_.reset();
    if (script_.stages.size() == before) return false;
    made.push_back(handle_value<StageHandle>(script_.stages.back().name, type));
  }
  if (stage.name)
    define(*stage.name, Value(std::move(made)), scope);
  else
    scope.set(members[0].family, Value(std::move(made)), stage.word.span);
  return true;
}

}  // namespace nas
