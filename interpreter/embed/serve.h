#pragma once

#include <istream>
#include <ostream>

#include "embed/interpreter.h"

namespace nas {

/// How `nas serve` measures.
struct ServeOptions {
  int threads = 1;  ///< of one forward pass
  int batch = 1;    ///< images per forward pass
};

/// What the device `remote` talks to: reads one request a line from `in` until it ends, measures the network on this machine's
/// processor and writes one answer a line to `out`, in SI units (docs/devices.md). What is wrong with a request is its answer.
/// A failure where nothing can be measured here at all.
Result<void> serve(const Options& options, const ServeOptions& serving, std::istream& in, std::ostream& out);

}  // namespace nas
