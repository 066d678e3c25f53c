#include "core/network_predictor.h"

#include "core/check.h"

namespace nas {

std::vector<std::uint8_t> genomes_of(const Space& space, std::span<const float> features, std::size_t n) {
  std::vector<std::uint8_t> genomes;
  genomes.reserve(n * space.gene_count());
  const float* column = features.data();
  for (std::size_t i = 0; i < n; ++i)
    for (const Gene& gene : space.genes()) {
      std::uint8_t option = 0;
      for (std::size_t j = 1; j < gene.options.size(); ++j)
        if (column[j] != 0) option = static_cast<std::uint8_t>(j);
      genomes.push_back(option);
      column += gene.options.size();
    }
  return genomes;
}

void NetworkPredictor::over(std::shared_ptr<const Space> space, std::shared_ptr<const LayerProfile> layers) {
  space_ = std::move(space);
  layers_ = std::move(layers);
}

std::vector<Network> NetworkPredictor::networks(std::span<const float> features, std::size_t n) const {
  NAS_CHECK(space_);
  const std::vector<std::uint8_t> genomes = genomes_of(*space_, features, n);
  const auto length = static_cast<std::ptrdiff_t>(space_->gene_count());
  std::vector<Network> networks;
  networks.reserve(n);
  for (auto begin = genomes.begin(); networks.size() < n; begin += length)
    networks.push_back(space_->network(Arch{{begin, begin + length}}));
  return networks;
}

}  // namespace nas
