// `nas lsp` as an editor starts it: a recorded conversation, over pipes. NAS_WRITE_CONVERSATION=1 records it anew.
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <sstream>

#include "lsp/messages.h"
#include "tests/lsp/lsp_fixture.h"

namespace fs = std::filesystem;
using namespace nas::testing;

namespace {

/// The server as a process.
class Process {
 public:
  Process() {
    int in[2], out[2];
    if (pipe(in) != 0 || pipe(out) != 0) return;
    pid_ = fork();
    if (pid_ == 0) {
      dup2(in[0], 0);
      dup2(out[1], 1);
      for (const int end : {in[0], in[1], out[0], out[1]}) close(end);
      setenv("NAS_STDLIB", NAS_SOURCE_DIR "/stdlib", 1);
      execl(NAS_BINARY_DIR "/bin/nas", "nas", "lsp", "--stdio", static_cast<char*>(nullptr));
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    in_ = in[1];
    out_ = out[0];
  }
  ~Process() {
    end_input();
    if (out_ >= 0) close(out_);
    if (pid_ > 0) kill(pid_, SIGKILL), waitpid(pid_, nullptr, 0);
  }
  void send(const std::string& bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
      const auto n = write(in_, bytes.data() + done, bytes.size() - done);
      if (n <= 0) return;
      done += static_cast<std::size_t>(n);
    }
  }
  void end_input() {
    if (in_ >= 0) close(in_);
    in_ = -1;
  }
  /// The next message, or "" where none comes.
  std::string next() {
    while (true) {
      if (auto message = reader_.next()) return message->content;
      pollfd ready{out_, POLLIN, 0};
      char bytes[4096];
      if (poll(&ready, 1, 60000) <= 0) return "";
      const auto n = read(out_, bytes, sizeof bytes);
      if (n <= 0) return "";
      reader_.feed({bytes, static_cast<std::size_t>(n)});
    }
  }
  int exit_code() {
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  pid_t pid_ = -1;
  int in_ = -1, out_ = -1;
  nas::MessageReader reader_;
};

class Conversation : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(NAS_BINARY_DIR "/bin/nas")) GTEST_SKIP() << "the tool is not built";
    std::signal(SIGPIPE, SIG_IGN);
  }
};

std::string with_root(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

TEST_F(Conversation, IsTheRecordedOne) {
  const fs::path file = source_folder() / "tests/lsp/conversation.txt";
  const bool writes = std::getenv("NAS_WRITE_CONVERSATION") != nullptr;
  std::istringstream recorded(slurp(file));
  Process server;
  std::string said, expected;
  for (std::string line; std::getline(recorded, line);) {
    if (!writes || !line.starts_with("< ")) expected += line + "\n";
    if (line.starts_with("< ")) continue;
    said += line + "\n";
    if (!line.starts_with("> ")) continue;
    const std::string content = with_root(line.substr(2), "SOURCE", source_folder().string());
    server.send(nas::framed(content));
    const Json message = Json::parse(content, nullptr, false);
    const std::string method = message.is_object() ? message.value("method", "") : "";
    // Every request has one answer, every change of a text one list of mistakes.
    const bool answered = message.is_discarded() || message.contains("id") || method.starts_with("textDocument/did");
    if (answered) said += "< " + with_root(server.next(), source_folder().string(), "SOURCE") + "\n";
  }
  EXPECT_EQ(server.exit_code(), 0);
  if (writes)
    std::ofstream(file) << said;
  else
    EXPECT_EQ(said, expected);
}

TEST_F(Conversation, EndsWithOneWhereTheInputEndsInsideOfAMessage) {
  Process server;
  server.send("Content-Length: 80\r\n\r\n{\"jsonrpc\"");
  server.end_input();
  EXPECT_EQ(
      server.next(),
      R"({"error":{"code":-32700,"message":"the input ended inside a message, after 10 bytes of it"},"id":null,"jsonrpc":"2.0"})");
  EXPECT_EQ(server.exit_code(), 1);
}

TEST_F(Conversation, EndsWithOneWhereTheClientIsGone) {
  Process server;
  server.end_input();
  EXPECT_EQ(server.next(), "");
  EXPECT_EQ(server.exit_code(), 1);
}

// All at once: what is cancelled is not handled, and the mistakes are those of the last text alone.
TEST_F(Conversation, WhatHasComeIsTakenInBeforeAnythingIsAnswered) {
  Process server;
  std::string all;
  const auto add = [&](const char* content) { all += nas::framed(content); };
  add(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})");
  add(R"({"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///s.nas","version":1,"text":"show a"}}})");
  add(R"({"jsonrpc":"2.0","id":2,"method":"textDocument/documentSymbol","params":{"textDocument":{"uri":"file:///s.nas"}}})");
  add(R"({"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":2}})");
  add(R"({"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///s.nas","version":2},"contentChanges":[{"text":"show b"}]}})");
  server.send(all);
  EXPECT_NE(server.next().find("\"capabilities\""), std::string::npos);
  EXPECT_EQ(server.next(), R"({"error":{"code":-32800,"message":"the request was cancelled"},"id":2,"jsonrpc":"2.0"})");
  const Json mistakes = Json::parse(server.next());
  EXPECT_EQ(mistakes["params"]["diagnostics"][0]["message"], "b is not known here");
  server.send(nas::framed(R"({"jsonrpc":"2.0","id":3,"method":"shutdown"})") +
              nas::framed(R"({"jsonrpc":"2.0","method":"exit"})"));
  EXPECT_EQ(server.next(), R"({"id":3,"jsonrpc":"2.0","result":null})");
  EXPECT_EQ(server.exit_code(), 0);
}

}  // namespace
