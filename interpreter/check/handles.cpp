#include "check/handles.h"

#include <fmt/format.h>

#include <algorithm>

namespace nas {

std::optional<Value> StageHandle::member(const std::string& name) const {
  if (name == "name") return Value(stage_);
  if (type_ != "Result" && type_ != "Weights") return std::nullopt;
  const auto known = members();
  if (std::find(known.begin(), known.end(), name) == known.end()) return std::nullopt;
  return part(name);
}

std::optional<Value> TunedHandle::member(const std::string& name) const {
  return name == "trials" ? std::optional(part(name)) : StageHandle::member(name);
}

Value StageHandle::part(const std::string& name) const {
  Later later;
  later.stages = {stage_};
  later.now = [stage = stage_, name](const auto& find) -> Result<Value> {
    const auto result = find(stage);
    if (!result) return Failure{"", fmt::format("{} has no result", stage), ""};
    if (auto value = result->member(name)) return *value;
    return Failure{"", fmt::format("{} has no {}", stage, name), ""};
  };
  return Value(later);
}

std::vector<std::string> StageHandle::members() const {
  if (type_ == "Result") return {"best", "front", "archive", "space", "size", "hypervolume", "cost", "evaluations", "name"};
  if (type_ == "Weights") return {"loss", "seconds", "name"};
  return {"name"};
}

std::optional<Value> ArchHandle::member(const std::string& name) const {
  if (name == "macs") return Value(space_->macs(arch_.genes));
  if (name == "params") return Value(space_->params(arch_.genes));
  if (name == "memory") return Value(Quantity{static_cast<double>(space_->peak_memory_bytes(arch_)), dimension_named("memory")});
  for (const auto& [gene, option] : space_->gene_values(arch_))
    if (gene == name) return Value(option);
  return std::nullopt;
}

nlohmann::json ArchHandle::reference() const {
  return {{"$stage", stage_}, {"part", "arch"}, {"genes", space_->gene_values(arch_)}};
}

std::string SpaceHandle::print() const {
  if (pool_) return fmt::format("space {}: {} genes, the networks of a table", space_->name(), space_->gene_count());
  return fmt::format("space {}: {} genes, {} networks of {} genotypes, {} to {} MACs", space_->name(), space_->gene_count(),
                     space_->networks().get_str(), space_->genotypes().get_str(),
                     format_quantity(static_cast<double>(space_->macs(space_->smallest().genes)), {}),
                     format_quantity(static_cast<double>(space_->macs(space_->largest().genes)), {}));
}

std::optional<Value> SpaceHandle::member(const std::string& name) const {
  if (name == "smallest" && !pool_) return handle_value<ArchHandle>(stage(), space_, space_->smallest());
  if (name == "largest" && !pool_) return handle_value<ArchHandle>(stage(), space_, space_->largest());
  if (name == "genes") return Value(static_cast<std::int64_t>(space_->gene_count()));
  if (name == "networks" && !pool_) return Value(space_->networks().get_d());
  return StageHandle::member(name);
}

std::vector<std::string> SpaceHandle::members() const {
  if (pool_) return {"arch", "true_front", "genes", "name"};
  return {"arch", "true_front", "smallest", "largest", "genes", "networks", "name"};
}

std::optional<Value> ModuleHandle::member(const std::string& name) const {
  const Value* value = scope_->find_here(name);
  return value ? std::optional<Value>(*value) : std::nullopt;
}

std::vector<std::string> ModuleHandle::members() const {
  std::vector<std::string> names;
  scope_->collect_names(names);
  return names;
}

}  // namespace nas
