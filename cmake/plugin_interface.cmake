# Writes core/plugin_interface.h into a folder: a version of the classes that plug-ins and programs share, from their headers.
function(write_plugin_interface folder)
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/interpreter/core/*.h)
  hash_of(digest 8 ${headers})
  file(CONFIGURE OUTPUT ${folder}/core/plugin_interface.h @ONLY CONTENT [[#pragma once

namespace nas {
/// What a plug-in and the program that opens it must agree on.
inline constexpr const char* kPluginInterface = "@PROJECT_VERSION@-@digest@";
}  // namespace nas
]])
endfunction()
