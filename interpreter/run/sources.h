#pragma once

#include <memory>

#include "core/learnt.h"
#include "core/search.h"
#include "core/services.h"
#include "core/value.h"

namespace nas {

/// macs, params and memory from the network itself.
Result<std::shared_ptr<const MetricSource>> computed_source(const std::string& metric);

/// Accuracy or loss of networks cut out of a trained super-network, batch norms recalibrated for each.
std::shared_ptr<const MetricSource> weights_source(std::shared_ptr<const Weights> weights, const std::string& metric, Split split,
                                                   Services& services);

/// Values that a table holds, for inner loops; a network that it does not know has none (NaN).
std::shared_ptr<const BatchMetric> looked_up(std::shared_ptr<const MetricSource> source, std::shared_ptr<const Space> space);

/// A JSON value as a handle whose members are its keys.
std::shared_ptr<const Handle> json_handle(nlohmann::json json, std::vector<MetricId> metrics = {});
/// The same for a search's result, which can also be compared with others.
std::shared_ptr<const Handle> result_handle(nlohmann::json json, std::shared_ptr<const SearchResult> result);
/// The same for what was learnt, which can also be asked for values.
std::shared_ptr<const Handle> learnt_handle(nlohmann::json json, std::shared_ptr<const Learnt> learnt);
/// A device that is known layer by layer; null where it is not.
std::shared_ptr<const Handle> layer_times_handle(std::shared_ptr<const Device> device);

}  // namespace nas
