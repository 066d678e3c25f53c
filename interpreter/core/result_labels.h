#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/search.h"

namespace nas {

/// What can be read off every network of a search's result, by the labels that plots take: its objectives and metrics, then
/// macs, params and memory.
std::vector<std::string> result_labels(const std::vector<MetricId>& metrics, const std::vector<Objective>& objectives);

/// The label that `wanted` means: itself, or the only one of that metric ("latency" where only latency@host is known).
std::optional<std::string> label_meant(const std::vector<std::string>& labels, const std::string& wanted);

}  // namespace nas
