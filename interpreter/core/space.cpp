#include "core/space.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>

#include "core/check.h"
#include "core/diagnostic.h"
#include "core/gene_tables.h"
#include "core/gene_words.h"
#include "core/space_program.h"

namespace nas {
namespace {

constexpr int kSampleTries = 100000;
/// Spaces with a `require` up to this size are walked through for their extremes; larger ones are sampled and descended.
constexpr int kEnumerated = 100000;
constexpr int kStarts = 256;

}  // namespace

std::uint64_t Arch::hash() const {
  return stable_hash({reinterpret_cast<const char*>(genes.data()), genes.size()});
}

std::strong_ordering Arch::operator<=>(const Arch& other) const {
  return std::lexicographical_compare_three_way(genes.data(), genes.data() + genes.size(), other.genes.data(),
                                                other.genes.data() + other.genes.size());
}

Space::Space(std::shared_ptr<const SpaceProgram> program) : program_(std::move(program)) {
  if (has_requirements()) find_valid_extremes();
}

const std::string& Space::name() const {
  return program_->name;
}
const std::string& Space::key() const {
  return program_->key();
}
std::span<const Gene> Space::genes() const {
  return program_->genes;
}
std::size_t Space::gene_count() const {
  return program_->genes.size();
}
std::span<const Arch> Space::pool() const {
  return pool_ ? std::span<const Arch>(*pool_) : std::span<const Arch>();
}
bool Space::has_requirements() const {
  return !program_->requirements.items.empty();
}
std::span<const WeightSlot> Space::weight_slots() const {
  return program_->slots;
}
Space::GeneRole Space::role(std::size_t gene) const {
  return program_->roles[gene];
}
Arch Space::smallest() const {
  return extremes_ ? extremes_->first : program_->smallest;
}
Arch Space::largest() const {
  return extremes_ ? extremes_->second : program_->largest;
}
mpz_class Space::networks() const {
  return pool_ ? mpz_class(static_cast<unsigned long>(pool_->size())) : program_->network_count;
}

std::optional<std::size_t> Space::find_gene(std::string_view name) const {
  for (std::size_t i = 0; i < genes().size(); ++i)
    if (genes()[i].name == name) return i;
  return std::nullopt;
}

Result<std::size_t> Space::gene_named(const std::string& gene) const {
  if (const auto found = find_gene(gene)) return *found;
  std::vector<std::string> known;
  for (const Gene& g : genes()) known.push_back(g.name);
  const std::string near = did_you_mean(gene, known);
  constexpr std::size_t kShown = 6;
  const std::size_t shown = std::min(known.size(), kShown);
  std::string names = fmt::format("{}", fmt::join(known.begin(), known.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < known.size()) names += fmt::format(" and {} more", known.size() - shown);
  return Failure{"E401", fmt::format("space {} has no gene {}", name(), gene),
                 near.empty() ? "it has " + names : "did you mean " + near + "?"};
}

const Shape& Space::input_shape() const {
  return *at_genome(program_->sites.front().out, program_->largest.genes.data()).inline_if<Shape>();
}

mpz_class Space::genotypes() const {
  mpz_class product = 1;
  for (const Gene& gene : program_->genes) product *= static_cast<unsigned long>(gene.options.size());
  return product;
}

void Space::active(std::span<const std::uint8_t> genome, std::span<std::uint8_t> mask) const {
  const auto& tables = program_->active_tables;
  const std::size_t length = mask.size(), bytes = whole_words(length);
  if (tables.empty()) std::fill(mask.begin(), mask.end(), std::uint8_t{1});
  for (const ActiveTable& table : tables) {
    const std::uint8_t* row = table.rows.data() + row_of(table.strides, genome.data()) * bytes;
    if (&table == tables.data())
      std::memcpy(mask.data(), row, length);
    else
      for (std::size_t gene = 0; gene < length; gene += kWord)
        store_word(mask.data() + gene, length - gene,
                   load_word(row + gene, kWord) & load_word(mask.data() + gene, length - gene));
  }
  for (const GeneSwitch& group : program_->switches)
    if (!group.on.at(genome.data()))
      for (const auto gene : group.genes) mask[gene] = 0;
}

void Space::canonicalise(std::span<std::uint8_t> genome) const {
  const std::size_t length = genome.size(), bytes = whole_words(length);
  for (const ActiveTable& table : program_->active_tables) {
    const std::uint8_t* row = table.rows.data() + row_of(table.strides, genome.data()) * bytes;
    for (std::size_t gene = 0; gene < length; gene += kWord) {
      const std::uint64_t active = load_word(row + gene, kWord) * 255;
      store_word(genome.data() + gene, length - gene, load_word(genome.data() + gene, length - gene) & active);
    }
  }
  if (program_->switches.empty()) return;
  // One choice at a time gives way to an equal option, so the network stays what it is; genes only fall, so it ends.
  bool moved = true;
  while (moved) {
    moved = false;
    for (const GeneSwitch& group : program_->switches) {
      if (group.on.at(genome.data())) continue;
      for (const auto gene : group.genes) {
        moved = moved || genome[gene] != 0;
        genome[gene] = 0;
      }
    }
    if (program_->settles) return;
  }
}

namespace {

constexpr std::size_t kRowsAtOnce = 64;

/// A call of its own: joined loops over several genes would not run in lanes.
template <typename Row>
[[gnu::noinline]] void add_digits(Row* __restrict rows, const std::uint8_t* __restrict column, Row stride) {
  for (std::size_t i = 0; i < kRowsAtOnce; ++i) rows[i] = static_cast<Row>(rows[i] + static_cast<Row>(stride * Row{column[i]}));
}

/// Adds one table's values of up to 64 genomes, whose genes stand in columns of 64.
template <typename Row>
void add_table(const CostTable& table, const std::uint8_t* columns, std::span<Costs> sums) {
  std::array<Row, kRowsAtOnce> rows{};
  for (const auto& [gene, stride] : table.strides)
    add_digits(rows.data(), columns + gene * kRowsAtOnce, static_cast<Row>(stride));
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += table.rows[rows[i]];
}

Costs costs_of(const std::vector<CostTable>& tables, std::span<const std::uint8_t> genome) {
  Costs sum;
  for (const CostTable& table : tables) sum += table.rows[row_of(table.strides, genome.data())];
  return sum;
}

}  // namespace

std::int64_t Space::macs(std::span<const std::uint8_t> genome) const {
  return costs_of(program_->costs, genome).macs;
}
std::int64_t Space::params(std::span<const std::uint8_t> genome) const {
  return costs_of(program_->costs, genome).params;
}
void Space::costs(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> macs, std::span<double> params) const {
  const std::size_t length = gene_count();
  NAS_CHECK(genomes.size() == n * length && (macs.empty() || macs.size() == n) && (params.empty() || params.size() == n));
  thread_local std::vector<std::uint8_t> columns;
  columns.resize(whole_words(length) * kRowsAtOnce);
  for (std::size_t begin = 0; begin < n; begin += kRowsAtOnce) {
    const std::size_t rows = std::min(kRowsAtOnce, n - begin);
    for (std::size_t i = 0; i < rows; i += kWord)
      for (std::size_t gene = 0; gene < length; gene += kWord) {
        std::array<std::uint64_t, kWord> words{};
        for (std::size_t k = 0; k < std::min(kWord, rows - i); ++k)
          words[k] = load_word(genomes.data() + (begin + i + k) * length + gene, length - gene);
        transpose(words);
        for (std::size_t k = 0; k < kWord; ++k) store_word(columns.data() + (gene + k) * kRowsAtOnce + i, kWord, words[k]);
      }
    std::array<Costs, kRowsAtOnce> sums{};
    const std::span<Costs> used(sums.data(), rows);
    for (const CostTable& table : program_->costs)
      if (table.rows.size() <= std::numeric_limits<std::uint16_t>::max())
        add_table<std::uint16_t>(table, columns.data(), used);
      else
        add_table<std::uint32_t>(table, columns.data(), used);
    for (std::size_t i = 0; i < rows; ++i) {
      if (!macs.empty()) macs[begin + i] = static_cast<double>(sums[i].macs);
      if (!params.empty()) params[begin + i] = static_cast<double>(sums[i].params);
    }
  }
}

std::int64_t Space::peak_memory_bytes(const Arch& arch) const {
  return network(arch).peak_memory_bytes();
}

bool Space::valid(std::span<const std::uint8_t> genome) const {
  const SpaceProgram& p = *program_;
  for (const FlatDiagram& condition : p.valid)
    if (!condition.at(genome.data())) return false;
  for (const auto& item : p.requirements.items) {
    std::array<double, 8> metrics{};
    NAS_CHECK(item.formula.metrics.size() <= metrics.size());
    for (std::size_t i = 0; i < item.formula.metrics.size(); ++i) {
      const std::string& metric = item.formula.metrics[i].name;
      metrics[i] = metric == "macs"     ? static_cast<double>(macs(genome))
                   : metric == "params" ? static_cast<double>(params(genome))
                                        : static_cast<double>(peak_memory_bytes(Arch{{genome.begin(), genome.end()}}));
    }
    double value = 0;
    item.formula.expression.evaluate({metrics.data(), item.formula.metrics.size()}, item.formula.metrics.size(), {&value, 1});
    if (value < item.lower || value > item.upper) return false;
    if ((item.lower_open && value == item.lower) || (item.upper_open && value == item.upper)) return false;
  }
  if (pool_) {
    const Arch arch{{genome.begin(), genome.end()}};
    return std::binary_search(pool_->begin(), pool_->end(), arch);
  }
  return true;
}

Result<void> Space::sample(Stream& stream, std::size_t n, std::span<std::uint8_t> out) const {
  const std::size_t length = gene_count();
  if (has_requirements() && !extremes_ && !pool_ && networks() <= kEnumerated)
    return Failure{"E503", fmt::format("none of the {} networks of space {} meets its `require`", networks().get_str(), name()),
                   "loosen the bound, or shrink the layers"};
  for (std::size_t i = 0; i < n; ++i) {
    auto row = out.subspan(i * length, length);
    if (pool_) {
      const Arch& arch = (*pool_)[stream.below(static_cast<std::uint32_t>(pool_->size()))];
      std::copy(arch.genes.begin(), arch.genes.end(), row.begin());
      continue;
    }
    int tries = 0;
    do {
      if (++tries > kSampleTries)
        return Failure{"E503", fmt::format("no network of space {} met its `require` in {} random draws", name(), kSampleTries),
                       "loosen the bound, or shrink the layers"};
      for (const EliminationStep& step : program_->elimination) {
        std::size_t at = 0;
        for (const auto& [gene, stride] : step.strides) at += std::size_t{stride} * row[gene];
        const std::size_t options = program_->genes[step.gene].options.size();
        const double* cumulative = step.cumulative.data() + at * options;
        const double u = stream.uniform();
        std::size_t option = 0;
        while (option + 1 < options && u >= cumulative[option]) ++option;
        row[step.gene] = static_cast<std::uint8_t>(option);
      }
    } while (has_requirements() && !valid(row));
  }
  return {};
}

Result<Arch> Space::sample(Stream& stream) const {
  Arch arch{std::vector<std::uint8_t>(gene_count())};
  if (auto drawn = sample(stream, 1, arch.genes); !drawn) return drawn.failure();
  return arch;
}

std::size_t Space::feature_count() const {
  return program_->feature_start.back();
}

std::vector<std::string> Space::feature_names() const {
  std::vector<std::string> names;
  for (const Gene& gene : program_->genes)
    for (const std::string& option : gene.options) names.push_back(gene.name + "=" + option);
  return names;
}

void Space::features(std::span<const std::uint8_t> genomes, std::size_t n, std::span<float> out) const {
  const std::size_t length = gene_count(), columns = feature_count();
  NAS_CHECK(genomes.size() == n * length && out.size() == n * columns);
  std::fill(out.begin(), out.end(), 0.0f);
  std::vector<std::uint8_t> mask(length);
  for (std::size_t i = 0; i < n; ++i) {
    const auto genome = genomes.subspan(i * length, length);
    active(genome, mask);
    for (std::size_t gene = 0; gene < length; ++gene)
      out[i * columns + program_->feature_start[gene] + genome[gene]] = static_cast<float>(mask[gene]);
  }
}

const std::vector<Encoding>& Space::encodings() const {
  return program_->encodings;
}

std::optional<std::size_t> Space::find_encoding(std::string_view name) const {
  for (std::size_t i = 0; i < program_->encodings.size(); ++i)
    if (program_->encodings[i].name == name) return i;
  return std::nullopt;
}

void Space::encode(std::size_t encoding, std::span<const std::uint8_t> genomes, std::size_t n, std::span<float> out) const {
  const FlatColumns& e = program_->encoded.at(encoding)->flat();
  const std::size_t length = gene_count(), columns = e.diagrams.size();
  NAS_CHECK(genomes.size() == n * length && out.size() == n * columns);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < columns; ++j)
      out[i * columns + j] = e.numbers[static_cast<std::size_t>(e.diagrams[j].at(genomes.data() + i * length))];
}

std::string Space::encoding_key(std::size_t encoding) const {
  return digest_of(program_->encoded.at(encoding)->text());
}

Network Space::network(const Arch& arch) const {
  NAS_CHECK_EQ(arch.genes.size(), gene_count());
  const std::uint8_t* genome = arch.genes.data();
  Network net;
  std::vector<std::int32_t> layer_of(program_->sites.size(), -1);
  for (std::size_t i = 0; i < program_->sites.size(); ++i) {
    const Site& site = program_->sites[i];
    if (!always(at_genome(site.condition, genome))) continue;
    if (site.merges) {
      layer_of[i] = layer_of[static_cast<std::size_t>(at_genome(site.inputs[0], genome).inline_if<Tensor>()->site)];
      continue;
    }
    Layer layer = layer_at(site, genome);
    layer.path = site.path;
    for (const Value& input : site.inputs) {
      const auto* tensor = at_genome(input, genome).inline_if<Tensor>();
      NAS_CHECK(tensor && layer_of[static_cast<std::size_t>(tensor->site)] >= 0);
      layer.inputs.push_back(layer_of[static_cast<std::size_t>(tensor->site)]);
    }
    layer_of[i] = static_cast<std::int32_t>(net.layers.size());
    net.layers.push_back(std::move(layer));
  }
  const auto* last = at_genome(program_->output, genome).inline_if<Tensor>();
  NAS_CHECK(last);
  const std::int32_t output = layer_of[static_cast<std::size_t>(last->site)];
  if (output + 1 != static_cast<std::int32_t>(net.layers.size())) {
    // Layers that nobody reads stand after the output: a sum of one operand makes the output the last layer.
    Layer end;
    end.kind = LayerKind::add;
    end.in = end.out = net.layers[static_cast<std::size_t>(output)].out;
    end.inputs = {output};
    end.path = "output";
    net.layers.push_back(std::move(end));
  }
  return net;
}

void Space::for_each_network(const std::function<bool(const Arch&)>& visit) const {
  Arch arch{std::vector<std::uint8_t>(gene_count())};
  for (bool more = first_network(arch.genes); more && visit(arch);) more = next_network(arch.genes);
}

void Space::find_valid_extremes() {
  const auto cost = [&](const Arch& arch) { return std::pair(macs(arch.genes), params(arch.genes)); };
  std::optional<Arch> least, most;
  const auto keep = [&](const Arch& arch) {
    if (!least || cost(arch) < cost(*least)) least = arch;
    if (!most || cost(arch) > cost(*most)) most = arch;
    return true;
  };
  if (pool_ || networks() <= kEnumerated) {
    for_each_network(keep);
  } else {
    for (const Arch& arch : {program_->smallest, program_->largest})
      if (valid(arch.genes)) keep(arch);
    Stream stream(0, "extremes");
    for (int i = 0; i < kStarts; ++i) {
      const auto drawn = sample(stream);
      if (!drawn) break;
      keep(*drawn);
    }
    // Steepest descent and ascent over valid neighbours.
    for (std::optional<Arch>* end : {&least, &most}) {
      std::optional<Arch> before;
      while (*end && before != *end) {
        before = *end;
        for (const Arch& next : neighbours(*before)) keep(next);
      }
    }
  }
  if (least) extremes_ = std::make_shared<const std::pair<Arch, Arch>>(*least, *most);
}

Space Space::restricted_to(std::vector<Arch> pool) const {
  std::sort(pool.begin(), pool.end());
  pool.erase(std::unique(pool.begin(), pool.end()), pool.end());
  Space space = *this;
  space.whole_ = std::make_shared<const Space>(whole());
  space.pool_ = std::make_shared<const std::vector<Arch>>(std::move(pool));
  space.find_valid_extremes();
  return space;
}

Result<Space> Space::reduced_to(const std::vector<std::vector<bool>>& keep) const {
  std::vector<Value> conditions;
  std::vector<std::vector<bool>> kept = keep;
  for (std::size_t g = 0; g < keep.size(); ++g) {
    if (kept_)
      for (std::size_t o = 0; o < keep[g].size(); ++o) kept[g][o] = keep[g][o] && (*kept_)[g][o];
    if (std::all_of(keep[g].begin(), keep[g].end(), [](bool option) { return option; })) continue;
    std::vector<Value> allowed;
    for (const bool option : keep[g]) allowed.push_back(option);
    // A gene that has no say stands at its first option, dropped or not.
    conditions.push_back(either(negated(program_->active[g]), decide(static_cast<std::uint16_t>(g), std::move(allowed))));
  }
  auto program = program_->under(std::move(conditions));
  if (!program) return program.failure();
  Space reduced(std::move(*program));
  reduced.whole_ = std::make_shared<const Space>(whole());
  reduced.kept_ = std::make_shared<const std::vector<std::vector<bool>>>(std::move(kept));
  if (!pool_) return reduced;
  std::vector<Arch> left;
  for (const Arch& arch : *pool_)
    if (reduced.valid(arch.genes)) left.push_back(arch);
  if (left.empty()) return Failure{"E503", fmt::format("no network of the pool of {} keeps to these options", name()), ""};
  return reduced.restricted_to(std::move(left));
}

Result<Space> Space::without(std::span<const std::string> options) const {
  std::vector<std::vector<bool>> keep;
  for (const Gene& gene : genes()) keep.emplace_back(gene.options.size(), true);
  for (const std::string& text : options) {
    const std::size_t equals = text.find(" = ");
    const std::string gene_name = text.substr(0, equals);
    const auto gene = gene_named(gene_name);
    if (equals == std::string::npos)
      return Failure{"E405", fmt::format("\"{}\" is not an option of a gene", text),
                     "e.g. \"" + genes()[0].name + " = " + genes()[0].options[0] + "\""};
    if (!gene) return gene.failure();
    const auto& known = genes()[*gene].options;
    const auto option = std::find(known.begin(), known.end(), text.substr(equals + 3));
    if (option == known.end())
      return Failure{"E405", fmt::format("{} is not an option of {}", text.substr(equals + 3), gene_name),
                     fmt::format("it can be {}", fmt::join(known, ", "))};
    keep[*gene][static_cast<std::size_t>(option - known.begin())] = false;
  }
  return reduced_to(keep);
}

std::vector<std::string> Space::dropped() const {
  std::vector<std::string> options;
  if (!kept_) return options;
  for (std::size_t g = 0; g < gene_count(); ++g)
    for (std::size_t o = 0; o < genes()[g].options.size(); ++o)
      if (!(*kept_)[g][o]) options.push_back(genes()[g].name + " = " + genes()[g].options[o]);
  return options;
}

}  // namespace nas
