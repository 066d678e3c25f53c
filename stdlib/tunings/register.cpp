#include "stdlib/register.h"

#include "stdlib/tunings/tunings.h"

namespace nas {

void add_tunings(Registry& registry) {
  registry.add(asha_tuning());
  registry.add(random_tuning());
  registry.add(grid_tuning());
}

}  // namespace nas
