#include "core/idx.h"

#include <fmt/format.h>

#include "core/files.h"

namespace nas {

Result<IdxFile> read_idx(const std::string& path) {
  auto content = read_whole_file(path);
  if (!content) return content.failure();
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>((*content)[i]); };
  if (content->size() < 4 || byte(0) != 0 || byte(1) != 0 || byte(2) != 8 || byte(3) < 1 || byte(3) > 4)
    return Failure{"E807", fmt::format("{} is not an IDX file of bytes", path), "it begins with the bytes 00 00 08 and the number of dimensions"};
  IdxFile file;
  const std::size_t dims = byte(3);
  std::int64_t total = 1;
  if (content->size() < 4 + 4 * dims) return Failure{"E807", fmt::format("the IDX file {} ends inside its header", path), "fetch it again"};
  for (std::size_t d = 0; d < dims; ++d) {
    const std::size_t at = 4 + 4 * d;
    file.dims.push_back((std::int64_t{byte(at)} << 24) | (byte(at + 1) << 16) | (byte(at + 2) << 8) | byte(at + 3));
    total *= file.dims.back();
  }
  const auto have = static_cast<std::int64_t>(content->size() - 4 - 4 * dims);
  if (have != total)
    return Failure{"E807", fmt::format("the IDX file {} has {} bytes of data, its header says {}", path, have, total), "fetch it again"};
  file.bytes = content->substr(4 + 4 * dims);
  return file;
}

}  // namespace nas
