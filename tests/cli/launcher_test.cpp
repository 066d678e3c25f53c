// ./nas and tests/run on machines that lack things: the real scripts with stand-ins for apt-get, dpkg, sudo, cmake and ninja, and
// nothing else on the PATH but the basic commands of a Debian that was just installed.
#include <unistd.h>

#include <set>
#include <sstream>

#include "shell.h"

using namespace nas::testing;

namespace {

namespace fs = std::filesystem;

class Launcher : public InFolder {
 protected:
  void SetUp() override {
    InFolder::SetUp();
    const fs::path source = NAS_SOURCE_DIR;
    checkout_ = folder_ / "check out";
    fs::create_directories(checkout_ / "tests");
    fs::copy(source / "cmake", checkout_ / "cmake");
    fs::copy(source / "nas", checkout_ / "nas");
    fs::copy(source / "tests/run", checkout_ / "tests/run");
    for (const char* name : {"grammar", "interpreter", "stdlib", "backends"}) fs::create_directories(checkout_ / name);
    write("check out/CMakeLists.txt", "");
    fs::create_directories(folder_ / "bin");
    for (const char* name : {"awk",   "bash",   "cat", "chmod",  "cp",    "dirname",  "env", "find", "flock", "grep", "head",
                             "mkdir", "mktemp", "mv",  "printf", "nproc", "readlink", "rm",  "sh",   "sleep", "tail", "touch"}) {
      const auto found = run_line(std::string("command -v ") + name);
      fs::create_symlink(found.text.substr(0, found.text.size() - 1), folder_ / "bin" / name);
    }
    // What is installed: a line each in `installed`. `apt` says how apt-get does.
    write("installed", "");
    write("apt", "works");
    write("build", "works");
    write("user", "0");
    write("calls", "");
    stand_in("id", "cat \"$W/user\"");
    stand_in("sudo", "echo \"sudo\" >>\"$W/calls\"; \"$@\"");
    stand_in("dpkg", "echo \"dpkg $*\" >>\"$W/calls\"");
    stand_in("dpkg-query", "shift 3; for p in \"$@\"; do grep -qx -- \"$p\" \"$W/installed\" && echo \"ii  $p\"; done; exit 0");
    stand_in("apt-get",
             "echo \"apt-get $1\" >>\"$W/calls\"\n"
             "how=$(cat \"$W/apt\")\n"
             "if [ \"$1\" = update ] && [ \"$how\" = stale ]; then printf works >\"$W/apt\"; exit 0; fi\n"
             "case $how in\n"
             "stopped) kill -INT $PPID ;;\n"
             "stale) echo 'E: Unable to locate package libtorch-dev'; exit 100 ;;\n"
             "offline) echo \"Err:1 http://deb.debian.org bookworm InRelease\"; echo \"W: Failed to fetch "
             "http://deb.debian.org/x  Temporary failure "
             "resolving 'deb.debian.org'\"; echo 'E: Unable to locate package g++'; exit 100 ;;\n"
             "full) echo 'E: You don'\"'\"'t have enough free space in /var/cache/apt/archives/.'; exit 100 ;;\n"
             "esac\n"
             "[ \"$1\" = install ] && for p in \"$@\"; do echo \"$p\"; done >>\"$W/installed\"\nexit 0");
    stand_in("cmake",
             "echo \"cmake $1\" >>\"$W/calls\"\n"
             "how=$(cat \"$W/build\")\n"
             "if [ \"$1\" = -S ]; then\n"
             "  [ \"$how\" = unconfigured ] && { echo 'CMake Error: Could NOT find fmt'; touch \"$4/CMakeCache.txt\"; exit 1; }\n"
             "  echo \"CMAKE_HOME_DIRECTORY:INTERNAL=$2\" >\"$4/CMakeCache.txt\"; echo \"$*\" >\"$4/build.ninja\"; exit 0\n"
             "fi\n"
             "for n in 5 10 50 100; do printf '%3d%%|[%d/100] Building CXX object x\\n' $n $n; done\n"
             "case $how in\n"
             "full) echo 'fatal error: error writing to /tmp/x.s: No space left on device'; exit 1 ;;\n"
             "wrong) echo 'interpreter/core/a.cpp:1:1: error: no'; exit 1 ;;\n"
             "killed) kill -INT $$ ;;\n"
             "esac\n"
             "mkdir -p \"$2/bin\"; printf '#!/bin/sh\\nprintf \"tool:\"; printf \" <%%s>\" \"$@\"; echo\\nexit 4\\n' "
             ">\"$2/bin/nas\"; chmod +x "
             "\"$2/bin/nas\"");
    for (const char* name : {"ninja", "c++"}) stand_in(name, "exit 0");
    stand_in("ctest", "printf 'ctest:'; printf ' <%s>' \"$@\"; echo; exit 8");
  }
  void stand_in(const std::string& name, const std::string& text) const {
    write("bin/" + name, "#!" + (folder_ / "bin/bash").string() + "\nW=" + quoted(folder_.string()) + "\n" + text + "\n");
    fs::permissions(folder_ / "bin" / name, fs::perms::owner_all);
  }
  void take_away(const std::string& name) const { fs::remove(folder_ / "bin" / name); }

  Outcome line(const std::string& text) const {
    Outcome outcome = run_line("cd " + quoted(folder_.string()) + "; PATH=" + quoted((folder_ / "bin").string()) + "; " + text);
    outcome.text = shown(outcome.text);
    // Whether the second installation is still under way then is chance.
    const std::string waiting = "nas: waiting for apt-get\n";
    if (const auto at = outcome.text.find(waiting); at != std::string::npos) outcome.text.erase(at, waiting.size());
    return outcome;
  }
  /// In the order of the alphabet: packages are installed beside the build.
  std::string calls() const {
    std::multiset<std::string> lines;
    std::istringstream all(read("calls"));
    for (std::string one; std::getline(all, one);) lines.insert(one + ";");
    write("calls", "");
    std::string text;
    for (const std::string& one : lines) text += one;
    return text;
  }
  static std::string packages(std::initializer_list<std::string> groups) {
    std::istringstream lines(slurp(fs::path(NAS_SOURCE_DIR) / "cmake/packages.txt"));
    std::string text, line;
    for (const std::string& group : groups) {
      lines.clear();
      lines.seekg(0);
      while (std::getline(lines, line))
        if (line.starts_with(group + " ")) text += " " + line.substr(group.size() + 1);
    }
    return text;
  }

  fs::path checkout_;
};

const std::string kSteps = "nas: building 5 %\nnas: building 50 %\nnas: building 100 %\n";
const std::string kBuilt = "nas: first use, building the tool (once)\n" + kSteps;
/// What LibTorch's packages, which came beside the build of the tool, make possible.
const std::string kModule = "nas: adding the LibTorch module\n" + kSteps;

TEST_F(Launcher, ABareMachineIsToldWhatComesThenGetsItThenRuns) {
  const auto first = line("'check out/nas' run 'my script.nas' -p a=1");
  EXPECT_EQ(first.text, "nas: installing" + packages({"build", "module", "run"}) + "\n" + kBuilt + kModule +
                            "tool: <run> <my script.nas> <-p> <a=1>\n");
  EXPECT_EQ(first.code, 4) << "the tool's own exit code";
  EXPECT_EQ(calls(), "apt-get install;apt-get install;cmake --build;cmake --build;cmake -S;cmake -S;");
  const auto second = line("'check out/nas' version");
  EXPECT_EQ(second.text, "tool: <version>\n");
  EXPECT_EQ(calls(), "") << "the second use neither installs nor builds";
}

TEST_F(Launcher, WithoutLeaveToInstallItSaysWhatToType) {
  const auto root = line("NAS_NO_INSTALL=1 'check out/nas' version");
  EXPECT_EQ(root.text, "nas: packages are missing; type: apt-get install" + packages({"build", "module", "run"}) + "\n");
  EXPECT_EQ(root.code, 2);
  write("user", "1000");
  EXPECT_EQ(line("NAS_NO_INSTALL=1 'check out/nas' version").text,
            "nas: packages are missing; type: sudo apt-get install" + packages({"build", "module", "run"}) + "\n");
  EXPECT_EQ(calls(), "");
  // Only what is missing is named.
  std::istringstream all(packages({"build", "module", "run"}));
  std::string installed, name;
  while (all >> name)
    if (name != "graphviz") installed += name + "\n";
  write("installed", installed);
  EXPECT_EQ(line("NAS_NO_INSTALL=1 'check out/nas' version").text,
            "nas: packages are missing; type: sudo apt-get install graphviz\n");
  write("installed", installed + "graphviz\n");
  EXPECT_EQ(line("NAS_NO_INSTALL=1 'check out/nas' version").text, std::string(kBuilt) + "tool: <version>\n");
}

TEST_F(Launcher, WhoIsNotRootInstallsThroughSudo) {
  write("user", "1000");
  EXPECT_EQ(line("'check out/nas' version").code, 4);
  EXPECT_EQ(calls(), "apt-get install;apt-get install;cmake --build;cmake --build;cmake -S;cmake -S;sudo;sudo;");
}

TEST_F(Launcher, WithoutSudoItSaysWhatRootTypes) {
  write("user", "1000");
  take_away("sudo");
  const auto outcome = line("'check out/nas' version");
  EXPECT_EQ(outcome.text, "nas: installing" + packages({"build", "module", "run"}) +
                              "\nnas: not root and no sudo; as root, type: apt-get install" +
                              packages({"build", "module", "run"}) + "\n");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(calls(), "");
}

TEST_F(Launcher, OldPackageListsAreFetchedAgain) {
  write("apt", "stale");
  EXPECT_EQ(line("'check out/nas' version").code, 4);
  EXPECT_EQ(calls(),
            "apt-get install;apt-get install;apt-get install;apt-get update;cmake --build;cmake --build;cmake -S;cmake -S;"
            "dpkg --configure -a;");
}

TEST_F(Launcher, WithoutANetworkItSaysSo) {
  write("apt", "offline");
  const auto outcome = line("'check out/nas' version");
  EXPECT_EQ(outcome.text, "nas: installing" + packages({"build", "module", "run"}) +
                              "\nW: Failed to fetch http://deb.debian.org/x  Temporary failure resolving 'deb.debian.org'\n"
                              "E: Unable to locate package g++\n"
                              "nas: apt-get failed: there is no network; run again when there is one\n"
                              "nas: or type it yourself: apt-get install" +
                              packages({"build", "module", "run"}) + "\n");
  EXPECT_EQ(outcome.code, 2);
}

TEST_F(Launcher, AFullDiskIsNamedAndRunningAgainGoesOn) {
  write("apt", "full");
  auto outcome = line("'check out/nas' version");
  EXPECT_EQ(outcome.text,
            "nas: installing" + packages({"build", "module", "run"}) +
                "\nE: You don't have enough free space in /var/cache/apt/archives/.\nnas: apt-get failed: the disk is full; "
                "free some space and run again\nnas: or type it yourself: apt-get install" +
                packages({"build", "module", "run"}) + "\n");
  EXPECT_EQ(outcome.code, 2);
  write("apt", "works");
  write("build", "full");
  outcome = line("'check out/nas' version");
  EXPECT_EQ(outcome.text,
            "nas: installing" + packages({"build", "module", "run"}) + "\n" + kBuilt +
                "fatal error: error writing to /tmp/x.s: No space left on device\nnas: the build failed: the disk is full; "
                "free some space and run again\n");
  EXPECT_EQ(outcome.code, 2);
  write("build", "works");
  outcome = line("'check out/nas' version");
  EXPECT_EQ(outcome.text, "nas: building 5 %\nnas: building 50 %\nnas: building 100 %\ntool: <version>\n");
}

TEST_F(Launcher, ABuildThatFailsShowsTheErrorAndWhereTheRestIs) {
  write("installed", "");
  write("build", "wrong");
  const auto outcome = line("'check out/nas' version 2>&1 | tail -n 2");
  EXPECT_EQ(outcome.text,
            "interpreter/core/a.cpp:1:1: error: no\nnas: the build failed; all of it is in FOLDER/check out/build/build.log\n");
  EXPECT_FALSE(fs::exists(checkout_ / "build/launcher.stamp"));
}

TEST_F(Launcher, AnInterruptedBuildIsTakenUpAgain) {
  write("build", "killed");
  EXPECT_NE(line("'check out/nas' version").code, 0);
  EXPECT_FALSE(fs::exists(checkout_ / "build/launcher.stamp"));
  write("build", "works");
  EXPECT_EQ(line("'check out/nas' version").text,
            "nas: building 5 %\nnas: building 50 %\nnas: building 100 %\ntool: <version>\n");
  for (const auto& entry : fs::directory_iterator(checkout_ / "build"))
    EXPECT_FALSE(entry.path().filename().string().starts_with("stamp.")) << entry.path();
}

// apt-get takes the signal while it unpacks, and ends well.
TEST_F(Launcher, AnInterruptedInstallationEndsThereAndIsTakenUpAgain) {
  write("apt", "stopped");
  const auto outcome = line("'check out/nas' version");
  EXPECT_EQ(outcome.text, "nas: installing" + packages({"build", "module", "run"}) + "\n");
  EXPECT_EQ(outcome.code, 130);
  EXPECT_EQ(calls(), "apt-get install;");
  write("apt", "works");
  EXPECT_EQ(line("'check out/nas' version").code, 4);
}

TEST_F(Launcher, PackagesThatFailBesideTheBuildEndItWithTheirSentence) {
  std::istringstream all(packages({"build"}));
  std::string installed, name;
  while (all >> name) installed += name + "\n";
  write("installed", installed);
  write("apt", "full");
  const auto outcome = line("'check out/nas' version");
  EXPECT_EQ(outcome.text,
            "nas: installing" + packages({"module", "run"}) + "\n" + kBuilt +
                "E: You don't have enough free space in /var/cache/apt/archives/.\nnas: apt-get failed: the disk is "
                "full; free some space and run again\nnas: or type it yourself: apt-get install" +
                packages({"module", "run"}) + "\n");
  EXPECT_EQ(outcome.code, 2);
  write("apt", "works");
  EXPECT_EQ(line("'check out/nas' version").text,
            "nas: installing" + packages({"module", "run"}) + "\n" + kSteps + kModule + "tool: <version>\n");
}

TEST_F(Launcher, AConfigurationThatFailedIsMadeAgain) {
  write("build", "unconfigured");
  const auto outcome = line("'check out/nas' version 2>&1 | tail -n 3");
  EXPECT_EQ(outcome.text,
            "nas: first use, building the tool (once)\nCMake Error: Could NOT find fmt\nnas: configuring failed; all of it is in "
            "FOLDER/check out/build/configure.log\n");
  EXPECT_EQ(line("'check out/nas' version").code, 2);
  write("build", "works");
  EXPECT_EQ(line("'check out/nas' version").code, 4);
}

TEST_F(Launcher, AMovedFolderWorksAndBuildsAnewAfterAnEdit) {
  EXPECT_EQ(line("'check out/nas' version").code, 4);
  fs::rename(checkout_, folder_ / "elsewhere");
  calls();
  EXPECT_EQ(line("elsewhere/nas version").text, "tool: <version>\n");
  EXPECT_EQ(calls(), "");
  write("elsewhere/interpreter/edited.cpp", "");
  fs::last_write_time(folder_ / "elsewhere/interpreter/edited.cpp", fs::file_time_type::clock::now() + std::chrono::seconds(2));
  EXPECT_EQ(line("elsewhere/nas version").code, 4);
  EXPECT_EQ(calls(), "cmake --build;cmake -S;");
}

TEST_F(Launcher, ItIsFoundFromAnotherFolderAndThroughALink) {
  fs::create_symlink(checkout_ / "nas", folder_ / "link");
  fs::create_directories(folder_ / "deep/er");
  fs::create_symlink("../../link", folder_ / "deep/er/nas");
  EXPECT_EQ(line("cd deep/er; ./nas check x.nas 2>/dev/null").text, "tool: <check> <x.nas>\n");
  EXPECT_EQ(line("PATH=\"$PWD/deep/er:$PATH\"; nas").text, "tool: <>\n");
  EXPECT_FALSE(fs::exists(folder_ / "deep/er/build"));
}

TEST_F(Launcher, AMachineWithoutAptIsToldWhatItNeeds) {
  take_away("apt-get");
  EXPECT_EQ(line("'check out/nas' version").text, std::string(kBuilt) + "tool: <version>\n")
      << "everything is there under another name";
  fs::remove_all(checkout_ / "build");
  take_away("ninja");
  const auto outcome = line("'check out/nas' version");
  EXPECT_EQ(outcome.text,
            "nas: first use, building the tool (once)\nnas: there is no ninja on this machine\nnas: this machine has no apt-get; "
            "install the "
            "counterparts of these Debian packages:" +
                packages({"build", "module", "run"}) + "\n");
  EXPECT_EQ(outcome.code, 2);
}

TEST_F(Launcher, ABuildFolderThatCannotBeWrittenIsNamed) {
  write("check out/build", "a file in the way");
  std::istringstream all(packages({"build", "module", "run"}));
  std::string installed, name;
  while (all >> name) installed += name + "\n";
  write("installed", installed);
  const auto outcome = line("'check out/nas' version");
  EXPECT_EQ(outcome.text, "nas: the folder FOLDER/check out/build cannot be written\n");
  EXPECT_EQ(outcome.code, 2);
}

TEST_F(Launcher, TwoAtOnceBuildOnce) {
  stand_in("ninja", "exit 0");
  write("installed", "");
  const auto outcome = line(
      "'check out/nas' version >/dev/null 2>one & 'check out/nas' version >/dev/null 2>two; wait; cat one two | grep -c "
      "'building the tool'");
  EXPECT_EQ(outcome.text, "1\n");
}

TEST_F(Launcher, TheTestsInstallBuildAndRunTheSameWay) {
  const auto outcome = line("'check out/tests/run' -R Space");
  EXPECT_EQ(outcome.text, "nas: installing" + packages({"build", "module", "run", "test"}) +
                              "\nnas: building 5 %\nnas: building 50 %\nnas: building 100 %\nctest: <--test-dir> "
                              "<FOLDER/check out/build> <--output-on-failure> <--parallel> <2> <-R> <Space>\n");
  EXPECT_EQ(outcome.code, 8) << "ctest's own exit code";
  EXPECT_EQ(calls(), "apt-get install;cmake --build;cmake -S;");
  write("installed", "");
  const auto refused = line("NAS_NO_INSTALL=1 'check out/tests/run'");
  EXPECT_EQ(refused.text,
            "nas: packages are missing; type: apt-get install" + packages({"build", "module", "run", "test"}) + "\n");
  EXPECT_EQ(refused.code, 2);
}

}  // namespace
