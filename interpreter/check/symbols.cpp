#include "check/symbols.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

#include "syntax/children.h"

namespace nas {
namespace {

using syntax::Expr;
using syntax::ExprPtr;
using syntax::Name;
using Role = Mention::Role;

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

/// Walks the tree once and notes scopes and mentions; what they mean is decided behind it, when every scope is full.
class Walker {
 public:
  explicit Walker(const syntax::Script& script) {
    scopes_.emplace_back();
    body(script.statements, 0);
    resolve();
  }

  Symbols take() {
    std::vector<std::size_t> order(out_.mentions.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return out_.mentions[a].span.begin < out_.mentions[b].span.begin; });
    std::vector<Mention> mentions;
    for (const std::size_t i : order) mentions.push_back(std::move(out_.mentions[i]));
    out_.mentions = std::move(mentions);
    return std::move(out_);
  }

 private:
  struct Block {
    std::size_t parent = kNone;
    std::map<std::string, std::size_t> names, spaces, paths;
    std::size_t twin = kNone;  ///< the other branch
    bool definition = false;   ///< reads what is declared behind it, too
    std::optional<std::size_t> owner;
  };

  std::size_t inner(std::size_t parent, bool definition = false) {
    scopes_.emplace_back();
    scopes_.back().parent = parent;
    scopes_.back().definition = definition;
    scopes_.back().owner = scopes_[parent].owner;
    return scopes_.size() - 1;
  }

  std::size_t mention(Span span, std::string text, Role role, std::size_t scope, std::string owner = "", std::string kind = "") {
    out_.mentions.push_back({span, std::move(text), role, std::nullopt, std::move(owner), std::move(kind)});
    scope_of_.push_back(scope);
    return out_.mentions.size() - 1;
  }

  std::size_t declare(const Name& name, const char* what, Span whole, std::size_t scope, bool implicit = false) {
    auto& table = std::string(what) == "def space" ? scopes_[scope].spaces : scopes_[scope].names;
    std::size_t symbol = out_.symbols.size();
    if (const std::size_t twin = scopes_[scope].twin; twin != kNone && scopes_[twin].names.count(name.text)) {
      symbol = scopes_[twin].names[name.text];
      out_.symbols[symbol].declared.push_back(name.span);
    } else {
      out_.symbols.push_back({name.text, what, {name.span}, whole, scopes_[scope].owner, implicit, scope == 0});
      inner_of_.push_back(kNone);
    }
    table.try_emplace(name.text, symbol);
    if (!implicit) out_.mentions[mention(name.span, name.text, Role::declaration, scope)].symbol = symbol;
    return symbol;
  }

  void body(const syntax::Body& statements, std::size_t scope) {
    for (const auto& statement : statements)
      std::visit([&](const auto& node) { walk(node, statement.span, scope); }, statement.node);
  }
  void value(const ExprPtr& expr, std::size_t scope, const std::string& kind = "") {
    if (expr) expression(*expr, scope, kind);
  }
  void words(const Name& word, std::size_t scope) { mention(word.span, word.text, Role::word, scope); }

  /// A body of a definition or a loop, with names of its own.
  std::size_t owned(std::size_t symbol, std::size_t scope, bool definition) {
    const std::size_t own = inner(scope, definition);
    scopes_[own].owner = symbol;
    inner_of_[symbol] = own;
    return own;
  }
  void parameters(const std::vector<syntax::Parameter>& list, std::size_t own) {
    for (const auto& parameter : list) {
      declare(parameter.name, "parameter",
              parameter.value ? Span{parameter.name.span.source, parameter.name.span.begin, parameter.value->span.end}
                              : parameter.name.span,
              own);
      if (parameter.type) mention(parameter.type->span, parameter.type->text, Role::type, own);
      value(parameter.value, own);
    }
  }

  void walk(const syntax::Import& import, Span span, std::size_t scope) {
    mention(import.path_span, import.path, Role::file, scope);
    if (import.alias) declare(*import.alias, "import", span, scope);
  }
  void walk(const syntax::Seed& seed, Span, std::size_t scope) { value(seed.value, scope); }
  void walk(const syntax::Let& let, Span span, std::size_t scope) {
    value(let.value, scope);
    declare(let.name, "let", span, scope);
  }
  void walk(const syntax::Param& param, Span span, std::size_t scope) {
    mention(param.type.span, param.type.text, Role::type, scope);
    value(param.value, scope);
    value(param.bounds, scope);
    declare(param.name, "param", span, scope);
  }
  void walk(const syntax::Require& require, Span, std::size_t scope) { value(require.condition, scope); }
  void walk(const syntax::Show& show, Span, std::size_t scope) {
    for (const auto& shown : show.values) value(shown, scope);
  }
  void walk(const syntax::DefFunction& def, Span span, std::size_t scope) {
    const std::size_t own = owned(declare(def.name, "def", span, scope), scope, true);
    parameters(def.parameters, own);
    value(def.value, own);
  }
  void walk(const syntax::DefSpace& def, Span span, std::size_t scope) {
    const std::size_t own = owned(declare(def.name, "def space", span, scope), scope, true);
    parameters(def.parameters, own);
    body(def.body, own);
  }
  void walk(const syntax::Foreach& loop, Span span, std::size_t scope) {
    value(loop.values, scope);
    const std::size_t own = inner(scope);
    declare(loop.variable, "variable", span, own);
    body(loop.body, own);
  }
  void walk(const syntax::If& branch, Span, std::size_t scope) {
    value(branch.condition, scope);
    body(branch.then, inner(scope));
    body(branch.otherwise, inner(scope));
  }
  void walk(const syntax::When& branch, Span, std::size_t scope) {
    value(branch.condition, scope);
    const std::size_t then = inner(scope), otherwise = inner(scope);
    body(branch.then, then);
    scopes_[otherwise].twin = then;
    body(branch.otherwise, otherwise);
    // A name that both branches give is known behind them.
    for (const auto& [name, symbol] : scopes_[then].names)
      if (branch.otherwise.empty() || scopes_[otherwise].names.count(name)) scopes_[scope].names.try_emplace(name, symbol);
  }
  void walk(const syntax::Stage& stage, Span span, std::size_t scope) {
    words(stage.word, scope);
    const std::string kind = component_kind(stage.word.text, "");
    const Expr* first = stage.operands.empty() ? nullptr : stage.operands[0].value.get();
    const auto* call = first ? std::get_if<syntax::Call>(&first->node) : nullptr;
    const Expr* callee = call ? call->callee.get() : first;
    const auto* component = callee ? std::get_if<syntax::NameRef>(&callee->node) : nullptr;
    for (const auto& operand : stage.operands) value(operand.value, scope, kind);
    for (const auto& clause : stage.clauses) {
      words(clause.word, scope);
      const std::string there = component_kind("", clause.word.text);
      for (const auto& operand : clause.operands) value(operand.value, scope, there);
    }
    const std::string owner = kind == "profile" ? kind : component ? component->name : "";
    for (const auto& setting : stage.settings) {
      mention(setting.name.span, setting.name.text, Role::setting, scope, owner, kind);
      value(setting.value, scope);
    }
    if (stage.name)
      declare(*stage.name, stage_word(stage.word.text), span, scope);
    else if (component && names_itself(stage.word.text))
      declare({component->name, callee->span}, stage_word(stage.word.text), span, scope, true);
  }
  void walk(const syntax::Bind& bind, Span span, std::size_t scope) {
    if (const auto* repeat = std::get_if<syntax::RepeatExpr>(&bind.value->node)) {
      value(repeat->count, scope);
      const std::size_t symbol = declare(bind.name, "part", span, scope), own = inner(scope);
      inner_of_[symbol] = own;
      if (repeat->variable) declare(*repeat->variable, "variable", bind.value->span, own);
      body(repeat->body, own);
      return;
    }
    value(bind.value, scope);
    declare(bind.name, "part", span, scope);
  }
  void walk(const syntax::Rule& rule, Span span, std::size_t scope) {
    const std::size_t own = owned(declare(rule.name, "rule", span, scope), scope, true);
    parameters(rule.parameters, own);
    value(rule.value, own);
  }
  void walk(const syntax::SpellingDef& spelling, Span, std::size_t scope) {
    const std::size_t own = inner(scope, true);
    value(spelling.text, own);
    for (const auto& setting : spelling.settings) value(setting.value, own);
  }
  void walk(const syntax::ExprStatement& statement, Span, std::size_t scope) { value(statement.value, scope); }

  static const char* stage_word(const std::string& word) {
    static const char* const kWords[] = {"space",    "device", "dataset", "objective", "predictor", "profile", "train",
                                         "transfer", "tune",   "search",  "place",     "plot",      "export",  "report"};
    for (const char* known : kWords)
      if (word == known) return known;
    return "stage";
  }

  void expression(const Expr& expr, std::size_t scope, const std::string& kind) {
    if (const auto* name = std::get_if<syntax::NameRef>(&expr.node)) {
      of_expr_[&expr] = mention(expr.span, name->name, Role::name, scope, "", kind);
      return;
    }
    if (const auto* member = std::get_if<syntax::Member>(&expr.node)) {
      value(member->object, scope);
      const auto* object = std::get_if<syntax::NameRef>(&member->object->node);
      of_expr_[&expr] = mention(member->name.span, member->name.text, Role::part, scope, object ? object->name : "");
      parts_.emplace_back(of_expr_[&expr], member->object.get());
      return;
    }
    if (const auto* call = std::get_if<syntax::Call>(&expr.node)) {
      value(call->callee, scope, kind.empty() ? "call" : kind);
      if (kind == "source" || kind == "plot" || kind == "export") components_.insert(out_.mentions.size() - 1);
      const auto* callee = std::get_if<syntax::NameRef>(&call->callee->node);
      for (const auto& argument : call->arguments) {
        if (argument.name) {
          const std::size_t at =
              mention(argument.name->span, argument.name->text, Role::argument, scope, callee ? callee->name : "", kind);
          if (callee) arguments_.emplace_back(at, of_expr_[call->callee.get()]);
        }
        value(argument.value, scope);
      }
      return;
    }
    if (const auto* repeat = std::get_if<syntax::RepeatExpr>(&expr.node)) {
      value(repeat->count, scope);
      const std::size_t own = inner(scope);
      if (repeat->variable) {
        const std::size_t symbol = declare(*repeat->variable, "variable", expr.span, own);
        inner_of_[symbol] = own;
        scopes_[scope].paths.try_emplace(repeat->variable->text, symbol);
      }
      body(repeat->body, own);
      return;
    }
    std::visit(syntax::Children{[&](const ExprPtr& child) { value(child, scope); },
                                [&](const syntax::Body& inside) { body(inside, inner(scope)); }},
               expr.node);
  }

  std::optional<std::size_t> look_up(const std::string& name, std::size_t scope, std::size_t begin, bool space) const {
    bool behind_too = false;
    for (std::size_t s = scope; s != kNone; s = scopes_[s].parent) {
      const auto find = [&](const std::map<std::string, std::size_t>& table) -> std::optional<std::size_t> {
        const auto it = table.find(name);
        if (it == table.end()) return std::nullopt;
        return behind_too || s == 0 || out_.symbols[it->second].declared.front().begin < begin ? std::optional(it->second)
                                                                                               : std::nullopt;
      };
      auto found = find(space ? scopes_[s].spaces : scopes_[s].names);
      if (!found) found = find(space ? scopes_[s].names : scopes_[s].spaces);
      if (!found) found = find(scopes_[s].paths);
      if (found) return found;
      behind_too |= scopes_[s].definition;
    }
    return std::nullopt;
  }

  /// The names behind a dot: those of the body that the expression before it stands for.
  std::size_t names_of(const Expr& expr) {
    if (const auto* index = std::get_if<syntax::Index>(&expr.node)) return names_of(*index->object);
    const auto it = of_expr_.find(&expr);
    if (it == of_expr_.end() || !out_.mentions[it->second].symbol) return kNone;
    const std::size_t symbol = *out_.mentions[it->second].symbol;
    return out_.symbols[symbol].what == "part" || out_.symbols[symbol].what == "variable" ? inner_of_[symbol] : kNone;
  }

  void resolve() {
    for (std::size_t i = 0; i < out_.mentions.size(); ++i) {
      Mention& m = out_.mentions[i];
      if (m.role != Role::name) continue;
      // No name of the script stands for a component; only spaces are defined in scripts.
      if (kComponents.count(m.kind) || components_.count(i)) continue;
      m.symbol = look_up(m.text, scope_of_[i], m.span.begin, m.kind == "space");
      if (m.symbol && m.kind == "space" && out_.symbols[*m.symbol].implicit) m.symbol.reset();
    }
    for (const auto& [at, object] : parts_) {  // objects stand before their parts
      const std::size_t block = names_of(*object);
      if (block == kNone) continue;
      for (const auto* table : {&scopes_[block].names, &scopes_[block].paths})
        if (const auto it = table->find(out_.mentions[at].text); it != table->end() && !out_.mentions[at].symbol)
          out_.mentions[at].symbol = it->second;
    }
    for (const auto& [at, callee] : arguments_) {
      const auto symbol = out_.mentions[callee].symbol;
      if (!symbol || inner_of_[*symbol] == kNone) continue;
      const auto& names = scopes_[inner_of_[*symbol]].names;
      if (const auto it = names.find(out_.mentions[at].text); it != names.end() && out_.symbols[it->second].what == "parameter")
        out_.mentions[at].symbol = it->second;
    }
  }

  inline static const std::set<std::string> kComponents = {"device", "dataset", "predictor", "training", "transfer",
                                                           "search", "tactic",  "placement", "tuning"};
  Symbols out_;
  std::set<std::size_t> components_;  ///< mentions that call one
  std::vector<Block> scopes_;
  std::vector<std::size_t> scope_of_;  ///< of each mention
  std::vector<std::size_t> inner_of_;  ///< of each symbol: its body
  std::unordered_map<const Expr*, std::size_t> of_expr_;
  std::vector<std::pair<std::size_t, const Expr*>> parts_;
  std::vector<std::pair<std::size_t, std::size_t>> arguments_;
};

}  // namespace

Symbols symbols_of(const syntax::Script& script) {
  return Walker(script).take();
}

const Mention* Symbols::at(std::size_t offset) const {
  const Mention* found = nullptr;
  auto it = std::upper_bound(mentions.begin(), mentions.end(), offset,
                             [](std::size_t at, const Mention& m) { return at < m.span.begin; });
  // Places do not overlap, but a text of an import may hold none.
  for (int back = 0; it != mentions.begin() && back < 4; ++back) {
    --it;
    if (offset < it->span.end) return &*it;
    if (offset == it->span.end && !found) found = &*it;
  }
  return found;
}

bool names_itself(const std::string& word) {
  static const std::set<std::string> kOwn = {"space", "device", "dataset", "train", "search", "transfer", "tune"};
  return kOwn.count(word) > 0;
}

std::string component_kind(const std::string& word, const std::string& clause) {
  if (clause == "with") return "tactic";
  if (clause == "from") return "source";
  if (clause == "as") return "export";
  if (clause == "by") return "tuning";
  if (!clause.empty()) return "";
  if (word == "train") return "training";
  if (word == "place") return "placement";
  if (word == "tune") return "predictor";
  return word;
}

}  // namespace nas
