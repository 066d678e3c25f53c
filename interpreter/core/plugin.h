#pragma once

#include "core/component.h"
#include "core/plugin_interface.h"  // made by CMake from the headers of this folder: kPluginInterface

/// Makes a shared library a plug-in: `NAS_PLUGIN(add)` after `void add(nas::Registry& registry)`, which adds its components as
/// the standard library adds its own. The library links its own copy of nas::nas (CMake: `nas_add_plugin(name sources...)`)
/// and fits programs of exactly this interface, because C++ classes cross the border.
#define NAS_PLUGIN(add)                                                                            \
  extern "C" __attribute__((visibility("default"))) const char* nas_plugin_interface() {           \
    return nas::kPluginInterface;                                                                  \
  }                                                                                                \
  extern "C" __attribute__((visibility("default"))) void nas_plugin_add(nas::Registry* registry) { \
    add(*registry);                                                                                \
  }
