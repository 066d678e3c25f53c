#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syntax/tree.h"

namespace nas {

/// A name that a script declares.
struct Symbol {
  std::string name;
  std::string what;                   ///< param, let, def, "def space", import, a stage word, parameter, variable, part, rule
  std::vector<Span> declared;         ///< several where both branches of a `when` declare it
  Span whole;                         ///< its statement; of a parameter its definition's
  std::optional<std::size_t> inside;  ///< the definition or loop in whose body it stands
  bool implicit = false;              ///< a stage that takes its component's name
  bool known = false;                 ///< in the whole script, not only in a body
};

/// A place where a script writes a name.
struct Mention {
  enum class Role {
    declaration,
    name,      ///< a value, a component, a function, a metric
    part,      ///< behind a dot
    argument,  ///< `population =` in a call
    setting,   ///< `samples =` in braces behind a stage
    type,      ///< `int` of a parameter
    word,      ///< a stage or clause word
    file,      ///< of an import
  };
  Span span;
  std::string text;
  Role role = Role::name;
  std::optional<std::size_t> symbol;  ///< what it means, where the script declares it
  std::string owner;                  ///< of an argument or a setting: whose; of a part: the name before the dot
  std::string kind;  ///< of what can stand here as a component or takes the argument: "search", "tactic", "layer"
};

/// Names of a script by its text alone: what is declared where, and what each mention means. Bodies see what stands before them,
/// definitions all of the script. What an import declares is not looked at.
struct Symbols {
  std::vector<Symbol> symbols;    ///< in the order of their declarations
  std::vector<Mention> mentions;  ///< in the order of their places

  /// The mention that the byte lies in, or at whose end it stands.
  const Mention* at(std::size_t offset) const;
};
Symbols symbols_of(const syntax::Script& script);

/// Whether a stage that is given no name is called by its component's: `search nsga2(..)`.
bool names_itself(const std::string& stage_word);

/// What the language calls the components behind a stage word or a clause: "search", "training", "tactic".
std::string component_kind(const std::string& stage_word, const std::string& clause_word);

}  // namespace nas
