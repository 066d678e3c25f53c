# Writes core/plugin_interface.h into a folder: a version of the classes that plug-ins and programs share, from their headers.
function(write_plugin_interface folder)
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/interpreter/core/*.h)
  set(all "")
  foreach(header ${headers})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
    file(SHA256 ${header} hash)
    string(APPEND all ${hash})
  endforeach()
  string(SHA256 digest "${all}")
  string(SUBSTRING ${digest} 0 8 digest)
  file(CONFIGURE OUTPUT ${folder}/core/plugin_interface.h @ONLY CONTENT [[#pragma once

namespace nas {
/// What a plug-in and the program that opens it must agree on.
inline constexpr const char* kPluginInterface = "@PROJECT_VERSION@-@digest@";
}  // namespace nas
]])
endfunction()
