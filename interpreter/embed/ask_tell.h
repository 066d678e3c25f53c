#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/space.h"

namespace nas {

class Interpreter;

/// A search of a script, driven from outside: it is asked for networks and told the values of their metrics, in the order in
/// which `with direct()` would measure them; told the same values it finds the same front. Values are not kept in the run store.
/// It has an interpreter of its own and outlives the one that it comes from; one thread at a time.
class AskTell {
 public:
  /// A search stage of the loaded script. Fails with a sentence where the script has a mistake, where there is no such search,
  /// where other stages have to run before it (E707).
  static Result<std::unique_ptr<AskTell>> open(const Interpreter& from, const std::string& stage);
  ~AskTell();

  const std::shared_ptr<const Space>& space() const;
  struct Metric {
    std::string label;      ///< "latency@board"
    std::string dimension;  ///< of its values, which are SI units: "time"
    bool computed = false;  ///< from the network itself or a model: what is told for it is passed over
  };
  const std::vector<Metric>& metrics() const;

  /// The next networks; none when the search has ended. Asked again before anything was told it gives the same ones.
  Result<std::span<const Arch>> ask();
  /// A value of every metric for every network of the last `ask`, networks x metrics. Fails where nothing was asked for, where
  /// their number is another one, and where a value that is not computed is not finite.
  Result<void> tell(std::span<const double> values);

  /// What it has found so far, as `Interpreter::result_json` of a search.
  nlohmann::json result_json() const;

 private:
  struct State;
  explicit AskTell(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nas
