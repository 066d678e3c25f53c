#include <fmt/format.h>

#include "check/handles.h"
#include "check/script_checker.h"
#include "core/layer_times.h"
#include "core/text_table.h"

namespace nas {

Value ScriptChecker::layers_call(const syntax::Call& call, Span span, const Scope& scope) {
  if (call.arguments.size() != 2 || call.arguments[0].name || call.arguments[1].name) {
    diagnostics_.error("E404", span, "layers takes a network and a device", "e.g. layers(net.largest, board)");
    return Poison{};
  }
  const Value network = evaluate(*call.arguments[0].value, scope);
  const auto device = stage_of_type(*call.arguments[1].value, "Device", scope);
  if (network.poisoned() || !device) return Poison{};
  const auto* arch = dynamic_cast<const ArchHandle*>(network.handle());
  if (!arch) {
    diagnostics_.error("E301", call.arguments[0].value->span,
                       fmt::format("a network is needed here, and this is {}", network.kind()),
                       "e.g. net.largest, or net.arch(\"...\")");
    return Poison{};
  }
  const Component* component = devices_[*device];
  Later later;
  later.stages = {*device};
  later.now = [network = arch->network(), device = *device,
               component = component ? component->name : ""](const FindResult& find) -> Result<Value> {
    const auto found = find(device);
    const auto* handle = dynamic_cast<const LayerTimesHandle*>(found.get());
    if (!handle)
      return Failure{"E703", fmt::format("{} ({}) is not known layer by layer", device, component),
                     "a simulated device is: sim(...)"};
    auto times = handle->times().layers(network);
    if (!times) return times.failure();
    return Value(layer_table(device, handle->times().provenance(), *times));
  };
  return later;
}

}  // namespace nas
