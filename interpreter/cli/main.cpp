#include <cstdio>
#include <exception>
#include <string>

#include "cli/tool.h"

int main(int argc, char** argv) {
  try {
    return nas::run_tool(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "nas: this is a bug of nas, not of your script: %s\n", error.what());
    return 70;
  }
}
