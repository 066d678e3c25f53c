#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <functional>

#include "core/diagnostic.h"
#include "core/space.h"
#include "core/space_program.h"
#include "core/value_text.h"

namespace nas {
namespace {

/// Appends how a spelled value prints in a network; operators and tensors as the option of their root gene.
void append_spelled(std::string& text, const SpaceProgram& program, const Value& value, const std::uint8_t* genome) {
  const Value& plain = at_genome(value, genome);
  if (const Decided* d = value.decided(); d && (plain.op() || plain.inline_if<Tensor>()))
    text += program.genes[d->gene].options[genome[d->gene]];
  else
    append_text(text, plain);
}

bool same_number(std::string_view a, std::string_view b) {
  if (a == b) return true;
  char* end_a = nullptr;
  char* end_b = nullptr;
  const std::string sa(a), sb(b);
  const double x = std::strtod(sa.c_str(), &end_a), y = std::strtod(sb.c_str(), &end_b);
  return !sa.empty() && !sb.empty() && *end_a == 0 && *end_b == 0 && x == y;
}

}  // namespace

std::vector<std::string> split_values(std::string_view text) {
  std::vector<std::string> items;
  std::string item;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool separator = c == '-' || c == '_' || c == ' ' || c == ',' || c == ';' || c == '[' || c == ']';
    // A minus sign belongs to its number when nothing else stands before it: "-1 2", "1--1".
    const bool sign = c == '-' && item.empty() && i + 1 < text.size() && std::isdigit(static_cast<unsigned char>(text[i + 1]));
    if (separator && !sign) {
      if (!item.empty()) items.push_back(item);
      item.clear();
    } else {
      item += c;
    }
  }
  if (!item.empty()) items.push_back(item);
  return items;
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
    for (std::size_t i = 0; i < p.holes.size(); ++i) {
      append_spelled(text, *program_, p.holes[i], arch.genes.data());
      text += p.pieces[i + 1];
    }
    return {{text}};
  }
  for (const SpellingField& field : p.fields) {
    fields.emplace_back();
    for (const Value& value : field.values) append_spelled(fields.back().emplace_back(), *program_, value, arch.genes.data());
  }
  return fields;
}

std::string Space::spell(const Arch& arch) const {
  for (std::size_t i = 0; i < program_->spellings.size(); ++i)
    if (program_->spellings[i].spelling.is_text) return spell(arch, i)[0][0];
  std::string text;
  if (!program_->spellings.empty()) {
    for (const SpellingField& field : program_->spellings[0].fields) {
      if (!text.empty()) text += ',';
      text += field.name;
      text += '=';
      for (std::size_t i = 0; i < field.values.size(); ++i) {
        if (i) text += '-';
        append_spelled(text, *program_, field.values[i], arch.genes.data());
      }
    }
    return text;
  }
  for (const auto& [name, option] : gene_values(arch)) text += (text.empty() ? "" : ",") + name + "=" + option;
  return text;
}

namespace {

/// Collects which options of each gene agree with the values of a spelling.
class GeneSolver {
 public:
  explicit GeneSolver(const SpaceProgram& program) : program_(program), allowed_(program.genes.size()) {
    for (std::size_t gene = 0; gene < program.genes.size(); ++gene)
      allowed_[gene].assign(program.genes[gene].options.size(), true);
  }

  /// False when no option can print `text` here.
  bool require(const Value& value, std::string_view text) {
    const Decided* d = value.decided();
    if (d && support(value).size() > 1) composed_.push_back({&value, std::string(text)});
    return require_here(value, text);
  }

  /// Values that several genes decide: once the first gene is known, the text speaks of the next. False when it contradicts.
  bool narrow() {
    bool fits = true;
    for (bool moved = true; moved;) {
      moved = false;
      for (auto& [value, text] : composed_) {
        const Decided* d = value->decided();
        if (!d) continue;
        const auto& options = allowed_[d->gene];
        if (std::count(options.begin(), options.end(), true) != 1) continue;
        value = &d->options[static_cast<std::size_t>(std::find(options.begin(), options.end(), true) - options.begin())];
        moved = true;
        fits = require_here(*value, text) && fits;
      }
    }
    return fits;
  }

  bool require_here(const Value& value, std::string_view text) {
    const Decided* d = value.decided();
    if (!d) return same_number(value.print(), text);
    std::vector<bool> fits(allowed_[d->gene].size(), false);
    bool any = false;
    for (std::size_t option = 0; option < d->options.size(); ++option) {
      const auto plain = leaves(d->options[option]);
      const bool named = plain.front().op() || plain.front().inline_if<Tensor>();
      if (named)
        fits[option] = program_.genes[d->gene].options[option] == text;
      else
        fits[option] = std::any_of(plain.begin(), plain.end(), [&](const Value& v) { return same_number(v.print(), text); });
      any = any || fits[option];
    }
    if (!any) return false;
    std::vector<bool> both_fit = allowed_[d->gene];
    bool left = false;
    for (std::size_t option = 0; option < fits.size(); ++option) {
      both_fit[option] = both_fit[option] && fits[option];
      left = left || both_fit[option];
    }
    if (left)
      allowed_[d->gene] = both_fit;
    else
      conflicts_.push_back({&value, std::string(text)});
    return true;
  }

  /// Which genes the values required so far make active.
  std::vector<std::uint8_t> active(const Space& space) const {
    std::vector<std::uint8_t> genome = first_allowed(), mask(genome.size());
    space.canonicalise(genome);
    space.active(genome, mask);
    return mask;
  }

  /// Values that disagreed are fine only where the network does not use them.
  Result<Arch> solve(const Space& space) const {
    Arch arch{first_allowed()};
    space.canonicalise(arch.genes);
    std::vector<std::uint8_t> mask(arch.genes.size());
    space.active(arch.genes, mask);
    for (const auto& [value, text] : conflicts_)
      if (mask[value->decided()->gene])
        return Failure{"E405",
                       fmt::format("{} contradicts another value for {}", text, program_.genes[value->decided()->gene].name), ""};
    if (!space.valid(arch.genes))
      return Failure{"E405", fmt::format("that is not a network of space {}", space.name()),
                     "its conditions or its `require` rule it out"};
    return arch;
  }

 private:
  std::vector<std::uint8_t> first_allowed() const {
    std::vector<std::uint8_t> genome;
    for (const auto& options : allowed_)
      genome.push_back(static_cast<std::uint8_t>(std::find(options.begin(), options.end(), true) - options.begin()));
    return genome;
  }

  const SpaceProgram& program_;
  std::vector<std::vector<bool>> allowed_;
  std::vector<std::pair<const Value*, std::string>> conflicts_, composed_;
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
      return Failure{"E405", fmt::format("\"{}\" is not a network of space {}", text, name()),
                     fmt::format("the largest one is written {}", spell(largest(), spelling)[0][0])};
    for (std::size_t i = 0; i < p.holes.size(); ++i)
      if (!solver.require(p.holes[i], found[i]))
        return Failure{"E405", fmt::format("\"{}\" cannot stand there in \"{}\"", found[i], text), ""};
    if (!solver.narrow()) return Failure{"E405", fmt::format("\"{}\" is not a network of space {}", text, name()), ""};
    return solver.solve(*this);
  }
  if (fields.size() != p.fields.size())
    return Failure{"E405",
                   fmt::format("spelling {} of space {} has {} fields, {} are given", p.spelling.name, name(), p.fields.size(),
                               fields.size()),
                   ""};
  auto require = [&](std::size_t f, std::size_t at, const std::string& text) -> Result<void> {
    const SpellingField& field = p.fields[f];
    if (solver.require(field.values[at], text)) return {};
    std::string known;
    for (const Value& plain : leaves(field.values[at])) known += (known.empty() ? "" : ", ") + plain.print();
    return Failure{"E405", fmt::format("{} is not a value of {}[{}]", text, field.name, at + 1), "it can be " + known};
  };
  std::vector<std::size_t> shorter;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    if (fields[f].size() != p.fields[f].values.size()) {
      shorter.push_back(f);
      continue;
    }
    for (std::size_t i = 0; i < fields[f].size(); ++i)
      if (auto fits = require(f, i, fields[f][i]); !fits) return fits.failure();
  }
  // A shorter list holds the values that the network uses, in their order; the complete lists tell which those are.
  if (!shorter.empty()) {
    const std::vector<std::uint8_t> mask = solver.active(*this);
    for (const std::size_t f : shorter) {
      const SpellingField& field = p.fields[f];
      std::vector<std::size_t> used;
      for (std::size_t i = 0; i < field.values.size(); ++i)
        if (const Decided* d = field.values[i].decided(); d && mask[d->gene]) used.push_back(i);
      if (fields[f].size() != used.size())
        return Failure{"E405", fmt::format("{} needs {} values, {} are given", field.name, field.values.size(), fields[f].size()),
                       used.size() < field.values.size() ? fmt::format("the network uses {} of them", used.size()) : ""};
      for (std::size_t i = 0; i < used.size(); ++i)
        if (auto fits = require(f, used[i], fields[f][i]); !fits) return fits.failure();
    }
  }
  solver.narrow();
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
    if (equals == std::string_view::npos)
      return Failure{"E405", fmt::format("\"{}\" does not spell a network of space {}", text, name()),
                     "write " + spell(largest())};
    std::size_t end = text.find('=', equals + 1);
    end = end == std::string_view::npos ? text.size() : text.rfind(',', end);
    if (end == std::string_view::npos || end <= equals)
      return Failure{"E405", fmt::format("\"{}\" does not spell a network of space {}", text, name()), ""};
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
    const auto gene = gene_named(gene_name);
    if (!gene) return gene.failure();
    const auto& options = program_->genes[*gene].options;
    const auto it = std::find_if(options.begin(), options.end(), [&](const std::string& o) { return same_number(o, option); });
    if (it == options.end())
      return Failure{"E405", fmt::format("{} is not an option of {}", option, gene_name),
                     fmt::format("it can be {}", fmt::join(options, ", "))};
    arch.genes[*gene] = static_cast<std::uint8_t>(it - options.begin());
    given[*gene] = true;
  }
  std::vector<std::uint8_t> mask(gene_count());
  active(arch.genes, mask);
  for (std::size_t gene = 0; gene < gene_count(); ++gene)
    if (mask[gene] && !given[gene])
      return Failure{"E403", fmt::format("{} is not given", program_->genes[gene].name),
                     fmt::format("it can be {}", fmt::join(program_->genes[gene].options, ", "))};
  canonicalise(arch.genes);
  if (!valid(arch.genes))
    return Failure{"E405", fmt::format("that is not a network of space {}", name()),
                   "its conditions or its `require` rule it out"};
  return arch;
}

}  // namespace nas
