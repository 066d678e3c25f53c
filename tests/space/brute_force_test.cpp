// Random small spaces, every genotype of them, against an interpreter that knows nothing of decision diagrams.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "random_space.h"
#include "space_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

constexpr int kSpaces = 80;
constexpr double kGenotypes = 5000;

/// Everything about a small space by counting through its genotypes.
struct Enumerated {
  std::unique_ptr<CompiledSpace> made;
  std::string text;
  bool one_to_one = true;  ///< in every second space no two options of an active choice come out equal
  std::vector<Arch> genotypes;
  std::vector<Meaning> meanings;            ///< of each genotype
  std::vector<Arch> canonical;              ///< of each genotype, as the space says
  std::set<Arch> networks;                  ///< valid canonical ones
  std::map<Arch, std::size_t> genotype_of;  ///< a canonical genome's own row
  const Space& space() const { return *made->space; }
};

std::vector<Arch> all_genotypes(const Space& space) {
  std::vector<Arch> rows;
  Arch row{std::vector<std::uint8_t>(space.gene_count(), 0)};
  while (true) {
    rows.push_back(row);
    std::size_t gene = 0;
    while (gene < row.genes.size() && ++row.genes[gene] == space.genes()[gene].options.size()) row.genes[gene++] = 0;
    if (gene == row.genes.size()) return rows;
  }
}

/// The i-th space: the first seed of its own sequence whose space is small enough.
const Enumerated& space_number(int i) {
  static std::map<int, std::unique_ptr<Enumerated>> all;
  auto& one = all[i];
  if (one) return *one;
  one = std::make_unique<Enumerated>();
  std::unique_ptr<RandomSpace> random;
  for (std::uint64_t seed = 1000 * static_cast<std::uint64_t>(i);; ++seed) {
    random = std::make_unique<RandomSpace>(seed, i % 2 == 1);
    if (random->genotypes() >= 12 && random->genotypes() <= kGenotypes) break;
  }
  one->text = random->text();
  one->one_to_one = i % 2 == 0;
  one->made = compile(random->text());
  if (!one->made->space) {
    ADD_FAILURE() << one->made->errors() << one->text;
    return *one;
  }
  const Space& space = one->space();
  one->genotypes = all_genotypes(space);
  for (const Arch& row : one->genotypes) {
    std::map<std::string, std::size_t> chosen;
    for (std::size_t gene = 0; gene < space.gene_count(); ++gene) chosen[space.genes()[gene].name] = row.genes[gene];
    one->meanings.push_back(random->meaning(chosen));
    Arch canonical = row;
    space.canonicalise(canonical.genes);
    if (one->meanings.back().valid) one->networks.insert(canonical);
    one->canonical.push_back(std::move(canonical));
  }
  for (std::size_t row = 0; row < one->genotypes.size(); ++row)
    if (one->genotypes[row] == one->canonical[row]) one->genotype_of[one->genotypes[row]] = row;
  std::set<std::string> names, expected;
  for (const Gene& gene : space.genes()) names.insert(fmt::format("{} {}", gene.name, gene.options.size()));
  for (const auto& [name, options] : random->choices()) expected.insert(fmt::format("{} {}", name, options));
  EXPECT_EQ(names, expected) << one->text;
  return *one;
}

/// A test on each of the random spaces, which ends at the first that fails.
void on_random_spaces(const std::function<void(const Enumerated&)>& test) {
  for (int i = 0; i < kSpaces; ++i) {
    const Enumerated& e = space_number(i);
    ASSERT_TRUE(e.made->space);
    SCOPED_TRACE(e.text);
    test(e);
    if (::testing::Test::HasFailure()) return;
  }
}

/// What is left of a valid genotype when, one after the other, choices whose options make no difference to the reference take
/// their first option.
Arch reduced(const Enumerated& e, const std::map<Arch, const Meaning*>& meaning, Arch arch) {
  for (Arch before; before != arch;) {
    before = arch;
    for (std::size_t gene = 0; gene < arch.genes.size(); ++gene) {
      Arch other = arch;
      bool matters = false;
      for (std::size_t option = 0; option < e.space().genes()[gene].options.size(); ++option) {
        other.genes[gene] = static_cast<std::uint8_t>(option);
        const Meaning &a = *meaning.at(other), &b = *meaning.at(arch);
        matters = matters || a.layers != b.layers || a.valid != b.valid;
      }
      if (!matters) arch.genes[gene] = 0;
    }
  }
  return arch;
}

}  // namespace

/// Genotypes are the product of options. The canonical genome is a fixed point and the same network: what is left when, one
/// after the other, choices whose options the reference does not tell apart take their first option. Where no two options come
/// out equal, one network has one canonical genome.
TEST(BruteForce, CountsAndCanonicalForm) {
  on_random_spaces([](const Enumerated& e) {
    const Space& space = e.space();
    EXPECT_EQ(space.genotypes(), static_cast<unsigned long>(e.genotypes.size()));
    std::map<Arch, const Meaning*> meaning;
    for (std::size_t i = 0; i < e.genotypes.size(); ++i) meaning[e.genotypes[i]] = &e.meanings[i];
    std::map<std::string, Arch> canonical_of;
    for (std::size_t i = 0; i < e.genotypes.size(); ++i) {
      ASSERT_EQ(space.valid(e.genotypes[i].genes), e.meanings[i].valid);
      if (e.meanings[i].valid) {
        ASSERT_EQ(reduced(e, meaning, e.genotypes[i]), e.canonical[i]) << space.spell(e.genotypes[i]);
      }
      ASSERT_TRUE(e.genotype_of.contains(e.canonical[i])) << "canonical form is a fixed point";
      const Meaning& same = e.meanings[e.genotype_of.at(e.canonical[i])];
      ASSERT_EQ(same.layers, e.meanings[i].layers) << space.spell(e.canonical[i]);
      ASSERT_EQ(same.valid, e.meanings[i].valid);
      if (!e.meanings[i].valid || !e.one_to_one) continue;
      const auto known = canonical_of.emplace(e.meanings[i].layers, e.canonical[i]).first;
      ASSERT_EQ(known->second, e.canonical[i]) << "one network, two canonical genomes\n" << e.meanings[i].layers;
    }
    EXPECT_EQ(space.networks(), static_cast<unsigned long>(e.networks.size()));
    if (e.one_to_one) {
      EXPECT_EQ(e.networks.size(), canonical_of.size());
    }
    std::set<Arch> visited;
    space.for_each_network([&](const Arch& arch) { return visited.insert(arch).second; });
    EXPECT_EQ(visited, e.networks);
    std::set<std::uint64_t> hashes;
    for (const Arch& arch : e.networks) hashes.insert(arch.hash());
    EXPECT_EQ(hashes.size(), e.networks.size());
  });
}

/// Active = the reference tells two options apart when nothing else changes.
TEST(BruteForce, ActiveChoicesAreThoseThatMatter) {
  on_random_spaces([](const Enumerated& e) {
    const Space& space = e.space();
    std::map<Arch, const Meaning*> meaning;
    for (std::size_t i = 0; i < e.genotypes.size(); ++i) meaning[e.genotypes[i]] = &e.meanings[i];
    std::vector<std::uint8_t> mask(space.gene_count());
    for (const Arch& arch : e.networks) {
      space.active(arch.genes, mask);
      for (std::size_t gene = 0; gene < space.gene_count(); ++gene) {
        bool matters = false;
        Arch other = arch;
        for (std::size_t option = 0; option < space.genes()[gene].options.size(); ++option) {
          other.genes[gene] = static_cast<std::uint8_t>(option);
          const Meaning& m = *meaning.at(other);
          matters = matters || m.layers != meaning.at(arch)->layers || m.valid != meaning.at(arch)->valid;
        }
        ASSERT_EQ(mask[gene] == 1, matters) << space.genes()[gene].name << " in " << space.spell(arch);
      }
    }
  });
}

/// The cost tables, the built network and the reference's closed forms agree; the extremes are the extremes.
TEST(BruteForce, CostsAndExtremes) {
  on_random_spaces([](const Enumerated& e) {
    const Space& space = e.space();
    std::pair<std::int64_t, std::int64_t> least{INT64_MAX, 0}, most{-1, 0};
    std::vector<std::uint8_t> genomes;
    std::vector<double> wanted_macs, wanted_params;
    for (const Arch& arch : e.networks) {
      const Meaning& meaning = e.meanings[e.genotype_of.at(arch)];
      const Network network = space.network(arch);
      ASSERT_EQ(space.macs(arch.genes), meaning.macs);
      ASSERT_EQ(space.params(arch.genes), meaning.params);
      ASSERT_EQ(network.macs(), meaning.macs);
      ASSERT_EQ(network.params(), meaning.params);
      ASSERT_EQ(network.output_shape(), (Shape{meaning.channels, meaning.size, meaning.size}));
      least = std::min(least, {meaning.macs, meaning.params});
      most = std::max(most, {meaning.macs, meaning.params});
      genomes.insert(genomes.end(), arch.genes.begin(), arch.genes.end());
      wanted_macs.push_back(static_cast<double>(meaning.macs));
      wanted_params.push_back(static_cast<double>(meaning.params));
    }
    // All of them at once, both costs and each alone.
    const std::size_t n = wanted_macs.size();
    std::vector<double> macs(n), params(n);
    space.costs(genomes, n, macs, params);
    EXPECT_EQ(macs, wanted_macs);
    EXPECT_EQ(params, wanted_params);
    space.macs(genomes, n, params);
    space.params(genomes, n, macs);
    EXPECT_EQ(params, wanted_macs);
    EXPECT_EQ(macs, wanted_params);
    EXPECT_TRUE(e.networks.contains(space.smallest()) && e.networks.contains(space.largest()));
    EXPECT_EQ(std::pair(space.macs(space.smallest().genes), space.params(space.smallest().genes)), least);
    EXPECT_EQ(std::pair(space.macs(space.largest().genes), space.params(space.largest().genes)), most);
  });
}

/// One column an option, all zero for inactive genes, one 1 for each active one; different networks have different rows.
TEST(BruteForce, FeaturesAreMaskedOneHotAndInjective) {
  on_random_spaces([](const Enumerated& e) {
    const Space& space = e.space();
    std::size_t columns = 0;
    for (const Gene& gene : space.genes()) columns += gene.options.size();
    ASSERT_EQ(space.feature_count(), columns);
    ASSERT_EQ(space.feature_names().size(), columns);
    std::set<std::vector<float>> rows;
    std::vector<std::uint8_t> mask(space.gene_count());
    for (const Arch& arch : e.networks) {
      std::vector<float> row(columns), expected;
      space.features(arch.genes, 1, row);
      space.active(arch.genes, mask);
      for (std::size_t gene = 0; gene < space.gene_count(); ++gene)
        for (std::size_t option = 0; option < space.genes()[gene].options.size(); ++option)
          expected.push_back(mask[gene] && arch.genes[gene] == option ? 1.0f : 0.0f);
      ASSERT_EQ(row, expected);
      rows.insert(row);
    }
    EXPECT_EQ(rows.size(), e.networks.size());
  });
}

/// Chi-square over the canonical networks, 200 draws a network, within four standard deviations: with 80 spaces and fixed seeds
/// a uniform sampler passes; one that draws genotypes uniformly fails in any space that masks something.
TEST(BruteForce, SamplesAreUniform) {
  on_random_spaces([](const Enumerated& e) {
    const Space& space = e.space();
    constexpr double kDraws = 200;
    const double n = static_cast<double>(e.networks.size());
    Stream stream(17, "uniform");
    std::vector<std::uint8_t> rows(static_cast<std::size_t>(n * kDraws) * space.gene_count());
    ASSERT_TRUE(space.sample(stream, static_cast<std::size_t>(n * kDraws), rows));
    std::map<Arch, int> seen;
    for (auto at = rows.begin(); at != rows.end(); at += static_cast<std::ptrdiff_t>(space.gene_count()))
      ++seen[Arch{{at, at + static_cast<std::ptrdiff_t>(space.gene_count())}}];
    double chi2 = 0;
    for (const Arch& arch : e.networks) chi2 += (seen[arch] - kDraws) * (seen[arch] - kDraws) / kDraws;
    EXPECT_EQ(seen.size(), e.networks.size()) << "something else was drawn";
    EXPECT_LT(chi2, n - 1 + 4 * std::sqrt(2 * (n - 1)) + 4);
  });
}

/// Two networks are neighbours when they have genotypes that differ in one gene.
TEST(BruteForce, NeighboursAreOneChoiceAway) {
  on_random_spaces([](const Enumerated& e) {
    const Space& space = e.space();
    std::map<Arch, std::size_t> row_of;
    for (std::size_t i = 0; i < e.genotypes.size(); ++i) row_of[e.genotypes[i]] = i;
    std::map<Arch, std::set<Arch>> expected;
    for (std::size_t i = 0; i < e.genotypes.size(); ++i) {
      if (!e.networks.contains(e.canonical[i])) continue;
      for (std::size_t gene = 0; gene < space.gene_count(); ++gene) {
        Arch other = e.genotypes[i];
        for (std::size_t option = 0; option < space.genes()[gene].options.size(); ++option) {
          other.genes[gene] = static_cast<std::uint8_t>(option);
          const Arch& next = e.canonical[row_of.at(other)];
          if (next != e.canonical[i] && e.networks.contains(next)) expected[e.canonical[i]].insert(next);
        }
      }
    }
    for (const Arch& arch : e.networks) {
      const auto found = space.neighbours(arch);
      ASSERT_TRUE(std::is_sorted(found.begin(), found.end()));
      ASSERT_EQ(std::set<Arch>(found.begin(), found.end()), expected[arch]) << space.spell(arch);
      ASSERT_EQ(found.size(), expected[arch].size());
    }
  });
}

/// A mutant is another valid network, and where a neighbour exists every neighbour comes up sooner or later.
TEST(BruteForce, MutationGivesAnotherNetwork) {
  on_random_spaces([](const Enumerated& e) {
    const Space& space = e.space();
    if (e.networks.size() < 2) return;
    Stream stream(19, "mutation");
    for (int i = 0; i < 400; ++i) {
      const Arch arch = *space.sample(stream);
      Arch mutant = arch;
      space.mutate(mutant.genes, stream);
      ASSERT_NE(mutant, arch);
      ASSERT_TRUE(e.networks.contains(mutant));
      const auto near = space.neighbours(arch);
      if (!near.empty()) {
        ASSERT_TRUE(std::binary_search(near.begin(), near.end(), mutant)) << space.spell(arch);
      }
    }
  });
}

/// Some way to take each gene from one of the parents, from the one that uses it where only one does, gives the child.
TEST(BruteForce, ChildrenAreMadeOfTheirParents) {
  on_random_spaces([](const Enumerated& e) {
    const Space& space = e.space();
    Stream stream(23, "crossover");
    std::vector<std::uint8_t> mask_a(space.gene_count()), mask_b(space.gene_count());
    int new_ones = 0;
    for (int i = 0; i < 200; ++i) {
      const Arch a = *space.sample(stream), b = *space.sample(stream);
      Arch child{std::vector<std::uint8_t>(space.gene_count())};
      space.crossover(a.genes, b.genes, child.genes, stream);
      ASSERT_TRUE(e.networks.contains(child));
      new_ones += child != a && child != b;
      space.active(a.genes, mask_a);
      space.active(b.genes, mask_b);
      std::vector<std::size_t> open;
      Arch mixed = a;
      for (std::size_t gene = 0; gene < space.gene_count(); ++gene) {
        if (mask_b[gene] && !mask_a[gene])
          mixed.genes[gene] = b.genes[gene];
        else if (mask_a[gene] == mask_b[gene] && a.genes[gene] != b.genes[gene])
          open.push_back(gene);
      }
      bool explained = child == a;
      for (std::size_t bits = 0; bits < (std::size_t{1} << open.size()) && !explained; ++bits) {
        for (std::size_t j = 0; j < open.size(); ++j) mixed.genes[open[j]] = (bits >> j & 1 ? b : a).genes[open[j]];
        Arch canonical = mixed;
        space.canonicalise(canonical.genes);
        explained = canonical == child;
      }
      ASSERT_TRUE(explained) << space.spell(a) << " x " << space.spell(b) << " = " << space.spell(child);
    }
    if (e.networks.size() > 50) {
      EXPECT_GT(new_ones, 20);
    }
  });
}

/// What is printed is read back: by genes, and as one line.
TEST(BruteForce, SpellingsAreReadBack) {
  on_random_spaces([](const Enumerated& e) {
    for (const Arch& arch : e.networks) {
      const auto by_genes = e.space().parse_genes(e.space().gene_values(arch));
      ASSERT_TRUE(by_genes) << by_genes.failure().message;
      ASSERT_EQ(*by_genes, arch);
    }
  });
}

/// `require` leaves exactly the networks within its bounds, and every move stays among them.
TEST(BruteForce, RequirementsLeaveTheirNetworks) {
  on_random_spaces([](const Enumerated& e) {
    std::vector<std::int64_t> macs;
    for (const Arch& arch : e.networks) macs.push_back(e.space().macs(arch.genes));
    std::sort(macs.begin(), macs.end());
    const std::int64_t low = macs[macs.size() / 4], high = macs[3 * macs.size() / 4];
    std::string text = e.text;
    text.insert(text.rfind('}'), fmt::format("  require macs >= {} and macs <= {}\n", low, high));
    auto made = compile(text);
    ASSERT_TRUE(made->space) << made->errors();
    const Space& space = *made->space;
    std::set<Arch> left, found;
    for (const Arch& arch : e.networks)
      if (const auto m = e.space().macs(arch.genes); m >= low && m <= high) left.insert(arch);
    space.for_each_network([&](const Arch& arch) { return found.insert(arch).second; });
    EXPECT_EQ(found, left);
    EXPECT_TRUE(left.contains(space.smallest()) && left.contains(space.largest()));
    EXPECT_EQ(space.macs(space.smallest().genes), low);
    EXPECT_EQ(space.macs(space.largest().genes), high);
    Stream stream(29, "requirements");
    for (int i = 0; i < 200; ++i) {
      const Arch a = *space.sample(stream), b = *space.sample(stream);
      ASSERT_TRUE(left.contains(a));
      Arch mutant = a, child = a;
      space.mutate(mutant.genes, stream);
      ASSERT_TRUE(left.contains(mutant));
      if (left.size() > 1) {
        ASSERT_NE(mutant, a);
      }
      space.crossover(a.genes, b.genes, child.genes, stream);
      ASSERT_TRUE(left.contains(child));
      if (i >= 20) continue;
      std::vector<Arch> near;
      for (const Arch& arch : e.space().neighbours(a))
        if (left.contains(arch)) near.push_back(arch);
      ASSERT_EQ(space.neighbours(a), near);
    }
  });
}
