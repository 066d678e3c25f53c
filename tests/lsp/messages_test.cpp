// Bytes into messages, and places of a text as clients count them.
#include "lsp/messages.h"

#include <gtest/gtest.h>

#include "lsp/positions.h"

using namespace nas;

namespace {

/// What a reader makes of the bytes, as one text: messages in [], complaints after "!".
std::string read(const std::string& bytes, std::size_t step = 1u << 20, std::size_t most = 1u << 20) {
  MessageReader reader(most);
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    reader.feed(bytes.substr(at, step));
    while (const auto next = reader.next())
      text += next->complaint.empty() ? "[" + next->content + "]" : "!" + next->complaint + "\n";
  }
  if (const std::string left = reader.at_end(); !left.empty()) text += "!" + left;
  return text;
}

TEST(Messages, AreCutByTheirLengthHoweverTheBytesCome) {
  const std::string two = framed("{\"a\": 1}") + framed("ä\r\n\r\n") + framed("");
  for (const std::size_t step : {1, 2, 3, 7, 1000}) EXPECT_EQ(read(two, step), "[{\"a\": 1}][ä\r\n\r\n][]") << step;
}

TEST(Messages, OtherHeadersAndAnyCaseOfLettersAreFine) {
  EXPECT_EQ(read("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-LENGTH:  2\r\n\r\n{}"), "[{}]");
}

TEST(Messages, WhatCannotBeReadIsToldOnceAndTheNextMessageIsRead) {
  const std::string good = framed("{}");
  EXPECT_EQ(read("Content-Length: many\r\n\r\n" + good), "!Content-Length is a whole number, not many\n[{}]");
  EXPECT_EQ(read("Content-Length: -4\r\n\r\n" + good), "!Content-Length is a whole number, not -4\n[{}]");
  EXPECT_EQ(read("Content-Length: 99999999999999999999999\r\n\r\n" + good),
            "!Content-Length is a whole number, not 99999999999999999999999\n[{}]");
  EXPECT_EQ(read("Content-Type: x\r\n\r\n" + good), "!a header has no Content-Length\n[{}]");
  EXPECT_EQ(read("{\"no\": \"header\"}\r\n\r\n" + good), "!a line of the header is not NAME: VALUE\n[{}]");
  // A length that is too short leaves bytes that belong to nothing.
  EXPECT_EQ(read("Content-Length: 2\r\n\r\n{}}}" + good), "[{}]!a line of the header is not NAME: VALUE\n[{}]");
  for (const std::size_t step : {1, 5}) {
    EXPECT_EQ(read(std::string(10000, 'x') + good, step), "!no header ends within 4096 bytes\n[{}]") << step;
    EXPECT_EQ(read("Content-Length: 300\r\n\r\n" + std::string(300, 'x') + good, step, 200),
              "!a message of 300 bytes is too long; the limit is 200\n[{}]")
        << step;
  }
}

TEST(Messages, AnEndInsideOfOneIsToldWithWhatHasCome) {
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(read("Content-Le"), "!the input ended inside a header");
  EXPECT_EQ(read("Content-Length: 10\r\n\r\n{\"a\""), "!the input ended inside a message, after 4 bytes of it");
  EXPECT_EQ(read("Content-Length: 10\r\n\r\n{\"a\"", 1, 5),
            "!a message of 10 bytes is too long; the limit is 5\n!the input ended inside a message: 6 bytes are missing");
}

// U+00E4 has 2 bytes, U+20AC 3, U+1F600 4 bytes and two units of UTF-16.
const std::string kText = "aä€😀b\r\nx\ry\n";

TEST(Positions, CountBytesUnitsOrCharacters) {
  const Lines lines(kText);
  const auto at = [&](std::size_t offset, Counting counting) {
    const auto position = lines.position(kText, offset, counting);
    return std::to_string(position.line) + ":" + std::to_string(position.character);
  };
  EXPECT_EQ(at(10, Counting::utf8), "0:10");
  EXPECT_EQ(at(10, Counting::utf16), "0:5");
  EXPECT_EQ(at(10, Counting::utf32), "0:4");
  EXPECT_EQ(at(8, Counting::utf16), "0:3");  // inside of a character: its beginning
  EXPECT_EQ(at(13, Counting::utf16), "1:0");
  EXPECT_EQ(at(15, Counting::utf16), "2:0");  // a lone carriage return ends a line, too
  EXPECT_EQ(at(99, Counting::utf16), "3:0");
}

TEST(Positions, GoThereAndBackAtEveryCharacter) {
  const Lines lines(kText);
  for (const Counting counting : {Counting::utf8, Counting::utf16, Counting::utf32})
    for (const std::size_t offset : {0, 1, 3, 6, 10, 11, 13, 14, 15, 16, 17})
      EXPECT_EQ(lines.offset(kText, lines.position(kText, offset, counting), counting), offset);
}

TEST(Positions, OutsideOfATextOrALineAreItsEnd) {
  const Lines lines(kText);
  EXPECT_EQ(lines.offset(kText, {0, 1000}, Counting::utf16), 11u);
  EXPECT_EQ(lines.offset(kText, {0, 4}, Counting::utf16), 6u);  // between the halves of a character
  EXPECT_EQ(lines.offset(kText, {1000, 3}, Counting::utf16), kText.size());
  EXPECT_EQ(lines.offset(kText, {~std::size_t{0}, ~std::size_t{0}}, Counting::utf16), kText.size());
  EXPECT_EQ(Lines("").offset("", {5, 5}, Counting::utf16), 0u);
}

TEST(Addresses, AndPathsAreTheSameThereAndBack) {
  for (const char* path : {"/a/b.nas", "/a b/ü#?%.nas", "/x/%41.nas"}) EXPECT_EQ(path_of(uri_of(path)), path);
  EXPECT_EQ(path_of("file:///a%20b/c%C3%BC.nas"), "/a b/cü.nas");
  EXPECT_EQ(path_of("file://host/a.nas"), "/a.nas");
  EXPECT_EQ(path_of("untitled:Untitled-1"), "untitled:Untitled-1");
  EXPECT_EQ(path_of("file:///100%"), "/100%");
  EXPECT_EQ(path_of("file:///%zz%4"), "/%zz%4");
}

}  // namespace
