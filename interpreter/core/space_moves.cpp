#include <algorithm>
#include <cstring>

#include "core/scratch.h"
#include "core/space.h"
#include "core/space_program.h"

namespace nas {
namespace {

constexpr int kMutationTries = 100;

}  // namespace

void Space::mutate(std::span<std::uint8_t> genome, Stream& stream) const {
  const std::size_t length = genome.size();
  Scratch mask(length), child(length);
  active(genome, mask.span());
  std::uint32_t choices = 0;
  for (std::size_t gene = 0; gene < length; ++gene) choices += mask.span()[gene] && program_->genes[gene].options.size() > 1;
  if (choices == 0) return;
  for (int tries = 0; tries < kMutationTries; ++tries) {
    std::uint32_t pick = stream.below(choices);
    std::size_t gene = 0;
    for (;; ++gene)
      if (mask.span()[gene] && program_->genes[gene].options.size() > 1 && pick-- == 0) break;
    const auto options = static_cast<std::uint32_t>(program_->genes[gene].options.size());
    std::copy(genome.begin(), genome.end(), child.span().begin());
    const std::uint32_t step = 1 + stream.below(options - 1);
    child.span()[gene] = static_cast<std::uint8_t>((genome[gene] + step) % options);
    // Genes that become active by it start anywhere, not always at their first option.
    Scratch now(length);
    active(child.span(), now.span());
    if (std::memcmp(now.span().data(), mask.span().data(), length) != 0) {
      for (std::size_t g = 0; g < length; ++g)
        if (now.span()[g] && !mask.span()[g])
          child.span()[g] =
              static_cast<std::uint8_t>(stream.below(static_cast<std::uint32_t>(program_->genes[g].options.size())));
      canonicalise(child.span());
    }
    if (!valid(child.span())) continue;
    std::copy(child.span().begin(), child.span().end(), genome.begin());
    return;
  }
  if (pool_) {
    const Arch& arch = (*pool_)[stream.below(static_cast<std::uint32_t>(pool_->size()))];
    std::copy(arch.genes.begin(), arch.genes.end(), genome.begin());
  }
}

void Space::crossover(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, std::span<std::uint8_t> child,
                      Stream& stream) const {
  const bool check_validity = !program_->valid.empty() || has_requirements() || pool_;
  for (int tries = 0; tries < kMutationTries; ++tries) {
    std::uint64_t bits = 0;
    for (std::size_t gene = 0; gene < child.size(); gene += 8) {
      if (gene % 64 == 0) bits = stream.next();
      // Eight bits become eight bytes of 0 or 255 that pick from a or from b.
      const std::uint64_t spread = ((bits & 255) * 0x0101010101010101ULL) & 0x8040201008040201ULL;
      const std::uint64_t pick = (((spread + 0x7f7f7f7f7f7f7f7fULL) >> 7) & 0x0101010101010101ULL) * 255;
      const std::size_t count = std::min<std::size_t>(8, child.size() - gene);
      std::uint64_t from_a = 0, from_b = 0;
      std::memcpy(&from_a, a.data() + gene, count);
      std::memcpy(&from_b, b.data() + gene, count);
      const std::uint64_t mixed = (from_a & pick) | (from_b & ~pick);
      std::memcpy(child.data() + gene, &mixed, count);
      bits >>= 8;
    }
    canonicalise(child);
    if (!check_validity || valid(child)) return;
  }
  std::copy(a.begin(), a.end(), child.begin());
}

std::vector<Arch> Space::neighbours(const Arch& arch) const {
  std::vector<Arch> found;
  std::vector<std::uint8_t> mask(gene_count());
  active(arch.genes, mask);
  for (std::size_t gene = 0; gene < gene_count(); ++gene) {
    if (!mask[gene]) continue;
    for (std::size_t option = 0; option < program_->genes[gene].options.size(); ++option) {
      if (option == arch.genes[gene]) continue;
      Arch other = arch;
      other.genes[gene] = static_cast<std::uint8_t>(option);
      canonicalise(other.genes);
      if (other != arch && valid(other.genes)) found.push_back(std::move(other));
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

int Space::distance(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) const {
  Scratch mask_a(gene_count()), mask_b(gene_count());
  active(a, mask_a.span());
  active(b, mask_b.span());
  int different = 0;
  for (std::size_t gene = 0; gene < gene_count(); ++gene)
    different += a[gene] != b[gene] || mask_a.span()[gene] != mask_b.span()[gene];
  return different;
}

}  // namespace nas
