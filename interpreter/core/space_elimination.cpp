#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>

#include "core/gene_tables.h"
#include "core/space_program.h"

namespace nas {
namespace {

constexpr std::size_t kLargestTable = std::size_t{1} << 22;

/// A table over the assignments of some genes, ascending.
template <typename T>
struct Factor {
  std::vector<std::uint16_t> genes;
  std::vector<T> table;
};

/// A set of genes, a bit each.
class GeneSet {
 public:
  explicit GeneSet(std::size_t genes) : words_((genes + 63) / 64, 0) {}
  GeneSet(const std::vector<std::uint16_t>& members, std::size_t genes) : GeneSet(genes) {
    for (const std::uint16_t gene : members) words_[gene / 64] |= std::uint64_t{1} << (gene % 64);
  }
  bool has(std::size_t gene) const { return words_[gene / 64] >> (gene % 64) & 1; }
  void clear() { std::fill(words_.begin(), words_.end(), 0); }
  void erase(std::size_t gene) { words_[gene / 64] &= ~(std::uint64_t{1} << (gene % 64)); }
  void add(const GeneSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  }
  std::vector<std::uint16_t> members() const {
    std::vector<std::uint16_t> genes;
    for_each([&](std::size_t gene) { genes.push_back(static_cast<std::uint16_t>(gene)); });
    return genes;
  }
  /// Over how many assignments a table of them goes.
  double assignments(const std::vector<Gene>& genes) const {
    double product = 1;
    for_each([&](std::size_t gene) { product *= static_cast<double>(genes[gene].options.size()); });
    return product;
  }

 private:
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1)
        visit(64 * i + static_cast<std::size_t>(std::countr_zero(word)));
  }

  std::vector<std::uint64_t> words_;
};

/// Variable elimination: multiplies factors and folds out one gene after the other, the one with the smallest neighbourhood
/// first. `fold(gene, weights)` gives the folded value of one row from the products for each option; `begin(gene, strides)`
/// announces the rows. False when a table would exceed kLargestTable.
template <typename T, typename Times, typename Begin, typename Fold>
bool eliminate_genes(std::vector<Factor<T>>& factors, const std::vector<Gene>& genes, const T& one, Times&& times, Begin&& begin,
                     Fold&& fold) {
  std::vector<std::uint8_t> genome(genes.size(), 0);
  std::vector<bool> done(genes.size(), false);
  std::vector<GeneSet> sets;  // the genes of each factor
  for (const auto& factor : factors) sets.emplace_back(factor.genes, genes.size());
  GeneSet scope(genes.size()), best_scope(genes.size());
  for (std::size_t round = 0; round < genes.size(); ++round) {
    std::size_t best = genes.size();
    double best_size = 0;
    for (std::size_t gene = 0; gene < genes.size(); ++gene) {
      if (done[gene]) continue;
      scope.clear();
      for (const GeneSet& set : sets)
        if (set.has(gene)) scope.add(set);
      scope.erase(gene);
      const double size = scope.assignments(genes);
      if (best != genes.size() && size >= best_size) continue;
      best = gene;
      best_size = size;
      std::swap(best_scope, scope);
      if (size <= 3) break;
    }
    done[best] = true;
    const auto options = genes[best].options.size();
    if (best_size * static_cast<double>(options) > static_cast<double>(kLargestTable)) return false;
    std::vector<Factor<T>> used;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < factors.size(); ++i) {
      if (sets[i].has(best)) {
        used.push_back(std::move(factors[i]));
      } else {
        if (kept < i) {
          factors[kept] = std::move(factors[i]);
          sets[kept] = std::move(sets[i]);
        }
        ++kept;
      }
    }
    factors.resize(kept);
    sets.resize(kept, GeneSet(0));
    Factor<T> result;
    result.genes = best_scope.members();
    std::vector<std::vector<std::pair<std::uint16_t, std::uint32_t>>> used_strides;
    for (const auto& factor : used) used_strides.push_back(strides_of(factor.genes, genes));
    begin(static_cast<std::uint16_t>(best), strides_of(result.genes, genes));
    std::vector<T> weights(options);
    for_each_assignment(result.genes, genes, genome, [&](std::size_t) {
      for (std::size_t option = 0; option < options; ++option) {
        genome[best] = static_cast<std::uint8_t>(option);
        weights[option] = one;
        for (std::size_t i = 0; i < used.size(); ++i)
          weights[option] = times(weights[option], used[i].table[row_of(used_strides[i], genome.data())]);
      }
      genome[best] = 0;
      result.table.push_back(fold(weights));
    });
    factors.push_back(std::move(result));
    sets.push_back(best_scope);
  }
  return true;
}

}  // namespace

std::vector<std::pair<std::vector<std::uint16_t>, std::vector<bool>>> SpaceProgram::constraints() const {
  std::vector<std::pair<std::vector<std::uint16_t>, std::vector<bool>>> found;
  std::vector<std::uint8_t> genome(genes.size(), 0);
  auto add = [&](std::vector<std::uint16_t> over, auto&& holds) {
    std::vector<bool> table;
    if (product_of_options(over, genes) <= static_cast<double>(kLargestTable))
      for_each_assignment(over, genes, genome, [&](std::size_t) { table.push_back(holds(genome.data())); });
    found.emplace_back(std::move(over), std::move(table));
  };
  for (std::size_t gene = 0; gene < genes.size(); ++gene) {
    if (always(active[gene])) continue;
    auto over = support(active[gene]);
    over.insert(std::lower_bound(over.begin(), over.end(), gene), static_cast<std::uint16_t>(gene));
    add(std::move(over), [&](const std::uint8_t* g) { return g[gene] == 0 || always(at_genome(active[gene], g)); });
  }
  for (const Value& condition : validity)
    add(support(condition), [&](const std::uint8_t* g) { return always(at_genome(condition, g)); });
  return found;
}

Failure SpaceProgram::entangled() const {
  return {"E504", fmt::format("the choices of space {} depend on each other in too many ways to count its networks", name),
          "bind shared choices closer to where they are used"};
}

Result<void> SpaceProgram::eliminate() {
  std::vector<Factor<mpz_class>> factors;
  for (auto& [over, table] : constraints()) {
    if (table.empty()) return entangled();
    factors.push_back({over, {table.begin(), table.end()}});
  }
  const bool counted = eliminate_genes<mpz_class>(
      factors, genes, mpz_class(1), [](const mpz_class& a, const mpz_class& b) { return mpz_class(a * b); },
      [&](std::uint16_t gene, auto strides) {
        elimination.push_back({gene, std::move(strides), {}});
      },
      [&](const std::vector<mpz_class>& weights) {
        mpz_class sum = 0;
        for (const mpz_class& weight : weights) sum += weight;
        mpz_class running = 0;
        for (const mpz_class& weight : weights) {
          running += weight;
          elimination.back().cumulative.push_back(sum == 0 ? 0.0 : mpq_class(running, sum).get_d());
        }
        return sum;
      });
  if (!counted) return entangled();
  network_count = 1;
  for (const auto& factor : factors) network_count *= factor.table.front();
  std::reverse(elimination.begin(), elimination.end());
  if (network_count == 0)
    return Failure{"E503", fmt::format("space {} is empty: the conditions of its choices cannot all hold", name),
                   "look at the `if` parts of its choices and at its `require`"};
  return {};
}

Result<Arch> SpaceProgram::least(CostWeights first, CostWeights then) const {
  // Exact: the same elimination over (cost, +) with the costs as further factors.
  using Cost = std::pair<std::int64_t, std::int64_t>;
  constexpr Cost kForbidden{std::numeric_limits<std::int64_t>::max() / 4, 0};
  std::vector<Factor<Cost>> factors;
  for (const CostTable& table : costs) {
    Factor<Cost> factor;
    for (const auto& [gene, stride] : table.strides) factor.genes.push_back(gene);
    for (const auto& [macs, params] : table.rows)
      factor.table.push_back({first.macs * macs + first.params * params, then.macs * macs + then.params * params});
    factors.push_back(std::move(factor));
  }
  for (const auto& [over, table] : constraints()) {
    Factor<Cost> factor{over, {}};
    for (const bool holds : table) factor.table.push_back(holds ? Cost{0, 0} : kForbidden);
    factors.push_back(std::move(factor));
  }
  struct Best {
    std::uint16_t gene;
    std::vector<std::pair<std::uint16_t, std::uint32_t>> strides;
    std::vector<std::uint8_t> option;
  };
  std::vector<Best> steps;
  const bool found = eliminate_genes<Cost>(
      factors, genes, Cost{0, 0},
      [&](const Cost& a, const Cost& b) {
        return a.first >= kForbidden.first || b.first >= kForbidden.first ? kForbidden
                                                                          : Cost{a.first + b.first, a.second + b.second};
      },
      [&](std::uint16_t gene, auto strides) {
        steps.push_back({gene, std::move(strides), {}});
      },
      [&](const std::vector<Cost>& weights) {
        const auto best = std::min_element(weights.begin(), weights.end());
        steps.back().option.push_back(static_cast<std::uint8_t>(best - weights.begin()));
        return *best;
      });
  if (!found) return entangled();
  Arch arch{std::vector<std::uint8_t>(genes.size(), 0)};
  for (auto it = steps.rbegin(); it != steps.rend(); ++it)
    arch.genes[it->gene] = it->option[row_of(it->strides, arch.genes.data())];
  return arch;
}

Result<void> SpaceProgram::find_extremes() {
  for (const bool largest_wanted : {false, true}) {
    const std::int64_t sign = largest_wanted ? -1 : 1;
    auto found = least({sign, 0}, {0, sign});
    if (!found) return found.failure();
    (largest_wanted ? largest : smallest) = std::move(*found);
  }
  return {};
}

}  // namespace nas
