#pragma once

#include <cmath>
#include <set>

#include "../space/space_fixture.h"
#include "core/pareto.h"
#include "core/search.h"
#include "core/services.h"
#include "stdlib/register.h"

namespace nas::testing {

/// 3 x (3 kernels x 2 widths) = 216 networks, with a depth that switches genes off: 6 + 36 + 216 = 258.
inline std::unique_ptr<CompiledSpace> toy_space() {
  return compile(R"(def space toy() {
  input = image(channels = 3, size = 8)
  repeat block in choice(1, 2, 3) {
    conv(kernel = choice(1, 3, 5), out = choice(4, 8))
  }
  head = linear(10)
})");
}

/// Every canonical, valid network by counting through all genotypes.
inline std::vector<Arch> all_networks(const Space& space) {
  std::set<Arch> found;
  Arch genotype{std::vector<std::uint8_t>(space.gene_count(), 0)};
  while (true) {
    Arch arch = genotype;
    space.canonicalise(arch.genes);
    if (space.valid(arch.genes)) found.insert(arch);
    std::size_t gene = 0;
    while (gene < space.gene_count() && ++genotype.genes[gene] == space.genes()[gene].options.size()) genotype.genes[gene++] = 0;
    if (gene == space.gene_count()) return {found.begin(), found.end()};
  }
}

/// Two conflicting values with interactions between genes: an error that falls and a cost that rises with every option.
inline std::pair<double, double> toy_values(const Space& space, const Arch& arch) {
  const double cost = static_cast<double>(space.macs(arch.genes)) * 1e-9;
  Stream noise(arch.hash(), "toy");
  const double error = 1.0 / (1.0 + std::sqrt(static_cast<double>(space.params(arch.genes)))) + 0.02 * noise.uniform();
  return {error, cost};
}

struct NoServices : Services {
  Result<std::string> read_file(const std::string&) override { return Failure{}; }
  Result<std::string> input_path(const std::string&) override { return Failure{}; }
  Result<NetworkRunner*> runner() override { return Failure{}; }
  int threads() const override { return 1; }
};

template <typename Interface>
std::shared_ptr<Interface> component(ComponentKind kind, const std::string& name,
                                     const nlohmann::json& arguments = nlohmann::json::object()) {
  Registry registry;
  add_predictors(registry);
  add_searches(registry);
  add_tactics(registry);
  NoServices services;
  auto built = registry.find(kind, name)->build(arguments, services);
  return std::static_pointer_cast<Interface>(*built);
}

}  // namespace nas::testing
