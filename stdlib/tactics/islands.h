#pragma once

#include <string_view>
#include <unordered_map>

#include "core/component.h"
#include "stdlib/searches/genetic.h"

namespace nas {

/// Which island's migrants arrive where.
enum class Topology {
  ring,      ///< each island sends to the next one
  complete,  ///< each sends to all others
};
template <>
struct Labels<Topology> {
  static constexpr std::string_view names[] = {"ring", "complete"};
};

struct IslandsArgs {
  int count = 4;
  int interval = 10;
  int migrants = 2;
  Topology topology = Topology::ring;
};

/// Several searches of one kind side by side, each with its own population and random numbers; after every `interval`
/// generations the best networks of each visit its neighbours, which take them up where they are good enough there
/// (best-replace-worst: Cantu-Paz, Journal of Heuristics 7, 2001). Its batches hold those of all islands; a network that several
/// islands ask for is asked for once.
class Islands : public SearchAlgorithm {
 public:
  Islands(std::vector<std::shared_ptr<SearchAlgorithm>> islands, IslandsArgs args, int threads)
      : islands_(std::move(islands)), args_(args), threads_(threads), asked_(islands_.size()), places_(islands_.size()) {}

  Result<void> suits(const Space& space, std::size_t objectives) const override { return islands_[0]->suits(space, objectives); }
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override;
  Result<void> ask(Population& out) override;
  void tell(const Population& evaluated) override;
  /// Every island is told, as if they had found them.
  void welcome(const Population& migrants) override;
  bool compares_infeasible() const override { return islands_[0]->compares_infeasible(); }
  /// The populations of all islands, each network once.
  const Population& population() const override;
  std::size_t batch_size() const override;
  std::size_t evaluations() const override;

 private:
  template <typename Work>
  void on_each(std::size_t networks, Work work);
  void deliver();
  void migrate();
  Population best_of(const Population& rows);

  std::vector<std::shared_ptr<SearchAlgorithm>> islands_;
  IslandsArgs args_;
  int threads_;
  std::vector<Population> asked_;                   ///< the batch of each island
  std::vector<std::vector<std::uint32_t>> places_;  ///< per row of it the row of `known_`
  Population known_;                                ///< every network that any island asked for
  std::unordered_map<std::uint64_t, std::uint32_t> row_of_;
  std::size_t valued_ = 0;     ///< rows of `known_` with values
  std::size_t delivered_ = 0;  ///< networks told since the last migration
  Stream stream_{0, ""};
  FeasibleFirst fronts_;
  mutable Population union_;
};

void add_islands(Registry& registry);

}  // namespace nas
