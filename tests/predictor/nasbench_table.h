#pragma once

#include <zlib.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "../space/space_fixture.h"

namespace nas::testing {

/// nasbench201.csv.gz by column, with the genomes of its rows.
struct NasBenchTable {
  std::unique_ptr<CompiledSpace> made;
  std::vector<Arch> archs;
  std::map<std::string, std::vector<double>> columns;
  const Space& space() const { return *made->space; }
};

inline std::optional<NasBenchTable> nasbench_table() {
  const auto folder = shared_data();
  if (!folder) return std::nullopt;
  gzFile file = gzopen((*folder / "nasbench201.csv.gz").c_str(), "rb");
  if (!file) return std::nullopt;
  std::string text;
  char buffer[1 << 16];
  for (int n; (n = gzread(file, buffer, sizeof buffer)) > 0;) text.append(buffer, static_cast<std::size_t>(n));
  gzclose(file);
  NasBenchTable table;
  table.made = compile_stdlib("nasbench201");
  if (!table.made->space) return std::nullopt;
  auto split = [](const std::string& line) {
    std::vector<std::string> cells;
    std::stringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
    return cells;
  };
  std::stringstream lines(text);
  std::string line;
  std::getline(lines, line);
  const auto names = split(line);
  while (std::getline(lines, line)) {
    const auto cells = split(line);
    auto arch = table.space().parse(cells[1]);
    if (!arch) return std::nullopt;
    table.archs.push_back(*arch);
    for (std::size_t j = 2; j < cells.size(); ++j) table.columns[names[j]].push_back(std::atof(cells[j].c_str()));
  }
  return table;
}

}  // namespace nas::testing
