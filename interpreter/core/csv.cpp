#include "core/csv.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/diagnostic.h"

namespace nas {

Result<Csv> Csv::parse(std::string name, std::string bytes) {
  Csv csv;
  csv.name_ = std::move(name);
  csv.bytes_ = std::make_unique<std::string>(std::move(bytes));
  std::string& text = *csv.bytes_;
  std::size_t at = text.compare(0, 3, "\xEF\xBB\xBF") == 0 ? 3 : 0;
  std::vector<std::string_view> row;
  std::size_t line = 0;
  while (at < text.size()) {
    row.clear();
    ++line;
    bool more = true;
    while (more) {
      std::string_view field;
      if (at < text.size() && text[at] == '"') {
        // Doubled quotes are folded in place: the result is never longer than the source.
        std::size_t out = at, in = at + 1;
        const std::size_t begin = out;
        while (in < text.size() && !(text[in] == '"' && (in + 1 >= text.size() || text[in + 1] != '"'))) {
          if (text[in] == '"') ++in;
          text[out++] = text[in++];
        }
        if (in >= text.size()) return Failure{"E808", fmt::format("row {} of {} opens a quote that is never closed", line, csv.name_), ""};
        field = std::string_view(text).substr(begin, out - begin);
        at = in + 1;
      } else {
        const std::size_t end = std::min(text.find_first_of(",\n", at), text.size());
        field = std::string_view(text).substr(at, end - at);
        at = end;
        if (!field.empty() && field.back() == '\r') field.remove_suffix(1);
      }
      if (at < text.size() && text[at] == '\r') ++at;
      row.push_back(field);
      more = at < text.size() && text[at] == ',';
      ++at;
    }
    if (row.size() == 1 && row[0].empty()) continue;
    if (csv.columns_.empty()) {
      csv.columns_.assign(row.begin(), row.end());
      continue;
    }
    if (row.size() != csv.columns_.size())
      return Failure{"E808", fmt::format("row {} of {} has {} fields, the header has {}", line, csv.name_, row.size(), csv.columns_.size()), ""};
    csv.fields_.insert(csv.fields_.end(), row.begin(), row.end());
  }
  if (csv.columns_.empty()) return Failure{"E808", fmt::format("{} is empty", csv.name_), "the first line of a table names its columns"};
  return csv;
}

std::optional<std::size_t> Csv::find(std::string_view column) const {
  const auto it = std::find(columns_.begin(), columns_.end(), column);
  if (it == columns_.end()) return std::nullopt;
  return static_cast<std::size_t>(it - columns_.begin());
}

Result<std::size_t> Csv::column(std::string_view name) const {
  if (const auto found = find(name)) return *found;
  const std::string near = did_you_mean(name, columns_);
  return Failure{"E809", fmt::format("{} has no column {}", name_, name), near.empty() ? fmt::format("its columns are {}", fmt::join(columns_, ", ")) : fmt::format("did you mean {}?", near)};
}

Result<double> Csv::number(std::size_t row, std::size_t column) const {
  const std::string_view field = at(row, column);
  double value = 0;
  const auto parsed = std::from_chars(field.data(), field.data() + field.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != field.data() + field.size() || field.empty())
    return Failure{"E810", fmt::format("row {} of {} has \"{}\" in column {}, which is not a number", row + 2, name_, field, columns_[column]), ""};
  if (!std::isfinite(value)) return Failure{"E810", fmt::format("row {} of {} has {} in column {}, which is not finite", row + 2, name_, field, columns_[column]), ""};
  return value;
}

}  // namespace nas
