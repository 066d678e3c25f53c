#include "lsp/server.h"

#include <fmt/format.h>

#include <algorithm>

namespace nas {
namespace {

using Json = nlohmann::json;

bool is_id(const Json& id) {
  return id.is_number_integer() || id.is_string();
}

/// What a client says that it can do.
Json capability(const Json& params, const char* path) {
  const Json::json_pointer at(std::string("/capabilities") + path);
  return params.is_object() && params.contains(at) ? params.at(at) : Json();
}

bool lists(const Json& list, const char* word) {
  return list.is_array() && std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

LanguageServer::LanguageServer(Options options, std::function<void(const Json&)> send)
    : options_(std::move(options)), send_(std::move(send)) {
  // What is being written elsewhere counts before what lies on the disk.
  options_.open_file = [this](const std::string& path) -> std::optional<std::string> {
    const std::string file = plain_path(path);
    if (asked_) asked_->insert(file);
    const std::string* text = open_text(file);
    return text ? std::optional(*text) : std::nullopt;
  };
}
LanguageServer::~LanguageServer() = default;

const std::map<std::string, LanguageServer::Handler>& LanguageServer::requests() {
  static const std::map<std::string, Handler> handlers = {{"initialize", &LanguageServer::initialize},
                                                          {"shutdown", &LanguageServer::shutdown},
                                                          {"textDocument/completion", &LanguageServer::completion},
                                                          {"textDocument/hover", &LanguageServer::hover},
                                                          {"textDocument/definition", &LanguageServer::definition},
                                                          {"textDocument/references", &LanguageServer::references},
                                                          {"textDocument/prepareRename", &LanguageServer::prepare_rename},
                                                          {"textDocument/rename", &LanguageServer::rename},
                                                          {"textDocument/formatting", &LanguageServer::formatting},
                                                          {"textDocument/documentSymbol", &LanguageServer::symbols},
                                                          {"textDocument/signatureHelp", &LanguageServer::signature},
                                                          {"textDocument/codeAction", &LanguageServer::actions}};
  return handlers;
}

const std::map<std::string, LanguageServer::Handler>& LanguageServer::notifications() {
  static const std::map<std::string, Handler> handlers = {{"initialized", &LanguageServer::nothing},
                                                          {"textDocument/didOpen", &LanguageServer::opened},
                                                          {"textDocument/didChange", &LanguageServer::changed},
                                                          {"textDocument/didClose", &LanguageServer::closed},
                                                          {"textDocument/didSave", &LanguageServer::files_changed},
                                                          {"workspace/didChangeWatchedFiles", &LanguageServer::files_changed}};
  return handlers;
}

void LanguageServer::answer(const Json& id, Answer given) {
  Json message = {{"jsonrpc", "2.0"}, {"id", id}};
  if (auto* refusal = std::get_if<Refusal>(&given))
    message["error"] = {{"code", refusal->code}, {"message", refusal->sentence}};
  else
    message["result"] = std::get<Json>(std::move(given));
  send_(message);
}

void LanguageServer::notify(const char* method, Json params) {
  send_({{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}});
}

void LanguageServer::log(const std::string& sentence) {
  notify("window/logMessage", {{"type", 2}, {"message", "nas: " + sentence}});
}

void LanguageServer::unreadable(const std::string& complaint) {
  answer(nullptr, Refusal{kParseError, complaint});
}

void LanguageServer::receive(const std::string& content) {
  Json message = Json::parse(content, nullptr, false);
  if (message.is_discarded()) return unreadable("the message is not JSON");
  if (!message.is_object()) return answer(nullptr, Refusal{kInvalidRequest, "a message is an object"});
  const Json id = message.contains("id") ? message["id"] : Json();
  if (!id.is_null() && !is_id(id)) return answer(nullptr, Refusal{kInvalidRequest, "an id is a whole number or a text"});
  if (message.value("jsonrpc", Json()) != "2.0") return answer(id, Refusal{kInvalidRequest, "jsonrpc is not \"2.0\""});
  if (!message.contains("method")) {
    if (message.contains("result") || message.contains("error")) return;  // an answer to nothing that was asked
    return answer(id, Refusal{kInvalidRequest, "a message has a method"});
  }
  if (!message["method"].is_string()) return answer(id, Refusal{kInvalidRequest, "a method is a text"});
  if (message["method"] == "$/cancelRequest") {
    const Json params = message.value("params", Json());
    if (!params.is_object() || !params.contains("id")) return;
    for (Waiting& waiting : waiting_)
      if (waiting.message.contains("id") && waiting.message["id"] == params["id"]) waiting.cancelled = true;
    return;
  }
  waiting_.push_back({std::move(message)});
}

bool LanguageServer::work() {
  if (finished_) return false;
  if (!waiting_.empty()) {
    Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    if (next.cancelled)
      answer(next.message["id"], Refusal{kCancelled, "the request was cancelled"});
    else
      handle(next.message);
    return true;
  }
  for (auto& [uri, open] : open_) {
    if (!open.changed) continue;
    publish(open);
    return true;
  }
  return false;
}

void LanguageServer::handle(const Json& message) {
  const std::string method = message["method"];
  const Json params = message.value("params", Json());
  const bool asks = message.contains("id") && !message["id"].is_null();
  if (method == "exit") {
    finished_ = true;
    return;
  }
  if (!asks) {
    if (!initialized_ || shut_down_) return;  // as the protocol wants it
    const auto handler = notifications().find(method);
    if (handler == notifications().end()) return;
    if (const Answer answer = (this->*handler->second)(params); std::holds_alternative<Refusal>(answer))
      log(fmt::format("{}: {}", method, std::get<Refusal>(answer).sentence));
    return;
  }
  const Json& id = message["id"];
  if (shut_down_) return answer(id, Refusal{kInvalidRequest, "the server has been shut down"});
  if (!initialized_ && method != "initialize") return answer(id, Refusal{kNotInitialized, "initialize comes first"});
  if (initialized_ && method == "initialize") return answer(id, Refusal{kInvalidRequest, "initialize comes once"});
  const auto handler = requests().find(method);
  if (handler == requests().end()) return answer(id, Refusal{kMethodNotFound, fmt::format("there is no method {}", method)});
  answer(id, (this->*handler->second)(params));
}

LanguageServer::Answer LanguageServer::initialize(const Json& params) {
  if (!params.is_object()) return Refusal{kInvalidParams, "params is no object"};
  initialized_ = true;
  counting_ = lists(capability(params, "/general/positionEncodings"), "utf-8") ? Counting::utf8 : Counting::utf16;
  markdown_ = lists(capability(params, "/textDocument/hover/contentFormat"), "markdown");
  related_ = capability(params, "/textDocument/publishDiagnostics/relatedInformation") == true;
  versions_ = capability(params, "/textDocument/publishDiagnostics/versionSupport") == true;
  nested_symbols_ = capability(params, "/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport") == true;
  const std::string version = Interpreter::version_text();
  return Json{{"serverInfo", {{"name", "nas"}, {"version", version.substr(version.find(' ') + 1)}}},
              {"capabilities",
               {{"positionEncoding", counting_ == Counting::utf8 ? "utf-8" : "utf-16"},
                {"textDocumentSync", {{"openClose", true}, {"change", 2}, {"save", true}}},
                {"completionProvider", {{"triggerCharacters", {"(", ".", "@", "=", ",", "{", "\""}}}},
                {"hoverProvider", true},
                {"definitionProvider", true},
                {"referencesProvider", true},
                {"renameProvider", {{"prepareProvider", true}}},
                {"documentFormattingProvider", true},
                {"documentSymbolProvider", true},
                {"signatureHelpProvider", {{"triggerCharacters", {"(", ","}}}},
                {"codeActionProvider", {{"codeActionKinds", {"quickfix"}}}}}}};
}

LanguageServer::Answer LanguageServer::shutdown(const Json&) {
  shut_down_ = true;
  open_.clear();
  return Json();
}

LanguageServer::Answer LanguageServer::opened(const Json& params) {
  const Json given = params.is_object() ? params.value("textDocument", Json()) : Json();
  if (!given.is_object() || !given.value("uri", Json()).is_string() || !given.value("text", Json()).is_string())
    return Refusal{kInvalidParams, "textDocument needs uri and text"};
  const std::string uri = given["uri"];
  Open& open = open_[uri];  // opened once more, it begins again
  open.uri = uri;
  open.file = plain_path(path_of(uri));
  open.document = std::make_unique<Document>(options_, path_of(uri));
  open.document->set_text(given["text"]);
  open.lines = std::make_unique<Lines>(open.document->text());
  open.version =
      given.value("version", Json()).is_number_integer() ? std::optional(given["version"].get<std::int64_t>()) : std::nullopt;
  open.changed = true;
  changed_for_others(uri);
  return Json();
}

const std::string* LanguageServer::open_text(const std::string& path) const {
  for (const auto& [uri, open] : open_)
    if (open.document && open.file == path) return &open.document->text();
  return nullptr;
}

void LanguageServer::changed_for_others(const std::string& uri) {
  const std::string file = plain_path(path_of(uri));
  for (auto& [other, open] : open_) {
    if (other == uri || !open.files.count(file)) continue;
    open.document->set_text(open.document->text());
    open.changed = true;
  }
}

LanguageServer::Answer LanguageServer::changed(const Json& params) {
  auto found = place(params, false);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  Open& open = *std::get<At>(found).open;
  const Json version = params["textDocument"].value("version", Json());
  if (version.is_number_integer()) {
    const auto number = version.get<std::int64_t>();
    if (open.version && number <= *open.version)
      return Refusal{kInvalidParams, fmt::format("version {} came after version {}; it is left out", number, *open.version)};
    open.version = number;
  }
  const Json changes = params.value("contentChanges", Json());
  if (!changes.is_array()) return Refusal{kInvalidParams, "contentChanges is no list"};
  std::string text = open.document->text();
  Lines lines = *open.lines;
  for (const Json& change : changes) {
    if (!change.is_object() || !change.value("text", Json()).is_string()) return Refusal{kInvalidParams, "a change has a text"};
    const std::string& fresh = change["text"].get_ref<const std::string&>();
    if (!change.contains("range")) {
      text = fresh;
    } else {
      const Json& range = change["range"];
      const auto at = [&](const char* end) -> std::optional<std::size_t> {
        if (!range.is_object() || !range.value(end, Json()).is_object()) return std::nullopt;
        const Json line = range[end].value("line", Json()), character = range[end].value("character", Json());
        if (!line.is_number_unsigned() || !character.is_number_unsigned()) return std::nullopt;
        return lines.offset(text, {line.get<std::size_t>(), character.get<std::size_t>()}, counting_);
      };
      const auto begin = at("start"), end = at("end");
      if (!begin || !end || *end < *begin) return Refusal{kInvalidParams, "a range has a start and, not before it, an end"};
      text.replace(*begin, *end - *begin, fresh);
    }
    lines = Lines(text);
  }
  open.document->set_text(std::move(text));
  *open.lines = std::move(lines);
  open.changed = true;
  changed_for_others(open.uri);
  return Json();
}

LanguageServer::Answer LanguageServer::closed(const Json& params) {
  auto found = place(params, false);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const std::string uri = std::get<At>(found).open->uri;
  open_.erase(uri);
  changed_for_others(uri);
  notify("textDocument/publishDiagnostics", {{"uri", uri}, {"diagnostics", Json::array()}});
  return Json();
}

LanguageServer::Answer LanguageServer::files_changed(const Json&) {
  // What a script imports may have changed.
  for (auto& [uri, open] : open_) {
    open.document->set_text(open.document->text());
    open.changed = true;
  }
  return Json();
}

std::variant<LanguageServer::At, LanguageServer::Refusal> LanguageServer::place(const Json& params, bool with_position) {
  const Json document = params.is_object() ? params.value("textDocument", Json()) : Json();
  if (!document.is_object() || !document.value("uri", Json()).is_string())
    return Refusal{kInvalidParams, "params has no textDocument with a uri"};
  const std::string uri = document["uri"];
  const auto it = open_.find(uri);
  if (it == open_.end()) return Refusal{kInvalidParams, fmt::format("{} is not open", uri)};
  At at{&it->second, 0};
  if (!with_position) return at;
  const auto offset = offset_of(it->second, params.value("position", Json()));
  if (!offset) return Refusal{kInvalidParams, "a position has a line and a character"};
  at.offset = *offset;
  return at;
}

std::optional<std::size_t> LanguageServer::offset_of(const Open& open, const Json& position) const {
  if (!position.is_object()) return std::nullopt;
  const Json line = position.value("line", Json()), character = position.value("character", Json());
  if (!line.is_number_unsigned() || !character.is_number_unsigned()) return std::nullopt;
  return open.lines->offset(open.document->text(), {line.get<std::size_t>(), character.get<std::size_t>()}, counting_);
}

}  // namespace nas
