#include <fmt/format.h>

#include <cmath>

#include "stdlib/predictors/nested.h"
#include "stdlib/predictors/predictors.h"
#include "stdlib/predictors/rows.h"

namespace nas {
namespace {

struct EnsembleArgs {
  std::vector<std::string> of = {"svr"};
  int members = 5;
};

class Ensemble : public MeanOfPredictors {
 public:
  using MeanOfPredictors::Member;
  /// `members` has as many of every kind, one kind behind the other.
  Ensemble(std::vector<std::string> of, std::vector<Member> members) : MeanOfPredictors(std::move(members)), of_(std::move(of)) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override {
    if (auto good = check_rows("ensemble", rows_needed(), features, targets); !good) return good;
    const std::size_t n = targets.size(), d = features.size() / n;
    std::vector<float> x(n * d);
    std::vector<double> y(n);
    for (std::size_t m = 0; m < members_.size(); ++m) {
      Stream drawn = stream.split(m);
      for (std::size_t i = 0; i < n; ++i) {
        const std::size_t row = drawn.below(static_cast<std::uint32_t>(n));
        std::copy_n(features.begin() + static_cast<std::ptrdiff_t>(row * d), d, x.begin() + static_cast<std::ptrdiff_t>(i * d));
        y[i] = targets[row];
      }
      if (auto done = members_[m].predictor->fit(x, y, drawn.split("fit")); !done) return done;
    }
    return {};
  }
  bool predict_with_deviation(std::span<const float> features, std::size_t n, std::span<double> out,
                              std::span<double> deviation) const override {
    const std::size_t count = members_.size();
    const std::vector<double> all = predict_by_member(features, n);
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0, squares = 0;
      for (std::size_t m = 0; m < count; ++m) sum += all[m * n + i];
      out[i] = sum / static_cast<double>(count);
      for (std::size_t m = 0; m < count; ++m) squares += (all[m * n + i] - out[i]) * (all[m * n + i] - out[i]);
      deviation[i] = std::sqrt(squares / static_cast<double>(count - 1));
    }
    return true;
  }
  std::string summary() const override {
    const std::size_t each = members_.size() / of_.size();
    const std::string text = of_.size() == 1 ? fmt::format("ensemble of {} {}", each, of_[0])
                                             : fmt::format("ensemble of {} each of {}", each, fmt::join(of_, ", "));
    return text + ", the first: " + members_[0].predictor->summary();
  }
  std::size_t rows_needed() const override {
    std::size_t most = 0;
    for (const Member& member : members_) most = std::max(most, member.predictor->rows_needed());
    return most;
  }

  Result<PredictorState> state() const override { return with_members({{{"of", of_}}, {}}); }
  Result<void> restore(const PredictorState& state) override { return restore_members(state); }

 private:
  std::vector<std::string> of_;
};

}  // namespace

Component ensemble_predictor(const std::vector<Component>& kinds) {
  Component component =
      Declare<EnsembleArgs>(ComponentKind::predictor, "ensemble",
                            "Several predictors of one kind or more, each on rows drawn anew; their mean.")
          .arg("of", &EnsembleArgs::of, "the kinds of its members, with their default arguments")
          .arg("members", &EnsembleArgs::members, "how many of each", between(2, 1000))
          .details(
              "Each member learns from as many rows as there are, drawn with replacement. The deviation of a prediction is how "
              "far the "
              "members differ (their sample standard deviation): it is large where rows are few, and says nothing about noise. "
              "Kinds that err in different places make up for one another, and a bad one spoils the mean: `show` them beside "
              "it. All members see the same features: of gcn they are graphs, `graph` unless told otherwise.")
          .paper("Breiman, Bagging predictors, Machine Learning 24 (1996)")
          .example("predictor ensemble(of = svr, members = 10) of accuracy")
          .example("predictor ensemble(of = [ridge, gbdt, svr]) of accuracy")
          .builds([kinds](const EnsembleArgs& args, Services& services) -> Result<std::shared_ptr<void>> {
            std::vector<Ensemble::Member> members;
            for (const std::string& kind : args.of)
              for (int m = 0; m < args.members; ++m) {
                auto made = make_named(kinds, kind, services);
                if (!made) return made.failure();
                members.push_back({std::move(*made)});
              }
            return std::shared_ptr<void>(
                std::static_pointer_cast<Predictor>(std::make_shared<Ensemble>(args.of, std::move(members))));
          });
  takes_names(component, "of", kinds);
  return component;
}

}  // namespace nas
