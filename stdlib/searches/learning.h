#pragma once

#include <unordered_set>

#include "stdlib/searches/archive.h"
#include "stdlib/searches/genetic.h"

namespace nas {

struct LearningArgs : VariationArgs {
  int initial = 100;
  int evaluate = 50;
  int rounds = 20;
  int candidates = 10000;
};

/// What searches share that learn from the values they are told: random networks first, then rounds in which predictors learn
/// from everything that was measured, many networks that nobody has seen are estimated, and a few of them are asked for.
class LearningSearch : public SearchAlgorithm {
 public:
  void lend(Learner& learner) override { learner_ = &learner; }
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override;
  Result<void> ask(Population& out) override;
  void tell(const Population& evaluated) override;
  const Population& population() const override { return archive_.front(); }
  std::size_t batch_size() const override { return static_cast<std::size_t>(args_.evaluate); }
  std::size_t evaluations() const override {
    return static_cast<std::size_t>(args_.initial) + batch_size() * static_cast<std::size_t>(args_.rounds);
  }

 protected:
  explicit LearningSearch(const LearningArgs& args) : args_(args), variation_(args) {}
  /// Fills in objectives and violations of the candidates, by which the best are found.
  virtual Result<void> score(Learner& learner, Stream stream, Population& candidates) = 0;
  /// How many of the best candidates the round's networks are drawn from, uniformly.
  virtual std::size_t drawn_from() const = 0;

  Stream stream_{0, ""};

 private:
  Result<void> find_candidates();

  LearningArgs args_;
  Variation variation_;
  Learner* learner_ = nullptr;
  const Space* space_ = nullptr;
  int round_ = 0;
  std::vector<Arch> first_;
  std::unordered_set<std::uint64_t> seen_;  ///< SeenGenomes::hash_of
  Population measured_, candidates_;
  FeasibleFirst fronts_;
  FrontArchive archive_;
};

/// Declares the arguments of LearningArgs, which `Args` derives from.
template <typename Args>
Declare<Args>& learning_arguments(Declare<Args>& declaration) {
  declaration
      .arg("initial", static_cast<int Args::*>(&LearningArgs::initial), "random networks measured to learn from first",
           between(2, 1000000))
      .arg("evaluate", static_cast<int Args::*>(&LearningArgs::evaluate), "networks measured in every round after that",
           between(1, 1000000))
      .arg("rounds", static_cast<int Args::*>(&LearningArgs::rounds), "rounds after the random networks", between(1, 1000000))
      .length()
      .arg("candidates", static_cast<int Args::*>(&LearningArgs::candidates),
           "networks estimated in every round; a space of no more is estimated whole", between(10, 10000000));
  return mutation_argument(declaration.learns());
}

}  // namespace nas
