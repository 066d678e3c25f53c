// Stages that no statement declares: an expression stands for them.
#include <fmt/format.h>

#include <utility>

#include "check/script_checker.h"

namespace nas {
namespace {

/// Spaces up to this size are looked up whole where two devices are compared.
constexpr double kLookedUp = 1e6;

syntax::ExprPtr expression(Span span, decltype(syntax::Expr::node) node) {
  return std::make_unique<syntax::Expr>(syntax::Expr{span, std::move(node)});
}
syntax::ExprPtr name_of(Span span, const char* name) {
  return expression(span, syntax::NameRef{name});
}
syntax::Operand operand(Span span, syntax::ExprPtr value,
                        syntax::Operand::Direction direction = syntax::Operand::Direction::none) {
  return {direction, span, std::move(value)};
}
syntax::Clause clause_of(Span span, const char* word, syntax::Operand first) {
  syntax::Clause clause{{word, span}, {}};
  clause.operands.push_back(std::move(first));
  return clause;
}

}  // namespace

Value ScriptChecker::implied(const std::string& name, const char* type, const std::vector<std::string>& metrics,
                             syntax::Stage stage, Span span, Scope& scope) {
  // Where a pass or a branch gives its metrics other sources it is another stage.
  std::string key = name;
  for (const std::string& label : metrics)
    if (const auto at = declared_here_.sources.find(label); at != declared_here_.sources.end()) {
      const CheckedCall& source = at->second.source;
      key += fmt::format("\n{} from {} {} {}", label, at->second.stage, source.component ? source.component->name : "",
                         source.arguments.dump());
    }
  const auto [made, fresh] = implied_.try_emplace(key, Poison{});
  if (!fresh) return made->second;
  // It belongs to no pass, branch or family that the expression stands in.
  const auto suffix = std::exchange(suffix_, "");
  const auto when = std::exchange(when_, {});
  const auto member = std::exchange(member_, std::nullopt);
  const auto using_here = std::exchange(using_, {});
  const std::string own_name = fresh_name(name);
  stage.name = syntax::Name{own_name, span};
  const std::size_t before = script_.stages.size();
  execute_one(stage, span, scope);
  if (script_.stages.size() > before) made->second = handle_value<StageHandle>(own_name, type);
  suffix_ = suffix;
  when_ = when;
  member_ = member;
  using_ = using_here;
  return made->second;
}

std::optional<Value> ScriptChecker::true_front_call(const syntax::Call& call, const syntax::Member& member, Span span,
                                                    const Scope& scope) {
  const Value object = evaluate(*member.object, scope);
  if (object.poisoned()) return Value(Poison{});
  const auto* space = dynamic_cast<const SpaceHandle*>(object.handle());
  if (!space) return std::nullopt;
  const Value given = only_argument(call, scope);
  if (given.poisoned()) return Value(Poison{});
  const auto* device = dynamic_cast<const StageHandle*>(given.handle());
  if (!device || device->type_name() != "Device") {
    diagnostics_.error("E404", span, "true_front takes one device", fmt::format("e.g. {}.true_front(phone)", space->stage()));
    return Value(Poison{});
  }
  // search exhaustive() of maximize accuracy, minimize latency@device over space
  Scope inner(&scope);
  inner.set("device", given);
  inner.set("space", object);
  using Direction = syntax::Operand::Direction;
  syntax::Stage stage{{"search", span}, std::nullopt, {}, {}, {}};
  stage.operands.push_back(operand(span, expression(span, syntax::Call{name_of(span, "exhaustive"), {}})));
  stage.clauses.push_back(clause_of(span, "of", operand(span, name_of(span, "accuracy"), Direction::maximize)));
  stage.clauses[0].operands.push_back(
      operand(span, expression(span, syntax::AtDevice{name_of(span, "latency"), name_of(span, "device")}), Direction::minimize));
  stage.clauses.push_back(clause_of(span, "over", operand(span, name_of(span, "space"))));
  return implied(fmt::format("{}.true_front({})", space->stage(), device->stage()), "Result",
                 {"accuracy", "latency@" + device->stage()}, std::move(stage), span, inner);
}

std::optional<Value> ScriptChecker::looked_up(const Value& device, Span span, const Scope& scope) {
  const auto* handle = dynamic_cast<const StageHandle*>(device.handle());
  const auto spaces = known_.find("Space");
  if (devices_.at(handle->stage())->name != "table" || spaces == known_.end() || spaces->second.size() != 1) return std::nullopt;
  const auto* space = dynamic_cast<const SpaceHandle*>(spaces->second[0].second.handle());
  if (!space || space->pool() || space->space()->networks() > kLookedUp) return std::nullopt;
  // profile latency over space on device { samples = all of them }
  Scope inner(&scope);
  inner.set("device", device);
  inner.set("space", spaces->second[0].second);
  inner.set("all", Value(static_cast<std::int64_t>(space->space()->networks().get_ui())));
  syntax::Stage stage{{"profile", span}, std::nullopt, {}, {}, {}};
  stage.operands.push_back(operand(span, name_of(span, "latency")));
  stage.clauses.push_back(clause_of(span, "over", operand(span, name_of(span, "space"))));
  stage.clauses.push_back(clause_of(span, "on", operand(span, name_of(span, "device"))));
  stage.settings.push_back({{"samples", span}, name_of(span, "all")});
  return implied(fmt::format("latency@{} of {}", handle->stage(), space->stage()), "Profile", {"latency@" + handle->stage()},
                 std::move(stage), span, inner);
}

}  // namespace nas
