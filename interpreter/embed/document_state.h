#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "check/symbols.h"
#include "embed/document.h"

namespace nas {

/// What a document holds; private to the room.
struct Document::State {
  Options options;
  std::string path, text;
  Interpreter interpreter;

  State(const Options& given, std::string of) : options(given), path(std::move(of)), interpreter(given) {}

  /// A text, its tree and its names.
  struct Parsed {
    SourceMap sources;
    Diagnostics diagnostics;
    syntax::Script script;
    Symbols symbols;
    explicit Parsed(const std::string& text);
  };
  const Parsed& parsed();
  std::optional<Parsed> parsed_;

  bool checked = false, ever_checked = false;
  std::vector<Mistake> mistakes;
  nlohmann::json names = nlohmann::json::array();  ///< as `names_json`, of the last check
  nlohmann::json schemas;

  const nlohmann::json& known_schemas();
  CompletionScope scope(std::size_t offset);
  std::string folder() const;
  std::string slice(Span span) const { return text.substr(span.begin, span.end - span.begin); }

  /// Where a file of the standard library lies ("stdlib/spaces/nasbench201.nas"); else as it is.
  std::string file_of(const std::string& source) const;
  Place own(Span span) const { return {"", span.begin, span.end}; }
  const Mention* mention_at(std::size_t offset);
  const nlohmann::json* name_known(const std::string& name) const;
  const nlohmann::json* schema_of(const std::string& name, const std::string& kind);
  std::string described(const Symbol& symbol);
  Hover hover_of_number(std::size_t offset) const;
  std::vector<Place> in_imports(const std::string& name, const std::string& alias);
};

}  // namespace nas
