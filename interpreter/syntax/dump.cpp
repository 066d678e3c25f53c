#include "syntax/dump.h"

#include <fmt/format.h>

namespace nas::syntax {
namespace {

template <class... F>
struct Cases : F... {
  using F::operator()...;
};

class Dump {
 public:
  std::string out;

  void expr(const ExprPtr& e) {
    if (!e) {
      out += " -";
      return;
    }
    expr(*e);
  }

  void expr(const Expr& e) {
    out += " (";
    std::visit(Cases{[&](const NumberLiteral& n) { out += "number " + n.text; },
                     [&](const StringLiteral& s) {
                       out += "string";
                       for (const auto& piece : s.pieces) {
                         if (piece.hole) {
                           expr(piece.hole);
                         } else {
                           quoted(piece.text);
                         }
                       }
                     },
                     [&](const BoolLiteral& b) { out += b.value ? "true" : "false"; },
                     [&](const NameRef& n) { out += "name " + n.name; },
                     [&](const Member& m) {
                       out += "member " + m.name.text;
                       expr(m.object);
                     },
                     [&](const AtDevice& a) {
                       out += "at";
                       expr(a.metric);
                       expr(a.device);
                     },
                     [&](const Call& c) {
                       out += "call";
                       expr(c.callee);
                       for (const auto& a : c.arguments) {
                         if (a.name) out += " " + a.name->text + "=";
                         expr(a.value);
                       }
                     },
                     [&](const Index& i) {
                       out += "index";
                       expr(i.object);
                       expr(i.index);
                     },
                     [&](const Unary& u) {
                       out += u.op;
                       expr(u.operand);
                     },
                     [&](const Binary& b) {
                       out += b.op;
                       expr(b.left);
                       expr(b.right);
                     },
                     [&](const Comparison& c) {
                       out += "chain";
                       for (const auto& op : c.ops) out += " " + op;
                       for (const auto& operand : c.operands) expr(operand);
                     },
                     [&](const RangeExpr& r) {
                       out += "range";
                       expr(r.first);
                       expr(r.last);
                       expr(r.step);
                     },
                     [&](const IfExpr& i) {
                       out += "if";
                       expr(i.condition);
                       expr(i.then);
                       expr(i.otherwise);
                     },
                     [&](const ListExpr& l) {
                       out += "list";
                       for (const auto& item : l.items) expr(item);
                     },
                     [&](const ChoiceExpr& c) {
                       out += "choice";
                       for (const auto& arm : c.arms) {
                         expr(arm.value);
                         expr(arm.guard);
                       }
                     },
                     [&](const RepeatExpr& r) {
                       out += "repeat";
                       if (r.variable) out += " " + r.variable->text;
                       expr(r.count);
                       body(r.body);
                     }},
               e.node);
    out += ")";
  }

  void body(const Body& statements) {
    out += " {";
    for (const auto& s : statements) statement(s);
    out += "}";
  }

  void statement(const Statement& s) {
    out += "\n(";
    std::visit(
        Cases{[&](const Import& i) {
                out += "import";
                quoted(i.path);
                if (i.alias) out += " as " + i.alias->text;
              },
              [&](const Seed& n) { named("seed", nullptr, n.value); }, [&](const Let& n) { named("let", &n.name, n.value); },
              [&](const Param& p) {
                named("param", &p.name, p.value);
                out += " : " + p.type.text;
                expr(p.bounds);
                quoted(p.help);
              },
              [&](const Require& r) {
                named("require", nullptr, r.condition);
                if (r.message) quoted(*r.message);
              },
              [&](const Show& s) {
                out += "show";
                for (const auto& v : s.values) expr(v);
              },
              [&](const DefFunction& d) {
                out += "def " + d.name.text;
                parameters(d.parameters);
                expr(d.value);
              },
              [&](const DefSpace& d) {
                out += "def space " + d.name.text;
                parameters(d.parameters);
                body(d.body);
              },
              [&](const Foreach& f) {
                named("foreach", &f.variable, f.values);
                body(f.body);
              },
              [&](const If& i) {
                named("if", nullptr, i.condition);
                body(i.then);
                body(i.otherwise);
              },
              [&](const When& w) {
                named("when", nullptr, w.condition);
                body(w.then);
                body(w.otherwise);
              },
              [&](const Stage& s) {
                out += "stage " + s.word.text;
                if (s.name) out += " " + s.name->text + " =";
                operands(s.operands);
                for (const auto& c : s.clauses) {
                  out += " [" + c.word.text;
                  operands(c.operands);
                  out += "]";
                }
                settings(s.settings);
              },
              [&](const Bind& n) { named("bind", &n.name, n.value); },
              [&](const Rule& r) {
                out += "rule " + r.name.text;
                parameters(r.parameters);
                expr(r.value);
              },
              [&](const SpellingDef& d) {
                named(d.features ? "features" : "spelling", &d.name, d.text);
                settings(d.settings);
              },
              [&](const ExprStatement& e) { named("value", nullptr, e.value); }},
        s.node);
    out += ")";
  }

 private:
  void quoted(const std::string& text) { out += fmt::format(" {:?}", fmt::string_view(text)); }
  void named(const char* word, const Name* name, const ExprPtr& value) {
    out += word;
    if (name) out += " " + name->text;
    expr(value);
  }
  void parameters(const std::vector<Parameter>& list) {
    for (const auto& p : list) {
      out += " [" + p.name.text + (p.type ? ": " + p.type->text : std::string());
      expr(p.value);
      out += "]";
    }
  }
  void operands(const std::vector<Operand>& list) {
    for (const auto& o : list) {
      if (o.direction != Operand::Direction::none) out += o.direction == Operand::Direction::maximize ? " maximize" : " minimize";
      expr(o.value);
    }
  }
  void settings(const std::vector<Setting>& list) {
    for (const auto& s : list) {
      out += " <" + s.name.text;
      expr(s.value);
      out += ">";
    }
  }
};

}  // namespace

std::string dump(const Script& script) {
  Dump dump;
  if (script.version) dump.out = fmt::format("nas {}", *script.version);
  for (const auto& s : script.statements) dump.statement(s);
  return dump.out;
}

std::string dump(const Expr& expr) {
  Dump dump;
  dump.expr(expr);
  return dump.out;
}

}  // namespace nas::syntax
