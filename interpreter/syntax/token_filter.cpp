#include <fmt/format.h>

#include <algorithm>

#include "syntax/tokens.h"

namespace nas::syntax {

namespace {

bool is_one_of(std::string_view word, const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool joins_values(std::string_view word) {
  return word == "and" || word == "or" || word == "then" || word == "else" || word == "if" || word == "in" || word == "step";
}

Kind hard_word(std::string_view word) {
  if (word == "and") return Kind::and_;
  if (word == "or") return Kind::or_;
  if (word == "not") return Kind::not_;
  if (word == "then") return Kind::then;
  if (word == "else") return Kind::else_;
  if (word == "true") return Kind::true_;
  if (word == "false") return Kind::false_;
  return Kind::name;
}

Kind statement_word(std::string_view word) {
  static const std::vector<std::pair<std::string_view, Kind>> kinds = {
      {"nas", Kind::nas},         {"import", Kind::import_},  {"seed", Kind::seed}, {"let", Kind::let},
      {"param", Kind::param},     {"require", Kind::require}, {"show", Kind::show}, {"def", Kind::def},
      {"foreach", Kind::foreach}, {"when", Kind::when}};
  for (const auto& [text, kind] : kinds) {
    if (text == word) return kind;
  }
  return is_one_of(word, stage_words()) ? Kind::stage : Kind::name;
}

enum class Room : std::uint8_t { script_body, space_body, settings, arms, paren, list };

/// An open bracket with the statement (or setting, arm, argument) that is being read in it.
struct Open {
  Room room = Room::script_body;
  BodyId body = 0;
  Token opener;
  Kind head = Kind::nl;  ///< what the statement in it began with
  bool defines_space = false;
  int repeats = 0;  ///< `repeat` words that still wait for their body
  int inner = 0;    ///< nesting that needs no bracket: if ... then, repeat, else if
};

class Filter {
 public:
  Filter(const std::vector<Token>& raw, std::string_view text, std::uint32_t source, std::uint32_t base, int nesting,
         Diagnostics& diagnostics)
      : raw_(raw),
        text_(text),
        source_(source),
        base_(base),
        nesting_(nesting),
        diagnostics_(diagnostics),
        next_(raw.size()),
        next_of_any_line_(raw.size()) {
    std::size_t any = raw.size(), beyond = raw.size();
    for (std::size_t k = raw.size(); k-- > 0;) {
      next_[k] = any;
      next_of_any_line_[k] = beyond;
      if (raw[k].kind == Kind::comment) continue;
      any = k;
      if (raw[k].kind != Kind::line_end) beyond = k;
    }
  }

  FilteredTokens run(Position position) {
    out_.tokens.reserve(raw_.size() + 8);
    open_.push_back({position == Position::hole ? Room::paren : Room::script_body, position == Position::hole ? no_body : 0, {}});
    for (i_ = 0; i_ < raw_.size() && out_.usable; ++i_) {
      take(raw_[i_]);
      if (diagnostics_.error_count() < most_mistakes) continue;
      diagnostics_.error("E116", span_of(raw_[i_]), fmt::format("the script has more than {} mistakes", most_mistakes),
                         "the rest is not read");
      out_.usable = false;
    }
    const auto last = base_ + static_cast<std::uint32_t>(text_.size());
    while (out_.usable && open_.size() > 1) close_missing(nullptr, last);
    if (position == Position::script) end_statement(last, last);
    put(Kind::end, last, last);
    if (!out_.usable) out_.tokens = {{Kind::end, last, last, 0}};
    return std::move(out_);
  }

 private:
  std::string_view text_of(const Token& token) const { return text_.substr(token.begin - base_, token.end - token.begin); }
  Span span_of(const Token& token) const { return {source_, token.begin, token.end}; }
  Open& here() { return open_.back(); }
  bool in_body() { return here().room == Room::script_body || here().room == Room::space_body; }
  Kind previous() const { return out_.tokens.empty() ? Kind::nl : out_.tokens.back().kind; }
  bool at_start() {
    return in_body() &&
           (previous() == Kind::nl || (previous() == Kind::open_brace && out_.tokens.back().begin == here().opener.begin));
  }

  void put(Kind kind, std::uint32_t begin, std::uint32_t end) { out_.tokens.push_back({kind, begin, end, here().body}); }

  /// The next token that is neither comment nor, unless wanted, a line end.
  const Token* next(std::size_t after, bool lines_count) const {
    const std::size_t at = lines_count ? next_[after] : next_of_any_line_[after];
    return at < raw_.size() ? &raw_[at] : nullptr;
  }
  std::size_t index_of(const Token* token) const { return static_cast<std::size_t>(token - raw_.data()); }

  std::uint32_t indent_of(const Token& token) const {
    const std::size_t at = token.begin - base_;
    const std::size_t line = at == 0 ? 0 : text_.rfind('\n', at - 1) + 1;
    const std::size_t first = text_.find_first_not_of(" \t", line);
    return static_cast<std::uint32_t>(first - line);
  }

  /// A word that begins a statement, with something behind it that no value is followed by.
  bool begins_statement(const Token* token) const {
    if (!token || token->kind != Kind::word || statement_word(text_of(*token)) == Kind::name) return false;
    const Token* after = next(index_of(token), true);
    if (!after) return false;
    if (after->kind == Kind::word) {
      const std::string_view text = text_of(*after);
      return !joins_values(text) && hard_word(text) == Kind::name && !is_one_of(text, clause_words());
    }
    return after->kind == Kind::string || after->kind == Kind::number;
  }

  void take(const Token& token) {
    switch (token.kind) {
      case Kind::comment:
        out_.comments.push_back(token);
        return;
      case Kind::line_end:
        return line_end(token);
      case Kind::word:
        return word(token);
      case Kind::number:
        return number(token);
      case Kind::open_string:
        diagnostics_.error("E102", {source_, token.begin, token.end}, "the text is not closed", "write \" where it ends");
        return put(Kind::string, token.begin, token.end);
      case Kind::stray:
        return stray(token);
      case Kind::open_paren:
        return open(token, Room::paren);
      case Kind::open_list:
        return open(token, Room::list);
      case Kind::open_brace:
        return open(token, room_of_brace());
      case Kind::close_paren:
      case Kind::close_list:
      case Kind::close_brace:
        return close(token);
      default:
        return put(token.kind, token.begin, token.end);
    }
  }

  void stray(const Token& token) {
    const std::string_view text = text_of(token);
    std::string label = "remove it";
    if (text == "'") label = "texts stand between double quotes";
    if (text == ";") label = "statements end with the line";
    if (text == "!") label = "write not";
    if (text == "&") label = "write and";
    if (text == "|") label = "write or";
    const bool control = text.size() == 1 && static_cast<unsigned char>(text[0]) < 0x20;
    const std::string shown = control ? fmt::format("character {}", static_cast<int>(text[0])) : fmt::format("'{}'", text);
    // A run of strays is one mistake.
    if (previous() != Kind::bad || out_.tokens.back().end != token.begin) {
      diagnostics_.error("E103", span_of(token), fmt::format("{} is not a character of the language", shown), label);
    }
    put(Kind::bad, token.begin, token.end);
  }

  void end_statement(std::uint32_t begin, std::uint32_t end) {
    if (!at_start()) put(Kind::nl, begin, end);
    inner_ -= here().inner;
    here().head = Kind::nl;
    here().defines_space = false;
    here().repeats = here().inner = 0;
  }

  void line_end(const Token& token) {
    const Token* after = next(i_, false);
    unclosed_before(after);
    const Kind before = previous();
    switch (here().room) {
      case Room::paren:
      case Room::list:
        return;
      case Room::settings:
      case Room::arms:
        if (before == Kind::open_brace || before == Kind::nl || wants_more(before) || !after ||
            after->kind == Kind::close_brace || after->kind == Kind::comma) {
          return;
        }
        return put(Kind::nl, token.begin, token.end);
      default:
        break;
    }
    if (at_start()) return;
    if (after && after->kind == Kind::open_brace) return;
    if (after && after->kind == Kind::word) {
      const std::string_view text = text_of(*after);
      if (before == Kind::close_brace && (text == "else" || text == "otherwise")) return;
      if (here().head == Kind::stage && here().room == Room::script_body && ends_value(before) && is_one_of(text, clause_words()))
        return;
    }
    if (wants_more(before) && after && !begins_statement(after)) return;
    end_statement(token.begin, token.end);
  }

  /// Brackets that must have been forgotten, because a statement begins where none can.
  void unclosed_before(const Token* after) {
    if (!begins_statement(after)) return;
    const Kind kind = statement_word(text_of(*after));
    while (open_.size() > 1) {
      const Room room = here().room;
      if (room == Room::script_body) return;
      if (room == Room::space_body) {
        const bool fits = kind == Kind::let || kind == Kind::require;
        if (fits || indent_of(*after) > indent_of(here().opener)) return;
      }
      close_missing(after, after->begin);
    }
  }

  /// Reports the innermost bracket as never closed and goes on as if it were.
  void close_missing(const Token* because, std::uint32_t at) {
    const Token opener = here().opener;
    const bool brace = opener.kind == Kind::open_brace;
    const std::string_view closer = opener.kind == Kind::open_paren ? ")" : brace ? "}" : "]";
    auto& error = diagnostics_.error("E101", span_of(opener), fmt::format("'{}' is never closed", text_of(opener)),
                                     fmt::format("write '{}' where it ends", closer));
    if (because) {
      const bool word = because->kind == Kind::word;
      error.labels.push_back({span_of(*because), word ? "a new statement begins here" : "this closes something further out"});
    }
    // A body can go on without its bracket; a value cannot.
    if (in_body()) {
      end_statement(at, at);
    } else {
      put(Kind::bad, at, at);
    }
    pop();
    if (brace) put(Kind::close_brace, at, at);
  }

  void pop() {
    inner_ -= here().inner;
    open_.pop_back();
  }

  bool count_nesting(const Token& token) {
    if (static_cast<int>(open_.size()) - 1 + inner_ <= nesting_) return true;  // the script itself is no bracket
    diagnostics_.error("E109", span_of(token), fmt::format("this is nested more than {} deep", nesting_), "the limit is met here",
                       "name the inner parts with let");
    out_.usable = false;
    return false;
  }

  Room room_of_brace() {
    if (previous() == Kind::choice) return Room::arms;
    if (here().repeats > 0) {
      --here().repeats;
      return Room::space_body;
    }
    switch (here().head) {
      case Kind::if_:
      case Kind::when:
      case Kind::foreach:
        if (in_body()) return here().room;
        break;
      case Kind::def:
        if (here().defines_space) return Room::space_body;
        break;
      default:
        break;
    }
    return Room::settings;
  }

  void open(const Token& token, Room room) {
    put(token.kind, token.begin, token.end);
    const bool body = room == Room::script_body || room == Room::space_body;
    open_.push_back({room, body ? ++bodies_ : no_body, token});
    count_nesting(token);
  }

  static Kind opener_of(Kind closer) {
    return closer == Kind::close_paren ? Kind::open_paren : closer == Kind::close_list ? Kind::open_list : Kind::open_brace;
  }

  void close(const Token& token) {
    const Kind wanted = opener_of(token.kind);
    std::size_t at = open_.size();
    while (at > 1 && open_[at - 1].opener.kind != wanted) --at;
    // A round or square bracket does not close a body around it.
    bool crosses_body = false;
    for (std::size_t k = at; k < open_.size(); ++k) crosses_body |= open_[k].body != no_body;
    if (at <= 1 || (crosses_body && wanted != Kind::open_brace)) {
      if (wanted != Kind::open_brace && open_.size() > 1 && (here().room == Room::paren || here().room == Room::list)) {
        auto& error =
            diagnostics_.error("E101", span_of(here().opener), fmt::format("'{}' is never closed", text_of(here().opener)),
                               fmt::format("write '{}' where it ends", here().room == Room::paren ? ")" : "]"));
        error.labels.push_back({span_of(token), fmt::format("this closes a '{}'", wanted == Kind::open_paren ? "(" : "[")});
        put(Kind::bad, token.begin, token.end);
        return pop();
      }
      diagnostics_.error("E101", span_of(token), fmt::format("'{}' closes nothing", text_of(token)), "remove it");
      return put(Kind::bad, token.begin, token.end);
    }
    while (open_.size() > at) close_missing(&token, token.begin);
    if (in_body()) {
      end_statement(token.begin, token.begin);
    } else if (previous() == Kind::comma && out_.tokens.size() > 1 && ends_value(out_.tokens[out_.tokens.size() - 2].kind)) {
      out_.tokens.pop_back();  // a comma behind the last item means nothing
    } else if (previous() == Kind::nl) {
      out_.tokens.pop_back();
    }
    pop();
    put(token.kind, token.begin, token.end);
  }

  void number(const Token& token) {
    if (text_of(token).back() == '%') {
      const Token* after = next(i_, true);
      bool operand = after && (after->kind == Kind::number || after->kind == Kind::string || after->kind == Kind::open_paren);
      if (after && after->kind == Kind::word) {
        const std::string_view text = text_of(*after);
        operand = !joins_values(text) && !(here().head == Kind::stage && is_one_of(text, clause_words()));
      }
      if (operand) {
        put(Kind::number, token.begin, token.end - 1);
        return put(Kind::modulo, token.end - 1, token.end);
      }
    }
    put(Kind::number, token.begin, token.end);
  }

  void word(const Token& token) {
    const Kind kind = meaning(token);
    if (at_start()) here().head = kind;
    if (kind == Kind::repeat) ++here().repeats;
    if (kind == Kind::def_space) here().defines_space = true;
    if (kind == Kind::cond || kind == Kind::repeat || (kind == Kind::if_ && previous() == Kind::else_)) {
      ++here().inner;
      ++inner_;
      if (!count_nesting(token)) return;
    }
    put(kind, token.begin, token.end);
  }

  Kind meaning(const Token& token) {
    const std::string_view text = text_of(token);
    const Kind before = previous();
    if (before == Kind::dot || before == Kind::at) return Kind::name;
    const Token* after = next(i_, true);
    const Kind following = after ? after->kind : Kind::line_end;

    if (at_start()) {
      if (here().room == Room::script_body) {
        const Kind kind = statement_word(text);
        if (kind == Kind::nas && !out_.tokens.empty()) return Kind::name;
        if (kind != Kind::name) return kind;
      } else if (following == Kind::word && (text == "let" || text == "rule" || text == "spelling" || text == "features")) {
        return text == "let" ? Kind::let : text == "rule" ? Kind::rule : Kind::spelling;
      } else if (text == "require" && begins_value(after)) {
        return Kind::require;
      }
      if (text == "if") return conditional_value() ? Kind::cond : Kind::if_;
    }
    if (text == "if") return ends_value(before) || before == Kind::else_ ? else_if(before) : Kind::cond;
    if (const Kind kind = hard_word(text); kind != Kind::name) return kind;
    if (ends_value(before)) {
      if (text == "in") return Kind::in;
      if (text == "step") return Kind::step;
      if (text == "otherwise" && before == Kind::close_brace && here().head == Kind::when) return Kind::otherwise;
      if (here().head == Kind::stage && here().room == Room::script_body && is_one_of(text, clause_words())) {
        return text == "as" ? Kind::as : Kind::clause;
      }
      if (text == "as" && here().head == Kind::import_) return Kind::as;
      return Kind::name;
    }
    if (text == "space" && before == Kind::def && following == Kind::word) return Kind::def_space;
    if (text == "choice" && following == Kind::open_brace) return Kind::choice;
    if (text == "repeat" && begins_value(after)) return Kind::repeat;
    if ((text == "maximize" || text == "minimize") && here().head == Kind::stage && in_body() && begins_value(after) &&
        (before == Kind::stage || before == Kind::clause || before == Kind::as || before == Kind::comma ||
         before == Kind::assign)) {
      return text == "maximize" ? Kind::maximize : Kind::minimize;
    }
    return Kind::name;
  }

  /// `else if` continues a statement; inside a value, `else` is followed by one.
  Kind else_if(Kind before) { return before != Kind::else_ || here().head == Kind::if_ ? Kind::if_ : Kind::cond; }

  bool begins_value(const Token* token) const {
    if (!token) return false;
    switch (token->kind) {
      case Kind::word:
        return !joins_values(text_of(*token)) || text_of(*token) == "if" || text_of(*token) == "step";
      case Kind::number:
      case Kind::string:
      case Kind::open_string:
      case Kind::open_paren:
      case Kind::open_list:
      case Kind::minus:
        return true;
      default:
        return false;
    }
  }

  /// At `if`: does `then` come before the body's bracket?
  bool conditional_value() const {
    int depth = 0;
    for (std::size_t k = i_ + 1; k < raw_.size(); ++k) {
      const Kind kind = raw_[k].kind;
      if (kind == Kind::open_paren || kind == Kind::open_list) ++depth;
      if (kind == Kind::close_paren || kind == Kind::close_list) --depth;
      if (depth > 0) continue;
      if (kind == Kind::open_brace || kind == Kind::close_brace || kind == Kind::line_end) return false;
      if (kind == Kind::word && text_of(raw_[k]) == "then") return true;
    }
    return false;
  }

  const std::vector<Token>& raw_;
  std::string_view text_;
  std::uint32_t source_, base_;
  int nesting_;
  Diagnostics& diagnostics_;
  FilteredTokens out_;
  std::vector<Open> open_;
  std::size_t i_ = 0;
  BodyId bodies_ = 0;
  int inner_ = 0;
  std::vector<std::size_t> next_, next_of_any_line_;
};

}  // namespace

FilteredTokens filter_tokens(const std::vector<Token>& raw, std::string_view text, std::uint32_t source, std::uint32_t base,
                             Position position, int nesting, Diagnostics& diagnostics) {
  return Filter(raw, text, source, base, nesting, diagnostics).run(position);
}

}  // namespace nas::syntax
