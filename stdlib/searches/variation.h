#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/component.h"
#include "core/search.h"

namespace nas {

/// How two parents make a child.
enum class Crossover {
  uniform,    ///< every gene from either parent
  one_point,  ///< the first genes from one parent, the rest from the other
  per_stage,  ///< whole stages, the genes whose paths begin alike, from either parent
};
template <>
struct Labels<Crossover> {
  static constexpr std::string_view names[] = {"uniform", "one_point", "per_stage"};
};

/// What a mutation changes. With a rate every active gene (or block) changes with that probability, at least one does.
enum class Mutation {
  reset,  ///< a gene gets any other option
  step,   ///< a gene moves to the next option up or down, as the space lists them
  block,  ///< the genes of one block, which share a path, are redrawn together
};
template <>
struct Labels<Mutation> {
  static constexpr std::string_view names[] = {"reset", "step", "block"};
};

/// Operators and how often they act; every genetic search takes them.
struct VariationArgs {
  Crossover crossover = Crossover::uniform;
  Rated<Mutation> mutation;
  double crossover_share = 0.9;
  double mutation_share = 0.9;
};

/// Crossover and mutation on canonical genomes of one space. Children are canonical and valid. Nothing is allocated after
/// `start`.
class Variation {
 public:
  explicit Variation(const VariationArgs& args) : args_(args) {}
  void start(const Space& space);
  void cross(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, std::span<std::uint8_t> child, Stream& stream);
  /// Changes at least one active gene; where no valid change is found in 100 draws the genome stays.
  void mutate(std::span<std::uint8_t> genome, Stream& stream);
  /// A child of two parents: crossed and mutated with the shares of the arguments. After failed `tries` it always mutates, and
  /// every third further try once more: close relatives are used up late in a search.
  void breed(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, std::span<std::uint8_t> child, int tries,
             Stream& stream);

 private:
  void wake(std::span<std::uint8_t> genome, Stream& stream);

  VariationArgs args_;
  const Space* space_ = nullptr;
  std::vector<std::uint32_t> options_;   ///< per gene
  std::vector<std::uint32_t> stage_of_;  ///< per gene
  std::uint32_t stages_ = 0;
  std::vector<std::vector<std::uint32_t>> units_;  ///< genes that change together
  std::vector<std::uint8_t> active_, now_, draft_, from_;
  std::vector<std::uint32_t> live_;
};

/// The genomes that were ever asked for, by 64-bit hash; open addressing, grows by doubling twice.
/// Genomes are canonical, so that equal networks are equal genomes.
class SeenGenomes {
 public:
  static std::uint64_t hash_of(std::span<const std::uint8_t> genome);
  /// False when the genome was there already.
  bool insert(std::span<const std::uint8_t> genome) { return insert_hash(hash_of(genome)); }
  /// The same for a hash that is known; not 0.
  bool insert_hash(std::uint64_t hash);
  bool contains(std::span<const std::uint8_t> genome) const;
  /// Fetches the place of a hash that will be inserted soon.
  void expect(std::uint64_t hash) const { __builtin_prefetch(&slots_[(hash >> 20) & (slots_.size() - 1)]); }
  std::size_t size() const { return size_; }
  /// Room for so many genomes, up to half a megabyte: what is not asked for is not touched.
  void expect_many(std::size_t genomes);

 private:
  void grow_to(std::size_t slots);

  std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(1024, 0);
  std::size_t size_ = 0;
};

/// Draws for one new child before a search gives up on it: small spaces run out of networks.
inline constexpr int kBreedingTries = 30;

/// Up to `wanted` distinct networks that `seen` does not hold: those of `first`, then evenly drawn samples. Adds them to `out`.
Result<void> sample_fresh(const Space& space, std::span<const Arch> first, std::size_t wanted, SeenGenomes& seen, Stream& stream,
                          Population& out);

/// Up to `wanted` children that `seen` does not hold. `breed(child, tries)` writes one and may draw further away with more tries.
template <typename Breed>
void breed_fresh(std::size_t genes, std::size_t wanted, SeenGenomes& seen, std::vector<std::uint64_t>& hashes, Population& out,
                 Breed breed) {
  // All children first, then the look-ups: their places in a table of millions come from memory meanwhile.
  out.genomes.resize(wanted * genes);
  hashes.resize(wanted);
  for (std::size_t n = 0; n < wanted; ++n) {
    breed(out.genome(n), 0);
    hashes[n] = SeenGenomes::hash_of(out.genome(n));
    seen.expect(hashes[n]);
  }
  std::size_t kept = 0;
  for (std::size_t n = 0; n < wanted; ++n) {
    bool fresh = seen.insert_hash(hashes[n]);
    for (int tries = 1; tries < kBreedingTries && !fresh; ++tries) {
      breed(out.genome(n), tries);
      fresh = seen.insert(out.genome(n));
    }
    if (!fresh) continue;
    if (kept != n) std::copy_n(out.genome(n).begin(), genes, out.genome(kept).begin());
    ++kept;
  }
  out.genomes.resize(kept * genes);
}

/// The rows that `seen` does not hold; adds them to it.
Population unseen(const Population& rows, SeenGenomes& seen);

/// No rows, for genomes of `genes` genes with `objectives` values; keeps the memory.
void clear(Population& rows, std::size_t genes, std::size_t objectives);
/// Row i of `from` at the end of `to`.
void append(Population& to, const Population& from, std::size_t i);
/// All rows of `from` at the end of `to`.
void append(Population& to, const Population& from);
/// Room for the values of the genomes that are there.
void make_room_for_values(Population& rows);

/// Declares the mutation of VariationArgs, which `Args` derives from.
template <typename Args>
Declare<Args>& mutation_argument(Declare<Args>& declaration) {
  return declaration.arg(
      "mutation", static_cast<Rated<Mutation> Args::*>(&VariationArgs::mutation),
      "what changes: reset a gene, step it to the next option, redraw a block; block(0.1) changes every block with that "
      "probability");
}
/// Declares crossover and mutation of VariationArgs, which `Args` derives from.
template <typename Args>
Declare<Args>& operator_arguments(Declare<Args>& declaration) {
  declaration.arg("crossover", static_cast<Crossover Args::*>(&VariationArgs::crossover),
                  "how two parents mix: uniform by gene, one_point at a cut, per_stage by whole stages");
  return mutation_argument(declaration);
}
/// Declares all arguments of VariationArgs, which `Args` derives from.
template <typename Args>
Declare<Args>& variation_arguments(Declare<Args>& declaration) {
  return operator_arguments(declaration)
      .arg("crossover_share", static_cast<double Args::*>(&VariationArgs::crossover_share),
           "share of children that mix two parents", between(0, 1))
      .arg("mutation_share", static_cast<double Args::*>(&VariationArgs::mutation_share), "share of children that mutate",
           between(0, 1));
}

}  // namespace nas
