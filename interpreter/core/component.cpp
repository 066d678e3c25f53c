#include "core/component.h"

#include <algorithm>

#include "core/check.h"
#include "core/metric.h"

namespace nas {

void Registry::add(Component component) {
  NAS_CHECK(!find(component.kind, component.name));
  // A predictor of certain metrics alone looks at the networks themselves (NetworkPredictor).
  if (component.kind == ComponentKind::predictor && component.metrics.empty() && !component.find_arg("features")) {
    ArgSpec features;
    features.name = "features";
    features.help = "a named encoding of the space, such as ofa_128; left out: one column per option of every gene";
    features.type = ArgType::text;
    features.bare = true;
    features.positional = false;
    features.default_value = "";
    component.args.push_back(std::move(features));
  }
  components_.push_back(std::make_unique<Component>(std::move(component)));
}

void Registry::add_later(std::vector<ComponentKind> kinds, void (*fill)(Registry&)) {
  later_.push_back({std::move(kinds), fill});
}

void Registry::fill(ComponentKind kind) const {
  const auto wanted = std::find_if(later_.begin(), later_.end(), [&](const Later& later) {
    return std::find(later.kinds.begin(), later.kinds.end(), kind) != later.kinds.end();
  });
  if (wanted == later_.end()) return;
  auto& self = const_cast<Registry&>(*this);  // what is there does not change, only when it is made
  const auto fill = wanted->fill;
  self.later_.erase(wanted);
  fill(self);
}

void Registry::take(Registry&& other, const std::string& origin) {
  for (auto& component : other.components_) {
    NAS_CHECK(!find(component->kind, component->name));
    component->origin = origin;
    components_.push_back(std::move(component));
  }
  other.components_.clear();
  for (const auto& kind : other.own_metrics_) add_metric(*kind);
  other.own_metrics_.clear();
}

std::vector<const Component*> Registry::all() const {
  std::vector<const Component*> list;
  for (const auto& component : components_) list.push_back(component.get());
  return list;
}

const Component* Registry::find(ComponentKind kind, std::string_view name) const {
  const std::lock_guard lock(*filling_);
  fill(kind);
  for (const auto& component : components_)
    if (component->kind == kind && component->name == name) return component.get();
  return nullptr;
}

std::vector<const Component*> Registry::of_kind(ComponentKind kind) const {
  const std::lock_guard lock(*filling_);
  fill(kind);
  std::vector<const Component*> list;
  for (const auto& component : components_)
    if (component->kind == kind) list.push_back(component.get());
  std::sort(list.begin(), list.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
  return list;
}

std::vector<std::string> Registry::names(ComponentKind kind) const {
  std::vector<std::string> names;
  for (const auto* component : of_kind(kind)) names.push_back(component->name);
  return names;
}

std::vector<std::string> Registry::searches_for(std::size_t objectives, bool measured) const {
  std::vector<std::string> names;
  for (const auto* search : of_kind(ComponentKind::search))
    if (objectives >= search->min_objectives && objectives <= search->max_objectives && (measured || !search->learns))
      names.push_back(search->name);
  return names;
}

void Registry::add_metric(const MetricKind& kind) {
  const auto known = metric(kind.name);
  NAS_CHECK(!known || (known->own && *known->own == kind));
  if (!known) own_metrics_.push_back(std::make_shared<const MetricKind>(kind));
}

std::optional<MetricId> Registry::metric(std::string_view name) const {
  if (find_metric(name)) return MetricId{std::string(name)};
  for (const auto& kind : own_metrics_)
    if (kind->name == name) return MetricId{kind->name, "", kind};
  return std::nullopt;
}

std::vector<MetricId> Registry::metrics() const {
  std::vector<MetricId> list;
  for (const MetricKind& kind : all_metrics()) list.push_back({kind.name});
  for (const auto& kind : own_metrics_) list.push_back({kind->name, "", kind});
  return list;
}

const char* component_kind_name(ComponentKind kind) {
  static constexpr const char* names[] = {"dataset", "device", "source", "predictor", "training", "search", "tactic",
                                          "plot",    "export", "report", "profile",   "transfer", "tuning", "placement"};
  return names[static_cast<std::size_t>(kind)];
}
std::string component_kind_plural(ComponentKind kind) {
  return std::string(component_kind_name(kind)) + (kind == ComponentKind::search ? "es" : "s");
}

}  // namespace nas
