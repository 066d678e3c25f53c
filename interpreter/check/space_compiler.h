#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "check/space_compile.h"

namespace nas {

using syntax::Expr;

/// One symbolic run of a space's body: statements in space_compile.cpp, choices and repeats in space_choices.cpp, layers in
/// space_layers.cpp, spellings and features in space_spellings.cpp.
class SpaceCompiler : public Evaluator {
 public:
  SpaceCompiler(const LayerVocabulary& layers, Diagnostics& diagnostics, std::optional<Span> call)
      : Evaluator(diagnostics), layers_(layers), call_(call), program_(std::make_shared<SpaceProgram>()), builder_(*program_) {}

  std::optional<Space> compile(const syntax::DefSpace& def, const std::vector<std::pair<std::string, Value>>& arguments,
                               const Scope& outer);

 private:
  /// Arms whose condition is false in every pass, and not for the arguments of this call only.
  void arms_never_taken(const syntax::DefSpace& def);

  void run(const syntax::Body& body, Scope& scope);

  template <typename T>
  void execute(const T&, Span span, Scope&) {
    diagnostics_.error("E301", span, "this statement has no meaning inside a space");
  }

  void execute(const syntax::Let& let, Span, Scope& scope);

  void execute(const syntax::Bind& bind, Span, Scope& scope);

  void execute(const syntax::ExprStatement& statement, Span span, Scope& scope);

  void execute(const syntax::If& branch, Span, Scope& scope);

  void execute(const syntax::Require& require, Span span, Scope& scope);

  void execute(const syntax::Rule& rule, Span, Scope& scope);

  void execute(const syntax::SpellingDef& spelling, Span, Scope&);

  Value under(const Value& condition, const std::function<void()>& f);

  void need_input();

  void apply_here(const Value& op, const std::string& name, Scope& scope);

  static bool is_operator(const Value& value);
  static bool is_tensor(const Value& value);
  static std::string join(const std::string& a, const std::string& b);

  void define(const syntax::Name& name, const Value& value, Scope& scope);
  static bool defined_as_parameter(const std::string& name, const Scope& scope);

  void record(const std::string& path, const Value& value);

  /// A statement that fails in several passes is reported for its first pass.
  void report_shapes();

  Value named(const std::string& hint, const Expr& expr, const Scope& scope);

  std::string fresh_gene_name(const std::string& hint);

  std::optional<std::uint16_t> reserve_gene(Span span);

  Value finish_gene(std::uint16_t gene, std::vector<Value> options, std::vector<std::string> labels, Span span);

  /// A choice between values that are known already; one value is no choice.
  Value choose(const std::vector<Value>& options, const std::vector<std::string>& labels, Span span);

  Value choice(const syntax::ChoiceExpr& choice, Span span, const Scope& scope) override;

  Value choice_of(const std::vector<const Expr*>& values, const std::vector<const Expr*>& guards, std::vector<std::string> labels,
                  Span span, const Scope& scope);

  Value evaluate_arm(const Expr& expr, const Scope& scope);

  /// "conv" where that tells the arms apart, else with the arguments that differ: "conv(kernel=3)".
  static std::string label_of(const std::vector<Value>& arms, std::size_t i);

  Value repeat(const syntax::RepeatExpr& repeat, Span span, const Scope& scope) override;

  std::optional<Value> resolve_name(const std::string& name, Span) override;

  std::vector<std::string> known_names() const override;
  std::vector<std::string> known_functions() const override;

  std::optional<Value> resolve_call(const syntax::Call& call, Span span, const Scope& scope) override;

  Value choice_call(const syntax::Call& call, Span span, const Scope& scope);

  /// The number of the option that a choice takes, from 0: for spellings that write numbers where the choice has names.
  Value index_call(const syntax::Call& call, Span span, const Scope& scope);

  Value pick_call(const syntax::Call& call, Span span, const Scope& scope);

  Value input_call(const syntax::Call& call, Span span, const Scope& scope, const std::vector<std::string>& names, bool sequence);

  Value layer_call(const LayerComponent& layer, const syntax::Call& call, Span span, const Scope& scope);

  bool check_layer_argument(const LayerComponent& layer, const LayerParam& param, const Value& value, Span span);

  std::optional<Value> apply_value(const Value& callee, const std::vector<Value>& arguments, Span span) override;

  /// The path that an expression writes, numbers of passes computed; false where it is no path.
  bool path_text(const Expr& expr, const Scope& scope, std::string& text);

  static bool matches(std::string_view pattern, std::string_view path);

  std::optional<Value> path(const Expr& expr, const Scope& scope) override;
  /// In the body of a space: what a pass of a repeat that is named or done has bound, `cell[2].sum`, `cell[2].part[*].sum`.
  std::optional<Value> bound_in_pass(const Expr& expr, const Scope& scope);

  void read_spellings(const Scope& scope);

  /// In `features`, a value that the network does not use is nothing.
  Value gated(const Value& value, const Value& condition) const;

  /// The items of a list, lists within it laid open.
  static void flatten(const Value& value, List& items);

  /// onehot(choices, [3, 5, 7]): for each choice one column per value, all 0 where the choice is not used;
  /// `raw = true` reads unused choices as well, as their first option.
  Value onehot_call(const syntax::Call& call, Span span, const Scope& scope);

  /// mean(choices): of those that the network uses.
  Value mean_call(const syntax::Call& call, Span span, const Scope& scope);

  void read_features(const Scope& scope);

  /// A value that a path of the space leads to, and where it is there at all.
  struct Bound {
    std::string path;
    Value value;
    Value condition;
  };

  const LayerVocabulary& layers_;
  std::optional<Span> call_;  ///< of the space
  std::shared_ptr<SpaceProgram> program_;
  LayerBuilder builder_;
  std::set<std::string> references_, named_;  ///< names that the body mentions: outside of spellings, anywhere
  std::map<const Expr*, bool> arm_taken_;     ///< conditions of arms: whether they can ever hold
  std::set<std::string> gene_names_;
  std::vector<Bound> paths_;
  std::vector<std::pair<std::string, Value>> defined_;  ///< by path, in the passes of repeats
  std::set<std::string> repeats_;                       ///< first words of their paths
  std::vector<const syntax::SpellingDef*> spellings_;
  std::string prefix_;
  std::string hint_;
  std::string owner_;
  std::string repeat_name_;
  Value flow_;
  bool refused_ = false;  ///< a `require` that no choice can meet: the rest would only repeat it
  bool flow_broken_ = false, input_assumed_ = false;
  bool in_spelling_ = false;
  bool in_features_ = false;
  bool raw_ = false;  ///< inside onehot(..., raw = true)
  Span statement_;
  std::set<std::uint32_t> misshapen_;
  Span requirement_span_;
};

}  // namespace nas
