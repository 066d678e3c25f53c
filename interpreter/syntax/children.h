#pragma once

#include "syntax/tree.h"

namespace nas::syntax {

/// Gives every expression that hangs directly below a node of the tree to `visit`, and every body to `enter`.
template <typename Visit, typename Enter>
struct Children {
  Visit visit;
  Enter enter;

  void operator()(const NumberLiteral&) const {}
  void operator()(const BoolLiteral&) const {}
  void operator()(const NameRef&) const {}
  void operator()(const StringLiteral& text) const {
    for (const auto& piece : text.pieces) visit(piece.hole);
  }
  void operator()(const Member& member) const { visit(member.object); }
  void operator()(const AtDevice& at) const {
    visit(at.metric);
    visit(at.device);
  }
  void operator()(const Call& call) const {
    visit(call.callee);
    for (const auto& argument : call.arguments) visit(argument.value);
  }
  void operator()(const Index& index) const {
    visit(index.object);
    visit(index.index);
  }
  void operator()(const Unary& unary) const { visit(unary.operand); }
  void operator()(const Binary& binary) const {
    visit(binary.left);
    visit(binary.right);
  }
  void operator()(const Comparison& comparison) const {
    for (const auto& operand : comparison.operands) visit(operand);
  }
  void operator()(const RangeExpr& range) const {
    visit(range.first);
    visit(range.last);
    visit(range.step);
  }
  void operator()(const IfExpr& branch) const {
    visit(branch.condition);
    visit(branch.then);
    visit(branch.otherwise);
  }
  void operator()(const ListExpr& list) const {
    for (const auto& item : list.items) visit(item);
  }
  void operator()(const ChoiceExpr& choice) const {
    for (const auto& arm : choice.arms) {
      visit(arm.value);
      visit(arm.guard);
    }
  }
  void operator()(const RepeatExpr& repeat) const {
    visit(repeat.count);
    enter(repeat.body);
  }

  void operator()(const Import&) const {}
  void operator()(const Seed& seed) const { visit(seed.value); }
  void operator()(const Let& let) const { visit(let.value); }
  void operator()(const Param& param) const {
    visit(param.value);
    visit(param.bounds);
  }
  void operator()(const Require& require) const { visit(require.condition); }
  void operator()(const Show& show) const {
    for (const auto& value : show.values) visit(value);
  }
  void operator()(const DefFunction& def) const {
    for (const auto& parameter : def.parameters) visit(parameter.value);
    visit(def.value);
  }
  void operator()(const DefSpace& def) const {
    for (const auto& parameter : def.parameters) visit(parameter.value);
    enter(def.body);
  }
  void operator()(const Foreach& loop) const {
    visit(loop.values);
    enter(loop.body);
  }
  void operator()(const If& branch) const {
    visit(branch.condition);
    enter(branch.then);
    enter(branch.otherwise);
  }
  void operator()(const When& branch) const {
    visit(branch.condition);
    enter(branch.then);
    enter(branch.otherwise);
  }
  void operator()(const Stage& stage) const {
    for (const auto& operand : stage.operands) visit(operand.value);
    for (const auto& clause : stage.clauses)
      for (const auto& operand : clause.operands) visit(operand.value);
    for (const auto& setting : stage.settings) visit(setting.value);
  }
  void operator()(const Bind& bind) const { visit(bind.value); }
  void operator()(const Rule& rule) const {
    for (const auto& parameter : rule.parameters) visit(parameter.value);
    visit(rule.value);
  }
  void operator()(const SpellingDef& spelling) const {
    visit(spelling.text);
    for (const auto& setting : spelling.settings) visit(setting.value);
  }
  void operator()(const ExprStatement& statement) const { visit(statement.value); }
};
template <typename Visit, typename Enter>
Children(Visit, Enter) -> Children<Visit, Enter>;

}  // namespace nas::syntax
