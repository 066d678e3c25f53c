#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "../docs/pages.h"
#include "embed/interpreter.h"

namespace nas::testing {

/// A space with one bottleneck of choices between a stem and a classifier, and named features.
inline const char* const kSmallSpace = R"(def space small() {
  r = choice(16, 32)
  input = image(channels = 3, size = r)
  stem = conv(kernel = 3, out = 8, stride = 2)
  k = choice(3, 5)
  d = choice(1, 2)
  repeat block in d { mbconv(kernel = k, expand = choice(2, 3), out = 8, se = true, act = "h_swish") }
  head = linear(4)
  spelling small {
    r = r
    k = k
    d = d
    e = block[*].expand
  }
  features plain {
    kernel = k
    depth  = d
  }
}
space net = small()
)";

/// Scripts that read files of their folder.
class ModelTest : public ::testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_.path() / name, std::ios::binary) << text; }
  struct Outcome {
    Status status;
    std::string text;     ///< diagnostics and what failed
    std::string printed;  ///< what `show` printed
  };
  Outcome run(const std::string& script) {
    write("s.nas", kSmallSpace + script);
    Outcome outcome;
    Callbacks callbacks;
    callbacks.print = [&](const std::string& text) { outcome.printed += text; };
    Interpreter interpreter(options_in(folder_.path()), callbacks);
    EXPECT_TRUE(interpreter.load_file((folder_.path() / "s.nas").string()));
    outcome.status = interpreter.run();
    outcome.text = interpreter.render_diagnostics(false) + interpreter.failure_text();
    // Where the script lies is no part of a message's words.
    const std::string place = folder_.path().string() + "/";
    for (std::size_t at; (at = outcome.text.find(place)) != std::string::npos;) outcome.text.erase(at, place.size());
    return outcome;
  }

  TemporaryFolder folder_;
};

}  // namespace nas::testing
