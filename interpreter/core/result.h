#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace nas {

/// A failure of the world (file, device, child process, back end): what happened and what to do about it.
/// User mistakes are `Diagnostic`s instead; our own bugs go through NAS_CHECK.
struct Failure {
  std::string code;     ///< "E803" where the language has a code for it, else empty
  std::string message;  ///< one plain sentence, no final stop
  std::string hint;     ///< what to write or to do, may be empty
};

/// Either a value or the `Failure` that prevented it.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}
  Result(Failure failure) : content_(std::move(failure)) {}

  explicit operator bool() const { return std::holds_alternative<T>(content_); }
  T& operator*() { return std::get<T>(content_); }
  const T& operator*() const { return std::get<T>(content_); }
  T* operator->() { return &std::get<T>(content_); }
  const T* operator->() const { return &std::get<T>(content_); }
  const Failure& failure() const { return std::get<Failure>(content_); }

 private:
  std::variant<T, Failure> content_;
};

/// Success, or the `Failure` that prevented it.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Failure failure) : failure_(std::move(failure)) {}

  explicit operator bool() const { return !failure_; }
  const Failure& failure() const { return *failure_; }

 private:
  std::optional<Failure> failure_;
};

}  // namespace nas
