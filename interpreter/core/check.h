#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>

namespace nas {

/// One of our own mistakes, never the user's: the tool ends with exit code 70.
class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace nas

/// Ends the run with a `nas::Bug` when our own reasoning was wrong.
#define NAS_CHECK(condition)                                                                       \
  do {                                                                                             \
    if (!(condition)) throw ::nas::Bug(fmt::format("{}:{}: {}", __FILE__, __LINE__, #condition));  \
  } while (false)

/// NAS_CHECK for equality; prints both values.
#define NAS_CHECK_EQ(a, b)                                                                                           \
  do {                                                                                                               \
    const auto& nas_a = (a);                                                                                         \
    const auto& nas_b = (b);                                                                                         \
    if (!(nas_a == nas_b))                                                                                           \
      throw ::nas::Bug(fmt::format("{}:{}: {} == {} ({} and {})", __FILE__, __LINE__, #a, #b, nas_a, nas_b));        \
  } while (false)
