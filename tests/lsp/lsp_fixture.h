#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "lsp/server.h"
#include "tests/fixture.h"

namespace nas::testing {

using Json = nlohmann::json;

/// A server without pipes, and a folder for its files.
class Server : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "nas_lsp_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    options_.stdlib_folders = {(source_folder() / "stdlib").string()};
    begin();
  }
  void TearDown() override {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }
  void begin() {
    server_ = std::make_unique<LanguageServer>(options_, [this](const Json& message) { sent_.push_back(message); });
  }
  void initialize(const Json& capabilities = Json::object()) {
    ask("initialize", {{"capabilities", capabilities}});
    tell("initialized", Json::object());
  }
  void work() {
    while (server_->work()) {}
  }
  void tell(const std::string& method, const Json& params) {
    server_->receive(Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}}.dump());
    work();
  }
  /// The result, or the error.
  Json ask(const std::string& method, const Json& params) {
    sent_.clear();
    server_->receive(Json{{"jsonrpc", "2.0"}, {"id", ++id_}, {"method", method}, {"params", params}}.dump());
    work();
    for (const Json& message : sent_)
      if (message.value("id", Json()) == id_) return message.contains("error") ? message["error"] : message["result"];
    return "no answer";
  }
  /// What is answered to the bytes of one message, one line each.
  std::string answers(const std::string& content) {
    sent_.clear();
    server_->receive(content);
    work();
    std::string text;
    for (const Json& message : sent_) text += message.dump() + "\n";
    return text;
  }

  std::string uri(const std::string& name = "s.nas") const { return "file://" + (folder_ / name).string(); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name, std::ios::binary) << text; }
  /// Opens a text, in which "^" marks places: they are taken out and remembered. The diagnostics are in `sent_`.
  void open(std::string text) {
    marks_.clear();
    std::size_t line = 0, character = 0;
    std::string plain;
    for (const char c : text) {
      if (c == '^') {
        marks_.push_back({{"line", line}, {"character", character}});
        continue;
      }
      plain += c;
      ++character;
      if (c == '\n') ++line, character = 0;
    }
    text_ = plain;
    sent_.clear();
    tell("textDocument/didOpen", {{"textDocument", {{"uri", uri()}, {"languageId", "nas"}, {"version", 1}, {"text", plain}}}});
  }
  Json at(const std::string& question, std::size_t mark = 0, Json further = Json::object()) {
    further["textDocument"] = {{"uri", uri()}};
    further["position"] = marks_.at(mark);
    return ask("textDocument/" + question, further);
  }
  /// Messages of the diagnostics that were sent last, "line:from-to CODE text".
  std::vector<std::string> diagnostics() const {
    std::vector<std::string> list;
    for (const Json& message : sent_) {
      if (message.value("method", "") != "textDocument/publishDiagnostics") continue;
      list.clear();
      for (const Json& d : message["params"]["diagnostics"])
        list.push_back(place(d["range"]) + " " + d["code"].get<std::string>() + " " + d["message"].get<std::string>());
    }
    return list;
  }
  static std::string place(const Json& range) {
    const Json &from = range["start"], &to = range["end"];
    std::string text = from["line"].dump() + ":" + from["character"].dump() + "-";
    if (to["line"] != from["line"]) text += to["line"].dump() + ":";
    return text + to["character"].dump();
  }
  /// "line:from-to" of locations in this document, "FILE line:from-to" of others.
  std::vector<std::string> places(const Json& locations) const {
    std::vector<std::string> list;
    for (const Json& location : locations) {
      const std::string where = location["uri"];
      list.push_back((where == uri() ? "" : where.substr(where.rfind('/') + 1) + " ") + place(location["range"]));
    }
    return list;
  }

  std::filesystem::path folder_;
  Options options_;
  std::unique_ptr<LanguageServer> server_;
  std::vector<Json> sent_;
  std::vector<Json> marks_;
  std::string text_;
  int id_ = 0;
};

}  // namespace nas::testing
