#pragma once

#include <string>

#include "embed/interpreter.h"

namespace nas {

/// How a session is held.
struct ReplRequest {
  Options options;
  std::string file;  ///< loaded first; "" = none
  bool colours = false, error_colours = false;
};

/// A session with a person at a terminal, or with what comes through a pipe; 0, 1 where an entry of a pipe was wrong, 130 where
/// a pipe's session was interrupted.
int run_repl(const ReplRequest& request);

}  // namespace nas
