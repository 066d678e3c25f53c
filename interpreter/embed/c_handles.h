#pragma once

#include <nas/nas.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace nas::c {

/// What a caller of the C interface did wrong, or what the world refused: a status and a sentence. Thrown inside, never out.
struct Fault {
  nas_status status;
  std::string text;
};

enum class Kind : std::uint8_t { interpreter = 1, result, space, search };
const char* name_of(Kind kind);    ///< "interpreter"
const char* phrase_of(Kind kind);  ///< "an interpreter"

/// What stands behind a handle.
struct Object {
  explicit Object(Kind kind) : kind(kind) {}
  virtual ~Object() = default;
  const Kind kind;
  std::uint64_t owner = 0;                    ///< handle of the interpreter that it ends with, 0 = none
  std::atomic<const char*> working{nullptr};  ///< the function that uses it now
  std::map<std::string, std::string> texts;   ///< that callers hold, by the function that gave them

  const char* keep(const char* function, std::string text) { return (texts[function] = std::move(text)).c_str(); }
};

/// All live objects of the process: the only global state. A handle is 32 bits of generation, 4 of kind, 28 of place; a place is
/// used again with the next generation, so that old handles are known for what they are.
class HandleTable {
 public:
  static HandleTable& instance();
  std::uint64_t add(std::shared_ptr<Object> object);
  /// Throws a Fault where the handle is not a live one of that kind; `function` stands in its sentence.
  std::shared_ptr<Object> find(std::uint64_t handle, Kind kind, const char* function) const;
  /// Takes out the object and those that it owns; they are destroyed where the last call that uses them ends.
  void remove(std::uint64_t handle, Kind kind, const char* function);

 private:
  struct Slot {
    std::uint32_t generation = 1;
    bool ended_with_owner = false;  ///< the object before this generation
    Kind last = Kind::interpreter;  ///< what it was
    std::shared_ptr<Object> object;
  };
  std::uint32_t checked_place(std::uint64_t handle, Kind kind, const char* function) const;
  std::shared_ptr<Object> vacate(std::uint32_t place, bool with_owner);

  mutable std::mutex mutex_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
};

template <typename Handle>
std::uint64_t number_of(const Handle* handle) {
  return reinterpret_cast<std::uintptr_t>(handle);
}
template <typename Handle>
Handle* handle_of(std::uint64_t number) {
  static_assert(sizeof(std::uintptr_t) == 8, "handles are 64 bits");
  return reinterpret_cast<Handle*>(static_cast<std::uintptr_t>(number));
}

/// An object in use by one call; a second call at the same time is refused.
template <typename T>
class InUse {
 public:
  InUse(std::shared_ptr<T> object, const char* function) : object_(std::move(object)) {
    const char* other = nullptr;
    if (!object_->working.compare_exchange_strong(other, function))
      throw Fault{NAS_BUSY, std::string(function) + ": " + other + " is at work with this " + name_of(object_->kind)};
  }
  ~InUse() {
    if (object_) object_->working = nullptr;
  }
  InUse(InUse&& other) noexcept : object_(std::move(other.object_)) {}
  InUse(const InUse&) = delete;
  T* operator->() const { return object_.get(); }
  T& operator*() const { return *object_; }

 private:
  std::shared_ptr<T> object_;
};

/// One call of the C interface.
class Call {
 public:
  explicit Call(const char* function) : function(function) {}
  const char* const function;

  /// The object behind a handle, for this call alone. Throws a Fault.
  template <typename T, typename Handle>
  InUse<T> use(const Handle* handle) const {
    return InUse<T>(std::static_pointer_cast<T>(HandleTable::instance().find(number_of(handle), T::kKind, function)), function);
  }
  /// Throws a Fault where an argument is NULL.
  void need(const void* argument, const char* name) const {
    if (!argument) fail(NAS_NULL_ARGUMENT, std::string(name) + " is NULL");
  }
  [[noreturn]] void fail(nas_status status, const std::string& sentence) const {
    throw Fault{status, std::string(function) + ": " + sentence};
  }
};

void write_error(nas_error* error, nas_status status, const std::string& text) noexcept;
/// Writes the exception in flight; for handlers only.
nas_status write_exception(nas_error* error, const char* function) noexcept;

/// The border: runs `body(Call)`, which gives a status or throws a Fault, and lets nothing out.
template <typename Body>
nas_status guarded(const char* function, nas_error* error, Body&& body) noexcept {
  try {
    const Call call(function);
    if constexpr (std::is_void_v<decltype(body(call))>) {
      body(call);
      return NAS_OK;
    } else {
      return body(call);
    }
  } catch (...) {
    return write_exception(error, function);
  }
}

}  // namespace nas::c
