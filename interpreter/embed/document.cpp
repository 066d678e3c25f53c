// The mistakes of a document, what completes it, its outline and its layout.
#include "embed/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "embed/document_state.h"
#include "embed/interpreter_state.h"
#include "syntax/parse.h"

namespace nas {
namespace {

/// The word that a did-you-mean offers, or "".
std::string offered(const std::string& label) {
  constexpr std::string_view kQuestion = "did you mean ";
  const auto at = label.find(kQuestion);
  if (at == std::string::npos) return "";
  std::string word = label.substr(at + kQuestion.size());
  word.resize(std::min(word.find('?'), word.size()));
  if (word.size() > 1 && word.front() == '\'' && word.back() == '\'') word = word.substr(1, word.size() - 2);
  return word;
}

}  // namespace

Document::State::Parsed::Parsed(const std::string& text) {
  script = syntax::parse(sources, sources.add("document", text), diagnostics);
  symbols = symbols_of(script);
}

const Document::State::Parsed& Document::State::parsed() {
  if (!parsed_) parsed_.emplace(text);
  return *parsed_;
}

const nlohmann::json& Document::State::known_schemas() {
  if (schemas.is_null()) schemas = interpreter.components_json();
  return schemas;
}

std::string Document::State::folder() const {
  return std::filesystem::path(path).parent_path().string();
}

std::string Document::State::file_of(const std::string& source) const {
  if (!source.starts_with("stdlib/")) return source;
  for (const std::string& folder : stdlib_folders(options)) {
    const auto file = std::filesystem::path(folder) / source.substr(7);
    if (std::error_code error; std::filesystem::exists(file, error))
      return std::filesystem::absolute(file, error).lexically_normal().string();
  }
  return source;
}

CompletionScope Document::State::scope(std::size_t offset) {
  CompletionScope scope;
  scope.names = names;
  scope.schemas = &known_schemas();
  scope.metrics = interpreter.metrics_json();
  scope.folder = folder();
  scope.most_bytes = syntax::ParseLimits{}.file_bytes;
  const Symbols& symbols = parsed().symbols;
  std::set<std::string> known;
  for (const auto& name : names) known.insert(name.value("name", ""));
  for (std::size_t i = 0; i < symbols.symbols.size(); ++i) {
    const Symbol& symbol = symbols.symbols[i];
    if (symbol.what == "def" || symbol.what == "def space") scope.definitions.try_emplace(symbol.name, slice(symbol.whole));
    if (!symbol.inside) {
      if (symbol.what == "def space" || symbol.what == "def" || !known.insert(symbol.name).second) continue;
      scope.locals.push_back({symbol.name, symbol.what});
      continue;
    }
    const Span body = symbols.symbols[*symbol.inside].whole;
    if (body.begin <= offset && offset <= body.end) scope.locals.push_back({symbol.name, symbol.what});
  }
  return scope;
}

Document::Document(const Options& options, std::string path) : state_(std::make_unique<State>(options, std::move(path))) {}
Document::~Document() = default;

void Document::set_text(std::string text) {
  state_->text = std::move(text);
  state_->parsed_.reset();
  state_->checked = false;
}
const std::string& Document::text() const {
  return state_->text;
}
const std::string& Document::path() const {
  return state_->path;
}

const std::vector<Document::Mistake>& Document::mistakes() {
  State& s = *state_;
  if (s.checked) return s.mistakes;
  s.checked = s.ever_checked = true;
  s.mistakes.clear();
  s.interpreter.load_text(s.path, s.text);
  s.interpreter.check();
  s.names = s.interpreter.names_json();
  const nlohmann::json shown = s.interpreter.diagnostics_json();
  const auto& all = s.interpreter.diagnostics().all();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Diagnostic& d = all[i];
    const auto place = [&](const nlohmann::json& json, Span span) {
      const std::string file = json.value("file", "");
      return Place{file == s.path ? "" : s.file_of(file), span.begin, span.end};
    };
    Mistake mistake{place(shown[i], d.span), d.severity == Severity::error, d.code, d.message, d.label, d.note, {}, {}};
    for (std::size_t l = 0; l < d.labels.size(); ++l)
      mistake.others.emplace_back(place(shown[i]["labels"][l], d.labels[l].span), d.labels[l].text);
    if (const std::string word = offered(d.label); !word.empty() && mistake.at.file.empty() && d.span.end <= s.text.size()) {
      // Only where the place is the word itself, and not something larger around it.
      const std::string written = s.slice(d.span);
      if (!did_you_mean(written, {word}).empty()) mistake.fix = Fix{"write " + word, {d.span.begin, d.span.end, word}};
    }
    s.mistakes.push_back(std::move(mistake));
  }
  return s.mistakes;
}

Completion Document::complete(std::size_t offset) {
  State& s = *state_;
  return nas::complete(s.scope(offset), s.text, std::min(offset, s.text.size()));
}

std::optional<Document::Signature> Document::signature(std::size_t offset) {
  State& s = *state_;
  const auto call = call_at(s.text, std::min(offset, s.text.size()));
  if (!call) return std::nullopt;
  const auto arguments = arguments_of(s.scope(offset), call->kind, call->callee);
  if (arguments.empty()) return std::nullopt;
  Signature signature;
  signature.label = call->callee + "(";
  for (const Candidate& argument : arguments) {
    if (!signature.parameters.empty()) signature.label += ", ";
    const std::string name = argument.text.substr(0, argument.text.find(' '));
    signature.parameters.push_back({name, argument.hint, signature.label.size(), signature.label.size() + name.size()});
    signature.label += name;
  }
  signature.label += ")";
  if (const nlohmann::json* schema = s.schema_of(call->callee, call->kind)) signature.doc = schema->value("doc", "");
  if (call->argument.empty()) {
    if (call->position < arguments.size()) signature.active = call->position;
    return signature;
  }
  for (std::size_t i = 0; i < signature.parameters.size(); ++i)
    if (signature.parameters[i].name == call->argument) signature.active = i;
  return signature;
}

std::vector<Document::Outline> Document::outline() {
  const auto& symbols = state_->parsed().symbols.symbols;
  std::vector<std::vector<std::size_t>> inside(symbols.size());
  std::vector<std::size_t> top;
  for (std::size_t i = 0; i < symbols.size(); ++i) (symbols[i].inside ? inside[*symbols[i].inside] : top).push_back(i);
  // Definitions do not nest deeper than a rule in a space.
  const std::function<Outline(std::size_t)> made = [&](std::size_t i) {
    const Symbol& symbol = symbols[i];
    const Span name = symbol.declared.front();
    Outline outline{symbol.name, symbol.what, symbol.whole.begin, symbol.whole.end, name.begin, name.end, {}};
    for (const std::size_t child : inside[i]) outline.inside.push_back(made(child));
    return outline;
  };
  std::vector<Outline> list;
  for (const std::size_t i : top) list.push_back(made(i));
  return list;
}

std::optional<std::string> Document::formatted() {
  SourceMap sources;
  Diagnostics diagnostics;
  std::string text = syntax::format(sources, sources.add("document", state_->text), diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  return text;
}

}  // namespace nas
