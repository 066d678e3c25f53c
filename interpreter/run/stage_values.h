#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/search.h"
#include "core/services.h"

namespace nas {

/// What stages come to while a run goes on. Set on the thread that keeps the schedule, read by all.
template <typename T>
class StageValues {
 public:
  /// Null (or empty) where the stage has not given one.
  T find(const std::string& stage) const {
    const std::scoped_lock lock(mutex_);
    const auto it = values_.find(stage);
    return it == values_.end() ? T{} : it->second;
  }
  void set(const std::string& stage, T value) {
    const std::scoped_lock lock(mutex_);
    values_[stage] = std::move(value);
  }
  std::vector<T> all() const {
    const std::scoped_lock lock(mutex_);
    std::vector<T> list;
    for (const auto& [name, value] : values_) list.push_back(value);
    return list;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, T> values_;
};

}  // namespace nas
