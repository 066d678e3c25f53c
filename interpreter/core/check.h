#pragma once

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <stdexcept>
#include <string>
#include <type_traits>

namespace nas {

/// A broken promise inside the product itself; never a mistake of the user. The tool ends with exit code 70.
class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Sees the text of a bug before `Bug` is thrown.
using BugHook = void (*)(const std::string& text);

/// Replaces the hook of the calling thread (null: none) and returns the one that was set.
BugHook set_bug_hook(BugHook hook);

/// Calls the hook, then throws `Bug`.
[[noreturn]] void report_bug(const char* file, int line, const std::string& text);

namespace detail {
template <typename T>
std::string bug_value(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return fmt::format("{}", static_cast<long long>(value));
  } else if constexpr (fmt::is_formattable<T>::value) {
    return fmt::format("{}", value);
  } else if constexpr (requires(std::ostream & out) { out << value; }) {
    return fmt::format("{}", fmt::streamed(value));
  } else {
    return "?";
  }
}
}  // namespace detail
}  // namespace nas

/// Stops with `nas::Bug` when `condition` does not hold.
#define NAS_CHECK(condition)                                             \
  do {                                                                   \
    if (!(condition)) ::nas::report_bug(__FILE__, __LINE__, #condition); \
  } while (false)

/// Stops with `nas::Bug` when `a` and `b` differ; the text shows both values.
#define NAS_CHECK_EQ(a, b)                                                                                \
  do {                                                                                                    \
    const auto& nas_check_a = (a);                                                                        \
    const auto& nas_check_b = (b);                                                                        \
    if (!(nas_check_a == nas_check_b)) {                                                                  \
      ::nas::report_bug(__FILE__, __LINE__,                                                               \
                        fmt::format("{} == {}: {} and {}", #a, #b, ::nas::detail::bug_value(nas_check_a), \
                                    ::nas::detail::bug_value(nas_check_b)));                              \
    }                                                                                                     \
  } while (false)
