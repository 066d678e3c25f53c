#include <algorithm>
#include <map>

#include "syntax/parse.h"
#include "syntax/tokens.h"

namespace nas::syntax {
namespace {

constexpr std::size_t widest = 110;
constexpr std::size_t step_in = 2, clause_in = 2, wrapped_in = 4;

bool is_infix(Kind kind) {
  switch (kind) {
    case Kind::and_:
    case Kind::or_:
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
      return true;
    default:
      return false;
  }
}

/// Writes the filtered tokens with the line breaks that mean something, those the author made where both forms are
/// canonical (bodies, settings, clauses, blank lines), and those that the width asks for. Columns of the author are kept.
class Layout {
 public:
  Layout(std::string_view text, FilteredTokens tokens)
      : text_(text), tokens_(std::move(tokens.tokens)), comments_(std::move(tokens.comments)) {
    find_breaks();
    find_columns();
  }

  std::string run() {
    for (i_ = 0; i_ < tokens_.size(); ++i_) {
      const Token& token = tokens_[i_];
      flush_comments(token.kind == Kind::end ? ~0u : token.begin);
      switch (token.kind) {
        case Kind::end:
          break;
        case Kind::nl:
          line_end();
          break;
        case Kind::open_brace:
          open_brace();
          break;
        case Kind::close_brace:
          close_brace();
          break;
        default:
          ordinary();
      }
    }
    while (!out_.empty() && out_.back() == '\n') out_.pop_back();
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
  }

 private:
  struct Brace {
    bool broken = false;
    bool commas = false;  ///< arms keep their commas when broken, settings and bodies have none
    std::size_t indent = 0;
  };

  std::string_view text_of(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }
  bool newline_between(std::uint32_t from, std::uint32_t to) const {
    return from < to && text_.substr(from, to - from).find('\n') != std::string_view::npos;
  }

  /// Braces that cannot stand in one line: with comments, several statements, or a line end behind the bracket.
  void find_breaks() {
    broken_.assign(tokens_.size(), false);
    partner_.assign(tokens_.size(), 0);
    rank_.assign(tokens_.size(), 0);
    unsigned depth = 0;
    std::vector<std::size_t> open;
    auto comment = comments_.begin();
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const Token& token = tokens_[i];
      for (; comment != comments_.end() && comment->begin < token.begin; ++comment) {
        if (!open.empty()) broken_[open.back()] = true;
      }
      const Kind before = i > 0 ? tokens_[i - 1].kind : Kind::nl;
      if (token.kind == Kind::close_paren || token.kind == Kind::close_list || token.kind == Kind::close_brace) --depth;
      rank_[i] = 2 * depth + (is_infix(before) || before == Kind::then || before == Kind::else_ ? 1 : 0);
      if (token.kind == Kind::open_paren || token.kind == Kind::open_list || token.kind == Kind::open_brace) ++depth;
      if (token.kind == Kind::open_brace) {
        open.push_back(i);
        const std::size_t next = text_.find_first_not_of(" \t\f\r", token.end);
        if (next != std::string_view::npos && text_[next] == '\n' && tokens_[i + 1].kind != Kind::close_brace) broken_[i] = true;
      } else if (token.kind == Kind::nl && !open.empty()) {
        const bool last = tokens_[i + 1].kind == Kind::close_brace;
        if (!last) broken_[open.back()] = true;
      } else if (token.kind == Kind::close_brace && !open.empty()) {
        const std::size_t opener = open.back();
        open.pop_back();
        partner_[opener] = i;
        partner_[i] = opener;
        if (broken_[opener] && !open.empty()) broken_[open.back()] = true;
      }
    }
  }

  enum class Column : std::uint8_t { second, sign, comment };
  struct Line {
    std::uint32_t begin;
    std::size_t paragraph;
  };

  /// Where second tokens of lines, signs of assignment and comments begin in each paragraph (lines up to an empty one).
  void find_columns() {
    std::size_t paragraph = 0;
    for (std::size_t at = 0; at <= text_.size();) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      if (text_.substr(at, end - at).find_first_not_of(" \t\f\r") == std::string_view::npos) ++paragraph;
      lines_.push_back({static_cast<std::uint32_t>(at), paragraph});
      at = end + 1;
    }
    columns_.resize(paragraph + 1);
    const auto add = [&](Column column, std::uint32_t begin) {
      const Line& line = line_of(begin);
      ++columns_[line.paragraph][{column, begin - line.begin}];
    };
    const Line* line = nullptr;
    int in_line = 0;
    for (const Token& token : tokens_) {
      if (token.end == token.begin) continue;
      in_line = line == &line_of(token.begin) ? in_line + 1 : 1;
      line = &line_of(token.begin);
      if (in_line == 2) add(Column::second, token.begin);
      if (token.kind == Kind::assign) add(Column::sign, token.begin);
    }
    for (const Token& comment : comments_) add(Column::comment, comment.begin);
  }
  const Line& line_of(std::uint32_t at) const {
    return *std::prev(
        std::upper_bound(lines_.begin(), lines_.end(), at, [](std::uint32_t a, const Line& line) { return a < line.begin; }));
  }

  /// Spaces in front of what begins at `begin`: those of the author where they put it in a column with its like, else `usual`.
  std::size_t spaces_before(std::uint32_t begin, Column column, std::size_t usual) const {
    const Line& line = line_of(begin);
    const auto& columns = columns_[line.paragraph];
    const auto it = columns.find({column, begin - line.begin});
    const bool aligned = it != columns.end() && it->second > 1;
    return aligned && begin > last_end_ + usual && !newline_between(last_end_, begin) ? begin - last_end_ : usual;
  }

  std::size_t block_indent() const { return braces_.empty() ? 0 : braces_.back().indent; }

  void new_line(std::size_t indent) {
    while (!out_.empty() && out_.back() == ' ') out_.pop_back();
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
    line_begin_ = out_.size();
    out_.append(indent, ' ');
    fresh_ = true;
  }
  std::size_t column() const { return out_.size() - line_begin_; }

  /// The line for what begins at `begin`: a statement's line, or one inside a statement.
  void start_line(std::uint32_t begin, bool closing = false) {
    const std::size_t indent = closing || statement_start_ ? block_indent() : block_indent() + wrapped_in;
    const auto between = begin > last_end_ ? text_.substr(last_end_, begin - last_end_) : std::string_view();
    const bool blank = statement_start_ && !closing && !after_open_ && std::count(between.begin(), between.end(), '\n') > 1;
    new_line(indent);
    if (blank && line_begin_ > 0) {
      out_.resize(line_begin_);
      out_ += '\n';
      line_begin_ = out_.size();
      out_.append(indent, ' ');
    }
    line_wanted_ = false;
  }

  void flush_comments(std::uint32_t before) {
    for (; comment_ < comments_.size() && comments_[comment_].begin < before; ++comment_) {
      const Token& comment = comments_[comment_];
      std::string_view text = text_of(comment);
      while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\f')) text.remove_suffix(1);
      const bool behind = !out_.empty() && !newline_between(last_end_, comment.begin) && last_end_ > 0;
      if (behind) {
        while (!out_.empty() && (out_.back() == ' ' || out_.back() == '\n')) out_.pop_back();
        out_.append(spaces_before(comment.begin, Column::comment, 2), ' ');
      } else {
        start_line(comment.begin);
      }
      out_ += text;
      last_end_ = comment.end;
      line_wanted_ = true;
      after_open_ = false;
    }
  }

  void line_end() {
    if (!braces_.empty() && !braces_.back().broken) return;
    line_wanted_ = statement_start_ = true;
    stage_ = false;
  }

  /// No space between two neighbours; `k` is the index of the second.
  bool glued(std::size_t k) const {
    const Token &a = tokens_[k - 1], &b = tokens_[k];
    switch (b.kind) {
      case Kind::close_paren:
      case Kind::close_list:
      case Kind::comma:
      case Kind::dot:
      case Kind::at:
      case Kind::dots:
      case Kind::power:
        return true;
      case Kind::colon:
        return k < 2 || tokens_[k - 2].kind != Kind::param;
      case Kind::open_paren:
      case Kind::open_list:
        if (ends_value(a.kind)) return true;
        break;
      default:
        break;
    }
    switch (a.kind) {
      case Kind::open_paren:
      case Kind::open_list:
      case Kind::dot:
      case Kind::at:
      case Kind::dots:
      case Kind::power:
        return true;
      case Kind::minus:
        return k == 1 || !ends_value(tokens_[k - 2].kind);
      default:
        return false;
    }
  }

  /// Columns of what should stay together behind a possible line end at `from`: up to the next one that is not further inside,
  /// or, where that does not fit into a line either, up to the next one at all.
  std::size_t chunk(std::size_t from) const {
    const std::size_t whole = chunk(from, rank_[from]);
    return whole + block_indent() + wrapped_in <= widest ? whole : chunk(from, ~0u);
  }

  std::size_t chunk(std::size_t from, unsigned rank) const {
    std::size_t width = 0;
    for (std::size_t k = from; k < tokens_.size() && width <= widest; ++k) {
      const Token& token = tokens_[k];
      if (token.kind == Kind::nl || token.kind == Kind::end) break;
      if (k > from && ((may_break(k) && rank_[k] <= rank) || (token.kind == Kind::open_brace && broken_[k]))) break;
      if (k > from && !glued(k)) ++width;
      width += token.end - token.begin;
    }
    return width;
  }

  bool may_break(std::size_t k) const {
    if (k == 0) return false;
    const Kind before = tokens_[k - 1].kind, kind = tokens_[k].kind;
    if (before == Kind::comma || before == Kind::then || before == Kind::else_) return kind != Kind::open_brace;
    if (kind == Kind::clause || (kind == Kind::as && stage_)) return true;
    return is_infix(before) && k > 1 && ends_value(tokens_[k - 2].kind);
  }

  void write(const Token& token) {
    out_ += text_of(token);
    if (token.end > token.begin) last_end_ = token.end;
    fresh_ = statement_start_ = after_open_ = false;
  }

  void ordinary() {
    const Token& token = tokens_[i_];
    if (statement_start_) begins_statement_ = i_;
    if (statement_start_ && token.kind == Kind::stage) stage_ = true;
    const bool clause = stage_ && (token.kind == Kind::clause || token.kind == Kind::as);
    const Brace* brace = braces_.empty() ? nullptr : &braces_.back();
    if (token.kind == Kind::comma && brace && brace->broken && brackets_ == brace_brackets_.back() && in_list_of_lines_.back()) {
      // Settings in several lines are separated by the lines, arms by both.
      if (brace->commas) out_ += ',';
      last_end_ = token.end;
      line_wanted_ = statement_start_ = true;
      return;
    }
    if (line_wanted_ || out_.empty()) {
      start_line(token.begin);
      if (clause) {
        new_line(block_indent() + clause_in);
      }
    } else if (clause && newline_between(last_end_, token.begin)) {
      new_line(block_indent() + clause_in);
    } else if ((token.kind == Kind::else_ || token.kind == Kind::otherwise) && i_ > 0 &&
               tokens_[i_ - 1].kind == Kind::close_brace && newline_between(last_end_, token.begin)) {
      new_line(block_indent());
    } else if (!fresh_) {
      const std::size_t space = i_ > 0 && glued(i_) ? 0 : 1;
      if (may_break(i_) && column() + space + chunk(i_) > widest) {
        new_line(block_indent() + (clause ? clause_in : wrapped_in));
      } else {
        // The name behind the first word and the sign behind a name stand in columns where the author put them there.
        const bool second = i_ > 0 && begins_statement_ == i_ - 1, sign = token.kind == Kind::assign;
        const bool may_align = space == 1 && brackets_ == 0 && (second || sign);
        out_.append(may_align ? spaces_before(token.begin, sign ? Column::sign : Column::second, 1) : space, ' ');
      }
    }
    if (token.kind == Kind::open_paren || token.kind == Kind::open_list) ++brackets_;
    if (token.kind == Kind::close_paren || token.kind == Kind::close_list) --brackets_;
    write(token);
  }

  bool fits(std::size_t opener) const {
    std::size_t width = column() + 1;
    for (std::size_t k = opener; k <= partner_[opener] && width <= widest; ++k) {
      if (tokens_[k].kind == Kind::nl) continue;
      width += tokens_[k].end - tokens_[k].begin;
      if (k > opener && !glued(k)) ++width;
    }
    return width <= widest;
  }

  void open_brace() {
    const Token& token = tokens_[i_];
    if (line_wanted_) {
      start_line(token.begin);
    } else if (!fresh_) {
      out_ += ' ';
    }
    const bool empty = partner_[i_] == i_ + 1;
    const bool broken = broken_[i_] || (!empty && !fits(i_));
    const bool arms = i_ > 0 && tokens_[i_ - 1].kind == Kind::choice;
    const bool body = tokens_[i_ + 1].body != no_body && !empty && !arms;
    write(token);
    braces_.push_back({broken, arms, block_indent() + (broken ? step_in : 0)});
    brace_brackets_.push_back(brackets_);
    in_list_of_lines_.push_back(!body);
    stages_.push_back(stage_);
    stage_ = false;
    line_wanted_ = broken;
    statement_start_ = after_open_ = true;
  }

  void close_brace() {
    const Token& token = tokens_[i_];
    const Brace brace = braces_.back();
    braces_.pop_back();
    brace_brackets_.pop_back();
    in_list_of_lines_.pop_back();
    stage_ = stages_.back();
    stages_.pop_back();
    if (brace.broken || line_wanted_) {
      start_line(token.begin, true);
    } else if (tokens_[i_ - 1].kind != Kind::open_brace) {
      out_ += ' ';
    }
    write(token);
  }

  std::string_view text_;
  std::vector<Token> tokens_, comments_;
  std::vector<bool> broken_;
  std::vector<std::size_t> partner_;
  std::vector<unsigned> rank_;  ///< of the line end before a token: its depth, operators after commas
  std::string out_;
  std::vector<Line> lines_;
  std::vector<std::map<std::pair<Column, std::uint32_t>, int>> columns_;  ///< by paragraph
  std::size_t i_ = 0, comment_ = 0, line_begin_ = 0, begins_statement_ = 0;
  std::uint32_t last_end_ = 0;
  std::vector<Brace> braces_;
  std::vector<int> brace_brackets_;
  std::vector<bool> in_list_of_lines_, stages_;
  int brackets_ = 0;
  bool line_wanted_ = false, statement_start_ = true, fresh_ = true, after_open_ = true, stage_ = false;
};

}  // namespace

std::string format(const SourceMap& sources, std::uint32_t source, Diagnostics& diagnostics) {
  const std::string_view text = sources.text(source);
  const std::size_t errors = diagnostics.error_count();
  parse(sources, source, diagnostics);
  if (diagnostics.error_count() > errors) return std::string(text);
  // A bracket that the width broke counts as broken by its author in the next pass: the canonical layout is where passes end.
  std::string now(text), before;
  for (int pass = 0; pass < 8 && now != before; ++pass) {
    before = now;
    Diagnostics none;
    const ParseLimits limits;
    now = Layout(before, filter_tokens(read_tokens(before, 0), before, source, 0, Position::script, limits.nesting, none)).run();
  }
  return now;
}

}  // namespace nas::syntax
