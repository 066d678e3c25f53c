// What the client asks about a document.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "lsp/server.h"

namespace nas {
namespace {

using Json = nlohmann::json;

/// The protocol's numbers of kinds.
int symbol_kind(const std::string& what) {
  static const std::map<std::string, int> kinds = {{"param", 14},     {"let", 13},      {"def", 12},
                                                   {"rule", 12},      {"def space", 5}, {"import", 2},
                                                   {"parameter", 13}, {"variable", 13}, {"part", 8}};
  const auto it = kinds.find(what);
  return it == kinds.end() ? 19 : it->second;
}

int completion_kind(const Candidate& candidate) {
  const std::string& text = candidate.text;
  if (text.ends_with(" = ")) return 10;
  if (text.ends_with("(")) return 3;
  if (text.ends_with(" ")) return 14;
  if (text.ends_with("/")) return 19;
  return candidate.hint.starts_with("metric") ? 12 : 6;
}

/// Plain text, as Markdown that shows the same.
std::string as_markdown(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_<>[]#|").find(c) != std::string_view::npos) out += '\\';
    if (c == '\n') out += "  ";
    out += c;
  }
  return out;
}

std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Json LanguageServer::position(const Open& open, std::size_t offset) const {
  const auto at = open.lines->position(open.document->text(), offset, counting_);
  return {{"line", at.line}, {"character", at.character}};
}

Json LanguageServer::range(const Open& open, std::size_t begin, std::size_t end) const {
  return {{"start", position(open, begin)}, {"end", position(open, end)}};
}

Json LanguageServer::location(const Open& open, const Document::Place& place) const {
  if (place.file.empty()) return {{"uri", open.uri}, {"range", range(open, place.begin, place.end)}};
  const std::string* shown = open_text(plain_path(place.file));
  const std::string text = shown ? *shown : text_of_file(place.file);
  const Lines lines(text);
  const auto from = lines.position(text, place.begin, counting_), to = lines.position(text, place.end, counting_);
  return {{"uri", uri_of(place.file)},
          {"range",
           {{"start", {{"line", from.line}, {"character", from.character}}},
            {"end", {{"line", to.line}, {"character", to.character}}}}}};
}

Json LanguageServer::diagnostic(Open& open, const Document::Mistake& mistake) const {
  std::string text = mistake.message;
  if (!mistake.label.empty()) text += "\n" + mistake.label;
  if (!mistake.note.empty()) text += "\n" + mistake.note;
  Json related = Json::array();
  Json where = range(open, mistake.at.begin, mistake.at.end);
  if (!mistake.at.file.empty()) {
    // A mistake of an imported file is told where the import stands.
    where = range(open, 0, 0);
    const std::string& script = open.document->text();
    for (std::size_t at = script.find("import"); at != std::string::npos; at = script.find("import", at + 1))
      for (const auto& file : open.document->definition(script.find('"', at)))
        if (file.file == mistake.at.file) where = range(open, at, std::min(script.find('\n', at), script.size()));
    const Json there = location(open, mistake.at);
    related.push_back({{"location", there}, {"message", mistake.message}});
    text = fmt::format("in {}, line {}: {}", mistake.at.file, there["range"]["start"]["line"].get<std::size_t>() + 1, text);
  }
  for (const auto& [place, words] : mistake.others) {
    Json there = location(open, place);
    if (!related_) text += fmt::format("\n{}: line {}", words, there["range"]["start"]["line"].get<std::size_t>() + 1);
    related.push_back({{"location", std::move(there)}, {"message", words}});
  }
  Json json = {
      {"range", where}, {"severity", mistake.error ? 1 : 2}, {"code", mistake.code}, {"source", "nas"}, {"message", text}};
  if (related_ && !related.empty()) json["relatedInformation"] = std::move(related);
  return json;
}

void LanguageServer::publish(Open& open) {
  open.changed = false;
  Json list = Json::array();
  open.files.clear();
  asked_ = &open.files;
  const auto& mistakes = open.document->mistakes();
  asked_ = nullptr;
  for (const auto& mistake : mistakes) list.push_back(diagnostic(open, mistake));
  Json params = {{"uri", open.uri}, {"diagnostics", std::move(list)}};
  if (versions_ && open.version) params["version"] = *open.version;
  notify("textDocument/publishDiagnostics", std::move(params));
}

LanguageServer::Answer LanguageServer::completion(const Json& params) {
  auto found = place(params, true);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto [open, offset] = std::get<At>(found);
  const Completion done = open->document->complete(offset);
  const Json where = range(*open, done.begin, offset);
  Json items = Json::array();
  for (const Candidate& candidate : done.candidates) {
    std::string label = candidate.text;
    while (!label.empty() && std::string_view(" =(").find(label.back()) != std::string_view::npos) label.pop_back();
    items.push_back({{"label", label},
                     {"kind", completion_kind(candidate)},
                     {"detail", candidate.hint},
                     {"textEdit", {{"range", where}, {"newText", candidate.text}}}});
  }
  return Json{{"isIncomplete", false}, {"items", std::move(items)}};
}

LanguageServer::Answer LanguageServer::hover(const Json& params) {
  auto found = place(params, true);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto [open, offset] = std::get<At>(found);
  const auto hover = open->document->hover(offset);
  if (!hover) return Json();
  std::string text = hover->head + (hover->text.empty() ? "" : "\n\n" + hover->text);
  if (markdown_) text = "```nas\n" + hover->head + "\n```\n" + as_markdown(hover->text);
  return Json{{"contents", {{"kind", markdown_ ? "markdown" : "plaintext"}, {"value", text}}},
              {"range", range(*open, hover->begin, hover->end)}};
}

LanguageServer::Answer LanguageServer::definition(const Json& params) {
  auto found = place(params, true);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto [open, offset] = std::get<At>(found);
  Json list = Json::array();
  for (const auto& place : open->document->definition(offset)) list.push_back(location(*open, place));
  return list;
}

LanguageServer::Answer LanguageServer::references(const Json& params) {
  auto found = place(params, true);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto [open, offset] = std::get<At>(found);
  const Json context = params.value("context", Json());
  const bool declarations = context.is_object() && context.value("includeDeclaration", Json()) == true;
  Json list = Json::array();
  for (const auto& place : open->document->references(offset, declarations)) list.push_back(location(*open, place));
  return list;
}

LanguageServer::Answer LanguageServer::prepare_rename(const Json& params) {
  auto found = place(params, true);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto [open, offset] = std::get<At>(found);
  const auto at = open->document->renamed_at(offset);
  if (!at) return Refusal{kFailed, at.failure().message};
  return range(*open, at->begin, at->end);
}

LanguageServer::Answer LanguageServer::rename(const Json& params) {
  auto found = place(params, true);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  if (!params.value("newName", Json()).is_string()) return Refusal{kInvalidParams, "newName is no text"};
  const auto [open, offset] = std::get<At>(found);
  const auto edits = open->document->rename(offset, params["newName"]);
  if (!edits) return Refusal{kFailed, edits.failure().message};
  Json list = Json::array();
  for (const auto& edit : *edits) list.push_back({{"range", range(*open, edit.begin, edit.end)}, {"newText", edit.text}});
  return Json{{"changes", {{open->uri, std::move(list)}}}};
}

LanguageServer::Answer LanguageServer::formatting(const Json& params) {
  auto found = place(params, false);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  Open& open = *std::get<At>(found).open;
  const auto text = open.document->formatted();
  if (!text) return Refusal{kFailed, "the script has mistakes in its syntax; mend them first"};
  const std::string& before = open.document->text();
  if (*text == before) return Json::array();
  return Json::array({{{"range", range(open, 0, before.size())}, {"newText", *text}}});
}

Json LanguageServer::outline(const Open& open, const Document::Outline& symbol) const {
  Json json = {{"name", symbol.name},
               {"detail", symbol.what},
               {"kind", symbol_kind(symbol.what)},
               {"range", range(open, symbol.begin, symbol.end)},
               {"selectionRange", range(open, symbol.name_begin, symbol.name_end)}};
  for (const auto& inside : symbol.inside) json["children"].push_back(outline(open, inside));
  return json;
}

void LanguageServer::flat_outline(const Open& open, const Document::Outline& symbol, const std::string& container,
                                  Json& list) const {
  Json json = {{"name", symbol.name},
               {"kind", symbol_kind(symbol.what)},
               {"location", {{"uri", open.uri}, {"range", range(open, symbol.begin, symbol.end)}}}};
  if (!container.empty()) json["containerName"] = container;
  list.push_back(std::move(json));
  for (const auto& inside : symbol.inside) flat_outline(open, inside, symbol.name, list);
}

LanguageServer::Answer LanguageServer::symbols(const Json& params) {
  auto found = place(params, false);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Open& open = *std::get<At>(found).open;
  Json list = Json::array();
  for (const auto& symbol : open.document->outline()) {
    if (nested_symbols_)
      list.push_back(outline(open, symbol));
    else
      flat_outline(open, symbol, "", list);
  }
  return list;
}

LanguageServer::Answer LanguageServer::signature(const Json& params) {
  auto found = place(params, true);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto [open, offset] = std::get<At>(found);
  const auto signature = open->document->signature(offset);
  if (!signature) return Json();
  Json parameters = Json::array();
  for (const auto& parameter : signature->parameters)
    parameters.push_back({{"label", {parameter.begin, parameter.end}}, {"documentation", parameter.hint}});
  Json one = {{"label", signature->label}, {"parameters", std::move(parameters)}};
  if (!signature->doc.empty()) one["documentation"] = signature->doc;
  Json json = {{"signatures", Json::array({std::move(one)})}, {"activeSignature", 0}};
  if (signature->active) json["activeParameter"] = *signature->active;
  return json;
}

LanguageServer::Answer LanguageServer::actions(const Json& params) {
  auto found = place(params, false);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  Open& open = *std::get<At>(found).open;
  const Json asked = params.value("range", Json());
  const auto begin = asked.is_object() ? offset_of(open, asked.value("start", Json())) : std::nullopt;
  const auto end = asked.is_object() ? offset_of(open, asked.value("end", Json())) : std::nullopt;
  if (!begin || !end) return Refusal{kInvalidParams, "a range has a start and an end"};
  Json list = Json::array();
  const Json context = params.value("context", Json());
  if (const Json only = context.is_object() ? context.value("only", Json()) : Json(); only.is_array())
    if (std::none_of(only.begin(), only.end(), [](const Json& kind) { return kind == "quickfix" || kind == ""; })) return list;
  for (const auto& mistake : open.document->mistakes()) {
    if (!mistake.fix || mistake.at.end < *begin || *end < mistake.at.begin) continue;
    const auto& edit = mistake.fix->edit;
    const Json edits = Json::array({{{"range", range(open, edit.begin, edit.end)}, {"newText", edit.text}}});
    list.push_back({{"title", mistake.fix->title},
                    {"kind", "quickfix"},
                    {"diagnostics", Json::array({diagnostic(open, mistake)})},
                    {"isPreferred", true},
                    {"edit", {{"changes", {{open.uri, edits}}}}}});
  }
  return list;
}

}  // namespace nas
