#pragma once

#include "syntax/tokens.h"

namespace nas::syntax {

/// What the parser would have taken where it stopped.
struct Expected {
  bool value = false;
  bool name = false;
  bool assign = false;
  bool colon = false;
  bool body = false;
  bool in = false;
  bool then = false;
  bool else_ = false;
  bool string = false;
  bool parameters = false;
  bool only_name = false;  ///< a name and nothing else
  bool statement_end = false;
  bool at_statement = false;  ///< a statement begins here
  bool in_space = false;
};

/// The sentence for a token that does not fit; `at` is its index, `first` the index of its statement's first token.
void report_unexpected(const std::vector<Token>& tokens, std::size_t at, std::size_t first, const Expected& expected,
                       std::string_view text, std::uint32_t source, std::uint32_t base, Diagnostics& diagnostics);

}  // namespace nas::syntax
