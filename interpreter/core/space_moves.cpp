#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

#include "core/gene_words.h"
#include "core/scratch.h"
#include "core/space.h"
#include "core/space_program.h"

namespace nas {
namespace {

constexpr int kMutationTries = 100;
constexpr std::size_t kNeighboursOfOneGene = 65536;
constexpr std::uint32_t kNearMembers = 8;

/// How many genes of each member of a pool differ from a genome, 255 at most.
std::vector<std::uint8_t> differences(const std::vector<Arch>& pool, std::span<const std::uint8_t> genome) {
  constexpr std::size_t kBlock = 240;  // a byte counts so many
  std::vector<std::uint8_t> out(pool.size());
  for (std::size_t i = 0; i < pool.size(); ++i) {
    const std::uint8_t* member = pool[i].genes.data();
    std::uint32_t different = 0;
    for (std::size_t begin = 0; begin < genome.size(); begin += kBlock) {
      const std::size_t end = std::min(genome.size(), begin + kBlock);
      std::uint8_t here = 0;
      for (std::size_t g = begin; g < end; ++g) here = static_cast<std::uint8_t>(here + (member[g] != genome[g]));
      different += here;
    }
    out[i] = static_cast<std::uint8_t>(std::min(different, 255u));
  }
  return out;
}

/// One of the nearest members of a pool, all equally likely: as many whole distances as hold `wanted` of them. Members that are
/// `taken` are left out. Null where all are.
template <typename Taken>
const Arch* near_member(const std::vector<Arch>& pool, std::span<const std::uint8_t> genome, std::size_t wanted, Taken taken,
                        Stream& stream) {
  const std::vector<std::uint8_t> distance = differences(pool, genome);
  std::array<std::uint32_t, 256> members{};
  for (const std::uint8_t d : distance) ++members[d];
  std::vector<std::size_t> near;
  for (std::size_t d = 0; d < members.size() && near.size() < wanted; ++d) {
    if (members[d] == 0) continue;
    for (std::size_t i = 0; i < pool.size(); ++i)
      if (distance[i] == d && !taken(pool[i])) near.push_back(i);
  }
  return near.empty() ? nullptr : &pool[near[stream.below(static_cast<std::uint32_t>(near.size()))]];
}

}  // namespace

Result<void> Space::sample_evenly(Stream& stream, std::size_t n, std::span<std::uint8_t> out) const {
  if (pool_) return sample(stream, n, out);
  const std::size_t length = gene_count();
  std::vector<std::uint8_t> column(n);
  for (std::size_t gene = 0; gene < length; ++gene) {
    // Whole rounds of the options, then some of them, so that none is ahead by more than one.
    const auto options = static_cast<std::uint32_t>(program_->genes[gene].options.size());
    const std::uint32_t turn = stream.below(options);
    for (std::size_t i = 0; i < n; ++i) column[i] = static_cast<std::uint8_t>((turn + i) % options);
    for (std::size_t i = n; i > 1; --i) std::swap(column[i - 1], column[stream.below(static_cast<std::uint32_t>(i))]);
    for (std::size_t i = 0; i < n; ++i) out[i * length + gene] = column[i];
  }
  for (std::size_t i = 0; i < n; ++i) {
    const auto row = out.subspan(i * length, length);
    canonicalise(row);
    for (int tries = 0; !valid(row); ++tries) {
      if (tries == kMutationTries) {
        if (auto drawn = sample(stream, 1, row); !drawn) return drawn;
        break;
      }
      for (std::size_t gene = 0; gene < length; ++gene)
        row[gene] = static_cast<std::uint8_t>(stream.below(static_cast<std::uint32_t>(program_->genes[gene].options.size())));
      canonicalise(row);
    }
  }
  return {};
}

bool Space::first_network(std::span<std::uint8_t> genome) const {
  if (pool_) {
    if (pool_->empty()) return false;
    std::copy(pool_->front().genes.begin(), pool_->front().genes.end(), genome.begin());
    return true;
  }
  std::fill(genome.begin(), genome.end(), std::uint8_t{0});
  return advance(genome, 0) && (!has_requirements() || valid(genome) || next_network(genome));
}

bool Space::next_network(std::span<std::uint8_t> genome) const {
  if (pool_) {
    const auto behind = std::upper_bound(pool_->begin(), pool_->end(), genome, [](const auto& g, const Arch& arch) {
      return std::lexicographical_compare(g.begin(), g.end(), arch.genes.begin(), arch.genes.end());
    });
    if (behind == pool_->end()) return false;
    std::copy(behind->genes.begin(), behind->genes.end(), genome.begin());
    return true;
  }
  do {
    if (!advance(genome, program_->elimination.size())) return false;
  } while (has_requirements() && !valid(genome));
  return true;
}

/// The steps that sampling runs, as an odometer: the first `decided` steps have an option. With all of them decided the last step
/// that can go on does; those behind the change begin anew.
bool Space::advance(std::span<std::uint8_t> genome, std::size_t decided) const {
  const auto& steps = program_->elimination;
  // The next option at or behind `from` that any network has.
  auto choose = [&](const EliminationStep& step, std::size_t from) {
    std::size_t at = 0;
    for (const auto& [gene, stride] : step.strides) at += std::size_t{stride} * genome[gene];
    const std::size_t options = program_->genes[step.gene].options.size();
    const double* cumulative = step.cumulative.data() + at * options;
    for (std::size_t option = from; option < options; ++option)
      if (cumulative[option] > (option == 0 ? 0.0 : cumulative[option - 1])) {
        genome[step.gene] = static_cast<std::uint8_t>(option);
        return true;
      }
    return false;
  };
  if (decided == steps.size()) {
    do {
      if (decided == 0) return false;
      --decided;
    } while (!choose(steps[decided], std::size_t{genome[steps[decided].gene]} + 1));
    ++decided;
  }
  for (; decided < steps.size(); ++decided)
    if (!choose(steps[decided], 0)) return false;
  return true;
}

void Space::mutate(std::span<std::uint8_t> genome, Stream& stream) const {
  const std::size_t length = genome.size();
  if (pool_) {
    const auto itself = [&](const Arch& arch) { return std::equal(genome.begin(), genome.end(), arch.genes.begin()); };
    if (const Arch* near = near_member(*pool_, genome, kNearMembers, itself, stream))
      std::copy(near->genes.begin(), near->genes.end(), genome.begin());
    return;
  }
  Scratch mask(length), child(length), known(length), now(length);
  active(genome, mask.span());
  const std::uint32_t choices = count_ones(mask.span());
  if (choices == 0) return;
  for (int tries = 0; tries < kMutationTries; ++tries) {
    const std::size_t gene = nth_one(mask.span(), stream.below(choices));
    const auto options = static_cast<std::uint32_t>(program_->genes[gene].options.size());
    std::copy(genome.begin(), genome.end(), child.span().begin());
    const std::uint32_t option = genome[gene] + 1 + stream.below(options - 1);
    child.span()[gene] = static_cast<std::uint8_t>(option < options ? option : option - options);
    bool changed = program_->decides[gene] != 0;
    if (changed) {
      active(child.span(), now.span());
      changed = std::memcmp(now.span().data(), mask.span().data(), length) != 0;
    }
    // Genes that become active by it start anywhere, not always at their first option, and may bring in further ones.
    if (changed) {
      std::copy(mask.span().begin(), mask.span().end(), known.span().begin());
      for (bool grew = true; grew;) {
        grew = false;
        for (std::size_t at = 0; at < length; at += kWord) {
          std::uint64_t fresh =
              load_word(now.span().data() + at, length - at) & ~load_word(known.span().data() + at, length - at);
          for (; fresh != 0; fresh &= fresh - 1) {
            const std::size_t g = at + static_cast<std::size_t>(std::countr_zero(fresh)) / 8;
            child.span()[g] =
                static_cast<std::uint8_t>(stream.below(static_cast<std::uint32_t>(program_->genes[g].options.size())));
            known.span()[g] = 1;
            grew = true;
          }
        }
        if (grew) active(child.span(), now.span());
      }
      canonicalise(child.span());
      if (std::equal(genome.begin(), genome.end(), child.span().begin())) continue;
    }
    if (!valid(child.span())) continue;
    std::copy(child.span().begin(), child.span().end(), genome.begin());
    return;
  }
  for (int tries = 0; tries < kMutationTries; ++tries) {
    const auto drawn = sample(stream);
    if (!drawn) return;
    if (std::equal(genome.begin(), genome.end(), drawn->genes.begin())) continue;
    std::copy(drawn->genes.begin(), drawn->genes.end(), genome.begin());
    return;
  }
}

void Space::crossover(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, std::span<std::uint8_t> child,
                      Stream& stream) const {
  const bool check_validity = !program_->valid.empty() || has_requirements();
  Scratch active_a(child.size()), active_b(child.size());
  active(a, active_a.span());
  active(b, active_b.span());
  for (int tries = 0; tries < kMutationTries; ++tries) {
    std::uint64_t bits = 0;
    for (std::size_t gene = 0; gene < child.size(); gene += kWord) {
      if (gene % 64 == 0) bits = stream.next();
      // Eight bits become eight bytes of 0 or 255 that pick from a or from b.
      const std::uint64_t spread = ((bits & 255) * 0x0101010101010101ULL) & 0x8040201008040201ULL;
      const std::uint64_t random = (((spread + 0x7f7f7f7f7f7f7f7fULL) >> 7) & 0x0101010101010101ULL) * 255;
      const std::size_t count = child.size() - gene;
      const std::uint64_t from_a = load_word(a.data() + gene, count), from_b = load_word(b.data() + gene, count),
                          in_a = load_word(active_a.span().data() + gene, count),
                          in_b = load_word(active_b.span().data() + gene, count);
      const std::uint64_t only_one = (in_a ^ in_b) * 255, only_a = (in_a & ~in_b) * 255;
      const std::uint64_t pick = only_a | (random & ~only_one);
      store_word(child.data() + gene, count, (from_a & pick) | (from_b & ~pick));
      bits >>= 8;
    }
    canonicalise(child);
    if (pool_) break;
    if (!check_validity || valid(child)) return;
  }
  if (pool_) {
    const auto parent = [&](const Arch& arch) {
      return std::equal(a.begin(), a.end(), arch.genes.begin()) || std::equal(b.begin(), b.end(), arch.genes.begin());
    };
    if (const Arch* near = near_member(*pool_, child, 1, parent, stream)) {
      std::copy(near->genes.begin(), near->genes.end(), child.begin());
      return;
    }
  }
  std::copy(a.begin(), a.end(), child.begin());
}

std::vector<Arch> Space::neighbours(const Arch& arch) const {
  const std::size_t length = gene_count();
  std::vector<std::uint8_t> here(length), there(length), decided(length);
  active(arch.genes, here);
  // What each choice may be without leaving this network: its option, any where it is inactive.
  std::vector<std::vector<std::uint8_t>> same(length);
  for (std::size_t gene = 0; gene < length; ++gene) same[gene] = {arch.genes[gene]};
  const auto is_this = [&](Arch other) {
    canonicalise(other.genes);
    return other == arch;
  };
  const auto find_same = [&](std::size_t gene) {
    for (std::size_t option = 0; option < program_->genes[gene].options.size(); ++option) {
      Arch other = arch;
      other.genes[gene] = static_cast<std::uint8_t>(option);
      if (option != arch.genes[gene] && is_this(other)) same[gene].push_back(static_cast<std::uint8_t>(option));
    }
  };
  for (std::size_t gene = 0; gene < length; ++gene)
    if (!here[gene]) find_same(gene);

  std::vector<Arch> found;
  for (std::size_t changed = 0; changed < length; ++changed) {
    if (!here[changed]) continue;
    const std::size_t before = found.size();
    Arch other = arch;
    const std::function<void()> decide_rest = [&] {
      active(other.genes, there);
      std::size_t gene = 0;
      while (gene < length && (gene == changed || decided[gene] || !there[gene] || same[gene].size() == 1)) ++gene;
      if (gene == length) {
        Arch back = other;
        back.genes[changed] = arch.genes[changed];
        Arch next = other;
        canonicalise(next.genes);
        if (next != arch && valid(next.genes) && is_this(std::move(back))) found.push_back(std::move(next));
        return;
      }
      decided[gene] = 1;
      for (const auto option : same[gene]) {
        if (found.size() - before >= kNeighboursOfOneGene) break;
        other.genes[gene] = option;
        decide_rest();
      }
      other.genes[gene] = arch.genes[gene];
      decided[gene] = 0;
    };
    for (std::size_t option = 0; option < program_->genes[changed].options.size(); ++option) {
      other.genes[changed] = static_cast<std::uint8_t>(option);
      if (option != arch.genes[changed]) decide_rest();
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
