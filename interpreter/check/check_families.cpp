#include <fmt/format.h>

#include <algorithm>

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
  if (stage.operands.empty() || !stage.operands[0].value) return execute_one(stage, span, scope);  // which says what is missing
  const std::string& word = stage.word.text;
  const std::string name = stage_name(stage, word == "profile" ? word : component_name(*stage.operands[0].value));
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
    runs.push_back({name, fmt::format("seed {}", *seed.integer()), static_cast<std::uint64_t>(*seed.integer())});
  }
  if (runs.empty()) {
    diagnostics_.error("E404", setting.value->span, "seeds is empty: there would be no run");
    return give_up();
  }
  const char* type = word == "train" ? "Weights" : word == "profile" ? "Profile" : word == "tune" ? "Predictor" : "Result";
  if (!each_member(stage, runs, type, scope, [&](Scope& inner) { execute_one(stage, span, inner); })) give_up();
}

void ScriptChecker::learners(const syntax::Stage& stage, Span span, const List& profiles, Scope& scope) {
  if (stage.operands.empty() || !stage.operands[0].value) return execute_one(stage, span, scope);  // which says what is missing
  const Span at = clause(stage, "from")->operands[0].span;
  const std::string name = stage_name(stage, component_name(*stage.operands[0].value));
  auto give_up = [&] {
    broken_types_.insert("Predictor");
    if (stage.name) scope.set(stage.name->text, Poison{}, stage.name->span);
  };
  std::vector<Member> each;
  std::set<std::string> seen, families;
  for (const Value& profile : profiles) {
    const auto reference = stage_reference(profile, "Profile");
    if (!reference) {
      if (!profile.poisoned())
        diagnostics_.error("E301", at, fmt::format("a list of profiles is needed here, and one of them is {}", profile.kind()));
      return give_up();
    }
    const std::string probe = (*reference)["$stage"];
    if (!seen.insert(probe).second) {
      diagnostics_.error("E402", at, fmt::format("profile {} is given twice", probe));
      return give_up();
    }
    const auto known = std::find_if(script_.stages.begin(), script_.stages.end(), [&](const auto& s) { return s.name == probe; });
    each.push_back({name, probe, known->seed, "", probe});
    families.insert(probe.ends_with(']') ? probe.substr(0, probe.rfind('[')) : "");
  }
  if (each.empty()) {
    diagnostics_.error("E404", at, "the list is empty: there is no profile in it");
    return give_up();
  }
  // Of one family: by what tells them apart there.
  const std::size_t begin = families.begin()->size() + 1;
  if (families.size() == 1 && begin > 1)
    for (Member& member : each) member.label = member.probe.substr(begin, member.probe.size() - begin - 1);
  if (!each_member(stage, each, "Predictor", scope, [&](Scope& inner) { execute_one(stage, span, inner); })) give_up();
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
    const CheckedStage& last = script_.stages.back();
    made.push_back(last.tuning ? handle_value<TunedHandle>(last.name) : handle_value<StageHandle>(last.name, type));
  }
  if (stage.name)
    define(*stage.name, Value(std::move(made)), scope);
  else
    scope.set(members[0].family, Value(std::move(made)), stage.word.span);
  return true;
}

}  // namespace nas
