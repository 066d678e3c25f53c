# find_package(nas) gives nas::nas, the library behind the tool: #include "embed/interpreter.h". With it come the macros
# NAS_STDLIB_FOLDER and NAS_MODULE_FOLDER, the values of Options::stdlib_folders and Options::module_folders.
# find_package(nas COMPONENTS c) gives nas::nas_c, the C interface as a shared library, and nothing else: #include <nas/nas.h> or
# <nas/nas.hpp>. It needs no other package.
include(${CMAKE_CURRENT_LIST_DIR}/nas-c-targets.cmake)
set(nas_c_FOUND TRUE)
if("${nas_FIND_COMPONENTS}" STREQUAL "c")
  return()
endif()
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(fmt)
find_dependency(Eigen3)
find_dependency(nlohmann_json)
find_dependency(SQLite3)
find_dependency(ZLIB)
include(${CMAKE_CURRENT_LIST_DIR}/nas-libraries.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/nas-targets.cmake)
get_filename_component(nas_folder ${CMAKE_CURRENT_LIST_DIR}/../../.. ABSOLUTE)
set_property(TARGET nas::nas APPEND PROPERTY INTERFACE_COMPILE_DEFINITIONS
  "NAS_STDLIB_FOLDER=\"${nas_folder}/share/nas/stdlib\"" "NAS_MODULE_FOLDER=\"${nas_folder}/lib/nas\"")
unset(nas_folder)

# nas_add_plugin(name sources...) : a plug-in for `nas --plugin` (core/plugin.h), with its own copy of the library, hidden.
function(nas_add_plugin name)
  add_library(${name} MODULE ${ARGN})
  set_target_properties(${name} PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_link_libraries(${name} PRIVATE nas::nas)
  target_link_options(${name} PRIVATE -Wl,--exclude-libs,ALL)
endfunction()
