#include "core/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace nas {

Result<std::string> read_whole_file(const std::string& path) {
  std::error_code error;
  const auto type = std::filesystem::status(path, error).type();
  if (type == std::filesystem::file_type::directory) return Failure{"E801", fmt::format("{} is a folder, not a file", path), ""};
  if (type != std::filesystem::file_type::regular && type != std::filesystem::file_type::fifo)
    return Failure{"E801", fmt::format("there is no file {}", path), "paths are relative to the script"};
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file.good() && !file.eof()) return Failure{"E801", fmt::format("{} cannot be read", path), std::strerror(errno)};
  return plain_bytes(path, std::move(bytes));
}

Result<std::string> plain_bytes(const std::string& path, std::string bytes) {
  if (bytes.size() < 2 || static_cast<unsigned char>(bytes[0]) != 0x1f || static_cast<unsigned char>(bytes[1]) != 0x8b) return bytes;
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 32) != Z_OK) return Failure{"E805", "zlib does not start", ""};
  std::string plain;
  plain.reserve(bytes.size() * 4);
  stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  char buffer[1 << 16];
  int status = Z_OK;
  while (status == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer);
    stream.avail_out = sizeof buffer;
    status = inflate(&stream, Z_NO_FLUSH);
    plain.append(buffer, sizeof buffer - stream.avail_out);
    if (status == Z_STREAM_END && stream.avail_in > 0) status = inflateReset(&stream);  // several members in one file
  }
  inflateEnd(&stream);
  if (status != Z_STREAM_END) return Failure{"E805", fmt::format("the gzip file {} is corrupt or cut off", path), "fetch it again"};
  return plain;
}

Result<void> write_whole_file(const std::string& path, std::string_view bytes) {
  const std::filesystem::path target(path);
  std::error_code error;
  if (target.has_parent_path()) std::filesystem::create_directories(target.parent_path(), error);
  if (error) return Failure{"E803", fmt::format("the folder of {} cannot be made", path), error.message()};
  const std::string temporary = path + fmt::format(".part{}", gettid());  // two interpreters of one process do not meet
  const int file = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) return Failure{"E803", fmt::format("{} cannot be written", path), std::strerror(errno)};
  std::size_t done = 0;
  bool good = true;
  while (good && done < bytes.size()) {
    const ssize_t n = write(file, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    good = n > 0;
    if (good) done += static_cast<std::size_t>(n);
  }
  int reason = errno;
  if (good && fsync(file) != 0) {
    good = false;
    reason = errno;
  }
  if (close(file) != 0 && good) {
    good = false;
    reason = errno;
  }
  if (good && std::rename(temporary.c_str(), path.c_str()) == 0) return {};
  if (good) reason = errno;
  unlink(temporary.c_str());
  if (reason == ENOSPC || reason == EFBIG || reason == EDQUOT) return Failure{"E806", fmt::format("no room on the disk for {}", path), "free some space and run again: nothing is lost"};
  return Failure{"E803", fmt::format("{} cannot be written", path), std::strerror(reason)};
}

}  // namespace nas
