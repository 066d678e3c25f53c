#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "check/check_script.h"
#include "check/handles.h"
#include "syntax/tree.h"

namespace nas {

/// Walks the statements of a script once, in order: names become values, stages become CheckedStages, and every mistake is
/// reported. A name whose declaration was wrong is poisoned, so that it draws no further messages.
///
/// Its parts: check_statements.cpp (let, param, foreach ...), check_stages.cpp (components and their clauses), check_spaces.cpp,
/// check_searches.cpp (metrics, objectives, conditions), check_learning.cpp (profiles, predictors, transfers),
/// check_agreement.cpp (how predictors and profiles agree), check_results.cpp (functions of results), check_outputs.cpp (plots,
/// exports, reports), implied_stages.cpp, unused_names.cpp.
class ScriptChecker : public Evaluator {
 public:
  explicit ScriptChecker(CheckInput input) : Evaluator(*input.diagnostics), input_(std::move(input)) {}

  CheckedScript check(std::uint32_t source);
  /// Functions of results: "compare", "hypervolume", "spearman".
  static std::vector<std::string> result_functions();
  /// What the script's own statements see, after `check`.
  const Scope& scope() const { return *global_; }

 private:
  void run_source(std::uint32_t source, Scope& scope);
  /// Names that some later statement of the file declares, for "used before it is declared".
  void declared_later(const syntax::Body& body);
  void run(const syntax::Body& body, Scope& scope);
  void unknown_params();
  /// A line with a syntax error may have declared its words.
  void words_of_line(Span span);

  // Names (check_script.cpp).
  void define(const syntax::Name& name, Value value, Scope& scope);
  std::optional<Value> resolve_name(const std::string& name, Span span) override;
  std::vector<std::string> known_names() const override;
  /// `front.best.part`: which parts the best network will have is known before the run.
  std::optional<Value> path(const syntax::Expr& expr, const Scope& scope) override;
  /// Where `object` is the best network of a search and has no such part, or several: that is said, and the value is poisoned.
  std::optional<Value> wrong_part_of_best(const syntax::Expr& object, const syntax::Name& part, const Scope& scope);
  std::string text_of(Span span) const;

  // Statements (check_statements.cpp).
  /// A function that nothing calls is checked with its defaults; a parameter without one is of any type.
  void check_unused_functions(std::uint32_t source);
  template <typename T>
  void execute(const T&, Span span, Scope&) {
    diagnostics_.error("E301", span, "this statement belongs inside a space");
  }
  void execute(const syntax::Import& import, Span span, Scope& scope);
  void execute(const syntax::Seed& seed, Span span, Scope& scope);
  void execute(const syntax::Let& let, Span span, Scope& scope);
  void execute(const syntax::Param& param, Span span, Scope& scope);
  void execute(const syntax::Require& require, Span span, Scope& scope);
  void execute(const syntax::Show& show, Span span, Scope& scope);
  void execute(const syntax::DefFunction& def, Span span, Scope& scope);
  void execute(const syntax::DefSpace& def, Span span, Scope& scope);
  void execute(const syntax::Foreach& loop, Span span, Scope& scope);
  void execute(const syntax::If& branch, Span span, Scope& scope);
  void execute(const syntax::When& branch, Span span, Scope& scope);
  void execute(const syntax::Stage& stage, Span span, Scope& scope);
  void check_parameters(const std::vector<syntax::Parameter>& parameters);
  /// Both bodies, each as if its side were taken.
  void both_branches(CheckedValue condition, const syntax::Body& then, const syntax::Body& otherwise, Scope& scope);

  /// A stage's result stands for what it will hold.
  Value as_shown(const Value& value) const;
  /// The items of a list or a range, for what runs once for each of them; nothing after a message, or for a poisoned value.
  std::optional<List> items_of(const Value& values, Span span, const char* what);

  // Families of runs (check_families.cpp).
  /// `{ seeds = 1..5 }`: the same stage once for every seed. Its name is the list of the runs.
  void family(const syntax::Stage& stage, const syntax::Setting& setting, Span span, Scope& scope);
  /// One of several stages that one statement stands for: a run of a family, the profile of a device, what learns from a profile.
  struct Member {
    std::string family, label;  ///< its name is family[label]
    std::optional<std::uint64_t> seed = std::nullopt;
    std::string device = "";  ///< of a profile of several devices
    std::string probe = "";   ///< the profile that it learns from, one of several
  };
  /// `transfer fit = oneproxy() of known from probes`: one for each profile of a list.
  void learners(const syntax::Stage& stage, Span span, const List& profiles, Scope& scope);
  /// Lets `check` make the stage of each member; its name is then the list of them. False where one is wrong: nothing is named.
  bool each_member(const syntax::Stage& stage, const std::vector<Member>& members, const char* type, Scope& scope,
                   const std::function<void(Scope&)>& check);

  /// The value of a call's only argument where it stands alone and without a name; else no value.
  Value only_argument(const syntax::Call& call, const Scope& scope);

  // Stages that no statement declares: an expression stands for them (implied_stages.cpp).
  /// The result of a stage of that name, made once for each way in which its metrics get their values; poisoned after a message.
  Value implied(const std::string& name, const char* type, const std::vector<std::string>& metrics, syntax::Stage stage,
                Span span, Scope& scope);
  /// `net.true_front(phone)`: of all networks of a space, the front in accuracy and in the latency on a device.
  std::optional<Value> true_front_call(const syntax::Call& call, const syntax::Member& member, Span span, const Scope& scope);
  /// A profile of all networks of the script's only space, where the device is a table of them.
  std::optional<Value> looked_up(const Value& device, Span span, const Scope& scope);

  // Functions of results (check_results.cpp).
  /// Results of searches with the same objectives, as a call's argument gives them.
  struct Runs {
    std::string text;  ///< as written
    std::vector<std::string> stages;
    bool family = false;
  };
  /// A result, a family of them, or, where `several`, a list of either; nothing after a message.
  std::optional<Runs> runs_of(const syntax::Expr& expr, const Scope& scope, bool several);
  const CheckedSearch* search_of(const std::string& stage) const;
  /// E603 where a predictor among the stages has learnt networks of another space than those of a profile among them.
  bool know_their_networks(std::span<const std::string> stages, Span span);
  /// Reports where their objectives differ.
  bool same_objectives(const Runs& first, const Runs& second, Span span);
  /// `compare(first, second)`: two results or families of runs, by the hypervolume of their measured fronts.
  Value compare_call(const syntax::Call& call, Span span, const Scope& scope);
  /// `hypervolume(front, point)`, `recall(front, known)` ...: how good a front is; a list of numbers for a family of runs.
  Value indicator_call(const std::string& name, const syntax::Call& call, Span span, const Scope& scope);
  /// `layers(net.largest, board)`: what every layer of a network takes on a device.
  Value layers_call(const syntax::Call& call, Span span, const Scope& scope);
  /// `spearman(fit, probe)` ...: how a predictor, or another profile, agrees with what a profile holds.
  Value agreement_call(const std::string& name, const syntax::Call& call, Span span, const Scope& scope);
  /// Of one predictor, or profile, with a profile; `third` as `third_of` gives it.
  Value agreement_of(const std::string& name, const std::string& one, const std::string& profile_stage, double third) const;
  /// The stages of its arguments, lists of profiles, and of predictors in the first place, one by one.
  std::optional<std::vector<std::string>> profiles_of(const std::string& name, const syntax::Call& call, std::size_t count,
                                                      const Scope& scope);
  static std::vector<std::string_view> agreement_names();
  /// What an agreement takes besides, in SI units: the floor of mape, a share, a number of networks.
  std::optional<double> third_of(const std::string& name, const syntax::Expr& expr, const std::string& profile,
                                 const Scope& scope);
  /// `known.predicted(net.largest)`; nothing where the object is no predictor.
  std::optional<Value> predicted_call(const syntax::Call& call, const syntax::Member& member, Span span, const Scope& scope);
  Value rank_matrix_call(const std::string& name, const std::vector<std::string>& stages);
  /// One value for each objective, as numbers in SI units with what they are; nothing after a message.
  std::optional<std::vector<Quantity>> values_of_objectives(const CheckedSearch& search, const syntax::Argument& argument,
                                                            const std::string& what, bool shares, const Scope& scope);
  std::vector<std::string> known_functions() const override { return result_functions(); }

  // Stages (check_stages.cpp).
  void execute_one(const syntax::Stage& stage, Span span, Scope& scope);
  /// Puts the stage into the script, known by its name.
  void make_known(const syntax::Stage& stage, CheckedStage out, const char* type, Scope& scope);
  void directions_stand_before_objectives(const syntax::Stage& stage);
  std::string stage_name(const syntax::Stage& stage, const std::string& fallback);
  std::string fresh_name(const std::string& base);
  CheckedStage new_stage(const std::string& word, std::string name, Span span);
  static void need(CheckedStage& stage, const std::string& name);
  static void needs_of(const Value& value, CheckedStage& stage);
  /// Reports clauses that the stage does not have, or has twice, or with several values where `lists` does not name them.
  void only_clauses(const syntax::Stage& stage, std::initializer_list<const char*> allowed,
                    std::initializer_list<const char*> lists = {});
  static const syntax::Clause* clause(const syntax::Stage& stage, const std::string& word);
  /// The only stage of a type in scope, when a clause leaves it out.
  std::optional<std::string> unique(const std::string& type, Span span, const std::string& clause_word);
  std::optional<std::string> stage_of_type(const syntax::Expr& expr, const std::string& type, const Scope& scope);
  /// The component that a call names; null after a message.
  const Component* component_named(ComponentKind kind, const syntax::Expr& expr);
  /// The value of one argument. A choice takes its label's bare name: `crossover = one_point`, `mutation = block(0.1)`.
  Value argument_value(const ArgSpec* spec, const syntax::Expr& expr, const Scope& scope);
  std::optional<CheckedCall> bound_call(const Component& component, const syntax::Expr& expr, const Scope& scope,
                                        const std::vector<syntax::Setting>* settings = nullptr,
                                        std::map<std::string, Dimension>* dimensions = nullptr);
  std::optional<CheckedCall> component_call(ComponentKind kind, const syntax::Expr& expr, const Scope& scope,
                                            std::map<std::string, Dimension>* dimensions = nullptr);
  static std::optional<nlohmann::json> stage_reference(const Value& value, const std::string& kinds);
  bool training(const syntax::Stage& stage, CheckedStage& out, const Scope& scope);
  /// `usable` is false where the component was wrong: then only the clauses are checked.
  bool predictor(const syntax::Stage& stage, CheckedStage& out, const Scope& scope, bool usable);

  // Profiles, and what is learnt from them (check_learning.cpp).
  /// `profile base = latency over net on host { samples = 60 }`.
  void profile(const syntax::Stage& stage, Span span, Scope& scope);
  /// One profile for each device; of the same networks, as far as the devices know them.
  void profiles(const syntax::Stage& stage, Span span, const List& devices, Scope& scope);
  /// A metric on the device of the clause `on`, or the only one there is.
  std::optional<MetricId> placed_metric(const syntax::Stage& stage, const syntax::Expr& named, const Scope& scope);
  std::optional<CheckedStage> profile_named(const syntax::Clause& from, const Scope& scope);
  /// A predictor that is a stage of its own.
  std::optional<CheckedLearning> predictor_named(const syntax::Expr& expr, const Scope& scope);
  /// `predictor lin = linear() from base`.
  /// `predictor lin = saved("lin.predictor") of latency@phone over net`.
  bool is_saved(const syntax::Stage& stage, CheckedStage& out, const Scope& scope);
  bool learns_from(const syntax::Stage& stage, const syntax::Clause& from, CheckedStage& out, const Scope& scope);
  bool transfer(const syntax::Stage& stage, CheckedStage& out, const Scope& scope, bool usable);
  /// `tune best = mlp(rate = choice(1e-3, 1e-2)) of latency@host from base by asha(budget = 81)` (check_tune.cpp).
  void tune(const syntax::Stage& stage, Span span, Scope& scope);
  /// The predictor with its first configuration, and its choices; nothing after a message.
  std::optional<CheckedCall> tuned_call(const Component& component, const syntax::Expr& expr, const Scope& scope,
                                        CheckedTuning& tuning);
  std::optional<CheckedCall> tuning_method(const syntax::Stage& stage, const CheckedStage& out, const CheckedTuning& tuning,
                                           const Scope& scope);
  /// Profiles of other devices that a transfer learns from hold the metric of its probe, over the same space.
  bool of_one_metric(const syntax::Stage& stage, const CheckedStage& probe, const std::vector<std::string>& others);
  /// `search ... using fit`: predictors that give the values of their metrics.
  bool search_using(const syntax::Stage& stage, const CheckedSearch& search, const Scope& scope);
  /// The encoding that a predictor asks for is one of the space's.
  bool has_features(CheckedCall& predictor, const std::string& space_name);
  /// Predictors that look at the networks themselves predict certain metrics alone (E703); `span` is where the metric comes in.
  bool can_predict(const Component& predictor, const std::string& metric, Span span);
  /// A predictor that sums a table has one, and its unit is that of the metric. `base`: the profile that it learns from.
  bool has_table(CheckedStage& out, const MetricId& metric, const CheckedStage* base, Span span);
  bool names_graphs(const std::string& space_name) const;

  // Spaces (check_spaces.cpp).
  void space(const syntax::Stage& stage, Span span, Scope& scope);
  /// `space small = pool(net, table("f.csv"))`: the networks of a space that a table has rows for.
  bool pool(const syntax::Stage& stage, const syntax::Expr& expr, const syntax::Call* call, Span span, Scope& scope);
  /// `space small = reduced(net, without = ["stage[1].depth = 4"])`: a space without some options of its genes.
  bool reduced(const syntax::Stage& stage, const syntax::Expr& expr, const syntax::Call* call, Span span, Scope& scope);
  void part_of_space(const syntax::Stage& stage, CheckedStage out, const std::string& whole, Scope& scope);
  bool type_fits(const std::vector<syntax::Parameter>& parameters, const std::string& name, const Value& value, Span span,
                 const std::string& owner);
  /// Spaces of the script that nothing uses are checked with their defaults, where they have them.
  void check_unused_spaces(std::uint32_t source);
  const syntax::DefSpace* find_space(const std::string& name, const Scope*& outer);
  std::optional<Value> resolve_call(const syntax::Call& call, Span span, const Scope& scope) override;

  // Metrics, objectives, searches (check_searches.cpp).
  std::optional<MetricId> single_metric(const syntax::Expr& expr, const Scope& scope);
  /// Gives a metric that needs a device the only one there is.
  bool place(MetricId& id, Span span);
  bool place(Formula& formula, Span span);
  std::optional<std::pair<Formula, bool>> objective_of(const syntax::Operand& operand, const Scope& scope);
  void objective(const syntax::Stage& stage, Span span, Scope& scope);
  /// A table's unit must be of the metric's dimension; metrics with a dimension have no default unit, accuracy has percent.
  bool unit_fits(const MetricId& id, CheckedCall& call, const std::map<std::string, Dimension>& dimensions, Span span);
  bool search(const syntax::Stage& stage, CheckedStage& out, const Scope& scope);
  bool search_tactics(const syntax::Stage& stage, CheckedSearch& search, CheckedStage& out, const Scope& scope);
  /// `formulas` receives what the search reads: its objectives, then its conditions.
  bool search_objectives(const syntax::Stage& stage, CheckedSearch& search, std::vector<std::pair<Formula, Span>>& formulas,
                         const Scope& scope);
  bool search_conditions(const syntax::Stage& stage, CheckedSearch& search, std::vector<std::pair<Formula, Span>>& formulas,
                         const Scope& scope);
  std::vector<std::string> keeping_conditions() const;
  /// Lists of values in the space of the objectives (`reference` of rnsga2): one value for each, of its unit, point after point.
  /// They become what a search sees: values of maximised objectives are turned round.
  bool place_points(const syntax::Stage& stage, CheckedCall& call, const std::vector<Objective>& objectives,
                    const std::vector<std::pair<Formula, Span>>& formulas, const Scope& scope);
  /// What gives all metrics of the language that are measured, as a table does, gives those of the program too.
  static bool can_give(const Component& component, const MetricId& metric);
  /// The first source that gives a metric of the program.
  std::string giving(const std::string& metric) const;
  std::optional<CheckedMetric> source_of(const MetricId& id, Span span, const CheckedSearch& search, CheckedStage& out);
  Value at_device(const syntax::AtDevice& at, Span span, const Scope& scope) override;

  // Warnings (unused_names.cpp).
  void unused_names(const syntax::Body& body);
  void unused_stage(const syntax::Stage& stage, Span span);
  /// False for a file of declarations only, which is there to be imported.
  bool does_something() const;

  // Outputs (check_outputs.cpp).
  bool file_of(const syntax::Stage& stage, CheckedStage& out, const Scope& scope);
  /// The stages that the arguments of a component refer to; the stage needs them.
  static std::vector<std::string> need_referred(const CheckedCall& call, CheckedStage& out);
  bool output(const syntax::Stage& stage, CheckedStage& out, const Scope& scope);
  void export_stage(const syntax::Stage& stage, Span span, Scope& scope);
  /// Whether all that an output shows was found with the weights of a super-network.
  bool have_weights(const CheckedStage& out) const;
  bool show_results(const Value& what, Span span, CheckedStage& out, const std::string& type = "Result");
  void report_stage(const syntax::Stage& stage, Span span, Scope& scope);
  /// A plot may draw a certain number of objectives only.
  bool draws_objectives(const syntax::Stage& stage, const CheckedStage& out);
  /// What a plot takes as families has several runs each; results that are drawn over two axes share them.
  bool predictors_have_learnt(const syntax::Stage& stage, const CheckedStage& out, const Scope& scope);
  bool drawn_together(const syntax::Stage& stage, const CheckedStage& out, const Scope& scope);
  /// Arguments that name something to be read off the results that are shown.
  bool labels_known(const syntax::Stage& stage, const CheckedStage& out);

  CheckInput input_;
  CheckedScript script_;
  std::unique_ptr<Scope> global_;
  Scope empty_;
  std::vector<std::shared_ptr<syntax::Script>> trees_;
  std::vector<std::shared_ptr<Scope>> scopes_;
  std::vector<std::string> importing_;
  std::map<std::string, Span> declared_, declared_spaces_;
  std::map<std::string, Value> implied_;  ///< stages that expressions stand for, by their name and sources
  std::map<std::string, int> fresh_;      ///< numbers of stages without a name, by what they are
  bool import_missing_ = false;
  std::map<std::string, const syntax::DefSpace*> spaces_, stdlib_;
  std::map<const syntax::DefSpace*, std::string> def_text_;
  std::map<std::string, std::vector<std::pair<std::string, Value>>> known_;  ///< stages by type: name, value
  std::set<std::string> broken_types_;                                       ///< types of which a stage was wrong
  std::map<std::string, const Component*> devices_;
  std::map<std::string, std::map<std::string, Dimension>> call_units_;  ///< of devices and predictors
  std::map<std::string, std::shared_ptr<const Space>> space_of_;
  std::map<std::string, std::string> weights_space_;
  std::map<std::string, CheckedLearning> learning_;  ///< predictors that are stages, by name
  std::map<std::string, CheckedLearning> using_;     ///< those of the search that is checked, by their metric's label
  std::set<std::string> without_features_;           ///< space or metric, and predictor: reported once
  std::map<std::uint32_t, bool> predictor_asked_;    ///< by where the script declares it: whether a search asks it
  std::set<std::string> half_declared_;              ///< words on lines with a syntax error: unknown, and no mistake of their own
  std::set<std::string> referenced_;                 ///< every name that the script's expressions mention
  std::set<const syntax::DefSpace*> used_spaces_;
  std::vector<std::pair<const syntax::DefFunction*, const Scope*>> functions_;
  /// What `objective` and `predictor` statements say. Those of a pass of `foreach` or a branch of `when` hold in it alone.
  struct Declared {
    std::vector<Objective> objectives;
    std::vector<std::pair<Formula, Span>> formulas;
    std::map<std::string, CheckedMetric> sources;   ///< by the metric's label
    std::map<std::string, CheckedCall> predictors;  ///< by the metric's label; "" = of every metric
    std::set<std::string> broken_sources;
    bool broken = false;  ///< an objective was wrong
  };
  Declared declared_here_;
  bool seed_given_ = false;
  std::vector<std::pair<std::size_t, bool>> when_;
  std::string suffix_;
  std::optional<Member> member_;  ///< while it is checked
  std::size_t unrolled_ = 0;
};

}  // namespace nas
