#include "syntax/parse.h"

#include <fmt/format.h>

#include <algorithm>

#include "syntax/operators.h"
#include "syntax/recovery.h"
#include "syntax/syntax_errors.h"
#include "syntax/text.h"
#include "syntax/tokens.h"

namespace nas::syntax {
namespace {

using antlr4::tree::ParseTree;
using antlr4::tree::TerminalNode;

static_assert(NasParser::NUMBER == static_cast<int>(Kind::number) &&
              NasParser::OPEN_PAREN == static_cast<int>(Kind::open_paren) &&
              NasParser::UNEQUAL == static_cast<int>(Kind::unequal) && NasParser::STRAY == static_cast<int>(Kind::stray) &&
              NasParser::NAME == static_cast<int>(Kind::name) && NasParser::BAD == static_cast<int>(Kind::bad) &&
              NasParser::STAGE == static_cast<int>(Kind::stage) && NasParser::COND == static_cast<int>(Kind::cond) &&
              NasParser::FALSE == static_cast<int>(Kind::false_));

/// One text being read: the tokens, ANTLR's parser over them, and the builder of our tree.
class Reading {
 public:
  Reading(std::string_view text, std::uint32_t source, std::uint32_t base, Position position, int nesting,
          Diagnostics& diagnostics)
      : text_(text),
        source_(source),
        base_(base),
        nesting_(nesting),
        diagnostics_(diagnostics),
        filtered_(filter_tokens(read_tokens(text, base), text, source, base, position, nesting, diagnostics)),
        input_(filtered_.tokens),
        stream_(&input_),
        parser_(&stream_) {
    parser_.removeErrorListeners();
    parser_.setErrorHandler(std::make_shared<Recovery>(filtered_.tokens, text, source, base, diagnostics));
    // Two tokens decide everywhere in this grammar, so that the quick prediction is exact and needs no second try.
    parser_.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  }

  void script(Script& out) {
    if (!filtered_.usable) return;
    for (ParseTree* child : parser_.script()->children) {
      auto* statement = dynamic_cast<NasParser::StatementContext*>(child);
      if (!statement || statement->exception || statement->children.empty()) continue;
      if (auto* version = dynamic_cast<NasParser::VersionContext*>(statement->children[0])) {
        out.version = static_cast<int>(std::strtol(std::string(text_of(version->NUMBER())).c_str(), nullptr, 10));
        continue;
      }
      add(out.statements, statement);
    }
  }

  ExprPtr hole() {
    const std::size_t errors = diagnostics_.error_count();
    if (!filtered_.usable) return nullptr;
    auto* tree = parser_.hole();
    if (diagnostics_.error_count() != errors || tree->exception || !tree->expr()) return nullptr;
    return expr(tree->expr());
  }

 private:
  const Token& token(TerminalNode* node) const { return filtered_.tokens[node->getSymbol()->getTokenIndex()]; }
  std::string_view text_of(const Token& t) const { return text_.substr(t.begin - base_, t.end - t.begin); }
  std::string_view text_of(TerminalNode* node) const { return text_of(token(node)); }
  Span span(const Token& t) const { return {source_, t.begin, t.end}; }
  Span span(antlr4::ParserRuleContext* context) const {
    const Token& first = filtered_.tokens[context->getStart()->getTokenIndex()];
    const Token& last = context->getStop() ? filtered_.tokens[context->getStop()->getTokenIndex()] : first;
    return {source_, first.begin, std::max(first.end, last.end)};
  }
  Name name(TerminalNode* node) const { return {std::string(text_of(node)), span(token(node))}; }
  std::optional<Name> maybe_name(TerminalNode* node) const { return node ? std::optional(name(node)) : std::nullopt; }

  StringLiteral string_literal(TerminalNode* node) {
    return read_string(text_of(node), token(node).begin, source_, diagnostics_, [&](std::string_view inside, std::uint32_t at) {
      return Reading(inside, source_, at, Position::hole, std::min(nesting_, 50), diagnostics_).hole();
    });
  }
  std::string plain_string(TerminalNode* node) {
    return read_plain_string(text_of(node), token(node).begin, source_, diagnostics_);
  }

  /// Counts the parts of a value and of those around it, so that no tree becomes too deep for the recursions over it.
  bool within_limit(antlr4::ParserRuleContext* context, std::size_t parts) {
    path_ += parts;
    if (path_ <= longest_value || broken_) return !broken_;
    diagnostics_.error("E112", span(context), fmt::format("a value has more than {} parts", longest_value),
                       "the limit is met here", "name a part of it with let");
    broken_ = true;
    return false;
  }

  ExprPtr expr(NasParser::ExprContext* context) {
    const std::size_t before = path_;
    ExprPtr value = within_limit(context, context->children.size()) ? unlimited(context) : nullptr;
    path_ = before;
    return value ? std::move(value) : make_expr(span(context), BoolLiteral{});
  }

  ExprPtr unlimited(NasParser::ExprContext* context) {
    if (context->COND()) {
      IfExpr value{expr(context->expr(0)), expr(context->expr(1)), expr(context->expr(2))};
      return make_expr(span(context), std::move(value));
    }
    std::vector<ValuePart> parts;
    for (ParseTree* child : context->children) {
      if (auto* term = dynamic_cast<NasParser::TermContext*>(child)) {
        this->term(term, parts);
      } else {
        const Token& op = token(static_cast<TerminalNode*>(child->children[0]));
        parts.push_back({op.kind, span(op), nullptr, 0});
      }
    }
    if (parts.size() == 1 && parts[0].value) return std::move(parts[0].value);
    ExprPtr value = apply_precedence(std::move(parts), diagnostics_);
    if (!value) broken_ = true;
    return value;
  }

  void term(NasParser::TermContext* context, std::vector<ValuePart>& parts) {
    ExprPtr value;
    std::uint32_t begin = 0;
    if (!within_limit(context, context->children.size() - 1)) return parts.push_back({Kind::name, {}, nullptr, 0});
    for (ParseTree* child : context->children) {
      if (auto* node = dynamic_cast<TerminalNode*>(child)) {
        parts.push_back({token(node).kind == Kind::minus ? Kind::minus : Kind::not_, span(token(node)), nullptr, 1});
      } else if (auto* atom = dynamic_cast<NasParser::AtomContext*>(child)) {
        value = this->atom(atom);
        begin = span(atom).begin;
      } else {
        auto* s = static_cast<NasParser::SuffixContext*>(child);
        value = suffix(s, std::move(value), begin);
      }
    }
    parts.push_back({Kind::name, {}, std::move(value), 0});
  }

  ExprPtr suffix(NasParser::SuffixContext* context, ExprPtr value, std::uint32_t begin) {
    const Span whole{source_, begin, span(context).end};
    switch (token(static_cast<TerminalNode*>(context->children[0])).kind) {
      case Kind::dot: {
        Name member = name(context->NAME());
        // `latency@hw.pixel3`: what follows the device's name belongs to the device.
        if (auto* at = std::get_if<AtDevice>(&value->node)) {
          if (value->span.end == at->device->span.end) {
            const Span device{source_, at->device->span.begin, member.span.end};
            at->device = make_expr(device, Member{std::move(at->device), std::move(member)});
            value->span = whole;
            return value;
          }
        }
        return make_expr(whole, Member{std::move(value), std::move(member)});
      }
      case Kind::at: {
        Name device = name(context->NAME());
        return make_expr(whole, AtDevice{std::move(value), make_expr(device.span, NameRef{device.text})});
      }
      case Kind::open_paren: {
        Call call{std::move(value), {}};
        for (ParseTree* child : context->children) {
          auto* argument = dynamic_cast<NasParser::ArgumentContext*>(child);
          if (argument) call.arguments.push_back({maybe_name(argument->NAME()), expr(argument->expr())});
        }
        return make_expr(whole, std::move(call));
      }
      default:
        return make_expr(whole, Index{std::move(value), context->expr() ? expr(context->expr()) : nullptr});
    }
  }

  ExprPtr atom(NasParser::AtomContext* context) {
    const Span whole = span(context);
    auto* node = static_cast<TerminalNode*>(context->children[0]);
    switch (token(node).kind) {
      case Kind::number:
        return make_expr(whole, read_number(text_of(node)));
      case Kind::string:
        return make_expr(whole, string_literal(node));
      case Kind::true_:
        return make_expr(whole, BoolLiteral{true});
      case Kind::false_:
        return make_expr(whole, BoolLiteral{false});
      case Kind::name:
        return make_expr(whole, NameRef{std::string(text_of(node))});
      case Kind::open_paren: {
        ExprPtr inner = expr(context->expr(0));
        if (inner) inner->span = whole;
        return inner;
      }
      case Kind::open_list: {
        ListExpr list;
        for (ParseTree* child : context->children) {
          if (auto* item = dynamic_cast<NasParser::ExprContext*>(child)) list.items.push_back(expr(item));
        }
        return make_expr(whole, std::move(list));
      }
      case Kind::choice: {
        ChoiceExpr choice;
        for (auto* arm : context->arm()) {
          choice.arms.push_back({expr(arm->expr(0)), arm->IF() ? expr(arm->expr(1)) : nullptr});
        }
        return make_expr(whole, std::move(choice));
      }
      default: {
        RepeatExpr repeat{maybe_name(context->NAME()), expr(context->expr(0)), {}};
        repeat.body = space_body(context->spaceBody());
        return make_expr(whole, std::move(repeat));
      }
    }
  }

  std::vector<Operand> operands(NasParser::OperandsContext* context) {
    std::vector<Operand> list;
    if (!context) return list;
    for (auto* o : context->operand()) {
      const auto direction = o->MAXIMIZE()   ? Operand::Direction::maximize
                             : o->MINIMIZE() ? Operand::Direction::minimize
                                             : Operand::Direction::none;
      list.push_back({direction, span(o), expr(o->expr())});
    }
    return list;
  }

  std::vector<Setting> settings(NasParser::SettingsContext* context) {
    std::vector<Setting> list;
    if (!context) return list;
    for (auto* s : context->setting()) list.push_back({name(s->NAME()), expr(s->expr())});
    return list;
  }

  std::vector<Parameter> parameters(NasParser::ParametersContext* context) {
    std::vector<Parameter> list;
    if (!context) return list;
    for (auto* p : context->parameter()) {
      list.push_back({name(p->NAME(0)), maybe_name(p->NAME(1)), p->expr() ? expr(p->expr()) : nullptr});
    }
    return list;
  }

  template <class Context>
  void add(Body& body, Context* context) {
    if (context->exception || context->children.empty() || diagnostics_.error_count() >= most_mistakes) return;
    const bool outer = std::exchange(broken_, false);
    Statement statement;
    statement.span = span(context);
    fill(context, statement);
    if (!broken_) body.push_back(std::move(statement));
    broken_ = outer;
  }

  Body body(NasParser::BodyContext* context) {
    Body list;
    for (auto* s : context->statement()) add(list, s);
    return list;
  }
  Body space_body(NasParser::SpaceBodyContext* context) {
    Body list;
    for (auto* s : context->spaceItem()) add(list, s);
    return list;
  }

  Require require(NasParser::RequireContext* c) {
    Require require{expr(c->expr()), std::nullopt};
    if (c->STRING()) require.message = plain_string(c->STRING());
    return require;
  }

  If branch(NasParser::BranchContext* c) {
    If branch{expr(c->expr()), body(c->body(0)), {}};
    if (c->body().size() > 1) branch.otherwise = body(c->body(1));
    if (c->branch()) {
      Statement inner{span(c->branch()), this->branch(c->branch())};
      branch.otherwise.push_back(std::move(inner));
    }
    return branch;
  }

  If space_branch(NasParser::SpaceBranchContext* c) {
    If branch{expr(c->expr()), space_body(c->spaceBody(0)), {}};
    if (c->spaceBody().size() > 1) branch.otherwise = space_body(c->spaceBody(1));
    if (c->spaceBranch()) {
      Statement inner{span(c->spaceBranch()), space_branch(c->spaceBranch())};
      branch.otherwise.push_back(std::move(inner));
    }
    return branch;
  }

  void fill(NasParser::StatementContext* s, Statement& out) {
    auto* tree = static_cast<antlr4::ParserRuleContext*>(s->children[0]);
    switch (tree->getRuleIndex()) {
      case NasParser::RuleStage: {
        auto* c = static_cast<NasParser::StageContext*>(tree);
        Stage stage;
        stage.word = name(c->STAGE());
        stage.name = maybe_name(c->NAME());
        stage.operands = operands(c->operands());
        for (auto* k : c->clause()) stage.clauses.push_back({name(k->CLAUSE() ? k->CLAUSE() : k->AS()), operands(k->operands())});
        stage.settings = settings(c->settings());
        out.node = std::move(stage);
        return;
      }
      case NasParser::RuleImporting: {
        auto* c = static_cast<NasParser::ImportingContext*>(tree);
        out.node = Import{plain_string(c->STRING()), span(token(c->STRING())), maybe_name(c->NAME())};
        return;
      }
      case NasParser::RuleSeed:
        out.node = Seed{expr(static_cast<NasParser::SeedContext*>(tree)->expr())};
        return;
      case NasParser::RuleLet: {
        auto* c = static_cast<NasParser::LetContext*>(tree);
        out.node = Let{name(c->NAME()), expr(c->expr())};
        return;
      }
      case NasParser::RuleParam: {
        auto* c = static_cast<NasParser::ParamContext*>(tree);
        Param param{name(c->NAME(0)), name(c->NAME(1)), expr(c->expr(0)), nullptr, {}};
        if (c->IN()) param.bounds = expr(c->expr(1));
        if (c->STRING()) param.help = plain_string(c->STRING());
        out.node = std::move(param);
        return;
      }
      case NasParser::RuleRequire:
        out.node = require(static_cast<NasParser::RequireContext*>(tree));
        return;
      case NasParser::RuleShow: {
        Show show;
        for (auto* e : static_cast<NasParser::ShowContext*>(tree)->expr()) show.values.push_back(expr(e));
        out.node = std::move(show);
        return;
      }
      case NasParser::RuleDef: {
        auto* c = static_cast<NasParser::DefContext*>(tree);
        if (c->DEF_SPACE()) {
          out.node = DefSpace{name(c->NAME()), parameters(c->parameters()), space_body(c->spaceBody())};
        } else {
          out.node = DefFunction{name(c->NAME()), parameters(c->parameters()), expr(c->expr())};
        }
        return;
      }
      case NasParser::RuleForeach: {
        auto* c = static_cast<NasParser::ForeachContext*>(tree);
        out.node = Foreach{name(c->NAME()), expr(c->expr()), body(c->body())};
        return;
      }
      case NasParser::RuleBranch:
        out.node = branch(static_cast<NasParser::BranchContext*>(tree));
        return;
      case NasParser::RuleWhen: {
        auto* c = static_cast<NasParser::WhenContext*>(tree);
        When when{expr(c->expr()), body(c->body(0)), {}};
        if (c->body().size() > 1) when.otherwise = body(c->body(1));
        out.node = std::move(when);
        return;
      }
      default:  // `nas 1` is told apart by script(); elsewhere the filter makes no such token
        broken_ = true;
    }
  }

  void fill(NasParser::SpaceItemContext* s, Statement& out) {
    auto* tree = static_cast<antlr4::ParserRuleContext*>(s->children[0]);
    switch (tree->getRuleIndex()) {
      case NasParser::RuleBind: {
        auto* c = static_cast<NasParser::BindContext*>(tree);
        out.node = Bind{name(c->NAME()), expr(c->expr())};
        return;
      }
      case NasParser::RuleSharedRule: {
        auto* c = static_cast<NasParser::SharedRuleContext*>(tree);
        out.node = Rule{name(c->NAME()), parameters(c->parameters()), expr(c->expr())};
        return;
      }
      case NasParser::RuleSpelling: {
        auto* c = static_cast<NasParser::SpellingContext*>(tree);
        out.node = SpellingDef{name(c->NAME()), c->expr() ? expr(c->expr()) : nullptr, settings(c->settings()),
                               text_of(c->SPELLING()) == "features"};
        return;
      }
      case NasParser::RuleRequire:
        out.node = require(static_cast<NasParser::RequireContext*>(tree));
        return;
      case NasParser::RuleLet: {
        auto* c = static_cast<NasParser::LetContext*>(tree);
        out.node = Let{name(c->NAME()), expr(c->expr())};
        return;
      }
      case NasParser::RuleSpaceBranch:
        out.node = space_branch(static_cast<NasParser::SpaceBranchContext*>(tree));
        return;
      default:
        out.node = ExprStatement{expr(static_cast<NasParser::ExprContext*>(tree))};
    }
  }

  std::string_view text_;
  std::uint32_t source_, base_;
  int nesting_;
  Diagnostics& diagnostics_;
  FilteredTokens filtered_;
  TokenSource input_;
  antlr4::CommonTokenStream stream_;
  NasParser parser_;
  bool broken_ = false;  ///< the statement being built holds a mistake and is left out
  std::size_t path_ = 0;
};

}  // namespace

Script parse(const SourceMap& sources, std::uint32_t source, Diagnostics& diagnostics, const ParseLimits& limits) {
  Script script;
  script.source = source;
  const std::string_view text = sources.text(source);
  if (readable(text, source, limits.file_bytes, diagnostics)) {
    Reading(text, source, 0, Position::script, limits.nesting, diagnostics).script(script);
  }
  return script;
}

}  // namespace nas::syntax
