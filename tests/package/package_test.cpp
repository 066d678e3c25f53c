// The Debian packages: what they hold and need, the same bytes twice, used in an empty root.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/shell.h"

namespace fs = std::filesystem;
using namespace nas::testing;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

class Packages : public InFolder {
 protected:
  void SetUp() override {
    InFolder::SetUp();
    if (!fs::exists(NAS_BINARY_DIR "/bin/nas")) GTEST_SKIP() << "the tool is not built";
    if (std::string(NAS_SANITIZE) != "") GTEST_SKIP() << "packages are made of release builds";
    if (run_line("command -v dpkg-deb && command -v dpkg-shlibdeps && command -v file && command -v cpack").code != 0)
      GTEST_SKIP() << "dpkg-dev or file is not installed";
    make("first");
  }
  void make(const std::string& name) {
    const std::string folder = quoted((folder_ / name).string());
    const Outcome made =
        run_line("mkdir " + folder + " && cd " + folder +
                 " && SOURCE_DATE_EPOCH=1700000000 cpack --config " NAS_BINARY_DIR "/CPackConfig.cmake -B " + folder);
    ASSERT_EQ(made.code, 0) << made.text;
    fs::remove_all(folder_ / name / "_CPack_Packages");
  }
  std::string field(const std::string& package, const std::string& name) const {
    return run_line("dpkg-deb -f " + quoted((folder_ / "first").string()) + "/" + package + "_*.deb " + name).text;
  }
};

TEST_F(Packages, HoldWhatBelongsToThemNeedWhatTheyLinkToAndWorkInAnEmptyRoot) {
  const std::string needs = field("nas", "Depends");
  for (const char* library : {"libc6 (>= ", "libstdc++6 (>= ", "libfmt9 (>= ", "libsqlite3-0 (>= "})
    EXPECT_THAT(needs, HasSubstr(library));
  for (const char* absent : {"-dev", "torch", "cmake"}) EXPECT_THAT(needs, Not(HasSubstr(absent)));
  const std::string dev = field("libnas-dev", "Depends");
  EXPECT_EQ(dev,
            "nas (= 0.1.0), libantlr4-runtime-dev, libeigen3-dev, libfmt-dev, nlohmann-json3-dev, libsqlite3-dev, zlib1g-dev, "
            "libgmp-dev\n");
  run_line("cd " + quoted(folder_.string()) + " && for p in first/*.deb; do dpkg-deb -x $p tree; done");
  const fs::path usr = folder_ / "tree/usr";
  for (const char* file : {"bin/nas", "share/nas/stdlib/spaces/tiny_mobilenet.nas", "share/man/man1/nas.1",
                           "share/man/man1/nas-run.1", "share/bash-completion/completions/nas", "share/doc/nas/nas.spdx.json",
                           "share/doc/nas/docs/language.md", "share/nas/editors/vim/syntax/nas.vim",
                           "include/nas/embed/interpreter.h", "lib/libnas.a", "lib/cmake/nas/nas-config.cmake"})
    EXPECT_TRUE(fs::exists(usr / file)) << file;
  if (fs::exists(NAS_BINARY_DIR "/lib/nas/libnas_torch.so")) {
    EXPECT_TRUE(fs::exists(usr / "lib/nas/libnas_torch.so"));
    EXPECT_THAT(field("nas-torch", "Depends"), HasSubstr("nas (= 0.1.0), "));
  }

  // The bill of materials names what is installed here.
  const auto bill = nlohmann::json::parse(read("tree/usr/share/doc/nas/nas.spdx.json"));
  EXPECT_EQ(bill["spdxVersion"], "SPDX-2.3");
  EXPECT_EQ(bill["creationInfo"]["created"], "2023-11-14T22:13:20Z");
  std::vector<std::string> names;
  for (const auto& package : bill["packages"]) {
    const std::string name = package["name"];
    names.push_back(name);
    if (name != "nas")
      EXPECT_EQ(run_line("dpkg-query -W -f '${Version}' " + name).text, package["versionInfo"].get<std::string>()) << name;
  }
  for (const char* name : {"libfmt-dev", "libsqlite3-dev", "libgmp-dev", "g++"}) EXPECT_THAT(names, Contains(name));
  EXPECT_EQ(bill["relationships"].size(), bill["packages"].size());

  if (run_line("unshare -r true").code != 0) GTEST_SKIP() << "no user name spaces here";
  const Outcome tried =
      run_line(quoted(std::string(NAS_SOURCE_DIR) + "/cmake/try_packages") + " " + quoted((folder_ / "first").string()));
  if (tried.text.find("is not installed here") != std::string::npos) GTEST_SKIP() << tried.text;
  EXPECT_EQ(tried.code, 0) << tried.text;
  EXPECT_THAT(tried.text, HasSubstr("nas 0.1.0\n"));
  EXPECT_THAT(tried.text, HasSubstr("1820112\n"));
  EXPECT_THAT(tried.text, HasSubstr(".TH NAS\\-RUN 1"));
}

// The examples that the packages bring, by CMake and by pkg-config, against nothing but what the packages hold.
TEST_F(Packages, ProgramsAreBuiltAgainstThem) {
  run_line("cd " + quoted(folder_.string()) + " && for p in first/*.deb; do dpkg-deb -x $p tree; done");
  const std::string usr = (folder_ / "tree/usr").string(), examples = usr + "/share/doc/nas/examples/embed";
  for (const char* language : {"c", "cpp"}) {
    const std::string folder = (folder_ / language).string();
    const Outcome built =
        run_line("cmake -S " + quoted(examples + "/" + language) + " -B " + quoted(folder) +
                 " -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_PREFIX_PATH=" + quoted(usr) + " && cmake --build " + quoted(folder));
    ASSERT_EQ(built.code, 0) << built.text;
    const Outcome ran = run_line("cd " + quoted(folder) + " && ./embed_" + language + " results");
    EXPECT_EQ(ran.code, 0) << ran.text;
    EXPECT_THAT(ran.text, HasSubstr("front: "));
  }
  const Outcome built =
      run_line("cd " + quoted(folder_.string()) + " && eval \"cc -std=c99 -Wall -Werror " + quoted(examples + "/c") +
               "/main.c -o by_pkg_config $(PKG_CONFIG_PATH=" + quoted(usr + "/lib/pkgconfig") +
               " pkg-config --cflags --libs nas)\" && LD_LIBRARY_PATH=" + quoted(usr + "/lib") + " ./by_pkg_config results");
  EXPECT_EQ(built.code, 0) << built.text;
  EXPECT_THAT(built.text, HasSubstr("finished: front\n"));
}

TEST_F(Packages, AreTheSameBytesWhenTheyAreMadeAgain) {
  make("second");
  int compared = 0;
  for (const auto& entry : fs::directory_iterator(folder_ / "first")) {
    EXPECT_EQ(slurp(entry.path()), slurp(folder_ / "second" / entry.path().filename())) << entry.path();
    ++compared;
  }
  EXPECT_GE(compared, 2);
}

}  // namespace
