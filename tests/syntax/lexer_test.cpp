// The lexer by hand reads what the lexer that is generated from grammar/Nas.g4 reads.
#include <antlr4-runtime.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <random>

#include "grammar/generated/NasLexer.h"
#include "syntax/tokens.h"
#include "tests/fixture.h"

namespace nas::syntax {
namespace {

namespace fs = std::filesystem;

/// The tokens of the generated lexer, whose places count code points, with places in bytes.
std::vector<Token> generated_tokens(const std::string& text) {
  antlr4::ANTLRInputStream input{text};
  grammar::NasLexer lexer(&input);
  lexer.removeErrorListeners();
  std::vector<std::uint32_t> byte_of;
  for (std::size_t k = 0; k <= text.size(); ++k)
    if (k == text.size() || (static_cast<unsigned char>(text[k]) & 0xC0) != 0x80)
      byte_of.push_back(static_cast<std::uint32_t>(k));
  std::vector<Token> tokens;
  for (auto token = lexer.nextToken(); token->getType() != antlr4::Token::EOF; token = lexer.nextToken())
    tokens.push_back({static_cast<Kind>(token->getType()), byte_of.at(token->getStartIndex()),
                      byte_of.at(token->getStopIndex() + 1), no_body});
  return tokens;
}

std::string shown(const std::vector<Token>& tokens) {
  std::string text;
  for (const Token& t : tokens)
    text += std::to_string(static_cast<int>(t.kind)) + "[" + std::to_string(t.begin) + "," + std::to_string(t.end) + ") ";
  return text;
}

TEST(Lexer, ReadsEveryScriptAsTheGrammarDoes) {
  int scripts = 0;
  for (const char* folder : {"stdlib/spaces", "examples", "tests/syntax/samples"})
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(NAS_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".nas") continue;
      const std::string text = testing::slurp(entry.path());
      EXPECT_EQ(shown(read_tokens(text, 0)), shown(generated_tokens(text))) << entry.path();
      ++scripts;
    }
  EXPECT_GE(scripts, 30);
}

TEST(Lexer, ReadsAnyTextAsTheGrammarDoes) {
  const std::vector<std::string> pieces = {"a",
                                           "Z",
                                           "_",
                                           "e",
                                           "E",
                                           "x1",
                                           "0",
                                           "7",
                                           "12",
                                           ".",
                                           "..",
                                           "1.5",
                                           "e-3",
                                           "E+",
                                           "%",
                                           "ms",
                                           "\"",
                                           "\\",
                                           "\\\"",
                                           "\n",
                                           "\r",
                                           "\r\n",
                                           " ",
                                           "\t",
                                           "\f",
                                           "#",
                                           "(",
                                           ")",
                                           "[",
                                           "]",
                                           "{",
                                           "}",
                                           ",",
                                           "=",
                                           "==",
                                           ":",
                                           "@",
                                           "^",
                                           "+",
                                           "-",
                                           "*",
                                           "/",
                                           "<",
                                           "<=",
                                           ">",
                                           ">=",
                                           "!",
                                           "!=",
                                           "'",
                                           ";",
                                           "&",
                                           "|",
                                           "$",
                                           "?",
                                           "~",
                                           "`",
                                           "\x01",
                                           "\x7f",
                                           "\xc3\xa9",
                                           "\xe2\x80\xa8",
                                           "\xf0\x9f\x98\x80",
                                           "\xc2\x80"};
  std::mt19937 random(7);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::size_t n = random() % 24; n > 0; --n) text += pieces[random() % pieces.size()];
    ASSERT_EQ(shown(read_tokens(text, 0)), shown(generated_tokens(text))) << text;
  }
}

TEST(Lexer, ShiftsPlaces) {
  EXPECT_EQ(shown(read_tokens("ab 1", 10)), "4[10,12) 1[13,14) ");
}

}  // namespace
}  // namespace nas::syntax
