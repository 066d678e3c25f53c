#pragma once

namespace nas {

/// The command line: parses it, drives one `Interpreter`, returns the exit code (see `Status`).
int run_tool(int argc, char** argv);

}  // namespace nas
