#include <fmt/format.h>

#include <algorithm>

#include "check/references.h"
#include "check/script_checker.h"

namespace nas {
namespace {

/// Words of stages that do something; a file without any is there to be imported.
constexpr const char* kActing[] = {"train", "profile", "transfer", "tune", "search", "place",
                                   "plot",  "export",  "report",   "show", "require"};

}  // namespace

void ScriptChecker::unused_names(const syntax::Body& body) {
  auto unused = [&](const std::string& what, const syntax::Name& name, const std::set<std::string>& used) {
    if (!used.count(name.text) && name.text[0] != '_')
      diagnostics_.warning("W901", name.span, fmt::format("{} {} is never used", what, name.text), "",
                           fmt::format("called _{} it is left alone.", name.text));
  };
  for (const auto& statement : body) {
    if (const auto* import = std::get_if<syntax::Import>(&statement.node); import && import->alias)
      unused("import", *import->alias, referenced_);
    if (const auto* let = std::get_if<syntax::Let>(&statement.node)) unused("let", let->name, referenced_);
    if (const auto* param = std::get_if<syntax::Param>(&statement.node)) unused("param", param->name, referenced_);
    if (const auto* def = std::get_if<syntax::DefFunction>(&statement.node)) unused("def", def->name, referenced_);
    if (const auto* def = std::get_if<syntax::DefSpace>(&statement.node)) {
      unused("def space", def->name, referenced_);
      std::set<std::string> inside;
      collect_references(def->body, inside);
      for (const auto& part : def->body)
        if (const auto* let = std::get_if<syntax::Let>(&part.node)) unused("let", let->name, inside);
    }
    if (const auto* loop = std::get_if<syntax::Foreach>(&statement.node)) unused_names(loop->body);
    if (const auto* branch = std::get_if<syntax::If>(&statement.node)) {
      unused_names(branch->then);
      unused_names(branch->otherwise);
    }
    if (const auto* branch = std::get_if<syntax::When>(&statement.node)) {
      unused_names(branch->then);
      unused_names(branch->otherwise);
    }
    if (const auto* stage = std::get_if<syntax::Stage>(&statement.node)) unused_stage(*stage, statement.span);
  }
}

void ScriptChecker::unused_stage(const syntax::Stage& stage, Span span) {
  const std::string& word = stage.word.text;
  if (stage.name && (referenced_.count(stage.name->text) || stage.name->text[0] == '_')) return;
  if (word == "predictor") {
    const auto it = predictor_asked_.find(stage.operands[0].span.begin);
    if (it != predictor_asked_.end() && !it->second)
      diagnostics_.warning("W902", stage.operands[0].span, "no search asks this predictor", "",
                           "a search takes the predictors that are declared above it.");
    return;
  }
  if (word != "space" && word != "device" && word != "dataset") return;
  std::set<std::string> made;
  for (const CheckedStage& checked : script_.stages)
    if (checked.span.source == span.source && checked.span.begin == span.begin) made.insert(checked.name);
  if (made.empty()) return;
  for (const CheckedStage& checked : script_.stages)
    if (std::any_of(checked.needs.begin(), checked.needs.end(), [&](const auto& name) { return made.count(name) > 0; })) return;
  const std::string name = stage.name ? stage.name->text : *made.begin();
  diagnostics_.warning("W901", stage.name ? stage.name->span : stage.operands[0].span,
                       fmt::format("{} {} is never used", word, name), "",
                       stage.name ? fmt::format("called _{} it is left alone.", name) : "");
}

bool ScriptChecker::does_something() const {
  return std::any_of(script_.stages.begin(), script_.stages.end(), [](const CheckedStage& stage) {
    return std::any_of(std::begin(kActing), std::end(kActing), [&](const char* word) { return stage.word == word; });
  });
}

}  // namespace nas
