#include "check/references.h"

#include <type_traits>

namespace nas {
namespace {

using syntax::Expr;
using syntax::ExprPtr;

/// Gives every expression that hangs directly below a node of the tree to `visit`, and every body to `enter`.
template <typename Visit, typename Enter>
struct Children {
  Visit visit;
  Enter enter;

  void operator()(const syntax::NumberLiteral&) const {}
  void operator()(const syntax::BoolLiteral&) const {}
  void operator()(const syntax::NameRef&) const {}
  void operator()(const syntax::StringLiteral& text) const {
    for (const auto& piece : text.pieces) visit(piece.hole);
  }
  void operator()(const syntax::Member& member) const { visit(member.object); }
  void operator()(const syntax::AtDevice& at) const {
    visit(at.metric);
    visit(at.device);
  }
  void operator()(const syntax::Call& call) const {
    visit(call.callee);
    for (const auto& argument : call.arguments) visit(argument.value);
  }
  void operator()(const syntax::Index& index) const {
    visit(index.object);
    visit(index.index);
  }
  void operator()(const syntax::Unary& unary) const { visit(unary.operand); }
  void operator()(const syntax::Binary& binary) const {
    visit(binary.left);
    visit(binary.right);
  }
  void operator()(const syntax::Comparison& comparison) const {
    for (const auto& operand : comparison.operands) visit(operand);
  }
  void operator()(const syntax::RangeExpr& range) const {
    visit(range.first);
    visit(range.last);
    visit(range.step);
  }
  void operator()(const syntax::IfExpr& branch) const {
    visit(branch.condition);
    visit(branch.then);
    visit(branch.otherwise);
  }
  void operator()(const syntax::ListExpr& list) const {
    for (const auto& item : list.items) visit(item);
  }
  void operator()(const syntax::ChoiceExpr& choice) const {
    for (const auto& arm : choice.arms) {
      visit(arm.value);
      visit(arm.guard);
    }
  }
  void operator()(const syntax::RepeatExpr& repeat) const {
    visit(repeat.count);
    enter(repeat.body);
  }

  void operator()(const syntax::Import&) const {}
  void operator()(const syntax::Seed& seed) const { visit(seed.value); }
  void operator()(const syntax::Let& let) const { visit(let.value); }
  void operator()(const syntax::Param& param) const {
    visit(param.value);
    visit(param.bounds);
  }
  void operator()(const syntax::Require& require) const { visit(require.condition); }
  void operator()(const syntax::Show& show) const {
    for (const auto& value : show.values) visit(value);
  }
  void operator()(const syntax::DefFunction& def) const {
    for (const auto& parameter : def.parameters) visit(parameter.value);
    visit(def.value);
  }
  void operator()(const syntax::DefSpace& def) const {
    for (const auto& parameter : def.parameters) visit(parameter.value);
    enter(def.body);
  }
  void operator()(const syntax::Foreach& loop) const {
    visit(loop.values);
    enter(loop.body);
  }
  void operator()(const syntax::If& branch) const {
    visit(branch.condition);
    enter(branch.then);
    enter(branch.otherwise);
  }
  void operator()(const syntax::When& branch) const {
    visit(branch.condition);
    enter(branch.then);
    enter(branch.otherwise);
  }
  void operator()(const syntax::Stage& stage) const {
    for (const auto& operand : stage.operands) visit(operand.value);
    for (const auto& clause : stage.clauses)
      for (const auto& operand : clause.operands) visit(operand.value);
    for (const auto& setting : stage.settings) visit(setting.value);
  }
  void operator()(const syntax::Bind& bind) const { visit(bind.value); }
  void operator()(const syntax::Rule& rule) const {
    for (const auto& parameter : rule.parameters) visit(parameter.value);
    visit(rule.value);
  }
  void operator()(const syntax::SpellingDef& spelling) const {
    visit(spelling.text);
    for (const auto& setting : spelling.settings) visit(setting.value);
  }
  void operator()(const syntax::ExprStatement& statement) const { visit(statement.value); }
};

void collect(const Expr& expr, std::set<std::string>& names, Mentions mentions);

void collect(const syntax::Body& body, std::set<std::string>& names, Mentions mentions) {
  const auto visit = [&](const ExprPtr& child) {
    if (child) collect(*child, names, mentions);
  };
  const auto enter = [&](const syntax::Body& inner) { collect(inner, names, mentions); };
  for (const auto& statement : body) {
    if (!mentions.spellings && std::holds_alternative<syntax::SpellingDef>(statement.node)) continue;
    std::visit(Children{visit, enter}, statement.node);
  }
}

void collect(const Expr& expr, std::set<std::string>& names, Mentions mentions) {
  if (const auto* name = std::get_if<syntax::NameRef>(&expr.node)) names.insert(name->name);
  if (const auto* member = std::get_if<syntax::Member>(&expr.node); member && mentions.parts) names.insert(member->name.text);
  const auto visit = [&](const ExprPtr& child) {
    if (child) collect(*child, names, mentions);
  };
  const auto enter = [&](const syntax::Body& inner) { collect(inner, names, mentions); };
  std::visit(Children{visit, enter}, expr.node);
}

}  // namespace

void collect_references(const Expr& expr, std::set<std::string>& names) {
  collect(expr, names, {});
}

void collect_references(const syntax::Body& body, std::set<std::string>& names, Mentions mentions) {
  collect(body, names, mentions);
}

}  // namespace nas
