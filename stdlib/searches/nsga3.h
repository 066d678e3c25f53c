#pragma once

#include "stdlib/searches/genetic.h"

namespace nas {

struct Nsga3Args : GeneticArgs {
  int partitions = 0;
};

/// NSGA-III (Deb and Jain, IEEE TEVC 18, 2014; constraints: part II) and, with tournaments inside niches, U-NSGA-III (Seada and
/// Deb, IEEE TEVC 20, 2016): the last front is filled evenly along reference directions. Objectives are scaled to the range of
/// the front before extreme points are sought, so that their units do not matter.
class Nsga3 : public GeneticSearch {
 public:
  Nsga3(const Nsga3Args& args, bool unified) : GeneticSearch(args), partitions_(args.partitions), unified_(unified) {}
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override;

 private:
  std::size_t select() override;
  void survive() override;
  void normalise(std::size_t front_end);
  void associate(std::size_t considered);
  void fill(std::size_t begin, std::size_t end, std::size_t kept);

  int partitions_;
  bool unified_;
  std::vector<double> directions_;
  FeasibleFirst fronts_;
  std::vector<std::uint32_t> rank_, niche_;  ///< of the parents, of the pool while it is ranked
  std::vector<double> distance_, missed_;    ///< to the niche's direction; violations
  std::vector<double> ideal_, extremes_, intercepts_, scaled_;
  std::vector<std::uint32_t> niche_count_, waiting_;
};

}  // namespace nas
