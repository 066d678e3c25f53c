#include "core/idx.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

namespace nas {
namespace {

std::string header(std::vector<int> dims) {
  std::string text{'\0', '\0', '\b', static_cast<char>(dims.size())};
  for (const int d : dims)
    text += {static_cast<char>(d >> 24), static_cast<char>(d >> 16), static_cast<char>(d >> 8), static_cast<char>(d)};
  return text;
}

class Idx : public ::testing::Test {
 protected:
  Idx() : folder_(std::filesystem::temp_directory_path() / ("nas_idx_" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~Idx() override { std::filesystem::remove_all(folder_); }
  std::string file(const std::string& bytes) const {
    const std::string path = folder_ / "data";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  std::string zipped(const std::string& bytes) const {
    const std::string path = folder_ / "data.gz";
    gzFile out = gzopen(path.c_str(), "wb");
    gzwrite(out, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(out);
    return path;
  }
  std::filesystem::path folder_;
};

TEST_F(Idx, ReadsPlainAndGzipAlike) {
  const std::string bytes = header({2, 1, 3}) + std::string("\x01\x02\x03\xff\x00\x07", 6);
  for (const std::string& path : {file(bytes), zipped(bytes)}) {
    const auto read = read_idx(path);
    ASSERT_TRUE(read) << read.failure().message;
    EXPECT_EQ(read->dims, (std::vector<std::int64_t>{2, 1, 3}));
    EXPECT_EQ(read->bytes, std::string("\x01\x02\x03\xff\x00\x07", 6));
  }
}

TEST_F(Idx, NamesWhatIsWrong) {
  const auto failure = [](const std::string& path) {
    const auto read = read_idx(path);
    return read ? std::string("read") : read.failure().code + ": " + read.failure().message + "; " + read.failure().hint;
  };
  const std::string missing = folder_ / "missing";
  EXPECT_EQ(failure(missing), "E801: there is no file " + missing + "; paths are relative to the script");
  std::string path = file("PNG is not IDX");
  EXPECT_EQ(failure(path),
            "E807: " + path + " is not an IDX file of bytes; it begins with the bytes 00 00 08 and the number of dimensions");
  path = file(header({2, 2}).substr(0, 7));
  EXPECT_EQ(failure(path), "E807: the IDX file " + path + " ends inside its header; fetch it again");
  path = file(header({2, 2}) + "abc");
  EXPECT_EQ(failure(path), "E807: the IDX file " + path + " has 3 bytes of data, its header says 4; fetch it again");
  path = zipped(header({20, 20}) + std::string(400, 'x'));
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 9);
  EXPECT_EQ(failure(path), "E805: the gzip file " + path + " is corrupt or cut off; fetch it again");
}

}  // namespace
}  // namespace nas
