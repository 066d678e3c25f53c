#include "check/references.h"

#include "syntax/children.h"

namespace nas {
namespace {

using syntax::Children;
using syntax::Expr;
using syntax::ExprPtr;

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
