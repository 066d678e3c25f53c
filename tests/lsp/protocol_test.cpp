// The server's life, and what it answers to messages that are wrong.
#include <gmock/gmock.h>

#include "tests/lsp/lsp_fixture.h"

using namespace nas::testing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

TEST_F(Server, ThingsThatAreNoMessagesAreAnsweredWithASentence) {
  const std::pair<const char*, const char*> cases[] = {
      {"", R"({"error":{"code":-32700,"message":"the message is not JSON"},"id":null,"jsonrpc":"2.0"})"},
      {"{\"jsonrpc\"", R"({"error":{"code":-32700,"message":"the message is not JSON"},"id":null,"jsonrpc":"2.0"})"},
      {"\xff\xfe", R"({"error":{"code":-32700,"message":"the message is not JSON"},"id":null,"jsonrpc":"2.0"})"},
      {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xc3\x28\"}",
       R"({"error":{"code":-32700,"message":"the message is not JSON"},"id":null,"jsonrpc":"2.0"})"},
      {"[]", R"({"error":{"code":-32600,"message":"a message is an object"},"id":null,"jsonrpc":"2.0"})"},
      {"7", R"({"error":{"code":-32600,"message":"a message is an object"},"id":null,"jsonrpc":"2.0"})"},
      {"{\"id\":1,\"method\":\"x\"}", R"({"error":{"code":-32600,"message":"jsonrpc is not \"2.0\""},"id":1,"jsonrpc":"2.0"})"},
      {R"({"jsonrpc":"2.0","id":1.5,"method":"x"})",
       R"({"error":{"code":-32600,"message":"an id is a whole number or a text"},"id":null,"jsonrpc":"2.0"})"},
      {R"({"jsonrpc":"2.0","id":{},"method":"x"})",
       R"({"error":{"code":-32600,"message":"an id is a whole number or a text"},"id":null,"jsonrpc":"2.0"})"},
      {R"({"jsonrpc":"2.0","id":1})", R"({"error":{"code":-32600,"message":"a message has a method"},"id":1,"jsonrpc":"2.0"})"},
      {R"({"jsonrpc":"2.0","id":"a","method":3})",
       R"({"error":{"code":-32600,"message":"a method is a text"},"id":"a","jsonrpc":"2.0"})"},
  };
  for (const auto& [content, answer] : cases) EXPECT_EQ(answers(content), std::string(answer) + "\n") << content;
  EXPECT_EQ(answers(R"({"jsonrpc":"2.0","id":3,"result":null})"), "");  // an answer to nothing
  EXPECT_EQ(answers("[" + std::string(100000, '[')),
            "{\"error\":{\"code\":-32700,\"message\":\"the message is not JSON\"},\"id\":null,\"jsonrpc\":\"2.0\"}\n");
}

TEST_F(Server, NothingIsAnsweredBeforeInitializeAndAfterShutdown) {
  EXPECT_EQ(ask("textDocument/hover", Json::object()), Json({{"code", -32002}, {"message", "initialize comes first"}}));
  tell("textDocument/didOpen", {{"textDocument", {{"uri", uri()}, {"text", "seed x"}}}});
  EXPECT_THAT(diagnostics(), IsEmpty());
  EXPECT_EQ(ask("initialize", nullptr), Json({{"code", -32602}, {"message", "params is no object"}}));
  initialize();
  EXPECT_EQ(ask("initialize", Json::object()), Json({{"code", -32600}, {"message", "initialize comes once"}}));
  EXPECT_EQ(ask("shutdown", nullptr), Json());
  EXPECT_EQ(ask("textDocument/hover", Json::object()), Json({{"code", -32600}, {"message", "the server has been shut down"}}));
  EXPECT_FALSE(server_->finished());
  tell("exit", nullptr);
  EXPECT_TRUE(server_->finished());
  EXPECT_EQ(server_->exit_code(), 0);
  EXPECT_EQ(answers(R"({"jsonrpc":"2.0","id":3,"method":"shutdown"})"), "");
}

TEST_F(Server, AnExitWithoutShutdownIsAFailure) {
  tell("exit", nullptr);
  EXPECT_TRUE(server_->finished());
  EXPECT_EQ(server_->exit_code(), 1);
}

TEST_F(Server, WhatItCanDoIsSaidOnce) {
  const Json result = ask("initialize", {{"capabilities", Json::object()}});
  EXPECT_EQ(result["capabilities"]["positionEncoding"], "utf-16");
  EXPECT_EQ(result["serverInfo"]["name"], "nas");
  begin();
  const Json other = ask("initialize", Json::parse(R"({"capabilities":{"general":{"positionEncodings":["utf-32","utf-8"]}}})"));
  EXPECT_EQ(other["capabilities"]["positionEncoding"], "utf-8");
  begin();  // nonsense in place of what a client can do is as nothing
  const Json odd = ask("initialize", Json::parse(R"({"capabilities":{"general":7,"textDocument":{"hover":[]}}})"));
  EXPECT_EQ(odd["capabilities"]["positionEncoding"], "utf-16");
}

TEST_F(Server, MethodsThatItDoesNotKnowAreRefusedAndNotificationsPassedOver) {
  initialize();
  EXPECT_EQ(ask("textDocument/foldingRange", Json::object()),
            Json({{"code", -32601}, {"message", "there is no method textDocument/foldingRange"}}));
  EXPECT_EQ(answers(R"({"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"off"}})"), "");
  EXPECT_EQ(answers(R"({"jsonrpc":"2.0","id":null,"method":"textDocument/hover"})"), "");
}

TEST_F(Server, ParamsOfTheWrongShapeAreRefused) {
  initialize();
  open("seed 1\n");
  const Json document = {{"uri", uri()}};
  const auto refused = [&](const char* method, const Json& params) {
    const Json answer = ask(std::string("textDocument/") + method, params);
    EXPECT_EQ(answer.value("code", 0), -32602) << answer;
    return answer.value("message", "");
  };
  for (const char* method : {"completion", "hover", "definition", "references", "prepareRename", "rename", "formatting",
                             "documentSymbol", "signatureHelp", "codeAction"}) {
    for (const char* params : {"null", "[]", "7", "{}", R"({"textDocument":3})", R"({"textDocument":{"uri":3}})"})
      EXPECT_EQ(refused(method, Json::parse(params)), "params has no textDocument with a uri") << method << params;
    EXPECT_EQ(refused(method, {{"textDocument", {{"uri", "file:///gone.nas"}}}}), "file:///gone.nas is not open") << method;
  }
  for (const char* position :
       {"null", "3", "{}", R"({"line":1})", R"({"line":-1,"character":0})", R"({"line":0,"character":"a"})"})
    EXPECT_EQ(refused("hover", {{"textDocument", document}, {"position", Json::parse(position)}}),
              "a position has a line and a character");
  EXPECT_EQ(refused("rename", {{"textDocument", document}, {"position", {{"line", 0}, {"character", 0}}}}), "newName is no text");
  EXPECT_EQ(refused("codeAction", {{"textDocument", document}}), "a range has a start and an end");
}

TEST_F(Server, ARequestThatIsCancelledWhileItWaitsIsNotHandled) {
  initialize();
  open("seed 1\n");
  sent_.clear();
  const Json params = {{"textDocument", {{"uri", uri()}}}};
  const auto send = [&](Json message) {
    message["jsonrpc"] = "2.0";
    server_->receive(message.dump());
  };
  send({{"id", 71}, {"method", "textDocument/documentSymbol"}, {"params", params}});
  send({{"id", "b"}, {"method", "textDocument/documentSymbol"}, {"params", params}});
  send({{"method", "$/cancelRequest"}, {"params", {{"id", "b"}}}});
  send({{"method", "$/cancelRequest"}, {"params", {{"id", 99}}}});
  send({{"method", "$/cancelRequest"}, {"params", 3}});
  work();
  ASSERT_EQ(sent_.size(), 2u);
  EXPECT_EQ(sent_[0].dump(), R"({"id":71,"jsonrpc":"2.0","result":[]})");
  EXPECT_EQ(sent_[1].dump(), R"({"error":{"code":-32800,"message":"the request was cancelled"},"id":"b","jsonrpc":"2.0"})");
}

// --- texts ----------------------------------------------------------------------------------------------------------

TEST_F(Server, TextsFollowTheirChangesInUnitsOfUtf16) {
  initialize();
  open("let a = \"😀\"\nshow b\n");
  EXPECT_THAT(diagnostics(), ElementsAre("1:5-6 E201 b is not known here"));
  const auto change = [&](int version, const Json& changes) {
    sent_.clear();
    tell("textDocument/didChange", {{"textDocument", {{"uri", uri()}, {"version", version}}}, {"contentChanges", changes}});
  };
  // The second place is one of the text that the first change has made.
  change(2, Json::parse(R"([{"range":{"start":{"line":1,"character":5},"end":{"line":1,"character":6}},"text":"c"},
                            {"range":{"start":{"line":0,"character":11},"end":{"line":0,"character":12}},"text":"\"\nlet d = 1"}])"));
  EXPECT_THAT(diagnostics(), ElementsAre("2:5-6 E201 c is not known here"));
  change(3, Json::parse(R"([{"text":"show 1\n"}])"));
  EXPECT_THAT(diagnostics(), IsEmpty());
  change(4, Json::parse(R"([{"range":{"start":{"line":900,"character":0},"end":{"line":900,"character":5}},"text":"show z"}])"));
  EXPECT_THAT(diagnostics(), ElementsAre("1:5-6 E201 z is not known here"));
}

TEST_F(Server, ChangesThatCannotBeMadeAreLeftOutAndTold) {
  initialize();
  open("seed 1\n");
  const auto told = [&](const Json& params, const char* method = "textDocument/didChange") {
    sent_.clear();
    tell(method, params);
    return sent_.empty() ? "" : sent_[0]["params"].value("message", "");
  };
  const auto change = [&](const Json& version, const char* changes) {
    return told({{"textDocument", {{"uri", uri()}, {"version", version}}}, {"contentChanges", Json::parse(changes)}});
  };
  EXPECT_EQ(change(1, "[]"), "nas: textDocument/didChange: version 1 came after version 1; it is left out");
  EXPECT_EQ(change(0, R"([{"text":"show z"}])"), "nas: textDocument/didChange: version 0 came after version 1; it is left out");
  EXPECT_EQ(change(nullptr, "3"), "nas: textDocument/didChange: contentChanges is no list");
  EXPECT_EQ(change(nullptr, "[3]"), "nas: textDocument/didChange: a change has a text");
  EXPECT_EQ(change(nullptr, R"([{"text":"x","range":{"start":{"line":0,"character":3},"end":{"line":0,"character":1}}}])"),
            "nas: textDocument/didChange: a range has a start and, not before it, an end");
  EXPECT_EQ(change(nullptr, R"([{"text":"x","range":7}])"),
            "nas: textDocument/didChange: a range has a start and, not before it, an end");
  EXPECT_EQ(told({{"textDocument", {{"uri", "file:///gone.nas"}}}, {"contentChanges", Json::array()}}),
            "nas: textDocument/didChange: file:///gone.nas is not open");
  EXPECT_EQ(told(nullptr, "textDocument/didOpen"), "nas: textDocument/didOpen: textDocument needs uri and text");
  EXPECT_EQ(told({{"textDocument", {{"uri", "x"}}}}, "textDocument/didClose"), "nas: textDocument/didClose: x is not open");
  EXPECT_EQ(ask("textDocument/formatting", {{"textDocument", {{"uri", uri()}}}}), Json::array());  // the text is what it was
}

TEST_F(Server, AClosedDocumentHasNoMistakes) {
  initialize();
  open("show z\n");
  EXPECT_EQ(diagnostics().size(), 1u);
  sent_.clear();
  tell("textDocument/didClose", {{"textDocument", {{"uri", uri()}}}});
  ASSERT_EQ(sent_.size(), 1u);
  EXPECT_EQ(sent_[0]["params"], Json({{"uri", uri()}, {"diagnostics", Json::array()}}));
}

TEST_F(Server, WhatIsImportedIsReadAgainWhenFilesChange) {
  write("lib.nas", "let board = 3\n");
  initialize();
  open("import \"lib.nas\" as lib\nshow lib.bord\n");
  EXPECT_THAT(diagnostics(), ElementsAre("1:9-13 E207 a module has no part bord\ndid you mean board?\nit has board."));
  write("lib.nas", "let bord = 3\n");
  sent_.clear();
  tell("workspace/didChangeWatchedFiles", {{"changes", Json::array()}});
  EXPECT_THAT(diagnostics(), IsEmpty());
  write("lib.nas", "let bord = 3 +\n");
  sent_.clear();
  tell("textDocument/didSave", {{"textDocument", {{"uri", uri()}}}});
  EXPECT_THAT(diagnostics(), Contains(HasSubstr("lib.nas, line 1: ")));
}

TEST_F(Server, ImportsAreReadAsTheyAreBeingWritten) {
  write("lib.nas", "let board = 3\n");
  initialize();
  open("import \"./lib.nas\" as lib\nshow lib.^bord\n");
  const auto in_library = [&](const char* method, Json params) {
    params["textDocument"]["uri"] = uri("lib.nas");
    sent_.clear();
    tell(std::string("textDocument/") + method, params);
    // What is told of the script that imports; "untouched" where it was not checked again.
    for (auto m = sent_.rbegin(); m != sent_.rend(); ++m)
      if ((*m)["params"].value("uri", "") == uri()) return (*m)["params"]["diagnostics"].dump();
    return std::string("untouched");
  };
  const auto text = [](const char* text) { return Json{{"contentChanges", {{{"text", text}}}}}; };
  EXPECT_EQ(in_library("didOpen", {{"textDocument", {{"text", "let bord = 3\n"}}}}), "[]");
  EXPECT_EQ(places(at("definition")), (std::vector<std::string>{"lib.nas 0:4-8"}));
  EXPECT_THAT(in_library("didChange", text("let other = 3\n")), HasSubstr("a module has no part bord"));
  EXPECT_THAT(in_library("didChange", text("let a = 1\nlet bord = 3 +\n")), HasSubstr("lib.nas, line 2: "));
  EXPECT_THAT(in_library("didClose", Json::object()), HasSubstr("did you mean board?"));  // as on the disk

  // Only those that import it are checked again.
  in_library("didOpen", {{"textDocument", {{"text", "let bord = 3\n"}}}});
  tell("textDocument/didChange", {{"textDocument", {{"uri", uri()}}}, {"contentChanges", {{{"text", "show 1\n"}}}}});
  EXPECT_EQ(in_library("didChange", text("let x = 3\n")), "untouched");
}

}  // namespace
