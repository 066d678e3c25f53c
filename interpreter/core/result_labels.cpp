#include "core/result_labels.h"

#include <algorithm>

namespace nas {

std::vector<std::string> result_labels(const std::vector<MetricId>& metrics, const std::vector<Objective>& objectives) {
  std::vector<std::string> labels;
  auto add = [&](const std::string& label) {
    if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
  };
  for (const Objective& objective : objectives) add(objective.label);
  for (const MetricId& id : metrics) add(id.label());
  for (const char* name : {"macs", "params", "memory"}) add(name);
  return labels;
}

std::optional<std::string> label_meant(const std::vector<std::string>& labels, const std::string& wanted) {
  if (std::find(labels.begin(), labels.end(), wanted) != labels.end()) return wanted;
  std::optional<std::string> found;
  for (const std::string& label : labels) {
    if (label.rfind(wanted + "@", 0) != 0 || label.find(' ') != std::string::npos) continue;
    if (found) return std::nullopt;
    found = label;
  }
  return found;
}

}  // namespace nas
