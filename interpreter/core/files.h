#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace nas {

/// All bytes of a file; gzip is undone where the content is gzip. E801 when it cannot be read, E805 when the gzip is corrupt.
Result<std::string> read_whole_file(const std::string& path);

/// Writes a file whole or not at all: temporary file in the same folder, flushed to the disk, renamed.
/// Missing folders are made. E803 when the place cannot be written, E806 when the disk is full.
Result<void> write_whole_file(const std::string& path, std::string_view bytes);

}  // namespace nas
