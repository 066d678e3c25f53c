#include <antlr4-runtime.h>

#include "grammar/generated/NasLexer.h"
#include "syntax/tokens.h"

namespace nas::syntax {

std::vector<Token> read_tokens(std::string_view text, std::uint32_t base) {
  antlr4::ANTLRInputStream input{std::string(text)};
  grammar::NasLexer lexer(&input);
  lexer.removeErrorListeners();

  // The generated lexer counts code points; spans count bytes.
  std::vector<std::uint32_t> byte_of;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x80) {
      byte_of.reserve(text.size() + 1);
      for (std::size_t k = 0; k <= text.size(); ++k) {
        if (k == text.size() || (static_cast<unsigned char>(text[k]) & 0xC0) != 0x80)
          byte_of.push_back(static_cast<std::uint32_t>(k));
      }
      break;
    }
  }
  auto place = [&](std::size_t index) {
    if (byte_of.empty()) return base + static_cast<std::uint32_t>(index);
    return base + byte_of[std::min(index, byte_of.size() - 1)];
  };

  std::vector<Token> tokens;
  tokens.reserve(text.size() / 4 + 1);
  while (true) {
    auto token = lexer.nextToken();
    if (token->getType() == antlr4::Token::EOF) break;
    tokens.push_back(
        {static_cast<Kind>(token->getType()), place(token->getStartIndex()), place(token->getStopIndex() + 1), no_body});
  }
  return tokens;
}

}  // namespace nas::syntax
