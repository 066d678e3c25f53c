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

class Ensemble : public Predictor {
 public:
  /// `members` has as many of every kind, one kind behind the other.
  Ensemble(std::vector<std::string> of, std::vector<std::shared_ptr<Predictor>> members)
      : of_(std::move(of)), members_(std::move(members)) {}

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
      if (auto done = members_[m]->fit(x, y, drawn.split("fit")); !done) return done;
    }
    return {};
  }
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    std::vector<double> deviation(n);
    predict_with_deviation(features, n, out, deviation);
  }
  bool predict_with_deviation(std::span<const float> features, std::size_t n, std::span<double> out,
                              std::span<double> deviation) const override {
    const std::size_t count = members_.size();
    std::vector<double> all(count * n);
    for (std::size_t m = 0; m < count; ++m) members_[m]->predict(features, n, std::span(all).subspan(m * n, n));
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0, squares = 0;
      for (std::size_t m = 0; m < count; ++m) sum += all[m * n + i];
      out[i] = sum / static_cast<double>(count);
      for (std::size_t m = 0; m < count; ++m) squares += (all[m * n + i] - out[i]) * (all[m * n + i] - out[i]);
      deviation[i] = std::sqrt(squares / static_cast<double>(count - 1));
    }
    return true;
  }
  std::optional<LinearForm> linear_form() const override {
    LinearForm mean;
    for (const auto& member : members_) {
      const auto form = member->linear_form();
      if (!form) return std::nullopt;
      mean.weights.resize(form->weights.size());
      mean.intercept += form->intercept / static_cast<double>(members_.size());
      for (std::size_t j = 0; j < mean.weights.size(); ++j)
        mean.weights[j] += form->weights[j] / static_cast<double>(members_.size());
    }
    return mean;
  }
  std::vector<double> importance() const override {
    std::vector<double> mean;
    for (const auto& member : members_) {
      const auto shares = member->importance();
      if (shares.empty() || (!mean.empty() && shares.size() != mean.size())) return {};
      mean.resize(shares.size());
      for (std::size_t j = 0; j < mean.size(); ++j) mean[j] += shares[j] / static_cast<double>(members_.size());
    }
    return mean;
  }
  std::string summary() const override {
    const std::size_t each = members_.size() / of_.size();
    const std::string text = of_.size() == 1 ? fmt::format("ensemble of {} {}", each, of_[0])
                                             : fmt::format("ensemble of {} each of {}", each, fmt::join(of_, ", "));
    return text + ", the first: " + members_[0]->summary();
  }
  std::size_t rows_needed() const override {
    std::size_t most = 0;
    for (const auto& member : members_) most = std::max(most, member->rows_needed());
    return most;
  }

  Result<PredictorState> state() const override {
    PredictorState whole{{{"of", of_}}, {}};
    for (std::size_t m = 0; m < members_.size(); ++m) {
      auto part = members_[m]->state();
      if (!part) return part;
      save_part(whole, fmt::format("member{}", m), std::move(*part));
    }
    return whole;
  }
  Result<void> restore(const PredictorState& state) override {
    for (std::size_t m = 0; m < members_.size(); ++m)
      if (auto read = members_[m]->restore(saved_part(state, fmt::format("member{}", m))); !read) return read;
    return {};
  }

 private:
  std::vector<std::string> of_;
  std::vector<std::shared_ptr<Predictor>> members_;
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
            std::vector<std::shared_ptr<Predictor>> members;
            for (const std::string& kind : args.of)
              for (int m = 0; m < args.members; ++m) {
                auto made = make_named(kinds, kind, services);
                if (!made) return made.failure();
                members.push_back(std::move(*made));
              }
            return std::shared_ptr<void>(
                std::static_pointer_cast<Predictor>(std::make_shared<Ensemble>(args.of, std::move(members))));
          });
  takes_names(component, "of", kinds);
  return component;
}

}  // namespace nas
