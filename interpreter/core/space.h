#pragma once

#include <gmpxx.h>

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/network.h"
#include "core/result.h"
#include "core/rng.h"

namespace nas {

/// One decision of a space. The value of a gene in an `Arch` is the index of an option.
struct Gene {
  std::string name;                  ///< path: "stage[2].block[3].kernel"
  std::vector<std::string> options;  ///< how each option prints: "3", "nor_conv_3x3"
  std::vector<double> numbers;       ///< the options as numbers where all are numbers, else empty
};

/// A point in a space: option indices, one per gene, canonical.
struct Arch {
  std::vector<std::uint8_t> genes;

  std::uint64_t hash() const;
  bool operator==(const Arch&) const = default;
  std::strong_ordering operator<=>(const Arch& other) const;  ///< gene by gene
};

/// How the world outside writes an architecture (`spelling` of a space): named fields in order.
/// A text spelling has one field.
struct Spelling {
  std::string name;  ///< "ofa", "nasbench"
  bool is_text = false;
  std::vector<std::string> fields;   ///< "ks", "e", "d", "r"; for a text spelling {"arch"}
  std::vector<std::size_t> lengths;  ///< how many values each field holds
};

/// A named way to turn a network into numbers that predictors learn from (`features` of a space).
struct Encoding {
  std::string name;                  ///< "ofa_128"
  std::vector<std::string> columns;  ///< "ks[1]" ...
};

class SpaceProgram;  // the compiled form; private to core

/// A typed tree of choices with conditions, compiled from `.nas`. Immutable; all functions are safe to call from several
/// threads at once. Genomes are rows of `gene_count()` bytes.
///
/// A gene is inactive where no other option of it, everything else unchanged, gives another network or makes one invalid;
/// "canonical" means that inactive genes are 0. Networks are told apart by their canonical genomes: options that are written
/// apart count apart where the choice has an effect, though rounding may make two of them equal, and so do layers that come out
/// equal through several choices (a skipped last block against one block less).
class Space {
 public:
  explicit Space(std::shared_ptr<const SpaceProgram> program);

  const std::string& name() const;
  /// Changes exactly when genes, conditions or networks change: part of every reuse key.
  const std::string& key() const;
  std::span<const Gene> genes() const;
  std::size_t gene_count() const;
  std::optional<std::size_t> find_gene(std::string_view name) const;
  /// E401 where there is none of that name, with the nearest.
  Result<std::size_t> gene_named(const std::string& gene) const;
  const Shape& input_shape() const;

  mpz_class genotypes() const;  ///< product of the option counts
  mpz_class networks() const;   ///< canonical genomes that satisfy the guards of arms, before `require`
  bool has_requirements() const;

  /// The canonical genome of the same network. No allocation.
  void canonicalise(std::span<std::uint8_t> genome) const;
  /// One byte per gene of a canonical genome, 1 = active. No allocation.
  void active(std::span<const std::uint8_t> genome, std::span<std::uint8_t> mask) const;
  /// Guards of arms hold and every `require` of the space is met (macs, params ... of the network).
  bool valid(std::span<const std::uint8_t> genome) const;

  /// Uniform over the distinct networks; by rejection where the space has `require`s (a failure after 100,000 draws).
  Result<Arch> sample(Stream& stream) const;
  /// The same into rows of `out` (n x gene_count).
  Result<void> sample(Stream& stream, std::size_t n, std::span<std::uint8_t> out) const;
  /// Gene by gene, as published searches draw: small networks as often as large ones, where `sample` meets mostly those with
  /// many active genes. Over the n rows every option of a gene stands equally often (to one) before inactive genes are masked
  /// and invalid rows are drawn anew: a Latin hypercube. Rows may repeat.
  Result<void> sample_evenly(Stream& stream, std::size_t n, std::span<std::uint8_t> out) const;
  /// Fewest MACs, then fewest parameters. Exact; of a space with `require` and more than 100,000 networks the best that sampling
  /// and descent over neighbours find.
  Arch smallest() const;
  Arch largest() const;  ///< most MACs, then most parameters
  /// Every network once, in a fixed order and without holding them: the first one, and the one behind `genome` in its place.
  /// False where there is none. For spaces of up to 2^52 networks.
  bool first_network(std::span<std::uint8_t> genome) const;
  bool next_network(std::span<std::uint8_t> genome) const;
  /// The same networks until `visit` gives false.
  void for_each_network(const std::function<bool(const Arch&)>& visit) const;
  /// Another network: one active gene of a canonical genome set to another option, canonical and valid; choices that this
  /// brings in are drawn. A network drawn anew where 100 such changes gave nothing valid.
  void mutate(std::span<std::uint8_t> genome, Stream& stream) const;
  /// Uniform crossover of two canonical genomes, canonical; a gene that is active in one parent only comes from that one.
  /// A copy of `a` where 100 mixtures were invalid.
  void crossover(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, std::span<std::uint8_t> child,
                 Stream& stream) const;
  /// All valid networks one changed gene away from `arch`, in order; choices that the change brings in take every option.
  /// Symmetric. Their number is the product of the options brought in, of which one change takes the first 65,536 at most.
  std::vector<Arch> neighbours(const Arch& arch) const;
  /// Number of genes in which two canonical genomes differ, inactive against active counted as a difference.
  int distance(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) const;

  /// One column per option of every gene; the columns of an inactive gene are all zero.
  std::size_t feature_count() const;
  std::vector<std::string> feature_names() const;  ///< "stage[2].block[3].kernel=5"
  /// n canonical rows -> n x feature_count, row-major.
  void features(std::span<const std::uint8_t> genomes, std::size_t n, std::span<float> out) const;

  /// The other encodings that the space names; the one-hot columns above need no name.
  const std::vector<Encoding>& encodings() const;
  std::optional<std::size_t> find_encoding(std::string_view name) const;
  /// n canonical rows -> n x columns of that encoding, row-major.
  void encode(std::size_t encoding, std::span<const std::uint8_t> genomes, std::size_t n, std::span<float> out) const;
  /// Changes exactly when a column's meaning changes: part of the key of what was learnt from it.
  std::string encoding_key(std::size_t encoding) const;

  /// The concrete layers of one architecture.
  Network network(const Arch& arch) const;
  std::span<const WeightSlot> weight_slots() const;
  /// Sums of tables over the genes, exactly equal to `network(a).macs()` and `.params()`. No allocation.
  std::int64_t macs(std::span<const std::uint8_t> genome) const;
  std::int64_t params(std::span<const std::uint8_t> genome) const;
  /// The same of n genomes, one behind the other; several times as fast. An empty span leaves that cost out. Exact below 2^53.
  void costs(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> macs, std::span<double> params) const;
  void macs(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const { costs(genomes, n, out, {}); }
  void params(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const { costs(genomes, n, {}, out); }
  std::int64_t peak_memory_bytes(const Arch& arch) const;

  /// What can be made elastic: genes that change only kernels, widths or depth (weights shared by slicing) against genes
  /// that choose between operators (own weights).
  enum class GeneRole : std::uint8_t { kernel, width, depth, operation, wiring, resolution };
  GeneRole role(std::size_t gene) const;

  std::vector<Spelling> spellings() const;
  /// Values of the spelling's fields for one arch; every field's values as text.
  std::vector<std::vector<std::string>> spell(const Arch& arch, std::size_t spelling) const;
  /// One line: a text spelling as it is, else `ks=7-5-..,e=..,d=..`; without spellings `gene=option,...` of active genes.
  std::string spell(const Arch& arch) const;
  /// Reads fields as `spell` writes them; inactive values are accepted and ignored, or left out of their list.
  Result<Arch> parse(std::size_t spelling, const std::vector<std::vector<std::string>>& fields) const;
  /// Reads a text spelling, or the one-line form of `spell`.
  Result<Arch> parse(std::string_view text) const;
  /// `gene path = option` pairs of the active genes; parse_genes(gene_values(a)) == a.
  std::vector<std::pair<std::string, std::string>> gene_values(const Arch& arch) const;
  Result<Arch> parse_genes(const std::vector<std::pair<std::string, std::string>>& values) const;

  /// The space restricted to listed networks (`pool(net, table)`): sampling, mutation and crossover stay inside.
  Space restricted_to(std::vector<Arch> pool) const;
  std::span<const Arch> pool() const;  ///< empty where the space is not restricted
  /// What this space was restricted or reduced from, with all its networks; itself where it is whole.
  const Space& whole() const { return whole_ ? *whole_ : *this; }
  /// The space without some options: `keep[gene][option]`. Genomes, features, weights and the key stay those of this space, so
  /// what was measured or trained here serves there; counts, samples, extremes and moves are those of what is left. A Failure
  /// when nothing is left, or when the conditions are too entangled to count.
  Result<Space> reduced_to(const std::vector<std::vector<bool>>& keep) const;
  /// The same from the options that go, each written as `stage[1].block[2].kernel = 5`. E401, E405 where there is no such option.
  Result<Space> without(std::span<const std::string> options) const;
  /// The options that a reduced space lacks, as `without` takes them; empty for a whole space.
  std::vector<std::string> dropped() const;

  const SpaceProgram& program() const { return *program_; }

 private:
  void find_valid_extremes();
  bool advance(std::span<std::uint8_t> genome, std::size_t decided) const;

  std::shared_ptr<const SpaceProgram> program_;
  std::shared_ptr<const Space> whole_;
  std::shared_ptr<const std::vector<Arch>> pool_;
  std::shared_ptr<const std::vector<std::vector<bool>>> kept_;  ///< options by gene, where some were dropped
  std::shared_ptr<const std::pair<Arch, Arch>> extremes_;       ///< smallest and largest where a `require` or a pool limits them
};

/// The values of a list as tables write it: `7-5-3`, `7 5 3`, `7_5_3`, `[7, 5, 3]`.
std::vector<std::string> split_values(std::string_view text);

}  // namespace nas
