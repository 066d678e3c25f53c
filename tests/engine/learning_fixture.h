#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/space.h"
#include "engine_fixture.h"

namespace nas::testing {

/// A device that counts what it measures. Its latency is a sum over the options: `slow` times that of the first one, plus what
/// one option costs more; 0 gives every network the same.
struct BoardArgs {
  double slow = 1;
  double extra = 0;
};
class Board : public Device, public MetricSource, public std::enable_shared_from_this<Board> {
 public:
  static inline std::atomic<int> measured{0};
  static inline std::function<void(int)> at_each;
  explicit Board(const BoardArgs& args) : args_(args) {}
  nlohmann::json identity() const override { return {{"board", key()}}; }
  Result<std::shared_ptr<const MetricSource>> source(const MetricKind&) const override {
    return std::static_pointer_cast<const MetricSource>(shared_from_this());
  }
  std::string key() const override { return fmt::format("board {} {}", args_.slow, args_.extra); }
  std::string provenance() const override { return "counted"; }
  Cost cost() const override { return Cost::measured; }
  Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                       const std::function<void(std::size_t, const Measurement&)>& done) const override {
    for (std::size_t i = 0; i < archs.size(); ++i) {
      if (context.cancelled()) return Failure{"cancelled", "interrupted", ""};
      std::vector<float> x(space.feature_count());
      space.features(archs[i].genes, 1, x);
      double ms = 2;
      for (std::size_t j = 0; j < x.size(); ++j)
        ms += args_.slow * (0.1 + 0.05 * std::sqrt(static_cast<double>(j + 1))) * static_cast<double>(x[j]);
      done(i, {.value = args_.slow > 0 ? 1e-3 * (ms + args_.extra * static_cast<double>(x[1])) : 1e-3});
      const int count = ++measured;
      if (at_each) at_each(count);
    }
    return {};
  }

 private:
  BoardArgs args_;
};

inline void add_boards(Registry& registry) {
  registry.add(Declare<BoardArgs>(ComponentKind::device, "board", "Counts.")
                   .arg("slow", &BoardArgs::slow, "how much slower than the first one")
                   .arg("extra", &BoardArgs::extra, "what the second feature costs besides")
                   .gives({"latency"})
                   .builds([](const BoardArgs& a, Services&) {
                     return std::shared_ptr<void>(std::static_pointer_cast<Device>(std::make_shared<Board>(a)));
                   }));
}

/// Scripts that begin with a profile of one of two boards.
class Learning : public EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    options_.extend = add_boards;
    Board::measured = 0;
    Board::at_each = nullptr;
  }
  /// Its first line.
  static std::string first_error(const Outcome& outcome) {
    const std::string all = outcome.diagnostics + outcome.failure;
    const auto at = std::min(all.find("error["), all.size());
    return all.substr(at, all.find('\n', at) - at);
  }
  static std::string script(const std::string& rest, int samples = 60) {
    return fmt::format(
        "seed 3\nspace net = tiny_mobilenet()\ndevice first = board()\ndevice second = board(slow = 3, extra = 2)\n"
        "profile base = latency over net on first {{ samples = {} }}\n{}\n",
        samples, rest);
  }
};

}  // namespace nas::testing
