#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "embed/document.h"
#include "lsp/positions.h"

namespace nas {

/// The Language Server Protocol, 3.17, for scripts: a client of `Document`. One thread; messages are handled in the order in
/// which they came, diagnostics when nothing else waits.
class LanguageServer {
 public:
  using Json = nlohmann::json;

  /// `send` receives what goes to the client, one message at a time.
  LanguageServer(Options options, std::function<void(const Json&)> send);
  ~LanguageServer();

  /// Takes in one message; what is wrong with its JSON is answered at once, a request that is cancelled will not be handled.
  void receive(const std::string& content);
  /// A message that could not be read at all.
  void unreadable(const std::string& complaint);
  /// Handles what has waited longest, or else checks a text that has changed. False where there is nothing to do.
  bool work();
  bool finished() const { return finished_; }
  /// 0 after shutdown and exit, else 1.
  int exit_code() const { return shut_down_ && finished_ ? 0 : 1; }

 private:
  /// Errors of JSON-RPC 2.0 and of the protocol.
  static constexpr int kParseError = -32700, kInvalidRequest = -32600, kMethodNotFound = -32601, kInvalidParams = -32602,
                       kNotInitialized = -32002, kCancelled = -32800, kFailed = -32803;

  struct Refusal {
    int code;
    std::string sentence;
  };
  using Answer = std::variant<Json, Refusal>;
  using Handler = Answer (LanguageServer::*)(const Json& params);
  struct Waiting {
    Json message;
    bool cancelled = false;
  };
  /// An open document with what its client calls it.
  struct Open {
    std::string uri;
    std::string file;  ///< its plain path
    std::unique_ptr<Document> document;
    std::unique_ptr<Lines> lines;
    std::optional<std::int64_t> version;
    bool changed = true;          ///< since its diagnostics were sent
    std::set<std::string> files;  ///< that its last check asked for, besides its own
  };

  static const std::map<std::string, Handler>& requests();
  static const std::map<std::string, Handler>& notifications();
  void answer(const Json& id, Answer given);
  void notify(const char* method, Json params);
  void log(const std::string& sentence);
  void handle(const Json& message);

  // Life cycle and texts (server.cpp).
  Answer initialize(const Json& params);
  Answer shutdown(const Json& params);
  Answer nothing(const Json&) { return Json(); }
  Answer opened(const Json& params);
  Answer changed(const Json& params);
  Answer closed(const Json& params);
  Answer files_changed(const Json& params);
  /// The text of a file as its editor shows it; nothing where it is not open.
  const std::string* open_text(const std::string& path) const;
  /// A document has changed, or has come or gone: those that import it are checked again.
  void changed_for_others(const std::string& uri);
  void publish(Open& open);

  // Questions (answers.cpp).
  Answer completion(const Json& params);
  Answer hover(const Json& params);
  Answer definition(const Json& params);
  Answer references(const Json& params);
  Answer prepare_rename(const Json& params);
  Answer rename(const Json& params);
  Answer formatting(const Json& params);
  Answer symbols(const Json& params);
  Answer signature(const Json& params);
  Answer actions(const Json& params);

  /// The document and the place that params name, or what is wrong with them.
  struct At {
    Open* open = nullptr;
    std::size_t offset = 0;
  };
  std::variant<At, Refusal> place(const Json& params, bool with_position);
  std::optional<std::size_t> offset_of(const Open& open, const Json& position) const;
  Json position(const Open& open, std::size_t offset) const;
  Json range(const Open& open, std::size_t begin, std::size_t end) const;
  /// A place of any file, {uri, range}.
  Json location(const Open& open, const Document::Place& place) const;
  Json diagnostic(Open& open, const Document::Mistake& mistake) const;
  Json outline(const Open& open, const Document::Outline& symbol) const;
  void flat_outline(const Open& open, const Document::Outline& symbol, const std::string& container, Json& list) const;

  Options options_;
  std::set<std::string>* asked_ = nullptr;  ///< notes the files that the check at work asks for
  std::function<void(const Json&)> send_;
  std::deque<Waiting> waiting_;
  std::map<std::string, Open> open_;
  Counting counting_ = Counting::utf16;
  bool initialized_ = false, shut_down_ = false, finished_ = false;
  bool markdown_ = false, related_ = false, nested_symbols_ = false, versions_ = false;
};

}  // namespace nas
