#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/diagnostic.h"

/// The tree of a script. Nodes own their children and know their place; nothing here knows what a name means.
namespace nas::syntax {

struct Expr;
struct Statement;
using ExprPtr = std::unique_ptr<Expr>;
using Body = std::vector<Statement>;

struct Name {
  std::string text;
  Span span;
};

/// `name = value` or a bare `value` in a call.
struct Argument {
  std::optional<Name> name;
  ExprPtr value;
};

struct NumberLiteral {  ///< `25ms`, `600M`, `8`, `0.5`, `2%`; the unit is "" for a bare number
  double number = 0;
  bool integral = false;  ///< written without point and exponent
  std::string unit;
  std::string text;  ///< as written
};
struct StringLiteral {  ///< text between the quotes with escapes resolved; `${expr}` parts are kept as pieces
  struct Piece {
    std::string text;
    ExprPtr hole;  ///< set for a `${...}` piece
  };
  std::vector<Piece> pieces;
};
struct BoolLiteral {
  bool value = false;
};
struct NameRef {
  std::string name;
};
struct Member {
  ExprPtr object;
  Name name;
};  ///< `a.b`
struct AtDevice {
  ExprPtr metric;
  ExprPtr device;
};  ///< `latency@host`
struct Call {
  ExprPtr callee;
  std::vector<Argument> arguments;
};  ///< `f(a, b = c)`, `f(a)(x)`
struct Index {
  ExprPtr object;
  ExprPtr index;
};  ///< `a[i]`; `a[*]` has no index
struct Unary {
  std::string op;
  ExprPtr operand;
};  ///< `-`, `not`
struct Binary {
  std::string op;
  Span op_span;
  ExprPtr left;
  ExprPtr right;
};  ///< `+ - * / % ^ and or == != < <= > >=`
/// `a < b <= c`: the operands and the operators between them (two operators at least).
struct Comparison {
  std::vector<ExprPtr> operands;
  std::vector<std::string> ops;
};
struct RangeExpr {
  ExprPtr first;
  ExprPtr last;
  ExprPtr step;
};  ///< `a..b step c`, both ends included; step may be null
struct IfExpr {
  ExprPtr condition;
  ExprPtr then;
  ExprPtr otherwise;
};
struct ListExpr {
  std::vector<ExprPtr> items;
};
/// `choice(x, y, labels = ...)` parses as a Call; this is `choice { x, y if cond }`.
struct ChoiceExpr {
  struct Arm {
    ExprPtr value;
    ExprPtr guard;
  };
  std::vector<Arm> arms;
};
/// `repeat (name in)? expr body` as an expression, so that `encoder = repeat ...` is an ordinary binding.
struct RepeatExpr {
  std::optional<Name> variable;
  ExprPtr count;
  Body body;
};

struct Expr {
  Span span;
  std::variant<NumberLiteral, StringLiteral, BoolLiteral, NameRef, Member, AtDevice, Call, Index, Unary, Binary, Comparison,
               RangeExpr, IfExpr, ListExpr, ChoiceExpr, RepeatExpr>
      node;
};

/// `maximize expr`, `minimize expr` or `expr`.
struct Operand {
  enum class Direction { none, maximize, minimize } direction = Direction::none;
  Span span;
  ExprPtr value;
};
struct Clause {
  Name word;  ///< on over using with from to of where by until as
  std::vector<Operand> operands;
};
struct Setting {
  Name name;
  ExprPtr value;
};
struct Parameter {  ///< of a `def`: `name: type = default`
  Name name;
  std::optional<Name> type;
  ExprPtr value;
};

struct Import {
  std::string path;
  Span path_span;
  std::optional<Name> alias;
};
struct Seed {
  ExprPtr value;
};
struct Let {
  Name name;
  ExprPtr value;
};
struct Param {
  Name name;
  Name type;
  ExprPtr value;
  ExprPtr bounds;
  std::string help;
};
struct Require {
  ExprPtr condition;
  std::optional<std::string> message;
};
struct Show {
  std::vector<ExprPtr> values;
};
struct DefFunction {
  Name name;
  std::vector<Parameter> parameters;
  ExprPtr value;
};
struct DefSpace {
  Name name;
  std::vector<Parameter> parameters;
  Body body;
};
struct Foreach {
  Name variable;
  ExprPtr values;
  Body body;
};
struct If {
  ExprPtr condition;
  Body then;
  Body otherwise;
};
struct When {
  ExprPtr condition;
  Body then;
  Body otherwise;
};
/// `<stage> [name =] operands? clause* settings?`
struct Stage {
  Name word;  ///< space device dataset objective predictor profile train transfer tune search place plot export report
  std::optional<Name> name;
  std::vector<Operand> operands;
  std::vector<Clause> clauses;
  std::vector<Setting> settings;
};
// Only inside a space:
struct Bind {
  Name name;
  ExprPtr value;
};
struct Rule {
  Name name;
  std::vector<Parameter> parameters;
  ExprPtr value;
};
/// `spelling name = "..."`, `spelling name { key = expr ... }` or `features name { key = expr ... }`
struct SpellingDef {
  Name name;
  ExprPtr text;
  std::vector<Setting> settings;
  bool features = false;
};
struct ExprStatement {
  ExprPtr value;
};

struct Statement {
  Span span;
  std::variant<Import, Seed, Let, Param, Require, Show, DefFunction, DefSpace, Foreach, If, When, Stage, Bind, Rule, SpellingDef,
               ExprStatement>
      node;
};

/// A whole file.
struct Script {
  std::uint32_t source = 0;
  std::optional<int> version;  ///< `nas 1`
  Body statements;
};

}  // namespace nas::syntax
