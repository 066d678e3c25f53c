#pragma once

#include <zlib.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "space_fixture.h"

namespace nas::testing {

using CsvRow = std::map<std::string, std::string>;

inline std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::stringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

/// The rows of a file among the real measurements, plain or gzipped, by column name; nothing where it is absent.
inline std::vector<CsvRow> csv_rows(const std::string& name) {
  const auto folder = shared_data();
  gzFile file = folder ? gzopen((*folder / name).c_str(), "rb") : nullptr;
  if (!file) return {};
  std::string text;
  char buffer[1 << 16];
  for (int n; (n = gzread(file, buffer, sizeof buffer)) > 0;) text.append(buffer, static_cast<std::size_t>(n));
  gzclose(file);
  const auto lines = split(text, '\n');
  const auto names = split(lines.at(0), ',');
  std::vector<CsvRow> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto cells = split(lines[i], ',');
    CsvRow row;
    for (std::size_t j = 0; j < cells.size() && j < names.size(); ++j) row[names[j]] = cells[j];
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace nas::testing
