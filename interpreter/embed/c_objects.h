#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/space.h"
#include "embed/ask_tell.h"
#include "embed/c_handles.h"
#include "embed/interpreter.h"

namespace nas::c {

/// The program's callbacks, called so that nothing that they throw goes further: the first one that throws ends what is at work.
class Bridge {
 public:
  explicit Bridge(const nas_options& given) : given_(given) {}
  /// Puts the callbacks that the program gave into an interpreter's; the bridge lives as long as they do.
  static void connect(const std::shared_ptr<Bridge>& bridge, Options& options, Callbacks& callbacks);
  void on_failure(std::function<void()> stop) { stop_ = std::move(stop); }
  /// What a callback threw since it was last asked for; empty where none did.
  std::string take_failure();

 private:
  template <typename Function>
  void call(const char* name, Function&& function);
  std::optional<std::pair<std::string, std::string>> ask(const char* name, const std::function<int32_t(nas_reply*)>& resolver);

  nas_options given_;
  std::function<void()> stop_;
  std::mutex mutex_;
  std::string failure_;
};

struct InterpreterObject : Object {
  static constexpr Kind kKind = Kind::interpreter;
  InterpreterObject() : Object(kKind) {}
  std::shared_ptr<Bridge> bridge;
  std::unique_ptr<nas::Interpreter> interpreter;
  nlohmann::json diagnostics;  ///< null until they are asked for
};

struct ResultObject : Object {
  static constexpr Kind kKind = Kind::result;
  explicit ResultObject(nlohmann::json json);
  nlohmann::json json;
  std::optional<Front> front;
  std::vector<std::vector<const char*>> texts_of_columns;
};

struct SpaceObject : Object {
  static constexpr Kind kKind = Kind::space;
  explicit SpaceObject(std::shared_ptr<const Space> space);
  std::shared_ptr<const Space> space;
  std::vector<std::vector<const char*>> options;  ///< by gene
};

struct SearchObject : Object {
  static constexpr Kind kKind = Kind::search;
  SearchObject() : Object(kKind) {}
  std::unique_ptr<AskTell> search;
  std::vector<std::uint8_t> asked;
};

/// Puts an object that ends with the interpreter `owner` into the table.
template <typename Handle>
Handle* owned_by(std::uint64_t owner, std::shared_ptr<Object> object) {
  object->owner = owner;
  return handle_of<Handle>(HandleTable::instance().add(std::move(object)));
}

}  // namespace nas::c
