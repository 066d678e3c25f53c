#include "embed/c_handles.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace nas::c {
namespace {

constexpr int kKindShift = 28, kGenerationShift = 32;
constexpr std::uint64_t kPlaceMask = (1u << kKindShift) - 1;

std::uint64_t packed(std::uint32_t generation, Kind kind, std::uint32_t place) {
  return (static_cast<std::uint64_t>(generation) << kGenerationShift) | (static_cast<std::uint64_t>(kind) << kKindShift) | place;
}

}  // namespace

const char* name_of(Kind kind) {
  static constexpr const char* names[] = {"", "interpreter", "result", "space", "search"};
  return names[static_cast<std::size_t>(kind)];
}
const char* phrase_of(Kind kind) {
  static constexpr const char* phrases[] = {"", "an interpreter", "a result", "a space", "a search"};
  return phrases[static_cast<std::size_t>(kind)];
}

HandleTable& HandleTable::instance() {
  static HandleTable& table = *new HandleTable;  // never destroyed: other threads may still come while the process ends
  return table;
}

std::uint64_t HandleTable::add(std::shared_ptr<Object> object) {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) {
    if (slots_.empty()) slots_.emplace_back();  // place 0 is nobody's: no handle is NULL
    slots_.emplace_back();
    free_.push_back(static_cast<std::uint32_t>(slots_.size() - 1));
  }
  const std::uint32_t place = free_.back();
  free_.pop_back();
  Slot& slot = slots_[place];
  const Kind kind = object->kind;
  slot.object = std::move(object);
  return packed(slot.generation, kind, place);
}

std::uint32_t HandleTable::checked_place(std::uint64_t handle, Kind kind, const char* function) const {
  const auto fault = [&](nas_status status, const std::string& sentence) {
    return Fault{status, std::string(function) + ": " + sentence};
  };
  const std::string wanted = name_of(kind);
  if (handle == 0) throw fault(NAS_NULL_ARGUMENT, "the " + wanted + " is NULL");
  const auto place = static_cast<std::uint32_t>(handle & kPlaceMask);
  const auto generation = static_cast<std::uint32_t>(handle >> kGenerationShift);
  if (place == 0 || place >= slots_.size() || generation > slots_[place].generation || generation == 0)
    throw fault(NAS_NO_SUCH_HANDLE, std::string("this is no handle of ") + phrase_of(kind));
  const Slot& slot = slots_[place];
  const bool live = generation == slot.generation && slot.object;
  if (const auto of = static_cast<Kind>((handle >> kKindShift) & 0xf); live && of == slot.object->kind && of != kind)
    throw fault(NAS_WRONG_HANDLE, std::string("this is ") + phrase_of(of) + ", and " + phrase_of(kind) + " is needed");
  if (live && slot.object->kind == kind) return place;
  if (generation + 1 == slot.generation && slot.ended_with_owner)
    throw fault(NAS_OWNER_DESTROYED, "the interpreter of this " + std::string(name_of(slot.last)) + " was destroyed");
  throw fault(NAS_NO_SUCH_HANDLE, "this " + wanted + " was destroyed");
}

std::shared_ptr<Object> HandleTable::find(std::uint64_t handle, Kind kind, const char* function) const {
  const std::lock_guard lock(mutex_);
  return slots_[checked_place(handle, kind, function)].object;
}

std::shared_ptr<Object> HandleTable::vacate(std::uint32_t place, bool with_owner) {
  Slot& slot = slots_[place];
  slot.last = slot.object->kind;
  slot.ended_with_owner = with_owner;
  ++slot.generation;
  free_.push_back(place);
  return std::move(slot.object);
}

void HandleTable::remove(std::uint64_t handle, Kind kind, const char* function) {
  std::vector<std::shared_ptr<Object>> ended;  // destroyed when the table is free again: destructors may call the program
  const std::lock_guard lock(mutex_);
  const std::uint32_t place = checked_place(handle, kind, function);
  Object& object = *slots_[place].object;
  const char* nobody = nullptr;
  if (!object.working.compare_exchange_strong(nobody, function))
    throw Fault{NAS_BUSY, std::string(function) + ": " + nobody + " is at work with this " + name_of(kind)};
  ended.push_back(vacate(place, false));
  if (kind != Kind::interpreter) return;
  for (std::uint32_t other = 1; other < slots_.size(); ++other)
    if (slots_[other].object && slots_[other].object->owner == handle) ended.push_back(vacate(other, true));
}

void write_error(nas_error* error, nas_status status, const std::string& text) noexcept {
  if (!error) return;
  error->status = status;
  std::size_t size = std::min(text.size(), sizeof error->text - 1);
  while (size < text.size() && size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
  std::memcpy(error->text, text.data(), size);
  error->text[size] = '\0';
}

nas_status write_exception(nas_error* error, const char* function) noexcept {
  try {
    try {
      throw;
    } catch (const Fault& fault) {
      write_error(error, fault.status, fault.text);
      return fault.status;
    } catch (const std::bad_alloc&) {
      write_error(error, NAS_NO_MEMORY, "there is not enough memory");
      return NAS_NO_MEMORY;
    } catch (const std::exception& bug) {
      write_error(error, NAS_INTERNAL_ERROR, std::string(function) + ": a fault of the library: " + bug.what());
      return NAS_INTERNAL_ERROR;
    }
  } catch (...) {
    write_error(error, NAS_INTERNAL_ERROR, "a fault of the library");
    return NAS_INTERNAL_ERROR;
  }
}

}  // namespace nas::c
