#include "check/reserved_names.h"

#include <algorithm>

#include "check/script_checker.h"
#include "syntax/parse.h"
#include "syntax/tokens.h"

namespace nas {

bool is_reserved(const std::string& name) {
  std::vector<std::string> taken = ScriptChecker::result_functions();
  taken.insert(taken.end(), builtin_functions().begin(), builtin_functions().end());
  for (const auto* words : {&syntax::stage_words(), &syntax::statement_words(), &syntax::clause_words()})
    taken.insert(taken.end(), words->begin(), words->end());
  for (const char* word : {"architecture", "as", "choice", "def", "features", "kind", "maximize", "minimize", "nas", "otherwise",
                           "pick", "repeat", "rule", "spelling", "step", "x"})
    taken.emplace_back(word);
  if (std::find(taken.begin(), taken.end(), name) != taken.end()) return true;
  // Other words cannot stand where a metric does.
  SourceMap sources;
  Diagnostics heard;
  syntax::parse(sources, sources.add("", "let " + name + " = 1\nobjective minimize " + name + "\nshow " + name + "@a.best\n"),
                heard);
  return heard.has_errors();
}

}  // namespace nas
