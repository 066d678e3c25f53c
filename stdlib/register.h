#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/component.h"
#include "core/layer.h"

namespace nas {

void add_datasets(Registry& registry);
void add_devices(Registry& registry);
void add_sources(Registry& registry);
void add_trainings(Registry& registry);
void add_predictors(Registry& registry);
void add_searches(Registry& registry);
void add_tactics(Registry& registry);
void add_profiles(Registry& registry);
void add_transfers(Registry& registry);
void add_tunings(Registry& registry);
void add_outputs(Registry& registry);

/// The whole standard library.
inline void add_stdlib(Registry& registry) {
  using enum ComponentKind;
  registry.add_later({dataset}, add_datasets);
  registry.add_later({device}, add_devices);
  registry.add_later({source}, add_sources);
  registry.add_later({training}, add_trainings);
  registry.add_later({predictor}, add_predictors);
  registry.add_later({search}, add_searches);
  registry.add_later({tactic}, add_tactics);
  registry.add_later({profile}, add_profiles);
  registry.add_later({transfer}, add_transfers);
  registry.add_later({tuning}, add_tunings);
  registry.add_later({plot, export_format, report}, add_outputs);
}

/// The component `cpu`, with the processor's energy counters in a folder of the caller's choice.
Component cpu_device(std::filesystem::path counters);

/// The component `gpu`, with what the NVIDIA driver tells in a folder of the caller's choice.
Component gpu_device(std::filesystem::path driver);

/// Where Fashion-MNIST lies on this machine.
std::optional<std::string> fashion_mnist_folder();

}  // namespace nas
