#include "stdlib/register.h"

#include "stdlib/devices/command.h"
#include "stdlib/devices/energy_counter.h"
#include "stdlib/devices/lut.h"
#include "stdlib/devices/roofline.h"
#include "stdlib/objectives/regression.h"

namespace nas {

Component table_device();

void add_devices(Registry& registry) {
  registry.add(command_device());
  registry.add(cpu_device(kCounters));
  registry.add(gpu_device("/proc/driver/nvidia"));
  registry.add(lut_device());
  registry.add(regression_component(ComponentKind::device));
  registry.add(remote_device());
  registry.add(sim_device());
  registry.add(table_device());
}

}  // namespace nas
