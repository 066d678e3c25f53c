#include "core/space.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>
#include <unordered_set>

#include "core/check.h"
#include "core/diagnostic.h"
#include "core/space_program.h"

namespace nas {
namespace {

constexpr int kMutationTries = 100;
constexpr int kSampleTries = 100000;
/// Genomes that short-lived scratch space holds without allocation; longer ones fall back to the heap.
constexpr std::size_t kScratch = 512;

class Scratch {
 public:
  explicit Scratch(std::size_t size) {
    if (size > kScratch) heap_.resize(size);
    span_ = size > kScratch ? std::span<std::uint8_t>(heap_) : std::span<std::uint8_t>(stack_.data(), size);
  }
  std::span<std::uint8_t> span() { return span_; }

 private:
  std::array<std::uint8_t, kScratch> stack_;
  std::vector<std::uint8_t> heap_;
  std::span<std::uint8_t> span_;
};

std::uint64_t row_hash(std::span<const std::uint8_t> genome) {
  return stable_hash({reinterpret_cast<const char*>(genome.data()), genome.size()});
}

/// How option `option` of the root gene of a spelled value prints.
std::string spelled(const SpaceProgram& program, const Value& value, const std::uint8_t* genome) {
  const Value& plain = at_genome(value, genome);
  if (const Decided* d = value.decided(); d && (plain.op() || plain.inline_if<Tensor>())) return program.genes[d->gene].options[genome[d->gene]];
  return plain.print();
}

}  // namespace

std::vector<std::string> split_values(std::string_view text) {
  std::vector<std::string> items;
  std::string item;
  for (const char c : text) {
    const bool separator = c == '-' || c == '_' || c == ' ' || c == ',' || c == ';' || c == '[' || c == ']';
    // A minus sign belongs to its number when nothing stands before it and the text is a JSON list.
    if (separator && !(c == '-' && item.empty() && text.find('[') != std::string_view::npos)) {
      if (!item.empty()) items.push_back(item);
      item.clear();
    } else {
      item += c;
    }
  }
  if (!item.empty()) items.push_back(item);
  return items;
}

namespace {

bool same_number(std::string_view a, std::string_view b) {
  if (a == b) return true;
  char* end_a = nullptr;
  char* end_b = nullptr;
  const std::string sa(a), sb(b);
  const double x = std::strtod(sa.c_str(), &end_a), y = std::strtod(sb.c_str(), &end_b);
  return !sa.empty() && !sb.empty() && *end_a == 0 && *end_b == 0 && x == y;
}

}  // namespace

std::uint64_t Arch::hash() const { return row_hash(genes); }

Space::Space(std::shared_ptr<const SpaceProgram> program) : program_(std::move(program)) {}

const std::string& Space::name() const { return program_->name; }
const std::string& Space::key() const { return program_->key(); }
std::span<const Gene> Space::genes() const { return program_->genes; }
std::size_t Space::gene_count() const { return program_->genes.size(); }
std::span<const Arch> Space::pool() const { return pool_ ? std::span<const Arch>(*pool_) : std::span<const Arch>(); }
bool Space::has_requirements() const { return !program_->requirements.items.empty(); }
std::span<const WeightSlot> Space::weight_slots() const { return program_->slots; }
Space::GeneRole Space::role(std::size_t gene) const { return program_->roles[gene]; }
Arch Space::smallest() const { return program_->smallest; }
Arch Space::largest() const { return program_->largest; }
mpz_class Space::networks() const { return pool_ ? mpz_class(static_cast<unsigned long>(pool_->size())) : program_->network_count; }

std::optional<std::size_t> Space::find_gene(std::string_view name) const {
  for (std::size_t i = 0; i < program_->genes.size(); ++i)
    if (program_->genes[i].name == name) return i;
  return std::nullopt;
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
  const SpaceProgram& p = *program_;
  Scratch scratch(p.activity.size());
  auto on = scratch.span();
  for (std::size_t i = 0; i < p.activity.size(); ++i) on[i] = static_cast<std::uint8_t>(p.activity[i].at(genome.data()));
  for (std::size_t gene = 0; gene < p.genes.size(); ++gene) {
    const std::int32_t condition = p.activity_of[gene];
    mask[gene] = condition < 0 ? 1 : on[static_cast<std::size_t>(condition)];
  }
}

void Space::canonicalise(std::span<std::uint8_t> genome) const {
  const SpaceProgram& p = *program_;
  if (p.activity.empty()) return;
  Scratch scratch(p.activity.size() + 1);
  auto on = scratch.span();
  on[0] = 1;
  for (std::size_t i = 0; i < p.activity.size(); ++i) on[i + 1] = static_cast<std::uint8_t>(p.activity[i].at(genome.data()));
  for (std::size_t gene = 0; gene < genome.size(); ++gene)
    genome[gene] = static_cast<std::uint8_t>(genome[gene] & -on[static_cast<std::size_t>(p.activity_of[gene] + 1)]);
}

std::int64_t Space::macs(std::span<const std::uint8_t> genome) const {
  std::int64_t sum = 0;
  for (const CostTable& table : program_->costs) {
    std::size_t row = 0;
    for (const auto& [gene, stride] : table.strides) row += std::size_t{stride} * genome[gene];
    sum += table.macs[row];
  }
  return sum;
}

std::int64_t Space::params(std::span<const std::uint8_t> genome) const {
  std::int64_t sum = 0;
  for (const CostTable& table : program_->costs) {
    std::size_t row = 0;
    for (const auto& [gene, stride] : table.strides) row += std::size_t{stride} * genome[gene];
    sum += table.params[row];
  }
  return sum;
}

std::int64_t Space::peak_memory_bytes(const Arch& arch) const { return network(arch).peak_memory_bytes(); }

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
          child.span()[g] = static_cast<std::uint8_t>(stream.below(static_cast<std::uint32_t>(program_->genes[g].options.size())));
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

std::size_t Space::feature_count() const { return program_->feature_start.back(); }

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

std::vector<Spelling> Space::spellings() const {
  std::vector<Spelling> list;
  for (const SpellingProgram& p : program_->spellings) list.push_back(p.spelling);
  return list;
}

std::vector<std::vector<std::string>> Space::spell(const Arch& arch, std::size_t spelling) const {
  const SpellingProgram& p = program_->spellings.at(spelling);
  std::vector<std::vector<std::string>> fields;
  if (p.spelling.is_text) {
    std::string text = p.pieces.front();
    for (std::size_t i = 0; i < p.holes.size(); ++i) text += spelled(*program_, p.holes[i], arch.genes.data()) + p.pieces[i + 1];
    return {{text}};
  }
  for (const SpellingField& field : p.fields) {
    fields.emplace_back();
    for (const Value& value : field.values) fields.back().push_back(spelled(*program_, value, arch.genes.data()));
  }
  return fields;
}

std::string Space::spell(const Arch& arch) const {
  for (std::size_t i = 0; i < program_->spellings.size(); ++i)
    if (program_->spellings[i].spelling.is_text) return spell(arch, i)[0][0];
  if (!program_->spellings.empty()) {
    const auto fields = spell(arch, 0);
    std::string text;
    for (std::size_t i = 0; i < fields.size(); ++i)
      text += fmt::format("{}{}={}", i ? "," : "", program_->spellings[0].fields[i].name, fmt::join(fields[i], "-"));
    return text;
  }
  std::string text;
  for (const auto& [name, option] : gene_values(arch)) text += (text.empty() ? "" : ",") + name + "=" + option;
  return text;
}

namespace {

/// Collects which options of each gene agree with the values of a spelling.
class GeneSolver {
 public:
  explicit GeneSolver(const SpaceProgram& program) : program_(program), allowed_(program.genes.size()) {
    for (std::size_t gene = 0; gene < program.genes.size(); ++gene) allowed_[gene].assign(program.genes[gene].options.size(), true);
  }

  /// False when no option can print `text` here.
  bool require(const Value& value, std::string_view text) {
    const Decided* d = value.decided();
    if (!d) return same_number(value.print(), text);
    std::vector<bool> fits(allowed_[d->gene].size(), false);
    bool any = false;
    for (std::size_t option = 0; option < d->options.size(); ++option) {
      const auto plain = leaves(d->options[option]);
      const bool named = plain.front().op() || plain.front().inline_if<Tensor>();
      if (named) fits[option] = program_.genes[d->gene].options[option] == text;
      else fits[option] = std::any_of(plain.begin(), plain.end(), [&](const Value& v) { return same_number(v.print(), text); });
      any = any || fits[option];
    }
    if (!any) return false;
    std::vector<bool> both_fit = allowed_[d->gene];
    bool left = false;
    for (std::size_t option = 0; option < fits.size(); ++option) {
      both_fit[option] = both_fit[option] && fits[option];
      left = left || both_fit[option];
    }
    if (left) allowed_[d->gene] = both_fit;
    else conflicts_.push_back({&value, std::string(text)});
    return true;
  }

  /// Values that disagreed are fine only where the network does not use them.
  Result<Arch> solve(const Space& space) const {
    Arch arch{std::vector<std::uint8_t>(program_.genes.size(), 0)};
    for (std::size_t gene = 0; gene < allowed_.size(); ++gene)
      arch.genes[gene] = static_cast<std::uint8_t>(std::find(allowed_[gene].begin(), allowed_[gene].end(), true) - allowed_[gene].begin());
    space.canonicalise(arch.genes);
    std::vector<std::uint8_t> mask(arch.genes.size());
    space.active(arch.genes, mask);
    for (const auto& [value, text] : conflicts_)
      if (mask[value->decided()->gene])
        return Failure{"E405", fmt::format("{} contradicts another value for {}", text, program_.genes[value->decided()->gene].name), ""};
    if (!space.valid(arch.genes))
      return Failure{"E405", fmt::format("that is not a network of space {}", space.name()), "its conditions or its `require` rule it out"};
    return arch;
  }

 private:
  const SpaceProgram& program_;
  std::vector<std::vector<bool>> allowed_;
  std::vector<std::pair<const Value*, std::string>> conflicts_;
};

/// The texts that a hole can print, longest first.
std::vector<std::string> hole_texts(const SpaceProgram& program, const Value& hole) {
  std::vector<std::string> texts;
  const Decided* d = hole.decided();
  for (const Value& plain : leaves(hole))
    if (!plain.op() && !plain.inline_if<Tensor>()) texts.push_back(plain.print());
  if (texts.empty() && d) texts = program.genes[d->gene].options;
  std::sort(texts.begin(), texts.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return texts;
}

}  // namespace

Result<Arch> Space::parse(std::size_t spelling, const std::vector<std::vector<std::string>>& fields) const {
  const SpellingProgram& p = program_->spellings.at(spelling);
  GeneSolver solver(*program_);
  if (p.spelling.is_text) {
    const std::string text = fields.empty() || fields[0].empty() ? "" : fields[0][0];
    std::vector<std::string> found;
    std::function<bool(std::size_t, std::size_t)> match = [&](std::size_t piece, std::size_t at) -> bool {
      if (text.compare(at, p.pieces[piece].size(), p.pieces[piece]) != 0) return false;
      at += p.pieces[piece].size();
      if (piece == p.holes.size()) return at == text.size();
      for (const std::string& option : hole_texts(*program_, p.holes[piece])) {
        if (text.compare(at, option.size(), option) != 0) continue;
        found.resize(piece);
        found.push_back(option);
        if (match(piece + 1, at + option.size())) return true;
      }
      return false;
    };
    if (!match(0, 0))
      return Failure{"E405", fmt::format("\"{}\" is not a network of space {}", text, name()), fmt::format("the largest one is written {}", spell(largest(), spelling)[0][0])};
    for (std::size_t i = 0; i < p.holes.size(); ++i)
      if (!solver.require(p.holes[i], found[i]))
        return Failure{"E405", fmt::format("\"{}\" cannot stand there in \"{}\"", found[i], text), ""};
    return solver.solve(*this);
  }
  if (fields.size() != p.fields.size())
    return Failure{"E405", fmt::format("spelling {} of space {} has {} fields, {} are given", p.spelling.name, name(), p.fields.size(), fields.size()), ""};
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const SpellingField& field = p.fields[f];
    if (fields[f].size() != field.values.size())
      return Failure{"E405", fmt::format("{} needs {} values, {} are given", field.name, field.values.size(), fields[f].size()), ""};
    for (std::size_t i = 0; i < field.values.size(); ++i) {
      if (solver.require(field.values[i], fields[f][i])) continue;
      std::string known;
      for (const Value& plain : leaves(field.values[i])) known += (known.empty() ? "" : ", ") + plain.print();
      return Failure{"E405", fmt::format("{} is not a value of {}[{}]", fields[f][i], field.name, i + 1), "it can be " + known};
    }
  }
  return solver.solve(*this);
}

Result<Arch> Space::parse(std::string_view text) const {
  for (std::size_t i = 0; i < program_->spellings.size(); ++i)
    if (program_->spellings[i].spelling.is_text) {
      auto arch = parse(i, {{std::string(text)}});
      if (arch || text.find('=') == std::string_view::npos) return arch;
    }
  // name=values,name=values
  std::vector<std::pair<std::string, std::string>> pairs;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t equals = text.find('=', at);
    if (equals == std::string_view::npos) return Failure{"E405", fmt::format("\"{}\" does not spell a network of space {}", text, name()), "write " + spell(largest())};
    std::size_t end = text.find('=', equals + 1);
    end = end == std::string_view::npos ? text.size() : text.rfind(',', end);
    if (end == std::string_view::npos || end <= equals) return Failure{"E405", fmt::format("\"{}\" does not spell a network of space {}", text, name()), ""};
    pairs.emplace_back(std::string(text.substr(at, equals - at)), std::string(text.substr(equals + 1, end - equals - 1)));
    at = end + 1;
  }
  for (std::size_t i = 0; i < program_->spellings.size(); ++i) {
    const SpellingProgram& p = program_->spellings[i];
    if (p.spelling.is_text || p.fields.size() != pairs.size()) continue;
    std::vector<std::vector<std::string>> fields;
    for (const SpellingField& field : p.fields)
      for (const auto& [key, value] : pairs)
        if (key == field.name) fields.push_back(split_values(value));
    if (fields.size() == p.fields.size()) return parse(i, fields);
  }
  return parse_genes(pairs);
}

std::vector<std::pair<std::string, std::string>> Space::gene_values(const Arch& arch) const {
  std::vector<std::pair<std::string, std::string>> values;
  std::vector<std::uint8_t> mask(gene_count());
  active(arch.genes, mask);
  for (std::size_t gene = 0; gene < gene_count(); ++gene)
    if (mask[gene]) values.emplace_back(program_->genes[gene].name, program_->genes[gene].options[arch.genes[gene]]);
  return values;
}

Result<Arch> Space::parse_genes(const std::vector<std::pair<std::string, std::string>>& values) const {
  Arch arch{std::vector<std::uint8_t>(gene_count(), 0)};
  std::vector<bool> given(gene_count(), false);
  for (const auto& [gene_name, option] : values) {
    const auto gene = find_gene(gene_name);
    if (!gene) {
      std::vector<std::string> known;
      for (const Gene& g : genes()) known.push_back(g.name);
      const std::string near = did_you_mean(gene_name, known);
      return Failure{"E401", fmt::format("space {} has no gene {}", name(), gene_name), near.empty() ? "" : "did you mean " + near + "?"};
    }
    const auto& options = program_->genes[*gene].options;
    const auto it = std::find_if(options.begin(), options.end(), [&](const std::string& o) { return same_number(o, option); });
    if (it == options.end())
      return Failure{"E405", fmt::format("{} is not an option of {}", option, gene_name), fmt::format("it can be {}", fmt::join(options, ", "))};
    arch.genes[*gene] = static_cast<std::uint8_t>(it - options.begin());
    given[*gene] = true;
  }
  std::vector<std::uint8_t> mask(gene_count());
  active(arch.genes, mask);
  for (std::size_t gene = 0; gene < gene_count(); ++gene)
    if (mask[gene] && !given[gene])
      return Failure{"E403", fmt::format("{} is not given", program_->genes[gene].name), fmt::format("it can be {}", fmt::join(program_->genes[gene].options, ", "))};
  canonicalise(arch.genes);
  if (!valid(arch.genes)) return Failure{"E405", fmt::format("that is not a network of space {}", name()), "its conditions or its `require` rule it out"};
  return arch;
}

Space Space::restricted_to(std::vector<Arch> pool) const {
  std::sort(pool.begin(), pool.end());
  pool.erase(std::unique(pool.begin(), pool.end()), pool.end());
  Space space = *this;
  space.pool_ = std::make_shared<const std::vector<Arch>>(std::move(pool));
  return space;
}

}  // namespace nas
