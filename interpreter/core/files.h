#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace nas {

/// All bytes of a file; gzip is undone where the content is gzip. E801 when it cannot be read, E805 when the gzip is corrupt.
Result<std::string> read_whole_file(const std::string& path);

/// Bytes that came from elsewhere, under the name that failures speak of: gzip is undone where they are gzip. E805 as above.
Result<std::string> plain_bytes(const std::string& name, std::string bytes);

/// Writes a file whole or not at all: temporary file in the same folder, flushed to the disk, renamed.
/// Missing folders are made. E803 when the place cannot be written, E806 when the disk is full.
Result<void> write_whole_file(const std::string& path, std::string_view bytes);

}  // namespace nas
