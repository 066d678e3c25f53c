#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace nas {

/// A CSV text with a header line, kept as views into its bytes. Quoted fields and CRLF are understood.
class Csv {
 public:
  /// E808 for an empty file, a row with another number of fields (row number from 1, the header is row 1), an open quote.
  static Result<Csv> parse(std::string name, std::string bytes);

  const std::string& name() const { return name_; }
  const std::vector<std::string>& columns() const { return columns_; }
  std::size_t rows() const { return columns_.empty() ? 0 : fields_.size() / columns_.size(); }
  std::optional<std::size_t> find(std::string_view column) const;
  /// E809 with the nearest column when there is none of that name.
  Result<std::size_t> column(std::string_view name) const;
  std::string_view at(std::size_t row, std::size_t column) const { return fields_[row * columns_.size() + column]; }
  /// A finite number; E810 with row and column otherwise.
  Result<double> number(std::size_t row, std::size_t column) const;

 private:
  std::string name_;
  std::unique_ptr<std::string> bytes_;
  std::vector<std::string> columns_;
  std::vector<std::string_view> fields_;
};

}  // namespace nas
