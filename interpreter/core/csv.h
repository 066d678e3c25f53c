#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace nas {

/// A CSV text with a header line, kept as views into its bytes. Quoted fields, CRLF, empty lines and a byte order mark are
/// understood, blanks around unquoted fields ignored. Lines are numbered from 1 as editors show them; the header is the first one
/// that is not empty.
class Csv {
 public:
  /// E808 for an empty file, a header without rows, a column named twice, a row with another number of fields, a broken quote.
  static Result<Csv> parse(std::string name, std::string bytes);

  const std::string& name() const { return name_; }
  const std::vector<std::string>& columns() const { return columns_; }
  std::size_t rows() const { return lines_.size(); }
  /// The line of the file on which a row begins.
  std::size_t line(std::size_t row) const { return lines_[row]; }
  std::optional<std::size_t> find(std::string_view column) const;
  /// E809 with the nearest column when there is none of that name.
  Result<std::size_t> column(std::string_view name) const;
  std::string_view at(std::size_t row, std::size_t column) const { return fields_[row * columns_.size() + column]; }
  /// A finite number, spaces around it ignored; E810 with line and column otherwise.
  Result<double> number(std::size_t row, std::size_t column) const;

 private:
  std::string name_;
  std::unique_ptr<std::string> bytes_;
  std::vector<std::string> columns_;
  std::vector<std::string_view> fields_;  ///< rows x columns
  std::vector<std::uint32_t> lines_;
};

}  // namespace nas
