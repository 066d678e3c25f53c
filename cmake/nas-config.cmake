# find_package(nas) gives nas::nas, the library behind the tool: #include "embed/interpreter.h". With it come the macros
# NAS_STDLIB_FOLDER and NAS_MODULE_FOLDER, the values of Options::stdlib_folders and Options::module_folders.
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
