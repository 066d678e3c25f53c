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

/// A predictor that was tried, and how well it predicts rows that it has not learnt from.
struct Tried {
  std::string name;
  std::shared_ptr<Predictor> predictor;
  double tau = 0, rmse = 0;
  bool learns = false;  ///< from the rows at hand
};

class Auto : public Predictor {
 public:
  Auto(const AutoArgs& args, std::vector<Tried> kinds) : args_(args), kinds_(std::move(kinds)) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override {
    if (auto good = check_rows("auto", rows_needed(), features, targets); !good) return good;
    const std::size_t n = targets.size(), d = features.size() / n;
    const int folds = std::min<int>(args_.folds, static_cast<int>(n));
    Stream shuffle = stream.split("folds");
    const auto order = shuffled_rows(n, shuffle);
    for (Tried& kind : kinds_) kind = {kind.name, kind.predictor, 0, 0, true};
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
      kinds_[k].tau = kendall_tau(predicted[k], targets);
      kinds_[k].rmse = rmse(predicted[k], targets);
      if (!std::isfinite(kinds_[k].rmse)) kinds_[k].learns = false;
    }
    scale_ = std::fabs(mean(targets));
    rank_kinds();
    for (; chosen_ < ranking_.size(); ++chosen_) {
      Tried& kind = kinds_[ranking_[chosen_]];
      auto done = kind.predictor->fit(features, targets, stream.split(kind.name));
      if (done) return done;
      failed = done;
    }
    return failed ? Failure{"", "auto has no predictor that learns from these rows", ""} : failed;
  }
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    best().predict(features, n, out);
  }
  bool predict_with_deviation(std::span<const float> features, std::size_t n, std::span<double> out,
                              std::span<double> deviation) const override {
    return best().predict_with_deviation(features, n, out, deviation);
  }
  std::optional<LinearForm> linear_form() const override { return best().linear_form(); }
  std::vector<double> importance() const override { return best().importance(); }
  std::string summary() const override {
    const bool by_rank = args_.by == AutoBy::rank;
    auto score = [&](const Tried& kind) {
      if (by_rank) return std::isnan(kind.tau) ? std::string("undefined") : fmt::format("{:.3f}", kind.tau);
      return scale_ > 0 ? fmt::format("{:.3g} %", 100 * kind.rmse / scale_) : fmt::format("{:.3g}", kind.rmse);
    };
    const char* what = by_rank ? "Kendall tau" : scale_ > 0 ? "RMSE/mean" : "RMSE";
    std::string text = fmt::format("auto took {}: {}-fold {} {}", kinds_[ranking_[chosen_]].name, args_.folds, what,
                                   score(kinds_[ranking_[chosen_]]));
    const char* joint = "; ";
    for (std::size_t r = 0; r < ranking_.size(); ++r) {
      if (r == chosen_) continue;
      text += fmt::format("{}{} {}", joint, kinds_[ranking_[r]].name, score(kinds_[ranking_[r]]));
      joint = ", ";
    }
    return text + " (" + best().summary() + ")";
  }
  std::size_t rows_needed() const override { return 20; }

  Result<PredictorState> state() const override {
    auto part = best().state();
    if (!part) return part;
    PredictorState whole{{{"took", kinds_[ranking_[chosen_]].name}}, {}};
    std::vector<double> scores{scale_, static_cast<double>(chosen_)};
    for (const Tried& kind : kinds_) scores.insert(scores.end(), {kind.tau, kind.rmse, kind.learns ? 1.0 : 0.0});
    whole.arrays.push_back({"scores", std::move(scores)});
    save_part(whole, "predictor", std::move(*part));
    return whole;
  }
  Result<void> restore(const PredictorState& state) override {
    auto scores = saved_array(state, "auto", "scores", 2 + 3 * kinds_.size());
    if (!scores) return scores.failure();
    for (std::size_t k = 0; k < kinds_.size(); ++k) {
      kinds_[k].tau = (*scores)[2 + 3 * k];
      kinds_[k].rmse = (*scores)[3 + 3 * k];
      kinds_[k].learns = (*scores)[4 + 3 * k] != 0;
    }
    scale_ = (*scores)[0];
    rank_kinds();
    if (!((*scores)[1] >= 0 && (*scores)[1] < static_cast<double>(ranking_.size())))
      return Failure{"", "the saved auto does not fit together", ""};
    chosen_ = static_cast<std::size_t>((*scores)[1]);
    return kinds_[ranking_[chosen_]].predictor->restore(saved_part(state, "predictor"));
  }

 private:
  const Predictor& best() const { return *kinds_[ranking_[chosen_]].predictor; }
  /// The best first; a rank that is undefined (all predictions or values equal) is the worst.
  void rank_kinds() {
    ranking_.clear();
    for (std::size_t k = 0; k < kinds_.size(); ++k)
      if (kinds_[k].learns) ranking_.push_back(k);
    auto tau = [](const Tried& kind) { return std::isnan(kind.tau) ? -2 : kind.tau; };
    std::stable_sort(ranking_.begin(), ranking_.end(), [&](std::size_t a, std::size_t b) {
      const Tried &left = kinds_[a], &right = kinds_[b];
      if (args_.by == AutoBy::rank && tau(left) != tau(right)) return tau(left) > tau(right);
      return left.rmse < right.rmse;
    });
    chosen_ = 0;
  }

  AutoArgs args_;
  std::vector<Tried> kinds_;
  std::vector<std::size_t> ranking_;  ///< of those that learn
  std::size_t chosen_ = 0;
  double scale_ = 0;  ///< mean of the targets
};

}  // namespace

Component auto_predictor(const std::vector<Component>& kinds) {
  return Declare<AutoArgs>(ComponentKind::predictor, "auto", "Tries the other predictors by cross-validation and takes the best.")
      .arg("by", &AutoArgs::by, "rank: the largest Kendall tau; error: the smallest root mean squared error")
      .arg("folds", &AutoArgs::folds, "folds of the cross-validation", between(2, 20))
      .details(
          "Every predictor predicts each row from the folds that the row is not in; the predictions of all folds are judged "
          "together. "
          "The best learns anew from all rows, and its summary tells how far the others were behind. These errors guided a "
          "choice, so "
          "they are a little too good; `validate` measures networks that no choice has seen. Not tried: lpm and gcn, which learn "
          "for many times as long as all others together (and gcn takes graphs, where the others take columns), ensemble, and "
          "predictors that look at the layers of networks.")
      .paper("Stone, Journal of the Royal Statistical Society B 36 (1974)")
      .example("predictor auto() of accuracy")
      .example("predictor auto(by = error) of latency")
      .builds([kinds](const AutoArgs& args, Services& services) -> Result<std::shared_ptr<void>> {
        std::vector<Tried> tried;
        for (const Component& kind : kinds) {
          auto made = make_named(kinds, kind.name, services);
          if (!made) return made.failure();
          tried.push_back({kind.name, std::move(*made), 0, 0, true});
        }
        return std::shared_ptr<void>(std::static_pointer_cast<Predictor>(std::make_shared<Auto>(args, std::move(tried))));
      });
}

}  // namespace nas
