#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/diagnostic.h"

/// The tokens of a script, before and after the filter that decides where line ends and words have a meaning.
namespace nas::syntax {

/// In the order of the generated parser's numbers (grammar/Nas.g4), which parse.cpp asserts.
enum class Kind : std::uint8_t {
  end,
  number,
  string,
  open_string,
  word,
  line_end,
  comment,
  blank,
  open_paren,
  close_paren,
  open_list,
  close_list,
  open_brace,
  close_brace,
  comma,
  assign,
  colon,
  dot,
  at,
  dots,
  power,
  plus,
  minus,
  times,
  divide,
  modulo,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  unequal,
  stray,
  name,
  nl,
  bad,
  nas,
  import_,
  seed,
  let,
  param,
  require,
  show,
  def,
  def_space,
  foreach,
  when,
  otherwise,
  if_,
  else_,
  stage,
  clause,
  as,
  in,
  step,
  maximize,
  minimize,
  rule,
  spelling,
  repeat,
  choice,
  cond,
  then,
  and_,
  or_,
  not_,
  true_,
  false_
};

/// Number of a body `{...}`; the script itself is body 0, settings and arms are none.
using BodyId = std::uint32_t;
inline constexpr BodyId no_body = ~0u;

/// After so many mistakes the rest of a file is not read: a hostile text must not cost more than a moment.
inline constexpr std::size_t most_mistakes = 200;

struct Token {
  Kind kind = Kind::end;
  std::uint32_t begin = 0;  ///< bytes in the source
  std::uint32_t end = 0;
  BodyId body = no_body;  ///< the innermost bracket's body; a line end with a body ends a statement of it
};

/// Reads words, numbers, strings, signs, line ends and comments of `text`; places are shifted by `base`.
std::vector<Token> read_tokens(std::string_view text, std::uint32_t base);

/// What the filter made of a text: tokens for the parser (the last is `end`), comments apart.
struct FilteredTokens {
  std::vector<Token> tokens;
  std::vector<Token> comments;
  bool usable = true;  ///< false when a limit was met: nothing can be parsed
};

/// Where the text stands: a whole script, or an expression inside `${...}`, where line ends mean nothing.
enum class Position { script, hole };

/// Pairs brackets, drops line ends without meaning, and gives words their meaning; reports E101 to E104 and E109.
FilteredTokens filter_tokens(const std::vector<Token>& raw, std::string_view text, std::uint32_t source, std::uint32_t base,
                             Position position, int nesting, Diagnostics& diagnostics);

/// True for what can end a value: a name, a literal, a closing bracket.
bool ends_value(Kind kind);
/// True for operators and other words and signs after which a statement goes on in the next line.
bool wants_more(Kind kind);

/// The stages, the other words that begin a statement, and the clause words.
const std::vector<std::string>& stage_words();
const std::vector<std::string>& statement_words();
const std::vector<std::string>& clause_words();

}  // namespace nas::syntax
