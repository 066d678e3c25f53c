#include <malloc.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "cli/tool.h"

int main(int argc, char** argv) {
  // From the start what the allocator would learn in the first milliseconds: to keep the memory that it has got.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  mallopt(M_TOP_PAD, 1 << 20);
  try {
    const int code = nas::run_tool(argc, argv);
    std::fflush(nullptr);
    std::_Exit(code);  // what the process still holds goes with it
  } catch (const std::exception& error) {
    std::fprintf(stderr, "nas: this is a bug of nas, not of your script: %s\n", error.what());
    return 70;
  }
}
