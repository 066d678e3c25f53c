#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "core/space.h"
#include "core/value.h"

namespace nas {

/// One primitive layer of the symbolic super-network. Everything that a choice can change is a diagram over the genes.
struct Site {
  LayerKind kind = LayerKind::input;
  Activation act = Activation::none;
  bool bias = false;
  bool causal = false;
  float epsilon = 1e-5f;
  std::string path;
  Value condition = true;  ///< bool: is the layer there at all
  Value kernel = 1, stride = 1, pad = 0, groups = 1, heads = 1;
  Value in, out;              ///< Shape
  std::vector<Value> inputs;  ///< Tensor
  /// Where alternatives meet (skipped blocks, chosen operators): passes on the one input that its diagram selects. It keeps
  /// the diagrams behind it small and is no layer of any network.
  bool merges = false;
  std::int32_t slot = -1;
};

/// A diagram over the genes whose leaves are small integers, flattened: [gene, child of option 0, ...] per node; a
/// negative child -1-v is the leaf v.
class FlatDiagram {
 public:
  FlatDiagram() = default;
  /// `leaf` numbers the plain values.
  FlatDiagram(const Value& value, const std::function<std::int32_t(const Value&)>& leaf);

  std::int32_t at(const std::uint8_t* genome) const {
    std::int32_t node = root_;
    while (node >= 0) node = data_[static_cast<std::size_t>(node) + 1 + genome[data_[static_cast<std::size_t>(node)]]];
    return -1 - node;
  }
  bool constant() const { return root_ < 0; }

 private:
  std::int32_t root_ = -1;
  std::vector<std::int32_t> data_;
};

/// Choices that have an effect under one condition; elsewhere they are inactive, and their canonical option is the first.
struct GeneSwitch {
  FlatDiagram on;
  std::vector<std::uint16_t> genes;
};

/// Switches over genes that always have a say, as a table over these genes: per row a byte for every gene, 1 where it is active,
/// padded to whole words of eight.
struct ActiveTable {
  std::vector<std::pair<std::uint16_t, std::uint32_t>> strides;  ///< gene, stride in the table
  std::vector<std::uint8_t> rows;
};

struct Costs {
  std::int64_t macs = 0, params = 0;

  Costs& operator+=(const Costs& other) {
    macs += other.macs;
    params += other.params;
    return *this;
  }
};

/// MACs and parameters of a group of sites as one table over the genes that they depend on.
struct CostTable {
  std::vector<std::pair<std::uint16_t, std::uint32_t>> strides;  ///< gene, stride in the table
  std::vector<Costs> rows;
};

/// A field of a spelling: one diagram per printed value.
struct SpellingField {
  std::string name;
  std::vector<Value> values;
};
struct SpellingProgram {
  Spelling spelling;
  std::vector<SpellingField> fields;  ///< list spelling
  std::vector<std::string> pieces;    ///< text spelling: literal, hole, literal, ... literal
  std::vector<Value> holes;
};

/// Diagrams of numbers, flattened; their leaves index `numbers`.
struct FlatColumns {
  std::vector<FlatDiagram> diagrams;
  std::vector<float> numbers;
};

/// The columns of one encoding: a diagram of numbers each, flattened when they are first asked for.
class EncodingProgram {
 public:
  explicit EncodingProgram(std::vector<Value> columns) : columns_(std::move(columns)) {}
  const FlatColumns& flat() const;
  std::string text() const;  ///< the diagrams, for keys

 private:
  std::vector<Value> columns_;
  mutable std::once_flag flat_once_;
  mutable FlatColumns flat_;
};

/// One step of eliminating a gene from the product of constraints; sampling runs the steps backwards.
struct EliminationStep {
  std::uint16_t gene = 0;
  std::vector<std::pair<std::uint16_t, std::uint32_t>> strides;  ///< genes that are still free then
  std::vector<double> cumulative;                                ///< rows x options: distribution of the gene
};

/// What a network costs in all: so much per operation, so much per parameter; may be negative.
struct CostWeights {
  std::int64_t macs = 0, params = 0;
};

/// The compiled form of a space: made once by `link`, then immutable.
class SpaceProgram {
 public:
  // Filled by the space compiler.
  std::string name;
  std::vector<Gene> genes;
  std::vector<bool> is_depth;   ///< the gene was written as the count of a `repeat`
  std::vector<Site> sites;      ///< topological order; site 0 is the input
  Value output;                 ///< Tensor
  std::vector<Value> validity;  ///< bool diagrams that must hold
  Conditions requirements;      ///< of `require` on macs, params, memory
  std::vector<SpellingProgram> spellings;
  std::vector<Encoding> encodings;  ///< filled after `link`: they speak of what is active
  std::vector<std::shared_ptr<const EncodingProgram>> encoded;

  // Derived by `link`.
  std::vector<WeightSlot> slots;
  /// Bool diagram per gene over the other genes: two of its options give different networks, or one of them an invalid one.
  std::vector<Value> active;
  std::vector<std::uint8_t> decides;  ///< 1 for a gene that the activity of others depends on
  std::vector<ActiveTable> active_tables;
  std::vector<GeneSwitch> switches;  ///< the rest; those that another depends on come first
  bool settles = true;               ///< one pass over switches gives the canonical form
  std::vector<FlatDiagram> valid;
  std::vector<CostTable> costs;
  std::vector<std::uint32_t> feature_start;  ///< first column of each gene, then the column count
  std::vector<Space::GeneRole> roles;
  std::vector<EliminationStep> elimination;
  mpz_class network_count;
  Arch smallest, largest;

  /// Derives everything. A Failure when the constraints are too entangled to count (names the limit), or nothing is valid.
  Result<void> link();
  const std::string& key() const;
  /// The same space under further conditions, linked; its key stays this one's.
  Result<std::shared_ptr<const SpaceProgram>> under(std::vector<Value> conditions) const;
  /// The network of the least cost of those that conditions of choices allow; `require` is not looked at. Exact, as long as sums
  /// stay below 2e18. Among equals `then` decides.
  Result<Arch> least(CostWeights first, CostWeights then = {}) const;

 private:
  void find_slots();
  void find_active();
  void find_switches();
  void find_costs();
  void find_roles();
  /// Genes and truth table of each condition on canonical genomes: inactive genes are 0, guards hold.
  /// A table too large to hold is empty.
  std::vector<std::pair<std::vector<std::uint16_t>, std::vector<bool>>> constraints() const;
  Failure entangled() const;
  Result<void> eliminate();
  Result<void> find_extremes();

  mutable std::once_flag key_once_;
  mutable std::string key_;
};

/// The concrete layer of a site for one genome, without inputs and path.
Layer layer_at(const Site& site, const std::uint8_t* genome);

}  // namespace nas
