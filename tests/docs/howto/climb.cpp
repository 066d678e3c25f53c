// A search: from a random network to its best neighbour, until no neighbour is better.
#include "core/component.h"
#include "core/search.h"
#include "stdlib/searches/variation.h"  // SeenGenomes

namespace nas {

struct ClimbArgs {
  int steps = 100;
};

class Climb : public SearchAlgorithm {
 public:
  explicit Climb(const ClimbArgs& args) : args_(args) {}

  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override {
    space_ = &space;
    at_ = {space.gene_count(), objectives, {}, {}, {}};
    auto begin = first.empty() ? space.sample(stream) : Result<Arch>(first.front());
    if (!begin) return begin.failure();
    next_ = {*begin};
    seen_.insert(begin->genes);
    return {};
  }

  /// An empty batch says that the search has ended.
  Result<void> ask(Population& out) override {
    out = {at_.genes, at_.objectives_per_row, {}, {}, {}};
    for (const Arch& arch : next_) out.genomes.insert(out.genomes.end(), arch.genes.begin(), arch.genes.end());
    out.objectives.assign(out.size() * out.objectives_per_row, 0);
    out.violations.assign(out.size(), 0);
    return {};
  }

  /// Every value is to be minimised; a smaller violation of the conditions comes first.
  void tell(const Population& evaluated) override {
    bool moved = false;
    for (std::size_t i = 0; i < evaluated.size(); ++i) {
      const std::pair seen(evaluated.violations[i], evaluated.objective(i)[0]);
      if (at_.size() > 0 && seen >= std::pair(at_.violations[0], at_.objectives[0])) continue;
      at_.genomes.assign(evaluated.genome(i).begin(), evaluated.genome(i).end());
      at_.objectives.assign(evaluated.objective(i).begin(), evaluated.objective(i).end());
      at_.violations = {evaluated.violations[i]};
      moved = true;
    }
    next_.clear();
    if (!moved || ++steps_ > args_.steps) return;
    for (Arch& arch : space_->neighbours(at_.arch(0)))
      if (seen_.insert(arch.genes)) next_.push_back(std::move(arch));
  }

  const Population& population() const override { return at_; }
  std::size_t batch_size() const override { return 50; }

 private:
  ClimbArgs args_;
  const Space* space_ = nullptr;
  Population at_;
  std::vector<Arch> next_;
  SeenGenomes seen_;  ///< no network is asked for twice
  int steps_ = 0;
};

Component climb() {
  return Declare<ClimbArgs>(ComponentKind::search, "climb", "Moves to the best neighbour until none is better.")
      .arg("steps", &ClimbArgs::steps, "moves at most", between(1, 100000))
      .objectives(1, 1)
      .example("search best = climb(steps = 20)")
      .builds([](const ClimbArgs& a, Services&) {
        return std::shared_ptr<void>(std::static_pointer_cast<SearchAlgorithm>(std::make_shared<Climb>(a)));
      });
}

}  // namespace nas
