#pragma once

#include "embed/interpreter.h"

namespace nas {

/// Speaks the Language Server Protocol over two file descriptors until the client says exit or the input ends; 0 after an orderly
/// shutdown, else 1.
int run_lsp(const Options& options, int in, int out);

}  // namespace nas
