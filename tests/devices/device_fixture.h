#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "../docs/pages.h"
#include "embed/interpreter.h"

namespace nas::testing {

/// Scripts with devices behind other programs, in a folder of their own.
class DeviceTest : public ::testing::Test {
 protected:
  DeviceTest() : options_(options_in(folder_.path())) {
    options_.allow_run = true;
    options_.threads = 1;
  }
  struct Outcome {
    Status status = Status::ok;
    std::string text;     ///< diagnostics
    std::string printed;  ///< what `show` printed
  };
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.path() / name, std::ios::binary) << text;
  }
  std::string read(const std::string& name) const { return slurp(folder_.path() / name); }
  std::vector<std::string> lines(const std::string& name) const {
    std::istringstream file(read(name));
    std::vector<std::string> list;
    for (std::string line; std::getline(file, line);) list.push_back(line);
    return list;
  }
  /// A program for /bin/sh that reads requests; `answer` is done for each, with its number in $id, its operations in $macs and
  /// its architecture in $arch. Every request's architecture is a line of the file `asked`, every start's process a line of
  /// `started`.
  void write_program(const std::string& answer, const std::string& first = "") const {
    write("board.sh",
          "echo $$ >> started\n" + first +
              "while read -r line; do\n"
              "  id=$(printf '%s' \"$line\" | sed 's/.*\"id\":\\([0-9]*\\).*/\\1/')\n"
              "  macs=$(printf '%s' \"$line\" | sed 's/.*],\"macs\":\\([0-9]*\\).*/\\1/;s/.*\"macs\":\\([0-9]*\\).*/\\1/')\n"
              "  arch=$(printf '%s' \"$line\" | sed 's/.*\"architecture\":\"\\([^\"]*\\)\".*/\\1/')\n"
              "  echo \"$arch\" >> asked\n" +
              answer + "\ndone\n");
  }
  /// `stop(n)` after n measurements cancels the run where it gives true.
  Outcome run(const std::string& script, const std::function<bool(int)>& stop = {}) const {
    write("s.nas", script);
    Outcome outcome;
    Interpreter* running = nullptr;
    int measured = 0;
    Callbacks callbacks;
    callbacks.print = [&](const std::string& text) { outcome.printed += text; };
    callbacks.progress = [&](const ProgressEvent& event) {
      if (event.kind == ProgressEvent::Kind::step && event.what.starts_with("measuring") && stop && stop(++measured))
        running->cancel();
    };
    Interpreter interpreter(options_, callbacks);
    running = &interpreter;
    EXPECT_TRUE(interpreter.load_file((folder_.path() / "s.nas").string()));
    outcome.status = interpreter.run();
    outcome.text = interpreter.render_diagnostics(false);
    const std::string place = folder_.path().string() + "/";
    for (std::size_t at; (at = outcome.text.find(place)) != std::string::npos;) outcome.text.erase(at, place.size());
    return outcome;
  }
  /// Whether every process of the file `started` has gone, with a little patience: what is killed is gone soon, not at once.
  bool all_gone() const {
    for (const std::string& id : lines("started"))
      for (int wait = 0; ::kill(static_cast<pid_t>(std::stol(id)), 0) == 0 || errno != ESRCH; ++wait) {
        if (wait == 1000) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      }
    return true;
  }
  /// The first line of a diagnostic.
  static std::string sentence(const Outcome& outcome) { return outcome.text.substr(0, outcome.text.find('\n')); }

  TemporaryFolder folder_;
  Options options_;
};

inline std::string board_script(const std::string& arguments, const std::string& rest, int samples = 12) {
  return fmt::format(
      "seed 1\nspace net = tiny_mobilenet()\ndevice board = command(\"sh board.sh\", unit = 1ms{})\n"
      "profile base = latency over net on board {{ samples = {} }}\n{}\n",
      arguments, samples, rest);
}

inline const char* const kRight = "  echo \"{\\\"id\\\": $id, \\\"value\\\": $((macs / 1000))e-3}\"";

}  // namespace nas::testing
