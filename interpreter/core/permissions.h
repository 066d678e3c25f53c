#pragma once

namespace nas {

/// What a script may do besides reading the files that it names and writing below its output folder. `Services` that are no
/// `Permissions` too grant nothing.
class Permissions {
 public:
  virtual ~Permissions() = default;
  /// Whether components may start other programs (`nas run --allow-run`).
  virtual bool may_start_programs() const = 0;
};

}  // namespace nas
