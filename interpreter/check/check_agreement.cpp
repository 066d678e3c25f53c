#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "check/script_checker.h"
#include "core/comparison.h"
#include "core/learnt.h"
#include "core/rank_matrix.h"
#include "core/statistics.h"

namespace nas {
namespace {

constexpr std::size_t kAgreeing = 3;  // networks that an agreement needs

/// What both sides say of the same networks, and what an agreement takes besides: a floor in SI units, a share, a count.
struct Said {
  std::span<const double> said, measured;
  double third = 0;
  bool larger_is_better = false;
};
/// How values of a predictor, or of a profile, agree with what a profile holds of the same networks.
struct Agreement {
  enum class Third { none, floor, share, count };
  const char* name;
  Third third;
  double (*value)(const Said&);
};
constexpr Agreement kAgreements[] = {
    {"spearman", Agreement::Third::none, [](const Said& s) { return spearman(s.said, s.measured); }},
    {"kendall", Agreement::Third::none, [](const Said& s) { return kendall_tau(s.said, s.measured); }},
    {"mape", Agreement::Third::floor, [](const Said& s) { return mape(s.said, s.measured, s.third); }},
    {"rmse_share", Agreement::Third::none, [](const Said& s) { return rmse_over_mean(s.said, s.measured); }},
    {"within", Agreement::Third::share, [](const Said& s) { return share_within(s.said, s.measured, s.third); }},
    {"top_recall", Agreement::Third::count,
     [](const Said& s) { return top_recall(s.said, s.measured, static_cast<std::size_t>(s.third), s.larger_is_better); }},
};

const Agreement& agreement_named(const std::string& name) {
  return *std::find_if(std::begin(kAgreements), std::end(kAgreements), [&](const Agreement& a) { return a.name == name; });
}

bool of_ranks(const Agreement& agreement) {
  return std::string_view(agreement.name) == "spearman" || std::string_view(agreement.name) == "kendall";
}

Failure too_few(const std::string& agreement, const std::string& stages, const std::string& all, std::size_t networks) {
  return {"E841",
          fmt::format("{} needs at least {} networks that {} {} know, there are {}", agreement, kAgreeing, stages, all, networks),
          "give the profiles more samples"};
}

Result<std::shared_ptr<const ResultHandle>> profile_of(const std::string& stage, const FindResult& find) {
  auto handle = std::dynamic_pointer_cast<const ResultHandle>(find(stage));
  if (!handle) return Failure{"", fmt::format("{} has no result", stage), ""};
  return handle;
}

/// Networks that a predictor has learnt from do not judge it, as long as others are left.
void without_learnt(const Learnt& learnt, const MetricId& measured, CommonRows& rows) {
  if (!(learnt.metric == measured) || learnt.from.device != measured.device) return;
  const std::set<Arch> known(learnt.from.networks.begin(), learnt.from.networks.end());
  CommonRows left;
  left.values.resize(1);
  for (std::size_t i = 0; i < rows.networks.size(); ++i)
    if (!known.count(rows.networks[i])) {
      left.networks.push_back(rows.networks[i]);
      left.values[0].push_back(rows.values[0][i]);
    }
  if (left.networks.size() >= kAgreeing) rows = std::move(left);
}

/// A predicted value, with the interval that the method gives.
class PredictedHandle : public Handle {
 public:
  PredictedHandle(double value, std::optional<double> deviation, Dimension dimension)
      : value_(value), deviation_(deviation), dimension_(dimension) {}
  std::string type_name() const override { return "Prediction"; }
  std::string print() const override {
    const std::string value = format_quantity(value_, dimension_);
    return deviation_ ? fmt::format("{} (95 % interval {} to {})", value, format_quantity(value_ - half(), dimension_),
                                    format_quantity(value_ + half(), dimension_))
                      : value;
  }
  std::optional<Value> member(const std::string& name) const override {
    if (name == "value") return Value(Quantity{value_, dimension_});
    if (!deviation_) return std::nullopt;
    if (name == "deviation") return Value(Quantity{*deviation_, dimension_});
    if (name == "low") return Value(Quantity{value_ - half(), dimension_});
    if (name == "high") return Value(Quantity{value_ + half(), dimension_});
    return std::nullopt;
  }
  std::vector<std::string> members() const override {
    if (!deviation_) return {"value"};
    return {"value", "deviation", "low", "high"};
  }

 private:
  double half() const { return 1.96 * *deviation_; }  // of a normal distribution

  double value_;
  std::optional<double> deviation_;
  Dimension dimension_;
};

}  // namespace

std::vector<std::string_view> ScriptChecker::agreement_names() {
  std::vector<std::string_view> names;
  for (const Agreement& agreement : kAgreements) names.emplace_back(agreement.name);
  return names;
}

std::optional<std::vector<std::string>> ScriptChecker::profiles_of(const std::string& name, const syntax::Call& call,
                                                                   std::size_t count, const Scope& scope) {
  std::vector<std::string> stages;
  for (const auto& argument : std::span(call.arguments).first(count)) {
    const Value value = evaluate(*argument.value, scope);
    if (value.poisoned()) return std::nullopt;
    for (const Value& item : value.list() ? *value.list() : List{value}) {
      const auto* handle = dynamic_cast<const StageHandle*>(item.handle());
      const std::string type = handle ? handle->type_name() : "";
      const bool first = &argument == call.arguments.data();
      if (type == "Device") {
        if (const auto all = of_ranks(agreement_named(name)) ? looked_up(item, argument.value->span, scope) : std::nullopt) {
          if (all->poisoned()) return std::nullopt;
          stages.push_back(all->print());
          continue;
        }
        diagnostics_.error("E301", argument.value->span, fmt::format("{} compares what was measured, and this is a device", name),
                           "profile it: profile base = latency over net on [...], then name the profile");
        return std::nullopt;
      }
      if (type != "Profile" && !(first && type == "Predictor")) {
        diagnostics_.error("E301", argument.value->span,
                           fmt::format("{} is needed here, and this is {}",
                                       first && !value.list() ? "a predictor or a profile" : "a profile", item.kind()));
        return std::nullopt;
      }
      if (type == "Predictor" && !learning_.count(handle->stage()) && !predictor_named(*argument.value, scope))
        return std::nullopt;
      stages.push_back(handle->stage());
    }
  }
  return stages;
}

std::optional<double> ScriptChecker::third_of(const std::string& name, const syntax::Expr& expr, const std::string& profile,
                                              const Scope& scope) {
  const Agreement::Third kind = agreement_named(name).third;
  const Value value = evaluate(expr, scope);
  if (value.poisoned()) return std::nullopt;
  const auto number = value.number();
  const CheckedSearch* measured = search_of(profile);
  const MetricKind* metric = measured ? find_metric(measured->metrics[0].id) : nullptr;
  if (kind == Agreement::Third::floor) {
    const Dimension wanted = dimension_named(metric ? std::string(metric->dimension) : "");
    if (number && number->dimension == wanted && number->si > 0) return number->si;
    diagnostics_.error("E301", expr.span,
                       fmt::format("the floor of mape is {} above zero, and this is {}", dimension_phrase(wanted),
                                   number && number->dimension == wanted ? "not" : value.kind()),
                       "smaller measured values count as large as it");
    return std::nullopt;
  }
  if (kind == Agreement::Third::share) {
    if (number && number->dimension.none() && number->si > 0 && number->si < 1) return number->si;
    diagnostics_.error("E405", expr.span, "within takes a share between 0 and 1", "e.g. 5%");
    return std::nullopt;
  }
  if (const auto* whole = value.integer(); whole && *whole >= 1) return static_cast<double>(*whole);
  diagnostics_.error("E405", expr.span, "top_recall takes a whole number of networks, at least 1", "e.g. 10");
  return std::nullopt;
}

bool ScriptChecker::know_their_networks(std::span<const std::string> stages, Span span) {
  for (const std::string& one : stages)
    for (const std::string& other : stages) {
      const auto known = learning_.find(one);
      const CheckedSearch* held = learning_.count(other) > 0 ? nullptr : search_of(other);
      if (known == learning_.end() || !held) continue;
      const auto learnt = space_of_[known->second.space], theirs = space_of_[held->space];
      if (!learnt || !theirs || learnt->key() == theirs->key()) continue;
      diagnostics_.error(
          "E603", span,
          fmt::format("{} has learnt networks of {}, and {} holds those of {}", one, known->second.space, other, held->space));
      return false;
    }
  return true;
}

Value ScriptChecker::agreement_call(const std::string& name, const syntax::Call& call, Span span, const Scope& scope) {
  const Agreement& agreement = agreement_named(name);
  using Third = Agreement::Third;
  const bool named = std::any_of(call.arguments.begin(), call.arguments.end(), [](const auto& a) { return a.name.has_value(); });
  auto refuse = [&]() -> Value {
    const char* besides = of_ranks(agreement)               ? ", or profiles of several devices"
                          : agreement.third == Third::floor ? ", and perhaps a floor"
                          : agreement.third == Third::share ? ", and a share"
                          : agreement.third == Third::count ? ", and a number of networks"
                                                            : "";
    diagnostics_.error(
        "E404", span, fmt::format("{} takes a predictor or a profile, and the profile that it is compared with{}", name, besides),
        fmt::format("e.g. {}(fit, probe{})", name,
                    agreement.third == Third::share   ? ", 5%"
                    : agreement.third == Third::count ? ", 10"
                                                      : ""));
    return Poison{};
  };
  const std::size_t given = call.arguments.size();
  const bool has_third = agreement.third != Third::none && given == 3;
  if (given == 0 || named || (given != 3 && (agreement.third == Third::share || agreement.third == Third::count)))
    return refuse();
  const auto read = profiles_of(name, call, has_third ? 2 : given, scope);
  if (!read) return Poison{};
  const std::vector<std::string>& stages = *read;
  const auto predictors = static_cast<std::size_t>(
      std::count_if(stages.begin(), stages.end(), [&](const std::string& stage) { return learning_.count(stage) > 0; }));
  if (predictors > 0 ? stages.size() != predictors + 1 : stages.size() > 2 || given == 1) {
    if (!of_ranks(agreement) || stages.size() < 2 || predictors > 0) return refuse();
    return rank_matrix_call(name, stages);
  }
  const std::string& profile = stages.back();
  if (given > 1 && !know_their_networks(stages, call.arguments[1].value->span)) return Poison{};
  const auto third = has_third ? third_of(name, *call.arguments[2].value, profile, scope) : std::optional(0.0);
  if (!third) return Poison{};
  List each;
  const Span judged = call.arguments[1].value->span;
  for (const std::string& stage : std::span(stages).first(stages.size() - 1)) {
    const auto known = learning_.find(stage);
    if (known != learning_.end() && known->second.probe == profile) {
      if (each.empty())
        diagnostics_.warning("W905", judged,
                             fmt::format("{} has learnt from {}: how well it agrees with it says little", stage, profile),
                             "compare it with a profile of other networks");
    } else if (known != learning_.end() &&
               std::none_of(script_.judgements.begin(), script_.judgements.end(), [&](const CheckedJudgement& other) {
                 return other.predictor == stage && other.profile == profile;
               })) {
      script_.judgements.push_back({stage, profile, judged});
    }
    each.push_back(agreement_of(name, stage, profile, *third));
  }
  const bool family = predictors > 0 && evaluate(*call.arguments[0].value, scope).list();
  return family ? Value(std::move(each)) : each[0];
}

Value ScriptChecker::agreement_of(const std::string& name, const std::string& one, const std::string& profile_stage,
                                  double third) const {
  const Agreement& agreement = agreement_named(name);
  const std::vector<std::string> stages{one, profile_stage};
  const CheckedSearch* measured_by = search_of(profile_stage);
  const bool larger = measured_by && find_metric(measured_by->metrics[0].id)->maximise;
  Later later;
  later.stages = stages;
  later.now = [&agreement, stages, third, larger](const FindResult& find) -> Result<Value> {
    const auto probe = profile_of(stages[1], find);
    if (!probe) return probe.failure();
    const SearchResult* measured_there = &(*probe)->result();
    const auto other = find(stages[0]);
    std::vector<double> measured, said;
    if (const auto* learnt = dynamic_cast<const LearntHandle*>(other.get())) {
      CommonRows rows = common_rows(std::span(&measured_there, 1));
      without_learnt(learnt->learnt(), measured_there->metrics[0], rows);
      measured = std::move(rows.values[0]);
      said = learnt->learnt().predict(rows.networks);
    } else if (const auto* profile = dynamic_cast<const ResultHandle*>(other.get())) {
      const SearchResult* both[] = {measured_there, &profile->result()};
      CommonRows rows = common_rows(both);
      measured = std::move(rows.values[0]);
      said = std::move(rows.values[1]);
    } else {
      return Failure{"", fmt::format("{} has no result", stages[0]), ""};
    }
    if (measured.size() < kAgreeing) return too_few(agreement.name, stages[0] + " and " + stages[1], "both", measured.size());
    if (agreement.third == Agreement::Third::count && third > static_cast<double>(measured.size()))
      return Failure{"E841", fmt::format("top_recall asks for the best {} networks, there are {}", third, measured.size()),
                     "give the profile more samples"};
    const double value = agreement.value({said, measured, third, larger});
    if (of_ranks(agreement) && std::isnan(value)) {
      const bool equal = std::adjacent_find(measured.begin(), measured.end(), std::not_equal_to<>()) == measured.end();
      return Failure{"E841",
                     fmt::format("{} needs an order, and all {} values of {} are equal", agreement.name, measured.size(),
                                 stages[equal ? 1 : 0]),
                     ""};
    }
    return Value(Quantity{value, Dimension{}});
  };
  return later;
}

std::optional<Value> ScriptChecker::predicted_call(const syntax::Call& call, const syntax::Member& member, Span span,
                                                   const Scope& scope) {
  const Value object = evaluate(*member.object, scope);
  if (object.poisoned()) return Value(Poison{});
  const auto* handle = dynamic_cast<const StageHandle*>(object.handle());
  if (!handle || handle->type_name() != "Predictor") return std::nullopt;
  const auto known = predictor_named(*member.object, scope);
  if (!known) return Value(Poison{});
  const Value given = only_argument(call, scope);
  if (given.poisoned()) return Value(Poison{});
  const auto* network = dynamic_cast<const ArchHandle*>(given.handle());
  if (!network) {
    diagnostics_.error("E404", span, "predicted takes one architecture",
                       fmt::format("e.g. {}.predicted({}.largest)", known->name, known->space));
    return Value(Poison{});
  }
  const auto space = space_of_[known->space];
  if (space && space->key() != network->space()->key()) {
    diagnostics_.error(
        "E603", call.arguments[0].value->span,
        fmt::format("{} has learnt networks of {}, and this is one of {}", known->name, space->name(), network->space()->name()));
    return Value(Poison{});
  }
  Later later;
  later.stages = {known->name};
  later.now = [name = known->name, arch = network->arch()](const FindResult& find) -> Result<Value> {
    const auto found = find(name);
    const auto* learnt = dynamic_cast<const LearntHandle*>(found.get());
    if (!learnt) return Failure{"", fmt::format("{} has no result", name), ""};
    const Learnt& known_by = learnt->learnt();
    const auto x = features_of(*known_by.space, {&arch, 1});
    double value = 0, deviation = 0;
    const bool tells = known_by.predictor->predict_with_deviation(x, 1, {&value, 1}, {&deviation, 1});
    if (!tells) known_by.predictor->predict(x, 1, {&value, 1});
    return handle_value<PredictedHandle>(value, tells ? std::optional(deviation) : std::nullopt,
                                         dimension_named(std::string(find_metric(known_by.metric)->dimension)));
  };
  return Value(later);
}

Value ScriptChecker::rank_matrix_call(const std::string& name, const std::vector<std::string>& stages) {
  std::vector<std::string> devices;
  for (const std::string& stage : stages) devices.push_back(search_of(stage)->metrics[0].id.device);
  Later later;
  later.stages = stages;
  later.now = [name, stages, names = told_apart(devices, stages)](const FindResult& find) -> Result<Value> {
    std::vector<std::shared_ptr<const ResultHandle>> kept;
    std::vector<const SearchResult*> profiles;
    for (const std::string& stage : stages) {
      auto profile = profile_of(stage, find);
      if (!profile) return profile.failure();
      kept.push_back(*profile);
      profiles.push_back(&kept.back()->result());
    }
    const CommonRows rows = common_rows(profiles);
    if (rows.networks.size() < kAgreeing)
      return too_few(name, fmt::format("{}", fmt::join(stages, ", ")), "all", rows.networks.size());
    return Value(rank_matrix_handle(rank_matrix(name, names, rows.values, name == "spearman" ? spearman : kendall_tau)));
  };
  return later;
}

}  // namespace nas
