#pragma once

#include <antlr4-runtime.h>
#include <fmt/format.h>

#include <algorithm>

#include "grammar/generated/NasParser.h"
#include "syntax/syntax_errors.h"
#include "syntax/text.h"
#include "syntax/tokens.h"

namespace nas::syntax {

using grammar::NasParser;

/// Hands the filtered tokens to ANTLR; a token's index there is its index in our list.
class TokenSource : public antlr4::TokenSource {
 public:
  explicit TokenSource(const std::vector<Token>& tokens) : tokens_(tokens) {}
  std::unique_ptr<antlr4::Token> nextToken() override {
    const Token& token = tokens_[std::min(next_, tokens_.size() - 1)];
    ++next_;
    const bool end = token.kind == Kind::end;
    return std::make_unique<antlr4::CommonToken>(end ? antlr4::Token::EOF : static_cast<std::size_t>(token.kind));
  }
  std::size_t getLine() const override { return 0; }
  std::size_t getCharPositionInLine() override { return 0; }
  antlr4::CharStream* getInputStream() override { return nullptr; }
  std::string getSourceName() override { return {}; }
  antlr4::TokenFactory<antlr4::CommonToken>* getTokenFactory() override { return antlr4::CommonTokenFactory::DEFAULT.get(); }

 private:
  const std::vector<Token>& tokens_;
  std::size_t next_ = 0;
};

/// Reports a mistake once, in our words, and goes on behind its statement.
class Recovery : public antlr4::DefaultErrorStrategy {
 public:
  Recovery(const std::vector<Token>& tokens, std::string_view text, std::uint32_t source, std::uint32_t base,
           Diagnostics& diagnostics)
      : tokens_(tokens), text_(text), source_(source), base_(base), diagnostics_(diagnostics) {}

  void reset(antlr4::Parser*) override { reported_ = false; }
  bool inErrorRecoveryMode(antlr4::Parser*) override { return false; }
  void reportMatch(antlr4::Parser*) override {}

  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& e) override {
    if (reported_) return;
    reported_ = true;
    const antlr4::Token* token = e.getOffendingToken() ? e.getOffendingToken() : parser->getCurrentToken();
    explain(parser, token->getTokenIndex(), false);
  }

  void recover(antlr4::Parser* parser, std::exception_ptr e) override {
    const std::size_t rule = parser->getContext()->getRuleIndex();
    if (rule == NasParser::RuleStatement || rule == NasParser::RuleSpaceItem) {
      skip(parser, tokens_[parser->getContext()->getStart()->getTokenIndex()].body);
    } else if (rule != NasParser::RuleScript && rule != NasParser::RuleHole) {
      std::rethrow_exception(e);
    }
    reported_ = false;
  }

  antlr4::Token* recoverInline(antlr4::Parser* parser) override {
    auto* context = parser->getContext();
    const std::size_t rule = context->getRuleIndex();
    const bool list = rule == NasParser::RuleScript || rule == NasParser::RuleBody || rule == NasParser::RuleSpaceBody;
    if (list && !context->children.empty()) {
      // Something follows a complete statement.
      if (auto* statement = dynamic_cast<antlr4::ParserRuleContext*>(context->children.back())) {
        const BodyId body = tokens_[statement->getStart()->getTokenIndex()].body;
        explain(parser, parser->getCurrentToken()->getTokenIndex(), false);
        statement->exception = std::make_exception_ptr(antlr4::InputMismatchException(parser));
        skip(parser, body);
        if (parser->getCurrentToken()->getType() == NasParser::NL) return parser->consume();
      }
    }
    throw antlr4::InputMismatchException(parser);
  }

  void sync(antlr4::Parser* parser) override {
    const std::size_t rule = parser->getContext()->getRuleIndex();
    if (rule != NasParser::RuleScript && rule != NasParser::RuleBody && rule != NasParser::RuleSpaceBody) return;
    const std::size_t at = parser->getCurrentToken()->getTokenIndex();
    const bool starts = at == 0 || tokens_[at - 1].kind == Kind::nl || tokens_[at - 1].kind == Kind::open_brace;
    if (!starts || fits(rule, tokens_[at].kind)) return;
    explain(parser, at, true);
    skip(parser, tokens_[at].body);
  }

 private:
  static bool fits(std::size_t rule, Kind kind) {
    switch (kind) {
      case Kind::nl:
        return true;
      case Kind::end:
        return rule == NasParser::RuleScript;
      case Kind::close_brace:
        return rule != NasParser::RuleScript;
      case Kind::let:
      case Kind::require:
      case Kind::if_:
        return true;
      case Kind::nas:
      case Kind::import_:
      case Kind::seed:
      case Kind::param:
      case Kind::show:
      case Kind::def:
      case Kind::foreach:
      case Kind::when:
      case Kind::stage:
        return rule != NasParser::RuleSpaceBody;
      case Kind::rule:
      case Kind::spelling:
      case Kind::name:
      case Kind::number:
      case Kind::string:
      case Kind::true_:
      case Kind::false_:
      case Kind::not_:
      case Kind::minus:
      case Kind::open_paren:
      case Kind::open_list:
      case Kind::choice:
      case Kind::repeat:
      case Kind::cond:
        return rule == NasParser::RuleSpaceBody;
      default:
        return false;
    }
  }

  void explain(antlr4::Parser* parser, std::size_t at, bool at_statement) {
    if (at >= tokens_.size()) at = tokens_.size() - 1;
    if (tokens_[at].kind == Kind::bad) return;  // reported by the filter
    if (diagnostics_.error_count() >= most_mistakes) return;
    Expected expected;
    expected.at_statement = at_statement;
    std::size_t first = at;
    for (antlr4::RuleContext* up = parser->getContext(); up; up = dynamic_cast<antlr4::RuleContext*>(up->parent)) {
      auto* context = static_cast<antlr4::ParserRuleContext*>(up);
      const std::size_t rule = context->getRuleIndex();
      if (rule == NasParser::RuleSpaceBody) expected.in_space = true;
      if (rule == NasParser::RuleStatement || rule == NasParser::RuleSpaceItem || rule == NasParser::RuleHole) {
        first = context->getStart()->getTokenIndex();
        if (rule == NasParser::RuleSpaceItem) expected.in_space = true;
        break;
      }
      if (rule == NasParser::RuleScript || rule == NasParser::RuleBody || rule == NasParser::RuleSpaceBody) {
        // Behind a complete statement: the head is that statement's.
        if (!at_statement && !context->children.empty()) {
          if (auto* last = dynamic_cast<antlr4::ParserRuleContext*>(context->children.back()))
            first = last->getStart()->getTokenIndex();
        }
        break;
      }
    }
    if (!at_statement) {
      const auto set = parser->getExpectedTokens();
      auto has = [&](int kind) { return set.contains(static_cast<ssize_t>(kind)); };
      expected.value = has(NasParser::NUMBER);
      expected.name = has(NasParser::NAME);
      expected.assign = has(NasParser::ASSIGN);
      expected.colon = has(NasParser::COLON);
      expected.parameters = has(NasParser::OPEN_PAREN);
      expected.body = has(NasParser::OPEN_BRACE);
      expected.in = has(NasParser::IN);
      expected.then = has(NasParser::THEN);
      expected.else_ = has(NasParser::ELSE);
      expected.string = has(NasParser::STRING);
      expected.only_name = expected.name && !expected.value;
      expected.statement_end = has(NasParser::NL) || has(static_cast<int>(antlr4::Token::EOF));
    }
    report_unexpected(tokens_, at, first, expected, text_, source_, base_, diagnostics_);
  }

  /// Goes to the line end that ends a statement of `body`.
  void skip(antlr4::Parser* parser, BodyId body) {
    std::size_t at = parser->getCurrentToken()->getTokenIndex();
    while (at < tokens_.size() && tokens_[at].kind != Kind::end && !(tokens_[at].kind == Kind::nl && tokens_[at].body == body))
      ++at;
    parser->getInputStream()->seek(std::min(at, tokens_.size() - 1));
  }

  const std::vector<Token>& tokens_;
  std::string_view text_;
  std::uint32_t source_, base_;
  Diagnostics& diagnostics_;
  bool reported_ = false;
};

}  // namespace nas::syntax
