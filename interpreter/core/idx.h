#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"

namespace nas {

/// An IDX file of unsigned bytes (LeCun's format, magic 0x0000 08 dims), plain or gzip.
struct IdxFile {
  std::vector<std::int64_t> dims;
  std::string bytes;
};
/// E801 missing, E805 corrupt gzip, E807 wrong magic or truncated.
Result<IdxFile> read_idx(const std::string& path);

}  // namespace nas
