#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "check/evaluate.h"
#include "core/space.h"
#include "core/value.h"

namespace nas {

/// A stage's result as a value: its name, what it is, and the parts that can be asked for.
class StageHandle : public Handle {
 public:
  StageHandle(std::string stage, std::string type) : stage_(std::move(stage)), type_(std::move(type)) {}
  const std::string& stage() const { return stage_; }
  std::string type_name() const override { return type_; }
  std::string print() const override { return stage_; }
  std::optional<Value> member(const std::string& name) const override;
  std::vector<std::string> members() const override;

 protected:
  /// A part that the stage's result will have.
  Value part(const std::string& name) const;

 private:
  std::string stage_, type_;
};

/// A predictor that `tune` has chosen: its trials can be asked for.
class TunedHandle : public StageHandle {
 public:
  explicit TunedHandle(std::string stage) : StageHandle(std::move(stage), "Predictor") {}
  std::optional<Value> member(const std::string& name) const override;
  std::vector<std::string> members() const override { return {"trials", "name"}; }
};

/// One architecture: its counts, and its genes by name.
class ArchHandle : public Handle {
 public:
  /// `stage` names the space's stage.
  ArchHandle(std::string stage, std::shared_ptr<const Space> space, Arch arch)
      : stage_(std::move(stage)), space_(std::move(space)), arch_(std::move(arch)) {}
  std::string type_name() const override { return "Arch"; }
  std::string print() const override { return space_->spell(arch_); }
  std::optional<Value> member(const std::string& name) const override;
  std::vector<std::string> members() const override { return {"macs", "params", "memory"}; }
  Network network() const { return space_->network(arch_); }
  const std::shared_ptr<const Space>& space() const { return space_; }
  const Arch& arch() const { return arch_; }
  /// How arguments of components write it.
  nlohmann::json reference() const;

 private:
  std::string stage_;
  std::shared_ptr<const Space> space_;
  Arch arch_;
};

class SpaceHandle : public StageHandle {
 public:
  /// `pool` marks a space of which only a table's networks are left: which ones is known when the table has been read.
  SpaceHandle(std::string stage, std::shared_ptr<const Space> space, bool pool = false)
      : StageHandle(std::move(stage), "Space"), space_(std::move(space)), pool_(pool) {}
  const std::shared_ptr<const Space>& space() const { return space_; }
  bool pool() const { return pool_; }
  std::string print() const override;
  std::optional<Value> member(const std::string& name) const override;
  std::vector<std::string> members() const override;

 private:
  std::shared_ptr<const Space> space_;
  bool pool_;
};

/// An imported file: its names.
class ModuleHandle : public Handle {
 public:
  ModuleHandle(std::string name, std::shared_ptr<Scope> scope) : name_(std::move(name)), scope_(std::move(scope)) {}
  std::string type_name() const override { return "Module"; }
  std::string print() const override { return name_; }
  std::optional<Value> member(const std::string& name) const override;
  std::vector<std::string> members() const override;

 private:
  std::string name_;
  std::shared_ptr<Scope> scope_;
};

/// A handle as a value.
template <typename T, typename... Arguments>
Value handle_value(Arguments&&... arguments) {
  return Value(std::static_pointer_cast<const Handle>(std::make_shared<T>(std::forward<Arguments>(arguments)...)));
}

}  // namespace nas
