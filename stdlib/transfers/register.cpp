#include "stdlib/register.h"

#include "stdlib/transfers/transfers.h"

namespace nas {

void add_transfers(Registry& registry) {
  std::vector<Component> kinds;
  for (const Component* predictor : registry.of_kind(ComponentKind::predictor))
    // What is read from a file learns nothing.
    if (predictor->find_arg("features") && !predictor->find_arg("file") && !predictor->reads_graphs) kinds.push_back(*predictor);
  registry.add(reuse_transfer());
  registry.add(scale_transfer());
  registry.add(oneproxy_transfer());
  registry.add(residual_transfer());
  registry.add(finetune_transfer());
  registry.add(from_scratch_transfer());
  registry.add(hardware_features_transfer(kinds));
}

}  // namespace nas
