#pragma once

#include <memory>

#include "core/search.h"
#include "core/services.h"
#include "core/value.h"

namespace nas {

/// macs, params and memory from the network itself.
Result<std::shared_ptr<const MetricSource>> computed_source(const std::string& metric);

/// Accuracy or loss of networks cut out of a trained super-network, batch norms recalibrated for each.
std::shared_ptr<const MetricSource> weights_source(std::shared_ptr<const Weights> weights, const std::string& metric, Split split,
                                                   Services& services);

/// A JSON value as a handle whose members are its keys.
std::shared_ptr<const Handle> json_handle(nlohmann::json json);
/// The same for a search's result, which can also be compared with others.
std::shared_ptr<const Handle> result_handle(nlohmann::json json, std::shared_ptr<const SearchResult> result);

}  // namespace nas
