#include "run/search_time.h"

#include <algorithm>
#include <iterator>

namespace nas {

SearchTime::SearchTime(Store& store, std::string stage_key, bool fresh) : store_(store), key_(std::move(stage_key)) {
  if (fresh)
    (void)store_.forget_elapsed(key_);
  else
    notes_ = store_.elapsed(key_);
}

double SearchTime::elapsed(std::int64_t evaluations) {
  if (!notes_.empty() && evaluations <= notes_.back().first) {
    const auto after = std::upper_bound(notes_.begin(), notes_.end(), evaluations,
                                        [](std::int64_t e, const auto& note) { return e < note.first; });
    begin_ = Clock::now();
    return after == notes_.begin() ? 0.0 : std::prev(after)->second;
  }
  const double before = notes_.empty() ? 0.0 : notes_.back().second;
  const double seconds = before + std::chrono::duration<double>(Clock::now() - begin_).count();
  if (seconds - std::max(noted_, before) >= kSecondsBetweenNotes) {
    // A note that cannot be written costs at most that this time counts anew; measurements report a full disk.
    (void)store_.save_elapsed(key_, evaluations, seconds);
    noted_ = seconds;
  }
  return seconds;
}

}  // namespace nas
