#include "stdlib/objectives/table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <unordered_map>

#include "core/diagnostic.h"

namespace nas {

struct Table::Index {
  struct Entry {
    double value = 0;
    std::size_t row = 0;
    int count = 1;
  };
  std::unordered_map<std::uint64_t, Entry> by_hash;
  std::vector<Arch> archs;
};

namespace {

/// Columns of one field of a spelling: one column holding a list, or numbered ones (ks0, ks1 ... or from 1).
std::optional<std::vector<std::size_t>> columns_of(const Csv& csv, const std::string& field, std::size_t length) {
  if (const auto one = csv.find(field)) return std::vector<std::size_t>{*one};
  for (const int first : {0, 1}) {
    std::vector<std::size_t> numbered;
    for (std::size_t i = 0; i < length; ++i) {
      const auto column = csv.find(fmt::format("{}{}", field, i + static_cast<std::size_t>(first)));
      if (!column) break;
      numbered.push_back(*column);
    }
    if (numbered.size() == length) return numbered;
  }
  return std::nullopt;
}

}  // namespace

Result<std::shared_ptr<Table>> Table::open(const TableArgs& args, Services& services) {
  auto bytes = services.read_file(args.file);
  if (!bytes) return bytes.failure();
  std::string key = fmt::format("table {:016x}{:016x} {} {} {}", stable_hash(*bytes, 1), stable_hash(*bytes, 2), args.value, args.unit,
                                Labels<Duplicates>::names[static_cast<std::size_t>(args.duplicates)]);
  auto csv = Csv::parse(args.file, std::move(*bytes));
  if (!csv) return csv.failure();
  if (auto column = csv->column(args.value); !column) return column.failure();
  return std::shared_ptr<Table>(new Table(args, std::move(*csv), std::move(key)));
}

Result<std::unique_ptr<Table::Index>> Table::build(const Space& space) const {
  const auto spellings = space.spellings();
  std::vector<std::string> wanted;
  for (std::size_t s = 0; s < spellings.size(); ++s) {
    std::vector<std::vector<std::size_t>> columns;
    for (std::size_t f = 0; f < spellings[s].fields.size(); ++f) {
      auto found = columns_of(csv_, spellings[s].fields[f], spellings[s].lengths[f]);
      if (!found) break;
      columns.push_back(std::move(*found));
    }
    wanted.push_back(fmt::format("{} ({})", spellings[s].name, fmt::join(spellings[s].fields, ", ")));
    if (columns.size() != spellings[s].fields.size()) continue;
    const std::size_t value_column = *csv_.find(args_.value);
    auto index = std::make_unique<Index>();
    std::vector<std::vector<std::string>> fields(columns.size());
    for (std::size_t row = 0; row < csv_.rows(); ++row) {
      auto value = csv_.number(row, value_column);
      if (!value) return value.failure();
      if (args_.missing && *value == *args_.missing) continue;
      for (std::size_t f = 0; f < columns.size(); ++f) {
        fields[f].clear();
        if (spellings[s].is_text) fields[f].emplace_back(csv_.at(row, columns[f][0]));
        else if (columns[f].size() == 1 && spellings[s].lengths[f] != 1) fields[f] = split_values(csv_.at(row, columns[f][0]));
        else
          for (const auto column : columns[f]) fields[f].emplace_back(csv_.at(row, column));
      }
      auto arch = space.parse(s, fields);
      if (!arch) return Failure{"E811", fmt::format("row {} of {}: {}", row + 2, args_.file, arch.failure().message), arch.failure().hint};
      auto [it, fresh] = index->by_hash.try_emplace(arch->hash(), Index::Entry{*value * args_.unit, row, 1});
      if (fresh) {
        index->archs.push_back(std::move(*arch));
        continue;
      }
      if (args_.duplicates == Duplicates::error)
        return Failure{"E812", fmt::format("rows {} and {} of {} are the same network", it->second.row + 2, row + 2, args_.file),
                       "write duplicates = \"mean\" or duplicates = \"first\""};
      if (args_.duplicates == Duplicates::mean) {
        ++it->second.count;
        it->second.value += (*value * args_.unit - it->second.value) / it->second.count;
      }
    }
    return index;
  }
  return Failure{"E813", fmt::format("the columns of {} match no spelling of space {}", args_.file, space.name()),
                 wanted.empty() ? "the space has no spelling: add one" : fmt::format("it needs the columns of {}", fmt::join(wanted, " or "))};
}

Result<const Table::Index*> Table::index(const Space& space) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [key, held] : indices_)
    if (key == space.key()) return held.get();
  auto built = build(space);
  if (!built) return built.failure();
  indices_.emplace_back(space.key(), std::shared_ptr<const Index>(std::move(*built)));
  return indices_.back().second.get();
}

Result<void> Table::measure(const Space& space, std::span<const Arch> archs, const MeasureContext&,
                            const std::function<void(std::size_t, const Measurement&)>& done) const {
  auto held = index(space);
  if (!held) return held.failure();
  for (std::size_t i = 0; i < archs.size(); ++i) {
    const auto it = (*held)->by_hash.find(archs[i].hash());
    if (it == (*held)->by_hash.end())
      return Failure{"E814", fmt::format("{} has no row for the network {}", args_.file, space.spell(archs[i])),
                     fmt::format("the table holds {} networks: search inside it with pool(space, table)", (*held)->archs.size())};
    Measurement m;
    m.value = it->second.value;
    m.count = it->second.count;
    done(i, m);
  }
  return {};
}

Result<std::vector<Arch>> Table::archs(const Space& space) const {
  auto held = index(space);
  if (!held) return held.failure();
  return (*held)->archs;
}

}  // namespace nas
