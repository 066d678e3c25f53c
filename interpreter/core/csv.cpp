#include "core/csv.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/diagnostic.h"

namespace nas {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Reads fields and records off a text; quoted fields are unfolded in place, so that views into the text stay valid.
class Reader {
 public:
  explicit Reader(std::string& text) : text_(text), at_(text.compare(0, 3, "\xEF\xBB\xBF") == 0 ? 3 : 0) {}

  bool done() const { return at_ >= text_.size(); }
  std::uint32_t line() const { return line_; }
  /// The fields of the next record; what is wrong with it, or null.
  const char* record(std::vector<std::string_view>& fields) {
    fields.clear();
    while (true) {
      if (at_ < text_.size() && text_[at_] == '"') {
        if (!quoted(fields)) return "opens a quote that is never closed";
        if (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') return "has text after a closing quote";
      } else {
        const std::size_t begin = at_;
        while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') ++at_;
        std::string_view field = std::string_view(text_).substr(begin, at_ - begin);
        if (!field.empty() && field.back() == '\r' && (at_ >= text_.size() || text_[at_] == '\n')) field.remove_suffix(1);
        fields.push_back(trimmed(field));
      }
      const bool more = at_ < text_.size() && text_[at_] == ',';
      if (!more) ++line_;
      ++at_;
      if (!more) return nullptr;
    }
  }

 private:
  bool quoted(std::vector<std::string_view>& fields) {
    const std::size_t begin = at_;
    std::size_t out = begin, in = begin + 1;
    while (in < text_.size() && (text_[in] != '"' || (in + 1 < text_.size() && text_[in + 1] == '"'))) {
      if (text_[in] == '"') ++in;
      if (text_[in] == '\n') ++line_;
      text_[out++] = text_[in++];
    }
    if (in >= text_.size()) return false;
    fields.push_back(std::string_view(text_).substr(begin, out - begin));
    at_ = in + 1;
    if (at_ < text_.size() && text_[at_] == '\r' && (at_ + 1 >= text_.size() || text_[at_ + 1] == '\n')) ++at_;
    return true;
  }

  std::string& text_;
  std::size_t at_;
  std::uint32_t line_ = 1;
};

}  // namespace

Result<Csv> Csv::parse(std::string name, std::string bytes) {
  Csv csv;
  csv.name_ = std::move(name);
  csv.bytes_ = std::make_unique<std::string>(std::move(bytes));
  Reader reader(*csv.bytes_);
  std::vector<std::string_view> row;
  while (!reader.done()) {
    const std::uint32_t line = reader.line();
    if (const char* wrong = reader.record(row))
      return Failure{"E808", fmt::format("line {} of {} {}", line, csv.name_, wrong), ""};
    if (row.size() == 1 && row[0].empty()) continue;
    if (csv.columns_.empty()) {
      for (const std::string_view column : row) csv.columns_.emplace_back(trimmed(column));
      for (std::size_t i = 0; i < row.size(); ++i)
        if (std::find(csv.columns_.begin(), csv.columns_.begin() + static_cast<std::ptrdiff_t>(i), csv.columns_[i]) !=
            csv.columns_.begin() + static_cast<std::ptrdiff_t>(i))
          return Failure{"E808", fmt::format("{} has two columns named {}", csv.name_, csv.columns_[i]), "rename one of them"};
      continue;
    }
    if (row.size() != csv.columns_.size())
      return Failure{"E808",
                     fmt::format("line {} of {} has {} field{}, the header has {}", line, csv.name_, row.size(),
                                 row.size() == 1 ? "" : "s", csv.columns_.size()),
                     ""};
    csv.fields_.insert(csv.fields_.end(), row.begin(), row.end());
    csv.lines_.push_back(line);
  }
  if (csv.columns_.empty())
    return Failure{"E808", fmt::format("{} is empty", csv.name_), "the first line of a table names its columns"};
  if (csv.lines_.empty()) return Failure{"E808", fmt::format("{} has a header and no rows", csv.name_), ""};
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
  for (const auto& [sign, called] : {std::pair{';', "semicolons"}, std::pair{'\t', "tabs"}})
    if (columns_.size() == 1 && columns_[0].find(sign) != std::string::npos)
      return Failure{"E809", fmt::format("{} has no column {}", name_, name),
                     fmt::format("its header has {} and no commas; commas separate the fields of a table", called)};
  return Failure{
      "E809", fmt::format("{} has no column {}", name_, name),
      near.empty() ? fmt::format("its columns are {}", fmt::join(columns_, ", ")) : fmt::format("did you mean {}?", near)};
}

Result<double> Csv::number(std::size_t row, std::size_t column) const {
  std::string_view text = trimmed(at(row, column));
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  double value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool number = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && !text.empty();
  if (number && std::isfinite(value)) return value;
  return Failure{"E810",
                 fmt::format("line {} of {} has \"{}\" in column {}, which is not {} number", line(row), name_, at(row, column),
                             columns_[column], number || parsed.ec == std::errc::result_out_of_range ? "a finite" : "a"),
                 ""};
}

}  // namespace nas
