// Links with cmake/fmt.cpp alone where this version of fmt lets it.
#include <fmt/format.h>

int main() {
  return fmt::format("{} {:.3g} {:>5}", 1, 2.5, fmt::to_string(2.5f)).empty();
}
