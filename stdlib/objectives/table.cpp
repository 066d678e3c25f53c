#include "stdlib/objectives/table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>

#include "core/diagnostic.h"
#include "core/rng.h"

namespace nas {

/// Packed genomes with their values, found by linear probing.
class Table::Index {
 public:
  struct Entry {
    double value = 0;
    std::size_t row = 0;
    std::int64_t count = 1;
  };
  explicit Index(std::size_t genes, std::size_t rows) : genes_(genes) {
    std::size_t size = 16;
    while (size < 2 * rows) size *= 2;
    slots_.assign(size, kEmpty);
    genomes_.reserve(genes * rows);
    entries_.reserve(rows);
  }
  std::size_t size() const { return entries_.size(); }
  Arch arch(std::size_t i) const {
    return Arch{{genomes_.begin() + static_cast<std::ptrdiff_t>(i * genes_),
                 genomes_.begin() + static_cast<std::ptrdiff_t>((i + 1) * genes_)}};
  }
  const Entry* find(const Arch& arch) const {
    const std::uint32_t at = slots_[slot(arch)];
    return at == kEmpty ? nullptr : &entries_[at];
  }
  /// The entry of the network and whether it is new.
  std::pair<Entry*, bool> insert(const Arch& arch, Entry entry) {
    std::uint32_t& at = slots_[slot(arch)];
    const bool fresh = at == kEmpty;
    if (fresh) {
      at = static_cast<std::uint32_t>(entries_.size());
      entries_.push_back(entry);
      genomes_.insert(genomes_.end(), arch.genes.begin(), arch.genes.end());
    }
    return {&entries_[at], fresh};
  }
  const std::vector<Entry>& entries() const { return entries_; }
  std::size_t value_column = 0;

 private:
  static constexpr std::uint32_t kEmpty = ~std::uint32_t{0};
  /// The slot that holds the network, or the empty one where it belongs.
  std::size_t slot(const Arch& arch) const {
    std::size_t at = arch.hash() & (slots_.size() - 1);
    while (slots_[at] != kEmpty && std::memcmp(genomes_.data() + slots_[at] * genes_, arch.genes.data(), genes_) != 0)
      at = (at + 1) & (slots_.size() - 1);
    return at;
  }

  std::size_t genes_;
  std::vector<std::uint8_t> genomes_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;
};

namespace {

/// Columns of one field of a spelling: one column holding a list, or numbered ones (ks0, ks1 ... or from 1).
std::optional<std::vector<std::size_t>> columns_of(const Csv& csv, const std::string& field, std::size_t length) {
  if (const auto one = csv.find(field)) return std::vector<std::size_t>{*one};
  for (const std::size_t first : {0, 1}) {
    std::vector<std::size_t> numbered;
    for (std::size_t i = 0; i < length; ++i) {
      const auto column = csv.find(fmt::format("{}{}", field, i + first));
      if (!column) break;
      numbered.push_back(*column);
    }
    if (length > 0 && numbered.size() == length) return numbered;
  }
  return std::nullopt;
}

}  // namespace

Result<std::shared_ptr<Table>> Table::open(const TableArgs& args, Services& services) {
  auto bytes = services.read_file(args.file);
  if (!bytes) return bytes.failure();
  std::string key = fmt::format("table {} {} {} {} {}", digest_of(*bytes), args.value, args.unit,
                                args.missing ? fmt::format("{}", *args.missing) : "-",
                                Labels<Duplicates>::names[static_cast<std::size_t>(args.duplicates)]);
  auto csv = Csv::parse(args.file, std::move(*bytes));
  if (!csv) return csv.failure();
  // A metric's name is what a script that names no column asks for: then the only column of numbers will do.
  if (!args.value.empty() && !find_metric(args.value))
    if (auto column = csv->column(args.value); !column) return column.failure();
  return std::shared_ptr<Table>(new Table(args, std::move(*csv), std::move(key)));
}

Result<std::size_t> Table::value_column(const std::vector<std::vector<std::size_t>>& spelled) const {
  if (const auto named = csv_.find(args_.value); named && !args_.value.empty()) return *named;
  std::vector<std::string> candidates;
  for (std::size_t c = 0; c < csv_.columns().size(); ++c) {
    const bool taken = std::any_of(spelled.begin(), spelled.end(), [&](const auto& columns) {
      return std::find(columns.begin(), columns.end(), c) != columns.end();
    });
    if (!taken && csv_.number(0, c)) candidates.push_back(csv_.columns()[c]);
  }
  if (candidates.size() == 1) return csv_.column(candidates[0]);
  if (candidates.empty())
    return Failure{"E809", fmt::format("{} has no column of numbers besides the spelling", args_.file), "write value = \"...\""};
  return Failure{"E809",
                 fmt::format("{} has {} columns of numbers: {}", args_.file, candidates.size(), fmt::join(candidates, ", ")),
                 fmt::format("say which one, e.g. value = \"{}\"", candidates[0])};
}

Result<Table::Matched> Table::match(const Space& space) const {
  const auto spellings = space.spellings();
  std::vector<std::string> wanted;
  for (std::size_t s = 0; s < spellings.size(); ++s) {
    Matched matched{s, spellings[s].is_text, spellings[s].lengths, {}};
    for (std::size_t f = 0; f < spellings[s].fields.size(); ++f) {
      auto found = columns_of(csv_, spellings[s].fields[f], spellings[s].lengths[f]);
      if (!found) break;
      matched.columns.push_back(std::move(*found));
    }
    if (matched.columns.size() == spellings[s].fields.size()) return matched;
    wanted.push_back(fmt::format("{} ({})", spellings[s].name, fmt::join(spellings[s].fields, ", ")));
  }
  return Failure{"E813", fmt::format("the columns of {} match no spelling of space {}", args_.file, space.name()),
                 wanted.empty() ? fmt::format("the space has no spelling: write one whose fields are columns of the file ({})",
                                              fmt::join(csv_.columns(), ", "))
                                : fmt::format("it needs the columns of {}", fmt::join(wanted, " or "))};
}

Result<Arch> Table::arch_of(const Space& space, const Matched& matched, std::size_t row) const {
  std::vector<std::vector<std::string>> fields(matched.columns.size());
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const auto& columns = matched.columns[f];
    const std::string_view first = csv_.at(row, columns[0]);
    const bool list = columns.size() == 1 && (matched.lengths[f] != 1 || first.starts_with('['));
    if (matched.is_text)
      fields[f].emplace_back(first);
    else if (list)
      fields[f] = split_values(first);
    else
      for (const auto column : columns) fields[f].emplace_back(csv_.at(row, column));
  }
  auto arch = space.parse(matched.spelling, fields);
  if (!arch)
    return Failure{"E811", fmt::format("line {} of {}: {}", csv_.line(row), args_.file, arch.failure().message),
                   arch.failure().hint};
  return arch;
}

Result<std::unique_ptr<Table::Index>> Table::build(const Space& space) const {
  auto matched = match(space);
  if (!matched) return matched.failure();
  auto value_at = value_column(matched->columns);
  if (!value_at) return value_at.failure();
  auto index = std::make_unique<Index>(space.gene_count(), csv_.rows());
  index->value_column = *value_at;
  for (std::size_t row = 0; row < csv_.rows(); ++row) {
    auto value = csv_.number(row, *value_at);
    if (!value) {
      Failure failure = value.failure();
      failure.hint = "leave the row out, or write a number there that `missing` names: missing = -1";
      return failure;
    }
    if (args_.missing && *value == *args_.missing) continue;
    auto arch = arch_of(space, *matched, row);
    if (!arch) return arch.failure();
    const auto [entry, fresh] = index->insert(*arch, {*value * args_.unit, row, 1});
    if (fresh || args_.duplicates == Duplicates::first) continue;
    if (args_.duplicates == Duplicates::error)
      return Failure{"E812",
                     fmt::format("lines {} and {} of {} are the same network", csv_.line(entry->row), csv_.line(row), args_.file),
                     "write duplicates = \"mean\" or duplicates = \"first\""};
    ++entry->count;
    entry->value += (*value * args_.unit - entry->value) / static_cast<double>(entry->count);
  }
  if (index->size() == 0)
    return Failure{"E814", fmt::format("every row of {} is missing a value in column {}", args_.file, csv_.columns()[*value_at]),
                   ""};
  return index;
}

Result<const Table::Index*> Table::index(const Space& space) const {
  const std::lock_guard lock(mutex_);
  // A part of a space has its key, and finds its own rows among all.
  for (const auto& [key, held] : indices_)
    if (key == space.key()) return held.get();
  auto built = build(space.whole());
  if (!built) return built.failure();
  indices_.emplace_back(space.key(), std::shared_ptr<const Index>(std::move(*built)));
  return indices_.back().second.get();
}

Result<void> Table::ready(const Space& space, const MetricKind& metric) const {
  auto held = index(space);
  if (!held) return held.failure();
  const auto& entries = (*held)->entries();
  const auto [least, largest] =
      std::minmax_element(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
  const std::string& column = csv_.columns()[(*held)->value_column];
  if (least->value < 0 && metric.name != "loss" && find_metric(metric.name)) {
    const std::string_view value = csv_.at(least->row, (*held)->value_column);
    return Failure{"E823",
                   fmt::format("line {} of {} has {} in column {}, and no network has a {} below zero", csv_.line(least->row),
                               args_.file, value, column, metric.name),
                   fmt::format("missing = {} leaves out rows that hold {}", value, value)};
  }
  if (metric.name != "accuracy") return {};
  if (args_.unit == 0.01 && largest->value <= 0.01)
    return Failure{"E823", fmt::format("no value of {} in {} is above 1: these are shares, not percent", column, args_.file),
                   "write unit = 1"};
  if (largest->value > 1)
    return Failure{
        "E823",
        fmt::format("line {} of {} has an accuracy of {:.6g} %", csv_.line(largest->row), args_.file, 100 * largest->value),
        "write unit = 1% for percent, unit = 1 for shares"};
  return {};
}

Result<void> Table::measure(const Space& space, std::span<const Arch> archs, const MeasureContext&,
                            const std::function<void(std::size_t, const Measurement&)>& done) const {
  auto held = index(space);
  if (!held) return held.failure();
  for (std::size_t i = 0; i < archs.size(); ++i) {
    const Index::Entry* entry = (*held)->find(archs[i]);
    if (!entry)
      return Failure{"E814", fmt::format("{} has no row for the network {}", args_.file, space.spell(archs[i])),
                     fmt::format("it has {} of the {} networks of {}: search inside it with pool({}, table(...))",
                                 (*held)->size(), space.whole().networks().get_str(), space.name(), space.name())};
    Measurement m;
    m.value = entry->value;
    m.count = entry->count;
    done(i, m);
  }
  return {};
}

Result<std::vector<Arch>> Table::networks(const Space& space) const {
  auto matched = match(space);
  if (!matched) return matched.failure();
  const auto value_at = csv_.find(args_.value);
  Index index(space.gene_count(), csv_.rows());
  std::vector<Arch> networks;
  for (std::size_t row = 0; row < csv_.rows(); ++row) {
    if (value_at && args_.missing)
      if (auto value = csv_.number(row, *value_at); value && *value == *args_.missing) continue;
    auto arch = arch_of(space.whole(), *matched, row);
    if (!arch) return arch.failure();
    if (!space.valid(arch->genes)) continue;
    if (index.insert(*arch, {0, row, 1}).second) networks.push_back(std::move(*arch));
  }
  if (networks.empty())
    return Failure{
        "E814", fmt::format("no row of {} is among the {} networks of {}", args_.file, space.networks().get_str(), space.name()),
        "its rows hold options that the space has dropped"};
  return networks;
}

}  // namespace nas
