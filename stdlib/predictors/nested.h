#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/component.h"
#include "core/predictor.h"

namespace nas {

/// Adds what a predictor inside another has learnt, under a name of its own.
void save_part(PredictorState& whole, const std::string& name, PredictorState part);
/// That part again; empty where there is none.
PredictorState saved_part(const PredictorState& whole, const std::string& name);

/// The mean of what its members predict, in which each counts once or more often.
class MeanOfPredictors : public Predictor {
 public:
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override;
  /// The mean of theirs, where all have one.
  std::optional<LinearForm> linear_form() const override;
  std::vector<double> importance() const override;

 protected:
  struct Member {
    std::shared_ptr<Predictor> predictor;
    std::size_t times = 1;
  };
  explicit MeanOfPredictors(std::vector<Member> members) : members_(std::move(members)) {}
  double times() const;
  /// What each predicts, one member behind the other.
  std::vector<double> predict_by_member(std::span<const float> features, std::size_t n) const;
  /// Adds what every member has learnt to `whole`.
  Result<PredictorState> with_members(PredictorState whole) const;
  Result<void> restore_members(const PredictorState& state);

  std::vector<Member> members_;
};

/// One predictor of a component of this list, with its default arguments.
Result<std::shared_ptr<Predictor>> make_named(const std::vector<Component>& components, const std::string& name,
                                              Services& services);

/// Lets an argument of a component be one or more of the names of the list, written without quotes.
void takes_names(Component& component, const std::string& argument, const std::vector<Component>& components);

}  // namespace nas
