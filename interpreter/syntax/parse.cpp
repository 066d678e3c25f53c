#include "syntax/parse.h"

#include <antlr4-runtime.h>
#include <fmt/format.h>

#include <charconv>
#include <set>

#include "grammar/generated/NasBaseVisitor.h"
#include "grammar/generated/NasLexer.h"
#include "grammar/generated/NasParser.h"

namespace nas::syntax {
namespace {

using grammar::NasLexer;
using grammar::NasParser;

const std::vector<std::string> kStatementWords = {"nas", "import", "seed", "let", "param", "require", "show", "def", "foreach", "if", "when",
                                                  "space", "device", "dataset", "objective", "predictor", "profile", "train", "transfer",
                                                  "search", "place", "plot", "export", "report"};
const std::set<std::string> kClauseWords = {"on", "over", "using", "with", "from", "to", "of", "where", "until", "as"};
const std::set<std::string> kOperators = {"=", ",", "+", "-", "*", "/", "%", "^", "..", "<", "<=", ">", ">=", "==", "!=", "and", "or", "not",
                                          "then", "else", "in", "step", "@", ".", ":"};

/// First byte that is not UTF-8, or npos.
std::size_t first_bad_byte(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const std::size_t length = c < 0x80 ? 1 : (c >> 5) == 6 && c >= 0xC2 ? 2 : (c >> 4) == 14 ? 3 : (c >> 3) == 30 && c <= 0xF4 ? 4 : 0;
    if (length == 0 || i + length > text.size()) return i;
    std::uint32_t point = length == 1 ? c : c & (0x7F >> length);
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xC0) != 0x80) return i;
      point = (point << 6) | (next & 0x3F);
    }
    if ((length == 3 && (point < 0x800 || (point >= 0xD800 && point < 0xE000))) || (length == 4 && (point < 0x10000 || point > 0x10FFFF))) return i;
    i += length;
  }
  return std::string_view::npos;
}

/// What the parser was reading when it met a token that does not fit.
std::string expectation(std::size_t rule) {
  switch (rule) {
    case NasParser::RuleArgument: return "an argument is a value or name = value; a comma separates two";
    case NasParser::RuleParameter:
    case NasParser::RuleParameters: return "a parameter is written name: type = default";
    case NasParser::RuleSetting:
    case NasParser::RuleSettings: return "a setting is written name = value";
    case NasParser::RuleClause:
    case NasParser::RuleClauseWord: return "clauses begin with on, over, using, with, from, to, of, where, until or as";
    case NasParser::RuleOperand:
    case NasParser::RuleOperands:
    case NasParser::RuleExpr: return "a value is missing here";
    case NasParser::RuleArm: return "an arm is a value, or a value if a condition";
    case NasParser::RuleBody: return "a body is { statements }";
    case NasParser::RuleSpaceBody:
    case NasParser::RuleSpaceItem: return "a space is made of name = value, operators, repeat, if, let, rule, require and spelling";
    default: return "";
  }
}

struct SyntaxError {
  std::uint32_t begin, end;
  std::string code, message, label, note;
};

/// Turns what ANTLR reports into our own sentences.
class Listener : public antlr4::BaseErrorListener {
 public:
  std::vector<SyntaxError> errors;

  void syntaxError(antlr4::Recognizer* recognizer, antlr4::Token* token, std::size_t, std::size_t, const std::string&,
                   std::exception_ptr) override {
    if (!token) return;
    auto* parser = dynamic_cast<NasParser*>(recognizer);
    const std::size_t rule = parser && parser->getContext() ? parser->getContext()->getRuleIndex() : 0;
    const auto begin = static_cast<std::uint32_t>(token->getStartIndex());
    const bool ends = token->getType() == antlr4::Token::EOF || token->getType() == NasLexer::NL;
    const std::string text = ends ? "" : token->getText();
    SyntaxError error{begin, begin + static_cast<std::uint32_t>(std::max<std::size_t>(1, ends ? 1 : token->getStopIndex() + 1 - token->getStartIndex())), "E104", "", "", ""};
    if (ends) {
      error.code = "E105";
      error.message = "the line ends too early";
      error.label = expectation(rule).empty() ? "something is missing here" : expectation(rule);
    } else if (rule == NasParser::RuleScript || rule == NasParser::RuleBody || rule == NasParser::RuleStatement) {
      // The first word of a statement is not a word of the language, or something follows a complete statement.
      auto* stream = parser->getTokenStream();
      antlr4::Token* before = token->getTokenIndex() > 0 ? stream->get(token->getTokenIndex() - 1) : nullptr;
      const bool starts = !before || before->getType() == NasLexer::NL || before->getText() == "{";
      if (starts && token->getType() == NasLexer::NAME) {
        error.code = "E106";
        error.message = fmt::format("no statement begins with {}", text);
        const std::string near = did_you_mean(text, kStatementWords);
        error.label = near.empty() ? "" : fmt::format("did you mean {}?", near);
        error.note = "statements begin with a stage (space, device, dataset, search ...) or with let, param, def, import, seed, show";
      } else {
        error.message = fmt::format("{} cannot follow here", text);
        error.label = "the statement is complete before it";
      }
    } else {
      error.message = fmt::format("{} cannot stand here", text);
      error.label = expectation(rule);
    }
    errors.push_back(std::move(error));
  }
};

/// Builds our tree from ANTLR's. Every visit leaves its result in `expr_`.
class Builder : public grammar::NasBaseVisitor {
 public:
  Builder(std::uint32_t source, std::string_view text, std::uint32_t base, const std::vector<std::uint32_t>& bytes, Diagnostics& diagnostics, int depth)
      : source_(source), text_(text), base_(base), bytes_(bytes), diagnostics_(diagnostics), depth_(depth) {}

  Body statements(const std::vector<NasParser::StatementContext*>& list, std::optional<int>* version = nullptr) {
    Body body;
    for (auto* s : list) {
      if (auto* v = dynamic_cast<NasParser::VersionContext*>(s)) {
        if (version && v->NUMBER()) *version = std::atoi(v->NUMBER()->getText().c_str());
        continue;
      }
      if (s->exception || s->children.empty()) continue;
      Statement statement;
      statement.span = span(s);
      broken_ = false;
      if (fill(s, statement) && !broken_) body.push_back(std::move(statement));
    }
    return body;
  }

  ExprPtr expr(NasParser::ExprContext* ctx) {
    if (!ctx || ctx->exception || ctx->children.empty()) {
      broken_ = true;
      return nullptr;
    }
    expr_ = nullptr;
    ctx->accept(this);
    if (!expr_) {
      broken_ = true;
      return nullptr;
    }
    expr_->span = span(ctx);
    return std::move(expr_);
  }

  bool broken() const { return broken_; }

 private:
  Span span(antlr4::ParserRuleContext* ctx) const {
    antlr4::Token* first = ctx->getStart();
    antlr4::Token* last = ctx->getStop() ? ctx->getStop() : first;
    return span(first, last);
  }
  std::uint32_t byte(std::size_t index) const { return base_ + (bytes_.empty() ? static_cast<std::uint32_t>(index) : bytes_[std::min(index, bytes_.size() - 1)]); }
  Span span(antlr4::Token* first, antlr4::Token* last) const {
    if (first->getType() == antlr4::Token::EOF) return {source_, byte(first->getStartIndex()), byte(first->getStartIndex())};
    return {source_, byte(first->getStartIndex()), std::max(byte(last->getStopIndex() + 1), byte(first->getStartIndex()))};
  }
  Span span(antlr4::Token* token) const { return span(token, token); }

  Name name(NasParser::NameContext* ctx) {
    if (!ctx || ctx->exception) {
      broken_ = true;
      return {};
    }
    return {ctx->getText(), span(ctx)};
  }
  std::optional<Name> maybe_name(NasParser::NameContext* ctx) { return ctx ? std::optional<Name>(name(ctx)) : std::nullopt; }

  template <typename T>
  antlrcpp::Any give(T node) {
    expr_ = std::make_unique<Expr>();
    expr_->node = std::move(node);
    return {};
  }

  std::string plain_string(antlr4::tree::TerminalNode* token) {
    StringLiteral literal = string_literal(token->getSymbol());
    std::string text;
    for (auto& piece : literal.pieces) text += piece.text;
    return text;
  }

  StringLiteral string_literal(antlr4::Token* token);

  std::vector<Operand> operands(NasParser::OperandsContext* ctx) {
    std::vector<Operand> list;
    if (!ctx) return list;
    for (auto* o : ctx->operand()) {
      Operand operand;
      operand.span = span(o);
      if (o->direction) operand.direction = o->direction->getText() == "maximize" ? Operand::Direction::maximize : Operand::Direction::minimize;
      operand.value = expr(o->expr());
      list.push_back(std::move(operand));
    }
    return list;
  }
  std::vector<Setting> settings(NasParser::SettingsContext* ctx) {
    std::vector<Setting> list;
    if (!ctx) return list;
    for (auto* s : ctx->setting()) {
      Name n = name(s->name());
      list.push_back({std::move(n), expr(s->expr())});
    }
    return list;
  }
  std::vector<Parameter> parameters(NasParser::ParametersContext* ctx) {
    std::vector<Parameter> list;
    if (!ctx) return list;
    for (auto* p : ctx->parameter()) {
      Parameter parameter;
      const auto names = p->name();
      if (names.empty()) {
        broken_ = true;
        continue;
      }
      parameter.name = name(names[0]);
      if (names.size() > 1) parameter.type = name(names[1]);
      if (p->expr()) parameter.value = expr(p->expr());
      list.push_back(std::move(parameter));
    }
    return list;
  }

  bool fill(NasParser::StatementContext* s, Statement& out);
  bool fill_item(NasParser::SpaceItemContext* s, Statement& out);
  Body space_body(NasParser::SpaceBodyContext* ctx) {
    Body body;
    if (!ctx) {
      broken_ = true;
      return body;
    }
    for (auto* item : ctx->spaceItem()) {
      if (item->exception || item->children.empty()) {
        broken_ = true;
        continue;
      }
      Statement statement;
      statement.span = span(item);
      if (fill_item(item, statement)) body.push_back(std::move(statement));
    }
    return body;
  }
  Body body(NasParser::BodyContext* ctx) { return ctx ? statements(ctx->statement()) : Body{}; }

  // Expressions.
  antlrcpp::Any visitMember(NasParser::MemberContext* c) override {
    auto object = expr(c->expr());
    return give(Member{std::move(object), name(c->name())});
  }
  antlrcpp::Any visitAtDevice(NasParser::AtDeviceContext* c) override {
    auto metric = expr(c->expr());
    ExprPtr device;
    if (!c->deviceRef()) return {};
    for (auto* n : c->deviceRef()->name()) {
      auto next = std::make_unique<Expr>();
      next->span = span(n);
      if (device) {
        next->span.begin = device->span.begin;
        next->node = Member{std::move(device), name(n)};
      } else {
        next->node = NameRef{n->getText()};
      }
      device = std::move(next);
    }
    return give(AtDevice{std::move(metric), std::move(device)});
  }
  antlrcpp::Any visitCall(NasParser::CallContext* c) override {
    Call call;
    call.callee = expr(c->expr());
    for (auto* a : c->argument()) {
      Argument argument;
      argument.name = maybe_name(a->name());
      argument.value = expr(a->expr());
      call.arguments.push_back(std::move(argument));
    }
    return give(std::move(call));
  }
  antlrcpp::Any visitIndex(NasParser::IndexContext* c) override {
    auto object = expr(c->expr(0));
    ExprPtr index;
    if (c->expr().size() > 1) index = expr(c->expr(1));
    return give(Index{std::move(object), std::move(index)});
  }
  antlrcpp::Any visitUnary(NasParser::UnaryContext* c) override { return give(Unary{c->op->getText(), expr(c->expr())}); }
  antlrcpp::Any visitBinary(NasParser::BinaryContext* c) override {
    static const std::set<std::string> comparisons = {"<", "<=", ">", ">=", "==", "!="};
    const std::string op = c->op->getText();
    auto left = expr(c->expr(0));
    auto right = c->expr().size() > 1 ? expr(c->expr(1)) : nullptr;
    if (!left || !right) {
      broken_ = true;
      return {};
    }
    // a < b <= c reads as one condition; (a < b) <= c does not.
    if (comparisons.count(op) && !dynamic_cast<NasParser::ParenthesisContext*>(c->expr(0))) {
      if (auto* chain = std::get_if<Comparison>(&left->node)) {
        chain->operands.push_back(std::move(right));
        chain->ops.push_back(op);
        return give(std::move(*chain));
      }
      if (auto* binary = std::get_if<Binary>(&left->node); binary && comparisons.count(binary->op)) {
        Comparison chain;
        chain.ops = {binary->op, op};
        chain.operands.push_back(std::move(binary->left));
        chain.operands.push_back(std::move(binary->right));
        chain.operands.push_back(std::move(right));
        return give(std::move(chain));
      }
    }
    return give(Binary{op, span(c->op), std::move(left), std::move(right)});
  }
  antlrcpp::Any visitRange(NasParser::RangeContext* c) override {
    auto first = expr(c->expr(0));
    auto last = expr(c->expr(1));
    return give(RangeExpr{std::move(first), std::move(last), c->expr().size() > 2 ? expr(c->expr(2)) : nullptr});
  }
  antlrcpp::Any visitIfExpr(NasParser::IfExprContext* c) override {
    auto condition = expr(c->expr(0));
    auto then = expr(c->expr(1));
    return give(IfExpr{std::move(condition), std::move(then), expr(c->expr(2))});
  }
  antlrcpp::Any visitChoiceExpr(NasParser::ChoiceExprContext* c) override {
    ChoiceExpr choice;
    for (auto* a : c->arm()) {
      auto value = expr(a->expr(0));
      choice.arms.push_back({std::move(value), a->expr().size() > 1 ? expr(a->expr(1)) : nullptr});
    }
    return give(std::move(choice));
  }
  antlrcpp::Any visitRepeatExpr(NasParser::RepeatExprContext* c) override {
    auto variable = maybe_name(c->name());
    auto count = expr(c->expr());
    return give(RepeatExpr{std::move(variable), std::move(count), space_body(c->spaceBody())});
  }
  antlrcpp::Any visitListExpr(NasParser::ListExprContext* c) override {
    ListExpr list;
    for (auto* e : c->expr()) list.items.push_back(expr(e));
    return give(std::move(list));
  }
  antlrcpp::Any visitParenthesis(NasParser::ParenthesisContext* c) override {
    expr_ = expr(c->expr());
    return {};
  }
  antlrcpp::Any visitNumber(NasParser::NumberContext* c) override {
    NumberLiteral literal;
    literal.text = c->NUMBER()->getText();
    const char* begin = literal.text.data();
    const char* end = begin + literal.text.size();
    const auto parsed = std::from_chars(begin, end, literal.number);
    literal.unit.assign(parsed.ptr, end);
    literal.integral = std::string_view(begin, static_cast<std::size_t>(parsed.ptr - begin)).find_first_of(".eE") == std::string_view::npos;
    return give(std::move(literal));
  }
  antlrcpp::Any visitString(NasParser::StringContext* c) override { return give(string_literal(c->STRING()->getSymbol())); }
  antlrcpp::Any visitBoolean(NasParser::BooleanContext* c) override { return give(BoolLiteral{c->getText() == "true"}); }
  antlrcpp::Any visitNameRef(NasParser::NameRefContext* c) override { return give(NameRef{c->name()->getText()}); }

  std::uint32_t source_;
  std::string_view text_;
  std::uint32_t base_;
  const std::vector<std::uint32_t>& bytes_;
  Diagnostics& diagnostics_;
  int depth_;
  ExprPtr expr_;
  bool broken_ = false;
};

/// One run of lexer, token filter and parser over a piece of a source that begins at byte `base`.
struct Reading {
  Reading(std::uint32_t source, std::string_view text, std::uint32_t base, Diagnostics& diagnostics, int nesting, int depth)
      : builder(source, text, base, bytes, diagnostics, depth), source_(source), base_(base), diagnostics_(diagnostics) {
    for (std::size_t i = 0; i < text.size(); ++i)
      if (static_cast<unsigned char>(text[i]) >= 0x80) {
        ascii_ = false;
        break;
      }
    if (!ascii_) {
      for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) bytes.push_back(static_cast<std::uint32_t>(i));
      bytes.push_back(static_cast<std::uint32_t>(text.size()));
    }
    input.load(std::string(text));
    lexer.emplace(&input);
    lexer->removeErrorListeners();
    filter(nesting);
  }

  NasParser& parser() {
    if (!parser_) {
      source_tokens_.emplace(std::move(tokens_));
      stream_.emplace(&*source_tokens_);
      parser_.emplace(&*stream_);
      parser_->removeErrorListeners();
      parser_->addErrorListener(&listener);
    }
    return *parser_;
  }

  /// Reports what the parser met, one error a line, none behind an unclosed bracket.
  void report(const SourceMap& sources) {
    std::set<std::uint32_t> lines;
    for (SyntaxError& error : listener.errors) {
      const Span span{source_, byte(error.begin), byte(error.end)};
      if (bracket_error_ && span.begin >= *bracket_error_) continue;
      if (!lines.insert(sources.position(source_, span.begin).line).second) continue;
      diagnostics_.error(error.code, span, error.message, error.label, error.note);
    }
  }

  bool usable() const { return !too_deep_; }

  std::vector<std::uint32_t> bytes;
  antlr4::ANTLRInputStream input;
  std::optional<NasLexer> lexer;
  Listener listener;
  Builder builder;

 private:
  std::uint32_t byte(std::size_t index) const { return base_ + (ascii_ ? static_cast<std::uint32_t>(index) : bytes[std::min(index, bytes.size() - 1)]); }
  Span span(antlr4::Token* t) const { return {source_, byte(t->getStartIndex()), byte(t->getStopIndex() + 1)}; }

  void filter(int nesting);

  std::uint32_t source_;
  std::uint32_t base_;
  Diagnostics& diagnostics_;
  bool ascii_ = true;
  bool too_deep_ = false;
  std::optional<std::uint32_t> bracket_error_;
  std::vector<std::unique_ptr<antlr4::Token>> tokens_;
  std::optional<antlr4::ListTokenSource> source_tokens_;
  std::optional<antlr4::CommonTokenStream> stream_;
  std::optional<NasParser> parser_;
};

void Reading::filter(int nesting) {
  auto all = lexer->getAllTokens();
  std::vector<std::unique_ptr<antlr4::Token>> seen;
  for (auto& token : all)
    if (token->getChannel() == antlr4::Token::DEFAULT_CHANNEL) seen.push_back(std::move(token));
  std::vector<antlr4::Token*> open;
  auto matching = [](const std::string& opener) { return opener == "(" ? ")" : opener == "[" ? "]" : "}"; };
  for (std::size_t i = 0; i < seen.size(); ++i) {
    antlr4::Token* token = seen[i].get();
    if (token->getType() == NasLexer::STRAY) {
      diagnostics_.error("E103", span(token), fmt::format("{} is not a character of the language", token->getText()), "remove it");
      continue;
    }
    if (token->getType() == NasLexer::UNFINISHED_STRING) {
      diagnostics_.error("E102", span(token), "the text is not closed", "write \" at its end");
      static_cast<antlr4::CommonToken*>(token)->setType(NasLexer::STRING);
    }
    if (token->getType() == NasLexer::NL) {
      if (!open.empty() && open.back()->getText() != "{") continue;
      if (!tokens_.empty() && (kOperators.count(tokens_.back()->getText()) != 0) && tokens_.back()->getType() != NasLexer::STRING) continue;
      std::size_t next = i + 1;
      while (next < seen.size() && seen[next]->getType() == NasLexer::NL) ++next;
      if (next < seen.size()) {
        const std::string word = seen[next]->getText();
        const std::string after = next + 1 < seen.size() ? seen[next + 1]->getText() : "";
        const bool continues = (kClauseWords.count(word) && after != "=" && after != "." && after != "(") || word == "else" || word == "otherwise";
        if (continues) continue;
      }
    } else {
      const std::string text = token->getText();
      if (text == "(" || text == "[" || text == "{") {
        open.push_back(token);
        if (static_cast<int>(open.size()) > nesting) {
          diagnostics_.error("E109", span(token), fmt::format("brackets are nested more than {} deep", nesting), "", "name the inner parts with let");
          too_deep_ = true;
          tokens_.clear();
          return;
        }
      } else if (text == ")" || text == "]" || text == "}") {
        // A closer that does not fit closes what it can: the opener inside is the one that was forgotten.
        std::size_t at = open.size();
        while (at > 0 && matching(open[at - 1]->getText()) != text) --at;
        if (at == 0) {
          diagnostics_.error("E101", span(token), fmt::format("{} closes nothing", text), "remove it");
          if (!bracket_error_) bracket_error_ = byte(token->getStartIndex());
          continue;
        }
        while (open.size() > at) {
          diagnostics_.error("E101", span(open.back()), fmt::format("{} is never closed", open.back()->getText()),
                             fmt::format("write {} where it ends", matching(open.back()->getText())));
          bracket_error_ = std::min(bracket_error_.value_or(~0u), byte(open.back()->getStartIndex()));
          open.pop_back();
        }
        open.pop_back();
      }
    }
    tokens_.push_back(std::move(seen[i]));
  }
  for (auto* token : open) {
    diagnostics_.error("E101", span(token), fmt::format("{} is never closed", token->getText()), fmt::format("write {} where it ends", matching(token->getText())));
    bracket_error_ = std::min(bracket_error_.value_or(~0u), byte(token->getStartIndex()));
  }
}

StringLiteral Builder::string_literal(antlr4::Token* token) {
  StringLiteral literal;
  const Span place = span(token);
  std::string_view raw = text_.substr(place.begin - base_, place.end - place.begin);
  std::uint32_t at = place.begin + 1;
  raw.remove_prefix(1);
  if (!raw.empty() && raw.back() == '"') raw.remove_suffix(1);
  std::string piece;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\\' && i + 1 < raw.size()) {
      const char c = raw[++i];
      if (c == 'n') piece += '\n';
      else if (c == 't') piece += '\t';
      else if (c == '"' || c == '\\' || c == '$') piece += c;
      else diagnostics_.error("E107", {source_, at + static_cast<std::uint32_t>(i) - 1, at + static_cast<std::uint32_t>(i) + 1}, fmt::format("\\{} is not an escape", c), "the escapes are \\n \\t \\\" \\\\ \\$");
    } else if (raw[i] == '$' && i + 1 < raw.size() && raw[i + 1] == '{') {
      const std::size_t close = raw.find('}', i);
      if (close == std::string_view::npos || depth_ > 4) {
        diagnostics_.error("E101", {source_, at + static_cast<std::uint32_t>(i), at + static_cast<std::uint32_t>(i) + 2}, "${ is never closed", "write } where it ends");
        break;
      }
      if (!piece.empty()) literal.pieces.push_back({std::move(piece), nullptr});
      piece.clear();
      const std::uint32_t begin = at + static_cast<std::uint32_t>(i) + 2;
      const std::string_view inner = raw.substr(i + 2, close - i - 2);
      Reading reading(source_, inner, begin, diagnostics_, 50, depth_ + 1);
      auto* tree = reading.parser().expr();
      if (!reading.listener.errors.empty() || reading.parser().getCurrentToken()->getType() != antlr4::Token::EOF || inner.empty()) {
        diagnostics_.error("E108", {source_, begin - 2, begin + static_cast<std::uint32_t>(inner.size()) + 1}, "the part between ${ and } is not a value", "");
      } else if (auto hole = reading.builder.expr(tree)) {
        literal.pieces.push_back({"", std::move(hole)});
      }
      i = close;
    } else {
      piece += raw[i];
    }
  }
  if (!piece.empty() || literal.pieces.empty()) literal.pieces.push_back({std::move(piece), nullptr});
  return literal;
}

bool Builder::fill(NasParser::StatementContext* s, Statement& out) {
  if (auto* c = dynamic_cast<NasParser::StageContext*>(s)) {
    Stage stage;
    if (!c->stageWord()) return false;
    stage.word = {c->stageWord()->getText(), span(c->stageWord())};
    stage.name = maybe_name(c->name());
    stage.operands = operands(c->operands());
    for (auto* k : c->clause()) {
      if (!k->clauseWord() || !k->operands()) {
        broken_ = true;
        continue;
      }
      Clause clause;
      clause.word = {k->clauseWord()->getText(), span(k->clauseWord())};
      clause.operands = operands(k->operands());
      stage.clauses.push_back(std::move(clause));
    }
    stage.settings = settings(c->settings());
    out.node = std::move(stage);
  } else if (auto* c = dynamic_cast<NasParser::ImportFileContext*>(s)) {
    out.node = Import{plain_string(c->STRING()), span(c->STRING()->getSymbol()), maybe_name(c->name())};
  } else if (auto* c = dynamic_cast<NasParser::SeedContext*>(s)) {
    out.node = Seed{expr(c->expr())};
  } else if (auto* c = dynamic_cast<NasParser::LetContext*>(s)) {
    Name n = name(c->name());
    out.node = Let{std::move(n), expr(c->expr())};
  } else if (auto* c = dynamic_cast<NasParser::ParamContext*>(s)) {
    Param param;
    param.name = name(c->name(0));
    param.type = name(c->name(1));
    param.value = expr(c->expr(0));
    if (c->expr().size() > 1) param.bounds = expr(c->expr(1));
    if (c->STRING()) param.help = plain_string(c->STRING());
    out.node = std::move(param);
  } else if (auto* c = dynamic_cast<NasParser::RequireContext*>(s)) {
    Require require;
    require.condition = expr(c->expr());
    if (c->STRING()) require.message = plain_string(c->STRING());
    out.node = std::move(require);
  } else if (auto* c = dynamic_cast<NasParser::ShowContext*>(s)) {
    Show show;
    for (auto* e : c->expr()) show.values.push_back(expr(e));
    out.node = std::move(show);
  } else if (auto* c = dynamic_cast<NasParser::DefSpaceContext*>(s)) {
    DefSpace def;
    def.name = name(c->name());
    def.parameters = parameters(c->parameters());
    def.body = space_body(c->spaceBody());
    out.node = std::move(def);
  } else if (auto* c = dynamic_cast<NasParser::DefFunctionContext*>(s)) {
    DefFunction def;
    def.name = name(c->name());
    def.parameters = parameters(c->parameters());
    def.value = expr(c->expr());
    out.node = std::move(def);
  } else if (auto* c = dynamic_cast<NasParser::ForeachContext*>(s)) {
    Foreach loop;
    loop.variable = name(c->name());
    loop.values = expr(c->expr());
    const bool broken = broken_;
    loop.body = body(c->body());
    broken_ = broken;
    out.node = std::move(loop);
  } else if (auto* c = dynamic_cast<NasParser::IfStatementContext*>(s)) {
    If branch;
    branch.condition = expr(c->expr());
    const bool broken = broken_;
    branch.then = body(c->body(0));
    if (c->body().size() > 1) branch.otherwise = body(c->body(1));
    broken_ = broken;
    out.node = std::move(branch);
  } else if (auto* c = dynamic_cast<NasParser::WhenContext*>(s)) {
    When branch;
    branch.condition = expr(c->expr());
    const bool broken = broken_;
    branch.then = body(c->body(0));
    if (c->body().size() > 1) branch.otherwise = body(c->body(1));
    broken_ = broken;
    out.node = std::move(branch);
  } else {
    return false;
  }
  return true;
}

bool Builder::fill_item(NasParser::SpaceItemContext* s, Statement& out) {
  if (auto* c = dynamic_cast<NasParser::SpaceBindContext*>(s)) {
    Name n = name(c->name());
    out.node = Bind{std::move(n), expr(c->expr())};
  } else if (auto* c = dynamic_cast<NasParser::SpaceExprContext*>(s)) {
    out.node = ExprStatement{expr(c->expr())};
  } else if (auto* c = dynamic_cast<NasParser::SpaceLetContext*>(s)) {
    Name n = name(c->name());
    out.node = Let{std::move(n), expr(c->expr())};
  } else if (auto* c = dynamic_cast<NasParser::SpaceRequireContext*>(s)) {
    Require require;
    require.condition = expr(c->expr());
    if (c->STRING()) require.message = plain_string(c->STRING());
    out.node = std::move(require);
  } else if (auto* c = dynamic_cast<NasParser::SpaceRuleContext*>(s)) {
    Rule rule;
    rule.name = name(c->name());
    rule.parameters = parameters(c->parameters());
    rule.value = expr(c->expr());
    out.node = std::move(rule);
  } else if (auto* c = dynamic_cast<NasParser::SpaceSpellingContext*>(s)) {
    SpellingDef def;
    def.name = name(c->name());
    if (c->expr()) def.text = expr(c->expr());
    def.settings = settings(c->settings());
    out.node = std::move(def);
  } else if (auto* c = dynamic_cast<NasParser::SpaceIfContext*>(s)) {
    If branch;
    branch.condition = expr(c->expr());
    branch.then = space_body(c->spaceBody(0));
    if (c->spaceBody().size() > 1) {
      branch.otherwise = space_body(c->spaceBody(1));
    } else if (c->spaceItem()) {
      Statement inner;
      inner.span = span(c->spaceItem());
      if (fill_item(c->spaceItem(), inner)) branch.otherwise.push_back(std::move(inner));
    }
    out.node = std::move(branch);
  } else {
    return false;
  }
  return true;
}

}  // namespace

Script parse(const SourceMap& sources, std::uint32_t source, Diagnostics& diagnostics, const ParseLimits& limits) {
  Script script;
  script.source = source;
  const std::string_view text = sources.text(source);
  if (text.size() > limits.file_bytes) {
    diagnostics.error("E110", {source, 0, 0}, fmt::format("the script has {} bytes; the limit is {}", text.size(), limits.file_bytes), "",
                      "data belongs into tables that the script names");
    return script;
  }
  if (const std::size_t bad = first_bad_byte(text); bad != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(bad);
    diagnostics.error("E111", {source, at, at + 1}, fmt::format("byte {} of the script is not UTF-8", bad + 1), "", "save the file as UTF-8");
    return script;
  }
  Reading reading(source, text, 0, diagnostics, limits.nesting, 0);
  if (!reading.usable()) return script;
  auto* tree = reading.parser().script();
  reading.report(sources);
  script.statements = reading.builder.statements(tree->statement(), &script.version);
  return script;
}

}  // namespace nas::syntax
