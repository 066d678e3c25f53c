#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "backends/eigen/folds.h"
#include "core/statistics.h"
#include "stdlib/predictors/nested.h"
#include "stdlib/predictors/predictors.h"
#include "stdlib/predictors/rows.h"

namespace nas {

enum class AutoBy { rank, error };
template <>
struct Labels<AutoBy> {
  static constexpr const char* names[] = {"rank", "error"};
};

namespace {

struct AutoArgs {
  AutoBy by = AutoBy::rank;
  int folds = 5;
};

/// How well rows are predicted that were not learnt from.
struct Score {
  double tau = 0, rmse = 0;
};

/// A predictor that was tried.
struct Tried {
  std::string name;
  std::shared_ptr<Predictor> predictor;
  Score score = {};
  bool learns = true;  ///< from the rows at hand
};

class Auto : public MeanOfPredictors {
 public:
  Auto(const AutoArgs& args, std::vector<Tried> kinds) : MeanOfPredictors({}), args_(args), kinds_(std::move(kinds)) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override {
    if (auto good = check_rows("auto", rows_needed(), features, targets); !good) return good;
    const std::size_t n = targets.size(), d = features.size() / n;
    const int folds = std::min<int>(args_.folds, static_cast<int>(n));
    Stream shuffle = stream.split("folds");
    const auto order = shuffled_rows(n, shuffle);
    for (Tried& kind : kinds_) kind = {kind.name, kind.predictor};
    std::vector<std::vector<double>> predicted(kinds_.size(), std::vector<double>(n));
    std::vector<float> x, held_x;
    std::vector<double> y, held_y;
    Result<void> failed;
    for (int fold = 0; fold < folds; ++fold) {
      const auto [train, held] = fold_of(order, fold, folds);
      x.clear(), held_x.clear(), y.clear();
      for (const std::size_t row : train) {
        x.insert(x.end(), features.begin() + static_cast<std::ptrdiff_t>(row * d),
                 features.begin() + static_cast<std::ptrdiff_t>((row + 1) * d));
        y.push_back(targets[row]);
      }
      for (const std::size_t row : held)
        held_x.insert(held_x.end(), features.begin() + static_cast<std::ptrdiff_t>(row * d),
                      features.begin() + static_cast<std::ptrdiff_t>((row + 1) * d));
      held_y.resize(held.size());
      for (std::size_t k = 0; k < kinds_.size(); ++k) {
        if (!kinds_[k].learns) continue;
        const Stream own = stream.split(kinds_[k].name).split(static_cast<std::uint64_t>(fold));
        if (auto done = kinds_[k].predictor->fit(x, y, own); !done) {
          failed = done;
          kinds_[k].learns = false;
          continue;
        }
        kinds_[k].predictor->predict(held_x, held.size(), held_y);
        for (std::size_t i = 0; i < held.size(); ++i) predicted[k][held[i]] = held_y[i];
      }
    }
    for (std::size_t k = 0; k < kinds_.size(); ++k) {
      kinds_[k].score = {kendall_tau(predicted[k], targets), rmse(predicted[k], targets)};
      if (!std::isfinite(kinds_[k].score.rmse)) kinds_[k].learns = false;
    }
    scale_ = std::fabs(mean(targets));
    for (choose(predicted, targets); !taken_.empty(); choose(predicted, targets)) {
      bool all = true;
      for (const std::size_t k : taken_)
        if (auto done = kinds_[k].predictor->fit(features, targets, stream.split(kinds_[k].name)); !done) {
          failed = done;
          all = kinds_[k].learns = false;
        }
      if (all) return {};
    }
    return failed ? Failure{"", "auto has no predictor that learns from these rows", ""} : failed;
  }
  bool predict_with_deviation(std::span<const float> features, std::size_t n, std::span<double> out,
                              std::span<double> deviation) const override {
    if (members_.size() == 1) return members_[0].predictor->predict_with_deviation(features, n, out, deviation);
    // Kinds that learnt from the same rows err alike: the mean of their deviations, which that of their mean never exceeds.
    std::vector<double> one(n), its(n);
    std::fill(deviation.begin(), deviation.end(), 0.0);
    for (const Member& member : members_) {
      if (!member.predictor->predict_with_deviation(features, n, one, its)) return false;
      for (std::size_t i = 0; i < n; ++i) deviation[i] += its[i] * static_cast<double>(member.times) / times();
    }
    predict(features, n, out);
    return true;
  }
  std::string summary() const override {
    const bool by_rank = args_.by == AutoBy::rank;
    auto text_of = [&](const Score& score) {
      if (by_rank) return std::isnan(score.tau) ? std::string("undefined") : fmt::format("{:.3f}", score.tau);
      return scale_ > 0 ? fmt::format("{:.3g} %", 100 * score.rmse / scale_) : fmt::format("{:.3g}", score.rmse);
    };
    std::vector<std::string> names, parts;
    std::vector<std::size_t> times;
    for (std::size_t m = 0; m < taken_.size(); ++m) {
      names.push_back(kinds_[taken_[m]].name);
      times.push_back(members_[m].times);
      parts.push_back(members_[m].predictor->summary());
    }
    const bool alone = taken_.size() == 1;
    const char* what = by_rank ? "Kendall tau" : scale_ > 0 ? "RMSE/mean" : "RMSE";
    std::string text = "auto took " + names[0];
    if (!alone) text = fmt::format("auto took the mean of {} ({})", fmt::join(names, ", "), fmt::join(times, ":"));
    text += fmt::format(": {}-fold {} {}", args_.folds, what, text_of(score_));
    const char* joint = "; ";
    for (const std::size_t k : ranking()) {
      if (alone && k == taken_[0]) continue;
      text += fmt::format("{}{} {}", joint, kinds_[k].name, text_of(kinds_[k].score));
      joint = ", ";
    }
    return text + fmt::format(" ({})", fmt::join(parts, "; "));
  }
  std::size_t rows_needed() const override { return 20; }

  Result<PredictorState> state() const override {
    nlohmann::json took = nlohmann::json::array();
    for (std::size_t m = 0; m < taken_.size(); ++m) took.push_back({kinds_[taken_[m]].name, members_[m].times});
    std::vector<double> scores{scale_, score_.tau, score_.rmse};
    for (const Tried& kind : kinds_) scores.insert(scores.end(), {kind.score.tau, kind.score.rmse, kind.learns ? 1.0 : 0.0});
    return with_members({{{"took", took}}, {{"scores", std::move(scores)}}});
  }
  Result<void> restore(const PredictorState& state) override {
    auto scores = saved_array(state, "auto", "scores", 3 + 3 * kinds_.size());
    if (!scores) return scores.failure();
    scale_ = (*scores)[0];
    score_ = {(*scores)[1], (*scores)[2]};
    for (std::size_t k = 0; k < kinds_.size(); ++k) {
      kinds_[k].score = {(*scores)[3 + 3 * k], (*scores)[4 + 3 * k]};
      kinds_[k].learns = (*scores)[5 + 3 * k] != 0;
    }
    taken_.clear();
    members_.clear();
    for (const auto& [name, times] : took_in(state.facts))
      for (std::size_t k = 0; k < kinds_.size(); ++k)
        if (name == kinds_[k].name) take(k, times);
    if (taken_.empty()) return Failure{"", "the saved auto does not fit together", ""};
    return restore_members(state);
  }

 private:
  /// Those that learn, the best first; a rank that is undefined (all predictions or values equal) is the worst.
  std::vector<std::size_t> ranking() const {
    std::vector<std::size_t> order;
    for (std::size_t k = 0; k < kinds_.size(); ++k)
      if (kinds_[k].learns) order.push_back(k);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return better(kinds_[a].score, kinds_[b].score); });
    return order;
  }
  bool better(const Score& left, const Score& right) const {
    auto tau = [](const Score& score) { return std::isnan(score.tau) ? -2 : score.tau; };
    if (args_.by == AutoBy::rank && tau(left) != tau(right)) return tau(left) > tau(right);
    return left.rmse < right.rmse;
  }
  /// Starts from the best kind and adds, again and again, the one with which the mean predicts rows that were not learnt from
  /// best; a kind may be added more than once. Ends when none makes the mean better.
  void choose(const std::vector<std::vector<double>>& predicted, std::span<const double> targets) {
    constexpr std::size_t kMost = 6;
    const auto order = ranking();
    taken_.clear();
    members_.clear();
    if (order.empty()) return;
    take(order[0], 1);
    score_ = kinds_[order[0]].score;
    std::vector<double> sum = predicted[order[0]], tried(sum.size());
    for (std::size_t size = 2; size <= kMost; ++size) {
      std::optional<std::size_t> next;
      for (const std::size_t k : order) {
        for (std::size_t i = 0; i < sum.size(); ++i) tried[i] = (sum[i] + predicted[k][i]) / static_cast<double>(size);
        const Score score{kendall_tau(tried, targets), rmse(tried, targets)};
        if (!better(score, score_)) continue;
        next = k;
        score_ = score;
      }
      if (!next) return;
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += predicted[*next][i];
      take(*next, 1);
    }
  }
  void take(std::size_t kind, std::size_t times) {
    const auto at = std::find(taken_.begin(), taken_.end(), kind) - taken_.begin();
    if (at == std::ssize(taken_)) {
      taken_.push_back(kind);
      members_.push_back({kinds_[kind].predictor, 0});
    }
    members_[static_cast<std::size_t>(at)].times += times;
  }
  /// Names and how often each counts, as saved; none where they are something else.
  static std::vector<std::pair<std::string, std::size_t>> took_in(const nlohmann::json& facts) {
    const nlohmann::json took = facts.is_object() ? facts.value("took", nlohmann::json()) : nlohmann::json();
    std::vector<std::pair<std::string, std::size_t>> out;
    for (const auto& one : took) {
      if (!one.is_array() || one.size() != 2 || !one[0].is_string() || !one[1].is_number_unsigned() || one[1] == 0) return {};
      out.emplace_back(one[0].get<std::string>(), one[1].get<std::size_t>());
    }
    return out;
  }

  AutoArgs args_;
  std::vector<Tried> kinds_;
  std::vector<std::size_t> taken_;  ///< kinds of the members, the best alone first
  Score score_;
  double scale_ = 0;  ///< mean of the targets
};

}  // namespace

Component auto_predictor(const std::vector<Component>& kinds) {
  return Declare<AutoArgs>(ComponentKind::predictor, "auto",
                           "Tries the other predictors by cross-validation and takes the best, or the best mean of several.")
      .arg("by", &AutoArgs::by, "rank: the largest Kendall tau; error: the smallest root mean squared error")
      .arg("folds", &AutoArgs::folds, "folds of the cross-validation", between(2, 20))
      .details(
          "Every predictor predicts each row from the folds that the row is not in; the predictions of all folds are judged "
          "together. "
          "It starts from the best and adds, up to five times, the one with which the mean of their predictions is best, any of "
          "them again too (forward selection with replacement); it ends when none makes the mean better. Those taken learn anew "
          "from all rows, and the summary tells what each counts (`gbdt, mlp (3:2)`) and how the others did. A mean has an "
          "interval where all its kinds have one, and is a sum over the "
          "features (what `oneproxy` takes) where all are: name a kind to count on either. These errors guided "
          "a "
          "choice, so "
          "they are a little too good; `validate` measures networks that no choice has seen. Not tried: lpm and gcn, which learn "
          "for many times as long as all others together (and gcn takes graphs, where the others take columns), ensemble, and "
          "predictors that look at the layers of networks.")
      .paper("Caruana, Niculescu-Mizil, Crew and Ksikes, Ensemble selection from libraries of models, ICML 2004")
      .example("predictor auto() of accuracy")
      .example("predictor auto(by = error) of latency")
      .builds([kinds](const AutoArgs& args, Services& services) -> Result<std::shared_ptr<void>> {
        std::vector<Tried> tried;
        for (const Component& kind : kinds) {
          auto made = make_named(kinds, kind.name, services);
          if (!made) return made.failure();
          tried.push_back({kind.name, std::move(*made)});
        }
        return std::shared_ptr<void>(std::static_pointer_cast<Predictor>(std::make_shared<Auto>(args, std::move(tried))));
      });
}

}  // namespace nas
