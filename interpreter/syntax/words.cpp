#include "syntax/tokens.h"

namespace nas::syntax {

const std::vector<std::string>& stage_words() {
  static const std::vector<std::string> words = {"space",    "device", "dataset", "objective", "predictor", "profile", "train",
                                                 "transfer", "tune",   "search",  "place",     "plot",      "export",  "report"};
  return words;
}
const std::vector<std::string>& statement_words() {
  static const std::vector<std::string> words = {"import", "seed", "let",     "param", "require",
                                                 "show",   "def",  "foreach", "if",    "when"};
  return words;
}
const std::vector<std::string>& clause_words() {
  static const std::vector<std::string> words = {"on", "over", "using", "with", "from", "to", "of", "where", "by", "until", "as"};
  return words;
}

bool ends_value(Kind kind) {
  switch (kind) {
    case Kind::name:
    case Kind::number:
    case Kind::string:
    case Kind::true_:
    case Kind::false_:
    case Kind::close_paren:
    case Kind::close_list:
    case Kind::close_brace:
    case Kind::bad:
      return true;
    default:
      return false;
  }
}

bool wants_more(Kind kind) {
  switch (kind) {
    case Kind::comma:
    case Kind::assign:
    case Kind::colon:
    case Kind::dot:
    case Kind::at:
    case Kind::dots:
    case Kind::power:
    case Kind::plus:
    case Kind::minus:
    case Kind::times:
    case Kind::divide:
    case Kind::modulo:
    case Kind::less:
    case Kind::less_equal:
    case Kind::greater:
    case Kind::greater_equal:
    case Kind::equal:
    case Kind::unequal:
    case Kind::and_:
    case Kind::or_:
    case Kind::not_:
    case Kind::in:
    case Kind::step:
    case Kind::cond:
    case Kind::then:
    case Kind::else_:
    case Kind::clause:
    case Kind::as:
    case Kind::maximize:
    case Kind::minimize:
      return true;
    default:
      return false;
  }
}

}  // namespace nas::syntax
