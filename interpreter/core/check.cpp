#include "core/check.h"

#include <string_view>

namespace nas {
namespace {
// One per thread, so that two interpreters in two threads do not see each other's hook.
thread_local BugHook bug_hook = nullptr;
}  // namespace

BugHook set_bug_hook(BugHook hook) {
  BugHook previous = bug_hook;
  bug_hook = hook;
  return previous;
}

void report_bug(const char* file, int line, const std::string& text) {
  std::string_view place = file;
  if (auto at = place.rfind('/'); at != std::string_view::npos) place.remove_prefix(at + 1);
  const std::string message = fmt::format("{}:{}: broken promise: {}", place, line, text);
  if (bug_hook) bug_hook(message);
  throw Bug(message);
}

}  // namespace nas
