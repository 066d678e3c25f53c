#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/predictor.h"
#include "core/result.h"

namespace nas {

/// A predictor in a file: what it is made of, what it predicts, and what it has learnt.
struct SavedPredictor {
  /// Its "component" and that one's "arguments". Of a transfer also "of": the same of what it started from, null where that is
  /// nothing.
  nlohmann::json made_by;
  std::string metric;      ///< "latency"
  std::string space;       ///< the space's key
  std::string space_name;  ///< for sentences
  std::size_t rows = 0;    ///< networks that it has learnt from
  PredictorState state;
};

/// One line of JSON, in which every array has its name and its length, and behind it the numbers of all arrays, each eight bytes,
/// IEEE 754, little-endian.
std::string to_bytes(const SavedPredictor& predictor);
/// E849 for what is no such file, or is cut off or of another version.
Result<SavedPredictor> saved_predictor_from(const std::string& bytes, const std::string& name);

}  // namespace nas
