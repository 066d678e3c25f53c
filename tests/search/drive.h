#pragma once

#include <gtest/gtest.h>

#include "toy.h"

namespace nas::testing {

using Values = std::function<void(const Arch&, std::span<double>, double& violation)>;

struct Outcome {
  Population last;
  std::vector<Arch> asked;
};

/// Runs until the algorithm ends or `limit` networks were asked, cutting the last batch as `until` does; fails on a network that
/// was asked before.
inline Outcome drive(SearchAlgorithm& algorithm, const Space& space, std::size_t objectives, std::uint64_t seed,
                     const Values& values, std::size_t limit = ~std::size_t{0}) {
  Outcome out;
  std::set<Arch> seen;
  EXPECT_TRUE(algorithm.start(space, objectives, {}, Stream(seed, "search")));
  Population batch;
  while (out.asked.size() < limit) {
    EXPECT_TRUE(algorithm.ask(batch));
    if (batch.size() == 0) break;
    if (out.asked.size() + batch.size() > limit) {
      const std::size_t left = limit - out.asked.size();
      batch.genomes.resize(left * batch.genes);
      batch.objectives.resize(left * objectives);
      batch.violations.resize(left);
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const Arch arch = batch.arch(i);
      EXPECT_TRUE(seen.insert(arch).second) << "asked twice: " << space.spell(arch);
      Arch canonical = arch;
      space.canonicalise(canonical.genes);
      EXPECT_EQ(canonical, arch);
      EXPECT_TRUE(space.valid(arch.genes));
      values(arch, std::span(batch.objectives).subspan(i * objectives, objectives), batch.violations[i]);
      out.asked.push_back(arch);
    }
    algorithm.tell(batch);
  }
  out.last = algorithm.population();
  return out;
}

/// error and cost; costs above `limit` violate it, the error is scaled.
inline Values toy(const Space& space, double limit = 1e300, double scale = 1) {
  return [&space, limit, scale](const Arch& arch, std::span<double> out, double& violation) {
    const auto [error, cost] = toy_values(space, arch);
    out[0] = error * scale;
    out[1] = cost;
    violation = std::max(0.0, cost - limit);
  };
}

}  // namespace nas::testing
