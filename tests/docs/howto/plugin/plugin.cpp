// The search of climb.cpp as a plug-in.
#include "climb.cpp"
#include "core/plugin.h"

static void add(nas::Registry& registry) {
  registry.add(nas::climb());
}
NAS_PLUGIN(add)
