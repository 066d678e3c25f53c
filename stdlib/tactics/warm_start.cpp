#include "stdlib/tactics/warm_start.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/component.h"
#include "core/services.h"
#include "stdlib/objectives/table.h"

namespace nas {
namespace {

struct WarmStartArgs {
  std::vector<StageRef> results;
  std::string file;
};

/// At most three names, then how many more there are.
std::string some_of(const std::vector<std::string>& names) {
  if (names.size() <= 3) return fmt::format("{}", fmt::join(names, ", "));
  return fmt::format("{} and {} more", fmt::join(names.begin(), names.begin() + 3, ", "), names.size() - 3);
}

void add_missing(const std::vector<std::string>& names, std::vector<std::string>& all) {
  for (const std::string& name : names)
    if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
}

class WarmStart : public Preparation {
 public:
  WarmStart(WarmStartArgs args, Services& services) : args_(std::move(args)), services_(services) {}

  Result<std::string> content(const Space& space) const override {
    if (args_.file.empty()) return std::string();
    auto read = table();
    if (!read) return read.failure();
    if (auto networks = (*read)->networks(space); !networks) return networks.failure();
    return (*read)->key();
  }

  Result<void> prepare(SearchTask& task, std::vector<std::string>& notes) const override {
    for (const StageRef& result : args_.results) {
      const auto found = services_.found_by(result.stage);
      if (!found.space) {
        notes.push_back(fmt::format("warm start: {} was not run, so nothing comes from it", result.stage));
        continue;
      }
      std::vector<std::string> unmatched, moved;
      std::size_t taken = 0;
      for (const Arch& arch : found.front) {
        MappedNetwork mapped = map_network(*found.space, arch, *task.space);
        add_missing(mapped.unmatched, unmatched);
        add_missing(mapped.moved, moved);
        taken += add(std::move(mapped.arch), task);
      }
      std::string note = fmt::format("warm start: {} of the {} networks of {}", taken, found.front.size(), result.stage);
      if (!unmatched.empty()) note += fmt::format("; not known there: {}", some_of(unmatched));
      if (!moved.empty()) note += fmt::format("; the nearest option taken for {}", some_of(moved));
      notes.push_back(std::move(note));
    }
    if (!args_.file.empty()) {
      auto read = table();
      if (!read) return read.failure();
      auto networks = (*read)->networks(*task.space);
      if (!networks) return networks.failure();
      std::size_t taken = 0;
      for (Arch& arch : *networks) taken += add(std::move(arch), task);
      notes.push_back(fmt::format("warm start: {} of the {} networks of {}", taken, networks->size(), args_.file));
    }
    if (task.first.empty())
      return Failure{"E825", "warm_start has no network to start from",
                     "the networks that were offered do not exist in this space"};
    return {};
  }

 private:
  /// True when the network is new and valid.
  static bool add(Arch arch, SearchTask& task) {
    if (!task.space->valid(arch.genes) || std::find(task.first.begin(), task.first.end(), arch) != task.first.end()) return false;
    task.first.push_back(std::move(arch));
    return true;
  }

  Result<std::shared_ptr<Table>> table() const {
    TableArgs table;
    table.file = args_.file;
    table.duplicates = Duplicates::first;
    return Table::open(table, services_);
  }

  WarmStartArgs args_;
  Services& services_;
};

}  // namespace

MappedNetwork map_network(const Space& from, const Arch& arch, const Space& to) {
  MappedNetwork mapped{to.largest(), {}, {}};
  std::map<std::string, std::string> values;
  for (auto& [gene, option] : from.gene_values(arch)) values[gene] = option;
  for (std::size_t g = 0; g < to.gene_count(); ++g) {
    const Gene& gene = to.genes()[g];
    const auto old = from.find_gene(gene.name);
    if (!old) {
      mapped.unmatched.push_back(gene.name);
      continue;
    }
    const auto value = values.find(gene.name);
    if (value == values.end()) continue;  // not active there: its stage is too short
    auto option = std::find(gene.options.begin(), gene.options.end(), value->second);
    if (option == gene.options.end()) {
      const Gene& before = from.genes()[*old];
      if (gene.numbers.empty() || before.numbers.empty()) {
        mapped.unmatched.push_back(gene.name);
        continue;
      }
      mapped.moved.push_back(gene.name);
      const double number = before.numbers[static_cast<std::size_t>(
          std::find(before.options.begin(), before.options.end(), value->second) - before.options.begin())];
      const auto nearest = std::min_element(gene.numbers.begin(), gene.numbers.end(),
                                            [&](double a, double b) { return std::fabs(a - number) < std::fabs(b - number); });
      option = gene.options.begin() + (nearest - gene.numbers.begin());
    }
    mapped.arch.genes[g] = static_cast<std::uint8_t>(option - gene.options.begin());
  }
  to.canonicalise(mapped.arch.genes);
  return mapped;
}

void add_warm_start(Registry& registry) {
  registry.add(
      Declare<WarmStartArgs>(ComponentKind::tactic, "warm_start",
                             "The search starts from networks that were found before, not from random ones alone.")
          .arg("results", &WarmStartArgs::results, "searches whose fronts it starts from")
          .refers_to("Result")
          .arg("file", &WarmStartArgs::file, "a table of networks in the space's spelling, as export writes it; \"\" = none")
          .details(
              "The networks are measured first, in place of up to half of the random ones, and seed every population. Genes of "
              "another space are matched by name, options by their text, else by the nearest number; a gene that the other "
              "space does not have takes the option of the largest network. What could not be matched is said with the result. "
              "It stands beside the tactic that runs the search.")
          .paper("Cummings et al., arXiv:2205.10358, section 4.3 (warm start across devices)")
          .prepares()
          .example("search second = nsga2() with direct(), warm_start(first)")
          .builds([](const WarmStartArgs& a, Services& s) -> Result<std::shared_ptr<void>> {
            if (a.results.empty() && a.file.empty())
              return Failure{"E403", "warm_start needs results or a file to start from", "e.g. warm_start(first)"};
            return std::shared_ptr<void>(std::static_pointer_cast<Preparation>(std::make_shared<WarmStart>(a, s)));
          }));
}

}  // namespace nas
