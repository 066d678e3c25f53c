#include "syntax/tokens.h"

namespace nas::syntax {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool begins_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool goes_on_in_word(char c) {
  return begins_word(c) || is_digit(c);
}
bool ends_line(char c) {
  return c == '\n' || c == '\r';
}
bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\f';
}

/// The lexer rules of grammar/Nas.g4, by hand: the generated lexer takes twenty times as long. A test compares the two.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  /// Reads the token that begins at `at`, which is before the text's end; returns where it ends.
  std::size_t read(std::size_t at, Kind& kind) const {
    const char c = text_[at];
    if (begins_word(c)) return kind = Kind::word, while_(at, goes_on_in_word);
    if (is_digit(c)) return kind = Kind::number, number(at);
    if (is_blank(c)) return kind = Kind::blank, while_(at, is_blank);
    if (c == '"') return string(at, kind);
    if (c == '#') return kind = Kind::comment, while_(at, [](char x) { return !ends_line(x); });
    if (ends_line(c)) return kind = Kind::line_end, at + (c == '\r' && peek(at + 1) == '\n' ? 2 : 1);
    return sign(at, kind);
  }

 private:
  char peek(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  template <typename Belongs>
  std::size_t while_(std::size_t at, Belongs belongs) const {
    while (at < text_.size() && belongs(text_[at])) ++at;
    return at;
  }

  /// 3, 0.5, 1e-3, 25ms, 10%
  std::size_t number(std::size_t at) const {
    at = while_(at, is_digit);
    if (peek(at) == '.' && is_digit(peek(at + 1))) at = while_(at + 1, is_digit);
    if (peek(at) == 'e' || peek(at) == 'E') {
      const std::size_t digits = at + (peek(at + 1) == '+' || peek(at + 1) == '-' ? 2 : 1);
      if (is_digit(peek(digits))) at = while_(digits, is_digit);
    }
    if (begins_word(peek(at))) return while_(at, goes_on_in_word);
    return at + (peek(at) == '%' ? 1 : 0);
  }

  std::size_t string(std::size_t at, Kind& kind) const {
    kind = Kind::open_string;
    for (++at; at < text_.size() && !ends_line(text_[at]); ++at) {
      if (text_[at] == '"') return kind = Kind::string, at + 1;
      if (text_[at] == '\\' && at + 1 < text_.size() && !ends_line(text_[at + 1])) ++at;
    }
    return at;
  }

  std::size_t sign(std::size_t at, Kind& kind) const {
    const bool before_equal = peek(at + 1) == '=';
    const auto one = [&](Kind k) { return kind = k, at + 1; };
    const auto two = [&](Kind k) { return kind = k, at + 2; };
    switch (text_[at]) {
      case '(':
        return one(Kind::open_paren);
      case ')':
        return one(Kind::close_paren);
      case '[':
        return one(Kind::open_list);
      case ']':
        return one(Kind::close_list);
      case '{':
        return one(Kind::open_brace);
      case '}':
        return one(Kind::close_brace);
      case ',':
        return one(Kind::comma);
      case ':':
        return one(Kind::colon);
      case '@':
        return one(Kind::at);
      case '^':
        return one(Kind::power);
      case '+':
        return one(Kind::plus);
      case '-':
        return one(Kind::minus);
      case '*':
        return one(Kind::times);
      case '/':
        return one(Kind::divide);
      case '%':
        return one(Kind::modulo);
      case '.':
        return peek(at + 1) == '.' ? two(Kind::dots) : one(Kind::dot);
      case '=':
        return before_equal ? two(Kind::equal) : one(Kind::assign);
      case '<':
        return before_equal ? two(Kind::less_equal) : one(Kind::less);
      case '>':
        return before_equal ? two(Kind::greater_equal) : one(Kind::greater);
      case '!':
        if (before_equal) return two(Kind::unequal);
        break;
    }
    kind = Kind::stray;  // one character, of several bytes where it is not ASCII
    return while_(at + 1, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; });
  }

  std::string_view text_;
};

}  // namespace

std::vector<Token> read_tokens(std::string_view text, std::uint32_t base) {
  const Lexer lexer(text);
  std::vector<Token> tokens;
  tokens.reserve(text.size() / 4 + 1);
  Kind kind = Kind::end;
  for (std::size_t at = 0, end; at < text.size(); at = end) {
    end = lexer.read(at, kind);
    if (kind != Kind::blank)
      tokens.push_back({kind, base + static_cast<std::uint32_t>(at), base + static_cast<std::uint32_t>(end), no_body});
  }
  return tokens;
}

}  // namespace nas::syntax
